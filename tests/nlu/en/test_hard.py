import pytest

from edge.nlu.en.hard import asks_for_thought, is_puzzle


@pytest.mark.parametrize(
    "text",
    [
        "please compare a bicycle and a bus pass for a student",
        "draw up a weekly rota for the youth club",
        "write a revision timetable for three subjects in june",
        "prove that every even square is divisible by 4",
        "help us arrange eight chairs in a small hall",
        "should we repaint or replace the fence, think it through",
    ],
)
def test_plans_proofs_and_comparisons_are_asked_for_by_their_form(text: str) -> None:
    assert asks_for_thought(text)


@pytest.mark.parametrize(
    "text",
    [
        "compare prices of garden hoses in town and online",
        "figure out how to open a coconut",
        "prove to me that you are not a person",
        "plan b, what does that mean",
        "explain step by step how to bleed a radiator",
        "what is a timetable",
    ],
)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    assert not asks_for_thought(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 sisters share a coat and each goes out alone, when can the last one leave", True),
        ("if all cats purr and tom does not purr is it true that he is no cat", True),
        ("i spilled coffee on the sofa this morning, how do i get it out again", False),
        ("i need to know how all the parts of an engine work and what they cost", False),
        ("2 cats fight, what now", False),
    ],
)
def test_a_puzzle_tells_of_quantities_before_it_asks(text: str, expected: bool) -> None:
    assert is_puzzle(text) is expected
