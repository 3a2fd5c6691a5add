import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.en.questions import question

HARD = [
    ("What's in the news today?", "fresh-knowledge"),
    ("Tell me the headlines", "fresh-knowledge"),
    ("What's the weather like in Paris?", "fresh-knowledge"),
    ("Will it rain tomorrow?", "fresh-knowledge"),
    ("Is it going to be cold tonight?", "fresh-knowledge"),
    ("Do I need an umbrella?", "fresh-knowledge"),
    ("What's the temperature outside?", "fresh-knowledge"),
    ("What is the price of gold?", "fresh-knowledge"),
    ("How much does an iPhone cost?", "fresh-knowledge"),
    ("What's the exchange rate of the dollar?", "fresh-knowledge"),
    ("How is the stock market doing?", "fresh-knowledge"),
    ("What was the score of the game?", "fresh-knowledge"),
    ("Who won the match?", "fresh-knowledge"),
    ("Who is winning?", "fresh-knowledge"),
    ("Did Arsenal win?", "fresh-knowledge"),
    ("What's the latest on the mars mission?", "fresh-knowledge"),
    ("What is the newest phone?", "fresh-knowledge"),
    ("Who is the president of France?", "fresh-knowledge"),
    ("Who's the CEO of Apple?", "fresh-knowledge"),
    ("What are the best films of 2026?", "fresh-knowledge"),
    ("When is the election?", "fresh-knowledge"),
    ("How is the traffic to work?", "fresh-knowledge"),
    ("Is the supermarket open now?", "fresh-knowledge"),
    ("What's on TV?", "fresh-knowledge"),
    ("Is flight BA 117 on time?", "fresh-knowledge"),
    ("What is the population of Brazil?", "world-knowledge"),
    ("How many people live in Tokyo?", "world-knowledge"),
    ("When was the Eiffel Tower built?", "world-knowledge"),
    ("What year did the war end?", "world-knowledge"),
    ("Who invented the telephone?", "world-knowledge"),
    ("Who directed Jaws?", "world-knowledge"),
    ("How tall is Mount Everest?", "world-knowledge"),
    ("How far is the moon?", "world-knowledge"),
    ("What is the largest ocean?", "world-knowledge"),
    ("Tell me the history of Rome", "world-knowledge"),
    ("Write a Python function that sorts a list", "code"),
    ("Write me some code for a website", "code"),
    ("What does this regular expression mean?", "code"),
    ("Translate good morning into French", "translation"),
    ("How do you say thank you in Japanese?", "translation"),
    ("Write a poem about my dog", "writing"),
    ("Write me a letter to the landlord", "writing"),
    ("Draft an email to my boss", "writing"),
    ("I need a haiku", "writing"),
    ("Explain step by step how an engine works", "long-reasoning"),
    ("What are the pros and cons of electric cars?", "long-reasoning"),
    ("Compare cats and dogs", "long-reasoning"),
    ("Summarize the theory of evolution", "long-reasoning"),
    ("Make me a meal plan", "long-reasoning"),
    ("Plan a trip to Italy", "long-reasoning"),
    ("What would happen if the sun went out?", "long-reasoning"),
]

EASY = [
    "Why is the sky blue?",
    "What is a volcano?",
    "Tell me a joke",
    "Tell me a story about a cat",
    "How do I boil an egg?",
    "What should I wear in the rain?",
    "Good morning",
    "How are you?",
    "How old are you?",
    "What can you do?",
    "Why do cats purr?",
    "What is a cloud?",
    "Why are clouds white?",
    "How do clouds form?",
    "What does a python eat?",
    "Is it healthy to eat fish?",
    "I am bored",
    "Can you sing?",
    "What is love?",
    "What do cows eat?",
    "Explain photosynthesis",
    "Give me a recipe for pancakes",
    "How does a car work?",
    "What is the meaning of life?",
    "Who was Albert Einstein?",
    "Who wrote Hamlet?",
    "Are you there?",
    "What is the web of a spider made of?",
    "How long is it?",
    "When did you wake up?",
    "What is a good name for a dog?",
    "Thank you very much",
    "Why do we sleep?",
    "What is the internet?",
    "",
]

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


@pytest.mark.parametrize(("text", "kind"), HARD)
def test_a_hard_question_is_of_a_kind(text: str, kind: str) -> None:
    found = question(text)
    assert (found.text, found.asks_for_cloud, found.hard) == (text, False, kind)


@pytest.mark.parametrize("text", EASY)
def test_an_everyday_question_is_not_hard(text: str) -> None:
    found = question(text)
    assert (found.text, found.asks_for_cloud, found.hard) == (text, False, None)


@pytest.mark.parametrize(("text", "cleaned"), ASKED)
def test_asking_for_the_cloud_is_recognised_and_no_part_of_the_question(text: str, cleaned: str) -> None:
    assert (question(text).asks_for_cloud, question(text).text) == (True, cleaned)


def test_a_long_question_is_hard() -> None:
    assert question("bike " * 40).hard == "long-text"
    assert question("bike " * 39).hard is None


def test_of_a_very_long_text_the_end_is_not_searched_for_the_cloud() -> None:
    asked = " ask the cloud"
    whole = question("w" * (1000 - len(asked)) + asked)
    assert whole.asks_for_cloud
    assert not question("w" * (1001 - len(asked)) + asked).asks_for_cloud


def test_asking_for_the_cloud_alone_is_a_question_itself() -> None:
    found = question("Ask the cloud.")
    assert (found.text, found.asks_for_cloud) == ("Ask the cloud.", False)


@pytest.mark.parametrize("text", ["did " * 25_000, "if how " * 20_000, "ask the " * 20_000, "." * 100_000])
def test_a_hostile_text_takes_no_time(text: str) -> None:
    begun = time.process_time()
    question(text)
    assert time.process_time() - begun < 5  # quadratic patterns would take minutes


@given(st.text(max_size=300))
def test_any_text_is_a_question_with_words_of_its_own(text: str) -> None:
    cleaned = question(text).text
    assert cleaned == " ".join(cleaned.split())
    assert bool(cleaned) == bool(" ".join(text.split()))
