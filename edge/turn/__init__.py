"""One turn: detects the end of the utterance, and prepares, speaks and records the reply."""
