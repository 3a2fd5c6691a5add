"""Sentence files in hassil's format: ours, the owner's, and others. A bad file does not affect the rest."""

import difflib
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from hassil import Intents, RangeSlotList, WildcardSlotList
from hassil.errors import HassilError
from hassil.expression import ListReference, Permutation, RuleReference
from hassil.parser import ParseError

from edge.errors import SettingsError
from edge.grammar import Grammar
from edge.grammar.network import DEAD
from edge.grammar.templates import Source, compile_network
from edge.nlu import Language
from edge.nlu.hassil_loading import digits_only, parsed, read_yaml
from edge.nlu.sentence_mistakes import content_mistakes, wording_mistakes
from edge.nlu.sentence_yaml import read_sentence_yaml
from edge.nlu.slot_mistakes import unknown_slot_mistakes

MAX_BYTES = 256 * 1024
SHIPPED = ("commands.yaml", "home.yaml", "services.yaml")
"""Our own files in the folder of a language."""
_SUFFIXES = {".yaml", ".yml"}
_BUILT_IN_LISTS = frozenset({"name", "area", "floor", "option"})
_MAX_PARTS = 20_000
"""The limit for one sentence with its rules expanded. Home Assistant's longest has 300."""
_MAX_ORDERED = 8
_MAX_NUMBERS = 20_000
_NOT_UNDERSTOOD = (
    HassilError,
    ParseError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    RecursionError,
)
"""The exceptions that hassil raises for an invalid template."""


@functools.cache
def shipped_sentences(language: Language) -> Any:
    """Our own sentences as hassil `Intents`, read once. Do not modify them."""
    files = [read_yaml(language.commands.folder.joinpath(name)) for name in SHIPPED]
    return parsed(Intents.from_dict(digits_only(_together(files))))


def _together(files: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """One file with the sentences, lists and rules of several."""
    whole: dict[str, Any] = {"intents": {}, "lists": {}, "expansion_rules": {}}
    for file in files:
        whole["language"] = file["language"]
        for intent, content in file["intents"].items():
            whole["intents"].setdefault(intent, {"data": []})["data"].extend(content["data"])
        whole["lists"] |= file.get("lists", {})
        whole["expansion_rules"] |= file.get("expansion_rules", {})
    return whole


def own_sentences(
    paths: Iterable[Path], language: Language, *, known_intents: frozenset[str], base: Any
) -> tuple[list[Any], list[SettingsError]]:
    """The owner's files as hassil `Intents`, one each, and one error for each file with mistakes.

    A file that cannot be read as sentences is left out ("sentences-invalid"). One in which some sentences have no
    effect is used, and has an error, too ("sentences-without-effect").
    A folder stands for its *.yaml and *.yml files in the order of their names. Sentences may use the lists and rules
    of `base` besides their own, and must name intents of `known_intents`.
    """
    good: list[Any] = []
    bad: list[SettingsError] = []
    for path in paths:
        try:
            files = _files(path)
        except SettingsError as error:
            bad.append(error)
            continue
        for file in files:
            try:
                intents = _load(file, language, known_intents, base)
            except SettingsError as error:
                bad.append(error)
                continue
            good.append(intents.intents)
            if intents.mistakes:
                bad.append(_refused(file, intents.mistakes, code="sentences-without-effect"))
    return good, bad


def speech_grammar(file: Path, language: Language) -> Grammar:
    """The grammar of a single file, for a recogniser. It may use any intents, but only its own lists and rules.

    Raises:
        SettingsError: `sentences-invalid`, with all mistakes of the file.
    """
    try:
        intents = _load(file, language, None, None).intents
        try:
            network = compile_network([Source(intents, {})], language.surface)
        except _NOT_UNDERSTOOD as error:
            raise _refused(file, [f"invalid list or rule: {_one_line(error)}"]) from error
        if network.start == DEAD:
            raise _refused(file, ["no sentence in it can be spoken"])
    except SettingsError as error:
        hint = "see docs/speech-to-intent.md for the format"
        raise SettingsError(error.code, error.message, hint, mistakes=error.mistakes) from error
    return Grammar(network, language.surface)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    try:
        found = sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES)
    except OSError as error:
        raise _refused(path, [f"{error.strerror}"]) from error
    if not found:
        raise _refused(path, ["the folder contains no .yaml file"])
    return found


@dataclass(frozen=True, slots=True)
class _File:
    intents: Any
    mistakes: list[str]
    """Of sentences that have no effect, or a wrong one; the others can be used."""


def _load(file: Path, language: Language, known_intents: frozenset[str] | None, base: Any) -> _File:
    """The file's `Intents`. Without `known_intents` any intent will do, without `base` it stands alone."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise _refused(file, [f"larger than {MAX_BYTES // 1024} kB"])
        content = read_sentence_yaml(raw.decode("utf-8"))
    except OSError as error:
        raise _refused(file, [str(error.strerror)]) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise _refused(file, [f"not YAML: {_one_line(error)}"]) from error
    mistakes = _shape_mistakes(content, language.code, known_intents)
    if mistakes:
        raise _refused(file, mistakes)
    try:
        intents = Intents.from_dict(digits_only({"language": language.code, **content}))
    except _NOT_UNDERSTOOD as error:
        raise _refused(file, [f"invalid list or rule: {_one_line(error)}"]) from error
    mistakes = _template_mistakes(intents, base)
    if not mistakes and known_intents is not None:
        mistakes = unknown_slot_mistakes(intents, base)
    if mistakes:
        raise _refused(file, mistakes)
    if known_intents is not None:
        mistakes = content_mistakes(content["intents"]) + wording_mistakes(intents, language)
    return _File(intents, mistakes)


def _shape_mistakes(content: Any, code: str, known_intents: frozenset[str] | None) -> list[str]:
    if not isinstance(content, dict) or not isinstance(content.get("intents"), dict) or not content["intents"]:
        return ["needs 'intents:' with at least one intent"]
    mistakes: list[str] = []
    if known_intents is not None and content.get("language", code) != code:
        mistakes.append(f"language: {content['language']!r} is not {code!r}")
    mistakes += [
        f"{section}: must be a table of names"
        for section in ("lists", "expansion_rules")
        if not isinstance(content.get(section, {}), dict)
    ]
    if isinstance(lists := content.get("lists", {}), dict):
        mistakes += [f"lists.{name}: {mistake}" for name, values in lists.items() for mistake in _list_mistakes(values)]
    for name, intent in content["intents"].items():
        if not isinstance(name, str):
            mistakes.append(f"intents: {name!r} is not a text: put it in quotes")
        elif known_intents is not None and name not in known_intents:
            near = difflib.get_close_matches(name, known_intents, 1)
            hint = f", did you mean {near[0]}?" if near else ""
            mistakes.append(f"intents: unknown intent {name!r}{hint}")
        blocks = intent.get("data") if isinstance(intent, dict) else None
        if not isinstance(blocks, list) or not blocks:
            mistakes.append(f"intents.{name}: needs 'data:' with a list of blocks")
            continue
        for number, block in enumerate(blocks, 1):
            mistakes += [f"intents.{name}.data[{number}]: {mistake}" for mistake in _block_mistakes(block)]
    return mistakes


def _list_mistakes(listed: Any) -> list[str]:
    values = listed.get("values", []) if isinstance(listed, dict) else None
    if not isinstance(values, list):
        return ["needs 'values:' with a list, 'range:' or 'wildcard: true'"]
    if "range" in listed and not _is_range(listed["range"]):
        return ["range: needs 'from:' and 'to:' with numbers"]
    said = [value.get("in") if isinstance(value, dict) else value for value in values]
    return [f"{text!r} is not a text: put it in quotes" for text in said if not isinstance(text, str)]


def _is_range(found: Any) -> bool:
    ends = [found.get(end) for end in ("from", "to")] if isinstance(found, dict) else [None]
    return all(isinstance(end, int | float) and not isinstance(end, bool) for end in ends)


def _block_mistakes(block: Any) -> list[str]:
    texts = block.get("sentences") if isinstance(block, dict) else None
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        return ["needs 'sentences:' with a list of texts"]
    mistakes = [
        f"{key}: must be a table"
        for key in ("slots", "requires_context", "lists", "expansion_rules", "metadata")
        if not isinstance(block.get(key, {}), dict)
    ]
    slots = block.get("slots", {})
    if isinstance(slots, Mapping):
        mistakes += [
            f"slots.{slot}: must be a text (in quotes) or a number"
            for slot, value in slots.items()
            if not isinstance(value, str | int | float) or isinstance(value, bool)
        ]
    return mistakes


def _template_mistakes(intents: Any, base: Any) -> list[str]:
    mistakes: list[str] = _range_mistakes(intents.slot_lists)
    given = {} if base is None else {**dict.fromkeys(_BUILT_IN_LISTS), **base.slot_lists}
    given_rules = {} if base is None else base.expansion_rules
    for name, intent in intents.intents.items():
        for number, block in enumerate(intent.data, 1):
            place = f"intents.{name}.data[{number}]"
            rules = {**given_rules, **intents.expansion_rules, **block.expansion_rules}
            lists = {**given, **intents.slot_lists, **block.slot_lists}
            mistakes += [f"{place}: {text}" for text in _range_mistakes(block.slot_lists)]
            try:
                sentences = block.sentences
            except _NOT_UNDERSTOOD as error:
                mistakes.append(f"{place}: invalid sentence: {_one_line(error)}")
                continue
            for sentence in sentences:
                mistakes += [f"{place}: {text}" for text in _reference_mistakes(sentence, rules, lists)]
    return mistakes


def _range_mistakes(lists: Mapping[str, Any]) -> list[str]:
    return [
        f"lists.{name}: more than {_MAX_NUMBERS} numbers"
        for name, values in lists.items()
        if isinstance(values, RangeSlotList) and (values.stop - values.start) / values.step > _MAX_NUMBERS
    ]


def _reference_mistakes(sentence: Any, rules: Mapping[str, Any], lists: Mapping[str, Any]) -> list[str]:
    mistakes: list[str] = []
    waiting: list[tuple[Any, tuple[str, ...]]] = [(sentence.expression, ())]
    parts = 0
    while waiting:
        expression, inside = waiting.pop()
        parts += 1
        if parts > _MAX_PARTS:
            return [f"a sentence has more than {_MAX_PARTS} parts, including its rules"]
        if isinstance(expression, ListReference):
            mistakes += _list_reference_mistakes(expression, lists)
        elif isinstance(expression, RuleReference):
            if expression.rule_name in inside:
                mistakes.append(f"the rule <{expression.rule_name}> contains itself")
            elif expression.rule_name in rules:
                waiting.append((rules[expression.rule_name].expression, (*inside, expression.rule_name)))
            else:
                mistakes.append(f"there is no rule <{expression.rule_name}>")
        else:
            items = getattr(expression, "items", ())
            if isinstance(expression, Permutation) and len(items) > _MAX_ORDERED:
                mistakes.append(f"more than {_MAX_ORDERED} parts in any order")
            waiting += [(item, inside) for item in items]
    only = sentence.expression
    items = getattr(only, "items", [only])
    alone = items[0].list_name if len(items) == 1 and isinstance(items[0], ListReference) else ""
    if isinstance(lists.get(alone), WildcardSlotList):
        mistakes.append(f"{{{alone}}} alone would match everything")
    return sorted(set(mistakes))


def _list_reference_mistakes(reference: Any, lists: Mapping[str, Any]) -> list[str]:
    try:
        inline = reference.get_inline_range()
        if inline is not None:
            return _range_mistakes({reference.list_name: RangeSlotList(None, *inline)})
    except AssertionError as error:
        return [f"{{{reference.list_name}}}: {error}"]
    return [] if reference.list_name in lists else [f"there is no list {{{reference.list_name}}}"]


def _refused(path: Path, mistakes: list[str], *, code: str = "sentences-invalid") -> SettingsError:
    shown = tuple(f"{path}: {mistake}" for mistake in mistakes)
    return SettingsError(
        code,
        f"{path}: {'; '.join(mistakes[:5])}" + (f" (and {len(mistakes) - 5} more)" if len(mistakes) > 5 else ""),  # noqa: PLR2004 - enough for a line
        "see docs/commands.md for the format; the other sentences still work",
        mistakes=shown,
    )


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
