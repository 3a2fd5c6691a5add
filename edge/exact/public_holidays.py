"""Days off by law: the rules and one-off days of the package `holidays`, which is imported at the first question.

Countries and regions are named by ISO 3166. The package names the days in English where it can.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

_ENGLISH: Final = ("en_GB", "en_US")


class UnknownHolidaysError(ValueError):
    """The package does not know the holidays of the country, of its region, or of the years."""


@dataclass(frozen=True, slots=True)
class Land:
    """Whose days are asked for: a country ("DE"), and one of its regions ("BY") if it is known."""

    country: str
    region: str | None = None


def public_holidays(land: Land, first: date, last: date) -> Mapping[date, str]:
    """The days off from `first` to `last` and their names, in order.

    Without a region those of the whole country. Raises `UnknownHolidaysError`.
    """
    import holidays  # 11 MB of memory and up to 0.2 s

    years = range(first.year, last.year + 1)
    try:
        languages = holidays.country_holidays(land.country, subdiv=land.region).supported_languages
        language = next((it for it in _ENGLISH if it in languages), None)
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # it warns where it knows a part of a year's days only
            found = holidays.country_holidays(land.country, subdiv=land.region, years=years, language=language)
    except (NotImplementedError, UserWarning) as error:
        raise UnknownHolidaysError(land) from error
    return {day: name for day, name in sorted(found.items()) if first <= day <= last}


def only_in_parts(land: Land, first: date, last: date) -> frozenset[date]:
    """The days on which only some regions are off, where the region is not known. Raises `UnknownHolidaysError`."""
    if land.region is not None:
        return frozenset()
    import holidays

    everywhere = public_holidays(land, first, last)
    regions = holidays.country_holidays(land.country).subdivisions
    anywhere = {day for it in regions for day in public_holidays(Land(land.country, it), first, last)}
    return frozenset(anywhere - everywhere.keys())
