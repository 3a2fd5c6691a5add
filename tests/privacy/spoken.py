"""Turns sentences with private values into what a recogniser of speech would write: words for digits and signs."""

import random
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

_DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SIGNS: Final = {"@": "at", ".": "dot", "-": "dash", "_": "underscore", "/": "slash", ":": "colon", "+": "plus"}
_DOUBLE: Final = 2
_SAID_AS_ADDRESSES: Final = frozenset({"EMAIL_ADDRESS", "DOMAIN_NAME", "IP_ADDRESS"})
_SPELLED: Final = frozenset({"IBAN_CODE", "US_DRIVER_LICENSE", "US_SSN", "CREDIT_CARD", "PHONE_NUMBER", "ZIP_CODE"})
_WORDS: Final = re.compile(r"[^\W\d_]+|\d|[@.\-_/:+]")


def spoken(text: str, spans: Sequence[Mapping[str, Any]], chance: random.Random) -> tuple[str, list[tuple[str, str]]]:
    """The spoken form of a text, and the kind and the spoken form of each of its values."""
    said: list[str] = []
    values: list[tuple[str, str]] = []
    end = 0
    for span in sorted(spans, key=lambda it: it["start"]):
        if span["start"] < end:
            continue
        said.append(_plain(text[end : span["start"]], chance))
        value = _value(span["kind"], span["value"], chance)
        said.append(value)
        values.append((span["kind"], value))
        end = span["end"]
    said.append(_plain(text[end:], chance))
    return " ".join(filter(None, said)), values


def _value(kind: str, value: str, chance: random.Random) -> str:
    if kind in _SAID_AS_ADDRESSES:
        return _with_signs(value, chance)
    if kind in _SPELLED:
        apart = " ".join(char for char in value.lower() if char.isalnum())
        return _digits(apart, chance)
    return _plain(value, chance)


def _with_signs(value: str, chance: random.Random) -> str:
    words = [_SIGNS.get(it, it.lower()) for it in _WORDS.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", value))]
    return _digits(" ".join(words), chance)


def _plain(text: str, chance: random.Random) -> str:
    lower = re.sub(r"[^\w\s']", " ", text.lower())
    return _digits(" ".join(re.sub(r"(\d)", r" \1 ", lower).split()), chance)


def _digits(text: str, chance: random.Random) -> str:
    """Digits as words: "double" where two are the same, "oh" for some zeros."""
    words = text.split()
    said, at = [], 0
    while at < len(words):
        word = words[at]
        if not word.isdecimal() or len(word) > 1:
            said.append(word)
        else:
            name = "oh" if word == "0" and chance.random() < 0.5 else _DIGITS[int(word)]
            if words[at : at + _DOUBLE] == [word] * _DOUBLE and chance.random() < 0.5:
                said.append("double")
                at += 1
            said.append(name)
        at += 1
    return " ".join(said)
