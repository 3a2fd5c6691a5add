"""Commands for later: "turn off the fan in ten minutes", "at eight open the blinds", "for an hour". Pure.

A text is split into the command and its moment. Both must be there, the moment at the beginning or the end, so that
"set the heating to 21 at 8" has one reading.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from edge.events import SlotValue
from edge.nlu.en.alarm_time import take_moment
from edge.nlu.en.home_words import VERB_OF

_DURATION = r"(?:\d+ (?:hour|minute|second)s?(?: \d+ (?:minute|second)s?)*)"
_IN = rf"(?:in|after) (?P<length>{_DURATION})(?: from now|'s time)?"
_FOR = rf"for (?:(?:another|the next|about|just|only) )?(?P<length>{_DURATION})"
_ENDS = (
    r"(?:ends?|rings?|finish(?:es)?|stops?|expires?|runs out|goes "
    r"off|(?:is|has) (?:done|up|over|ended|finished|rung|run"
    r" out|gone off))"
)
_TIMER = r"(?:when|once|as soon as|after) (?:the |my |our )?(?:(?P<timer>\w+(?: " rf"\w+){{0,3}}?) )?timer {_ENDS}"
_DELAYS: Final = tuple(
    re.compile(rf"(?:{pattern})")
    for pattern in (
        rf"(?P<command>.+?) {_IN}",
        rf"{_IN} (?P<command>.+)",
        rf"(?P<command>.+?) (?P<length>{_DURATION}) from now",
        rf"(?P<length>{_DURATION}) from now (?P<command>.+)",
        rf"(?P<command>.+) {_TIMER}",
        rf"{_TIMER}(?: then)? (?P<command>.+)",
    )
)
_LASTING: Final = tuple(
    re.compile(rf"(?:{pattern})") for pattern in (rf"(?P<command>.+?) {_FOR}", rf"{_FOR} (?P<command>.+)")
)
_PART_OF_LENGTH = re.compile(r"(\d+) (hour|minute|second)")
_TIME = re.compile(r"at (?P<hour>\d+):(?P<minute>\d\d)(?: (?P<meridiem>am|pm))?")
_BEGINS = re.compile(
    r"(?:at|around|on|in|from|this|next|every|each|today|tonight|tomorrow|noon|midnight|the|weekdays|weekends"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
)
"""The first words of moments."""
_VERBS: Final = {**VERB_OF, "running": "run"}
_UNWANTED = re.compile(
    r"(?:please )?(?:(?:don't|do not|never mind about) (?P<command>.+?)(?: after all| anymore| any more)?"
    r"|(?:cancel|forget about|never mind about) (?P<doing>\w+ing .+))"
)
_UNTIL = re.compile(r"(?P<command>.+) (?:until|till) (?P<when>.+)")
_OPPOSITES: Final = (("on", "off"), ("open", "close"), ("start", "stop"), ("run", "stop"), ("activate", "deactivate"))
_MINE: Final = {"my": "your", "our": "your", "me": "you"}
_DEED = re.compile(
    r"(?:turn|switch|put|shut|power|open|close|raise|lower|lock|unlock"
    r"|dim|brighten|set|make|change|start|stop|pause|run"
    r"|activate|arm|disarm|press|send|increase|decrease|reduce|mow|vacuum|hoover|clean|tilt|dock|park)\b"
)


@dataclass(frozen=True, slots=True)
class Delay:
    """A normalised `command` and the slots of its moment. `lasts`: it is done now, and undone at the moment."""

    command: str
    when: Mapping[str, SlotValue]
    lasts: bool = False


def delays(text: str) -> Iterator[Delay]:
    """The ways to read a normalised text as a command for later, the likeliest first."""
    for pattern in _DELAYS:
        if (found := pattern.fullmatch(text)) is not None:
            groups = found.groupdict()
            length = groups.get("length")
            yield Delay(found["command"], _length(length) if length else {"timer": groups.get("timer") or ""})
    for pattern in _LASTING:
        if (found := pattern.fullmatch(text)) is not None:
            yield Delay(found["command"], _length(found["length"]), lasts=True)
    if (until := _UNTIL.fullmatch(text)) is not None and (when := _moment(f"at {until['when']}")) is not None:
        yield Delay(until["command"], when, lasts=True)
    yield from _at_a_moment(text.split())


def _at_a_moment(words: list[str]) -> Iterator[Delay]:
    for at in range(1, len(words)):
        if _BEGINS.fullmatch(words[at]) and (when := _moment(" ".join(words[at:]))) is not None:
            yield Delay(" ".join(words[:at]), when)
    if _BEGINS.fullmatch(words[0]) if words else False:
        for end in range(len(words) - 1, 0, -1):
            if (when := _moment(" ".join(words[:end]))) is not None:
                yield Delay(" ".join(words[end:]), when)


def unwanted(text: str) -> str | None:
    """The command of a normalised text that takes it back before it was done: "don't turn off the fan"."""
    found = _UNWANTED.fullmatch(text)
    if found is None:
        return None
    first, space, rest = (found["command"] or found["doing"]).partition(" ")
    words = f"{_VERBS.get(first, first)}{space}{rest}"
    return next((delay.command for delay in delays(words) if not delay.lasts), words)


def _length(text: str) -> dict[str, SlotValue]:
    return {f"{unit}s": int(count) for count, unit in _PART_OF_LENGTH.findall(text)}


def _moment(text: str) -> dict[str, SlotValue] | None:
    """The slots of an alarm for a text that is a moment and nothing else; without a time only its `day`."""
    rest, time, day = take_moment(text)
    if rest.removesuffix(" at").strip() or not (time or day):
        return None
    slots: dict[str, SlotValue] = {"day": day} if day else {}
    if not time:
        return slots
    if (found := _TIME.fullmatch(time)) is None:
        return None
    slots |= {"hour": int(found["hour"]), "minute": int(found["minute"])}
    return {**slots, "meridiem": found["meridiem"]} if found["meridiem"] else slots


def undone(command: str) -> str | None:
    """The words of the command that takes this one back: "turn off the lamp"; None if there are none."""
    words = command.split()
    for one, other in _OPPOSITES:
        swapped = {one: other, other: one}
        if len(found := [at for at, word in enumerate(words) if word in swapped]) == 1:
            return " ".join([*words[: found[0]], swapped[words[found[0]]], *words[found[0] + 1 :]])
    return None


def as_deed(command: str) -> str:
    """The command as the speaker says it behind "I'll"."""
    said = " ".join(_MINE.get(word, word) for word in command.split())
    return said if _DEED.match(said) else f'do this: "{said}"'
