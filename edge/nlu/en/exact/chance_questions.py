"""Coins, dice and other choices at random, and numbers that everyone looks up. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import Build, Frame, first_of, frame
from edge.nlu.en.exact.unit_words import WORDS as UNIT_WORDS

_MAX_ITEMS = 20
_MAX_WORDS = 5
"""In what is drawn by chance; "a flat in town and a house with a garden an hour away" are to be weighed."""


def _chance(what: str, **slots: int) -> Intent:
    return Intent("EdgeChance", {"what": what, **slots})


def _dice(match: re.Match[str]) -> Intent | None:
    """The number of dice and of their sides, wherever they are said."""
    text = match[0]
    sides = re.search(r"\b(\d+) side(?:d|s)\b|\bd ?(\d+)\b", text)
    count = re.search(r"\b(\d+)(?: \d+ sided)? (?:dice|die|d ?\d+)\b|\b(pair|couple) of\b", text)
    if count is not None and sides is not None and count[1] == sides[1]:
        count = None  # "a 20 sided die" is one
    many = 1 if count is None else 2 if count[2] else int(count[1])
    return _chance("dice", count=many * _times(text), sides=int((sides[1] or sides[2]) if sides else 6))


def _coins(match: re.Match[str]) -> Intent | None:
    count = re.search(r"\b(\d+) (?:\w+ )?coins\b", match[0])
    return _chance("coin", count=(int(count[1]) if count else 1) * _times(match[0]))


def _times(text: str) -> int:
    """How often it is to be thrown."""
    found = re.search(r"\b(?:(\d+) (?:more )?times|(twice)|(thrice))\b", text)
    return 1 if found is None else int(found[1]) if found[1] else 2 if found[2] else 3


def _range(match: re.Match[str]) -> Intent | None:
    low, high = match["low"], match["high"]
    return _chance("number", low=int(low or 1), high=int(high or 100))


def _one_of(match: re.Match[str]) -> Intent | None:
    if not re.search(r" or |, |\b(?:one|1|between|from|of|among|out of|winner|someone|somebody) ", match[0]):
        return None  # "choose a song and play it"
    items = [
        re.sub(r"^(?:and|or|either|the|to) ", "", it).strip()
        for it in re.split(r" ?, (?:and |or )?| (?:and|or) ", match["items"])
    ]
    items = [it for it in items if it]
    if not 2 <= len(items) <= _MAX_ITEMS or any(len(it.split()) > _MAX_WORDS for it in items):  # noqa: PLR2004 - one is no choice
        return None
    return Intent("EdgeChance", {"what": "pick", "items": ";".join(items)})


def _constant(name: str) -> Build:
    def build(match: re.Match[str]) -> Intent | None:
        unit = match.groupdict().get("unit")
        if not unit:
            return Intent("EdgeConstant", {"name": name})
        found = UNIT_WORDS.get(unit)
        return None if found is None else Intent("EdgeConstant", {"name": name, "unit": found})

    return build


def _sides(match: re.Match[str]) -> Intent | None:
    shape = match["shape"]
    if shape == "cube" and "faces" not in match[0]:
        return None
    return Intent("EdgeConstant", {"name": "sides", "shape": shape, "count": _POLYGONS[shape]})


def _digits(match: re.Match[str]) -> Intent | None:
    return Intent("EdgeConstant", {"name": "pi", "decimals": min(int(match["count"]), 50)})


_NO_ODDS = (
    r"(?!.*\b(?:odds|chances?|probability|likely|likelihood|how many|how often|why|who|when(?! (?:you|i|we)"
    r" (?:roll|throw|flip|toss))|did|history|invented|means?"
    r"|happens|rules|game of|movie|song|blinds)\b)"
)
_FLIP = r"(?:(?:flip|filp)(?:ped|ping|s)?|toss(?:ed|ing)?|throw|thrown|spin)"
_COIN = r"(?:coins?|penny|1/4|quarter|dime|nickel)"
_ROLL = r"(?:roll|throw|toss|cast|shake)"
_PICK = r"(?:pick|choose|select|give me|tell me|think of|generate|say|draw|name|make up|i need)"
_WHAT = r"(?:what(?:'s| is) |how (?:fast|much|many|big|hot|cold) is )?(?:the |a )?(?:exact )?(?:value of )?"
_IN = r"(?: (?:in|at) (?!sea)(?P<unit>[a-z ]+?))?"
_AT_SEA = r"(?: at sea level| under normal pressure| at normal pressure)?"
_POLYGONS: Final = {
    "triangle": 3,
    "square": 4,
    "rectangle": 4,
    "pentagon": 5,
    "hexagon": 6,
    "heptagon": 7,
    "octagon": 8,
    "nonagon": 9,
    "decagon": 10,
    "dodecagon": 12,
    "cube": 6,
}

CHANCE: Final[tuple[Frame, ...]] = (
    frame(rf"{_NO_ODDS}(?:.*\b{_FLIP}\b.*\b{_COIN}\b.*|.*\b{_COIN}\b.*\b{_FLIP}\b.*|.*\bif (?:a|the) coin"
    r" lands\b.*|let's flip for it|lets flip for it)", _coins),
    frame(rf"{_NO_ODDS}(?:.*\b)?heads or tails\b.*", _coins),
    frame(rf"{_NO_ODDS}.*\b(?:{_ROLL}|role(?= an?\b| the\b| some\b| \d)|rolling|simulate|shoot)\b.*\b(?:die|dice|d"
        rf" ?\d+)\b.*", _dice),
    frame(rf"{_NO_ODDS}.*\b(?:dice|die)\b.*\b(?:roll|throw|rolled|thrown)\b.*|{_NO_ODDS}(?:give|make|do)"
        rf" .*\b(?:dice|die)\b.* roll"
    rf"|roll again", _dice),
    frame(rf"(?:{_PICK}|what's) (?:me )?(?:a |any )?(?:random )?(?:whole )?number(?: at random)?(?: (?:between"
    rf"|from) (?P<low>\d+) (?:and|to|through) (?P<high>\d+))?", _range),
    frame(r"a number (?:between|from) (?P<low>\d+) (?:and|to) (?P<high>\d+)", _range),
    frame(r"(?:a )?random number(?: (?:between|from) (?P<low>\d+) (?:and|to) (?P<high>\d+))?", _range),
    frame(rf"(?:{_PICK} )?(?:me )?(?:a |any )?(?:random )?number (?P<low>)(?:up to|below|under|less than)"
    rf" (?P<high>\d+)", _range),
    frame(rf"{_PICK} (?:a )?(?:random )?letter(?: of the alphabet)?(?: at random)?|(?:a )?random"
    rf" letter", lambda _: _chance("letter")),
    frame(rf"{_PICK} (?:a |me a |any )?(?:random )?(?:playing )?card(?: from (?:a|the) deck)?(?:,? any card)?|(?:a"
    rf" )?random"
    rf" card", lambda _: _chance("card")),
    frame(r"(?:pick|choose|decide for me|decide for us|decide|select|help me (?:choose|decide|pick)|help us"
    r" (?:choose|decide))(?: (?:one|1|someone|somebody|who starts|a winner|randomly|at random))*(?: to (?:start"
    r"|go first|begin"
    r"|do it))? ?(?:,|of|from|between|among|out of|:)? ?(?P<items>.+(?: or | and |, ).+)", _one_of),
    frame(
        r"(?:(?:should|shall) (?:i|we) |do (?:i|we) )?(?:have|eat|get|drink|wear|watch|go|make|take|buy|order|cook"
        r"|choose)?"
        r" ?(?P<items>.+? or .+?),? (?:you (?:decide|choose|pick)(?: for (?:me|us))?|(?:decide|choose|pick)(?: one| 1)?"
        r" for (?:me|us)|pick one|pick 1|your choice)",
        _one_of,
    ),
    frame(
        r"(?:i |we )?(?:can't|cannot|can not|couldn't|don't know how to) (?:decide|choose|pick)(?: between| whether to"
        r"| whether|,)* (?P<items>.+? (?:or|and) .+?) ,? ?(?:can you |please |so |you )*(?:pick|choose|decide"
        r"|help)(?: one"
        r"| 1| for me| for us| please| me| us)*",
        _one_of,
    ),
    frame(r"rock paper (?:or )?scissors|(?:play |let's play )rock paper"
    r" scissors", lambda _: Intent("EdgeChance", {"what": "pick", "items": "rock;paper;scissors"})),
    frame(r"(?:say |answer )?yes or no|decide yes or"
    r" no", lambda _: Intent("EdgeChance", {"what": "pick", "items": "yes;no"})),
    frame(rf"{_WHAT}pi", _constant("pi")),
    frame(r"(?:what(?:'s| is) )?(?:the (?:1st )?|1st )?(?:value of )?pi (?:to|with) (?P<count>\d+) (?:decimal"
    r" places|decimals|digits|places|dp)", _digits),
    frame(r"(?:what are )?(?:the )?(?:1st|first) (?P<count>\d+) (?:digits|decimals|decimal places) of pi", _digits),
    frame(rf"{_WHAT}(?:speed of light|light speed)(?: in (?:a )?vacuum)?{_IN}", _constant("speed-of-light")),
    frame(r"how fast (?:is light|does light (?:travel|go|move))(?: in"
    r" (?P<unit>[a-z ]+))?", _constant("speed-of-light")),
    frame(rf"(?:{_WHAT}|at what temperature does |what temperature is )?(?:the )?boiling (?:point|temperature)"
    rf" of water{_AT_SEA}{_IN}{_AT_SEA}", _constant("boiling-point")),
    frame(rf"(?:at )?what temperature does water boil(?: at)?{_AT_SEA}{_IN}", _constant("boiling-point")),
    frame(rf"{_WHAT}(?:freezing|melting) (?:point|temperature) of (?:water|ice){_IN}", _constant("freezing-point")),
    frame(rf"(?:at )?what temperature does (?:water freeze|ice melt)(?: at)?{_IN}", _constant("freezing-point")),
    frame(rf"{_WHAT}absolute (?:zero|0){_IN}", _constant("absolute-zero")),
    frame(rf"{_WHAT}(?:golden ratio)", _constant("golden-ratio")),
    frame(rf"{_WHAT}(?:euler's number|euler number|number e)", _constant("euler")),
    frame(rf"{_WHAT}(?:avogadro's (?:number|constant)|avogadro (?:number|constant))", _constant("avogadro")),
    frame(rf"{_WHAT}(?:standard gravity|standard acceleration of gravity)", _constant("gravity")),
    frame(r"how many degrees (?:are |is )?(?:there )?(?:in|does) a (?:full )?(?:circle|turn|rotation)(?:"
    r" have)?", _constant("circle")),
    frame(r"how many degrees (?:are |is )?(?:there )?(?:in|does) (?:a |the angles of a |all angles of a"
    r" )?triangle(?: have| add up to)?", _constant("triangle")),
    frame(r"how many degrees (?:are |is )?(?:there )?(?:in|does) a right angle(?: have)?", _constant("right-angle")),
    frame(rf"how many (?:sides|corners|angles|edges|faces) (?:does|has|are (?:there )?(?:in|on)|on|in) (?:a |an"
    rf" )(?P<shape>{'|'.join(_POLYGONS)})(?:"
    rf" have)?", _sides),
    frame(r"how many cards (?:are |is )?(?:there )?in a (?:deck|pack)(?: of cards)?", _constant("deck")),
)  # fmt: skip


def chance_question(said: str) -> Intent | None:
    """EdgeChance or EdgeConstant for a bare canonical text; None for others."""
    return first_of(CHANCE, said)
