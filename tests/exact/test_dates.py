"""Questions about dates, asked on Friday, November 27th, 2026. The tables were written before they were tried."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.exact.days import Today, resolve
from edge.exact.holidays import RULES, easter, holiday, nth_weekday, orthodox_easter
from edge.exact.public_holidays import Land, public_holidays
from edge.exact.working_days import work_days
from tests.exact.asking import NOW, ask, says, table

DATES = table("""
what day of the week is July 4th 2027 -> Sunday
what day is christmas -> Friday
what day of the week was January 1st 2000 -> Saturday
which day does new year's eve fall on -> Thursday
what weekday is the 3rd of May 2027 -> Monday
what day was 9 November 1989 -> Thursday
what day was I born if it was the 5th of may nineteen eighty seven ->
what day is the 24th -> Thursday
on what day does halloween fall next year -> Sunday
what day is it tomorrow -> Saturday
what date is it in three weeks -> December 18th
what's the date in 10 days -> December 7th
what date is next Friday -> December 4th
what's the date next monday -> November 30th
what will be the date a week from tomorrow -> December 5th
what date was last Tuesday -> November 24th
what was the date 100 days ago -> August 19th
what date is the third friday of next month -> December 18th
when is the first Monday of January -> January 4th
when's the last day of february 2028 -> February 29th
what's the date 90 days from today -> February 25th
what is 45 days after January 1st 2027 -> February 15th
what day is 2 weeks before christmas -> Friday
when is thanksgiving -> November 25th, 2027
when is easter -> March 28th, 2027
when's easter next year -> March 28th, 2027
when is easter 2030 -> April 21st, 2030
when is good friday -> March 26th, 2027
when was easter this year -> April 5th
when is pancake day -> February 9th, 2027
when is black friday -> That's today
when does hanukkah start -> December 5th
when is the next friday the 13th -> August 13th, 2027
when is advent -> November 29th
when is mother's day -> country
when is ramadan -> moon
how many days until christmas -> 28 days
how long until Christmas -> 28 days
how many sleeps till christmas -> 28 days
how many weeks until new year's eve -> 4 weeks and 6 days
how many days are left until the end of the year -> 34 days
how many days till July 4th -> 219 days
how many months until june 1st -> 6 months and 5 days
how many working days until christmas -> 20 working days
how many weekends until christmas -> 4 weekends
how many fridays until christmas -> 4 Fridays
how long is it until easter -> 121 days
how far away is halloween -> 338 days
how many hours until new year -> 840 hours
how many days since January 1st -> 330 days
how many days has it been since easter -> 236 days
how long ago was the 1st of september 2026 -> 87 days
how many days since 9 november 1989 -> 13532 days
how long is it since christmas -> 337 days
how many years since 1 january 2000 -> 26 years & 10 months & 26 days
how many days between March 1st and April 15th -> 45 days
how many days from december 24 to january 2 -> 9 days
how many weeks between january 1st 2027 and march 5th 2027 -> 9 weeks
how many working days between december 1st and december 24th -> 17 working days
how old is someone born in 1987 -> 39
how old is someone born on May 3rd 1987 -> 39 years
if I was born in 1990 how old am I -> 36
how old would someone born in 2000 be in 2050 -> 50
is 2028 a leap year -> Yes
is 2027 a leap year -> No
was 1900 a leap year -> No
when is the next leap year -> 2028
how many days are in February -> 28 & 29
how many days does April have -> 30
how many days in february 2028 -> 29
what week is it -> week 48
what week number are we in -> week 48
what week is christmas in -> week 52
what day of the year is it -> 331
what quarter are we in -> fourth
what century is it -> 21st
what month is it -> November
what month comes next -> December
is tomorrow a weekend -> Yes & Saturday
is today friday -> Yes
is christmas a saturday -> No & Friday
is it monday today -> No
is july 4th 2027 on a weekend -> Yes
how many fridays are in december 2026 -> 4
how many working days in december 2026 -> 23
um what day is three days from now -> Monday
what's the date a fortnight from saturday -> December 12th
what day is february 30th -> no such day
how many days are left in this month -> 3 days
is this a leap year -> No & 2026
what's today's date plus ten days -> December 7th
is it the weekend yet -> No
when's the next bank holiday -> device country
march 10th is on which day of the week -> Wednesday
tell me what the date will be in 5 days -> December 2nd
""")

COUNTRIES = [
    ("US", "when is mother's day", "May 9th, 2027"),
    ("GB", "when is mother's day", "March 7th, 2027"),
    ("FR", "when is mother's day", "May 30th, 2027"),
    ("CA", "when is thanksgiving", "October 11th, 2027"),
    ("DE", "when is father's day", "May 6th, 2027"),
    ("JP", "when is labor day", "I don't know when that is in your country"),
]

CONVERSATIONS = [
    (("how many days until christmas", "and until new year's eve"), "34 days"),
    (("what day is christmas", "and halloween"), "Sunday"),
    (("when is easter", "what about in 2030"), "April 21st"),
    (("is 2028 a leap year", "what about 2030"), "No"),
    (("how many days until christmas", "and in weeks"), "4 weeks"),
]

NO_DATES = """
what's on my calendar tomorrow
set an alarm for friday
what day is bin day
how old is the pope
when is the next bus
how long until my timer ends
what's the weather on friday
when did the war end
when was Einstein born
how many days of sick leave do I have
how old are you
when is my birthday
remind me on christmas eve
is it raining today
what happened in 1969
when does the shop open
what is christmas
what's may like in london
how long until dinner
""".strip().splitlines()


@pytest.mark.parametrize(("question", "answer"), DATES)
def test_dates_are_computed_in_every_wording(question: str, answer: str) -> None:
    reply = ask(question)
    assert says(reply, answer) if answer else not reply, reply


@pytest.mark.parametrize(("country", "question", "answer"), COUNTRIES)
def test_a_day_that_is_another_one_in_each_country_is_that_of_the_settings(
    country: str, question: str, answer: str
) -> None:
    assert says(ask(question, country=country), answer)


@pytest.mark.parametrize(("texts", "answer"), CONVERSATIONS)
def test_a_question_about_dates_goes_on(texts: tuple[str, ...], answer: str) -> None:
    assert says(ask(*texts), answer)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_names_a_day_is_no_date(text: str) -> None:
    assert ask(text) == ""


def test_easter_and_the_days_of_the_moon_are_those_of_published_tables() -> None:
    assert [easter(year) for year in (1961, 2000, 2008, 2038)] == [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2038, 4, 25),
    ]
    assert [orthodox_easter(year) for year in (2024, 2025, 2026)] == [
        date(2024, 5, 5),
        date(2025, 4, 20),
        date(2026, 4, 12),
    ]
    assert [holiday("rosh-hashanah", year, None) for year in (2023, 2024, 2025)] == [
        date(2023, 9, 16),
        date(2024, 10, 3),
        date(2025, 9, 23),
    ]
    assert [holiday("hanukkah", year, None) for year in (2023, 2024, 2025)] == [
        date(2023, 12, 8),
        date(2024, 12, 26),
        date(2025, 12, 15),
    ]
    assert holiday("passover", 2024, None) == date(2024, 4, 23)


@given(st.integers(1900, 2098), st.sampled_from(sorted(RULES)))
def test_every_named_day_is_in_its_year(year: int, name: str) -> None:
    assert holiday(name, year, None).year == year


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-500, 500))
def test_working_days_count_what_they_step(day: date, number: int) -> None:
    end = resolve(f"today ; {'+' if number >= 0 else '-'} {abs(number)} work-day", Today(day))
    if number and day.weekday() < 5:
        assert work_days(day, end) == number


@pytest.mark.parametrize(
    ("country", "question", "answer"),
    [
        ("GB", "how many working days until the end of the year", "22 working days & Public holidays are left out"),
        ("GB", "when is ten working days after the 18th of december", "January 6th"),
        ("GB", "is the 28th of december a working day", "No"),
        ("GB", "how many working days are there in december", "21 working days"),
        (None, "how many working days are there in december", "23 working days & Public holidays are counted"),
        (None, "when is ten working days from today", "December 11th & Public holidays are counted"),
    ],
)
def test_working_days_leave_out_public_holidays_where_they_are_known(
    country: str | None, question: str, answer: str
) -> None:
    assert says(ask(question, country=country), answer), ask(question, country=country)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_working_days_without_holidays_are_those_that_one_counts_by_hand(day: date, days: int) -> None:
    end = day + timedelta(days=days)
    off = public_holidays(Land("GB"), day, end)
    by_hand = sum(
        (day + timedelta(days=it)).weekday() < 5 and day + timedelta(days=it) not in off for it in range(days)
    )
    assert work_days(day, end, off.keys()) == by_hand


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 4), st.integers(0, 6))
def test_the_nth_weekday_is_one(year: int, month: int, nth: int, weekday: int) -> None:
    day = nth_weekday(year, month, nth, weekday)
    assert (day.weekday(), (day.day - 1) // 7 + 1) == (weekday, nth)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001 - hypothesis takes naive bounds
def test_every_day_has_its_answers(now: datetime) -> None:
    at = now.replace(tzinfo=NOW.tzinfo)
    tomorrow = at.date() + timedelta(days=1)
    assert f"{tomorrow.day}" in ask("what date is tomorrow", now=at)
    for text in ("how many days until february 29th", "what week is it", "when is easter", "what date is next friday"):
        assert ask(text, now=at)
