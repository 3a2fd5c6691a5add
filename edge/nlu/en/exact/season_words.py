"""What seasons, equinoxes and solstices are called. Pure."""

import re
from typing import Final

from edge.nlu.word_lists import word_set

_SEASON = r"(?P<season>spring(?: ?time)?|summer(?: ?time)?|autumn|the fall|fall|winter(?: ?time)?)"
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
_TURN = rf"(?P<turn>{'|'.join(_TURNS)})"
_YEAR = r"(?: (?:of |in )?(?P<year>this year|next year|last year|[12]\d{3}|[12]\d \d\d))?"
_SEASON_DAY: Final = re.compile(
    rf"(?:(?:the )?(?:official )?(?:1st day|start|beginning) of )?(?:next )?{_SEASON}{_YEAR}"
)
_TURN_DAY: Final = re.compile(rf"(?:the )?(?:next )?{_TURN}{_YEAR}")
_YEARS: Final = {"this year": " +0", "next year": " +1", "last year": " -1"}


def read_season_day(text: str) -> str | None:
    """The notation of the day on which a season begins; None for other texts."""
    turn = season_turn(text)
    return None if turn is None else turn[1]


def season_turn(text: str) -> tuple[str, str] | None:
    """A `Turn` and its day in the notation of `edge.exact.days`, of a day on which a season begins; None for others."""
    if (season := _SEASON_DAY.fullmatch(text)) is not None:
        name = "autumn" if season["season"].endswith("fall") else season["season"].removesuffix("time").strip()
        return name, f"season {name}{_year(season['year'])}"
    if (turn := _TURN_DAY.fullmatch(text)) is None:
        return None
    which, notation = next(named for pattern, named in _TURNS.items() if re.fullmatch(pattern, turn["turn"]))
    return which, f"{notation}{_year(turn['year'])}"


def _year(text: str | None) -> str:
    return "" if text is None else _YEARS.get(text) or f" {text.replace(' ', '')}"


SEASON_STARTS: Final = word_set(
    "spring vernal autumn autumnal fall summer winter longest midsummer shortest equinox solstice march june "
    "september december the next 1st start beginning"
)
SEASON_ENDS: Final = word_set(
    "spring springtime summer summertime autumn fall winter equinox solstice longest midsummer year shortest"
)
"""The words with which such a day may begin and end."""
