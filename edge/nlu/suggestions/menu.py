"""The commands that a model may choose from, as a tool. Pure.

A model chooses; it never writes a command. What it sends back is checked against the menu, and what is left of it is a
guess like every other one: asked about, planned, and guarded like what was said.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, TypeGuard

from edge.events import AS_SPELLED, Intent, SlotValue
from edge.nlu.home_names import HomeNames, NamedEntity
from edge.nlu.suggestions.commands import amount, command
from edge.nlu.suggestions.targets import NOT_COMMANDED, Target

Action = Literal["turn_on", "turn_off", "open", "close", "lock", "unlock", "start", "increase", "decrease", "set"]
"""What a model may want done."""

NOTHING: Final = "nothing"
"""The action of a model that finds no command that fits."""

_OPENS: Final = frozenset({"cover", "valve"})
_TURNS: Final[Mapping[Action, Literal["on", "off", "up", "down"]]] = {
    "turn_on": "on",
    "turn_off": "off",
    "open": "on",
    "close": "off",
    "lock": "on",
    "unlock": "off",
    "start": "on",
    "increase": "up",
    "decrease": "down",
}
_ONLY_FOR: Final[Mapping[Action, frozenset[str]]] = {
    "open": _OPENS,
    "close": _OPENS,
    "lock": frozenset({"lock"}),
    "unlock": frozenset({"lock"}),
}
_MAX_CHARS: Final = 1000
_MAX_AMOUNT: Final = 1000


class Menu:
    """Commands to some of the things of a home, and to all things of a kind in a room."""

    def __init__(self, things: Mapping[str, Target]) -> None:
        """`things` by what the model calls them."""
        self._things = things

    @property
    def things(self) -> Sequence[str]:
        """What the model calls the things."""
        return tuple(self._things)

    def only(self, keep: Callable[[str], bool]) -> "Menu":
        """The menu without the things whose names must not be kept."""
        return Menu({name: target for name, target in self._things.items() if keep(name)})

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The JSON Schema of a choice."""
        return {
            "type": "object",
            "properties": {
                "action": {"type": "string", "enum": [*_TURNS, "set", NOTHING]},
                "thing": {"type": "string", "enum": list(self._things)},
                "value": {"type": "number"},
            },
            "required": ["action", "thing"],
            "additionalProperties": False,
        }

    def intent(self, chosen: str) -> Intent | None:
        """The command of a choice, as JSON; None for whatever is not on the menu."""
        try:
            choice = json.loads(chosen) if len(chosen) <= _MAX_CHARS else None
        except (ValueError, RecursionError):
            return None
        if not isinstance(choice, dict):
            return None
        action, thing, value = choice.get("action"), choice.get("thing"), choice.get("value")
        target = self._things.get(thing) if isinstance(thing, str) else None
        if target is None:
            return None
        if action == "set":
            return amount(target, value) if _is_amount(value) else None
        return next((_turned(target, it) for it in _TURNS if it == action), None)


def menu_of(names: HomeNames, named: Sequence[Target], most: int) -> Menu:
    """At most `most` things: those that the text may name, those of the speaker's room, then the others.

    Their order does not depend on the text as long as the home is small, so that a model on the board has read them.
    """
    own = [Target(_slots(it), it.domain, frozenset(), 1.0) for it in names.entities if it.domain not in NOT_COMMANDED]
    rooms = {it.name: it.area for it in names.entities}
    here = [it for it in own if names.here and rooms.get(str(it.slots["name"])) == names.here]
    kept: dict[str, Target] = {}
    for target in (*named, *here, *own):
        if target.domain and len(kept) < most:
            kept.setdefault(_called(target, rooms), target)
    order = [_called(target, rooms) for target in (*here, *own, *named)]
    return Menu({name: kept[name] for name in dict.fromkeys(order) if name in kept})


def _is_amount(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _MAX_AMOUNT


def _turned(target: Target, action: Action) -> Intent | None:
    if target.domain not in _ONLY_FOR.get(action, {target.domain}):
        return None
    return command(_TURNS[action], target)


def _slots(entity: NamedEntity) -> Mapping[str, SlotValue]:
    return {"name": entity.name, AS_SPELLED: 1}


def _called(target: Target, rooms: Mapping[str, str]) -> str:
    """The name of a thing with its kind and room, as far as the name does not say them; "light: Hall" for a kind."""
    name = target.slots.get("name")
    if name is None:
        return f"every {target.domain}: {target.slots.get('area') or target.slots.get('floor') or ''}".rstrip(": ")
    room = rooms.get(str(name), "")
    said = str(name).casefold()
    more = [it for it in (target.domain, room) if it and it.casefold() not in said]
    return f"{name} ({', '.join(more)})" if more else str(name)
