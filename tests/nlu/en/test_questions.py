"""The kinds of texts that are no commands, and which of them are meant for the cloud."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.en.questions import question
from edge.nlu.kinds import KINDS, OPEN
from edge.route.policy import need_of

NEEDS = {
    "fresh": """
        what's in the news today
        what's the weather like in Paris
        will it rain tomorrow
        do I need an umbrella
        what is the price of gold
        how much does an iPhone cost
        what's the exchange rate of the dollar
        how is the stock market doing
        who won the match
        did Arsenal win
        who is the president of France
        who's the CEO of Apple
        how is the traffic to work
        is the supermarket open now
        what's on TV
        is flight BA 117 on time
        when do the shops open
    """,
    "open": """
        why is the sky blue
        what is a volcano
        tell me a story about a cat
        how do I boil an egg
        why do cats purr
        what do cows eat
        explain photosynthesis
        give me a recipe for pancakes
        who was Albert Einstein
        who wrote Hamlet
        when was the Eiffel Tower built
        who invented the telephone
        how tall is Mount Everest
        what is the largest ocean
        write a poem about my dog
        translate good morning into French
        write a Python function that sorts a list
        what are the pros and cons of electric cars
        how does a weather balloon work
        what is the temperature of the sun
        who won the world cup in 1998
        what is an emergency fund
        is a tomato a fruit
        could you tell me how bread is made
    """,
    "ours": """
        is anyone home
        is the dishwasher done
        who left the door open
        where are my keys
        how old am I
        when is my appointment
        how full is your battery
        how long have you been on
        did the parcel arrive
        what programme is the washing machine on
        which lights are on downstairs
        how much electricity have we used today
        what position are the shades in
        is the thermostat on heat or cool
    """,
    "unclear": """
        banana split
        and then the
    """,
}

ASKED = [
    ("Ask the cloud what love is", "What love is"),
    ("ask the cloud to tell me a joke", "Tell me a joke"),
    ("Ask ChatGPT, why do cats purr?", "Why do cats purr?"),
    ("Please ask chat GPT why cats purr", "Why cats purr"),
    ("can you ask the cloud about volcanoes", "Tell me about volcanoes"),
    ("Could you please ask GPT-4o mini for a joke", "A joke"),
    ("Use the cloud: what is a volcano?", "What is a volcano?"),
    ("Search the web for pancake recipes", "Pancake recipes"),
    ("Google pancake recipes", "Pancake recipes"),
    ("What is a volcano? Ask the cloud", "What is a volcano"),
    ("What is a volcano, ask ChatGPT please", "What is a volcano"),
    ("What is love according to ChatGPT?", "What is love"),
    ("Ask the cloud what love is;", "What love is"),
    ("Ask the cloud: ; what is love?", "What is love?"),
    ("Ask the cloud about Malcolm X", "Tell me about Malcolm X"),
]


@pytest.mark.parametrize(
    ("need", "text"),
    [(need, text.strip()) for need, texts in NEEDS.items() for text in texts.strip().splitlines()],
)
def test_a_text_needs_what_it_asks_for(need: str, text: str) -> None:
    assert need_of(question(text).kind) == need
    assert need_of(question(f"{text}?").kind) == need


@pytest.mark.parametrize(("text", "cleaned"), ASKED)
def test_asking_for_the_cloud_is_recognised_and_no_part_of_the_question(text: str, cleaned: str) -> None:
    assert (question(text).asks_for_cloud, question(text).text) == (True, cleaned)


def test_a_long_question_needs_more_than_a_small_model() -> None:
    long = (
        "I have been reading about the history of Europe and I wonder why the Roman empire fell so slowly in the east"
        " and so quickly in the west although both had the same laws the same language of government and the same army"
    )
    assert question(long).kind == "reasoning"
    assert question("why is the sky blue").kind == "world"


@pytest.mark.parametrize("text", ["and why", "tell me more", "what does it eat", "who was he", "go on"])
def test_a_short_question_goes_on_with_an_answer(text: str) -> None:
    assert question(text, chatting=True).kind in OPEN


@pytest.mark.parametrize("text", ["and tomorrow", "is it cold outside", "did anna call", "what is my name"])
def test_a_question_about_something_else_does_not(text: str) -> None:
    assert question(text, chatting=True).kind not in OPEN


@pytest.mark.parametrize(
    "text",
    [
        "write a birthday card message for my son who is turning nine",
        "i need a name for our bowling team",
        "can you come up with a slogan for my bakery",
        "write a letter to my landlord about the rent",
    ],
)
def test_what_is_to_be_written_is_asked_of_a_model(text: str) -> None:
    assert question(text).kind == "creative"


def test_a_message_to_somebody_is_none() -> None:
    assert question("write a message to my dad").kind == "calls"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("my cat died yesterday", "bad-news"),
        ("I am exhausted from work", "bad-news"),
        ("today was a hard day at work", "bad-news"),
        ("I passed my exam", "statement"),
        ("we won the game", "statement"),
        ("my name is Bob", "statement"),
        ("I lost my keys, where are they", None),
        ("I need a hammer", None),
        ("my sister wonders if it is true", None),
        ("is my cat dead", None),
        ("the light is broken", None),
    ],
)
def test_what_is_told_without_a_question_is_known(text: str, told: str | None) -> None:
    assert question(text).told == told


@pytest.mark.parametrize("text", ["my back hurts", "my knee aches a bit", "my head hurts again"])
def test_an_ache_is_no_emergency(text: str) -> None:
    assert (question(text).kind == "emergency", question(text).told) == (False, "bad-news")


@pytest.mark.parametrize("text", ["my chest hurts", "my arm hurts and I can't breathe", "my son is badly hurt"])
def test_what_may_be_dangerous_is_one(text: str) -> None:
    assert question(text).kind == "emergency"


def test_of_a_very_long_text_the_end_is_not_searched_for_the_cloud() -> None:
    asked = " ask the cloud"
    whole = question("w" * (1000 - len(asked)) + asked)
    assert whole.asks_for_cloud
    assert not question("w" * (1001 - len(asked)) + asked).asks_for_cloud


def test_asking_for_the_cloud_alone_is_a_question_itself() -> None:
    found = question("Ask the cloud.")
    assert (found.text, found.asks_for_cloud) == ("Ask the cloud.", False)


@pytest.mark.parametrize(
    "text", ["did " * 25_000, "if how " * 20_000, "ask the " * 20_000, "." * 100_000, "what 1 2 " * 300, "x" * 100_000]
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    begun = time.process_time()
    question(text)
    assert time.process_time() - begun < 5  # quadratic patterns would take minutes


@given(st.text(max_size=300))
def test_any_text_is_a_question_with_words_of_its_own(text: str) -> None:
    found = question(text)
    assert found.text == " ".join(found.text.split())
    assert bool(found.text) == bool(" ".join(text.split()))
    assert found.kind in KINDS
    assert 0 <= found.probability <= 1
