"""The English words around addresses, for `edge.nlu.privacy.PlaceWords`."""

from collections.abc import Sequence
from typing import Final

from edge.nlu.en.exact.places import zones
from edge.nlu.en.privacy.words import COMMON, WORDS
from edge.nlu.privacy import PlaceWords

PLACES: Final = PlaceWords(
    leads=WORDS["places_leads"],
    articles=WORDS["places_articles"],
    definite=frozenset({"the"}),
    ordinals=WORDS["phrases_ordinals"],
    houses=frozenset({"house", "cottage", "villa", "farm"}),
    in_names=WORDS["places_in_names"] | WORDS["phrases_ordinals"],
    of_things=WORDS["places_of_things"],
)

_SHORTEST: Final = 4
"""Letters of a town: shorter names are of zones and states."""
_LONGEST: Final = 3
"""Words of a town."""


def town(words: Sequence[str]) -> int:
    """See `PrivacyRules.town`."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        name = " ".join(words[:length])
        if len(name) >= _SHORTEST and name not in COMMON and name in zones():
            return length
    return 0
