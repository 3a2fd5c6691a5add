"""Questions that say only what differs from the one before: "and tomorrow", "and the year after". Pure."""

import re
from dataclasses import replace
from typing import Final

from edge.events import Intent, SlotValue
from edge.nlu.en.exact.countries import is_country, land_named
from edge.nlu.en.exact.when.day_relations import day_named
from edge.nlu.en.exact.when.phrases import Sentence, cut_rest
from edge.nlu.en.exact.when.pieces import Piece

_LEAD: Final = re.compile(
    r"(?:(?:and|or|so|ok|okay|but|now|what's it|what is it|what would it be|what about|how about|the same for"
    r"|same for|is it|what if it's|no|i meant?|sorry|make (?:it|that))\b[ ,]*)+"
)
_YEAR_AFTER: Final = re.compile(
    r"(?:(?:in|on) )?(?:the )?(?:year after(?: that| it)?|following year|next 1|year later|1 after(?: that)?)"
)
_ONE_LATER: Final = re.compile(
    r"(?:the )?(?:1 |one )?(?:after that|after it|next 1|after|following 1)(?: 1| one)?|then|next"
)
_SUN: Final = {"sunrise": "sunrise", "sunset": "sunset", "dusk": "dusk", "dawn": "dawn"}


def going_on(said: str, last: Intent) -> Intent | None:
    """What a canonical text asks after the question `last`; None for what does not go on from it."""
    lead = _LEAD.match(said)
    rest = said[lead.end() :].strip(" ,") if lead else said
    if (changed := _following(rest, last)) is not None:
        return changed
    sentence = cut_rest(rest)
    if sentence is None or (lead is None and len(sentence.phrases) > 1):
        return None
    if last.name == "EdgeSun" and not sentence.pieces:
        event = next((event for symbol, event in _SUN.items() if sentence.has(symbol)), None)
        return None if event is None else replace(last, slots={**last.slots, "event": event})
    if (waits := _until_then(sentence, last)) is not None:
        return waits
    if len(sentence.pieces) != 1 or any("" not in it.symbols and not it.symbols & _JOINTS for it in sentence.phrases):
        return None
    slots = _changed(sentence.pieces[0], last)
    return None if slots is None else Intent(last.name, {**last.slots, **slots})


def _until_then(sentence: Sentence, last: Intent) -> Intent | None:
    """How long it is until the day whose date was asked for: "how many days is that"."""
    if (
        last.name != "EdgeDate"
        or "end" in last.slots
        or "day" not in last.slots
        or not sentence.has("many", "long", "away")
    ):
        return None
    units = sentence.of("unit")
    if len(units) != len(sentence.pieces) or any(not it.symbols & _WAITS for it in sentence.phrases):
        return None
    unit = units[0].value if units else ""
    return Intent("EdgeDate", {"ask": "until", "day": "today", "end": last.slots["day"], "unit": unit})


_WAITS: Final = frozenset({"", "many", "long", "away", "until", "left", "have"})
_JOINTS: Final = frozenset({"until", "to", "from", "since", "and", "what", "before", "after"})


def _following(rest: str, last: Intent) -> Intent | None:
    """The holiday after the one before, or the same day of the year after."""
    if last.name == "EdgePublicHoliday" and last.slots["ask"] == "next" and _ONE_LATER.fullmatch(rest):
        return Intent(last.name, {**last.slots, "nth": int(str(last.slots.get("nth", 1))) + 1})
    slot = _day_slot(last)
    if (
        slot is None
        or last.name != "EdgeDate"
        or not re.match(r"holiday|month-day|nth|season|turn|date", str(last.slots[slot]))
    ):
        return None
    if _YEAR_AFTER.fullmatch(rest):
        return Intent(last.name, {**last.slots, slot: f"{last.slots[slot]} ; next"})
    return None


def _day_slot(last: Intent) -> str | None:
    """The slot with the day that may change."""
    slot = "end" if last.slots.get("ask") == "until" else "day"
    return slot if slot in last.slots else None


def _changed(piece: Piece, last: Intent) -> dict[str, SlotValue] | None:  # noqa: PLR0911 - one return a kind
    """The slots that a piece changes."""
    slot = _day_slot(last)
    match piece.kind:
        case "place" if "zone" in last.slots:
            zone, _, name = piece.value.partition(";")
            return {"zone": zone, "place": name}
        case "place" | "country" if last.name == "EdgePublicHoliday" and is_country(piece.said.removeprefix("the ")):
            return dict(land_named(piece.said.removeprefix("the ")))
        case "unit" if "end" in last.slots:
            return {"unit": piece.value}
        case "clock" if "time" in last.slots:
            return {"time": piece.value}
        case "length" if last.slots.get("ask") == "later":
            return {"quantity": piece.value}
        case "year" if last.slots.get("ask") == "leap-year":
            return {"year": piece.value}
        case "year" | "span" if slot is not None and (day := _in_year(str(last.slots[slot]), piece)) is not None:
            return {slot: day}
        case "day" | "span" if slot is not None and (day := day_named(piece)) is not None:
            return {slot: day}
    return None


_RELATIVE: Final = {"this year": "+0", "next year": "+1", "last year": "-1"}


def _in_year(day: str, piece: Piece) -> str | None:
    """A day that comes back every year, in the year of a piece; None for other days and pieces."""
    year = piece.value if piece.kind == "year" else _RELATIVE.get(piece.said)
    if year is None or " ; " in day:
        return None
    kind, *rest = day.split()
    match kind, rest:
        case (("holiday" | "season" | "turn"), [name, *_]):
            return f"{kind} {name} {year}"
        case "month-day", [written]:
            month, number = written.split("-")
            return f"day {int(number)} {year}-{month}"
        case "date", [written]:
            return f"day {int(written[-2:])} {year}-{written[-5:-3]}"
        case "nth", [nth, weekday, month]:
            return f"nth {nth} {weekday} {year}-{month[-2:]}"
    return None
