"""A text that is not a command. Pure."""

from dataclasses import dataclass

from edge.nlu.kinds import Kind


@dataclass(frozen=True, slots=True)
class Question:
    """What a text that is not a command asks for.

    `text` is the question without "ask the cloud"; `asks_for_cloud` tells whether that was said. `kind` is the one to
    act on, which is not always the likeliest: in doubt it is one that claims nothing. `probability` is that of the
    kinds that are treated like it. `told` is the word of `Replies.unsupported` for a text that asks nothing, but tells
    of its speaker; None for others.
    """

    text: str
    asks_for_cloud: bool
    kind: Kind
    probability: float = 1.0
    told: str | None = None
