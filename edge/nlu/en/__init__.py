"""English. Everything that depends on the language is in this folder."""
