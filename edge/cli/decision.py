"""Explains in words who answered a turn and why, from its record."""

from typing import Final

from edge.events import TurnRecord

_WHO: Final = {
    "home": "the speaker itself",
    "exact": "the speaker itself, by computing it or looking it up",
    "llm": "the model in the home",
    "cloud": "the cloud",
}
_FEATURES: Final = ("kind", "probability", "private", "mode", "consent", "cloud", "local")
"""The details of a record that decided, in the order of the table in docs/answers.md."""


def explained(record: TurnRecord) -> str:
    """Who answered and why, what decided, and who would have answered otherwise; a line each."""
    who = _WHO.get(record.answerer or "", "no part of the speaker")
    lines = [f"answered by: {who} ({record.reason}, {record.confidence:.0%} sure of the words)"]
    if record.intent is not None:
        lines.append(f"command: {record.intent.name}")
    features = [f"{name} {record.details[name]}" for name in _FEATURES if name in record.details]
    if features:
        lines.append(f"decided by: {', '.join(features)}")
        runner_up = _WHO[str(record.details["runner_up"])]
        lines.append(f"otherwise: {runner_up} ({record.details['runner_up_reason']})")
    return "\n".join(lines)
