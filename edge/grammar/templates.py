"""Compiles hassil's sentence templates (https://github.com/OHF-Voice/hassil) to a network."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hassil import RangeSlotList, TextSlotList, WildcardSlotList
from hassil.expression import TextChunk

from edge.grammar.conditions import fixed_slots, gives_fact, kept_values, values_by_fact, wanted_facts
from edge.grammar.expressions import Same, Template
from edge.grammar.network import DEAD, Builder, Kind, Network, Sentences, Value, ValueList
from edge.grammar.packed import PackedNodes
from edge.grammar.surface import APOSTROPHE, Surface


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list whose values are spelled by `expression`, with its own lists and rules, which fill no slots.

    The function called `reader` finds the slots in the text.
    """

    expression: Any
    reader: str
    lists: Mapping[str, Any]
    rules: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlainList:
    """A list of canonical texts without variants; each text is its own value."""

    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class CommandList:
    """A list of the grammar's own sentences with an intent that `accepts` returns True for."""

    accepts: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Source:
    """hassil `Intents`. `lists` (hassil's or the types above) and `rules` override those of the intents."""

    intents: Any
    lists: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Around:
    """Phrases that may precede or follow any sentence without changing its meaning, as hassil expressions."""

    before: Any
    after: Any


def compile_network(
    sources: Iterable[Source],
    surface: Surface,
    context: Mapping[str, str] | None = None,
    around: Around | None = None,
) -> Network:
    """One network of all sources, the first preferred. `context` holds facts known in advance ("area").

    Sentences that begin with free text are skipped, because any text would be the beginning of one.

    Raises:
        KeyError: a template refers to a missing list or rule.
        ValueError: a rule contains itself.
    """
    compiler = _Compiler(surface, dict(context or {}), around)
    try:
        for layer, source in enumerate(sources):
            compiler.add(source, layer)
        return compiler.network()
    except RecursionError as error:
        raise ValueError("a rule contains itself") from error


class _Compiler:
    def __init__(self, surface: Surface, context: dict[str, str], around: Around | None) -> None:
        self.builder = Builder()
        self._surface = surface
        self._context = context
        self._lists: list[ValueList] = []
        self._list_numbers: dict[object, int] = {}
        self._ranges: dict[object, int] = {}
        self._values: list[Value] = []
        self._value_numbers: dict[object, int] = {}
        self._sentences: list[Sentences] = []
        self._starts: list[tuple[str, int]] = []
        self._later: list[tuple[str, Template, Any, int]] = []
        plain = Template(self.builder, self._surface, self.list_number, {}, {}, {}, {})
        self._before = self._made_list(plain, "before", around.before) if around else -1
        self._after = self._made_list(plain, "after", around.after) if around else -1

    def network(self) -> Network:
        starts = [start for _, start in self._starts]
        starts += [template.build(sentence.expression, target) for _, template, sentence, target in self._later]
        self._later.clear()  # templates refer to this compiler: it would keep 40 MB until the collector comes
        bare = start = self._begun(starts)
        if self._before >= 0:
            for _ in range(3):  # "okay so could you"
                start = self.builder.union((bare, self.builder.call(self._before, "", self.builder.text(" ", start))))
        return Network(PackedNodes(self.builder.nodes), start, bare, self._lists, self._values, self._sentences)

    def _begun(self, starts: Iterable[int]) -> int:
        free = {number for number, values in enumerate(self._lists) if values.kind == "free"}
        return self.builder.without_calls(self.builder.union(starts), free)

    def add(self, source: Source, layer: int) -> None:
        for name, intent in source.intents.intents.items():
            for block in intent.data:
                self._add_block(source, layer, name, block)

    def _add_block(self, source: Source, layer: int, name: str, block: Any) -> None:
        requires, excludes = wanted_facts(block.requires_context), wanted_facts(block.excludes_context)
        if any(wanted and self._context.get(key, wanted[0]) not in wanted for key, wanted in requires.items()):
            return
        if any(self._context.get(key) in wanted for key, wanted in excludes.items()):
            return
        lists = {**source.intents.slot_lists, **source.lists, **block.slot_lists}
        rules = {**source.intents.expansion_rules, **source.rules, **block.expansion_rules}
        skipped = self._skipped(source.intents.skip_words)
        template = Template(self.builder, self._surface, self.list_number, lists, rules, requires, excludes, skipped)
        target = template.may_skip_behind(self._end(len(self._sentences)))
        slots, copies = fixed_slots(block)
        self._sentences.append(Sentences(name, layer, slots, requires, excludes, copies, block.response or ""))
        for sentence in block.sentences:
            named = [lists.get(list_name) for list_name in set(sentence.list_names(rules))]
            if not all(key in self._context or gives_fact(named, key) for key in requires):
                continue
            if any(isinstance(values, CommandList) for values in named):
                self._later.append((name, template, sentence, target))
            else:
                start = template.build(sentence.expression, target)
                self._starts.append((name, template.may_skip_before(start)))

    def _skipped(self, words: Sequence[str]) -> int:
        """The list of words that may appear anywhere and are ignored; -1 for none."""
        spelled = tuple(filter(None, (" ".join(self._surface.canonical(word).split()) for word in words)))
        if not spelled:
            return -1
        if spelled not in self._list_numbers:
            end = self.builder.end(self._value(Value(None)))
            again = self.builder.tree((f" {word}", end) for word in spelled)
            several = self.builder.union((end, again))
            start = self.builder.tree((word, several) for word in spelled)
            self._list_numbers[spelled] = self._append("skipped", "values", start)
        return self._list_numbers[spelled]

    def _end(self, number: int) -> int:
        end = target = self.builder.end(number)
        if self._after >= 0:
            for _ in range(2):  # "for me please"
                more = self.builder.text(" ", self.builder.call(self._after, "", target))
                target = self.builder.union((end, more))
        return target

    def list_number(self, template: Template, name: str, values: Any) -> int:
        """The compiled list, created when it is first used with these conditions; -1 if it has no values."""
        conditions: object = ()
        if isinstance(values, TextSlotList):
            conditions = (tuple(sorted(template.requires.items())), tuple(sorted(template.excludes.items())))
        elif isinstance(values, CommandList):
            conditions = len(self._starts)
        key = (Same(values), conditions)
        known = self._list_numbers.get(key)
        if known is None:
            known = self._list_numbers[key] = self._make_list(template, name, values)
        return known

    def _make_list(self, template: Template, name: str, values: Any) -> int:
        match values:
            case WildcardSlotList():
                return self._append(name, "free", None)
            case RangeSlotList():
                factor = 1 if values.multiplier is None else _plain(values.multiplier)
                end = self.builder.end(self._value(Value(factor)))
                return self._append(name, "number", self._range(values, end))
            case PlainList():
                end = self.builder.end(self._value(Value(None)))
                return self._append(name, "values", self.builder.tree((text, end) for text in values.texts))
            case ReadList():
                end = self.builder.end(self._value(Value(None)))
                inside = Template(self.builder, self._surface, self.list_number, values.lists, values.rules, {}, {})
                return self._append(name, "read", inside.build(values.expression, end), values.reader)
            case CommandList():
                commands = [start for intent, start in self._starts if values.accepts(intent)]
                return self._append(name, "command", self._begun(commands))
        groups = values_by_fact(kept_values(values.values, template.requires, template.excludes))
        return self._append(name, "values", self.builder.union([self._group(template, group) for group in groups]))

    def _range(self, values: RangeSlotList, end: int) -> int:
        key = (values.start, values.stop, values.step, values.fraction_type, end)
        if key not in self._ranges:
            self._ranges[key] = self._surface.number_network(self.builder, values.get_numbers(), end)
        return self._ranges[key]

    def _group(self, template: Template, group: Sequence[Any]) -> int:
        """The node of values with the same facts, created once for all lists that contain them."""
        key = tuple(map(Same, group))
        known = self._list_numbers.get(key)
        if known is None:
            names: list[tuple[str, int]] = []
            nodes: list[int] = []
            for value in group:
                facts = {fact: str(wanted) for fact, wanted in (value.context or {}).items()}
                target = self.builder.end(self._value(Value(_plain(value.value_out), facts)))
                if isinstance(value.text_in, TextChunk):
                    forms = self._surface.name_forms(value.text_in.text)
                    names += [(form, target) for form in (*forms, *(form.replace(APOSTROPHE, "") for form in forms))]
                else:
                    nodes.append(template.build(value.text_in, target))
            known = self._list_numbers[key] = self.builder.union([*nodes, self.builder.tree(dict.fromkeys(names))])
        return known

    def _made_list(self, template: Template, name: str, expression: Any) -> int:
        end = self.builder.end(self._value(Value(None)))
        return self._append(name, "values", template.build(expression, end))

    def _append(self, name: str, kind: Kind, start: int | None, reader: str = "") -> int:
        if start == DEAD:
            return -1
        self._lists.append(ValueList(name, kind, start or DEAD, reader))
        return len(self._lists) - 1

    def _value(self, value: Value) -> int:
        key = (value.out, type(value.out), tuple(sorted(value.context.items())))
        known = self._value_numbers.get(key)
        if known is None:
            known = self._value_numbers[key] = len(self._values)
            self._values.append(value)
        return known


def _plain(value: Any) -> Any:
    """A value as used in slots: whole floats as int, other numbers and None unchanged, everything else as text."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, int | float) else str(value).strip()
