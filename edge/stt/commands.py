"""What was commanded, whichever recogniser heard it."""

from edge.events import Match, Transcript
from edge.grammar import Grammar


def command(transcript: Transcript, grammar: Grammar) -> Match | None:
    """The match of an engine that listens for the grammar, else what its text means there, as the router finds out."""
    if transcript.match is not None:
        return transcript.match
    intent = grammar.match(transcript.text) if transcript.text else None
    return None if intent is None else Match(transcript.text, intent, transcript.confidence)
