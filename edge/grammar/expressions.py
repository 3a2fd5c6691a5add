"""The parts of hassil's templates as nodes of a network: texts, alternatives, permutations, rules, lists."""

from collections.abc import Callable, Mapping
from typing import Any

from hassil import RangeSlotList
from hassil.expression import Alternative, Group, ListReference, Permutation, RuleReference, TextChunk

from edge.grammar.conditions import Facts
from edge.grammar.network import DEAD, SPACE, Builder
from edge.grammar.surface import APOSTROPHE, Surface


class Same:
    """A key for one object, by identity. It keeps the object, so that its id is not used again."""

    __slots__ = ("_it",)

    def __init__(self, it: Any) -> None:
        self._it = it

    def __hash__(self) -> int:
        return id(self._it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._it is other._it


class Template:
    """Builds expressions from the right: `target` is the node behind.

    `requires` and `excludes` are the conditions of the block of sentences, which limit its lists; `skipped` is the
    number of the list of words that may stand anywhere, -1 for none.
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
        self._built: dict[tuple[int, int], tuple[int, Any]] = {}  # keeps the expression: its id is not used again

    def build(self, expression: Any, target: int) -> int:
        """The node from which what `expression` spells leads to `target`; `DEAD` where it can spell nothing."""
        key = (id(expression), target)  # a hundred thousand look-ups: a `Same` for each would cost a fifth of the time
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
        """Every order of the items. What remains of them is built once, in whatever order the others came."""
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
        """`start`, or words that are skipped and then `start`."""
        if self._skipped < 0:
            return start
        return self._builder.union((start, self._builder.call(self._skipped, "", self._builder.text(SPACE, start))))

    def may_skip_behind(self, node: int, target: int | None = None) -> int:
        """`node`, or words that are skipped and then `target`: what `node` leads to by a space, else itself."""
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
