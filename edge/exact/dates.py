"""Answers questions about dates."""

import calendar
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, cast

from edge.events import Intent
from edge.exact.days import Today, month_of, resolve, whole_months
from edge.exact.holidays import NoDayError
from edge.exact.seasons import SEASONS, season_on
from edge.exact.working_days import days_off, is_work_day, work_days
from edge.nlu.exact_holiday_replies import Turn
from edge.nlu.exact_replies import Amount, ExactReplies

_LONG_DAYS: Final = 731
"""What is longer is said in years, unless it was asked for in a unit."""
_SECONDS: Final = {"hour": 24, "minute": 1440, "second": 86400}

Answer = Callable[[Intent, Today, ExactReplies], str]


def answer_date(intent: Intent, today: Today, replies: ExactReplies) -> str:
    """EdgeDate: what `ask` asks of `day`, in the notation of `edge.exact.days`; of `country` if there is one."""
    if "country" in intent.slots:
        today = replace(today, country=str(intent.slots["country"]))
    try:
        reply = _ANSWERS[str(intent.slots["ask"])](intent, today, replies)
        return f"{reply} {_about_holidays(today, replies)}" if counts_work_days(intent) else reply
    except NoDayError as none:
        return replies.no_day(none.reason)
    except (ValueError, OverflowError):
        return replies.no_day("no-such-day")


def counts_work_days(intent: Intent) -> bool:
    """Whether working days are counted, for which public holidays are looked up."""
    return any("work" in str(it) for it in intent.slots.values())


def _about_holidays(today: Today, replies: ExactReplies) -> str:
    """Whether public holidays were left out."""
    return replies.holidays_left_out(known=_off(today, today.day, today.day) is not None)


def _off(today: Today, first: date, last: date) -> AbstractSet[date] | None:
    return days_off(today.country, today.region, first, last)


def _work_days(begin: date, end: date, today: Today) -> Amount:
    off = _off(today, min(begin, end), max(begin, end))
    return Amount(Fraction(work_days(begin, end, off or frozenset())), "work-day")


def _day(intent: Intent, today: Today) -> date:
    """The day that is asked about; with the slot "past" it was."""
    return resolve(str(intent.slots["day"]), today, past="past" in intent.slots)


def _spanned(intent: Intent, today: Today, replies: ExactReplies) -> str:
    ask = intent.slots["ask"]
    begin = resolve(str(intent.slots["day"]), today, past=ask == "since")
    end = resolve(str(intent.slots["end"]), today)
    if ask == "between":
        begin, end = _in_order(intent, today, begin, end)
    unit = str(intent.slots["unit"]) or ("day" if abs((end - begin).days) < _LONG_DAYS else "year")
    amounts = [_work_days(begin, end, today)] if unit == "work-day" else span_amounts(begin, end, unit)
    if ask == "until":
        return replies.until(end, today.day, amounts)
    if ask == "since":
        return replies.since(begin, today.day, amounts)
    return replies.between(begin, end, today.day, amounts)


def _in_order(intent: Intent, today: Today, begin: date, end: date) -> tuple[date, date]:
    """Two days, one named without its year: it is the last one before the other, or the next one after it."""
    if str(intent.slots["day"]).startswith("month-day") and str(intent.slots["end"]).startswith(("date", "day")):
        return resolve(str(intent.slots["day"]), replace(today, day=end), past=True), end
    if end < begin and str(intent.slots["end"]).startswith("month-day"):
        return begin, resolve(str(intent.slots["end"]), replace(today, day=begin))
    return begin, end


def span_amounts(begin: date, end: date, unit: str) -> list[Amount]:
    """The time between two days in a unit, and what is left of it in days."""
    days = (end - begin).days
    if unit == "weekend":
        return [Amount(Fraction(_count_weekdays(begin, end, 5)), "weekend")]
    if unit.startswith("weekday-"):
        return [Amount(Fraction(_count_weekdays(begin, end, int(unit[-1]))), unit)]
    if unit in _SECONDS:
        return [Amount(Fraction(days * _SECONDS[unit]), unit)]
    if unit in {"week", "fortnight"}:
        whole, left = divmod(abs(days), 7 if unit == "week" else 14)
        return _named((whole, unit), (left, "day"), negative=days < 0)
    if unit in {"month", "year"}:
        months, left = whole_months(min(begin, end), max(begin, end))
        years, months = divmod(months, 12) if unit == "year" else (0, months)
        return _named((years, "year"), (months, "month"), (left, "day"), negative=days < 0)
    return [Amount(Fraction(days), "day")]


def _named(*parts: tuple[int, str], negative: bool) -> list[Amount]:
    found = [Amount(Fraction(-count if negative else count), unit) for count, unit in parts if count]
    return found or [Amount(Fraction(0), parts[-1][1])]


def _count_weekdays(begin: date, end: date, weekday: int) -> int:
    """How often a weekday comes from the day after `begin` up to `end`."""
    days = (end - begin).days
    first = (weekday - begin.weekday() - 1) % 7 + 1
    return (days - first) // 7 + 1 if days >= first else 0


def _weekday(intent: Intent, today: Today, replies: ExactReplies) -> str:
    return replies.weekday(_day(intent, today), today.day)


def _date(intent: Intent, today: Today, replies: ExactReplies) -> str:
    return replies.date_is(_day(intent, today), today.day)


def _age(intent: Intent, today: Today, replies: ExactReplies) -> str:
    slots = intent.slots
    if "day" in slots:
        born = _day(intent, today)
        if born > today.day:
            raise NoDayError("no-such-day")
        return replies.age(whole_months(born, today.day)[0] // 12)
    year, when = int(str(slots["year"])), int(str(slots.get("when", today.day.year)))
    if not year <= when <= year + 150:
        raise NoDayError("no-such-day")
    return replies.age_from_year(when - year, when, now="when" not in slots)


def _born(intent: Intent, today: Today, replies: ExactReplies) -> str:
    return replies.born(today.day.year - int(str(intent.slots["age"])))


def _year(intent: Intent, today: Today) -> int:
    written = str(intent.slots["year"])
    return today.day.year + int(written) if written[0] in "+-" else int(written)


def _leap_year(intent: Intent, today: Today, replies: ExactReplies) -> str:
    year = _year(intent, today)
    return replies.leap_year(year, calendar.isleap(year), today.day.year)


def _days_in_year(intent: Intent, today: Today, replies: ExactReplies) -> str:
    year = _year(intent, today)
    return replies.days_in_year(year, 366 if calendar.isleap(year) else 365, today.day.year)


def _next_leap_year(_intent: Intent, today: Today, replies: ExactReplies) -> str:
    year = next(
        it for it in range(today.day.year, today.day.year + 9) if calendar.isleap(it) and date(it, 2, 29) >= today.day
    )
    return replies.next_leap_year(year)


def _days_in_month(intent: Intent, today: Today, replies: ExactReplies) -> str:
    written = str(intent.slots["month"])
    year, month = month_of(written, today.day)
    leap = month == 2 and len(written) <= 2  # noqa: PLR2004 - February of any year
    return replies.days_in_month(year, month, calendar.monthrange(year, month)[1], any_year=leap)


def _work_days_in_month(intent: Intent, today: Today, replies: ExactReplies) -> str:
    year, month = month_of(str(intent.slots["month"]), today.day)
    first = date(year, month, 1)
    after = first + timedelta(days=calendar.monthrange(year, month)[1])
    return replies.in_month(year, month, _work_days(first, after, today))


def _weekdays_in_month(intent: Intent, today: Today, replies: ExactReplies) -> str:
    year, month = month_of(str(intent.slots["month"]), today.day)
    before = date(year, month, 1) - timedelta(days=1)
    last = before + timedelta(days=calendar.monthrange(year, month)[1])
    weekday = int(str(intent.slots["weekday"]))
    return replies.in_month(year, month, Amount(Fraction(_count_weekdays(before, last, weekday)), f"weekday-{weekday}"))


def _week(intent: Intent, today: Today, replies: ExactReplies) -> str:
    day = _day(intent, today)
    return replies.week(day, day.isocalendar().week, today.day)


def _day_of_year(intent: Intent, today: Today, replies: ExactReplies) -> str:
    day = _day(intent, today)
    return replies.day_of_year(day, int(day.strftime("%j")), 366 if calendar.isleap(day.year) else 365, today.day)


def _quarter(intent: Intent, today: Today, replies: ExactReplies) -> str:
    day = _day(intent, today)
    return replies.quarter(day, (day.month + 2) // 3, today.day)


def _left(intent: Intent, today: Today, replies: ExactReplies) -> str:
    """What is left of a week, a month or a year: after today, with its last day."""
    end = resolve(str(intent.slots["end"]), today)
    unit = str(intent.slots["unit"])
    tomorrow, after = today.day + timedelta(days=1), end + timedelta(days=1)
    amounts = [_work_days(tomorrow, after, today)] if unit == "work-day" else span_amounts(today.day, end, unit)
    return replies.until(end, today.day, amounts)


def _is_weekday(intent: Intent, today: Today, replies: ExactReplies) -> str:
    day = _day(intent, today)
    return replies.is_it(day, today.day, holds=day.weekday() == int(str(intent.slots["weekday"])))


def _is_weekend(intent: Intent, today: Today, replies: ExactReplies) -> str:
    day = _day(intent, today)
    return replies.is_it(day, today.day, holds=day.weekday() > 4)  # noqa: PLR2004 - Saturday and Sunday


def _is_workday(intent: Intent, today: Today, replies: ExactReplies) -> str:
    day = _day(intent, today)
    return replies.is_it(day, today.day, holds=is_work_day(day, _off(today, day, day) or frozenset()))


def _is_monday_to_friday(intent: Intent, today: Today, replies: ExactReplies) -> str:
    day = _day(intent, today)
    return replies.is_it(day, today.day, holds=is_work_day(day))


def _is_day(intent: Intent, today: Today, replies: ExactReplies) -> str:
    day, named = _day(intent, today), resolve(str(intent.slots["end"]), today)
    return replies.is_it(day, today.day, holds=day == named)


def _turn(intent: Intent, today: Today, replies: ExactReplies) -> str:
    which = cast("Turn", intent.slots["turn"])
    day = _day(intent, today)
    return replies.turn(which, day, today.day, north_assumed=today.north_assumed)


def _season(intent: Intent, today: Today, replies: ExactReplies) -> str:
    """The season of `day`."""
    season = season_on(_day(intent, today), today.zone, southern=today.southern)
    following = SEASONS[(SEASONS.index(season) + 1) % len(SEASONS)]
    begins = resolve(f"season {following}", replace(today, day=_day(intent, today)))
    return replies.season(season, following, begins, today.day, north_assumed=today.north_assumed)


_ANSWERS: Final[Mapping[str, Answer]] = {
    "weekday": _weekday,
    "date": _date,
    "until": _spanned,
    "since": _spanned,
    "between": _spanned,
    "age": _age,
    "born": _born,
    "leap-year": _leap_year,
    "days-in-year": _days_in_year,
    "next-leap-year": _next_leap_year,
    "days-in-month": _days_in_month,
    "workdays-in-month": _work_days_in_month,
    "weekdays-in-month": _weekdays_in_month,
    "week": _week,
    "day-of-year": _day_of_year,
    "quarter": _quarter,
    "century": lambda _, today, replies: replies.century((today.day.year - 1) // 100 + 1),
    "month": lambda _, today, replies: replies.month(today.day.month, "now"),
    "next-month": lambda _, today, replies: replies.month(today.day.month % 12 + 1, "next"),
    "month-number": lambda intent, _, replies: replies.month_number(int(str(intent.slots["month"]))),
    "left": _left,
    "is-weekday": _is_weekday,
    "is-weekend": _is_weekend,
    "is-workday": _is_workday,
    "is-monday-to-friday": _is_monday_to_friday,
    "is-day": _is_day,
    "turn": _turn,
    "season": _season,
}
