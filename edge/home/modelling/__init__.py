"""From what the sources tell to one model: doubles joined, things and rooms named, the owner's words applied."""
