"""Plans carried out: commands sent, states awaited, and the code that guards the ways into the home."""
