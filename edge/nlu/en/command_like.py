"""Texts that ask for something to be done and are none of the sentences, so that the reply can be honest. Pure.

A language model that is asked to "open the garage door halfway" says that it does. What counts is how the text begins:
with a verb for things, calls, music, lists, cameras or the speaker itself, and what that verb is about. Questions begin
otherwise ("how do I turn on ..."), and some texts only look alike ("turn on the charm", "play is important").
"""

from collections.abc import Mapping
from typing import Final

from edge.events import Intent
from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.refused_requests import refused_request
from edge.nlu.en.unknown_entities import ENTITY_NOUN

_MAX_WORDS = 16
_MAX_NAME_WORDS = 5

_SCHEDULE = LazyPattern(
    r"\b(?:timers|(?<!on a )timer|alarms|alarm(?! system)|remind(?:er|ers)?|countdown|snooze|wake (?:me|us))\b"
)
"""Timers, alarms and reminders have sentences and refusals of their own."""

_ABOUT_WORDS = LazyPattern(
    r"\b(?:who|whose|what does|what is|what's that|why|how (?:do|does|did|to)|means?|meaning|idiom|synonym|said|says"
    r"|define|definition|explain|lyrics|word|sentence|rhymes?|novel|story|poem|joke|song by|sung by|movie by)\b"
)
"""Words of texts about a command rather than of commands."""
_STATES = LazyPattern(r"\b(?:was|were|is|are)\b")

_DO = (
    r"(?:re)?(?:turn|switch|put|shut|power|flip|toggle|dim|brighten|open|close|raise|lower|lift|lock|unlock|activate"
    r"|deactivate|enable|disable|start|stop|run|pause|set|make|change|adjust|increase|decrease|reduce|bring|kill|blink"
    r"|flash|slide|pull|push|crack|draw|roll|get|give|start up|fire up|shut down|arm|disarm|plug|unplug|leave"
    r"|keep|move|warm|heat|cool|reset|light up|crank|fade|color|colour|let|wind|unroll)"
)
_DOES: Final = LazyPattern(rf"^{_DO}\b")
_DID = (
    r"(?:turn(?:ed)?|switch(?:ed)?|shut|put|lock(?:ed)?|unlock(?:ed)?|open(?:ed)?|close(?:d)?|dim(?:med)?|start(?:ed)?"
    r"|stop(?:ped)?|set|play(?:ed)?|call(?:ed)?|sen[dt]|add(?:ed)?|leave|left|turning|switching|locking|opening"
    r"|closing)"
)
_HOUSEHOLD = (
    rf"{ENTITY_NOUN}|car|room|alarm system|security system|intercom|doorbell|appliances?|electricity|power|water"
)
_ASKS_DONE: Final = LazyPattern(
    rf"^(?:did|have|has|had|are|were|is|was) (?:you|i|we|they|he|she|some ?one|any ?one|some ?body|any ?body)"
    rf"(?: just| already| really)* {_DID} \S+"
)
_ASKS_SENT: Final = LazyPattern(
    r"^(?:did|have) you (?:just |already |really )*(?:add(?:ed)?|sent?|send|order(?:ed)?|book(?:ed)?|turn(?:ed)?"
    r"|switch(?:ed)?|unlock(?:ed)?|dim(?:med)?) "
)
_SET: Final = LazyPattern(
    r"^(?:set|turn) (?:the |my |our )(?P<name>\w+(?: \w+){0,3}?) (?:up |down )?to \d\S*(?: \w+)?$"
)
_SWITCH: Final = LazyPattern(
    r"^(?:re)?(?:turn|switch|power)(?: back)? (?:on|off) (?:the |my |our |that |this |all |both )*(?P<name>.+)$"
    r"|^(?:turn|switch|power) (?:the |my |our |that |this )(?P<between>.+) (?:back )?(?:on|off)$"
    r"|^(?:lock|unlock|dim|brighten) (?:the |my |our |that |this )(?P<other>.+)$"
)
_IDIOMS: Final = LazyPattern(
    r"^(?:charm|charms|waterworks|road|highway|path|freeway|street|dime|tap of|secrets?|mystery|mysteries|future"
    r"|imagination|potential|power of|door to|life|me|you|him|her|us|people|someone|ones?)\b"
)
_PRONOUN: Final = LazyPattern(
    rf"^(?:set|make|turn|put|change) (?:it|that)(?: up| down)?(?: to| at)? \d\S*(?: percent| degrees)?$"
    rf"|^{_DO}(?: (?:on|off|up|down|out|back))* (?:it|that|this|them|those|these|everything|all|both|one"
    r"|(?:the )?other one|(?:the |my |your )?(?:colou?r|brightness|mood|temperature|volume|color temperature"
    r"|colour temperature)(?: (?:to|by) .*)?)(?: (?:on|off|up|down|out|back|again|please|halfway|too|a bit|a little|all"
    r"|now|here))*$"
)
_DETERMINED = (
    r"(?:(?:on|off|up|down|out|back) )*(?:the (?:colou?r|brightness|temperature|speed|position|level|volume|mode) of )?"
    r"(?:all |every |both |each )?(?:of )?(?:the|my|our|this|that|all|every) "
    rf"(?P<thing>(?:[\w'.]+ ){{0,3}}?(?:{ENTITY_NOUN})(?: \d[\d.]*)?)"
)
_THING: Final = LazyPattern(
    rf"^{_DO} {_DETERMINED}(?: (?:on|off|up|down|out|to|at|in|half|halfway|by|a|for|and|until|when|if|slowly|again|all"
    r"|back|more|less|please|now|from|with|purple|red|green|blue|white|warm|cold|brighter|darker|dimmer|warmer|cooler"
    r"|colder|hotter|louder|quieter|faster|slower|open|closed|shut|locked|ajar|slightly|partly|partially|completely"
    r"|fully|blink|flash|flicker|\d).*)?$"
)
_OF_THE_HOME: Final = LazyPattern(rf"(?<=\S )(?:{_HOUSEHOLD})\b")
_OF_MY_HOME: Final = LazyPattern(
    rf"^{_DO} (?:.* )?(?:the|my|our) (?:[\w'.]+ ){{0,3}}?(?P<thing>(?:{_HOUSEHOLD})(?: \d[\d.]*)?)\b"
)
_MOOD: Final = LazyPattern(
    r"^(?:make|keep|set|turn|get) (?:it|this|things|everything|the (?:\w+ )?(?:room|house|home|flat|kitchen"
    r"|bathroom|hall"
    r"|heat|heating|place)|this room)(?: \w+){0,3}? (?:darker|brighter|warmer|cooler|colder|hotter|cosy|cozy|dark"
    r"|cosier|cozier|nicer|lighter|bright|warm|cool|quieter|louder|way up|way down|up|down)\b"
)
_OWN_VOLUME: Final = LazyPattern(
    r"^(?:volume|sound)(?! of\b| is\b| was\b| waves?\b)(?: \S+){0,6}$"
    rf"|^{_DO} (?:\S+ ){{0,3}}(?:the volume|your volume|volume|your voice)\b(?! of\b)"
)
_HAPPENED: Final = LazyPattern(
    r"^(?:why )?(?:have|has|had|did|is|are|was|were) (?:all )?(?:the|my|our) .*\b(?:on|off|open(?:ed)?|closed?"
    r"|lock(?:ed)?|unlocked|shut|switched|turned|running)"
    r"(?: (?:now|last night|yesterday|today|all night|this morning|again|already))?$"
    r"|^what did (?:you|i) (?:just )?(?:do|turn|switch|open|close|lock|unlock|add|send)\b"
    rf"|^(?:who|when|why|how long ago|what time|how often) (?:(?:did|have|has) (?:you|i|we|someone|anyone) )?{_DID}\b.*"
    rf" (?:the|my|our) (?:\w+ ){{0,3}}(?:{_HOUSEHOLD})(?: on| off)?$"
)

_UNMEANT: Final = LazyPattern(
    rf"^(?:don't|do not|never) {_DO}\b|\b(?:never ?mind|forget (?:it|that)|cancel that|scratch that)$"
)
_DOUBTFUL: Final = LazyPattern(
    r"\b(?:no|not|don't|except|unless|if|when|or|but|instead|until|wait|actually|i mean|rather|whether|only)\b"
)
"""Words that make it uncertain which action or which entity is meant."""


def command_like(text: str, names: Mapping[str, str]) -> Intent | None:
    """See `Commands.command_like`.

    EdgeUnsupported {what} for what the speaker never does, HassGetState for "did you turn off the lights", and
    EdgeNotUnderstood with the `name` of the thing that was meant, or with what was `said`.
    """
    if len(text.split()) > _MAX_WORDS or _SCHEDULE.search(text):
        return None
    about_home = _OF_THE_HOME.search(text) is not None or _named(text, names) is not None
    if about_home and _UNMEANT.search(text):
        return Intent("HassNevermind")
    if _ASKS_SENT.match(text) or (about_home and (_ASKS_DONE.match(text) or _HAPPENED.match(text))):
        return Intent("HassGetState")
    if (what := refused_request(text)) is not None:
        return Intent("EdgeUnsupported", {"what": what})
    doubtful = about_home and _DOUBTFUL.search(text) is not None
    if _ABOUT_WORDS.search(text) or (_STATES.search(text) and not doubtful):
        return None
    return _for_a_thing(text, names, doubtful=doubtful)


def _for_a_thing(text: str, names: Mapping[str, str], *, doubtful: bool) -> Intent | None:
    if not (_DOES.match(text) or _OWN_VOLUME.match(text)):
        return None
    if doubtful or _PRONOUN.match(text) or _MOOD.match(text) or _OWN_VOLUME.match(text):
        return Intent("EdgeNotUnderstood", {"said": text})
    name = _named(text, names) or _unknown_name(text)
    return None if name is None else Intent("EdgeNotUnderstood", {"name": name})


def _unknown_name(text: str) -> str | None:
    """The name of the thing that the text wants to switch, whether it exists or not; None for an idiom."""
    if (thing := _THING.match(text)) is not None:
        return thing["thing"]
    if (mine := _OF_MY_HOME.match(text)) is not None and mine["thing"] != "room":
        return mine["thing"]
    if (number := _SET.match(text)) is not None:
        return number["name"]
    if (switched := _SWITCH.match(text)) is None:
        return None
    name = switched["name"] or switched["between"] or switched["other"]
    return None if len(name.split()) > _MAX_NAME_WORDS or _IDIOMS.match(name) else name


def _named(text: str, names: Mapping[str, str]) -> str | None:
    """The entity with the longest name in the text."""
    padded = f" {text} "
    found = max((said for said in names if f" {said} " in padded), key=len, default=None)
    return None if found is None else names[found]
