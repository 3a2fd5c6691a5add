"""Questions about days, times and holidays in any wording: cut into phrases, then looked up by what is said. Pure."""

from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.when.age_relations import AGES
from edge.nlu.en.exact.when.clock_relations import CLOCKS
from edge.nlu.en.exact.when.day_relations import DAYS
from edge.nlu.en.exact.when.going_on import going_on
from edge.nlu.en.exact.when.holiday_relations import HOLIDAYS
from edge.nlu.en.exact.when.phrases import cut
from edge.nlu.en.exact.when.relations import first_of

_GOES_ON: Final = frozenset({"EdgeDate", "EdgeClock", "EdgeSun", "EdgePublicHoliday"})
_RELATIONS: Final = (*HOLIDAYS, *AGES, *DAYS, *CLOCKS)


def when_question(said: str, last: Intent | None) -> Intent | None:
    """The intent of a bare canonical text about days, times or holidays; None for others.

    `last` is the exact question before it, from which the text may go on.
    """
    sentence = cut(said)
    found = None if sentence is None else first_of(_RELATIONS, sentence)
    return going_on(said, last) if found is None and last is not None and last.name in _GOES_ON else found
