"""How everyday things are done: the entries of the book, and which questions they answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.en.reference.how_to import book as book_module
from edge.nlu.en.reference.how_to import how_to
from edge.nlu.en.reference.how_to.book import entries, lines, read_book
from edge.nlu.en.reference.how_to.frames import Ask, tasks
from edge.nlu.en.reference.how_to.stems import stem
from edge.nlu.en.reference.how_to.words import words
from edge.nlu.en.reference.wording import MAX_CHARS
from tests.fakes.language import ENGLISH


def spoken(text: str) -> str:
    return how_to(text) or ""


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("how do I hard-boil an egg", "For hard-boiled eggs, boil them for ten to twelve minutes"),
        ("How long should I boil soft boiled eggs for?", "For soft-boiled eggs, put them in boiling water"),
        ("um, can you tell me how to poach an egg please", "Bring water with a splash of vinegar"),
        ("what's the best way to cook rice", "Rinse the rice, and bring one part of rice with two parts of water"),
        ("how much water do I need for a cup of rice", "Use two cups of water for one cup of white rice"),
        ("at what temperature do I roast a chicken", "Rub a whole chicken with oil and salt"),
        ("how do I know if an egg is bad", "Put the egg in a bowl of water"),
        ("what can I use instead of buttermilk", "Stir a tablespoon of lemon juice or vinegar"),
        ("can you freeze milk", "Yes. Leave room in the bottle"),
        ("what do I need to make pancakes", "Mix a cup of flour, a cup of milk, an egg"),
        ("a recipe for banana bread", "Mash three ripe bananas"),
        ("defrosting a turkey", "Thaw a turkey in the fridge on a tray"),
        ("how do you get a red wine stain out of my white shirt", "Blot it at once with a clean cloth"),
        ("I spilled red wine on the tablecloth", "Blot it at once with a clean cloth"),
        ("there's gum in my hair, how do I get it out", "Rub peanut butter, oil or conditioner"),
        ("how do I keep an avocado from turning brown", "Leave the stone in, brush the cut side"),
        ("my sink is clogged, what do I do", "Pull out hair and debris"),
        ("any tips for cleaning an oven", "Spread a paste of baking soda and water in the cold oven"),
        ("how do I clean windows without streaks", "Wash the glass with water and a drop of dish soap"),
        ("what helps against hiccups", "Hold your breath for ten to twenty seconds"),
        ("what should I do if I get a nosebleed", "Sit up, lean forward, and pinch the soft part"),
        ("how often should I water a cactus", "Water it thoroughly when the soil is quite dry"),
        ("when should I prune roses", "In early spring, cut out dead and thin shoots"),
        ("could you explain how to boil an egg", "Put the eggs in boiling water"),
        ("can you walk me through changing a flat tire", "Park on firm level ground"),
        ("my toilet is clogged", "Pour hot, not boiling, water"),
        ("there's a red wine stain on my carpet", "Blot it at once with a clean cloth"),
        ("how do I make bananas last longer", "Hang bananas at room temperature"),
        ("how do I stop the bleeding from a small cut", "Press a clean cloth on it"),
        ("how do I tie a tie", "Hang the tie with the wide end longer"),
        ("how do I take a screenshot on a Mac", "Press Command, Shift and 3"),
    ],
)
def test_an_everyday_task_is_told(text: str, answer: str) -> None:
    assert spoken(text).startswith(answer)
    assert ENGLISH.looked_up(text, None) == spoken(text)


@pytest.mark.parametrize(
    "text",
    [
        "how do I boil an egg without water",
        "how do I boil an ostrich egg",
        "how do I remove a wine stain from marble",
        "how did they boil eggs in Rome",
        "set a timer to boil eggs",
        "boil an egg",
        "how do I clean it",
        "how do I tie the game",
        "how do I iron out a disagreement",
        "how do I jump start a career",
        "how do I get rid of my boss",
        "how do I unblock a number on my phone",
        "how do I make pancakes without eggs",
        "how do I not burn the rice",
        "how long do turkeys live",
        "who invented the boiled egg",
        "why do I get hiccups",
        "I would like to have a cup of coffee",
        "I want to play poker with you",
        "I made pancakes",
        "my sister is a plumber",
        "tell me about cleaning",
        "",
    ],
)
def test_another_task_is_not(text: str) -> None:
    assert how_to(text) is None


def test_different_questions_about_one_task_have_different_answers() -> None:
    texts = ("how do I cook rice", "how long does rice cook", "how much rice per person", "can I freeze cooked rice")
    assert len({spoken(text) for text in texts} - {""}) == len(texts)


def test_the_entry_that_names_more_of_a_task_answers() -> None:
    assert spoken("how do I make an omelette") != spoken("how do I make a cheese omelette")
    assert spoken("how do I make toast") != spoken("how do I make toast without a toaster")


def test_every_line_can_be_spoken_and_asked_for() -> None:
    wrong = [line for line in lines() if not is_spoken(line.split("\t")[2]) or not is_asked(line)]
    assert wrong == []


def is_spoken(answer: str) -> bool:
    """One to three sentences, without marks that are no words."""
    plain = not any(mark in answer for mark in ("  ", "..", "°", "%", "&", "(", "/"))
    return plain and answer[0].isupper() and answer.endswith(".") and len(answer) <= 330 and answer.count(". ") <= 2


def is_asked(line: str) -> bool:
    asks = line.split("\t", maxsplit=1)[0].split("|")
    read = entries(line, {})
    return set(asks) <= set(Ask) and all(it.needed and all(it.needed) and all(it.optional) for it in read)


def test_each_word_of_a_pattern_is_one_that_a_question_keeps() -> None:
    names = {
        one
        for line in lines()
        for part in line.split("\t")[1].replace(";", " ").split()
        for name in part.strip("[]").split("|")
        for one in book_module._GROUPS.get(name, name).split("|")
    }
    assert {name for name in names if len(words(name.replace("_", " "))) != 1} == set()


def test_no_task_has_two_answers() -> None:
    """What a pattern needs is answered by its own line, unless one with more needed words takes it."""
    book = read_book()
    for line in lines():
        for entry in entries(line, {}):
            task = frozenset(min(choice) for choice in entry.needed)
            assert book.answer(entry.ask, task) is not None


def test_forms_of_a_word_are_one() -> None:
    for forms in ("bake baking baked", "cut cutting cuts", "fry fries fried frying", "remove removing removed",
                  "potato potatoes", "tie ties tying tied", "freeze freezing frozen", "peel peeled", "whip whipped",
                  "squeeze squeezing", "brownie brownies", "press pressing pressed", "measure measuring"):  # fmt: skip
        assert len({stem(word) for word in forms.split()}) == 1, forms
    for others in ("kite kit", "plane plan", "tape tap", "wine win", "note not", "rate rat", "toe to", "bleed blee"):
        assert len({stem(word) for word in others.split()}) == 2, others


def test_words_are_one_spelling() -> None:
    assert words("defrosting the chicken") == words("thaw a chicken")
    assert words("get the stain out of my sofa") == words("removing stains from the couch")
    assert words("keep bread from molding") == words("preventing mould on bread")
    assert words("make toast without a toaster") == {"make", "toast", "without toaster"}


@given(st.text(max_size=MAX_CHARS))
def test_any_text_is_read(text: str) -> None:
    assert how_to(text) != ""
    assert how_to(f"how do i {text}") != ""
    assert all(ask in Ask for ask, _ in tasks(f"what should i do if {text}"))
