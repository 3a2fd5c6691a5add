"""Media players: which one a command is for, and what they play. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from edge.events import HERE, SlotValue
from edge.home import Asks
from edge.home.model import Entity, Feature
from edge.home.planning import changes
from edge.home.planning.find import Able, Place
from edge.home.planning.plan import Planner
from edge.home.planning.planned import Plan, Slots
from edge.home.planning.targets import LISTED, Targets
from edge.home.states import EntityState
from edge.nlu import Language

DOMAIN: Final = "media_player"

_IS: Final[Mapping[str, frozenset[str]]] = {
    "play": frozenset({"paused", "idle", "on", "standby", "off"}),
    "pause": frozenset({"playing", "buffering"}),
    "next": frozenset({"playing", "buffering", "paused"}),
    "previous": frozenset({"playing", "buffering", "paused"}),
}
"""The states in which a player is likely to be meant by a command without a name."""


class Players:
    """The media players of one model."""

    def __init__(
        self,
        targets: Targets,
        planner: Planner,
        state_of: Callable[[Entity], EntityState],
        language: Language,
        here: str,
    ) -> None:
        """`here` is the area of the speaker, or empty."""
        self._targets = targets
        self._planner = planner
        self._state_of = state_of
        self._replies = language.replies
        self._says = language.home_replies
        self._here = here

    def control(self, intent: str, slots: Slots, action: str) -> Plan | str | Asks:
        """HassMediaPause and so on: `action` is play, pause, next or previous."""
        found = self._meant(intent, slots, lambda it: changes.activity(it, action) is not None, _IS[action])
        if found is None or (isinstance(found, Entity) and not found.can(Feature.PLAYBACK)):
            return self._replies.not_yet()[intent]
        if not isinstance(found, Entity):
            return found
        return self._planner.activity(intent, _exactly(found), DOMAIN, action)

    def mute(self, intent: str, slots: Slots, *, on: bool) -> Plan | str | Asks:
        """Mute a player, or no longer."""
        found = self._meant(intent, slots, lambda it: it.can(Feature.MUTED), _IS["pause"])
        if not isinstance(found, Entity):
            return found or self._replies.fixed("own-volume-only")
        return self._planner.mute(found, on=on)

    def playing(self, slots: Slots) -> str | Asks:
        """EdgePlaying: what a player, those of a room, or all play."""
        found = self._candidates(slots)
        if isinstance(found, str | Asks):
            return found
        if not any(it.reports for it in found):
            return self._replies.not_yet()["HassMediaPause"]
        told = [
            self._says.plays(self._targets.name(it), self._text(it, Feature.TITLE), self._text(it, Feature.ARTIST))
            for it in found
            if self._text(it, Feature.PLAYBACK) in {"playing", "buffering"}
        ]
        if not told and not all(self._state_of(it).current for it in found):
            return self._replies.fixed("home-unreachable")
        return " ".join(told[:LISTED]) or self._says.nothing_plays()

    def is_elsewhere(self, slots: Slots) -> bool:
        """Whether a command for a volume is for players, not for this speaker itself."""
        if "name" in slots:
            return True
        place = Place.of(slots)
        away = bool(place.floor) or place.area.casefold() not in {"", self._here.casefold()}
        return away and bool(self._targets.finder.of_kind(DOMAIN, place))

    def _meant(self, intent: str, slots: Slots, able: Able, states: frozenset[str]) -> Entity | str | Asks | None:
        """The player that is meant; None if there is no player at all."""
        found = self._candidates(slots)
        if isinstance(found, str | Asks):
            return found
        if not found:
            return None
        if "name" not in slots:
            found = [it for it in found if able(it)] or found
            found = [it for it in found if self._text(it, Feature.PLAYBACK) in states] or found
            found = [it for it in found if it.area and it.area.casefold() == self._here.casefold()] or found
        return found[0] if len(found) == 1 else self._targets.which(intent, slots, found)

    def _candidates(self, slots: Slots) -> Sequence[Entity] | str | Asks:
        finder = self._targets.finder
        everywhere = finder.of_kind(DOMAIN, Place())
        if not everywhere:
            return []
        if "name" in slots:
            return self._targets.find("HassMediaPause", {"domain": DOMAIN, **slots}, lambda it: it.domain == DOMAIN)
        place = Place.of(slots)
        there = finder.of_kind(DOMAIN, place)
        # A sentence without a place has the speaker's room; if no player is in it, one elsewhere is meant.
        meant_here = place.area.casefold() in {"", self._here.casefold()} and not place.floor
        if there or not meant_here:
            return there or self._replies.none_of_kind(DOMAIN, str(slots.get("area", "")).replace(HERE, ""))
        return everywhere

    def _text(self, entity: Entity, feature: Feature) -> str:
        value = self._state_of(entity).values.get(feature)
        return value if isinstance(value, str) else ""


def _exactly(player: Entity) -> dict[str, SlotValue]:
    return {"name": player.name, **({"area": player.area} if player.area else {})}
