"""The sun and the moon: when they rise, set and change. Pure.

Sunrise and sunset are computed as NOAA's solar calculator does, after Meeus (Astronomical Algorithms, 2nd edition,
chapters 25 and 28), for a flat horizon and usual refraction; phases of the moon after chapter 49, with its largest
terms.
"""

import math
from datetime import UTC, date, datetime, timedelta
from typing import Final

_HORIZON: Final = {"sunrise": 90.833, "sunset": 90.833, "dawn": 96.0, "dusk": 96.0}
"""The distance of the sun from the zenith in degrees: its upper edge on the horizon, and civil twilight."""
_J2000: Final = datetime(2000, 1, 1, 12, tzinfo=UTC)
_CENTURY: Final = 36525.0
_MONTH: Final = 29.530588861


def sun_moment(event: str, day: date, latitude: float, longitude: float) -> datetime | None:
    """When the sun rises or sets ("sunrise", "sunset", "dawn", "dusk") on a day, in UTC; None if it does not.

    Latitude and longitude are in degrees, north and east. Accurate to a minute up to 72 degrees of latitude.
    """
    morning = event in {"sunrise", "dawn"}
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - timedelta(hours=longitude / 15)
    for _ in range(3):  # the sun moves while the earth turns
        declination, equation = _sun(at)
        hour_angle = _hour_angle(_HORIZON[event], latitude, declination)
        if hour_angle is None:
            return None
        noon = 720 - 4 * longitude - equation
        minutes = noon - 4 * hour_angle if morning else noon + 4 * hour_angle
        at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)
    return at


def _sun(at: datetime) -> tuple[float, float]:
    """The declination of the sun in degrees, and the equation of time in minutes."""
    century = (at - _J2000) / timedelta(days=_CENTURY)
    mean_longitude = (280.46646 + century * (36000.76983 + 0.0003032 * century)) % 360
    anomaly = math.radians(357.52911 + century * (35999.05029 - 0.0001537 * century))
    eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century)
    center = (
        math.sin(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century))
        + math.sin(2 * anomaly) * (0.019993 - 0.000101 * century)
        + math.sin(3 * anomaly) * 0.000289
    )
    node = math.radians(125.04 - 1934.136 * century)
    longitude = math.radians(mean_longitude + center - 0.00569 - 0.00478 * math.sin(node))
    obliquity = math.radians(23.439291 - 0.0130042 * century + 0.00256 * math.cos(node))
    declination = math.asin(math.sin(obliquity) * math.sin(longitude))
    tangent = math.tan(obliquity / 2) ** 2
    twice = 2 * math.radians(mean_longitude)
    equation = (
        tangent * math.sin(twice)
        - 2 * eccentricity * math.sin(anomaly)
        + 4 * eccentricity * tangent * math.sin(anomaly) * math.cos(twice)
        - 0.5 * tangent**2 * math.sin(2 * twice)
        - 1.25 * eccentricity**2 * math.sin(2 * anomaly)
    )
    return math.degrees(declination), 4 * math.degrees(equation)


def _hour_angle(zenith: float, latitude: float, declination: float) -> float | None:
    cosine = math.cos(math.radians(zenith)) / (
        math.cos(math.radians(latitude)) * math.cos(math.radians(declination))
    ) - math.tan(math.radians(latitude)) * math.tan(math.radians(declination))
    return math.degrees(math.acos(cosine)) if -1 <= cosine <= 1 else None


def moon_phase_moment(lunation: int, quarter: int) -> datetime:
    """When a phase comes (0 new, 1 first quarter, 2 full, 3 last quarter); lunation 0 is that of January 6th, 2000.

    Within a few minutes, in UTC.
    """
    k = lunation + quarter / 4
    century = k / 1236.85
    day = 2451550.09766 + _MONTH * k + 0.00015437 * century**2
    sun = math.radians(2.5534 + 29.10535670 * k)
    moon = math.radians(201.5643 + 385.81693528 * k)
    latitude = math.radians(160.7108 + 390.67050284 * k)
    e = 1 - 0.002516 * century
    if quarter % 2:
        day += (
            -0.62801 * math.sin(moon) + 0.17172 * e * math.sin(sun) - 0.01183 * e * math.sin(moon + sun)
            + 0.00862 * math.sin(2 * moon) + 0.00804 * math.sin(2 * latitude) + 0.00454 * e * math.sin(moon - sun)
            + 0.00204 * e * e * math.sin(2 * sun) - 0.00180 * math.sin(moon - 2 * latitude)
        )  # fmt: skip
        day += (0.00306 - 0.00038 * e * math.cos(sun) + 0.00026 * math.cos(moon)) * (1 if quarter == 1 else -1)
    else:
        full = quarter == 2  # noqa: PLR2004 - see the docstring
        day += (
            (-0.40614 if full else -0.40720) * math.sin(moon) + (0.17302 if full else 0.17241) * e * math.sin(sun)
            + (0.01614 if full else 0.01608) * math.sin(2 * moon) + 0.01043 * math.sin(2 * latitude)
            + 0.00734 * e * math.sin(moon - sun) - 0.00515 * e * math.sin(moon + sun)
            + 0.00209 * e * e * math.sin(2 * sun) - 0.00111 * math.sin(moon - 2 * latitude)
        )  # fmt: skip
    return _J2000 + timedelta(days=day - 2451545.0) - timedelta(seconds=69)  # dynamical time is ahead by so much


def next_phase(after: datetime, quarter: int) -> datetime:
    """The next moment of a phase."""
    lunation = math.floor((after - _J2000) / timedelta(days=_MONTH)) - 2
    while (found := moon_phase_moment(lunation, quarter)) <= after:
        lunation += 1
    return found


def phase_at(at: datetime) -> tuple[int, float]:
    """The quarter that the moon is in, counted from new moon, and the share of its disc that is lit, 0 to 1."""
    first = math.floor((at - _J2000) / timedelta(days=_MONTH)) - 2
    previous = max(
        (moon_phase_moment(lunation, quarter), quarter)
        for lunation in range(first, first + 4)
        for quarter in range(4)
        if moon_phase_moment(lunation, quarter) <= at
    )
    following = next_phase(at, (previous[1] + 1) % 4)
    turned = (previous[1] + (at - previous[0]) / (following - previous[0])) / 4
    return previous[1], (1 - math.cos(2 * math.pi * turned)) / 2
