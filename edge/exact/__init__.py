"""Answers to questions that can be computed. No language: the questions are intents, the replies those of a language.

Sizes are bounded: what would take long to compute or to say is refused in words.
"""

import secrets
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from edge.events import LOOKED_UP, Intent
from edge.exact.chance import answer_chance, answer_constant
from edge.exact.clocks import Here, answer_clock, answer_moon, answer_sun
from edge.exact.comparisons import answer_amounts, answer_fit
from edge.exact.conversions import answer_conversion, answer_gas_mark
from edge.exact.dates import answer_date, counts_work_days
from edge.exact.holiday_answers import answer_public_holiday
from edge.exact.number_facts import answer_comparison, answer_equation, answer_number_fact
from edge.exact.refusals import answer_refusal
from edge.exact.sums import answer_sum
from edge.exact.words import answer_alphabet, answer_count, answer_numeral, answer_word
from edge.nlu.exact_replies import ExactReplies
from edge.runtime.clock import Clock


class Place(Protocol):
    """Where the speaker stands: the section `[device]` of the settings. What is None is unknown."""

    @property
    def country(self) -> str | None:
        """An ISO 3166 code: whose gallons and holidays are meant."""
        ...

    @property
    def region(self) -> str | None:
        """The second half of an ISO 3166-2 code: whose holidays are meant within the country."""
        ...

    @property
    def latitude(self) -> float | None:
        """Degrees, north."""
        ...

    @property
    def longitude(self) -> float | None:
        """Degrees, east."""
        ...


_HOLIDAY: Final = "EdgePublicHoliday"


def _looked_up(intent: Intent, _: ExactReplies) -> str:
    return str(intent.slots["response"])


_ANSWERS: Final[Mapping[str, Callable[[Intent, ExactReplies], str]]] = {
    "EdgeAlphabet": answer_alphabet,
    "EdgeCalculate": answer_sum,
    "EdgeCannotCompute": answer_refusal,
    "EdgeCompare": answer_comparison,
    "EdgeConstant": answer_constant,
    "EdgeCount": answer_count,
    "EdgeGasMark": answer_gas_mark,
    "EdgeNumberFact": answer_number_fact,
    "EdgeNumeral": answer_numeral,
    "EdgeSolve": answer_equation,
    "EdgeWord": answer_word,
    LOOKED_UP: _looked_up,
}

_OF_A_PLACE: Final[Mapping[str, Callable[[Intent, Here, ExactReplies], str]]] = {
    "EdgeClock": answer_clock,
    "EdgeCompareAmounts": lambda intent, here, replies: answer_amounts(intent, replies, here.country),
    "EdgeConvert": lambda intent, here, replies: answer_conversion(intent, replies, here.country),
    "EdgeDate": lambda intent, here, replies: answer_date(intent, here.today, replies),
    "EdgeMoon": answer_moon,
    "EdgeFit": lambda intent, here, replies: answer_fit(intent, replies, here.country),
    _HOLIDAY: lambda intent, here, replies: answer_public_holiday(intent, here.today, replies),
    "EdgeSun": answer_sun,
}
"""Answers that depend on when and where they are asked for."""

_CHANCE: Final = "EdgeChance"

INTENTS: Final = frozenset({*_ANSWERS, *_OF_A_PLACE, _CHANCE})
"""The names of exact questions."""


def is_slow(intent: Intent) -> bool:
    """Whether the answer takes up to half a second, for what it imports or reads: not on the event loop."""
    if intent.name == "EdgeDate":
        return counts_work_days(intent)
    return intent.name == _HOLIDAY or (intent.name == "EdgeWord" and intent.slots["ask"] == "syllables")


class ExactAnswerer:
    """Answers exact questions in the words of a language."""

    def __init__(self, replies: ExactReplies, clock: Clock, place: Place) -> None:
        self._replies = replies
        self._clock = clock
        self._place = place
        self._seed = secrets.randbits(64)

    def answer(self, intent: Intent) -> str:
        """The reply to an intent of `INTENTS`."""
        reply = self.rehearse(intent)
        if intent.name == _CHANCE:
            self._seed = secrets.randbits(64)
        return reply

    def rehearse(self, intent: Intent) -> str:
        """What `answer` would say now: a coin that is tossed next falls as it was rehearsed."""
        if intent.name == _CHANCE:
            return answer_chance(intent, self._replies, self._seed)
        if intent.name in _OF_A_PLACE:
            place = self._place
            here = Here(self._clock.now(), place.country, place.region, place.latitude, place.longitude)
            return _OF_A_PLACE[intent.name](intent, here, self._replies)
        return _ANSWERS[intent.name](intent, self._replies)
