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
        ("did Samuel Clemens write Tom Sawyer", "Mark Twain wrote"),  # not denied: it may be a pen name
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


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("is the moon bigger than the earth", "No. The moon is about 3,475 kilometres"),
        ("which is longer, the Nile or the Amazon", "The Nile. The Nile is about 6,650 kilometres"),
        ("is France larger than Germany", "Yes. France has an area of about 544,000 square kilometres"),
        ("is Canada smaller than Russia", "Yes. Canada has an area"),
        ("is Monaco bigger than the moon", None),
        ("is my house bigger than the moon", None),
    ],
)
def test_two_things_are_compared_by_what_the_tables_tell_of_each(text: str, answer: str | None) -> None:
    found = ENGLISH.looked_up(text)
    assert found is None if answer is None else (found or "").startswith(answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("where do kangaroos live", "Kangaroos live in Australia."),
        ("what sound does a sheep make", "Sheep bleat"),
        ("what colour is the French flag", "The flag of France is blue, white and red"),
        ("how long are elephants pregnant", "Elephants are pregnant for about 22 months."),
        ("where does pizza come from", "Pizza comes from Naples in Italy."),
        ("which nut is marzipan made of", "Marzipan is made of almonds and sugar."),
        ("what's the plural of mouse", "The plural of mouse is mice."),
        ("what's the past tense of swim", "The past tense of swim is swam, and its past participle swum."),
        ("how old is the universe", "The universe is about 13.8 billion years old."),
        ("who won the battle of Waterloo", "The Duke of Wellington and the Prussians under Blücher won"),
        ("what did Marie Curie discover", "Marie Curie discovered radium and polonium"),
        ("how many points is a touchdown", "A touchdown is six points."),
        ("how big is Germany", "Germany has an area of about 357,000 square kilometres"),
        ("how much blood is in the human body", "An adult has about five litres"),
        ("how old is my dog", None),
        ("where does my sister live", None),
        ("what colour is my car", None),
        ("how much is left", None),
        ("who won yesterday", None),
        ("how hot is it in the oven", None),
    ],
)
def test_everyday_things_are_told(text: str, answer: str | None) -> None:
    found = ENGLISH.looked_up(text)
    assert found is None if answer is None else (found or "").startswith(answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("do they drive on the left in Japan", "Yes, in Japan people drive on the left."),
        ("which side of the road do they drive on in France", "In France people drive on the right."),
        ("is Turkey in the European Union", "No, it is no member"),
        ("is Spain in the EU", "Yes, it is a member"),
        ("which sea does the Danube flow into", "The Danube flows into the Black Sea."),
        ("who assassinated Abraham Lincoln", "John Wilkes Booth shot Abraham Lincoln"),
        ("what do caterpillars turn into", "Caterpillars turn into butterflies or moths."),
        ("what's in a Caesar salad", "Caesar salad is made of romaine lettuce"),
        ("play the Beatles", None),
        ("who has my keys", None),
        ("where does the water run", None),
    ],
)
def test_more_everyday_things_are_told(text: str, answer: str | None) -> None:
    found = ENGLISH.looked_up(text)
    assert found is None if answer is None else (found or "").startswith(answer)
