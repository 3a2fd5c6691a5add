"""Timers by their names alone: "cancel the laundry", "what's left on the pasta", "twelve minutes for the pizza". Pure.

The text gets the word "timer" that it lacks, and is then read like any other. Whether there is such a timer is for the
home to say.
"""

import re

_DURATION = r"(?P<length>\d+ (?:hour|minute|second)s?(?: \d+ (?:hour|minute|second)s?)*)"
_MORE = rf"(?:{_DURATION}(?: more| longer)?|(?P<count>\d+) more (?P<unit>hours?|minutes?|seconds?))"
_NAME = r"(?:(?:the|my|our) )?(?P<name>(?!the\b|my\b|our\b)[\w']+(?: [\w']+){0,2}?)"
_LONGER = rf"{_DURATION} (?:more|longer)"
_THE_NAME = r"(?:the|my|our) (?P<name>[\w']+(?: [\w']+){0,2}?)"
_HOW_MUCH = r"(?:what's|what is|how much(?: time)?(?: is)?|how long(?: is)?|how many minutes(?: are)?)"
_DONE = r"(?:done|ready|finished|over|up)"

_REWRITES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (rf"(?P<verb>cancel) {_NAME}", "{verb} the {name} timer"),
        (
            rf"(?P<verb>delete|remove|clear|stop|pause|hold|resume|unpause|restart|reset) {_THE_NAME}",
            "{verb} the {name} timer",
        ),
        (
            rf"{_HOW_MUCH} (?:left|remaining) (?:on|for|with|in|of) {_NAME}",
            "check the {name} timer",
        ),
        (
            rf"how (?:much|many minutes) (?:longer|more)(?: time)? (?:on|for|with|until|till) {_NAME}",
            "check the {name} timer",
        ),
        (
            rf"how much (?:longer|more time) (?:does|do|will|is) {_NAME}(?: still)?(?: need| take| got| have)?",
            "check the {name} timer",
        ),
        (
            rf"how (?:long|much longer) (?:until|till|before) {_NAME} (?:is|are) {_DONE}",
            "check the {name} timer",
        ),
        (rf"how long (?:has|have) {_NAME} (?:still )?got(?: left| to go)?", "check the {name} timer"),
        (rf"how long (?:does|do) {_NAME} still (?:need|have|take)", "check the {name} timer"),
        (rf"when (?:is|are|will) {_THE_NAME} (?:be )?{_DONE}", "check the {name} timer"),
        (rf"(?:is|are) {_THE_NAME} {_DONE}(?: yet)?", "check the {name} timer"),
        (rf"(?:add|put|give)(?: another)? {_MORE} (?:to|on|onto|for) {_NAME}", "add {length} to the {name} timer"),
        (rf"(?:give|lend) {_THE_NAME} (?:another )?{_MORE}", "add {length} to the {name} timer"),
        (rf"(?:can )?{_THE_NAME} have (?:another )?{_MORE}", "add {length} to the {name} timer"),
        (
            rf"(?:let|give) {_THE_NAME} (?:go|run|cook|bake|boil|have)(?: on)?(?: for)? (?:another )?{_LONGER}",
            "add {length} to the {name} timer",
        ),
        (rf"{_THE_NAME} needs? (?:another )?{_MORE}", "add {length} to the {name} timer"),
        (
            rf"(?:make it )?(?P<count>\d+) more (?P<unit>hours?|minutes?|seconds?) (?:on|to|for) {_NAME}",
            "add {length} to the {name} timer",
        ),
        (rf"(?:extend|lengthen) {_THE_NAME} by (?:another )?{_MORE}", "add {length} to the {name} timer"),
        (
            rf"(?:take|remove|knock|subtract) {_DURATION} (?:off|from|off of) {_NAME}",
            "take {length} off the {name} timer",
        ),
        (rf"(?:change|set|update) {_THE_NAME} to {_DURATION}", "change the {name} timer to {length}"),
        (rf"{_DURATION} for {_THE_NAME}", "set a timer for {length} called {name}"),
    )
)


def with_timer(text: str) -> str | None:
    """A normalised text about a thing that may be timed, with the word "timer"; None for others."""
    for pattern, new in _REWRITES:
        if (match := pattern.fullmatch(text)) is not None:
            groups = match.groupdict()
            length = groups.get("length") or f"{groups.get('count')} {groups.get('unit')}"
            return new.format(name=groups["name"], verb=groups.get("verb", ""), length=length)
    return None
