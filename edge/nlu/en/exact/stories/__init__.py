"""Sums that are told: "we're four people and the bill is 86 fifty", "the recipe is for 4 and I need to feed 6". Pure.

What shops and restaurants ask: `facts.py` finds the numbers of a text, and what each is (a price, a price of one,
people, a discount, ...) from the words beside it, in any order; `roles.py` has these words. `question.py` says what is
asked of them, and `answers.py` how that is computed. A text is refused where a number is nothing known, or several
words are left over that no such text has.

`rates.py`, `recipes.py` and `shares.py` read what is in proportion, `quantities.py` what has units and is added or cut.
"""

from edge.events import Intent
from edge.nlu.en.exact.parts import NoSumError
from edge.nlu.en.exact.stories.answers import answer
from edge.nlu.en.exact.stories.facts import read_facts
from edge.nlu.en.exact.stories.quantities import quantities
from edge.nlu.en.exact.stories.question import asked_for
from edge.nlu.en.exact.stories.rates import rate
from edge.nlu.en.exact.stories.recipes import recipe
from edge.nlu.en.exact.stories.shares import share


def story(said: str) -> Intent | None:
    """An intent for a bare canonical text that tells numbers and asks for another one; None for others."""
    return share(said) or recipe(said) or quantities(said) or _bill(said) or rate(said)


def _bill(said: str) -> Intent | None:
    try:
        facts = read_facts(said)
        return None if facts is None else answer(facts, asked_for(facts))
    except NoSumError:
        return None
