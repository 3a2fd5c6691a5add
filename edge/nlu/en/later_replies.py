"""The English replies about delayed commands. See `edge.nlu.replies`."""

from collections.abc import Sequence

from edge.nlu.en.clock import spoken_duration, spoken_list
from edge.nlu.en.later import as_deed


def later_set(said: str, when: str) -> str:
    """See `Replies.later_set`."""
    return f"{when[:1].upper()}{when[1:]} I'll {as_deed(said)}."


def after_timer(label: str) -> str:
    """See `Replies.after_timer`."""
    return f"when your {label} ends"


def later_cancelled(said: str) -> str:
    """See `Replies.later_cancelled`."""
    return f"Okay, I won't {as_deed(said)}."


def later_listed(listed: Sequence[tuple[str, str]], *, ask: bool = False) -> str:
    """See `Replies.later_listed`."""
    said = spoken_list([f"{when} I'll {as_deed(command)}" for command, when in listed])
    return f"{said[:1].upper()}{said[1:]}.{' Which one shall I cancel?' if ask else ''}"


def later_failed(said: str, reason: str) -> str:
    """See `Replies.later_failed`."""
    return f"I was to {as_deed(said)}, and it didn't work. {reason}"


def later_missed(said: str, late_s: float) -> str:
    """See `Replies.later_missed`."""
    return f"I was to {as_deed(said)} {spoken_duration(late_s)} ago, and was off then. I haven't done it."
