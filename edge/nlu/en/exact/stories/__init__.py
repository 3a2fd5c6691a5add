"""Sums of shops and restaurants that are told: "we're four people and the bill is 86 fifty". Pure.

`facts.py` finds the numbers of a text and what each is (a price, a price of one, people, a discount, ...) from the
words beside it, in any order. `question.py` says what is asked of them, and `answers.py` how that is computed. A text
is refused where a number is nothing known, or a word is left over that no such text has.
"""

from edge.events import Intent
from edge.nlu.en.exact.parts import NoSumError
from edge.nlu.en.exact.stories.answers import answer
from edge.nlu.en.exact.stories.facts import read_facts
from edge.nlu.en.exact.stories.question import asked_for


def story(said: str) -> Intent | None:
    """EdgeCalculate for a bare canonical text that tells prices and asks for one; None for others."""
    try:
        facts = read_facts(said)
        return None if facts is None else answer(facts, asked_for(facts))
    except NoSumError:
        return None
