import pytest

from edge.nlu.en.changing import changes, lasts


@pytest.mark.parametrize(
    "text",
    [
        "which hotels are fully booked this weekend",
        "what's the closest garden centre",
        "what are the opening hours of the town library",
        "what is the price of a loaf of bread",
        "how much does a grand piano cost",
        "what's a ton of steel going for",
        "where can I rent a cement mixer",
        "find me a good dog walker",
        "I'm looking for a second-hand bicycle",
        "who sells organic flour",
        "what's the cheapest way to fly to Oslo",
        "when will the new bridge be released to traffic",
        "when does the museum's winter show come out",
        "what time does the bakery open",
        "when is the next lunar race",
        "who is the governor of Vermont",
        "who's the current mayor of Leeds",
        "who is the king of Norway",
        "what is the net worth of that singer",
        "who runs the port of rotterdam",
        "who won the last election in chile",
        "what is the inflation rate in turkey",
        "which ferries go to the island",
        "how many titles does that boxer have",
        "which is the fastest car on sale anywhere",
        "how many wolves are there in germany now",
    ],
)
def test_what_is_so_now_or_here_or_is_sold_changes(text: str) -> None:
    assert changes(text)


@pytest.mark.parametrize(
    "text",
    [
        "who is the highest paid gladiator in history",
        "how much did bread cost in 1950",
        "what was the average price of a horse in the 1890s",
        "find me a recipe for pea soup",
        "find a good way to fold napkins",
        "where would you find a lynx",
        "who was the first mayor of Leeds",
        "who is the king in a deck of cards",
        "how does the stock market work",
        "when do snails come out",
        "what does the word local anaesthetic mean in this sentence from a novel",
        "what is a mayor",
        "what is an exchange rate",
        "how do interest rates affect saving",
        "which is the fastest animal on land",
        "how many cups of flour make a loaf",
    ],
)
def test_what_was_so_and_what_is_known_does_not(text: str) -> None:
    assert not changes(text)


@pytest.mark.parametrize(
    "text",
    [
        "why do moths fly into lamps",
        "how deep is the deepest cave",
        "can you explain magnetism to me",
        "area of the moon",
        "birth date of the first man in space",
        "which is the lightest metal",
        "who designed that opera house in Australia",
        "what films did the two brothers make",
        "look up information on coral reefs",
        "what's the difference between a mule and a donkey",
        "what are the symptoms of scurvy",
        "how do volcanoes form",
        "what is a sextant",
        "how is a violin made",
    ],
)
def test_what_a_thing_is_and_why_lasts(text: str) -> None:
    assert lasts(text)


@pytest.mark.parametrize(
    "text",
    [
        "why is my tea cold",
        "why do you ask",
        "how long is the wait at the barber's",
        "how big is our garden",
        "explain that again",
        "which is the nearest lake",
        "what's the fastest route to the coast",
        "what is a good bakery",
        "what is the interest on a loan",
        "what is a share of that company worth",
        "who wrote to me",
        "how do the trains run today",
        "what is a quarter of 12",
        "what is a litre of petrol going for",
    ],
)
def test_what_is_about_the_people_here_or_the_day_does_not(text: str) -> None:
    assert not lasts(text)
