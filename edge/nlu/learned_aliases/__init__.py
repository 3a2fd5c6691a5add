"""Aliases of the home's names, learned from what the speech recogniser writes when the speaker says them."""
