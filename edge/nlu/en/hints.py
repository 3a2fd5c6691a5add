"""Words that hint at what is wanted of the things of a home, in texts that are none of the sentences. Pure.

See `edge.nlu.hints`. A cue is weaker than a sentence: "the hall is pitch black" tells that light is wanted, and nothing
else. The share of each kind that is guessed right is in docs/home.md.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from edge.nlu.hints import Act, Cue

_SAID: Final = 1.0
_IMPLIED: Final = 0.8
_WISHED: Final = 0.6
"""The strength of "off", of "too dark" and of "I want"."""

_SWITCHED: Final = frozenset(
    {"climate", "fan", "humidifier", "light", "media_player", "siren", "switch", "water_heater"}
)
_MACHINES: Final = frozenset({"lawn_mower", "vacuum"})
_MOVED: Final = frozenset({"cover", "valve"})
_STARTED: Final = frozenset({"button", "scene", "script"})
_HEATING: Final = frozenset({"climate", "water_heater"})
_LIGHT: Final = frozenset({"light"})
_FAN: Final = frozenset({"fan"})
_LOCK: Final = frozenset({"lock"})
_ALARM: Final = frozenset({"alarm_control_panel"})

_NOT: Final = r"(?:don't|do not|doesn't|does not|needn't|no need (?:for|to)|no longer)"
_ON: Final = r"(?:(?<=turn )|(?<=switch )|(?<=put )|(?<=power )|(?<=turned ))on|on(?! (?:the|my|our|a)\b)"
"""Not the preposition: "the volume on the TV"."""
_SUN: Final = r"(?:daylight|sunlight|sunshine)"
_FLOOR: Final = r"(?:floors?|carpets?|rugs?)"
_CLEAN: Final = r"(?:clean|hoover|vacuum|sweep|mop)(?:ing)?"

_CUES: Final[tuple[tuple[Act, frozenset[str], str, float, str], ...]] = (
    ("on", _SWITCHED, "", _SAID, rf"{_ON}|start(?:ed)?|running|going|to work|activated?|enable|fire up|power to|run"),
    ("on", _SWITCHED, "", _WISHED, r"(?:i|we)(?:'d like| want| need| fancy| would like)|would be (?:nice|great)"),
    ("on", _SWITCHED, "", _WISHED, r"let's (?:have|see)|somebody get|get (?:me|the)|give me|see to|needs?|use"),
    ("on", frozenset({"switch"}), "", _IMPLIED, r"(?:make|brew|prepare|fix|boil)(?: me| us)?(?: an?| some)?"),
    ("off", _SWITCHED, "", _SAID, r"off|out|finished|enough|kill|end|stop|quit|shut down|get rid of"),
    ("off", _SWITCHED, "", _SAID, rf"{_NOT} (?:need|want|have)(?: to be| to have)?|(?:any|no) (?:more|longer)"),
    ("off", _SWITCHED, "", _SAID, r"(?:left|still) .*\bon\b.*|give .+ a rest"),
    ("off", frozenset({"media_player", "siren", "switch"}), "", _SAID, r"shut .+ up|quiet|silence"),
    ("up", _LIGHT, "light", _IMPLIED, r"brighter|lighter|brighten(?: up)?|lighten|light up|(?:more|some|add) light"),
    ("up", _LIGHT, "light", _IMPLIED, r"(?:too |so |pitch |very )?dark|pitch black|gloomy|(?:can't|cannot) see"),
    ("up", _LIGHT, "", _SAID, r"increase|raise|turn .*\bup|(?:turn|bring) up|more"),
    ("down", _LIGHT, "light", _IMPLIED, r"darker|dimmer|dim|darken|less light|(?:too|so|less|very) bright|softer"),
    ("down", _LIGHT, "light", _IMPLIED, r"blinding(?: me)?|glaring|dazzling"),
    ("down", _LIGHT, "", _SAID, r"lower|reduce|decrease|lessen|minimi[sz]e|turn .*\bdown|(?:turn |cut |right )?down"),
    ("off", _LIGHT, "light", _SAID, r"go dark|lights out"),
    ("up", _HEATING, "climate", _IMPLIED, r"(?:my |our )?(?:feet|hands|fingers|toes) are (?:cold|freezing)"),
    ("up", _HEATING, "climate", _IMPLIED, r"warmer|hotter|warm up|heat up|(?:more|some) heat"),
    ("up", _HEATING, "climate", _IMPLIED, r"(?:too |so |very )?(?:cold|chilly)|freezing|shivering|nippy"),
    ("down", _HEATING, "climate", _IMPLIED, r"cooler|colder|cool (?:down|off)|less heat|(?:too|so|very) (?:hot|warm)"),
    ("down", _HEATING, "climate", _IMPLIED, r"boiling|sweating|sweltering|roasting|like an oven|ease off"),
    ("off", _HEATING, "", _SAID, rf"{_NOT} heat"),
    ("on", _FAN, "fan", _IMPLIED, r"stuffy|smells?(?: of \w+)?|stinks?|smoky|airless|fresh air|air moving|breeze"),
    ("up", _FAN, "", _SAID, r"faster|quicker|more speed|stronger|turn up"),
    ("down", _FAN, "", _SAID, r"slower|gentler|less speed|quieter|weaker|turn down"),
    ("swing", _FAN, "", _SAID, r"swing(?: from)?(?: side to side)?|oscillat\w+|side to side"),
    ("up", frozenset({"humidifier"}), "humidifier", _IMPLIED, r"too dry|more humid|more moisture"),
    ("on", _MOVED, "", _SAID, r"opened|open|raise|hoist|lift|up|uncover|run again|pull .+ (?:up|apart)"),
    ("on", _MOVED, "cover", _IMPLIED, rf"(?:let )?(?:in )?(?:some |more |the )?{_SUN}(?: in)?"),
    ("off", _MOVED, "", _SAID, r"closed?|shut|lower(?:ed)?|drop|draw|(?:come )?down|cut|pull .+ (?:together|down)"),
    ("off", _MOVED, "cover", _IMPLIED, r"(?:the )?sun (?:is )?in my eyes|glare|privacy|shut out the sun"),
    ("off", _MOVED, "cover", _IMPLIED, r"(?:neighbou?rs?|people) can see(?: in| into)?"),
    ("on", _LOCK, "", _SAID, r"lock(?:ed)?|bolt(?:ed)?|secure"),
    ("off", _LOCK, "", _SAID, r"unlock(?:ed)?|unbolt|undo(?: the lock)?|let .+ in"),
    ("on", _ALARM, "", _SAID, r"arm|armed|secure|set|on"),
    ("off", _ALARM, "", _SAID, r"disarm|off|(?:to )?stop"),
    ("on", _MACHINES, "", _SAID, rf"start|run|go|on|activate|enable|begin|use|have|do the floors?|{_CLEAN}|mow"),
    ("on", frozenset({"vacuum"}), "vacuum", _IMPLIED, rf"(?:{_CLEAN}|do)(?: up)?(?: the| my| our)? {_FLOOR}"),
    ("on", frozenset({"vacuum"}), "vacuum", _IMPLIED, rf"{_FLOOR} (?:is|are) (?:\w+ )?(?:filthy|dirty|dusty|messy)"),
    ("on", frozenset({"lawn_mower"}), "lawn_mower", _IMPLIED, r"(?:grass|lawn) is (?:\w+ )?long|cut the grass"),
    ("off", _MACHINES, "", _SAID, r"(?:go )?back|home|dock|stop|enough|no more"),
    ("on", _STARTED, "", _SAID, r"time|ready|mood|start|on|press|push|ring|about to|let's have|activate|begin"),
)
"""An act, the domains that it is for, the domain that is meant if nothing is named, its strength, and the words."""

_PATTERNS: Final = tuple(
    (act, domains, alone, strength, re.compile(rf"(?<!\S)(?:{words})(?!\S)"))
    for act, domains, alone, strength, words in _CUES
)

filler: Final = frozenset(
    """
    a about again ah all am an and any are around as at be because been bit but by can come could cup degrees do
    does doing er for from get getting give go going good got had has have having hello her here hey hi his how i
    i'd i'll i'm i've if in into is it it's its itself just kind let let's like little make making maybe me might
    mind more much must my need needs new now of oh okay olly on one only or ought our over own percent please
    possible put quite rather really right see set she should so some something sort still switch tad take that
    that's the their them then there there's these they thing things think thinking this those time to too touch
    turn um up us very want wants was way we we're what when which while who whole will with would yes you your
    yourself
    """.split()  # noqa: SIM905 - more readable than a list of a hundred strings
)
kinds: Final[Mapping[str, str]] = {
    word: domain
    for domain, words in {
        "": "alarm device machine plug socket",
        "climate": "heat heater heaters heating radiator radiators temperature thermostat",
        "cover": "awning blind blinds curtain curtains drapes shade shades shutter shutters",
        "fan": "extractor fan fans ventilator",
        "humidifier": "humidifier humidity",
        "lawn_mower": "mower mowing",
        "light": "brightness bulb bulbs lamp lamps light lighting lights",
        "lock": "lock locks",
        "siren": "siren",
        "vacuum": "hoover hoovering roomba vacuum vacuuming",
        "valve": "valve",
    }.items()
    for word in words.split()
}
other_words: Final[Mapping[str, str]] = {
    "beside": "bedside",
    "burglar": "house",
    "cupboard": "cabinet",
    "film": "movie",
    "lawn": "sprinkler",
    "maker": "machine",
    "plants": "sprinkler",
    "telly": "tv",
}
places: Final = frozenset("downstairs everywhere indoors outdoor outdoors outside upstairs".split())  # noqa: SIM905 - readable
colours: Final = frozenset(
    """
    blue cyan gold green indigo lavender lime magenta orange pink purple red teal turquoise violet white yellow
    """.split()  # noqa: SIM905 - more readable than a list of strings
)

_AMOUNT: Final = re.compile(
    r"(?<!\S)(?:(?<=to )|(?<=at )|(?<=about )|(?<=for ))(?:a )?(?P<plain>\d+(?:\.\d+)?)(?: percent| degrees)?(?!\S)"
    r"|(?<!\S)(?<!by )(?P<unit>\d+(?:\.\d+)?) (?:percent|degrees)(?!\S)"
    r"|(?<!\S)(?<!by )(?<!speed )(?<!level )(?<!mode )(?<!scene )(?P<last>\d+(?:\.\d+)?)$"
    r"|(?<!\S)(?P<half>half(?:way)?)(?!\S)"
    r"|(?<!\S)(?P<full>(?:full|maximum)(?: speed| power| brightness| blast)?)(?!\S)"
)
_SWITCHES: Final = re.compile(r"(?:\w+ )?(?:turn|switch|put|power|shut) (?:on|off)\b")
"""The number at the end of "turn on lamp 7" is a part of the name."""
_QUESTION: Final = re.compile(
    r"(?:what|when|where|which|who|whose|why|how|is|are|was|were|did|does|do|has|have (?:you|i|we|they)|am"
    r"|tell me|show me|read me|remind|since|for how)\b"
)
_NOT_NOW: Final = re.compile(
    r"\b(?:(?:in|after|for) \d+ (?:seconds?|minutes?|hours?|days?)|\d+ ?(?:am|pm)|\d:\d\d|o'clock|tomorrow"
    r"|tonight|today|every ?(?:day|week|morning|evening|night)?|daily|schedule|if|unless|until|whenever|once|yesterday"
    r"|(?:leave|keep) .+ (?:on|off|open|closed|shut)|at (?:noon|midnight|night|sunrise|sunset|dawn|dusk)"
    r"|except|but (?:not|leave)|instead|rather than|or)\b"
)


def is_wish(text: str) -> bool:
    """See `Hints.is_wish`."""
    return _QUESTION.match(text) is None and _NOT_NOW.search(text) is None


def cues(text: str) -> Iterator[Cue]:
    """See `Hints.cues`."""
    for act, domains, alone, strength, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield Cue(act, domains, alone, _positions(text, found), strength)


def numbers(text: str) -> Mapping[int, float]:
    """See `Hints.numbers`."""
    found: dict[int, float] = {}
    for amount in _AMOUNT.finditer(text):
        if amount["last"] and _SWITCHES.match(text):
            continue
        said = amount["plain"] or amount["unit"] or amount["last"]
        found[min(_positions(text, amount))] = float(said) if said else 50.0 if amount["half"] else 100.0
    return found


def _positions(text: str, found: re.Match[str]) -> frozenset[int]:
    first = text.count(" ", 0, found.start())
    return frozenset(range(first, first + len(found[0].split())))
