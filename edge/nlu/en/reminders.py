"""What a reminder is about, and when: "in ten minutes to check the oven", "to call mum at six". Pure."""

import re
from collections.abc import Mapping

from edge.events import SlotValue
from edge.nlu.en.spoken_forms import read_duration, read_moment
from edge.nlu.en.unsupported_schedule import REPEATS

_IN = re.compile(r"(?:in|after) (?P<duration>\d.*?)(?: from now)?")
_FROM_NOW = re.compile(r"(?P<duration>\d.*) from now")
_AIM = r"(?:to|that|about|of|for|called|named)"
_AIM_FIRST = re.compile(rf"(?P<aim>{_AIM}) (?P<message>.+)")
_MOVED = re.compile(rf"(?:(?P<aim>{_AIM}) (?P<message>.+) )?(?:to|until|till|back to) (?P<when>.+)")
_THIS = re.compile(r"^this (morning|afternoon|evening)$")
_PART = re.compile(r"\b(morning|afternoon|evening|night)$")
_EVENT = re.compile(r" (?:when|once|if|as soon as) (?:i|we|he|she|they|it|the|my|our|someone)\b")
"""Of a moment that no clock knows: "when I get home"."""
_TIME_BEGINS = re.compile(
    r"(?<= )(?=(?:in|after|at|by|on|for|around|today|tomorrow|tonight|this|every|each|next|daily|weekdays|noon|midnight"
    r"|the day after|christmas|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b)"
)


def split_reminder(text: str) -> Mapping[str, SlotValue] | None:
    """The slots of what follows "remind me", normalised: `message`, and a duration or the moment of an alarm.

    The message keeps "about" and "that" ("about the cake"), and loses "to". None for what is no reminder ("what the
    capital is"), for one that repeats in another way than on days of the week, and for two ("... and to feed the cat at
    nine").
    """
    if REPEATS.search(text):
        return None
    if (moment := _moment(text)) is not None:
        return moment
    found = _with_time_first(text) or _with_time_last(text)
    return None if found is None or _is_second(str(found["message"])) else found


def split_moved_reminder(text: str) -> Mapping[str, SlotValue] | None:
    """See `Commands.split_moved_reminder`."""
    match = _MOVED.fullmatch(text)
    if match is None or REPEATS.search(text):
        return None
    moment = _moment(match["when"]) or _moment(f"at {match['when']}")
    return {**moment, "message": match["message"]} if moment and match["aim"] else moment


def _with_time_first(text: str) -> Mapping[str, SlotValue] | None:
    first = _time_first(text)
    if first is None:
        return None
    moment, message = first
    more = _time_last(message) if "hour" not in moment and "day" in moment else None
    return {**moment, **more[0], "message": more[1]} if more else {**moment, "message": message}


def _with_time_last(text: str) -> Mapping[str, SlotValue] | None:
    """The message with the moment behind it, or without one."""
    match = _AIM_FIRST.fullmatch(text)
    if match is None:
        return None
    message = _aimed(match["aim"], match["message"])
    last = _time_last(message)
    if last is None:
        return None if _EVENT.search(message) else {"message": message}
    return {**last[0], "message": last[1]}


def _is_second(message: str) -> bool:
    """Whether a message contains a reminder of its own: "feed the cat at six and to call mum", "... and at nine to"."""
    first, *others = message.split(" and ")
    if not others:
        return False
    return _time_last(first) is not None or any(_time_first(it) or _time_last(it) for it in others)


def _time_first(text: str) -> tuple[Mapping[str, SlotValue], str] | None:
    for aim in re.finditer(rf" (?P<aim>{_AIM}) (?=\S)", text):
        if (moment := _moment(text[: aim.start()])) is not None:
            return moment, _aimed(aim["aim"], text[aim.end() :])
    return None


def _time_last(message: str) -> tuple[Mapping[str, SlotValue], str] | None:
    for begin in _TIME_BEGINS.finditer(message):
        if (moment := _moment(message[begin.start() :])) is not None:
            return moment, message[: begin.start()].strip()
    return None


def _aimed(aim: str, message: str) -> str:
    return message if aim == "to" else f"{'about' if aim in {'of', 'for', 'called', 'named'} else aim} {message}"


def _moment(text: str) -> Mapping[str, SlotValue] | None:
    match = _IN.fullmatch(text) or _FROM_NOW.fullmatch(text)
    if match is not None and (duration := read_duration(match["duration"])) is not None:
        return duration
    moment = read_moment(_THIS.sub(lambda part: "tonight" if part[1] == "evening" else "today", text))
    part = _PART.search(text)
    if moment is None or part is None or "hour" in moment or "day" not in moment:
        return moment
    return {**moment, "meridiem": "am" if part[1] == "morning" else "pm"}  # for the time that is asked for
