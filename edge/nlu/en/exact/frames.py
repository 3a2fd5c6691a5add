"""What the files of this folder share: sentences with gaps, and the intents of sums. Pure."""

import re
from collections.abc import Callable, Iterable

from edge.events import Intent, SlotValue
from edge.nlu.en.exact.lead import asked_for
from edge.nlu.en.exact.parts import NoSumError, Part
from edge.nlu.en.exact.sums import read_sum
from edge.nlu.en.lazy_pattern import LazyPattern

Build = Callable[[re.Match[str]], Intent | None]
"""Makes the intent of a sentence; raises `NoSumError` or returns None if what is in the gaps does not fit."""

Frame = tuple[LazyPattern, Build]


def frame(pattern: str, build: Build) -> Frame:
    """A sentence; the pattern must match a whole bare text, or the part behind "what is"."""
    return LazyPattern(pattern), build


def first_of(frames: Iterable[Frame], said: str) -> Intent | None:
    """The intent of the first sentence that fits a bare canonical text."""
    texts = dict.fromkeys((said, asked_for(said)))
    for pattern, build in frames:
        for text in texts:
            match = pattern.fullmatch(text)
            if match is None:
                continue
            try:
                intent = build(match)
            except NoSumError:
                continue
            if intent is not None:
                return intent
    return None


def part(text: str) -> Part:
    """The sum in a gap. Raises `NoSumError`."""
    return read_sum(text)


def price(text: str) -> Part:
    """The price in a gap, in which "2 75" is 2.75. Raises `NoSumError`."""
    return read_sum(text, prices=True)


def calculate(notation: str, said: str, *parts: Part, form: str = "", each: bool = False, unit: str = "") -> Intent:
    """The intent of a sum; its currency is that of the parts."""
    slots: dict[str, SlotValue] = {"expression": notation, "said": said}
    if money := next((it.money for it in parts if it.money), ""):
        slots["money"] = money
    if form:
        slots["form"] = form
    if each:
        slots["each"] = 1
    if unit:
        slots["unit"] = unit
    return Intent("EdgeCalculate", slots)
