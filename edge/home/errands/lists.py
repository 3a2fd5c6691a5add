"""Shopping and to-do lists: the to-do entities of Home Assistant."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from edge.events import Intent, PendingQuestion
from edge.home import Asks
from edge.home.acting.send import Sender
from edge.home.model import Entity, ServiceCall
from edge.home.planning.planned import Errand, Slots
from edge.home.planning.targets import Targets
from edge.home.sources.home_assistant.payload import garbled, objects_of, text_of
from edge.nlu import Language

DOMAIN: Final = "todo"

_LISTED: Final = 8
"""Most items in one reply."""

_SHOPPING: Final = frozenset({"HassShoppingListAddItem", "HassShoppingListCompleteItem"})
"""Intents of Home Assistant that mean the shopping list without naming it."""


@dataclass(frozen=True, slots=True)
class _Item:
    """`key` is its id on the list, or its text."""

    text: str
    key: str
    done: bool


class Lists:
    """The lists of one model. An intent has `item`, and the `name` of a list, or in `list` the kind of one."""

    def __init__(self, targets: Targets, sender: Sender, language: Language) -> None:
        self._targets = targets
        self._sender = sender
        self._replies = language.replies
        self._says = language.home_replies
        self._names = language.names

    def add(self, intent: str, slots: Slots) -> Errand | str | Asks:
        """Put `item` on a list."""
        found = self._list_of(intent, slots)
        if not isinstance(found, Entity):
            return found
        item, name = str(slots.get("item", "")), self._targets.name(found)
        reply = self._says.list_item("added", item, name)

        async def run() -> str:
            await self._sender.call(_call(found, "add_item", {"item": item}))
            return reply

        return Errand(run, reply)

    def complete(self, intent: str, slots: Slots) -> Errand | str | Asks:
        """Tick `item` off."""
        return self._with_item(
            intent, slots, "done", lambda item: ("update_item", {"item": item.key, "status": "completed"})
        )

    def remove(self, intent: str, slots: Slots) -> Errand | str | Asks:
        """Take `item` from a list."""
        return self._with_item(intent, slots, "removed", lambda item: ("remove_item", {"item": [item.key]}))

    def items(self, intent: str, slots: Slots) -> Errand | str | Asks:
        """What is on a list and not done."""
        found = self._list_of(intent, slots)
        if not isinstance(found, Entity):
            return found
        name = self._targets.name(found)

        async def run() -> str:
            open_items = [item.text for item in await self._items_of(found) if not item.done]
            return self._says.list_items(name, open_items[:_LISTED], max(0, len(open_items) - _LISTED))

        return Errand(run)

    def _with_item(
        self,
        intent: str,
        slots: Slots,
        what: Literal["done", "removed"],
        service: Callable[[_Item], tuple[str, Mapping[str, Any]]],
    ) -> Errand | str | Asks:
        found = self._list_of(intent, slots)
        if not isinstance(found, Entity):
            return found
        said, name = str(slots.get("item", "")), self._targets.name(found)

        async def run() -> str:
            item = self._item(said, await self._items_of(found))
            if item is None:
                return self._says.list_item("missing", said, name)
            await self._sender.call(_call(found, *service(item)))
            return self._says.list_item(what, item.text, name)

        return Errand(run, self._says.list_item(what, said, name))

    def _item(self, said: str, items: Sequence[_Item]) -> _Item | None:
        """The item with this text, one that is not done first."""
        wanted = self._names.bare(said)
        alike = [item for item in items if self._names.bare(item.text) == wanted]
        return min(alike, key=lambda item: item.done, default=None)

    async def _items_of(self, entity: Entity) -> Sequence[_Item]:
        answer = await self._sender.call(_call(entity, "get_items", {}, answers=True))
        if not isinstance(answer.get("items"), list):
            raise garbled("the items of a list are missing")
        return [
            _Item(text, text_of(it.get("uid")) or text, text_of(it.get("status")) == "completed")
            for it in objects_of(answer.get("items"))
            if (text := text_of(it.get("summary")))
        ]

    def _list_of(self, intent: str, slots: Slots) -> Entity | str | Asks:
        """The list that is meant, or why there is none, or the question which one."""
        lists = [it for it in self._targets.finder.entities if it.domain == DOMAIN]
        if not lists:
            return self._replies.not_yet().get(intent) or self._replies.unsupported("lists") or ""
        if "name" in slots:
            wanted = self._names.bare(str(slots["name"]))
            named = [it for it in lists if wanted in {self._names.bare(name) for name in (it.name, *it.aliases)}]
            return self._one_of(named, intent, slots) if named else self._replies.unknown_name(str(slots["name"]))
        kind = str(slots.get("list", "shopping" if intent in _SHOPPING else ""))
        alike = [it for it in lists if self._names.list_kind(it.name) == kind] if kind else lists
        if alike:
            return self._one_of(alike, intent, slots)
        return self._says.no_list(kind)

    def _one_of(self, lists: Sequence[Entity], intent: str, slots: Slots) -> Entity | Asks:
        if len(lists) == 1:
            return lists[0]
        more = {slot: value for slot, value in slots.items() if slot != "list"}
        choices = tuple((it.name, Intent(intent, {**more, "name": it.name})) for it in lists)
        asked = self._replies.which([(it.name, it.area) for it in lists])
        return Asks(asked, PendingQuestion(Intent(intent, slots), choices))


def _call(entity: Entity, action: str, data: Mapping[str, Any], *, answers: bool = False) -> ServiceCall:
    return ServiceCall(DOMAIN, action, entity.service_id, data, answers)
