"""Days of the year that have names, as rules. Pure.

Easter is computed after Meeus (Astronomical Algorithms, 2nd edition, chapter 8), the Jewish days by the arithmetic of
the Hebrew calendar (Dershowitz and Reingold, Calendrical Calculations, chapter 8). Days that hang on a sighting of the
moon or on another calendar's astronomy are not here.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

Rule = Callable[[int], date]
"""The day in a year."""


class NoDayError(ValueError):
    """There is no such day. `reason`: "no-such-day", "country-needed" or "unknown-day"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The nth weekday (0 is Monday) of a month; -1 is the last one. Raises `NoDayError` if there is none."""
    if nth < 0:
        following = date(year + month // 12, month % 12 + 1, 1)
        last = following - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if day.month != month:
        raise NoDayError("no-such-day")
    return day


def easter(year: int) -> date:
    """Easter Sunday of the western churches."""
    golden = year % 19
    century, rest = divmod(year, 100)
    skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + skipped + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches, in the Gregorian calendar; for 1900 to 2099."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def _hebrew_new_year(year: int) -> date:
    """Rosh Hashanah in a Gregorian year."""
    hebrew = year + 3761
    return date.fromordinal(_elapsed(hebrew) + _hebrew_correction(hebrew) - 1373427)


def _elapsed(hebrew: int) -> int:
    """The days of the calendar before a year."""
    months = (235 * hebrew - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day  # noqa: PLR2004 - no new year on a Sunday, Wednesday or Friday


def _hebrew_correction(hebrew: int) -> int:
    """Keeps years from having 356 or 382 days."""
    before, this, after = _elapsed(hebrew - 1), _elapsed(hebrew), _elapsed(hebrew + 1)
    if after - this == 356:  # noqa: PLR2004
        return 2
    return 1 if this - before == 382 else 0  # noqa: PLR2004


def _fixed(month: int, day: int) -> Rule:
    return lambda year: date(year, month, day)


def _easter(days: int) -> Rule:
    return lambda year: easter(year) + timedelta(days=days)


def _nth(month: int, nth: int, weekday: int, days: int = 0) -> Rule:
    return lambda year: nth_weekday(year, month, nth, weekday) + timedelta(days=days)


def _advent(days: int) -> Rule:
    """From the fourth Sunday before Christmas on."""
    return lambda year: date(year, 12, 24) - timedelta(days=(date(year, 12, 24).weekday() + 1) % 7 + 21 - days)


def _mothers_day_of_france(year: int) -> date:
    last = nth_weekday(year, 5, -1, 6)
    return last + timedelta(days=7) if last == easter(year) + timedelta(days=49) else last


def _passover(year: int) -> date:
    """163 days before the next Jewish new year."""
    return _hebrew_new_year(year) - timedelta(days=163)


def _hanukkah(year: int) -> date:
    """25 Kislev: the months between are of 30 and 29 days, and the second one has 30 in long years."""
    new_year, following = _hebrew_new_year(year), _hebrew_new_year(year + 1)
    long = (following - new_year).days % 10 == 5  # noqa: PLR2004 - 355 or 385 days
    return new_year + timedelta(days=83 + long)


_MON, _THU, _SUN = 0, 3, 6

RULES: Final[Mapping[str, Rule]] = {
    "new-years-day": _fixed(1, 1), "epiphany": _fixed(1, 6), "burns-night": _fixed(1, 25),
    "groundhog-day": _fixed(2, 2), "valentines-day": _fixed(2, 14), "st-davids-day": _fixed(3, 1),
    "pi-day": _fixed(3, 14), "st-patricks-day": _fixed(3, 17), "april-fools": _fixed(4, 1),
    "st-georges-day": _fixed(4, 23), "anzac-day": _fixed(4, 25), "earth-day": _fixed(4, 22),
    "may-day": _fixed(5, 1), "star-wars-day": _fixed(5, 4), "cinco-de-mayo": _fixed(5, 5), "juneteenth": _fixed(6, 19),
    "canada-day": _fixed(7, 1), "bastille-day": _fixed(7, 14), "assumption": _fixed(8, 15),
    "german-unity-day": _fixed(10, 3), "halloween": _fixed(10, 31), "all-saints": _fixed(11, 1),
    "all-souls": _fixed(11, 2), "bonfire-night": _fixed(11, 5), "veterans-day": _fixed(11, 11),
    "st-andrews-day": _fixed(11, 30), "st-nicholas": _fixed(12, 6), "christmas-eve": _fixed(12, 24),
    "christmas": _fixed(12, 25), "boxing-day": _fixed(12, 26), "new-years-eve": _fixed(12, 31),
    "australia-day": _fixed(1, 26), "womens-day": _fixed(3, 8), "american-independence-day": _fixed(7, 4),
    "shrove-tuesday": _easter(-47), "ash-wednesday": _easter(-46), "palm-sunday": _easter(-7),
    "maundy-thursday": _easter(-3), "good-friday": _easter(-2), "easter": easter, "easter-monday": _easter(1),
    "ascension": _easter(39), "pentecost": _easter(49), "whit-monday": _easter(50), "corpus-christi": _easter(60),
    "orthodox-easter": orthodox_easter, "advent": _advent(0), "fourth-advent": _advent(21),
    "martin-luther-king-day": _nth(1, 3, _MON), "presidents-day": _nth(2, 3, _MON), "memorial-day": _nth(5, -1, _MON),
    "columbus-day": _nth(10, 2, _MON), "black-friday": _nth(11, 4, _THU, 1), "cyber-monday": _nth(11, 4, _THU, 4),
    "american-thanksgiving": _nth(11, 4, _THU), "canadian-thanksgiving": _nth(10, 2, _MON),
    "american-labor-day": _nth(9, 1, _MON), "remembrance-sunday": _nth(11, 2, _SUN),
    "rosh-hashanah": _hebrew_new_year, "yom-kippur": lambda year: _hebrew_new_year(year) + timedelta(days=9),
    "sukkot": lambda year: _hebrew_new_year(year) + timedelta(days=14), "passover": _passover, "hanukkah": _hanukkah,
    "mothers-day-may": _nth(5, 2, _SUN), "mothers-day-lent": _easter(-21), "mothers-day-may-1": _nth(5, 1, _SUN),
    "mothers-day-france": _mothers_day_of_france, "mothers-day-may-last": _nth(5, -1, _SUN),
    "fathers-day-june": _nth(6, 3, _SUN), "fathers-day-september": _nth(9, 1, _SUN), "fathers-day-march": _fixed(3, 19),
    "fathers-day-june-2": _nth(6, 2, _SUN), "fathers-day-november": _nth(11, 2, _SUN),
}  # fmt: skip

BY_COUNTRY: Final[Mapping[str, Mapping[str, str]]] = {
    "mothers-day": {
        **dict.fromkeys(("GB", "IE"), "mothers-day-lent"),
        **dict.fromkeys(("ES", "PT", "HU", "LT", "RO"), "mothers-day-may-1"),
        "FR": "mothers-day-france",
        "SE": "mothers-day-may-last",
        **dict.fromkeys(
            (
                "US",
                "CA",
                "AU",
                "NZ",
                "DE",
                "AT",
                "CH",
                "NL",
                "BE",
                "IT",
                "DK",
                "FI",
                "JP",
                "IN",
                "ZA",
                "BR",
                "GR",
                "CZ",
            ),
            "mothers-day-may",
        ),
    },
    "fathers-day": {
        **dict.fromkeys(("US", "CA", "GB", "IE", "FR", "NL", "IN", "JP", "ZA", "GR", "CZ", "HU"), "fathers-day-june"),
        **dict.fromkeys(("AU", "NZ"), "fathers-day-september"),
        **dict.fromkeys(("ES", "PT", "IT"), "fathers-day-march"),
        **dict.fromkeys(("DE",), "ascension"),
        **dict.fromkeys(("AT", "BE"), "fathers-day-june-2"),
        **dict.fromkeys(("SE", "FI"), "fathers-day-november"),
    },
    "thanksgiving": {"US": "american-thanksgiving", "CA": "canadian-thanksgiving"},
    "labor-day": {
        **dict.fromkeys(("US", "CA"), "american-labor-day"),
        **dict.fromkeys(
            ("DE", "AT", "FR", "ES", "PT", "IT", "SE", "FI", "PL", "CZ", "BE", "GR", "IN", "BR"), "may-day"
        ),
    },
    "independence-day": {"US": "american-independence-day"},
}
"""Days whose date is another one in each country."""

_ANYWHERE: Final = {"thanksgiving": "american-thanksgiving", "independence-day": "american-independence-day"}
"""What is meant where no country is known: hardly anyone else has them."""


def holiday(name: str, year: int, country: str | None) -> date:
    """A named day. Raises `NoDayError` if it needs another country than the one that is known, or is unknown."""
    if name in BY_COUNTRY:
        chosen = BY_COUNTRY[name].get(country or "") or _ANYWHERE.get(name)
        if chosen is None:
            raise NoDayError("country-needed" if country is None else "unknown-day")
        name = chosen
    if name not in RULES:
        raise NoDayError("unknown-day")
    return RULES[name](year)
