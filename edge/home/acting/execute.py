"""Carries plans out: sends their commands, waits for the states that confirm them, and says what happened."""

import asyncio
from collections.abc import Sequence
from typing import Final

import structlog

from edge.errors import HomeError
from edge.home.acting.send import Sender
from edge.home.model import Entity, Feature, State
from edge.home.planning import changes
from edge.home.planning.planned import Plan, Step
from edge.home.planning.targets import LISTED, Targets
from edge.home.states import EntityState, HomeStates
from edge.nlu.home_replies import Doubt, HomeReplies
from edge.nlu.replies import Replies

_log = structlog.get_logger("home")

CONFIRM_S: Final = 2.0
"""How long a thing may take to report a change. Zigbee and Z-Wave take 0.05 to 1 s."""

_GRADUAL: Final = frozenset({Feature.BRIGHTNESS, Feature.COLOUR, Feature.COLOUR_TEMPERATURE, Feature.MOVEMENT,
                             Feature.POSITION, Feature.TILT, Feature.ACTIVITY})  # fmt: skip
"""Features that move towards the wanted value: the first change confirms that the command arrived."""

_SILENT: Final = frozenset({"locate", "next", "previous", "spot", "stop"})
"""Commands that no state confirms."""


class Executor:
    """Carries out the plans of one home."""

    def __init__(self, sender: Sender, states: HomeStates, replies: Replies, says: HomeReplies) -> None:
        self._sender = sender
        self._states = states
        self._replies = replies
        self._says = says

    async def carry_out(self, plan: Plan, targets: Targets) -> str:
        """Send everything, wait for the confirmations, and return the reply.

        Raises `HomeError` if nothing could be sent.
        """
        outcomes = await asyncio.gather(*(self._step(step) for step in plan.steps))
        failed = [outcome for outcome in outcomes if isinstance(outcome, HomeError)]
        if len(failed) == len(plan.steps):
            raise failed[0]
        if failed:
            _log.warning("action-partly-failed", failed=len(failed), of=len(outcomes), error=str(failed[0]))
        done = [step for step, outcome in zip(plan.steps, outcomes, strict=True) if outcome is True]
        unconfirmed = [step.entity for step, outcome in zip(plan.steps, outcomes, strict=True) if outcome is False]
        unreachable = [
            step.entity for step, outcome in zip(plan.steps, outcomes, strict=True) if isinstance(outcome, HomeError)
        ]
        said = [plan.reply] if len(done) == len(plan.steps) else self._done(done, len(plan.steps))
        doubts: list[tuple[Doubt, Sequence[Entity]]] = [
            ("unconfirmed", unconfirmed),
            ("unreachable", unreachable),
            ("offline", plan.offline),
        ]
        doubted = [self._doubt(doubt, entities, targets) for doubt, entities in doubts if entities]
        return " ".join(filter(None, [*said, *doubted, plan.refused]))

    def _done(self, done: Sequence[Step], of: int) -> list[str]:
        """The sentences of the steps that worked; of many only how many."""
        if len(done) <= LISTED:
            return [step.done for step in done]
        return [self._replies.did_for(len(done), of)]

    def _doubt(self, doubt: Doubt, entities: Sequence[Entity], targets: Targets) -> str:
        names = [targets.name(entity) for entity in entities[:LISTED]]
        return self._says.doubt(doubt, names, max(0, len(entities) - LISTED))

    async def _step(self, step: Step) -> bool | HomeError:
        """True: it worked, as far as that can be known; False: nothing confirmed it; an error: it was not sent."""
        before = self._states.of(step.entity)
        try:
            for command in step.commands:
                await self._sender.send(command)
        except HomeError as error:
            return error
        return await self._is_confirmed(step, before)

    async def _is_confirmed(self, step: Step, before: EntityState) -> bool:
        wanted = [
            feature for feature, value in step.change.items() if feature is not Feature.PRESS and value not in _SILENT
        ]
        if step.entity.optimistic or not step.entity.reports or not wanted:
            return before.available is True or not step.entity.availability.topics

        def now() -> State:
            return self._states.of(step.entity).heard

        def confirmed(wanted: Sequence[Feature]) -> bool:
            return all(_arrived(feature, step.change[feature], before.heard, now()) for feature in wanted)

        if await self._states.until(step.entity, lambda: confirmed(wanted), CONFIRM_S):
            return True
        reported = [feature for feature in wanted if feature in now()]
        answered = self._states.of(step.entity) is not before
        return answered and bool(reported) and confirmed(reported)  # some lights report that they are on, but no colour


def _arrived(feature: Feature, value: object, before: State, now: State) -> bool:
    if changes.confirms(feature, value, now):  # type: ignore[arg-type]  # the value of a change
        return True
    related = (Feature.MOVEMENT, Feature.POSITION, Feature.TILT) if feature in _GRADUAL else (feature,)
    if feature in {Feature.MOVEMENT, Feature.POSITION, Feature.TILT}:
        return any(before.get(it) != now.get(it) for it in related)
    return feature in _GRADUAL and before.get(feature) != now.get(feature)
