"""What is said to the timer of the last command, as a whole sentence: "add five", "knock off two minutes". Pure."""

import re
from typing import Final

_LENGTH = r"(?P<length>(?:another )?\d+ (?:hour|minute|second).*?)"
_NUMBER = r"(?:another )?(?P<number>\d{1,3})(?: more)?"
_LESS: Final = (
    re.compile(rf"(?:take|knock|shave|cut) (?:off )?{_LENGTH}(?: off)?"),
    re.compile(rf"minus {_LENGTH}"),
)
_ADD_NUMBER: Final = re.compile(rf"(?:add|plus|give it) {_NUMBER}")
_LEFT: Final = re.compile(
    r"(?:how long|how much(?: time)?|how much time is left|how long left|how long to go"
    r"|is it (?:nearly |almost )?(?:done|ready|finished|over|up)(?: yet)?)"
)
_LEFT_OF: Final = (
    r"(?:how long (?:for|on|until|till) {name}(?: is (?:done|ready))?|how(?:'s| is) {name}(?: doing| coming along)?"
    r"|is {name} (?:nearly |almost )?(?:done|ready|finished)(?: yet)?)"
)


def about_timer(said: str, name: str) -> str | None:
    """The sentence that a normalised text means after a command to a timer, which may have a `name`; None for others.

    A number without a unit is of minutes. The sentence says "the timer".
    """
    if name:
        thing = rf"(?:(?:the|my|our) )?{re.escape(name.casefold())}"
        if re.fullmatch(_LEFT_OF.format(name=thing), said):
            return "check the timer"
        said = re.sub(rf" (?:to|onto|on|for|off|from) {thing}$", "", said)
    if _LEFT.fullmatch(said):
        return "check the timer"
    for pattern in _LESS:
        if (less := pattern.fullmatch(said)) is not None:
            return f"take {less['length']} off the timer"
    if (more := _ADD_NUMBER.fullmatch(said)) is not None:
        return f"add {more['number']} minutes to the timer"
    return None
