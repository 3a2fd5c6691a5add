"""What can be asked about times of day, the sun, the moon and changes of the clocks. Pure."""

from collections.abc import Sequence
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.clock_words import read_clock
from edge.nlu.en.exact.places import HERE
from edge.nlu.en.exact.when.day_relations import day_named
from edge.nlu.en.exact.when.phrases import UNKNOWN, Sentence
from edge.nlu.en.exact.when.pieces import Piece
from edge.nlu.en.exact.when.relations import Build, Relation, relation

_CLOCK: Final = "EdgeClock"
_SUN: Final = "EdgeSun"
_MOON: Final = "EdgeMoon"


def _place(piece: Piece | None) -> tuple[str, str]:
    """The zones of a place, and its name in replies; without a piece it is here."""
    if piece is None:
        return HERE, HERE
    zone, _, name = piece.value.partition(";")
    return zone, name


def _of_place(ask: str) -> Build:
    def build(sentence: Sentence) -> Intent | None:
        zone, name = _place(_one_place(sentence.of("place")))
        if zone == HERE and ask != "which-zone":
            return None
        return Intent(_CLOCK, {"ask": ask, "zone": zone, "place": name})

    return build


def _one_place(places: Sequence[Piece]) -> Piece | None:
    """A city with its state or country behind it is one place: the first one."""
    return places[0] if places else None


def _own_zone(sentence: Sentence) -> Intent | None:
    if not sentence.says("i", "we", "my", "our", "this", "current"):
        return None
    return Intent(_CLOCK, {"ask": "which-zone", "zone": HERE, "place": HERE})


def _unknown_place(sentence: Sentence) -> Intent | None:
    """A place that is not known: all that is unknown stands behind "in", at the end."""
    known = [it.at for it in sentence.phrases if UNKNOWN not in it.symbols]
    unknown = [it.at for it in sentence.phrases if UNKNOWN in it.symbols]
    if not unknown or sentence.phrases[len(known) - 1].said != "in" or known[-1] > unknown[0]:
        return None
    return Intent("EdgeCannotCompute", {"why": "place-unknown"})


def _there_if(sentence: Sentence) -> Intent | None:
    """The time there, which answers "is it noon in Paris" and "is it tomorrow already in Auckland"."""
    ask = "date-there" if sentence.of("day") else "there"
    return _of_place(ask)(sentence) if sentence.is_yes_or_no else None


def _difference(sentence: Sentence) -> Intent | None:
    """How far the second place is ahead of the first one, or the only one of here."""
    place = sentence.of("place")[-1]
    source = sentence.of("place")[0] if len(sentence.of("place")) > 1 else None
    if source is not None and (sentence.says("than") or source.at < sentence.at("ahead") < place.at):
        source, place = place, source  # "is India ahead of us", "how much later is Tokyo than Berlin"
    zones, name = _place(place)
    source_zone, source_name = _place(source)
    if " " in source_zone or source_zone == zones == HERE:
        return None
    slots = {"ask": "difference", "zone": zones, "place": name, "source": source_zone, "source_place": source_name}
    return Intent(_CLOCK, slots)


def _when(sentence: Sentence) -> Intent | None:
    """A time in one place, in another one. The time belongs to the place directly beside it."""
    clock = sentence.of("clock")[0]
    places = list(sentence.of("place"))
    source = _beside(sentence, clock, places)
    others = [it for it in places if it is not source]
    if len(others) > 1 or (source is None and not others):
        return None
    zone, name = _place(others[0] if others else None)
    source_zone, source_name = _place(source)
    if " " in source_zone or not clock.value:
        return None
    slots = {"ask": "when", "zone": zone, "place": name, "time": clock.value}
    return Intent(_CLOCK, {**slots, "source": source_zone, "source_place": source_name})


def _call(sentence: Sentence) -> Intent | None:
    """What the clock says there: "if I call my sister in Toronto at six"."""
    clock, place = sentence.of("clock")[0], next((it for it in sentence.of("place") if it.said != HERE), None)
    if place is None:
        return None
    zone, name = _place(place)
    slots = {"ask": "when", "zone": zone, "place": name, "time": clock.value}
    return Intent(_CLOCK, {**slots, "source": HERE, "source_place": HERE})


def _beside(sentence: Sentence, clock: Piece, places: Sequence[Piece]) -> Piece | None:
    """The place whose time is meant, if it is named: the one behind the time, or the one directly before it."""
    behind = next((it for it in places if 0 < it.at - clock.at <= 2), None)  # noqa: PLR2004 - "in" may stand between
    ahead = next((it for it in places if 0 < clock.at - it.at <= 3), None)  # noqa: PLR2004 - "it is" may stand between
    if len(places) > 1:
        return behind or ahead
    conditional = sentence.has("if") or sentence.at("when") in range(clock.at)
    asks_behind = sentence.at("time") > clock.at
    return (behind or ahead) if conditional or asks_behind else None


def _between(sentence: Sentence) -> Intent | None:
    begin, end = sentence.of("clock")
    return Intent(_CLOCK, {"ask": "between", "begin": begin.value, "end": end.value, "unit": _unit(sentence)})


def _unit(sentence: Sentence) -> str:
    return next((it.value for it in sentence.of("unit")), "")


def _until(sentence: Sentence) -> Intent | None:
    if _unit(sentence) not in {"", "hour", "minute", "second"}:
        return None
    return Intent(_CLOCK, {"ask": "until", "time": sentence.of("clock")[0].value, "unit": _unit(sentence)})


def _later(sign: str | None = None) -> Build:
    """A time of day, or now, and a length of time; `sign` "-" is before it, None: as the sentence says."""

    def build(sentence: Sentence) -> Intent | None:
        length = sentence.of("length")[0]
        back = sentence.has("ago", "minus", "before")
        slots = {"ask": "later", "quantity": length.value, "sign": sign or ("-" if back else "+")}
        clocks = sentence.of("clock")
        return Intent(_CLOCK, slots | ({"time": clocks[0].value} if clocks else {}))

    return build


def _leaves_at(sentence: Sentence) -> Intent | None:
    """When to leave, to arrive at a time; or when something that began at a time is over."""
    to_leave = sentence.at("leave") > max(sentence.at("takes"), sentence.at("arrive"))
    return _later("-" if to_leave or (not sentence.has("arrive") and sentence.has("leave")) else "+")(sentence)


def _face(hours: str) -> Build:
    def build(sentence: Sentence) -> Intent | None:
        time = read_clock(sentence.pieces[0].said)
        return None if time is None else Intent(_CLOCK, {"ask": "face", "time": time.rstrip("?"), "hours": hours})

    return build


def _sun(event: str) -> Build:
    def build(sentence: Sentence) -> Intent | None:
        day = next((day_named(it) for it in sentence.of("day")), "today")
        return None if day is None else Intent(_SUN, {"event": event, "day": day})

    return build


def _moon(sentence: Sentence) -> Intent | None:
    phase = "full" if sentence.has("full") else "new"
    asks_when = sentence.has("when", "next", "long", "many", "until", "date", "day") and not sentence.is_yes_or_no
    return Intent(_MOON, {"ask": phase if asks_when else "phase"})


def _phase(_: Sentence) -> Intent:
    return Intent(_MOON, {"ask": "phase"})


def _now(_: Sentence) -> Intent:
    return Intent(_CLOCK, {"ask": "now"})


_NOW = "current zone day date what"
_BETWEEN = "between from to until and have passed time ahead many long"
_SUN_WORDS = "when what time next tonight sun gets current many long until have away left"

CLOCKS: Final[tuple[Relation, ...]] = (
    relation("clocks", "", lambda _: Intent(_CLOCK, {"ask": "clocks"}),
             may="turned next when time starts ends date day what less"),
    relation("clocks", "day", lambda _: Intent(_CLOCK, {"ask": "clocks"}), may="turned next when time and"),
    relation("time turned", "", lambda _: Intent(_CLOCK, {"ask": "clocks"}), may="when next"),
    relation("time", "place", _of_place("there"), may="current zone have my month what day set who"),
    relation("zone", "place", _of_place("which-zone"), may="current have my if falls what"),
    relation("zone", "", _own_zone, may="my current have"),
    relation("date|day|weekday|week", "place", _of_place("date-there"), may="current day what date"),
    relation("time what", "", _unknown_place, may="zone current", unknown=4),
    relation("zone what", "", _unknown_place, may="current", unknown=4),
    relation("convert to|from", "place place", _difference, may="time zone from to current and"),
    relation("zone", "place place", _difference, may="have time and between same"),
    relation("late", "place", _of_place("there")),
    relation("day-time", "place", _there_if),
    relation("", "clock place", _there_if, may="time"),
    relation("", "day place", _there_if),
    relation("ahead|between", "place", _difference, may="same many long time and from to zone my have between less"),
    relation("ahead|between", "place place", _difference,
             may="many long time and from to zone my have between less"),
    relation("ahead|many|time|zone", "unit place", _difference, may="many time and from to between ahead have long"
        " day"),
    relation("ahead|many|between", "unit place place", _difference,
             may="many time and from to between ahead have long"),
    relation("time|when|what|convert|to|if|and", "clock place", _when,
             may="time when to convert if zone and make from my less what"),
    relation("call time", "clock place", _call, may="if when who my", unknown=2),
    relation("call time", "clock place place", _call, may="if when who my", unknown=2),
    relation("", "clock place place", _when,
             may="time when to convert if zone and make from my less what have"),
    relation("long|many|between|ahead|time|from between|from|to|until|and", "clock clock", _between, may=_BETWEEN),
    relation("long|many sleep|and", "clock clock", _between, may="if and sleep from to until my have", unknown=4),
    relation("long|many sleep|and", "unit clock clock", _between, may="if and sleep from to until my have", unknown=4),
    relation("long|many|between|ahead|from between|from|to|until|and", "unit clock clock", _between, may=_BETWEEN),
    relation("long|countdown until|before|to|left|away", "clock", _until, may="have from"),
    relation("many until|before|to|left|away", "unit clock", _until, may="have from"),
    relation("until", "unit clock", _until),
    relation("twelve", "year", _face("12"), may="convert to time military"),
    relation("military", "clock", _face("24"), may="convert to time"),
    relation("military", "year", _face("24"), may="convert to time"),
    relation("twelve", "clock", _face("12"), may="convert to time military"),
    relation("time|what|when ago|after|minus|away", "length", _later(), may="current time from before"),
    relation("time", "length", _later("+"), may="what current have day"),
    relation("before|after|minus|from|away|and", "clock length", _later(), may="time what when from"),
    relation("takes leave|arrive", "clock length", _leaves_at,
             may="when time what if and my have arrive leave to before starts takes until sleep",
             unknown=4),
    relation("starts|leave takes|for", "clock length", _leaves_at,
             may="when time what if and my have arrive leave to ends", unknown=4),
    relation("sunrise", "", _sun("sunrise"), may=_SUN_WORDS),
    relation("sunrise", "day", _sun("sunrise"), may=_SUN_WORDS),
    relation("sun rise", "", _sun("sunrise"), may=_SUN_WORDS),
    relation("sun rise", "day", _sun("sunrise"), may=_SUN_WORDS),
    relation("sunset", "", _sun("sunset"), may=_SUN_WORDS),
    relation("sunset", "day", _sun("sunset"), may=_SUN_WORDS),
    relation("sun set", "", _sun("sunset"), may=_SUN_WORDS),
    relation("sun set", "day", _sun("sunset"), may=_SUN_WORDS),
    relation("dawn when|time|until|gets when|time|until|what", "", _sun("dawn"), may=_SUN_WORDS),
    relation("dawn when|time|until|gets when|time|until|what", "day", _sun("dawn"), may=_SUN_WORDS),
    relation("dusk when|time|until|gets when|time|until|what", "", _sun("dusk"), may=_SUN_WORDS),
    relation("dusk when|time|until|gets when|time|until|what", "day", _sun("dusk"), may=_SUN_WORDS),
    relation("daylight", "", _sun("daylight"), may="many long have left sun day what"),
    relation("daylight", "day", _sun("daylight"), may="many long have left sun day what"),
    relation("daylight many", "unit", _sun("daylight"), may="have"),
    relation("daylight many", "unit day", _sun("daylight"), may="have"),
    relation("long day", "", _sun("daylight")),
    relation("long day", "day", _sun("daylight")),
    relation("full|new", "", _moon, may="when next moon date day tonight until long phase what have gets many"
        " falls time"),
    relation("full|new", "day", _moon, may="moon phase gets"),
    relation("moon full|new", "unit", _moon, may="when next date day until many have"),
    relation("moon phase", "", _phase, may="current tonight what full new and gets many"),
    relation("moon phase", "day", _phase, may="current tonight what full new and gets"),
    relation("moon tonight", "", _phase, may="what"),
    relation("time", "", _now, may="current what zone have"),
)  # fmt: skip
