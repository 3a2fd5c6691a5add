"""Where an utterance ends, and the reply that follows. Pure logic, tested on probabilities and texts without audio."""
