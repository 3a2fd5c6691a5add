"""Questions that are answered with yes or no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.language import ENGLISH


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("is a spider an insect", "No, a spider is an arachnid."),
        ("is a spider really a type of insect", "No, a spider is an arachnid."),
        ("are dolphins mammals?", "Yes, dolphins are mammals."),
        ("is Pluto a planet", "No, Pluto is a dwarf planet."),
        ("is it true that Pluto is a planet", "No, Pluto is a dwarf planet."),
        ("isn't the sun a star", "Yes, the sun is a star."),
        ("is a rabbit a rodent", "No, a rabbit is a mammal, but not a rodent."),
        ("are spiders insects or arachnids", "Spiders are arachnids."),
        ("what kind of animal is a koala", "A koala is a marsupial."),
        ("is mercury a metal", "Yes, Mercury is a metal."),
        ("is Africa a country", "No, Africa is a continent."),
        ("is my cat a dog", None),
        ("is a rectangle a triangle or a shoe", None),
        ("is a spider a violin", None),
        ("is a mammal a dog", None),
        ("do penguins fly", "No, penguins cannot fly."),
        ("can an eagle fly", "Yes, an eagle can fly."),
        ("do dolphins lay eggs", "No, dolphins give birth to live young."),
        ("are snakes cold blooded", "Yes, snakes are cold-blooded."),
        ("do snails have a backbone", "No, snails have no backbone."),
        ("can my brother fly", None),
        ("are tomatoes fruits", "To a botanist it is a fruit"),
        ("is a tomato considered a vegetable", "To a botanist it is a fruit"),
        ("is Madrid the capital of Spain", "Yes, the capital of Spain is Madrid."),
        ("is Sydney the capital of Australia", "No, the capital of Australia is Canberra."),
        ("does Sweden use the euro", "No, the currency of Sweden is the Swedish krona."),
        ("can you pay with euros in Switzerland", "The currency of Switzerland is the Swiss franc."),
        ("is German spoken in Austria", "Yes, the main language of Austria is German."),
        ("do they speak English in Sweden", "The main language of Sweden is Swedish."),
        ("is Kenya in Europe", "No. Kenya is in Africa."),
        ("does Canada border Mexico", "No. Canada borders the United States."),
        ("is the Eiffel Tower in Paris", "Yes, the Eiffel Tower is in Paris"),
        ("is Austin in the central timezone", None),
        ("did Shakespeare write Hamlet", "Yes. William Shakespeare wrote Hamlet."),
        ("was penicillin discovered by Fleming", "Yes. Penicillin was discovered by Alexander Fleming"),
        ("did Edison invent the telephone", "No, the first patent for the telephone was Alexander Graham Bell's"),
        ("did Samuel Clemens write Tom Sawyer", "Mark Twain wrote"),  # nobody who is known to be another
        ("is the largest planet Saturn", "No. Jupiter is the largest planet."),
        ("is Jupiter the largest planet", "Yes. Jupiter is the largest planet."),
        ("is that the largest planet", None),
        ("was Mozart German", "No. Wolfgang Amadeus Mozart was an Austrian composer."),
        ("was Einstein Swiss", "Yes. Albert Einstein was a German-born physicist who became Swiss and American."),
        ("was Marie Curie Dutch", "Marie Curie was a Polish-born physicist"),
        ("did the second world war end in nineteen forty five", "Yes. World War Two ended in 1945"),
        ("did the Titanic sink in 1915", "No, the Titanic sank on the 15th of April 1912."),
        ("does a spider have six legs", "No, a spider has eight legs."),
        ("do snakes have legs", "No. Snakes and worms have no legs."),
        ("are there 9 planets in the solar system", "No, there are eight planets in the solar system."),
        ("is the oven on", None),
        ("did Anna call", None),
        ("does my chair have four legs", None),
    ],
)
def test_a_claim_is_confirmed_denied_or_left_alone(text: str, answer: str | None) -> None:
    found = ENGLISH.looked_up(text)
    assert found is None if answer is None else (found or "").startswith(answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("how many legs does a beetle have", "A beetle has six legs"),
        ("how many legs do wasps have", "A wasp has six legs"),
        ("where was Mozart born", "Wolfgang Amadeus Mozart was born in Salzburg, Austria."),
        ("what nationality was Chopin", "Frédéric Chopin was a Polish composer"),
    ],
)
def test_what_is_known_of_kinds_and_people_is_told(text: str, answer: str) -> None:
    assert (ENGLISH.looked_up(text) or "").startswith(answer)


@given(st.text(max_size=150), st.sampled_from(["is", "are", "did", "does", "can", "is the", "is it true that"]))
def test_any_claim_is_read(text: str, begins: str) -> None:
    for said in (f"{begins} {text}", f"{begins} {text} a mammal", f"{begins} {text} the capital of {text}"):
        assert ENGLISH.looked_up(said) != ""
