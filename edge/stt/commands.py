"""What was commanded, whichever recogniser heard it."""

from edge.events import Intent, Match, Transcript
from edge.grammar import Grammar


def command(transcript: Transcript, grammar: Grammar) -> Match | None:
    """The match of an engine that listens for the grammar, else what its text means there, as the router finds out."""
    if transcript.match is not None:
        return transcript.match
    intent = grammar.match(transcript.text) if transcript.text else None
    return None if intent is None else Match(transcript.text, intent, transcript.confidence)


def described(intent: Intent | None) -> str:
    """The intent with its slots on one line, empty for none."""
    if intent is None:
        return ""
    slots = ", ".join(f"{slot}={value}" for slot, value in sorted(intent.slots.items()))
    return f"{intent.name} {slots}".rstrip()
