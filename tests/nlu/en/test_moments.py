"""Questions that no model in the home can answer, and questions that only use their words."""

import pytest

from edge.nlu.en.questions import question

OF_THE_MOMENT = [
    ("what's the weather", "weather"),
    ("will it rain tomorrow", "weather"),
    ("is it raining outside", "weather"),
    ("do I need an umbrella", "weather"),
    ("what's the temperature outside", "weather"),
    ("how cold is it", "weather"),
    ("when is sunset", "weather"),
    ("what's in the news", "news"),
    ("what's the stock price of apple", "news"),
    ("what is the price of gold", "news"),
    ("how is the traffic", "news"),
    ("what time is it in Tokyo", "elsewhere"),
    ("what's the current time in London", "elsewhere"),
    ("what's the temperature", "outside"),
    ("what's the humidity", "outside"),
    ("where am I", "outside"),
    ("is anyone home", "presence"),
    ("how many days until christmas", "moment"),
    ("how long until new year", "moment"),
    ("what day is christmas", "moment"),
    ("what will be the date next Friday", "moment"),
    ("is today a holiday", "moment"),
    ("how old am I", "moment"),
]


@pytest.mark.parametrize(("text", "what"), OF_THE_MOMENT)
def test_a_question_whose_answer_changes_with_time_is_found(text: str, what: str) -> None:
    found = question(text)
    assert found.of_the_moment == what
    assert found.hard is not None


@pytest.mark.parametrize(
    "text",
    [
        "why does weather change",
        "how does a weather balloon work",
        "what is a weather vane",
        "what is the temperature of the sun",
        "what is the price of fame",
        "what time do people eat dinner in Spain",
        "how many days are in a year",
        "how many days does it take to walk to Rome",
        "how long is a marathon",
        "what is the history of news",
        "who is the author of home alone",
        "why is rain wet",
        "is a tomato a fruit",
        "what is the humidity of a rainforest like",
    ],
)
def test_a_timeless_question_is_an_everyday_one(text: str) -> None:
    assert question(text).of_the_moment is None
