"""Answers questions about public holidays."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from edge.events import Intent
from edge.exact.dates import span_amounts
from edge.exact.days import Today, resolve
from edge.exact.holidays import NoDayError
from edge.exact.public_holidays import Land, UnknownHolidaysError, only_in_parts, public_holidays
from edge.nlu.exact_replies import ExactReplies

_AHEAD: Final = timedelta(days=500)
_MANY: Final = 6


def answer_public_holiday(intent: Intent, today: Today, replies: ExactReplies) -> str:
    """EdgePublicHoliday: what `ask` asks, in the country and region of the slots, otherwise in the speaker's own.

    "next" and "last" are the `nth` ones from today, "until" says how long it is to the next one in `unit`, "is" asks
    about `day`, "list" and "count" about the days from `begin` to `end`, all in the notation of `edge.exact.days`.
    """
    named = intent.slots.get("country")
    country, region = (named, intent.slots.get("region")) if named else (today.country, today.region)
    if country is None:
        return replies.country_missing()
    land = Land(str(country), str(region) if region else None)
    try:
        return _ANSWERS[str(intent.slots["ask"])](intent, land, today, replies)
    except UnknownHolidaysError:
        return replies.country_unknown()
    except NoDayError as none:
        return replies.no_day(none.reason)


def _next(intent: Intent, land: Land, today: Today, replies: ExactReplies) -> str:
    nth = int(str(intent.slots.get("nth", 1)))
    first, last = today.day + timedelta(days=1), today.day + _AHEAD
    found = public_holidays(land, first, last)
    if not 0 < nth <= len(found):
        raise NoDayError("unknown-day")
    day, name = list(found.items())[nth - 1]
    parts = nth == 1 and any(it < day for it in only_in_parts(land, first, day))
    return replies.next_holiday(day, name, today.day, nth=nth, parts_before=parts)


def _last(_intent: Intent, land: Land, today: Today, replies: ExactReplies) -> str:
    found = public_holidays(land, today.day - _AHEAD, today.day - timedelta(days=1))
    if not found:
        raise NoDayError("unknown-day")
    day, name = list(found.items())[-1]
    parts = bool(only_in_parts(land, day, today.day - timedelta(days=1)))
    return replies.last_holiday(day, name, today.day, parts_after=parts)


def _until(intent: Intent, land: Land, today: Today, replies: ExactReplies) -> str:
    found = public_holidays(land, today.day + timedelta(days=1), today.day + _AHEAD)
    if not found:
        raise NoDayError("unknown-day")
    day = next(iter(found))
    return replies.until(day, today.day, span_amounts(today.day, day, str(intent.slots["unit"])))


def _is(intent: Intent, land: Land, today: Today, replies: ExactReplies) -> str:
    day = resolve(str(intent.slots["day"]), today, past="past" in intent.slots)
    name = public_holidays(land, day, day).get(day)
    parts = name is None and day in only_in_parts(land, day, day)
    return replies.is_holiday(day, name, today.day, in_parts=parts)


def _span(intent: Intent, today: Today) -> tuple[date, date]:
    return resolve(str(intent.slots["begin"]), today), resolve(str(intent.slots["end"]), today)


def _list(intent: Intent, land: Land, today: Today, replies: ExactReplies) -> str:
    begin, end = _span(intent, today)
    found = public_holidays(land, begin, end)
    if len(found) > _MANY:
        return _count(intent, land, today, replies)
    return replies.holidays_listed(found, today.day, more_in_parts=bool(only_in_parts(land, begin, end)))


def _count(intent: Intent, land: Land, today: Today, replies: ExactReplies) -> str:
    begin, end = _span(intent, today)
    found = public_holidays(land, begin, end)
    on_weekdays = sum(it.weekday() < 5 for it in found)  # noqa: PLR2004 - Monday to Friday
    return replies.holidays_counted(len(found), on_weekdays, more_in_parts=bool(only_in_parts(land, begin, end)))


_ANSWERS: Final[Mapping[str, Callable[[Intent, Land, Today, ExactReplies], str]]] = {
    "next": _next,
    "last": _last,
    "until": _until,
    "is": _is,
    "list": _list,
    "count": _count,
}
