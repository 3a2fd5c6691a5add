"""Equinoxes and solstices, and the seasons that begin with them. Pure.

Meeus, Astronomical Algorithms (2nd edition), chapter 27: the mean moments of table 27.B for the years 1000 to 3000 and
the periodic terms of table 27.C, within a minute for the years from 1951 to 2050.
"""

import math
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final, cast

from edge.nlu.exact_holiday_replies import Season

SEASONS: Final[tuple[Season, ...]] = ("spring", "summer", "autumn", "winter")
"""In the order of the equinoxes and solstices from March on, north of the equator."""

_J2000: Final = datetime(2000, 1, 1, 12, tzinfo=UTC)
_DYNAMICAL_TIME_AHEAD: Final = timedelta(seconds=69)
"""As measured in the 2020s; other centuries differ by minutes."""
_YEARS: Final = range(1000, 3001)
_MEAN: Final = (
    (2451623.80984, 365242.37404, 0.05169, -0.00411, -0.00057),
    (2451716.56767, 365241.62603, 0.00325, 0.00888, -0.00030),
    (2451810.21715, 365242.01767, -0.11575, 0.00337, 0.00078),
    (2451900.05952, 365242.74049, -0.06223, -0.00823, 0.00032),
)
_TERMS: Final = (
    (485, 324.96, 1934.136), (203, 337.23, 32964.467), (199, 342.08, 20.186), (182, 27.85, 445267.112),
    (156, 73.14, 45036.886), (136, 171.52, 22518.443), (77, 222.54, 65928.934), (74, 296.72, 3034.906),
    (70, 243.58, 9037.513), (58, 119.81, 33718.147), (52, 297.17, 150.678), (50, 21.02, 2281.226),
    (45, 247.54, 29929.562), (44, 325.15, 31555.956), (29, 60.93, 4443.417), (18, 155.12, 67555.328),
    (17, 288.79, 4562.452), (16, 198.04, 62894.029), (14, 199.76, 31436.921), (12, 95.39, 14577.848),
    (12, 287.11, 31931.756), (12, 320.81, 34777.259), (9, 227.73, 1222.114), (8, 15.45, 16859.074),
)  # fmt: skip


def turn_moment(year: int, quarter: int) -> datetime:
    """The equinox of March (0), solstice of June (1), equinox of September (2) or solstice of December (3), in UTC.

    Raises `ValueError` for years before 1000 and after 3000.
    """
    if year not in _YEARS:
        raise ValueError(year)
    y = (year - 2000) / 1000
    mean = sum(factor * y**power for power, factor in enumerate(_MEAN[quarter]))
    century = (mean - 2451545.0) / 36525
    w = math.radians(35999.373 * century - 2.47)
    speed = 1 + 0.0334 * math.cos(w) + 0.0007 * math.cos(2 * w)
    periodic = sum(size * math.cos(math.radians(at + rate * century)) for size, at, rate in _TERMS)
    return _J2000 + timedelta(days=mean + 0.00001 * periodic / speed - 2451545.0) - _DYNAMICAL_TIME_AHEAD


def turn_day(year: int, quarter: int, zone: tzinfo | None) -> date:
    """The local date of `turn_moment`; `zone` None is the system's."""
    return turn_moment(year, quarter).astimezone(zone).date()


def quarter_of(season: str, *, southern: bool) -> int:
    """The equinox or solstice with which a season of `SEASONS` begins."""
    return (SEASONS.index(cast("Season", season)) + (2 if southern else 0)) % 4


def season_on(day: date, zone: tzinfo | None, *, southern: bool) -> Season:
    """The season of a day."""
    turned = sum(turn_day(day.year, quarter, zone) <= day for quarter in range(4))
    return SEASONS[(turned - 1 + (2 if southern else 0)) % 4]
