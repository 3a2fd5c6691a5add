"""Compiles the parts of hassil templates to network nodes: texts, alternatives, permutations, rules, lists."""

from collections.abc import Callable, Mapping
from typing import Any

from hassil import RangeSlotList
from hassil.expression import Alternative, Group, ListReference, Permutation, RuleReference, TextChunk

from edge.grammar.conditions import Facts
from edge.grammar.network import DEAD, SPACE, Builder
from edge.grammar.surface import APOSTROPHE, Surface


class Same:
    """A key for an object by identity. It holds a reference to the object, so that its id is not reused."""

    __slots__ = ("_it",)

    def __init__(self, it: Any) -> None:
        self._it = it

    def __hash__(self) -> int:
        return id(self._it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._it is other._it


class Template:
    """Builds expressions from right to left: `target` is the node that follows.

    `requires` and `excludes` are the conditions of the sentence block, which limit its lists. `skipped` is the number
    of the list of words that may appear anywhere, -1 for none.
    """

    def __init__(
        self,
        builder: Builder,
        surface: Surface,
        list_number: "Callable[[Template, str, Any], int]",
        lists: Mapping[str, Any],
        rules: Mapping[str, Any],
        requires: Facts,
        excludes: Facts,
        skipped: int = -1,
    ) -> None:
        self.requires = requires
        self.excludes = excludes
        self._builder = builder
        self._surface = surface
        self._list_number = list_number
        self._inline: dict[tuple[int, int, int], Any] = {}
        self._skipped = skipped
        self._lists = lists
        self._rules = rules
        self._built: dict[tuple[int, int], tuple[int, Any]] = {}  # holds the expression: its id is not reused

    def build(self, expression: Any, target: int) -> int:
        """The node from which the texts of `expression` lead to `target`; `DEAD` if it has no texts."""
        key = (id(expression), target)  # 100,000 look-ups: a `Same` for each would take a fifth of the time
        known = self._built.get(key)
        if known is None:
            known = self._built[key] = self._build(expression, target), expression
        return known[0]

    def _build(self, expression: Any, target: int) -> int:
        if target == DEAD:
            return DEAD
        match expression:
            case TextChunk():
                node = self._text(expression.text, target)
            case ListReference():
                node = self._list(expression, target)
            case RuleReference():
                node = self.build(self._rules[expression.rule_name].expression, target)
            case Alternative():
                node = self._builder.union([self.build(item, target) for item in expression.items])
            case Permutation():
                node = self._orders(tuple(expression.items), target, {})
            case _:
                node = self._sequence(expression, target)
        return node

    def _sequence(self, group: Group, target: int) -> int:
        for item in reversed(group.items):
            target = self.build(item, target)
        return target

    def _orders(self, items: tuple[Any, ...], target: int, known: dict[tuple[Same, ...], int]) -> int:
        """The items in every order. Each set of remaining items is built once, whatever the order of those before."""
        if not items:
            return target
        key = tuple(map(Same, items))
        if key not in known:
            rests = [(item, (*items[:number], *items[number + 1 :])) for number, item in enumerate(items)]
            known[key] = self._builder.union(
                [self.build(item, self._orders(rest, target, known)) for item, rest in rests]
            )
        return known[key]

    def _text(self, text: str, target: int) -> int:
        for forms in reversed(tuple(self._surface.pieces(text))):
            target = self._builder.union([self._spell(form, target) for form in forms])
        return target

    def _spell(self, form: str, target: int) -> int:
        for character in reversed(form):
            spelled = self._builder.text(character, target)
            if character == APOSTROPHE:
                target = self._builder.union((spelled, target))
            else:
                target = self.may_skip_behind(spelled, target) if character == SPACE else spelled
        return target

    def may_skip_before(self, start: int) -> int:
        """`start`, optionally after skipped words."""
        if self._skipped < 0:
            return start
        return self._builder.union((start, self._builder.call(self._skipped, "", self._builder.text(SPACE, start))))

    def may_skip_behind(self, node: int, target: int | None = None) -> int:
        """`node`, optionally after skipped words. Pass `target` if `node` is a space that leads to `target`."""
        if self._skipped < 0:
            return node
        behind = node if target is None else self._builder.text(SPACE, target)
        skipped = self._builder.text(SPACE, self._builder.call(self._skipped, "", behind))
        return self._builder.union((node, skipped))

    def _list(self, reference: Any, target: int) -> int:
        values = self._lists.get(reference.list_name)
        if values is None and (limits := reference.get_inline_range()) is not None:  # "{0..100:slot}"
            values = self._inline.setdefault(limits, RangeSlotList(None, *limits))
        if values is None:
            raise KeyError(f"there is no list {{{reference.list_name}}}")
        number = self._list_number(self, reference.list_name, values)
        slot = "" if reference.is_capture else reference.slot_name
        return DEAD if number < 0 else self._builder.call(number, slot, target)
