"""What was not understood and only guessed is offered: a yes carries it out as if it had been said. Pure."""

from collections.abc import Callable, Sequence

from edge.events import Intent, PendingQuestion
from edge.home import Asks
from edge.home.model import Range
from edge.home.planning.planned import Plan, Planned
from edge.home.planning.targets import LISTED, Targets
from edge.nlu import Language
from edge.nlu.delayed import unpacked
from edge.nlu.suggestions import OTHERWISE, SUGGESTED, SUGGESTION

_NOTHING = Intent("EdgeUnsupported", {"what": "unclear"})


def meant(
    intent: Intent, plan: Callable[[Intent], Planned | None], targets: Targets, language: Language
) -> Intent | Asks:
    """The offer of the first guess that can be carried out; without one, the refusal.

    Every other intent is returned as it is. `plan` returns None for an intent that is not about things.
    """
    if intent.name != SUGGESTION:
        return intent
    guesses = unpacked(str(intent.slots.get(SUGGESTED, "")))
    for guess in () if guesses is None else (Intent(guesses.name, guesses.slots), *guesses.then):
        planned = plan(guess)
        if isinstance(planned, Plan):
            return Asks(_offered(planned, targets, language), PendingQuestion(guess, confirmation=True))
    return unpacked(str(intent.slots.get(OTHERWISE, ""))) or _NOTHING


def _offered(plan: Plan, targets: Targets, language: Language) -> str:
    first = plan.steps[0]
    names: Sequence[str] = [targets.name(step.entity) for step in plan.steps[:LISTED]]
    accepted = next((first.entity.accepts.get(feature) for feature in first.change), None)
    return language.home_replies.offer(
        first.entity.domain,
        names,
        len(plan.steps) - len(names),
        {str(feature): value for feature, value in first.change.items()},
        accepted.unit if isinstance(accepted, Range) else "",
        alike=all(step.change == first.change for step in plan.steps),
    )
