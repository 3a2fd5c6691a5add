"""The command in a transcript, for every recogniser."""

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from edge.events import Candidate, Intent, Match, Samples, Transcript
from edge.grammar import Grammar

if TYPE_CHECKING:
    from edge.stt.moonshine.verdict import Verdict


@runtime_checkable
class Explains(Protocol):
    """A recogniser that can explain its choice and a near miss."""

    verdict: "Verdict"

    def nearest(self, samples: Samples) -> tuple[Candidate, ...]:
        """The sentences nearest to the first 20 s of the sound, however far off, best first. Slow: not for a turn."""
        ...


def command(transcript: Transcript, grammar: Grammar) -> Match | None:
    """The match of an engine that listens for the grammar, else the meaning of its text in it."""
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
