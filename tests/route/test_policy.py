import re
from typing import Literal

import pytest

from edge.nlu import Question
from edge.route.policy import choose

EASY = Question("Why?", asks_for_cloud=False, hard=None)
HARD = Question("What is 17 times 23?", asks_for_cloud=False, hard="maths")
ASKED = Question("What is love?", asks_for_cloud=True, hard=None)
Escalate = Literal["never", "hard", "always"]


def test_a_hard_question_goes_to_the_cloud_and_says_why() -> None:
    assert choose(HARD, escalate="hard", cloud_ready=True, local_ready=True, small_model=False) == ("cloud", "maths")
    assert choose(HARD, escalate="always", cloud_ready=True, local_ready=True, small_model=False) == ("cloud", "maths")


def test_an_everyday_question_stays_on_the_board() -> None:
    assert choose(EASY, escalate="hard", cloud_ready=True, local_ready=True, small_model=False) == (
        "llm",
        "open-question",
    )


def test_the_cloud_is_asked_when_the_user_says_so() -> None:
    assert choose(ASKED, escalate="hard", cloud_ready=True, local_ready=True, small_model=False) == (
        "cloud",
        "asked-for-cloud",
    )


def test_asked_for_in_vain_the_board_answers_and_says_why() -> None:
    assert choose(ASKED, escalate="never", cloud_ready=True, local_ready=True, small_model=False) == (
        "llm",
        "cloud-not-allowed",
    )
    assert choose(ASKED, escalate="hard", cloud_ready=False, local_ready=True, small_model=False) == (
        "llm",
        "cloud-not-ready",
    )


def test_always_sends_every_question_away() -> None:
    assert choose(EASY, escalate="always", cloud_ready=True, local_ready=True, small_model=False) == ("cloud", "always")


def test_without_a_model_of_its_own_the_board_asks_the_cloud() -> None:
    assert choose(EASY, escalate="hard", cloud_ready=True, local_ready=False, small_model=False) == (
        "cloud",
        "no-local-model",
    )
    assert choose(EASY, escalate="never", cloud_ready=True, local_ready=False, small_model=False) == (
        "llm",
        "open-question",
    )


@pytest.mark.parametrize("question", [EASY, HARD, ASKED])
@pytest.mark.parametrize("escalate", ["never", "hard", "always"])
@pytest.mark.parametrize("cloud_ready", [True, False])
@pytest.mark.parametrize("local_ready", [True, False])
def test_nothing_leaves_the_board_where_that_is_not_allowed(
    question: Question, escalate: Escalate, *, cloud_ready: bool, local_ready: bool
) -> None:
    answerer, reason = choose(
        question, escalate=escalate, cloud_ready=cloud_ready, local_ready=local_ready, small_model=False
    )
    assert answerer == "llm" or (cloud_ready and escalate != "never")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", reason)
