"""Public holidays and seasons, asked for on Friday, November 27th, 2026."""

import subprocess
import sys
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.exact.public_holidays import Land, UnknownHolidaysError, only_in_parts, public_holidays
from edge.exact.seasons import turn_moment
from tests.exact.asking import BERLIN, NOW, ask, says, table

IN_ENGLAND = table("""
when's the next bank holiday -> December 25th & Christmas Day
what's the next public holiday -> December 25th
and when is the next bank holiday in scotland please -> November 30th & Saint Andrew's Day
when is the next bank holiday in germany -> December 25th
which bank holiday comes next -> December 25th
how long till the next bank holiday -> 28 days
how many weeks until the next bank holiday -> 4 weeks
when was the last bank holiday -> August 31st
is easter monday a bank holiday -> Yes
is new year's eve a public holiday -> No
was the thirty first of august a bank holiday -> Yes
is there a bank holiday on monday -> No
are there any bank holidays this month -> no public holiday
are there any bank holidays in april 2028 -> Good Friday & Easter Monday
how many public holidays are there in 2027 -> 10 & 8 of them
how many bank holidays are left this year -> 3 & 2 of them
what are the bank holidays in may -> May 3rd & May 31st
when is the august bank holiday -> August 30th
how many public holidays does france have -> 11
when do the school holidays start -> I don't know the school
""")

SEASONS = table("""
when does summer begin -> June 21st
when's the first day of autumn -> September 23rd
when did autumn start -> September 23rd & began
when does spring start in 2030 -> March 20th
when will winter be over -> March 20th
when is the spring equinox -> March 20th
what date is the summer solstice next year -> June 21st
when is the shortest day of the year -> December 21st
what season are we in -> autumn & December 21st
is it winter yet -> autumn
how many days until summer -> 206 days
how many weeks until the first day of spring -> 16 weeks
""")

NEITHER = """
book a holiday in spain
what should I do on the bank holiday weekend
when does the season start
who wrote the winter's tale
what's the best spring roll recipe
how does a solstice happen
turn on the holiday lights
when does the summer sale start
""".strip().splitlines()


@pytest.mark.parametrize(("question", "answer"), IN_ENGLAND)
def test_public_holidays_are_those_of_the_settings_or_of_the_country_that_is_named(question: str, answer: str) -> None:
    england = BERLIN.model_copy(update={"region": "ENG"})
    assert says(ask(question, country="GB", place=england), answer)


@pytest.mark.parametrize("question", ["when is the next bank holiday", "is monday a public holiday"])
def test_without_a_country_the_setting_is_named(question: str) -> None:
    assert says(ask(question), "device country")


def test_what_only_parts_of_a_country_have_is_no_holiday_of_all_and_is_mentioned() -> None:
    assert says(ask("is january 6th a public holiday", country="DE"), "parts of the country only")
    assert says(ask("when is the next bank holiday", country="GB"), "Christmas Day & Parts of the country")
    bavaria = BERLIN.model_copy(update={"region": "BY"})
    assert says(ask("is january 6th a public holiday", country="DE", place=bavaria), "Yes & Epiphany")


def test_a_question_about_holidays_goes_on() -> None:
    assert says(ask("when is the next bank holiday", "and the one after that", country="GB"), "December 26th")
    assert says(ask("is christmas eve a public holiday", "and boxing day", country="GB"), "Yes")
    assert says(ask("when is the next public holiday", "what about in japan", country="GB"), "January 1st, 2027")


@pytest.mark.parametrize("land", [Land("XX"), Land("DE", "XXX")])
def test_a_land_that_nobody_knows_is_said_to_be_unknown(land: Land) -> None:
    with pytest.raises(UnknownHolidaysError):
        public_holidays(land, date(2026, 1, 1), date(2026, 12, 31))
    place = BERLIN.model_copy(update={"region": land.region})
    assert says(ask("when is the next bank holiday", country=land.country, place=place), "I don't know the public")


def test_where_the_package_knows_a_part_of_the_days_only_nothing_is_claimed() -> None:
    with pytest.raises(UnknownHolidaysError):
        public_holidays(Land("IN"), date(1995, 1, 1), date(1995, 12, 31))


@given(st.dates(date(2002, 1, 1), date(2034, 1, 1)), st.sampled_from(["GB", "DE", "US", "CH", "IN"]))
def test_days_of_parts_are_never_those_of_all(first: date, country: str) -> None:
    last = first + timedelta(days=60)
    everywhere = public_holidays(Land(country), first, last)
    assert all(first <= day <= last for day in everywhere)
    assert not only_in_parts(Land(country), first, last) & everywhere.keys()


def test_the_package_of_holidays_is_loaded_by_a_question_about_them_only() -> None:
    script = (
        "import sys; from tests.exact.asking import ask; ask('when is easter'); ask('when does spring start');"
        "assert 'holidays' not in sys.modules; ask('when is the next bank holiday', country='GB');"
        "assert 'holidays' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.parametrize(("question", "answer"), SEASONS)
def test_seasons_begin_with_the_sun(question: str, answer: str) -> None:
    assert says(ask(question), answer)


def test_seasons_south_of_the_equator_are_the_other_ones() -> None:
    sydney = BERLIN.model_copy(update={"latitude": -33.9, "longitude": 151.2})
    now = NOW.astimezone(ZoneInfo("Australia/Sydney"))
    assert says(ask("when does summer start", place=sydney, now=now), "December 22nd")
    assert says(ask("what season is it", place=sydney, now=now), "spring")
    assert says(
        ask("when does summer start", place=BERLIN.model_copy(update={"latitude": None}), country="NZ"), "December"
    )


def test_where_nobody_knows_the_side_of_the_equator_the_north_is_named() -> None:
    nowhere = BERLIN.model_copy(update={"latitude": None, "longitude": None})
    assert says(ask("when does winter start", place=nowhere), "December 21st & northern half")
    assert not says(ask("when does winter start"), "northern half")


def test_the_day_of_an_equinox_is_that_of_the_local_clock() -> None:
    new_york = datetime(2026, 9, 1, 12, tzinfo=ZoneInfo("America/New_York"))
    assert says(ask("when does autumn start", now=new_york), "September 22nd")


def test_equinoxes_and_solstices_are_those_of_published_tables() -> None:
    """The US Naval Observatory's, in whole minutes."""
    published = {
        2024: ("03-20 03:06", "06-20 20:51", "09-22 12:44", "12-21 09:20"),
        2025: ("03-20 09:01", "06-21 02:42", "09-22 18:19", "12-21 15:03"),
        2026: ("03-20 14:46", "06-21 08:24", "09-23 00:05", "12-21 20:50"),
    }
    for year, moments in published.items():
        for quarter, moment in enumerate(moments):
            expected = datetime.fromisoformat(f"{year}-{moment}+00:00")
            assert abs(turn_moment(year, quarter) - expected) <= timedelta(minutes=1)


@pytest.mark.parametrize("text", NEITHER)
def test_what_only_names_a_season_or_a_holiday_is_no_such_question(text: str) -> None:
    assert ask(text, country="GB") == ""
