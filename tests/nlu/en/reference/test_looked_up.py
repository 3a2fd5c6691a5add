"""Questions about facts that do not change, from the words to the sentence of a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.language import ENGLISH


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("What's the capital of Portugal?", "The capital of Portugal is Lisbon."),
        ("um, tell me the capital city of the UK please", "The capital of the United Kingdom is London."),
        ("capital of Holland", "The capital of the Netherlands is Amsterdam."),
        ("Which country is Lima the capital of?", "Lima is the capital of Peru."),
        ("what money do people use in Mexico", "The currency of Mexico is the Mexican peso."),
        ("what do they speak in Austria", "The main language of Austria is German."),
        ("which continent is Peru in", "Peru is in South America."),
        ("which countries border Portugal", "Portugal borders Spain."),
        ("what countries does Iceland border", "Iceland has no land border."),
        ("which river flows through Vienna", "The river in Vienna is the Danube."),
        ("in which country is the waterfall Dettifoss", "Dettifoss is in Iceland."),
        ("where is the Taj Mahal", "The Taj Mahal is in Agra, India."),
        ("what's the highest mountain in the whole world", "Mount Everest is the highest mountain"),
        ("which mountain is the highest in Slovakia", "The highest mountain in Slovakia is Gerlachovský štít."),
        ("who wrote the novel Dracula", "Bram Stoker wrote Dracula."),
        ("who is the composer of Swan Lake", "Pyotr Ilyich Tchaikovsky composed Swan Lake."),
        ("who was Guernica painted by", "Pablo Picasso painted Guernica."),
        ("which scientist discovered radium", "Radium and polonium were discovered by Marie and Pierre Curie"),
        ("when did World War Two end", "World War Two ended in 1945"),
        ("in what year was the Battle of Hastings fought", "The Battle of Hastings was fought in 1066."),
        ("what's the chemical symbol for potassium", "The symbol of potassium is K."),
        ("which element has the symbol Fe", "Fe is the symbol of iron."),
        ("which element has the atomic number seventy nine", "The element with the atomic number 79 is gold."),
        ("at what temperature does iron melt", "Iron melts at 1538 degrees Celsius, or 2800 Fahrenheit."),
        ("how far is Jupiter from the sun", "Jupiter is about 778 million kilometres, or 484 million miles,"),
        ("how many legs do spiders have", "A spider has eight legs."),
        ("how many planets are there", "There are eight planets in the solar system."),
        ("what is a baby swan called", "A baby swan is called a cygnet."),
        ("what do you call a group of wolves", "A group of wolves is called a pack."),
        ("what do koalas eat", "Koalas eat the leaves of eucalyptus trees."),
        ("which organ makes insulin", "The pancreas makes insulin."),
        ("which planet is closest to the sun", "Mercury is the smallest planet, and the one closest to the sun."),
        ("who was the first man on the moon", "Neil Armstrong was the first person on the moon, in 1969."),
        ("could you tell me what the capital of Senegal is", "The capital of Senegal is Dakar."),
        ("do you know what currency Poland uses", "The currency of Poland is the Polish złoty."),
        ("do they use the euro in Sweden", "No, the currency of Sweden is the Swedish krona."),
        (
            "what did Charles Dickens write",
            "Charles Dickens wrote Oliver Twist, David Copperfield, Great Expectations and",
        ),
        ("who sings Bohemian Rhapsody", "Queen sang Bohemian Rhapsody."),
        ("when was the telephone invented", "The first patent for the telephone was Alexander Graham Bell's, in 1876."),
        ("how tall is Mount Everest", "Mount Everest is 8,849 metres, or 29,032 feet, high."),
        ("how long is a marathon", "A marathon is 42.195 kilometres, or 26.2 miles, long."),
        ("what's the name of the ocean between Africa and Australia", "The Indian Ocean lies between Africa and"),
        ("How do you say good morning in Spanish?", "In Spanish, good morning is buenos días."),
        ("translate thank you very much to German", "In German, thank you very much is vielen Dank."),
        ("what's the Italian word for cheese", "In Italian, cheese is formaggio."),
        ("can you tell me why the sky is blue?", "Air scatters the short, blue waves of sunlight"),
        ("what makes leaves change color in the fall", "In autumn trees take back the green chlorophyll"),
        ("why can't dogs eat chocolate", "Dogs break down the theobromine of chocolate very slowly"),
        ("what causes the northern lights", "Particles from the sun are led to the poles"),
        ("explain how vaccines work", "They show the body a harmless part"),
        ("how are rainbows formed", "Raindrops bend sunlight"),
        ("what's the difference between an alligator and a crocodile", "A crocodile has a narrow, pointed snout"),
        ("what's the difference between 4G and 5G", "5G is the newer mobile network"),
        ("difference between green and black tea", "Both are from the same plant."),
        ("how many calories are in a banana", "A medium banana has about 105 calories."),
        ("how is a hare different from a rabbit", "Hares are larger, with longer ears and legs"),
        ("is Mongolia in Asia", "Yes. Mongolia is in Asia."),
        ("does Canada border Mexico", "No. Canada borders the United States."),
        ("in what city is the Prado museum", "The Prado is in Madrid, Spain."),
        ("who was it that painted Guernica", "Pablo Picasso painted Guernica."),
        ("who is credited with inventing dynamite", "Dynamite was invented by Alfred Nobel"),
        ("how many protons does carbon have", "The atomic number of carbon is 6."),
        ("how long do elephants live", "Elephants live for about 60 to 70 years."),
        ("how fast can a cheetah run", "A cheetah can run at about 100 kilometres, or 62 miles, an hour."),
    ],
)
def test_a_fact_is_said_in_a_sentence_that_names_it(text: str, answer: str) -> None:
    assert (ENGLISH.looked_up(text) or "").startswith(answer)


@pytest.mark.parametrize(
    "text",
    [
        "who is the president of France",
        "what's the population of Kenya",
        "who is the richest person in the world",
        "what's the largest company now",
        "where is my phone",
        "where is the nearest hospital",
        "what's the capital of my company",
        "what is the capital of Atlantis",
        "who wrote this",
        "who is the song writer",
        "why is my kitchen light blue",
        "why is the sky green",
        "how does my thermostat work",
        "what's the difference between you and a crocodile",
        "why do cats purr at night only",
        "translate the cheese is on the table to French",
        "what is the best cheese in French cooking",
        "how many legs does my chair have",
        "how many lights are on in the kitchen",
        "which light is on",
        "when is the next train",
        "when did the dishwasher finish",
        "who discovered the body",
        "what color are my lights",
        "play the four seasons",
        "the capital",
        "do they use a different plug in Brazil",
        "how long is my timer",
        "how tall is my son",
        "when was the needle invented",  # the table has no year
        "",
    ],
)
def test_what_changes_is_private_or_unknown_is_not_looked_up(text: str) -> None:
    assert ENGLISH.looked_up(text) is None


def test_a_name_must_be_the_whole_name() -> None:
    assert ENGLISH.looked_up("what's the capital of France") is not None
    assert ENGLISH.looked_up("what's the capital of France in 1500") is None
    assert ENGLISH.looked_up("what's the capital of France and Spain") is None
    assert ENGLISH.looked_up("who wrote Hamlet and why") is None


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert ENGLISH.looked_up(text) != ""
    assert ENGLISH.looked_up(f"what is the capital of {text}") != ""


def test_a_long_text_is_no_question() -> None:
    assert ENGLISH.looked_up("who " + "is the " * 5000) is None
