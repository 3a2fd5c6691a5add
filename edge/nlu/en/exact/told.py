"""Puts what is told into the question behind or before it: "i weigh 12 stone, what's that in kilos". Pure.

The question that results is read like one that was asked in one piece, so nothing of it is computed that could not be
asked directly.
"""

import re
from typing import Final

from edge.nlu.en.exact.conversions import read_quantity
from edge.nlu.en.exact.tokens import NUMBER

_OPENS: Final = r"(?:what|how|convert|change|turn|divide|multiply|add|double|halve|subtract|is|are|can|could|tell)"
_BEHIND: Final = re.compile(
    rf"(?P<told>.*\b(?:{NUMBER}|an?|half|quarter)\b.*?)(?: ,)?(?: (?:and|so|now|then|but|okay|ok))* (?P<asked>{_OPENS}"
    r"(?:'s)?\b.*)"
)
_BEFORE: Final = re.compile(r"(?P<asked>(?:what|how)(?:'s)?\b.*?)(?: ,)? (?:if|when|given|considering) (?P<told>.+)")
_AMOUNT: Final = re.compile(r"\d|\b(?:half|quarter)\b")
_IT: Final = r"(?:that|it|this|those|they|these|them)"
_REFERS: Final = re.compile(rf"\b{_IT}\b(?!'s| (?:costs?|weighs?) )")
_DO: Final = re.compile(
    r"how (?:many|much) (?P<unit>.+?) (?:did|do|does|have|am|is|are|would|will|should) (?:i|we|you|he|she|they|it|that)"
    r"(?: (?:have|got|run|ran|walk|walked|drive|driven|drove|weigh|swim|swum|cycle|cycled|need|use|get|take|make|be))*"
    r"(?: (?:there|to|that|it))*"
)
_MEASURED: Final = re.compile(
    r"how (?P<size>long|far|tall|heavy|hot|cold|fast|warm|old|much|big|deep|high|wide) (?:is|am|are|was|did|do|does)"
    r" (?:i|it|that|he|she|we|they|this|the \w+|my \w+)(?: \w+)? (?P<into>in|into) (?P<unit>.+)"
)
_LEAD_WORDS: Final = 8
"""So many words may stand before the operand: "my recipe from the book says"."""
_NEVER: Final = frozenset({"not", "no", "than", "or", "between", "from", "what", "which", "who", "if"})
_BEHIND_OPERAND: Final = frozenset(
    {"long", "tall", "away", "high", "wide", "deep", "heavy", "old", "now", "today", "outside", "here", "there"}
)


def folded(said: str) -> str | None:
    """The question of a bare canonical text with what was told before or behind it in its place; None for others."""
    if not _AMOUNT.search(said):
        return None
    for pattern in (_BEHIND, _BEFORE):
        match = pattern.fullmatch(said)
        if match is None:
            continue
        operand = _operand(match["told"])
        if operand is None:
            continue
        question = _with(match["asked"], operand)
        if question is not None:
            return question
    return None


def _with(asked: str, operand: str) -> str | None:
    if (found := _DO.fullmatch(asked)) is not None:
        return f"how many {found['unit']} is {operand}"
    if (found := _MEASURED.fullmatch(asked)) is not None:
        return f"{operand} in {found['unit']}"
    if len(list(_REFERS.finditer(asked))) == 1:
        return _REFERS.sub(operand, asked)
    return None


def _operand(told: str) -> str | None:
    """The one amount of a statement, without the words around it."""
    words = told.strip(" ,").removeprefix("if ").split()
    while words and words[-1] in _BEHIND_OPERAND:
        words.pop()
    for at in range(min(len(words), _LEAD_WORDS + 1)):
        if at and (words[at - 1] in _NEVER or words[at - 1][0].isdigit()):
            return None
        text = " ".join(words[at:])
        if read_quantity(text) is not None or re.fullmatch(NUMBER, text):
            return text
        counted = re.fullmatch(rf"({NUMBER}) [a-z]+", text)
        if counted is not None:
            return counted[1]
        if (stuff := re.fullmatch(r"(.+?) of [a-z]+", text)) is not None and read_quantity(stuff[1]) is not None:
            return stuff[1]
    return None
