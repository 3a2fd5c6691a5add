"""Recognises home commands for entities that are not configured, so that the reply can be honest. Pure.

"Turn on the kitchen light" is a command even if no light is configured, and a language model must not claim to have
done it. "Turn on the charm" is not a command. The kind of entity at the end of the name decides, from a fixed list.
"""

import re

from edge.events import HERE, Intent, SlotValue

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

_NOUN = "|".join(sorted(_DOMAIN_OF, key=len, reverse=True))
_WORD = (
    r"(?!(?:what|who|whose|how|why|where|when|which|is|are|was|does|do|did|mean|means|if|and|or|that|because|not|to|on|off"
    r"|out|\d[\d.:]*|say|tell|i|you|he|she|they|we|it|me|of|for|about|like|with|from|by|an?)\b)[^\W_][\w']*"
)
_ARTICLE = r"(?:(?:all|every|each|both|any)(?: of)? )?(?:(?:the|my|our|this|that|a|an) )?"
_PLACE = rf"(?: (?:in|of|on|at|over|by) (?:(?:the|my|our) )?{_WORD}(?: {_WORD}){{0,2}}| here| everywhere)?"
_ENTITY = rf"{_ARTICLE}(?P<entity>(?:{_WORD} ){{0,4}}?(?P<noun>{_NOUN}){_PLACE})"
_TURN = r"(?:turn|switch|put|shut|power|flip)"
_LOCKING = re.compile(r"(?:un)?lock\b")
_ALL = re.compile(r"\b(?:all|every|each|both|everywhere)\b")
_GENERIC = frozenset({"light", "fan", "lock", "climate", "media_player"})
"""Kinds whose noun alone is not a name: "the heating" stands for any heating device."""

_STATE = r"(?:on|off|open|opened|closed|shut|locked|unlocked|running)"
_LATER = (
    r"(?P<later> (?:in|after|for) \d+ (?:hours?|minutes?|seconds?).*| (?:at|tomorrow|tonight|when|until|every)\b.*)?"
)

_NOW = re.compile(r"^(?:in|after) \d+ (?:hours?|minutes?|seconds?)(?: \d+ (?:minutes?|seconds?))* (?=\S)")

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(rf"^(?:{pattern}){_LATER}$"))
    for intent, pattern in (
        ("HassTurnOn", rf"{_TURN} (?:on|up) {_ENTITY}"),
        ("HassTurnOff", rf"{_TURN} (?:off|out|down) {_ENTITY}"),
        ("HassTurnOn", rf"(?:{_TURN} )?{_ENTITY} (?:back )?on"),
        ("HassTurnOff", rf"(?:{_TURN} )?{_ENTITY} (?:back )?(?:off|out)"),
        ("HassTurnOn", rf"(?:activate|start|enable|run|open|raise|lift|lock|light up) {_ENTITY}"),
        ("HassTurnOff", rf"(?:deactivate|disable|close|shut|lower|unlock|kill) {_ENTITY}"),
        ("HassLightSet", rf"(?:dim|brighten) {_ENTITY}(?: (?:down|up))?(?: to (?P<dimmed>\d{{1,3}})(?: percent)?)?"),
        ("HassLightSet", rf"(?:(?:set|make|turn|change|put) )?{_ENTITY} (?:to |at )?(?P<percent>\d{{1,3}}) percent"),
        (
            "HassClimateSetTemperature",
            rf"(?:set|turn|change) {_ENTITY} (?:up |down )?(?:to|at) (?P<degrees>\d{{1,3}}(?:\.\d)?)(?: degrees)?",
        ),
        (
            "HassClimateSetTemperature",
            r"(?:make it|turn it|it's too|i'm|i am) (?:a (?:bit|little) )?(?P<comfort>warmer|cooler|colder|hotter)",
        ),
        ("HassGetState", rf"(?:is|are) {_ENTITY} (?:still |currently |turned |switched )*{_STATE}(?: now| currently)?"),
        (
            "HassGetState",
            rf"(?:(?:which|what|how many) (?:of )?|are there any |do i have any ){_ENTITY} (?:are )?{_STATE}",
        ),
        ("HassGetState", rf"(?:are there any|do i have any|which are the) (?:open|unlocked|locked) {_ENTITY}"),
        ("HassGetState", rf"did i (?:leave|turn|switch|close|lock|shut) {_ENTITY}(?: (?:on|off|open))?"),
    )
)


def unknown_entity_command(text: str) -> Intent | None:
    """The intent of a simple home command, with the spoken name of the entity in the slot `name`.

    "The heating" or "the fan" has no name, only a kind and the area `HERE`.

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
        return Intent(intent, _slots(match))
    return None


def _slots(match: re.Match[str]) -> dict[str, SlotValue]:
    groups = match.groupdict()
    slots: dict[str, SlotValue] = {}
    if groups.get("entity"):
        slots["domain"] = "lock" if _LOCKING.match(match.string) else _DOMAIN_OF[groups["noun"]]
        if groups["entity"] != groups["noun"] or slots["domain"] not in _GENERIC:
            slots["name"] = groups["entity"]
        elif not _ALL.search(match.string):
            slots["area"] = HERE
    else:
        slots |= {"domain": "climate", "area": HERE}
    percent = groups.get("percent") or groups.get("dimmed")
    if percent:
        slots["brightness"] = int(percent)
    if groups.get("degrees"):
        degrees = float(groups["degrees"])
        slots["temperature"] = int(degrees) if degrees.is_integer() else degrees
    return slots
