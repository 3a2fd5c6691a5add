"""Answers questions about times of day: elsewhere, later, between, and about the sun and the moon."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from edge.events import Intent
from edge.exact.conversions import read_quantity
from edge.exact.days import Today, resolve
from edge.exact.holidays import NoDayError
from edge.exact.sky import next_phase, phase_at, sun_moment
from edge.exact.units import convert
from edge.nlu.exact_replies import ExactReplies

_HERE: Final = "here"
_DAY: Final = 24 * 60
_HALF: Final = 12 * 60


@dataclass(frozen=True, slots=True)
class Here:
    """The moment and the place of the speaker. Latitude and longitude are in degrees, north and east."""

    now: datetime
    country: str | None = None
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def today(self) -> Today:
        """What days are named from here."""
        return Today(self.now.date(), self.country, self.region, _zone_of(self.now), self.latitude)


def answer_clock(intent: Intent, here: Here, replies: ExactReplies) -> str:
    """EdgeClock: what `ask` asks."""
    try:
        return _ANSWERS[str(intent.slots["ask"])](intent, here, replies)
    except OverflowError:
        return replies.no_day("no-such-day")


def answer_sun(intent: Intent, here: Here, replies: ExactReplies) -> str:
    """EdgeSun: when the sun rises or sets on `day`."""
    if here.latitude is None or here.longitude is None:
        return replies.no_position()
    try:
        day = resolve(str(intent.slots["day"]), here.today)
    except NoDayError as none:
        return replies.no_day(none.reason)
    event = str(intent.slots["event"])
    if event == "daylight":
        rise, fall = (sun_moment(it, day, here.latitude, here.longitude) for it in ("sunrise", "sunset"))
        return (
            replies.no_sun("sunrise", day, here.now.date())
            if rise is None or fall is None
            else replies.daylight(fall - rise, day, here.now.date())
        )
    moment = sun_moment(event, day, here.latitude, here.longitude)
    if moment is None:
        return replies.no_sun(event, day, here.now.date())
    return replies.sun(event, _local(moment, here), here.now)


def answer_moon(intent: Intent, here: Here, replies: ExactReplies) -> str:
    """EdgeMoon: its phase, or when it is full or new."""
    ask = str(intent.slots["ask"])
    if ask == "phase":
        quarter, lit = phase_at(here.now)
        return replies.moon_phase(quarter, lit)
    return replies.next_moon(ask, _local(next_phase(here.now, 2 if ask == "full" else 0), here).date(), here.now.date())


def _local(moment: datetime, here: Here) -> datetime:
    """A moment in local time."""
    return moment.astimezone(_zone_of(here.now))


def _zone_of(now: datetime) -> ZoneInfo | None:
    """The time zone of the wall clock; None is the system's, which is not named but a fixed offset."""
    return now.tzinfo if isinstance(now.tzinfo, ZoneInfo) else None


def _zone(name: str, here: Here) -> tzinfo | None:
    return here.now.tzinfo if name == _HERE else ZoneInfo(name)


def _there(intent: Intent, here: Here, replies: ExactReplies) -> str:
    zones = str(intent.slots["zone"]).split()
    return replies.time_there(
        str(intent.slots["place"]), [(it, here.now.astimezone(_zone(it, here))) for it in zones], here.now
    )


def _date_there(intent: Intent, here: Here, replies: ExactReplies) -> str:
    there = here.now.astimezone(_zone(str(intent.slots["zone"]).split()[0], here))
    return replies.date_there(str(intent.slots["place"]), there)


def _when(intent: Intent, here: Here, replies: ExactReplies) -> str:
    slots = intent.slots
    source = _zone(str(slots["source"]), here)
    hour, minute = map(int, str(slots["time"]).rstrip("?").split(":"))
    there = here.now.astimezone(source).replace(hour=hour % 24, minute=minute, second=0, microsecond=0)
    zones = str(slots["zone"]).split()
    return replies.time_when(
        str(slots["source_place"]), there, str(slots["place"]), there.astimezone(_zone(zones[0], here))
    )


def _difference(intent: Intent, here: Here, replies: ExactReplies) -> str:
    slots = intent.slots
    zones = str(slots["zone"]).split()
    if len(zones) > 1:
        return _there(intent, here, replies)
    offsets = [
        here.now.astimezone(_zone(str(slots[it]).split()[0], here)).utcoffset() or timedelta()
        for it in ("source", "zone")
    ]
    return replies.time_difference(str(slots["source_place"]), str(slots["place"]), offsets[1] - offsets[0])


def _which_zone(intent: Intent, here: Here, replies: ExactReplies) -> str:
    name, *others = str(intent.slots["zone"]).split()
    if others:
        return _there(intent, here, replies)
    there = here.now.astimezone(_zone(name, here))
    return replies.time_zone(str(intent.slots["place"]), there.tzname() or "", there.utcoffset() or timedelta())


def _minutes(written: str) -> int:
    hour, minute = map(int, written.rstrip("?").split(":"))
    return hour * 60 + minute


def _between(intent: Intent, _here: Here, replies: ExactReplies) -> str:
    """A time without its half of the day is in that of the other one, or after it."""
    begin, end = str(intent.slots["begin"]), str(intent.slots["end"])
    first, last = _minutes(begin), _minutes(end)
    if end.endswith("?"):
        while last < first:
            last += _HALF
    elif begin.endswith("?") and first + _HALF <= last < _DAY and last - first > _HALF:
        first += _HALF
    return replies.duration((last - first) % _DAY, str(intent.slots["unit"]))


def _later(intent: Intent, here: Here, replies: ExactReplies) -> str:
    seconds = convert(read_quantity(str(intent.slots["quantity"])), "second", None)[0].value
    step = timedelta(seconds=float(seconds if intent.slots["sign"] == "+" else -seconds))
    if "time" not in intent.slots:
        moment = _local(here.now + step, here)
        return replies.moment(moment, here.now)
    time = str(intent.slots["time"])
    hour, minute = divmod(_minutes(time) % _DAY, 60)
    begin = here.now.replace(hour=hour, minute=minute, second=0, microsecond=0, tzinfo=None)
    return replies.time_of_day(begin + step, half_known=not time.endswith("?"))


def _until(intent: Intent, here: Here, replies: ExactReplies) -> str:
    time = str(intent.slots["time"])
    now = here.now.hour * 60 + here.now.minute
    target = _minutes(time) % _DAY
    if time.endswith("?") and target <= now < target + _HALF:
        target += _HALF
    return replies.time_until((target - now) % _DAY, str(intent.slots["unit"]))


def _face(intent: Intent, _here: Here, replies: ExactReplies) -> str:
    hour, minute = divmod(_minutes(str(intent.slots["time"])) % _DAY, 60)
    return replies.on_a_face(hour, minute, twelve=intent.slots["hours"] == "12")


def _clocks(_intent: Intent, here: Here, replies: ExactReplies) -> str:
    """The next change of the local time, found by looking at each day."""
    start = here.now.date()
    before = _offset(start, here)
    for days in range(1, 400):
        day = start + timedelta(days=days)
        offset = _offset(day, here)
        if offset != before:
            return replies.clocks_change(day, offset - before, start)
    return replies.no_clock_change()


def _offset(day: date, here: Here) -> timedelta:
    """The difference to UTC in the evening of a day."""
    at = datetime(day.year, day.month, day.day, 20)  # noqa: DTZ001 - it becomes local time below
    zone = here.now.tzinfo
    local = at.replace(tzinfo=zone) if isinstance(zone, ZoneInfo) else at.astimezone()
    return local.utcoffset() or timedelta()


def _now(_intent: Intent, here: Here, replies: ExactReplies) -> str:
    return replies.time_now(here.now)


_ANSWERS: Final[Mapping[str, Callable[[Intent, Here, ExactReplies], str]]] = {
    "now": _now,
    "there": _there,
    "date-there": _date_there,
    "when": _when,
    "difference": _difference,
    "which-zone": _which_zone,
    "between": _between,
    "later": _later,
    "until": _until,
    "face": _face,
    "clocks": _clocks,
}
