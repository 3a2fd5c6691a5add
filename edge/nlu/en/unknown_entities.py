"""Recognises home commands for entities that are not configured, so that the reply can be honest. Pure.

"Turn on the kitchen light" is a command even if no light is configured, and a language model must not claim to have
done it. "Turn on the charm" is not a command. The kind of entity at the end of the name decides, from a fixed list.
"""

import re
from collections.abc import Set as AbstractSet

from edge.events import HERE, Intent, SlotValue
from edge.nlu.en.lazy_pattern import LazyPattern

_DOMAINS: dict[str, str] = {
    "light": "light lights lamp lamps bulb bulbs lighting chandelier spotlight spotlights nightlight headlights sconce",
    "fan": "fan fans ventilator ventilation",
    "cover": """
        blind blinds curtain curtains shutter shutters shade shades awning awnings door doors gate gates window windows
    """,
    "lock": "lock locks",
    "climate": """
        heating heater heaters radiator radiators thermostat thermostats boiler ac conditioner conditioning heat
    """,
    "media_player": "tv television telly radio stereo projector speaker speakers soundbar music",
    "scene": "scene",
    "switch": """
        plug plugs socket sockets outlet outlets switch switches kettle oven stove dishwasher washer dryer machine maker
        tree fireplace humidifier dehumidifier purifier pump sprinkler sprinklers vacuum robot computer printer monitor
        camera cameras toaster microwave freezer fridge charger sauna pool fountain garage
    """,
}
_DOMAIN_OF = {noun: domain for domain, nouns in _DOMAINS.items() for noun in nouns.split()}

ENTITY_NOUN = "|".join(sorted(_DOMAIN_OF, key=len, reverse=True))
_WORD = (
    r"(?!(?:what|who|whose|how|why|where|when|which|is|are|was|does|do|did|mean|means|if|and|or|that|because|not|to|on|off"
    r"|out|\d[\d.:]*|say|tell|i|you|he|she|they|we|it|me|of|for|about|like|with|from|by|an?|leave|keep|except|but|besides|apart|without)\b)[^\W_][\w']*"
)
_ARTICLE = r"(?:(?:all|every|each|both|any)(?: of)? )?(?:(?:the|my|our|this|that|a|an) )?"
_PLACE = rf"(?: (?:in|of|on|at|over|by) (?:(?:the|my|our) )?{_WORD}(?: {_WORD}){{0,2}}| here| everywhere)?"
_WHICH = r"(?: (?:number )?\d+(?:\.\d+)?| to$| too$)?"
_ENTITY = rf"{_ARTICLE}(?P<entity>(?:{_WORD} ){{0,4}}?(?P<noun>{ENTITY_NOUN}){_WHICH}{_PLACE})"
_AMOUNT = r"(?:minus )?\d{1,6}(?:\.\d+)?"
"""Out of range too: the home says what the range is."""
_OWN_VOLUME = r"(?:(?:the|your) )?(?:volume|sound)(?: level)? (?:up |down )?(?:to |at )?"
_WARMTH = r"(?:set|turn|change) (?:the )?(?:temperature|heating) (?:up |down )?(?:to|at) "
_WHAT = "(?: (?:brightness|volume|speed|position|level))?"
_CHANGE = "(?:set|make|turn|change|put|open|close|raise|lower|move|bring)"
_TURN = r"(?:turn|switch|put|shut|power|flip)"
_LOCKING = re.compile(r"(?:un)?lock\b")
_ALL = re.compile(r"\b(?:all|every|each|both|everywhere)\b")
_GENERIC = frozenset({"light", "fan", "lock", "climate", "media_player"})
"""Kinds whose noun alone is not a name: "the heating" stands for any heating device."""

_BY_NOW = "(?: now| currently| upstairs| downstairs| outside| again)?"
_STATE = r"(?:on|off|open|opened|closed|shut|locked|unlocked|running)"
_LATER = (
    r"(?P<later> (?:in|after|for) \d+ (?:hours?|minutes?|seconds?).*| (?:at|tomorrow|tonight|when|until|every)\b.*)?"
)

_NOW = re.compile(r"^(?:in|after) \d+ (?:hours?|minutes?|seconds?)(?: \d+ (?:minutes?|seconds?))* (?=\S)")

_PATTERNS: tuple[tuple[str, LazyPattern], ...] = tuple(
    (intent, LazyPattern(rf"^(?:{pattern}){_LATER}$"))
    for intent, pattern in (
        ("HassTurnOn", rf"{_TURN} (?:on|up) {_ENTITY}"),
        ("HassTurnOff", rf"{_TURN} (?:off|out|down) {_ENTITY}"),
        ("HassTurnOn", rf"(?:{_TURN} )?{_ENTITY} (?:back )?on"),
        ("HassTurnOff", rf"(?:{_TURN} )?{_ENTITY} (?:back )?(?:off|out)"),
        ("HassTurnOn", rf"(?:activate|start|enable|run|open|raise|lift|lock|light up) {_ENTITY}"),
        ("HassTurnOff", rf"(?:deactivate|disable|close|shut|lower|unlock|kill) {_ENTITY}"),
        ("HassLightSet", rf"(?:dim|brighten) {_ENTITY}(?: (?:down|up))?(?: to (?P<dimmed>{_AMOUNT})(?: percent)?)?"),
        ("HassSetVolume", rf"(?:{_CHANGE} )?{_OWN_VOLUME}(?P<own_volume>{_AMOUNT})(?: percent)?"),
        ("HassSetVolume", rf"{_CHANGE} the volume of {_ENTITY} (?:to |at )?(?P<volume>{_AMOUNT})(?: percent)?"),
        (
            "HassLightSet",
            rf"{_CHANGE} the brightness of {_ENTITY} (?:up |down )?(?:to |at )?(?P<bright>{_AMOUNT})(?: percent)?",
        ),
        (
            "HassLightSet",
            rf"(?:{_CHANGE} )?{_ENTITY}{_WHAT} (?:up |down )?(?:to |at )?(?P<percent>{_AMOUNT}) percent(?: bright)?",
        ),
        ("HassLightSet", rf"{_CHANGE} {_ENTITY} brightness (?:to |at )?(?P<shine>{_AMOUNT})(?: percent)?"),
        ("HassLightSet", rf"(?:{_CHANGE} )?(?:the )?brightness (?:to |at )?(?P<here>{_AMOUNT})(?: percent)?"),
        (
            "HassClimateSetTemperature",
            rf"(?:set|turn|change) {_ENTITY} (?:up |down )?(?:to|at) (?P<degrees>{_AMOUNT})(?: degrees)?",
        ),
        ("HassClimateSetTemperature", rf"{_WARMTH}(?P<warmth>{_AMOUNT})(?: degrees)?(?: in here| here)?"),
        ("HassClimateSetTemperature", rf"make it (?P<it_is>{_AMOUNT}) degrees(?: in here| here)?"),
        (
            "HassClimateSetTemperature",
            r"(?:make it|turn it|it's too|i'm|i am) (?:a (?:bit|little) )?(?P<comfort>warmer|cooler|colder|hotter)",
        ),
        ("HassGetState", rf"(?:is|are) {_ENTITY} (?:still |currently |turned |switched )*{_STATE}{_BY_NOW}"),
        (
            "HassGetState",
            rf"(?:(?:which|what|how many) (?:of )?|are there any |do i have any ){_ENTITY} (?:are )?{_STATE}",
        ),
        ("HassGetState", rf"(?:are there any|do i have any|which are the) (?:open|unlocked|locked) {_ENTITY}"),
        ("HassGetState", rf"did i (?:leave|turn|switch|close|lock|shut) {_ENTITY}(?: (?:on|off|open))?"),
    )
)


_NOT_SWITCHED = frozenset({"cover", "lock"})
_SWITCHED = LazyPattern(rf"^{_TURN} (?:on|off)\b|^{_TURN} .* (?:on|off)$")
"""Doors and locks are not turned on or off: guessing what is meant could unlock one."""

_LESS_OR_MORE = LazyPattern(rf"(?:{_TURN} )?(?:(?P<down>down|lower)|up|raise) (?:\S+ ){{0,3}}\S+$")
_ADJUSTED = {"climate": "temperature", "fan": "speed", "light": "brightness"}
"""Kinds that "turn down" does not switch off."""

_NUMBERS = ("percent", "dimmed", "bright", "shine", "here", "volume", "own_volume", "degrees", "warmth", "it_is")
"""The groups of the patterns that hold a number."""

_NUMBER_OF = {"HassLightSet": "brightness", "HassSetVolume": "volume_level", "HassClimateSetTemperature": "temperature"}

_NUMBER_OF_KIND = {
    "light": ("HassLightSet", "brightness"),
    "climate": ("HassClimateSetTemperature", "temperature"),
    "cover": ("HassSetPosition", "position"),
    "fan": ("HassFanSetSpeed", "percentage"),
    "media_player": ("HassSetVolume", "volume_level"),
}
"""What a number sets, where its unit does not tell."""


def unknown_entity_command(text: str, names: AbstractSet[str] = frozenset()) -> Intent | None:
    """The intent of a simple home command, with the spoken name of the entity in the slot `name`.

    "The heating" or "the fan" has no name, only a kind and the area `HERE`, unless it is one of `names`, normalised.

    `text` is normalised. The slot `domain` is the guessed kind of the entity. A command for later ("in ten minutes")
    becomes EdgeUnsupported {what: later}. Returns None for everything else.
    """
    now = _NOW.sub("", text)
    for intent, pattern in _PATTERNS:
        match = pattern.match(now)
        if match is None:
            continue
        if match["later"] or now != text:
            return Intent("EdgeUnsupported", {"what": "later"})
        return _intent(intent, match, names)
    return None


def _intent(intent: str, match: re.Match[str], names: AbstractSet[str]) -> Intent:
    slots = _slots(match, names)
    if slots.get("domain") in _NOT_SWITCHED and _SWITCHED.search(match.string):
        return Intent("EdgeNotUnderstood", {"name": slots["name"]} if "name" in slots else {"said": match.string})
    if slots.get("area") == HERE and (way := _LESS_OR_MORE.match(match.string)) and slots["domain"] in _ADJUSTED:
        direction = "down" if way["down"] else "up"
        return Intent("EdgeAdjust", {**slots, "what": _ADJUSTED[str(slots["domain"])], "direction": direction})
    groups = match.groupdict()
    number = next((groups[group] for group in _NUMBERS if groups.get(group)), None)
    if number is None:
        return Intent(intent, slots)
    value = float(number.replace("minus ", "-"))
    slot = _NUMBER_OF[intent]
    if groups.get("percent") or (groups.get("degrees") and " degrees" not in match.string):
        intent, slot = _NUMBER_OF_KIND.get(str(slots["domain"]), (intent, slot))
    return Intent(intent, {**slots, slot: int(value) if value.is_integer() else value})


def _slots(match: re.Match[str], names: AbstractSet[str]) -> dict[str, SlotValue]:
    groups = match.groupdict()
    slots: dict[str, SlotValue] = {}
    if groups.get("entity"):
        slots["domain"] = "lock" if _LOCKING.match(match.string) else _DOMAIN_OF[groups["noun"]]
        entity = groups["entity"]
        if entity != groups["noun"] or slots["domain"] not in _GENERIC or entity in names:
            slots["name"] = groups["entity"]
        elif not _ALL.search(match.string):
            slots["area"] = HERE
    elif groups.get("here"):
        slots |= {"domain": "light", "area": HERE}
    elif groups.get("own_volume") is None:
        slots |= {"domain": "climate", "area": HERE}
    return slots
