"""Several commands in one English sentence: where it is cut, and the words that its parts share. Pure.

"Turn on the light and set a timer for ten minutes" is cut at "and". "Turn on the kitchen and the hall light" says "turn
on" and "light" once for both.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from edge.nlu.en.alarm_days import DAY
from edge.nlu.en.numbers import SMALL, TENS
from edge.nlu.en.unknown_entities import ENTITY_NOUN

_MAX_PIECES = 6

_COUNT = "|".join((*SMALL, *filter(None, TENS), r"\d+", r"an?\s+(?:day|week|fortnight|month|year|hour)"))
_CUT: Final = re.compile(
    rf"\s*[,;]?\s+(?:and then|and also|and after that|after that|and|then|also|plus(?!\s+(?:{_COUNT})\b))\s+"
    r"(?!(?:an?\s+)?(?:half|quarter|third)\b|(?:three|3)\s+quarters?\b)|\s*[,;]\s+|(?<=[\w%])[.!?]\s+",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(r"^(?:and|then|also|please|after that|as well as)\s+", re.IGNORECASE)
_POLITE: Final = re.compile(
    r"(?:please|thanks|thank you|now|okay|ok|for me|right now|hello|hi|hey|well|so|good ?night|good morning"
    r"|good evening|good afternoon|goodbye|bye|let (?:me|us) in"
    r"|(?:i'm|i am|we're|we are) (?:home|back|here|off|leaving|heading out|going out|going to bed))\W*",
    re.IGNORECASE,
)
_NOT_A_LIST: Final = re.compile(
    r"(?:no|nope|not|wait|sorry|actually|i mean|rather|instead|or"
    r"|but|except|unless|if|when|until|because|whether"
    r"|which|that|scratch that|don't|do not)\b",
    re.IGNORECASE,
)
"""How corrections, conditions and alternatives begin: such a sentence is no list of commands."""

_SPARES: Final = re.compile(
    r"\b(?:everything|all|every|lights|lamps|fans)\b.*\b(?:but|except|apart from|other than|besides)\b"
)
"""What comes behind it is left alone: none of it is a command."""

_NEW_VERB: Final = re.compile(
    r"(?<=\w)\s+(?=(?:(?:turn|switch) (?:on|off)|open|close|lock|dim" r"|start|stop|set) (?:the|my|all)\b)",
    re.IGNORECASE,
)
_HOME_VERB: Final = re.compile(
    r"(?:turn|switch|open|close|lock|dim) (?!.*\b(?:timer|alarm|remind|when|if|until|to)\b)", re.IGNORECASE
)
"""Without a comma where a command ends: a recogniser writes none."""

_RANGE: Final = re.compile(r"\bbetween \S+$")
"""The "and" of "between five and ten minutes" joins no commands."""

_SIDE: Final = re.compile(r"on|off", re.IGNORECASE)
"""Half of "on and off"."""

_VERB: Final = re.compile(
    r"^(?P<verb>(?:please )?(?:"
    r"(?:turn|switch|shut|power|put)(?: back)? (?:on|off|up|down)|(?:turn|switch|shut|power|put)"
    r"|open|close|shut|raise|lower|lock|unlock|dim|brighten|activate|deactivate|enable|disable|start|stop|set"
    r"|pause|resume|restart|cancel|delete|remove|clear|skip|change|move|remind (?:me|us)))(?= )"
)
_SCHEDULED: Final = re.compile(
    r"^(?P<verb>(?:set|start|create|add|make|give me) (?:an? |the "
    r"|my |new |[2-6] )*(?P<what>alarm|timer)s? (?:for|at)"
    r"|wake (?:me|us)(?: up)?(?: at)?)(?= )"
)
_SCHEDULE_NOUN: Final = re.compile(r" (?P<what>alarm|timer|reminder)s?$")
_SCHEDULE_WORD: Final = re.compile(r"\b(?:alarm|timer|reminder)s?\b")
_REMIND: Final = re.compile(r"^remind (?P<who>me|us) (?P<rest>.+)$")
_AIMED: Final = re.compile(
    r"(?P<aim>(?:to|about|that) .+?)(?: (?P<when>(?:at|in|on|tomorrow|tonight|today|every|this)\b.+))"
)
_AIM_LAST: Final = re.compile(r"(?P<when>.+?) (?P<aim>(?:to(?! \d)|about|that) .+)")
_MOMENT_ALONE: Final = re.compile(
    r"(?:(?:at|in|on|tomorrow|tonight|every)\b.*|\d[\d:]*(?: [ap]m| o'?clock)?|noon|midnight)"
)
_ONLY_TIME: Final = re.compile(r"(?:(?:my|the|at|for) )*(?P<hour>\d{1,2})(?::\d\d)?")
_HALF: Final = re.compile(
    r"(?P<hour>\d{1,2})(?::\d\d)?(?P<half> [ap]m| in the (?:morning|afternoon|evening)| at night| tonight)$"
)
_DAY_AT_END: Final = re.compile(rf"{DAY.pattern}$", re.VERBOSE)
_NUMBER_LAST: Final = re.compile(r"(?<![\d:.])\b\d+$")
_UNIT: Final = re.compile(r"\d+(?P<unit> (?:hour|minute|second)s?)$")
_TAIL: Final = re.compile(
    r"(?P<tail> (?:back )?(?:on|off)| (?:up |down )?(?:to|at) \S+(?: \S+)?(?: percent| degrees)?| \d+ percent"
    r"| halfway)$"
)
_NOUN: Final = re.compile(rf"(?P<noun> (?:{ENTITY_NOUN}))$")
_PLACE: Final = re.compile(r"(?P<begin>.* (?:in|of) (?:the |my |our )?)\S.*")
_ARTICLE: Final = re.compile(r"^(?:in )?(?:the |my |our )?")
_ALL: Final = re.compile(r"(?P<all>(?:all|every|both)(?: of)?(?: the| my| our)?) ")
_KINDS: Final = re.compile(
    r"(?:(?:the|my|our) )?(?P<kinds>blinds|curtains|drapes|shutters|shades|lights|lamps|fans|windows|doors|locks|plugs"
    r"|switches|radiators)"
)
"""Behind "all the blinds and", each of these is all of them."""
_NUMBER: Final = re.compile(r"\d[\d.]*")
_NUMBERED: Final = re.compile(rf"(?P<stem>.*[^\W\d]) (?P<number>{_NUMBER.pattern})")
_ONE: Final = re.compile(r"^(?:another(?: (?:one|1))?|(?:one|1)(?: more)?) (?:(?:for|at) )?(?=\d)")
_EACH: Final = re.compile(
    r"^(?:(?:please )?(?:set|start|create|make|i need|i want|give me) )?(?:two|three|four|[2-4]) (?P<what>alarm|timer)s"
    r"[,:;]? (?:one|1|the first(?: one)?) (?=(?:for|at|of) )",
    re.IGNORECASE,
)
"""Announces what follows: "two timers, one for five minutes and one for ten"."""
_EACH_NEXT: Final = re.compile(r",? (?:and )?(?:one|1) (?=(?:for|at|of) )", re.IGNORECASE)
_ONE_MORE: Final = re.compile(
    r"^(?P<verb>set|start|make|create|add) (?:a new |another )?(?:1|one|another) (?=(?:for|at|of|called)\b)"
)
_REFERS: Final = re.compile(
    r"^(?P<verb>(?:turn|switch|put|shut|power)(?: (?:on|off|up|down|back))*|set|make|dim|brighten|open|close"
    r"|raise|lower"
    r"|lock|unlock|cancel|pause|resume|start|stop) (?:it|them)\b"
)
_OPENS: Final = re.compile(
    r"^(?:turn|switch|shut|power|put|open|close|raise|lower|lock|unlock"
    r"|dim|brighten|activate|deactivate|enable|disable"
    r"|start|stop|set|pause|resume|cancel|make|play|add|tell|what"
    r"|who|when|how|wake|remind|volume|call|send|run"
    r"|give|create|leave|keep|wait|never ?mind|cancel that|forget)\b"
)


def pieces(text: str) -> Sequence[str]:
    """See `Commands.pieces`."""
    if _SPARES.search(text.casefold()):
        return (text,)
    if (each := _EACH.match(text)) is not None:
        what = "an alarm" if each["what"].casefold() == "alarm" else "a timer"
        text = f"set {what} {_EACH_NEXT.sub(' and one ', text[each.end() :])}"
    cut = _CUT.split(text.strip(" ,.;!?"))
    if _HOME_VERB.match(text):
        cut = [part for piece in cut for part in _NEW_VERB.split(piece)]
    found = [_LEADING.sub("", piece.strip()) for piece in cut]
    found = [piece for piece in found if piece and not _POLITE.fullmatch(piece)]
    is_list = not any(_NOT_A_LIST.match(piece) or _RANGE.search(piece) for piece in found)
    if not 0 < len(found) <= _MAX_PIECES or not is_list or any(_SIDE.fullmatch(piece) for piece in found):
        return (text,)
    return found


def _times_spelled_out(verb: str, pieces: Sequence[str], head: re.Match[str]) -> Iterator[Sequence[str]]:
    """Several alarms or timers, each with the day, the half of the day, the unit and the noun that they share."""
    objects = [pieces[0][head.end() :].strip(), *(_ONE.sub("", piece) for piece in pieces[1:])]
    days = [DAY.search(it) for it in objects]
    shared_day = [day[0].strip() for day in days if day] if sum(map(bool, days)) == 1 else []
    if shared_day:
        objects = [" ".join(DAY.sub(" ", it).split()) for it in objects]
    noun = _SCHEDULE_NOUN.search(objects[-1])
    if noun is not None:
        objects = [_SCHEDULE_NOUN.sub("", it) for it in objects]
    if any(map(_SCHEDULE_WORD.search, objects)):
        return
    objects = _halves_shared(objects)
    of_timers = (head if noun is None else noun).groupdict().get("what") == "timer"
    if of_timers:
        objects = _units_shared(objects)
    if noun is not None:
        objects = [f"{it} {noun['what']}" for it in objects]
    if verb.startswith("wake"):
        objects = [f"at {it}" if it[:1].isdigit() and not verb.endswith(" at") else it for it in objects]
    elif head.re is _SCHEDULED:
        verb = re.sub(
            r"(?:an? |the |my |new |[2-6] )*(?:alarm|timer)s?",
            "an alarm" if head["what"] == "alarm" else "a timer",
            verb,
        )
    day = f" {shared_day[0]}" if shared_day else ""
    yield [f"{verb} {it}{day}" for it in objects]


def _reminders_spelled_out(remind: re.Match[str], pieces: Sequence[str]) -> Iterator[Sequence[str]]:
    """One reminder at several moments: "to eat at eight and at nine", "at eight and nine to eat"."""
    rest, last = remind["rest"], _AIM_LAST.fullmatch(pieces[-1])
    if (first := _AIMED.fullmatch(rest)) is not None:
        aim, whens = first["aim"], [first["when"], *pieces[1:]]
    elif last is not None and _AIM_LAST.fullmatch(rest) is None:
        aim, whens = last["aim"], [rest, *pieces[1:-1], last["when"]]
    else:
        return
    if not all(map(_MOMENT_ALONE.fullmatch, whens)):
        return
    days = [found[0].strip() for it in whens if (found := DAY.search(it)) is not None]
    shared = f" {days[0]}" if len(days) == 1 else ""
    bare = [" ".join(DAY.sub(" ", it).split()) if shared else it for it in whens]
    times = [f"at {it}" if it[:1].isdigit() else it for it in bare]
    yield [f"remind {remind['who']} {it}{shared} {aim}" for it in times]


def _halves_shared(objects: Sequence[str]) -> list[str]:
    """Times without a half of the day in that of the last one: "7, 8 and 9 am"."""
    last = _HALF.search(objects[-1])
    if last is None:
        return list(objects)
    earlier = [_ONLY_TIME.fullmatch(it) for it in objects]
    return [
        f"{it}{last['half']}" if alone and int(alone["hour"]) <= int(last["hour"]) else it
        for it, alone in zip(objects, earlier, strict=True)
    ]


def _units_shared(objects: Sequence[str]) -> list[str]:
    """Lengths without a unit in that of the others: "5 minutes and 10", "5 and 10 minutes"."""
    units = [found["unit"] for it in objects if (found := _UNIT.search(it)) is not None]
    if not units:
        return list(objects)
    return [_NUMBER_LAST.sub(rf"\g<0>{units[-1]}", it) for it in objects]


def referring(piece: str, head: str, name: str) -> str:
    """See `Commands.referring`. All are normalised."""
    if (what := re.search(r"\b(?:alarm|timer)(?=s?\b)", head)) is not None:
        piece = _ONE_MORE.sub(rf"\g<verb> {'an' if what[0] == 'alarm' else 'a'} {what[0]} ", piece)
    verb = _VERB.match(head)
    if name and not _SCHEDULE_WORD.search(head):
        meant = f"the {name}"
    elif verb is not None:
        meant = _TAIL.sub("", head[verb.end() :]).strip()
    else:
        return piece
    return _REFERS.sub(rf"\g<verb> {meant}", piece, count=1)


def spelled_out(pieces: Sequence[str]) -> Iterator[Sequence[str]]:
    """See `Commands.spelled_out`. `pieces` are normalised."""
    if (remind := _REMIND.match(pieces[0])) is not None:
        yield from _reminders_spelled_out(remind, pieces)
    mixed = any(
        _SCHEDULE_WORD.search(piece) for piece in pieces[1:]
    )  # "an alarm for seven and a timer for ten minutes"
    head = (None if mixed else _SCHEDULED.match(pieces[0])) or _VERB.match(pieces[0])
    if head is None or any(_OPENS.match(it) for piece in pieces[1:] for it in piece.split(" and ")):
        return
    verb = head["verb"]
    scheduled = head.re is _SCHEDULED or _SCHEDULE_NOUN.search(_DAY_AT_END.sub("", pieces[-1])) is not None
    if scheduled:
        yield from _times_spelled_out(verb, pieces, head)
    objects = [pieces[0][head.end() :].strip(), *(_ONE.sub("", piece) for piece in pieces[1:])]
    if mixed and all("timer" in it for it in objects):
        objects = _units_shared(objects)
    tails = [_TAIL.search(piece) for piece in pieces]
    tail = tails[-1]["tail"] if tails[-1] and not any(tails[:-1]) else ""
    bare = [*objects[:-1], objects[-1].removesuffix(tail)] if tail else objects
    if every := _ALL.match(bare[0]):
        kinds = [_KINDS.fullmatch(it) for it in bare[1:]]
        bare = [
            bare[0],
            *(f"{every['all']} {it['kinds']}" if it else other for it, other in zip(kinds, bare[1:], strict=True)),
        ]
    if numbered := _NUMBERED.fullmatch(bare[0]):  # "lamps 2 and 12"
        stem = numbered["stem"].removesuffix("s")
        bare = [f"{stem} {numbered['number']}", *(f"{stem} {it}" if _NUMBER.fullmatch(it) else it for it in bare[1:])]
    if (place := _PLACE.match(bare[0])) is not None:
        yield [f"{verb} {bare[0]}{tail}", *(f"{verb} {place['begin']}{_ARTICLE.sub('', it)}{tail}" for it in bare[1:])]
    noun = _NOUN.search(f" {bare[-1]}")
    if noun is not None:  # "the kitchen and hall lights" is not all that is in the kitchen
        shared = [it if _NOUN.search(f" {it}") else f"{it}{noun['noun']}" for it in bare]
        yield [f"{verb} {it}{tail}" for it in shared]
    yield [f"{verb} {it}{tail}" for it in bare]
