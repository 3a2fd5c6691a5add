"""The kinds of texts that are not understood as a command: what is asked for, and so who could answer. Pure."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
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

EXACT: Final[frozenset[Kind]] = frozenset({"exact"})
UNCLEAR: Final[frozenset[Kind]] = frozenset({"fragment"})

GROUPS: Final = (COMMANDS, OPEN, FRESH, OURS, EXACT, UNCLEAR)
"""Kinds that are treated alike; each kind in `FIXED` is one by itself."""

_OPEN_FROM: Final = 0.65
"""The least probability of being open of a text that a model is asked; docs/answers.md has what it gives."""
_FIXED_FROM: Final = 0.5
"""The least probability of a kind that has its own reply."""


def leaning(probabilities: Mapping[Kind, float]) -> tuple[Kind, float]:
    """The kind to act on, and the probability of the kinds that are treated like it.

    In doubt it claims nothing: what may be open or may change is taken for what changes, so that no model in the home
    answers it, and what is likely of no kind is of the likeliest one that is not open.
    """
    likeliest = max(probabilities, key=lambda it: probabilities[it])
    if likeliest in FIXED and probabilities[likeliest] >= _FIXED_FROM:
        return likeliest, probabilities[likeliest]
    is_open, is_fresh = (_sum(probabilities, kinds) for kinds in (OPEN, FRESH))
    if is_open >= _OPEN_FROM:
        return _best(probabilities, OPEN), is_open
    if is_open + is_fresh >= _OPEN_FROM and is_fresh > 0:
        return _best(probabilities, FRESH), is_open + is_fresh
    closed = max((kinds for kinds in GROUPS if kinds != OPEN), key=lambda kinds: _sum(probabilities, kinds))
    return _best(probabilities, closed), _sum(probabilities, closed)


def _sum(probabilities: Mapping[Kind, float], kinds: AbstractSet[Kind]) -> float:
    return sum(probabilities[kind] for kind in kinds)


def _best(probabilities: Mapping[Kind, float], kinds: AbstractSet[Kind]) -> Kind:
    return max(kinds, key=lambda kind: (probabilities[kind], kind))
