"""Talk about timers, alarms and reminders that is no command: it gets a plain answer, never a chat model's. Pure.

A model that can set nothing would claim to have done it. What asks for knowledge ("who invented the alarm clock")
stays a question.
"""

import re
from typing import Final

from edge.events import Intent

REPLIES: Final = {
    "timer-unclear": "I don't know how to do that with a timer.",
    "timer-range": "I need one length for a timer. Say, for example, set a timer for ten minutes.",
    "timer-unit": "Is that seconds, minutes or hours? Say, for example, set a timer for ten minutes.",
    "timer-clock": "Is that hours or minutes? Say, for example, set a timer for one hour and thirty minutes.",
    "timer-moment": "A timer needs a length. For a time of day, say, for example, set an alarm for seven AM.",
    "alarm-unclear": "I don't know how to do that with an alarm.",
    "alarm-repeat": "I can't repeat an alarm like that, only on days of the week.",
    "cancel-what": "Cancel what? Say, for example, cancel all timers.",
    "reminder-repeat": "I can't repeat a reminder like that, only on days of the week.",
    "reminder-unclear": "I don't know how to do that with a reminder.",
}
"""By the slot `what` of EdgeUnsupported."""

_REMINDER = re.compile(r"\b(?:remind(?:ing)? (?:me|us)|reminders?|be reminded)\b")
_ALARM = re.compile(r"\b(?:alarms?|snooz(?:e|ing)|wak(?:e|ing) (?:me|us)|let (?:me|us) sleep)\b")
_TIMER = re.compile(r"\b(?:timers?|count ?down|stop ?watch(?:es)?)\b")
_WARNING = re.compile(
    r"\b(?:fire|smoke|burglar|car|security|house|intruder|monoxide|false|theft|biological|system) alarms?\b"
    r"|\balarm (?:system|company|code)"
)
_KNOWLEDGE = re.compile(
    r"(?:who (?!(?:has )?(?:set|starte?d?|cancel|chang|turn|stop))"
    r"|why(?! (?:did|does|is|was|has|didn't|isn't) (?:the|my|our)\b)"
    r"|what (?:is|are|was|does|do|kind|makes)"
    r"(?! (?:the|my|our|i|we|that|this)\b)|what(?:'s an?| should| would| if)\b|how \w+ (?:should|would|do you)\b"
    r"|how (?:do|does|did|can|would|are|to)(?! i (?:have|still))\b|explain|describe|define|write|compose|translate"
    r"|spell|tell me (?:a|an|about (?:the history|an?))|when (?:was|were)|where (?:can|do|does)|recommend"
    r"|which is better|history of|remind (?:me|us) (?:who|what|how|why|where|which)\b|should i\b"
    r"|is it (?:good|bad|healthy|ok|okay))"
)
"""How questions begin that are not about what is set here."""
_RANGE = re.compile(
    r"\b\d+(?: (?:hours?|minutes?|seconds?))? ?(?:to|or) \d+ (?:hours?|minutes?|seconds?)\b|\bbetween \d+.* and \d+|"
    r"\b\d+ \d+ (?:hours?|minutes?|seconds?)\b"
)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
_MOMENT = re.compile(r"\b(?:am|pm|o'?clock|until|till|noon|midnight|tomorrow|tonight|today|\w+day)\b")
_NO_UNIT = re.compile(r"\b(?:for|to|of|by|timer) \d+$|^\d+ timer$")
REPEATS: Final = re.compile(
    r"\b(?:every|each) (?:other|\d+|second|third|fourth|months?|years?|weeks?|fortnight|hours?|minutes?|half|few"
    r"|couple)\b|\b(?:once|twice|\d+ times) (?:a|an|per|every)\b|\balternat(?:e|ing) \w+days?\b"
    r"|\bof (?:the|each|every) month\b"
    r"|\b(?:(?:bi|fort)?(?:weekly|nightly)|monthly|hourly|yearly|annual(?:ly)?|quarterly)"
    r"(?= (?:on|at|to|about|that|for|alarms?|reminders?)\b|$)"
)
"""Ways to repeat that an alarm does not have."""
_START = re.compile(
    r"(?:(?:set|start|create|make|give me|i need|i want)(?: me)? )?(?:an? |the |my |another )?timer"
    r"(?: for| of| to| at)? (?P<count>\d{1,3})"
)
"""The unit is asked for. The grammar of speech does not have it, so that a speaker waits for the unit."""
_VAGUE = re.compile(
    r"(?:cancel|delete|remove|clear) (?:everything|all|both|them|these|those|(?:the )?(?:first|next|last)(?: \d+)?"
    r"|the \d+|(?:all|everything) (?:of (?:it|them)|that is set))"
)
"""Cancels without a word for what."""


def unsupported_schedule_command(text: str) -> Intent | None:
    """EdgeUnsupported with the key of its reply in `what`; None for a text about something else."""
    if _VAGUE.fullmatch(text):
        return Intent("EdgeUnsupported", {"what": "cancel-what"})
    if _KNOWLEDGE.match(text) or _WARNING.search(text):
        return None
    if _REMINDER.search(text):
        return Intent("EdgeUnsupported", {"what": "reminder-repeat" if REPEATS.search(text) else "reminder-unclear"})
    if _TIMER.search(text):
        start = _START.fullmatch(text)
        unclear = Intent("EdgeUnsupported", {"what": _about_timer(text)})
        return unclear if start is None else Intent("HassStartTimer", {"count": int(start["count"])})
    is_alarm = _ALARM.search(text) is not None
    what = "alarm-repeat" if REPEATS.search(text) else "alarm-unclear"
    return Intent("EdgeUnsupported", {"what": what}) if is_alarm else None


def _about_timer(text: str) -> str:
    patterns = (("timer-range", _RANGE), ("timer-moment", _MOMENT), ("timer-clock", _CLOCK), ("timer-unit", _NO_UNIT))
    for what, pattern in patterns:
        if pattern.search(text):
            return what
    return "timer-unclear"
