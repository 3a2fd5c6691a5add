"""Plans for what a thing is set to besides on, off and numbers: its mode, a text, the way that a fan turns. Pure."""

from collections.abc import Mapping

from edge.events import SlotValue
from edge.home import Asks
from edge.home.model import Accepts, Entity, Feature, State, Words
from edge.home.planning import changes
from edge.home.planning.find import can
from edge.home.planning.plan import Planner
from edge.home.planning.planned import Plan
from edge.home.planning.targets import Targets
from edge.nlu import Language


class Modes:
    """Plans for one model."""

    def __init__(self, planner: Planner, targets: Targets, language: Language) -> None:
        """`planner` and `targets` of the same model."""
        self._planner = planner
        self._targets = targets
        self._says = language.home_replies

    def option(self, intent: str, slots: Mapping[str, SlotValue]) -> Plan | str | Asks:
        """EdgeSetOption: the mode, preset or `option` of a thing."""
        said = str(slots.get("option", ""))
        found = self._targets.of_command(intent, slots, "", lambda it: changes.option(it, said) is not None)
        lacks = not isinstance(found, Asks) and (isinstance(found, str) or changes.option(found[0], said) is None)
        if lacks and "name" in slots:
            of_device = self._targets.finder.of_device(str(slots["name"]))
            found = [it for it in of_device if changes.option(it, said) is not None] or found
        if isinstance(found, str | Asks):
            return found

        def change(entity: Entity) -> State | str:
            options = entity.named_options()
            unable = self._says.options(self._targets.name(entity), options) if options else self._planner.able(entity)
            return changes.option(entity, said) or unable

        return self._planner.plan(found, slots, change)

    def text(self, intent: str, slots: Mapping[str, SlotValue]) -> Plan | str | Asks:
        """EdgeSetText: the `message` that a thing is to show or keep."""
        found = self._targets.of_command(intent, slots, "", lambda it: isinstance(_text_of(it), Words))
        if isinstance(found, str | Asks):
            return found
        message = str(slots.get("message", "")).strip()

        def change(entity: Entity) -> State | str:
            accepted = _text_of(entity)
            if not isinstance(accepted, Words):
                return self._planner.able(entity)
            fits = accepted.minimum <= len(message) <= accepted.maximum
            return {Feature.VALUE: message} if fits else self._says.text_length(accepted.minimum, accepted.maximum)

        return self._planner.plan(found, slots, change)

    def direction(self, intent: str, slots: Mapping[str, SlotValue]) -> Plan | str | Asks:
        """EdgeDirection: a fan turns `direction` forward or reverse."""
        found = self._targets.of_command(intent, slots, "fan", can(Feature.DIRECTION))
        if isinstance(found, str | Asks):
            return found
        able: State = {Feature.DIRECTION: str(slots.get("direction", "reverse"))}

        def change(entity: Entity) -> State | str:
            unable = self._says.cannot(entity.domain, self._targets.name(entity), Feature.DIRECTION)
            return able if entity.can(Feature.DIRECTION) else unable

        return self._planner.plan(found, slots, change)

    def oscillate(self, intent: str, slots: Mapping[str, SlotValue]) -> Plan | str | Asks:
        """EdgeOscillate: a fan swings, or stops (`state` off)."""
        found = self._targets.of_command(intent, slots, "fan", can(Feature.OSCILLATION))
        if isinstance(found, str | Asks):
            return found
        on = slots.get("state") != "off"

        def change(entity: Entity) -> State | str:
            if entity.can(Feature.OSCILLATION):
                return {Feature.OSCILLATION: on}
            return self._says.cannot(entity.domain, self._targets.name(entity), Feature.OSCILLATION)

        return self._planner.plan(found, slots, change)


def _text_of(entity: Entity) -> Accepts | None:
    return entity.accepts.get(Feature.VALUE)
