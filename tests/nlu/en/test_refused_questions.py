"""Questions that no model in the home can answer, and questions that only use their words."""

import time

import pytest

from edge.nlu.en.questions import question
from edge.nlu.en.refused_questions import OF_SERVICES

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
    ("how is the traffic", "lookup"),
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
    ("when do the shops open", "lookup"),
    ("when does the concert begin", "lookup"),
    ("what is 12 times 11", "sums"),
    ("a quarter of 60", "sums"),
    ("how many days are in a year", "sums"),
    ("how heavy is 3 stone in kilos", "sums"),
    ("7² + 1", "sums"),
    ("pick a number between 1 and 6", "chance"),
    ("how long have you been on", "itself"),
    ("do you remember me", "itself"),
    ("did the parcel arrive", "presence"),
    ("how do I reset you", "settings"),
    ("I've fallen", "emergency"),
]


@pytest.mark.parametrize(("text", "what"), OF_THE_MOMENT)
def test_a_question_whose_answer_changes_with_time_is_found(text: str, what: str) -> None:
    found = question(text)
    assert found.refusal == what
    assert (found.hard is not None) == (what in OF_SERVICES)


@pytest.mark.parametrize(
    "text",
    [
        "why does weather change",
        "how does a weather balloon work",
        "what is a weather vane",
        "what is the temperature of the sun",
        "what is the price of fame",
        "what time do people eat dinner in Spain",
        "how many days does it take to walk to Rome",
        "how long is a marathon",
        "what is the history of news",
        "who is the author of home alone",
        "why is rain wet",
        "is a tomato a fruit",
        "how many legs does a spider have",
        "what happened in 1969",
        "what is the difference between a mile and a marathon",
        "when was the telephone invented",
        "who won the world cup in 1998",
        "how do you make a paper plane",
        "what is a coin made of",
        "when should I plant tomatoes",
        "how hot is the sun",
        "what is an emergency fund",
        "what is the humidity of a rainforest like",
    ],
)
def test_a_timeless_question_is_an_everyday_one(text: str) -> None:
    assert question(text).refusal is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tell me a story about a fox", None),
        ("why is my plant dying", None),
        ("how are clouds made", None),
        ("could you tell me how bread is made", None),
        ("is coffee good for you", None),
        ("dim sum is what", None),
        ("recipe for pancakes", None),
        ("is the dishwasher done", "unknown"),
        ("what is it", "unknown"),
        ("why is that", "unknown"),
        ("has anna called", "unknown"),
        ("who left the door open", "unknown"),
        ("banana split", "unclear"),
        ("I'm cold", "unclear"),
        ("tell me more", "unclear"),
    ],
)
def test_a_small_model_is_asked_about_the_world_and_for_texts(text: str, why: str | None) -> None:
    assert question(text).small_refusal == why


@pytest.mark.parametrize("text", ["and why", "tell me more", "what does it eat", "who was he", "go on"])
def test_a_short_question_goes_on_with_an_answer(text: str) -> None:
    assert question(text).small_refusal is not None
    assert question(text, chatting=True).small_refusal is None


@pytest.mark.parametrize("text", ["and tomorrow", "is it cold outside", "did anna call", "what is my name"])
def test_a_question_about_something_else_does_not(text: str) -> None:
    found = question(text, chatting=True)
    assert found.refusal or found.small_refusal


@pytest.mark.parametrize(
    "piece", ["what ", "1 2 ", "how many days ", "is the ", "the cup ", "will it be ", "a, is it "]
)
def test_a_hostile_text_takes_no_time(piece: str) -> None:
    began = time.process_time()
    question(piece * 300)
    assert time.process_time() - began < 5  # exponential patterns would take hours
