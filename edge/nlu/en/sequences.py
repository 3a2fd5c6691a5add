"""Several commands in one English sentence: where it is cut, and the words that its parts share. Pure.

"Turn on the light and set a timer for ten minutes" is cut at "and". "Turn on the kitchen and the hall light" says "turn
on" and "light" once for both.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from edge.nlu.en.unknown_entities import ENTITY_NOUN

_MAX_PIECES = 6

_CUT: Final = re.compile(
    r"\s*[,;]?\s+(?:and then|and also|and after that|after that|and|then|also|plus)\s+|\s*[,;]\s+|(?<=[\w%])[.!?]\s+",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(r"^(?:and|then|also|please|after that|as well as)\s+", re.IGNORECASE)
_POLITE: Final = re.compile(
    r"(?:please|thanks|thank you|now|okay|ok|for me|right now|hello|hi|hey|well|so|good ?night|good morning"
    r"|good evening|good afternoon|goodbye|bye)\W*",
    re.IGNORECASE,
)
_NOT_A_LIST: Final = re.compile(
    r"(?:no|nope|not|wait|sorry|actually|i mean|rather|instead|or|but|except|unless|if|when|until|because|whether"
    r"|which|that|scratch that|don't|do not)\b",
    re.IGNORECASE,
)
"""How corrections, conditions and alternatives begin: such a sentence is no list of commands."""

_RANGE: Final = re.compile(r"\bbetween \S+$")
"""The "and" of "between five and ten minutes" joins no commands."""

_VERB: Final = re.compile(
    r"^(?P<verb>(?:please )?(?:"
    r"(?:turn|switch|shut|power|put)(?: back)? (?:on|off|up|down)|(?:turn|switch|shut|power|put)"
    r"|open|close|shut|raise|lower|lock|unlock|dim|brighten|activate|deactivate|enable|disable|start|stop|set"
    r"|pause|resume"
    r"|cancel))(?= )"
)
_SCHEDULED: Final = re.compile(
    r"^(?P<verb>(?:set|start|create|add|make) (?:an?|the|my) (?:alarm|timer) (?:for|at))(?= )"
)
_TAIL: Final = re.compile(
    r"(?P<tail> (?:back )?(?:on|off)| (?:up |down )?(?:to|at) \S+(?: \S+)?(?: percent| degrees)?| \d+ percent"
    r"| halfway)$"
)
_NOUN: Final = re.compile(rf"(?P<noun> (?:{ENTITY_NOUN}))$")
_NUMBER: Final = re.compile(r"\d[\d.]*")
_NUMBERED: Final = re.compile(rf"(?P<stem>.*[^\W\d]) (?P<number>{_NUMBER.pattern})")
_ONE: Final = re.compile(r"^(?:another(?: (?:one|1))?|(?:one|1)(?: more)?) (?:(?:for|at) )?(?=\d)")
_REFERS: Final = re.compile(
    r"^(?P<verb>(?:turn|switch|put|shut|power)(?: (?:on|off|up|down|back))*|set|make|dim|brighten|open|close"
    r"|raise|lower"
    r"|lock|unlock|cancel|pause|resume|start|stop) (?:it|them)\b"
)
_OPENS: Final = re.compile(
    r"^(?:turn|switch|shut|power|put|open|close|raise|lower|lock|unlock|dim|brighten|activate|deactivate|enable|disable"
    r"|start|stop|set|pause|resume|cancel|make|play|add|tell|what|who|when|how|wake|remind|volume|call|send|run"
    r"|give|create|leave|keep|wait|never ?mind|cancel that|forget)\b"
)


def pieces(text: str) -> Sequence[str]:
    """See `Commands.pieces`."""
    found = [_LEADING.sub("", piece.strip()) for piece in _CUT.split(text.strip(" ,.;!?"))]
    found = [piece for piece in found if piece and not _POLITE.fullmatch(piece)]
    is_list = not any(_NOT_A_LIST.match(piece) or _RANGE.search(piece) for piece in found)
    if not 0 < len(found) <= _MAX_PIECES or not is_list:
        return (text,)
    return found


def referring(piece: str, head: str) -> str:
    """See `Commands.referring`. Both are normalised."""
    verb = _VERB.match(head)
    if verb is None:
        return piece
    meant = _TAIL.sub("", head[verb.end() :]).strip()
    return _REFERS.sub(rf"\g<verb> {meant}", piece, count=1)


def spelled_out(pieces: Sequence[str]) -> Iterator[Sequence[str]]:
    """See `Commands.spelled_out`. `pieces` are normalised."""
    head = _SCHEDULED.match(pieces[0]) or _VERB.match(pieces[0])
    if head is None or any(_OPENS.match(it) for piece in pieces[1:] for it in piece.split(" and ")):
        return
    verb = head["verb"]
    objects = [pieces[0][head.end() :].strip(), *(_ONE.sub("", piece) for piece in pieces[1:])]
    tails = [_TAIL.search(piece) for piece in pieces]
    tail = tails[-1]["tail"] if tails[-1] and not any(tails[:-1]) else ""
    bare = [*objects[:-1], objects[-1].removesuffix(tail)] if tail else objects
    if numbered := _NUMBERED.fullmatch(bare[0]):  # "lamps 2 and 12"
        stem = numbered["stem"].removesuffix("s")
        bare = [f"{stem} {numbered['number']}", *(f"{stem} {it}" if _NUMBER.fullmatch(it) else it for it in bare[1:])]
    noun = _NOUN.search(f" {bare[-1]}")
    plain = [f"{verb} {it}{tail}" for it in bare]
    yield plain
    if noun is not None:
        shared = [it if _NOUN.search(f" {it}") else f"{it}{noun['noun']}" for it in bare]
        yield [f"{verb} {it}{tail}" for it in shared]
