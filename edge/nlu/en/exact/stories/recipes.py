"""Recipes for other numbers of people, told in any order: "I need to feed 6 and the recipe is for 4". Pure.

A text has the number that a recipe is for, the number that is wanted, and one amount; or one amount, and that it is
doubled or halved.
"""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import calculate
from edge.nlu.en.exact.operands import operands
from edge.nlu.en.exact.quantity_sums import times
from edge.nlu.en.exact.tokens import NUMBER

_PEOPLE: Final = r"(?:people|persons?|guests|friends|of us|adults|kids|servings?|portions?)"
_N: Final = rf"(?P<n>{NUMBER})(?: {_PEOPLE})?"
_WANTED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:need|want|have|got|like|going|trying) to (?:feed|serve|make|cook|bake|do)(?: it| this)?(?: for)? {_N}",
        rf"(?:i'm|i am|we're|we are) (?:feeding|serving|making|baking|cooking for|making it for|having|expecting) {_N}",
        rf"(?:there are|there's|there will be|we're|we are|i have|i've got) {_N}(?! (?:grams|cups|eggs))",
        rf"{_N} (?:are coming|coming|eating)",
        rf"(?:how much|how many|what)\b.*? (?:for|to serve|to feed|to make|if there are|with) {_N}(?: instead)?",
        rf"(?:scale|change|adjust|adapt) (?:it |this |that )?(?:up |down )?(?:from \S+ )?(?:to|for) {_N}",
        rf"(?:need|want|make|making|do|doing) (?:it|this|that|them) for {_N}",
        rf"(?:only|just) (?:need|want|have) {_N}(?! (?:grams|cups|eggs))",
        rf"for {_N} instead",
        rf"to {_N}",
    )
)
_MADE_FOR: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:recipe|it|which|that|this|and|but)(?: (?:is|was|says|it's))* (?:for|serves|feeds|makes|yields) {_N}",
        rf"(?:serves|serving|feeds|makes|enough for) {_N}",
        rf"(?:instead of|from) {_N}",
        rf"(?:recipe|needs|flour|sugar|rice) for {_N}",
        rf"for {_N}",
    )
)
_RECIPE: Final = re.compile(r"\b(?:recipe|batch|serves|serving|feeds?|cook\w*|bak(?:e|es|ing)|dish|ingredients?)\b")
_MULTIPLIED: Final = (
    ("2", "twice", re.compile(r"\b(?:doubl(?:e|es|ing)|twice|two times|2 times)\b")),
    ("3", "three times", re.compile(r"\b(?:tripl(?:e|es|ing)|treble|3 times)\b")),
    ("1/2", "half of", re.compile(r"\bhalv(?:e|es|ing)\b|\b(?:make|making|do|doing|want|only|just) half\b"
                                  r"|\bhalf (?:the|a|of the|of it|my) ?(?:recipe|batch)?$|\bhalf the recipe\b")),
)  # fmt: skip
_COUNTED: Final = re.compile(rf"(?<!\S)(?P<amount>{NUMBER}) (?P<thing>eggs?|onions?|carrots?|potatoes|tomatoes|apples?|"
                             r"bananas?|lemons?|cloves|tins|cans|slices)(?!\S)")  # fmt: skip
_OTHER_QUESTION: Final = re.compile(r"\b(?:minutes?|hours?|degrees?|calories|long|cost|price|add)\b")


def recipe(said: str) -> Intent | None:
    """EdgeCalculate for a bare canonical text about a recipe and what it needs; None for others."""
    if _RECIPE.search(said) is None or _OTHER_QUESTION.search(said) is not None:
        return None
    wanted = next((it for pattern in _WANTED if (it := pattern.search(said)) is not None), None)
    if wanted is not None:
        rest = f"{said[: wanted.start('n')]}|{said[wanted.end() :]}"
        made_for = next((it for pattern in _MADE_FOR if (it := pattern.search(rest)) is not None), None)
        if made_for is None:
            return None
        rest = f"{rest[: made_for.start('n')]}|{rest[made_for.end() :]}"
        many, few = wanted["n"], made_for["n"]
        return _scaled(rest, f"({many}) / ({few})", f"times {many} divided by {few}")
    for factor, name, pattern in _MULTIPLIED:
        if (found := pattern.search(said)) is not None:
            return _scaled(f"{said[: found.start()]}|{said[found.end() :]}", f"({factor})", name, before=True)
    return None


def _scaled(rest: str, factor: str, words: str, *, before: bool = False) -> Intent | None:
    """The one amount that is left in a text, times a factor."""
    counted = list(_COUNTED.finditer(rest))
    pieces = [it for it in operands(rest.replace("|", " | ")) if it.kind in {"amount", "number"}]
    if len(pieces) != 1:
        return None
    said = f"{words} {{}}" if before else f"{{}} {words}"
    if len(counted) == 1:
        amount, thing = counted[0]["amount"], counted[0]["thing"]
        return calculate(f"{amount} * {factor}", said.format(f"{amount} {thing}").replace("_", " "), unit=thing)
    return times(pieces[0].said, f"* {factor}", said) if pieces[0].kind == "amount" else None
