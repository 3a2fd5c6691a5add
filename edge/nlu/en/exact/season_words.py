"""What seasons, equinoxes and solstices are called. Pure."""

import re
from typing import Final

SEASON: Final = r"(?P<season>spring(?: ?time)?|summer(?: ?time)?|autumn|the fall|fall|winter(?: ?time)?)"
_TURNS: Final = {
    r"(?:spring|vernal) equinox": ("spring", "season spring"),
    r"(?:autumn|autumnal|fall) equinox": ("autumn", "season autumn"),
    r"summer solstice": ("summer", "season summer"),
    r"winter solstice": ("winter", "season winter"),
    r"(?:longest day(?: of the year| in the year)?|day (?:is )?the longest|midsummer)": ("longest", "season summer"),
    r"(?:shortest day(?: of the year| in the year)?|longest night(?: of the year)?|day (?:is )?the shortest)": (
        "shortest",
        "season winter",
    ),
    r"(?:shortest of the year)": ("shortest", "season winter"),
    r"(?:longest of the year)": ("longest", "season summer"),
    r"equinox": ("equinox", "turn 0,2"),
    r"solstice": ("solstice", "turn 1,3"),
    r"march equinox": ("equinox", "turn 0"),
    r"june solstice": ("solstice", "turn 1"),
    r"september equinox": ("equinox", "turn 2"),
    r"december solstice": ("solstice", "turn 3"),
}
TURN: Final = rf"(?P<turn>{'|'.join(_TURNS)})"
"""The day on which a season begins, by other names."""
_SEASON_DAY: Final = re.compile(rf"(?:(?:the )?(?:1st day|start|beginning) of )?(?:next )?{SEASON}")
_TURN_DAY: Final = re.compile(rf"(?:the )?(?:next )?{TURN}")


def season_named(word: str) -> str:
    """The season of `edge.exact.seasons` that a match of `SEASON` names."""
    return "autumn" if word.endswith("fall") else word.removesuffix("time").strip()


def turn_named(words: str) -> tuple[str, str]:
    """What is asked for with a match of `TURN`, a word of `Turn`, and its day in the notation of `edge.exact.days`."""
    return next(named for pattern, named in _TURNS.items() if re.fullmatch(pattern, words))


def read_season_day(text: str) -> str | None:
    """The notation of the day on which a season begins; None for other texts."""
    if (season := _SEASON_DAY.fullmatch(text)) is not None:
        return f"season {season_named(season['season'])}"
    turn = _TURN_DAY.fullmatch(text)
    return None if turn is None else turn_named(turn["turn"])[1]
