"""Answers that are looked up: from an English question to the sentence of a table that answers it. Pure.

`asking.py` strips politeness, the files `about_...` hold the frames of questions, and `tables.py` the facts.
"""

from collections.abc import Iterator
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.about_dates import DATE_FRAMES
from edge.nlu.en.reference.about_makers import MAKER_FRAMES
from edge.nlu.en.reference.about_names import NAME_FRAMES
from edge.nlu.en.reference.about_nature import NATURE_FRAMES
from edge.nlu.en.reference.about_places import PLACE_FRAMES
from edge.nlu.en.reference.asking import asked_by, bare_question
from edge.nlu.en.reference.tables import fact
from edge.nlu.en.reference.wording import MAX_CHARS

_FRAMES: Final = (*PLACE_FRAMES, *MAKER_FRAMES, *DATE_FRAMES, *NATURE_FRAMES, *NAME_FRAMES)
_KIND: Final = LazyPattern(
    r"(?:the )?(?:famous |great |chemical )?(?:city|town|village|island|country|state|volcano|mountain"
    r"|river|waterfall|element|metal|gas|planet|fjord|lake|castle|sea|novel|books?|play|opera|ballet|painting|picture"
    r"|poem|film|movie|song|symphony|sculpture|statue|story|musical|fairy tale|epic|series|company|theory)"
    r" (?:of |called |named |known as )?(?P<name>.+)"
)
"""A name behind what it names: "the island of Bornholm"."""


def looked_up(text: str) -> str | None:
    """See `Language.looked_up`."""
    if len(text) > MAX_CHARS:
        return None
    for relation, name in asked_by(_FRAMES, bare_question(text)):
        for called in _ways_to_call(name):
            if (sentence := fact(relation, called)) is not None:
                return sentence
    return None


def _ways_to_call(name: str) -> Iterator[str]:
    yield name
    if (found := _KIND.fullmatch(name)) is not None:
        yield found["name"]
