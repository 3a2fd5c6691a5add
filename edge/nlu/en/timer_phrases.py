"""Other words for commands to timers, rewritten to those of `commands.yaml`. Pure; for typed text.

The grammar of speech has the sentences of `commands.yaml`, and is kept small. What is typed, and what a recogniser
writes freely, may be worded in more ways.
"""

import re

from edge.nlu.en.durations import normalise_durations

_ABOUT_TIMERS = re.compile(r"\b(?:timers?|countdown|remind (?:me|us)|reminder|let (?:me|us) forget)\b")
_ANOTHER = re.compile(r"\banother (hour|minute|second)\b(?! timer)")
_SHORT = re.compile(r"(?<![\w.:/])(?:\d{1,5}(?:h|hr|hrs|m|mins?|s|secs?))+(?!\w)")
_SHORT_PART = re.compile(r"(\d+)([hms])[a-z]*")
_UNITS = {"h": "hours", "m": "minutes", "s": "seconds"}
_BIGGER_AND_SMALLER = re.compile(r"\b(\d+) (hour|minute)s? (?:and )?([1-5]\d|[2-9])(?= timer\b)")
_SMALLER = {"hour": "minutes", "minute": "seconds"}
"""\"A two minute thirty timer\"."""
_DAYS = re.compile(r"\b(?P<count>an?|\d{1,3}) (?P<unit>days?|weeks?)(?= timer\b|$)")
_ABOUT = re.compile(r"\b(?:like|about|around|roughly|approximately|exactly|maybe) (?=\d+ (?:hour|minute|second))")
_CONTRACTED = re.compile(r"\b(how long|how much(?: longer| time)?|what time|when)'s (?=(?P<has>.*\bgot\b)?)")
_DURATION = r"\d+ (?:hour|minute|second)s?(?: \d+ (?:hour|minute|second)s?)*"
_TIMER = r"(?P<timer>(?:the |my |our |that )?(?:[\w']+ ){0,5}?timer)"
_TO_CHANGE = r"(?:change|update|adjust|modify|edit|reset|switch|set|make|put|turn|extend|shorten|lengthen)"


_NEW = rf"(?P<new>{_DURATION})"
_WHEN = r"(?P<when>(?:in|after|at|on|tomorrow|tonight|today|this|every|next|by) .+?|tomorrow|tonight)"
_A_NAME = r"(?P<name>[a-z'][\w']*(?: [a-z'][\w']*)?)"
_MORE = rf"(?P<more>{_DURATION})"
_COUNT = r"(?P<count>\d+) more (?P<unit>hours?|minutes?|seconds?)"
_TO_SET = r"change \g<timer> to \g<new>"
_TO_ADD = r"add \g<more> to \g<timer>"
_TO_TAKE = r"take \g<more> off \g<timer>"
_NO_NAME = (
    r"(?:set|start|make|create|run|begin|add|give|put|do|schedule|need|want|the|my|our|an?|me|i|up|on|off|for|of|to|by|in|new"
    r"|quick|another|other|what|which|how|is|are|first|second|third|last|next|\d+)"
)
_ASKS = r"(?:of|for|what|who|whose|which|where|when|why|how|if|in|at|on|again|later|tomorrow|today|tonight|every|each)"
_DROP = r"never ?mind|forget(?: about)?|scrap|scratch|drop|kill|ditch|get rid of"
_AGAIN = r"from (?:scratch|the start|the top)|over again|1 more time|once more"

_REWRITES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        # a new length
        (rf"{_TO_CHANGE} the (?:length|duration|time) (?:of|on) {_TIMER} to {_NEW}", _TO_SET),
        (
            rf"{_TO_CHANGE} (?:the |my )?timer from (?P<old>{_DURATION}) to {_NEW}",
            r"change the \g<old> timer to \g<new>",
        ),
        (
            rf"{_TO_CHANGE} (?P<the>the|my) (?P<old>\d+) (?P<unit>hour|minute|second)s? timer to (?P<new>\d+)",
            r"change \g<the> \g<old> \g<unit> timer to \g<new> \g<unit>s",
        ),
        (rf"{_TO_CHANGE} {_TIMER} from \d+(?: (?:hour|minute|second)s?)? to {_NEW}", _TO_SET),
        (rf"set {_TIMER} back to {_NEW}", _TO_SET),
        (rf"(?:extend|shorten|lengthen|alter|turn|reduce|cut|decrease|increase) {_TIMER} (?:to|into) {_NEW}", _TO_SET),
        (rf"make (?P<timer>(?:the|my) (?:[\w']+ ){{0,3}}?timer) (?:to )?{_NEW}(?: long)?", _TO_SET),
        # longer and shorter
        (
            rf"(?:(?:give me|add|put) )?{_COUNT} (?:on|to|onto|for) {_TIMER}",
            r"add \g<count> \g<unit> to \g<timer>",
        ),
        (rf"(?:add|put) {_COUNT}", r"add \g<count> \g<unit>"),
        (rf"{_MORE} more (?:on|to|for) {_TIMER}", _TO_ADD),
        (rf"(?:bump|move|push|put|turn) {_TIMER} (?:up|back) by {_MORE}", _TO_ADD),
        (rf"extend {_TIMER} (?:for )?(?:another )?{_MORE}", _TO_ADD),
        (rf"(?:give|lend) {_TIMER} {_MORE} more", _TO_ADD),
        (rf"(?:make|let) {_TIMER} {_MORE} longer", _TO_ADD),
        (rf"make {_TIMER} {_MORE} shorter", _TO_TAKE),
        (rf"(?:drop|deduct|cut|shave) {_MORE} (?:from|off|of) {_TIMER}", _TO_TAKE),
        (rf"take off {_MORE} (?:from|of) {_TIMER}", _TO_TAKE),
        (rf"(?:bring|move|turn) {_TIMER} down by {_MORE}", _TO_TAKE),
        (rf"(?P<begin>.*\btimer for) {_COUNT}", r"\g<begin> \g<count> \g<unit>"),
        # named timers
        (
            rf"(?:set|start|create|make) (?:an? )?timer (?:for|of) {_NEW} (?:and )?(?:call|name|label) it (?P<name>.+)",
            r"set a timer called \g<name> for \g<new>",
        ),
        (
            rf"(?:(?:set|start|make)(?: me)? an? )?(?P<name>(?:(?!{_NO_NAME}\b)[\w']+ ){{1,3}})timer {_NEW}",
            r"set a \g<name>timer for \g<new>",
        ),
        (
            rf"(?:(?:set|start|make)(?: me)? an? )?timer for (?:the |my |our )?{_A_NAME} {_NEW}",
            r"set a timer called \g<name> for \g<new>",
        ),
        # reminders
        (
            rf"{_WHEN} remind (?P<who>me|us) (?P<what>(?:to|that|about) .+)",
            r"remind \g<who> \g<when> \g<what>",
        ),
        (
            rf"{_WHEN} remind (?P<who>me|us) (?P<what>(?!{_ASKS}\b).+)",
            r"remind \g<who> \g<when> that \g<what>",
        ),
        (r"(?:don't|do not) let (?P<who>me|us) forget (?P<what>(?:to|that|about) .+)", r"remind \g<who> \g<what>"),
        (r"(?:don't|do not) let (?P<who>me|us) forget (?P<what>.+)", r"remind \g<who> about \g<what>"),
        # the next one, and again
        (rf"(?:carry on|go on|keep going) with {_TIMER}", r"resume \g<timer>"),
        (
            rf"(?:{_DROP}) (?P<timer>(?:the|my|our|that) (?:[\w']+ ){{0,4}}?timer)",
            r"cancel \g<timer>",
        ),
        (rf"(?:let|keep) {_TIMER} (?:run|running|going|go on|continue)", r"resume \g<timer>"),
        (
            r"(?:which|what) timer (?:is (?:next|first)|(?:ends|rings|goes off|is up|finishes) (?:next|first))",
            "check the next timer",
        ),
        (rf"(?:start over|start again|rerun|repeat|redo) {_TIMER}", r"restart \g<timer>"),
        (rf"(?:start|run|begin) {_TIMER} (?:{_AGAIN})", r"restart \g<timer>"),
    )
)


def normalise_timer_phrases(text: str) -> str:
    """A normalised text about timers with typed durations spelled out, and in the words of the sentences."""
    text = _ANOTHER.sub(r"another 1 \1", text)
    if not _ABOUT_TIMERS.search(text):
        return text
    text = _SHORT.sub(_spelled, _CONTRACTED.sub(lambda it: f"{it[1]} {'is' if it['has'] is None else 'has'} ", text))
    text = _BIGGER_AND_SMALLER.sub(lambda it: f"{it[1]} {it[2]} {it[3]} {_SMALLER[it[2]]}", text)
    if "remind" not in text:  # "in three days" is a day there
        text = _ABOUT.sub("", _DAYS.sub(_in_hours, text))
    text = text.removesuffix(" instead")
    for pattern, new in _REWRITES:
        if (match := pattern.fullmatch(text)) is not None:
            return match.expand(new)
    return text


def _in_hours(match: re.Match[str]) -> str:
    count = int(match["count"]) if match["count"].isdecimal() else 1
    return f"{count * (24 * 7 if match['unit'].startswith('week') else 24)} hours"


def _spelled(match: re.Match[str]) -> str:
    parts = (f"{count} {_UNITS[unit]}" for count, unit in _SHORT_PART.findall(match[0]))
    return normalise_durations(" ".join(parts))
