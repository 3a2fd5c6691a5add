"""Times of day, asked at 10 AM in Berlin on Friday, November 27th, 2026. The table was written before it was tried."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.exact.sky import moon_phase_moment, next_phase, sun_moment
from edge.settings import DeviceSettings
from tests.exact.asking import NOW, ask, says, table

CLOCK = table("""
what time is it in Tokyo -> 6 PM
What's the time in New York? -> 4 AM
what's the current time in London -> 9 AM
time in sydney -> 8 PM
what time is it in los angeles right now -> 1 AM
what time is it in india -> 2:30 PM
how late is it in moscow -> noon
what's the local time in hong kong -> 5 PM
what time is it in california -> 1 AM
what time is it in the uk -> 9 AM
what time is it in paris -> 10 AM
what time is it in kathmandu -> 2:45 PM
what time is it in australia -> Sydney & Perth
what is utc time -> 9 AM
what time is it in Narnia -> I don't know the time zone
what day is it in sydney -> Friday
what's the date in honolulu -> Thursday
when it's 3 pm in London what time is it in New York -> 10 AM
if it's noon in tokyo what time is it here -> 4 AM
what time is it in los angeles when it's 9 am in berlin -> midnight
what's 5 pm est in london -> 10 PM
3 pm in new york in paris time -> 9 PM
what's the time difference between london and tokyo -> Tokyo is 9 hours ahead of London
what's the time difference to new york -> New York is 6 hours behind us
how many hours ahead is singapore -> 7 hours ahead
is tokyo ahead of london -> 9 hours
what time zone is chicago in -> 6 hours behind UTC
what time zone am I in -> 1 hour ahead of UTC
when do the clocks change -> March 28th, 2027
when do the clocks go forward -> March 28th, 2027
how long is it from 9:15 to 17:40 -> 8 hours and 25 minutes
how many hours between 9 am and 5:30 pm -> 8 hours and 30 minutes
how many minutes from 2:15 to 3:05 -> 50 minutes
how long is it from 10 pm to 6 am -> 8 hours
how many hours are there from 9 to 5 -> 8 hours
what time will it be in 3 hours -> 1 PM
what time will it be in 90 minutes -> 11:30 AM
what time was it 2 hours ago -> 8 AM
what time is 45 minutes before 6 pm -> 5:15 PM
what's 90 minutes after 2:15 pm -> 3:45 PM
what time will it be in 2 hours and 20 minutes -> 12:20 PM
what time is half an hour after noon -> 12:30 PM
how long until 6 pm -> 8 hours
how many minutes until noon -> 120 minutes
how long until midnight -> 14 hours
how long is it till half past three -> 5 hours and 30 minutes
what's 17:40 in 12 hour time -> 5:40 PM
what is 3 pm in 24 hour time -> 15:00
when is sunset -> 3:59 PM
what time does the sun rise tomorrow -> 7:49 AM
when does it get dark -> 4:38 PM
when is sunrise on december 21 -> 8:14 AM
what time is sunset today -> 3:59 PM
how long is the day today -> 8 hours
what phase is the moon in -> waning & lit
when is the next full moon -> December 24th
when is the next new moon -> December 9th
tell me the timezone for Lisbon -> UTC
nairobi is in which time zone -> 3 hours ahead of UTC
what time zone is australia in -> Sydney & Perth
it's 8 am in madrid what time is it in lima -> 2 AM
how much later is tokyo than berlin -> 8 hours ahead
""")

CONVERSATIONS = [
    (("what time is it in Tokyo", "and in New York"), "4 AM"),
    (("what time is it in Tokyo", "what about London"), "9 AM"),
    (("how many days until christmas", "what time is it in Tokyo", "and in Sydney"), "8 PM"),
]

NO_CLOCK = """
what time is dinner
what time is my appointment
set an alarm for 7 in the morning
what time does the shop open
how long until my timer is done
time to go
what's the best time in summer
how long does it take from here to london
is it night time
what time is the game
what's bath time
how long is the film
wake me up in 20 minutes
change my time zone to chicago
what is a time zone
""".strip().splitlines()


@pytest.mark.parametrize(("question", "answer"), CLOCK)
def test_times_are_computed_in_every_wording(question: str, answer: str) -> None:
    reply = ask(question)
    assert says(reply, answer) if answer else not reply, reply


@pytest.mark.parametrize(("texts", "answer"), CONVERSATIONS)
def test_a_question_about_a_place_goes_on_with_another_place(texts: tuple[str, ...], answer: str) -> None:
    assert says(ask(*texts), answer)


@pytest.mark.parametrize("text", NO_CLOCK)
def test_what_only_speaks_of_time_is_no_such_question(text: str) -> None:
    assert ask(text) == ""


def test_without_a_position_the_sun_is_not_guessed() -> None:
    assert "missing in my settings" in ask("when is sunset", place=DeviceSettings())


def test_in_summer_the_difference_is_that_of_summer() -> None:
    july = datetime(2026, 7, 1, 10, tzinfo=ZoneInfo("Europe/Berlin"))
    assert "8 hours ahead" in ask("what's the time difference between london and tokyo", now=july)
    assert "October 25th" in ask("when do the clocks go back", now=july)


# Astronomical Algorithms, examples 49.a and 49.b, and two phases of 2024, rounded to minutes.
@pytest.mark.parametrize(
    ("quarter", "moment"),
    [
        (0, datetime(1977, 2, 18, 3, 37, tzinfo=UTC)),
        (3, datetime(2044, 1, 21, 23, 48, tzinfo=UTC)),
        (2, datetime(2024, 1, 25, 17, 54, tzinfo=UTC)),
        (0, datetime(2024, 4, 8, 18, 21, tzinfo=UTC)),
    ],
)
def test_the_phases_of_the_moon_are_those_of_published_tables(quarter: int, moment: datetime) -> None:
    found = next_phase(moment - timedelta(days=2), quarter)
    assert abs(found - moment) < timedelta(minutes=15)


# Times of almanacs for London and New York, in UTC, rounded to minutes.
@pytest.mark.parametrize(
    ("event", "day", "latitude", "longitude", "hour", "minute"),
    [
        ("sunrise", date(2024, 6, 20), 51.5, -0.12, 3, 43),
        ("sunset", date(2024, 6, 20), 51.5, -0.12, 20, 21),
        ("sunrise", date(2024, 12, 21), 40.7, -74.0, 12, 17),
        ("sunset", date(2024, 12, 21), 40.7, -74.0, 21, 32),
    ],
)
def test_the_sun_rises_and_sets_as_published(
    event: str, day: date, latitude: float, longitude: float, hour: int, minute: int
) -> None:
    found = sun_moment(event, day, latitude, longitude)
    assert found is not None
    assert abs(found - datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)) <= timedelta(minutes=2)


def test_beyond_the_polar_circle_there_may_be_no_sunset() -> None:
    tromso = DeviceSettings(latitude=69.65, longitude=18.96)
    assert "no sunset" in ask("when is sunset on june 21", place=tromso)


@given(st.integers(-1000, 2000))
def test_the_phases_of_the_moon_come_in_order(lunation: int) -> None:
    moments = [moon_phase_moment(lunation, quarter) for quarter in range(4)]
    moments.append(moon_phase_moment(lunation + 1, 0))
    assert all(timedelta(days=6) < after - before < timedelta(days=9) for before, after in pairwise(moments))


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 23), st.integers(0, 59))
def test_a_time_after_a_duration_is_the_other_end(hour: int, minute: int, end_hour: int, end_minute: int) -> None:
    begin, end = f"{hour or 24}:{minute:02}", f"{end_hour:02}:{end_minute:02}"
    assert NOW.tzinfo is not None
    assert ask(f"how long is it from {begin} to {end}") or hour == 0
