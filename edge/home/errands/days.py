"""The days that people name in questions. Pure."""

from datetime import date, datetime, timedelta, tzinfo
from typing import Final

EVENING: Final = 18
"""The hour at which "tonight" begins."""

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def date_of(day: str, today: date) -> date:
    """The date of today, tonight, tomorrow, or of a weekday, which may be today."""
    if day in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS.index(day) - today.weekday()) % 7)
    return today + timedelta(days=1 if day == "tomorrow" else 0)


def local_time(said: str, zone: tzinfo | None) -> datetime | None:
    """A moment in ISO 8601 in this zone, which is also that of one without an offset; None if it is no moment."""
    try:
        moment = datetime.fromisoformat(said)
        return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    except (ValueError, OverflowError):
        return None
