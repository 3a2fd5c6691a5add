"""Questions about days and times, composed: each way to name a day in each question about a day, in any word order.

They are asked on Friday, November 27th, 2026, at ten in the morning.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.en.clock import MONTH_NAMES, WEEKDAY_NAMES, ordinal
from tests.exact.asking import NOW, ask, says, table

TODAY = NOW.date()

DATE_FRAMES = (
    "what's the date {}",
    "so {} is what date",
    "can you tell me what date it is {}",
    "i'd like to know the date {} please",
    "{} what date is that",
    "okay what date will it be {}",
)
UNTIL_FRAMES = (
    "how many days until {}",
    "days left till {}",
    "how many more days is it to {} do you know",
    "how many days do we have left before {}",
    "until {} how many days is it",
    "um how many days away is {}",
)

ANY_WORDING = table("""
a week from today is what date -> December 4th
the last friday in january what date is that -> January 29th
which weekday is it going to be on the thirty first of december -> Thursday
what date do we have in exactly three months -> February 27th
next month's first monday is on what date -> December 7th
two fridays from now is what date -> December 11th
the second friday after easter -> April 9th
the day after the day after tomorrow -> November 30th
when's the next time the thirteenth is a friday -> August 13th
this time next year what date is it -> November 27th, 2027
what date was it a year ago today -> November 27th, 2025
what day is july fourth next year -> Sunday
what day of the week is june twenty seventh on this year -> Saturday
monday of next week is what date -> November 30th
what is the day on twenty third march -> Tuesday
it's been how many days since halloween -> 27
from march second to april ninth how many days is that -> 38 days
how many days was it from the first of march to the fourth of july this year -> 125 days
how many days are there between the third and the ninth of may -> 6 days
how many mondays are left this year -> 5
how many days does this month have left -> 3
how many days are in this year -> 365
how many working days are left this month -> 1 working day
is it less than a month til christmas -> 28 days
i was born in nineteen eighty four how old does that make me -> 42
someone who's forty today was born in which year -> 1986
if tom was born in two thousand how old will he be in twenty fifty -> 50
what's today's date plus three weeks -> December 18th
which day comes after the thirtieth of june -> July 1st
in tokyo what's the time -> 6 PM
what time's it over in sydney -> 8 PM
what is the time right now in the central time zone -> 3 AM
tell me what time it is in dallas texas -> 3 AM
what time is it in las vegas, nv -> 1 AM
is it noon in paris -> 10 AM
how much later is tokyo than berlin -> Tokyo is 8 hours ahead of Berlin
is mexico city behind or ahead of miami -> 1 hour
convert new york time to london -> 5 hours
eight am in manila is what in new york -> 7 PM the day before
if i call my sister in toronto at four pm what time is it there -> 10 AM
from half past eight till ten past eleven is how long -> 2 hours & 40 minutes
my train leaves at six forty and takes two hours and a half when do i arrive -> 9:10
i have to be at work by nine and it takes forty minutes when should i leave -> 8:20
what's fourteen hundred hours in normal time -> 2 PM
what was the time two and a half hours ago -> 7:30 AM
i would like to know the time -> 10 AM
when do we put the clocks forward -> March 28th
when is the next full moon going to be -> December 24th
is the eleventh of november twenty twenty nine a weekday -> No & Sunday
in which year will a child born in twenty twenty be eighteen -> 2038
is toronto in the same time zone as new york -> the same time
how many days ago did october start -> 57 days
what day are we in -> Friday
please tell me what today is -> Friday
which timezone is denver located -> MST
how do you spell comity i need to know -> C O M I T Y
when is my next day off -> I don't know when you are off
what time is it in punta gorda -> I don't know the time zone
""")

CONVERSATIONS = [
    (("what day is christmas", "and the year after"), "December 25th & 2027"),
    (("when is easter", "and the year after that"), "April 16th"),
    (("what day is christmas", "and in twenty thirty"), "Wednesday"),
    (("when's christmas", "and how many days is that"), "28 days"),
    (("what time is it in madrid", "and in lima", "and tokyo"), "6 PM"),
    (("what time is it in ninety minutes", "and in three hours"), "1 PM"),
    (("when is sunrise tomorrow", "and sunset"), "sets"),
    (("how many days until christmas", "what about easter", "in weeks"), "17 weeks"),
]

LOOK_ALIKES = """
when did the second world war end
how old is the great pyramid
what is the date of the battle of hastings
time flies like an arrow
how many days does it take to get to mars
when does the supermarket close today
is friday the thirteenth a good movie
what's the best day to plant tomatoes
how long until the pizza is done
when do the olympics start
what time should the kids go to bed
how many weeks of holiday do teachers get
how long is a day on mars
what happens at new year in japan
may i have another day
how many hours should i sleep
what day is garbage collection
when should i book my flight to paris
turn off this light
what a day
what's the day like
what do you think of today
is it going to be nice tomorrow
were you born in the eighties
what am i up to this weekend
what is happening tomorrow
what did i say yesterday
remind me after a month
calculate the distance from boston to new york
when you have free time what do you do
""".strip().splitlines()


def _said(day: date) -> str:
    return f"{MONTH_NAMES[day.month - 1]} {ordinal(day.day)}"


def _ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


@st.composite
def _named_days(draw: st.DrawFn) -> tuple[str, date]:
    """A day to come as people name it, and its date, computed apart from the speaker."""
    days = draw(st.integers(2, 300))
    weekday = draw(st.integers(0, 6))
    coming = _ahead((weekday - TODAY.weekday()) % 7)
    weeks = draw(st.integers(2, 9))
    return draw(
        st.sampled_from(
            [
                (f"{days} days from now", _ahead(days)),
                (f"{days} days from tomorrow", _ahead(days + 1)),
                (f"{weeks} weeks from {WEEKDAY_NAMES[weekday].lower()}", coming + timedelta(weeks=weeks)),
                (f"{weeks} weeks after christmas", date(2026, 12, 25) + timedelta(weeks=weeks)),
                ("the day after tomorrow", _ahead(2)),
                (f"the {_ahead(days):%-d} of {_ahead(days):%B}".lower(), _ahead(days)),
                (_said(_ahead(days)).lower(), _ahead(days)),
                (f"{weekday + 1} days before new year's eve", date(2026, 12, 30) - timedelta(days=weekday)),
            ]
        )
    )


@given(_named_days(), st.sampled_from(DATE_FRAMES))
def test_the_date_of_every_named_day_is_told_in_every_frame(named: tuple[str, date], frame: str) -> None:
    text, day = named
    assert _said(day) in ask(frame.format(text)), frame.format(text)


@given(_named_days(), st.sampled_from(UNTIL_FRAMES))
def test_the_days_until_every_named_day_are_counted_in_every_frame(named: tuple[str, date], frame: str) -> None:
    text, day = named
    assert says(ask(frame.format(text)), f"{(day - TODAY).days} days"), frame.format(text)


@pytest.mark.parametrize(("question", "answer"), ANY_WORDING)
def test_a_question_is_answered_in_any_word_order(question: str, answer: str) -> None:
    assert says(ask(question), answer), ask(question)


@pytest.mark.parametrize(("texts", "answer"), CONVERSATIONS)
def test_a_question_goes_on_from_the_one_before(texts: tuple[str, ...], answer: str) -> None:
    assert says(ask(*texts), answer), ask(*texts)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_sounds_like_such_a_question_is_none(text: str) -> None:
    assert ask(text) == ""
