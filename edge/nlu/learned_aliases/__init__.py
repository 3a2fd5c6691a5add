"""Aliases of the home's names, learned by transcribing the speaker's own voice."""
