"""Sentences of a chat model that claim an action, a state, a date, a time, the weather, or to be a person. Pure.

Small models answer "open the garage door" with "I opened it" and "good night" with a date. A missed claim is a false
statement, a false hit costs one answer. The patterns match deeds in the first person, things of a home,
the present, and the speaker itself.
"""

import re
from collections.abc import Iterable
from typing import Final, Literal

from edge.nlu.en.answer_words import FUNCTION_WORDS
from edge.nlu.en.clock import MONTH_NAMES, WEEKDAY_NAMES
from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.statements import BAD_NEWS

Claim = Literal["action", "moment"]

_DEEDS = (
    r"(?:turn(?:ed|ing)?|switch(?:ed|ing)?|shut|dim(?:med|ming)?|lock(?:ed|ing)?|unlock(?:ed|ing)?|open(?:ed|ing)?"
    r"|clos(?:ed?|ing)|set(?:ting)?|start(?:ed|ing)?|stopp?(?:ed|ing)?|add(?:ed|ing)?|remind(?:ed|ing)?|call(?:ed|ing)?"
    r"|sen[dt](?:ing)?|play(?:ed|ing)?|order(?:ed|ing)?|book(?:ed|ing)?|schedul(?:ed?|ing)|cancel(?:l?ed|l?ing)?"
    r"|delet(?:ed?|ing)|remov(?:ed?|ing)|paus(?:ed?|ing)|sav(?:ed?|ing)|record(?:ed|ing)?|lower(?:ed|ing)?"
    r"|rais(?:ed?|ing)|increas(?:ed?|ing)|decreas(?:ed?|ing)|adjust(?:ed|ing)?|activat(?:ed?|ing)|wake|notif(?:y|ied))"
)
_THING = (
    r"(?:lights?|lamps?|doors?|garage(?: door)?|gates?|blinds?|curtains?|shutters?|windows?|fans?|heating|heater"
    r"|thermostat|tv|television|oven|coffee (?:machine|maker)|locks?|alarms?|timers?|reminders?|music|playlist|song"
    r"|volume|brightness|list|shopping list|message|email|appointment|speaker|camera)"
)
_FIRST = (
    r"\b(?:i|we)(?:'ve|'ll|'m|'re| have| will| am| are|'m going to| am going to)?"
    r"(?: just| now| already| also| gladly| happily| be happy to| go ahead and| be)*"
)
_STATE = (
    r"(?:turned|switched|set|on|off|open|opened|closed|locked|unlocked|shut|ringing|playing|added|sent|cancell?ed"
    r"|dimmed|started|stopped|running|paused|activated|scheduled|saved)"
)
_VERBS = (
    r"\b(?:is|are|can|may|might|will|helps?|makes?|means|requires?|involves?|takes|uses?|needs?|costs?|saves?|gives"
    r"|lets|allows|was|were)\b"
)
_ACTION: Final = LazyPattern(
    rf"{_FIRST} {_DEEDS}\b(?! (?:of|out|off on|up to|forth|apart)\b)"
    rf"|\b(?:let me|allow me to) {_DEEDS}\b"
    rf"|\b(?:the|your|all|both)(?: \w+){{0,2}} {_THING}(?: is| are|'s| has been| have been| will be| has| have)"
    rf"(?: now| already| been| all| currently)* {_STATE}\b"
    rf"|\b(?:the|your)(?: \w+){{0,2}} {_THING} (?:turned|switched) (?:itself |themselves )?(?:on|off)\b"
    rf"|^(?:(?:ok(?:ay)?|sure|alright|all right|yes|certainly|of course)[,.! ]+)?(?:done|all set|consider it done"
    rf"|got it)\b"
    rf"|^(?:(?:ok(?:ay)?|sure|alright|yes|certainly|of course)[,.! ]+)?(?:(?:the|your) )?(?:\w+ )?{_THING}"
    r" (?:set|added|cancell?ed|sent|started|on|off|opened|closed|locked|unlocked|created)\b(?! (?:of|when|if)\b)"
    rf"|^(?:(?:ok(?:ay)?|sure|alright|yes|certainly)[,.! ]+)?(?:calling|playing|turning|switching|sending|setting"
    rf"|adding|opening|closing|locking|unlocking|dimming|starting|cancell?ing|ordering|booking|reminding)\b(?!.*{_VERBS})",
    re.IGNORECASE,
)

_GLAD = r"(?:great|good|wonderful|fantastic|awesome|nice|amazing|excellent|lovely|perfect)"
_CHEER: Final = LazyPattern(
    rf"(?:that(?:'s| is)|how|sounds|this is) (?:so |really |very )?{_GLAD}\b"
    rf"|(?:{_GLAD}|congratulations|hooray|yay)(?=[!.,]|$)"
    r"|i(?:'m| am) (?:so |very |really )?(?:glad|happy)\b",
    re.IGNORECASE,
)

_DAY = "|".join(WEEKDAY_NAMES)
_MONTH = "|".join(MONTH_NAMES)
_CLOCK = (
    r"\d{1,2}(?::\d\d)? ?(?:[ap]\.?m\b|o'clock)|\d{1,2}:\d\d\b|(?:half|quarter|\w+ minutes?) (?:past|to)\b"
    r"|noon\b|midnight\b"
)
_WHEN = rf"(?:{_DAY}|(?:the \d|{_MONTH} \d)|(?:{_CLOCK}))"
_NOW = r"(?: now| currently| about| around| almost| already| nearly| a| exactly| still)*"
_WEATHER = (
    r"(?:sunny|cloudy|rainy|raining|snowing|snowy|windy|stormy|foggy|freezing|warm|cold|hot|cool|clear|mild|humid"
    r"|overcast|partly|a storm|\$?-?\d[\d.]*)"
)
_MOMENT: Final = LazyPattern(
    rf"\b(?:it's|it is|it was|it will be){_NOW} {_WHEN}"
    rf"|\b(?:today|tomorrow|yesterday|the day after tomorrow)(?:'s date)?(?:'s| is| was| will be){_NOW} {_WHEN}"
    r"|\b(?:today|tomorrow|the date)(?:'s| is) (?:\w+ ){0,3}(?:20\d\d|19\d\d)\b"
    rf"|\bthe (?:current |exact |local )?(?:time|date|day)(?: now| today| tomorrow| here| in \w+)? (?:is|was"
    rf"|will be){_NOW} {_WHEN}"
    r"|\bthe (?:current )?(?:temperature|weather|forecast|humidity|air quality|volume)"
    r"(?: outside| today| tomorrow| tonight| now| right now| here| inside| in the \w+| for \w+| in [A-Z]\w+)*"
    rf" (?:is|was|will be|looks){_NOW}(?: going to be| expected to be)? {_WEATHER}"
    rf"|\bit(?:'s| is| will be|'ll be)(?: currently| now| going to be)* (?:{_WEATHER})(?: degrees)?"
    r" (?:outside|today|tomorrow|tonight|now|out|in your area|right now)\b"
    r"|\bit(?:'s going to| is going to|'ll| will) (?:rain|snow)\b.* (?:today|tomorrow|tonight|later)\b"
    r"|\bit(?:'s| is)(?: currently| now) (?:raining|snowing|sunny|\d)"
    r"|\bthere (?:are|is)(?: only| about| still)? \d+ (?:days?|weeks?|months?|hours?|minutes?)(?: left)?"
    r" (?:until|till|before|left|remaining)\b"
    r"|\bmy (?:own )?(?:name|battery|ip address|volume|processor|microphone|memory|location|version|address|age)"
    r" (?:is|was|has|are)\b"
    r"|\bi(?:'m| am) (?:about |now )?\d+ years? old\b|\bi(?:'ve| have) been (?:running|on|awake|here|plugged)\b"
    r"|\b(?:price|stock|exchange rate)\b.* (?:is|at) (?:currently |now |about |around )?\$?\d"
    rf"|\b(?:{_DAY}),? (?:{_MONTH}) \d{{1,2}}\b.*\d{{1,2}}:\d\d",
    re.IGNORECASE,
)

_SOMEBODY: Final = re.compile(
    r"\bmy (?:own )?(?P<mine>eyes|hair|skin|parents?|mother|father|mom|mum|dad|sister|brother|wife|husband|son|daughter"
    r"|children|kids|family|childhood|job|birthday|case|screen|chip|hardware) (?:is|are|was|were|has|have|had|lives?)\b"
    r"|\bi(?:'m| am| was)(?: just| only| really| also| actually)* an? (?:[\w-]+ ){0,2}"
    r"(?:ai|artificial intelligence|assistant|language model|human(?: being)?|person|man|woman|boy|girl|child|superhero"
    r"|robot|machine|computer)\b"
    r"|\bi (?:was born|grew up|got married)\b|\bi(?:'m| am)(?: actually| really)? (?:married|human)\b|\bas an ai\b",
    re.IGNORECASE,
)

_WORD: Final = re.compile(r"[a-z']+")


def claim(sentence: str) -> Claim | None:
    """What a sentence of a model, or its beginning, claims to have done or to know of now; None for others."""
    sentence = sentence.replace("\u2019", "'")
    if _ACTION.search(sentence):
        return "action"
    return "moment" if _MOMENT.search(sentence) else None


def cheers_at_bad_news(question: str, sentence: str) -> bool:
    """Whether a sentence is glad of what made the user sad: "That's great!" about a horrible day."""
    return _CHEER.match(sentence) is not None and BAD_NEWS.search(question) is not None


def poses(question: str, sentence: str) -> bool:
    """Whether a sentence speaks of its author's life, body or parts. What the question names may be another's."""
    sentence, asked = sentence.replace("\u2019", "'"), _words(question)
    return any((found["mine"] or "").casefold() not in asked for found in _SOMEBODY.finditer(sentence))


def repeats_example(question: str, sentence: str, examples: Iterable[tuple[str, str]]) -> bool:
    """Whether a sentence is an example's question or has the words of its answer, and another question was asked."""
    said, asked = _content(sentence), _content(question)
    return any(
        (_begins(_words(example), _words(sentence)) or (len(said) > 1 and said <= _content(answer)))
        and not asked & (_content(answer) | _content(example))
        for example, answer in examples
    )


def _begins(example: list[str], said: list[str]) -> bool:
    return len(said) >= min(3, len(example)) and example[: len(said)] == said


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _content(text: str) -> frozenset[str]:
    return frozenset(_words(text)) - FUNCTION_WORDS
