"""Mistakes in the owner's sentences that no template language sees: they are well formed and do nothing, or harm.

A text is matched in its normal form (`Language.normalise`), so a word that the normal form writes otherwise is never
found. A response is spoken as it stands. A number out of range is refused by what takes it.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from hassil import RangeSlotList, TextSlotList
from hassil.expression import Alternative, ListReference, Permutation, Sequence, TextChunk

from edge.nlu import Language
from edge.nlu.slot_mistakes import NUMBERS, value_mistakes

_PLACEHOLDER = re.compile(r"\{[{%#]?\s*([^{}]*?)\s*[%#}]?\}|[{}]")
_TEXTS = 64
"""Of a template: enough to find one that does not begin or end with a word that is left out."""

_STAND_INS = ("foo", "10")
"""In place of a list or a rule: a word and a number that the normal form keeps."""


def content_mistakes(intents: Mapping[str, Any]) -> list[str]:
    """What is wrong with the responses and fixed slots of a file's section `intents`, whose shape is right."""
    return [
        f"intents.{name}.data[{number}]: {mistake}"
        for name, intent in intents.items()
        for number, block in enumerate(intent["data"], 1)
        for mistake in (*_response_mistakes(name, block), *value_mistakes(block.get("slots", {})))
    ]


def _response_mistakes(intent: str, block: Mapping[str, Any]) -> list[str]:
    if "response" not in block:
        return ["needs 'response:' with the text to say"] if intent == "HassRespond" else []
    response = block["response"]
    if not isinstance(response, str):
        return [f"response: {response!r} is not a text: put it in quotes"]
    if not response.strip():
        return ["response: is empty"]
    if intent == "HassRespond" and (found := _PLACEHOLDER.search(response)):
        return [f"response: is spoken as it stands, nothing fills {found[0]}"]
    return []


def wording_mistakes(intents: Any, language: Language) -> list[str]:
    """Words that can never match, and lists whose numbers are never taken, in hassil `Intents` of one file."""
    mistakes = [
        *_list_mistakes("", intents.slot_lists, language),
        *_rule_mistakes("", intents.expansion_rules, language),
    ]
    for name, intent in intents.intents.items():
        for number, block in enumerate(intent.data, 1):
            place = f"intents.{name}.data[{number}]: "
            mistakes += _list_mistakes(place, block.slot_lists, language)
            mistakes += _rule_mistakes(place, block.expansion_rules, language)
            lists = {**intents.slot_lists, **block.slot_lists}
            for sentence in block.sentences:
                shown = (sentence.text or "").strip()
                mistakes += [
                    f"{place}{shown!r} never matches{'' if text == shown else f' with {text!r}'}: {hint}"
                    for text, hint in _unmatched(sentence.expression, language)
                ]
                mistakes += [f"{place}{shown!r}: {text}" for text in _filler_mistakes(sentence.expression, language)]
                mistakes += [f"{place}{text}" for text in _range_mistakes(sentence.expression, lists)]
    return list(dict.fromkeys(mistakes))


def _filler_mistakes(expression: Any, language: Language) -> Iterator[str]:
    """Words like "please" and "could you" are taken off what is heard before it is matched."""
    for stand_in in _STAND_INS:
        for text in _texts(expression, stand_in):
            normal = language.normalise(text)
            if language.commands.strip_filler(normal) == normal:
                return
    yield "never matches: 'please', 'could you' and the like are left out of what is heard, so leave them out"


def _texts(expression: Any, stand_in: str) -> list[str]:
    """Some texts of the template, with `stand_in` for each list and rule."""
    if isinstance(expression, TextChunk):
        return [str(expression.original_text)]
    items = getattr(expression, "items", None)
    if items is None:
        return [stand_in]
    texts = [_texts(item, stand_in) for item in items]
    if isinstance(expression, Alternative):
        return [text for each in texts for text in each][:_TEXTS]
    between = " " if isinstance(expression, Permutation) else ""
    return [between.join(parts) for parts in itertools.islice(itertools.product(*texts), _TEXTS)]


def _rule_mistakes(place: str, rules: Mapping[str, Any], language: Language) -> list[str]:
    return [
        f"{place}the rule <{name}> never matches with {text!r}: {hint}"
        for name, rule in rules.items()
        for text, hint in _unmatched(rule.expression, language)
    ]


def _list_mistakes(place: str, lists: Mapping[str, Any], language: Language) -> list[str]:
    return [
        f"{place}lists.{name}: {text!r} never matches: {hint}"
        for name, listed in lists.items()
        if isinstance(listed, TextSlotList)
        for value in listed.values
        for text, hint in _unmatched(getattr(value.text_in, "expression", value.text_in), language)
    ]


def _unmatched(expression: Any, language: Language) -> Iterator[tuple[str, str]]:
    """The texts of a template that the normal form never has, each with what to write instead.

    A sign that may be left out ("[%]", "(%| percent)") harms nothing.
    """
    for chunks, can_miss in _runs(expression):
        text = " ".join("".join(chunk.original_text for chunk in chunks).split())
        normal = language.normalise(text)
        if _same(text, normal) or (can_miss and not any(char.isalnum() for char in text)):
            continue
        # A text of its own may be kept among others ("10:30"): only one that is changed there as well never matches.
        around = (_text(expression, chunks[0], stand_in) for stand_in in _STAND_INS)
        if any(text.casefold() in language.normalise(" ".join(one.split())) for one in around):
            continue
        yield text, f"write {normal!r}" if normal else "leave it out"


def _same(text: str, normal: str) -> bool:
    return text.casefold().replace("\u2019", "'") == normal.casefold()


def _runs(expression: Any, *, can_miss: bool = False) -> Iterator[tuple[list[TextChunk], bool]]:
    """The texts of a template between its lists, rules and brackets, and whether a sentence can be said without each.

    hassil has a chunk for each word.
    """
    items = [expression] if isinstance(expression, TextChunk) else getattr(expression, "items", ())
    if isinstance(expression, Sequence | TextChunk):
        for is_text, run in itertools.groupby(items, key=lambda item: isinstance(item, TextChunk)):
            chunks = list(run)
            if not is_text:
                for item in chunks:
                    yield from _runs(item, can_miss=can_miss)
            elif any(chunk.original_text.strip() for chunk in chunks):
                yield chunks, can_miss
        return
    can_miss = can_miss or (isinstance(expression, Alternative) and len(items) > 1)
    for item in items:
        yield from _runs(item, can_miss=can_miss)


def _text(expression: Any, wanted: TextChunk, stand_in: str) -> str:
    """One text of the template, with the wanted part in it and `stand_in` for each list and rule."""
    if isinstance(expression, TextChunk):
        return str(expression.original_text)
    items = getattr(expression, "items", None)
    if items is None:
        return stand_in
    if isinstance(expression, Alternative):
        chosen = next((item for item in items if any(chunks[0] is wanted for chunks, _ in _runs(item))), None)
        return "" if chosen is None and expression.is_optional else _text(chosen or items[0], wanted, stand_in)
    return "".join(_text(item, wanted, stand_in) for item in items)


def _range_mistakes(expression: Any, lists: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(expression, ListReference) and (limits := NUMBERS.get(expression.slot_name)):
        listed = lists.get(expression.list_name)
        inline = expression.get_inline_range()
        found = inline[:2] if inline else (listed.start, listed.stop) if isinstance(listed, RangeSlotList) else limits
        if found[0] < limits[0] or found[1] > limits[1]:
            yield (
                f"{{{expression.list_name}}}: {expression.slot_name} is between {limits[0]} and {limits[1]}, "
                f"not between {found[0]} and {found[1]}"
            )
    for item in getattr(expression, "items", ()):
        yield from _range_mistakes(item, lists)
