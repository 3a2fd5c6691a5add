"""Questions about the seasons, equinoxes and solstices. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.day_words import YEAR, read_year, was
from edge.nlu.en.exact.frames import Build, Frame, first_of, frame
from edge.nlu.en.exact.season_words import SEASON, TURN, season_named, turn_named

_IN = rf"(?: (?:of )?(?P<year>this year|next year|last year|in {YEAR}|{YEAR}))?"
_WHEN = (
    r"(?:when|what (?:day|date|time of (?:the )?year)|which (?:day|date)|on (?:what|which) (?:day|date)|what"
    r"|the date(?: of)?)"
)
_IS = r"(?:'s| is| does| do| did| was| will| are| be)*"
_START = r"(?: (?:officially|start|starts|begin|begins|started|began|come|comes|arrive|here|astronomically|coming))*"
_FIRST = r"(?:official )?(?:1st day|start|beginning)"
_FOLLOWS: Final = {"spring": "summer", "summer": "autumn", "autumn": "winter", "winter": "spring"}


def _turn(which: str, notation: str, match: re.Match[str]) -> Intent:
    year = match.groupdict().get("year")
    day = f"{notation} {read_year(year)}" if year else notation
    return Intent("EdgeDate", {"ask": "turn", "turn": which, "day": day, **was(match)})


def _begins(match: re.Match[str]) -> Intent:
    season = season_named(match["season"])
    return _turn(season, f"season {season}", match)


def _ends(match: re.Match[str]) -> Intent:
    season = _FOLLOWS[season_named(match["season"])]
    return _turn(season, f"season {season}", match)


def _named(match: re.Match[str]) -> Intent:
    which, notation = turn_named(match["turn"])
    return _turn(which, notation, match)


def _season(day: str) -> Build:
    return lambda _: Intent("EdgeDate", {"ask": "season", "day": day})


SEASONS: Final[tuple[Frame, ...]] = (
    frame(rf"{_WHEN}{_IS} (?:the )?{_FIRST} of {SEASON}{_IN}", _begins),
    frame(rf"(?:the )?{_FIRST} of {SEASON}{_IN}", _begins),
    frame(rf"when{_IS} (?:the )?(?:next )?{SEASON}{_START}{_IN}{_START}", _begins),
    frame(rf"(?:what|which) (?:day|date|time of (?:the )?year){_IS} {SEASON} officially (?:start|begin)", _begins),
    frame(
        rf"(?:what|which) (?:day|date|time of (?:the )?year){_IS} {SEASON} (?:start|starts|begin|begins)(?: on)?{_IN}",
        _begins,
    ),
    frame(rf"when{_IS} (?:the )?{SEASON} (?:be )?(?:end|ends|over|finish|finished){_IN}", _ends),
    frame(rf"{_WHEN}{_IS} (?:the )?(?:last day|end) of {SEASON}{_IN}", _ends),
    frame(rf"{_WHEN}{_IS} (?:the )?(?:next |this year's )?{TURN}{_IN}(?: be| happening| happen)?", _named),
    frame(
        r"(?:what|which) season (?:is it|is this|are we in|do we have|of the year is it)(?: now| right now| currently"
        r"| at the moment| today)?|what's the (?:current )?season|the current season",
        _season("today"),
    ),
    frame(r"is it (?:still |already )?(?:spring|summer|autumn|winter)(?: yet| already| now| still)?", _season("today")),
)


def season_question(said: str) -> Intent | None:
    """EdgeDate for a bare canonical text about seasons; None for others."""
    return first_of(SEASONS, said)
