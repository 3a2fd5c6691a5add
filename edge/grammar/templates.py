"""hassil's sentence templates (https://github.com/OHF-Voice/hassil) compiled to a network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hassil import RangeSlotList, TextSlotList, WildcardSlotList
from hassil.expression import Alternative, Group, ListReference, Permutation, RuleReference, TextChunk

from edge.grammar.network import DEAD, Builder, Network, Sentences, Value, ValueList
from edge.grammar.surface import APOSTROPHE, number_forms, pieces

Context = Mapping[str, tuple[str, ...]]
"""The facts that a list's values must not contradict."""


@dataclass(frozen=True, slots=True)
class Source:
    """hassil `Intents` and the lists that fill them."""

    intents: Any
    lists: Mapping[str, Any]


def compile_network(sources: Iterable[Source], context: Mapping[str, str] | None = None) -> Network:
    """One network of all sources, the first preferred. `context` are facts known before anything is said ("area").

    Raises:
        KeyError: a template names a list or rule that there is not.
    """
    compiler = _Compiler(dict(context or {}))
    for layer, source in enumerate(sources):
        compiler.add(source, layer)
    return compiler.network()


class _Compiler:
    def __init__(self, context: dict[str, str]) -> None:
        self._builder = Builder()
        self._context = context
        self._lists: list[ValueList] = []
        self._list_numbers: dict[tuple[int, tuple[tuple[str, tuple[str, ...]], ...]], int] = {}
        self._kept: list[Any] = []
        self._values: list[Value] = []
        self._value_numbers: dict[object, int] = {}
        self._sentences: list[Sentences] = []
        self._starts: list[int] = []

    def network(self) -> Network:
        start = self._builder.union(self._starts)
        return Network(self._builder.nodes, start, self._lists, self._values, self._sentences)

    def add(self, source: Source, layer: int) -> None:
        for name, intent in source.intents.intents.items():
            for block in intent.data:
                self._add_block(source, layer, name, block)

    def _add_block(self, source: Source, layer: int, name: str, block: Any) -> None:
        requires = {key: _allowed(wanted) for key, wanted in block.requires_context.items()}
        lists = {**source.intents.slot_lists, **source.lists, **block.slot_lists}
        rules = {**source.intents.expansion_rules, **block.expansion_rules}
        slots = dict(block.slots)
        for key, wanted in block.requires_context.items():
            if isinstance(wanted, Mapping) and wanted.get("slot") and key in self._context:
                slots.setdefault(wanted["slot"] if isinstance(wanted["slot"], str) else key, self._context[key])
        template = _Template(self, lists, rules, requires)
        target = self._builder.end(len(self._sentences))
        starts = []
        for sentence in block.sentences:
            named = set(sentence.list_names(rules))
            if all(self._context.get(key) or any(_gives(lists.get(n), key) for n in named) for key in requires):
                starts.append(template.build(sentence.expression, target))
        self._sentences.append(Sentences(name, layer, slots, requires, block.response or ""))
        self._starts += starts

    @property
    def builder(self) -> Builder:
        return self._builder

    def list_number(self, values: Any, requires: Context) -> int:
        """The compiled list, made when it is first needed with these requirements; -1 for one without values."""
        limits = tuple(sorted(requires.items())) if isinstance(values, TextSlotList) else ()
        key = (id(values), limits)
        known = self._list_numbers.get(key)
        if known is None:
            self._kept.append(values)  # so that its id is not used again
            known = self._list_numbers[key] = self._make_list(values, requires)
        return known

    def _make_list(self, values: Any, requires: Context) -> int:
        if isinstance(values, WildcardSlotList):
            self._lists.append(ValueList(values.name or "", None))
            return len(self._lists) - 1
        nodes: list[int] = []
        if isinstance(values, RangeSlotList):
            for number in values.get_numbers():
                out = number if values.multiplier is None else number * values.multiplier
                target = self._builder.end(self._value(Value(out)))
                nodes += [self._builder.text(form, target) for form in number_forms(number)]
        else:
            for value in values.values:
                facts = {key: str(fact) for key, fact in (value.context or {}).items()}
                if any(facts[key] not in wanted for key, wanted in requires.items() if wanted and key in facts):
                    continue
                target = self._builder.end(self._value(Value(value.value_out, facts)))
                nodes.append(_Template(self, {}, {}, {}).build(value.text_in, target))
        start = self._builder.union(nodes)
        if start == DEAD:
            return -1
        self._lists.append(ValueList(values.name or "", start))
        return len(self._lists) - 1

    def _value(self, value: Value) -> int:
        key = (value.out, type(value.out), tuple(sorted(value.context.items())))
        known = self._value_numbers.get(key)
        if known is None:
            known = self._value_numbers[key] = len(self._values)
            self._values.append(value)
        return known


class _Template:
    """Builds expressions from the right: `target` is the node behind."""

    def __init__(
        self, compiler: _Compiler, lists: Mapping[str, Any], rules: Mapping[str, Any], requires: Context
    ) -> None:
        self._compiler = compiler
        self._builder = compiler.builder
        self._lists = lists
        self._rules = rules
        self._requires = requires
        self._built: dict[tuple[int, int], int] = {}

    def build(self, expression: Any, target: int) -> int:
        key = (id(expression), target)
        known = self._built.get(key)
        if known is None:
            known = self._built[key] = self._build(expression, target)
        return known

    def _build(self, expression: Any, target: int) -> int:
        if target == DEAD:
            return DEAD
        if isinstance(expression, TextChunk):
            return self._text(expression.text, target)
        if isinstance(expression, ListReference):
            return self._list(expression, target)
        if isinstance(expression, RuleReference):
            return self.build(self._rules[expression.rule_name].expression, target)
        return self._group(expression, target)

    def _group(self, group: Group, target: int) -> int:
        if isinstance(group, Alternative):
            return self._builder.union(self.build(item, target) for item in group.items)
        if isinstance(group, Permutation):
            return self._orders(tuple(group.items), target)
        for item in reversed(group.items):
            target = self.build(item, target)
        return target

    def _orders(self, items: Sequence[Any], target: int) -> int:
        if not items:
            return target
        rests = [(item, (*items[:number], *items[number + 1 :])) for number, item in enumerate(items)]
        return self._builder.union(self.build(item, self._orders(rest, target)) for item, rest in rests)

    def _text(self, text: str, target: int) -> int:
        for forms in reversed(tuple(pieces(text))):
            target = self._builder.union(self._spell(form, target) for form in forms)
        return target

    def _spell(self, form: str, target: int) -> int:
        for character in reversed(form):
            spelled = self._builder.text(character, target)
            target = self._builder.union((spelled, target)) if character == APOSTROPHE else spelled
        return target

    def _list(self, reference: Any, target: int) -> int:
        values = self._lists[reference.list_name]
        number = self._compiler.list_number(values, self._requires)
        return DEAD if number < 0 else self._builder.call(number, reference.slot_name, target)


def _allowed(wanted: Any) -> tuple[str, ...]:
    """The values that a condition accepts; none: whatever there is."""
    if isinstance(wanted, Mapping):
        wanted = wanted.get("value")
    if wanted is None:
        return ()
    return (str(wanted),) if isinstance(wanted, str | int | float) else tuple(str(value) for value in wanted)


def _gives(values: Any, key: str) -> bool:
    return isinstance(values, TextSlotList) and any(key in (value.context or {}) for value in values.values)
