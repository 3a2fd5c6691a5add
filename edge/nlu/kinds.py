"""The kinds of texts that are not understood as a command: what is asked for, and so who could answer. Pure."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

Kind = Literal[
    # commands that no sentence matches
    "command",
    "calls",
    "music",
    "lists",
    "calendar",
    "notes",
    "services",
    "settings",
    # what a language model may be asked
    "world",
    "definition",
    "how-to",
    "creative",
    "smalltalk",
    "translation",
    "code",
    "reasoning",
    # what can be computed
    "exact",
    # what changes
    "weather",
    "news",
    "lookup",
    # what only this home, its people or this speaker could know
    "home",
    "personal",
    "itself",
    # what has one true answer
    "listening",
    "abilities",
    "identity",
    "secret",
    "emergency",
    "despair",
    # no question and no command
    "fragment",
]
"""What a text is about: `calls` are also messages, `services` orders, bookings, payments and other programs, `lookup`
what is near and when it is open or leaves, `news` also prices, scores and who holds an office, `personal` the user's
own life, `itself` this speaker, and `secret` codes and passwords."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

COMMANDS: Final[frozenset[Kind]] = frozenset(
    {"command", "calls", "music", "lists", "calendar", "notes", "services", "settings"}
)
OPEN: Final[frozenset[Kind]] = frozenset(
    {"world", "definition", "how-to", "creative", "smalltalk", "translation", "code", "reasoning"}
)
"""What a language model may be asked, if it is fit for it."""
FRESH: Final[frozenset[Kind]] = frozenset({"weather", "news", "lookup"})
OURS: Final[frozenset[Kind]] = frozenset({"home", "personal", "itself"})
FIXED: Final[frozenset[Kind]] = frozenset({"listening", "abilities", "identity", "secret", "emergency", "despair"})


@dataclass(frozen=True, slots=True)
class Guess:
    """The kind of a text with its probability, and the probability that it is of any kind in `OPEN`."""

    kind: Kind
    probability: float
    open_probability: float
