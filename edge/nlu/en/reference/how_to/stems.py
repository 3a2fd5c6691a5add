"""Words without the endings of their forms, so that "baking" and "baked" are one. Pure."""

import re
from collections.abc import Mapping
from typing import Final

_IRREGULAR: Final[Mapping[str, str]] = {
    "frozen": "freez", "froze": "freez", "burnt": "burn", "kept": "keep", "stuck": "stick", "stung": "sting",
    "bitten": "bite", "leaves": "leaf", "knives": "knife", "loaves": "loaf", "mice": "mouse", "feet": "foot",
    "teeth": "tooth", "fried": "fry", "dried": "dry", "tied": "tie", "ties": "tie", "tying": "tie", "dyed": "dye",
    "dyeing": "dye", "dying": "die", "dies": "die", "died": "die", "hung": "hang", "sewn": "sew", "broken": "break",
    "broke": "break", "spilt": "spill", "swollen": "swell", "woken": "wake", "written": "write", "adding": "add",
    "added": "add", "going": "go", "gone": "go", "doing": "do",
    "pies": "pie", "toes": "toe", "toe": "toe", "shoes": "shoe", "shoe": "shoe",
    "kids": "child", "kid": "child", "children": "child", "clothes": "clothes", "glasses": "glasses", "shed": "shed",
    "during": "during", "ceiling": "ceiling", "earring": "earring", "earrings": "earring", "sling": "sling",
}  # fmt: skip
_ES: Final = ("ches", "shes", "sses", "xes", "oes", "zzes")
_STAYS_DOUBLE: Final = frozenset("lszf")
"""Letters that are double in "fill", "press" and "stuff" themselves, not only in "filling"."""
_VOWELS: Final = frozenset("aeiouy")
_SHORT: Final = re.compile(r"(?:[^aeiouy]|qu)*[aeiouy][^aeiouywx]")
"""What "baking" and "taped" leave, which had an "e": "cutting" has doubled its last letter instead."""
_LEAST: Final = 3
"""Letters of a word that has no ending."""


def stem(word: str) -> str:
    """A folded word without its ending: "boiled" is "boil", "removing" and "remove" are "remov"."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = _singular(word)
    if word.endswith(("iest", "ier")):
        return f"{word[: word.rindex('ie')]}y"
    ending = next((it for it in ("ing", "ed") if word.endswith(it) and not word.endswith("eed")), "")
    base = word.removesuffix(ending)
    if ending and len(base) >= _LEAST and not _VOWELS.isdisjoint(base):
        if base[-1] == base[-2] and base[-1] not in _STAYS_DOUBLE:
            return base[:-1]
        return f"{base}e" if _SHORT.fullmatch(base) else base
    if len(word) > _LEAST and word.endswith("e") and not _SHORT.fullmatch(word[:-1]):
        return f"{word[:-2]}y" if word.endswith("ie") else word[:-1]
    return word


def _singular(word: str) -> str:
    if len(word) <= _LEAST or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(_ES) else word[:-1]
