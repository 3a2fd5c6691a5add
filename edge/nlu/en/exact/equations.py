"""Equations with one unknown: "2x plus 3 equals 11", "what do I add to 8 to get 15". Pure.

A text is one where the words around the equation only say which letter is wanted, and where both of its sides are sums
that `sums.py` reads, one of them with the unknown.
"""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import Frame, calculate, first_of, frame, part
from edge.nlu.en.exact.parts import NoSumError, Part, in_brackets
from edge.nlu.en.exact.sums import read_sum
from edge.nlu.en.exact.tokens import NUMBER

_LETTER: Final = r"[xyzn]"
_SOME_NUMBER: Final = r"(?:what|which|a|some|a certain|an unknown|the) number|something|what"
_UNKNOWN: Final = re.compile(rf"\b(?:{_SOME_NUMBER}|{_LETTER})\b")
_IS: Final = re.compile(
    r" (?:equals?(?: to)?|is equal to|is the same as|is|are|makes?|gives?|comes? to|will be|to get) "
)
_BEFORE: Final = re.compile(
    rf"^(?:(?:what|how much|whats)(?:'s| is| was| does| must| would| will)* |find |solve )?"
    rf"(?:for |the value of )*{_LETTER}(?: equal| be)?(?: (?:if|when|in|where|given|so that|such that)\b| ,)*"
    r"(?: the equation)? (?=\S+ )"
    r"|^(?:(?:if|when|given|for|this|the|equation|suppose|say) )+"
)
"""What may stand before an equation: "what is x if", "for x", "the equation"."""
_ASKS_AGAIN: Final = (
    rf"(?: ,)?(?: (?:and|so|then|now))*(?: (?:what|how much)(?:'s| is| does| would| must| will)?| find| solve)"
    rf"(?: for)?(?: the value of)? (?:{_LETTER}|it|that|the number|my number)(?: equal| be)?"
)
_BEHIND: Final = re.compile(rf"{_ASKS_AGAIN}$")
_NUMBER: Final = rf"(?:minus )?{NUMBER}(?: (?:dollars|pounds|euros))?"
_SHARE: Final = rf"{NUMBER} percent|1/\d+|[2-9]/\d+|half|double|twice|triple|treble|{NUMBER} times"
_ASKED_TO: Final = (
    r"(?:what|which|how much)(?: number)? (?:do|does|did|must|should|would|can|could|will) (?:i|you|we|one)"
    r"(?: (?:have|need|want|got))?(?: to)?"
)
_TO_GET: Final = r"(?:to|and|so that i|so i) (?:get|make|reach|give|equal|have|end up with|obtain)"
_STEPS: Final = {"add": "+", "subtract": "-", "take away": "-", "take": "-", "multiply": "*", "divide": "/"}
_BACK: Final = {"+": ("-", "minus"), "-": ("-", "minus"), "*": ("/", "divided by"), "/": ("/", "divided by")}
"""What undoes a step: 8 and what make 15 by 15 - 8, 20 less what is 5 by 20 - 5, and by what 20 is 5 by 20 / 5."""


def _undone(match: re.Match[str]) -> Intent:
    """The number that a step takes from one number to another: "what do I multiply 6 by to get 54"."""
    sign = _STEPS[match["step"]]
    begins, ends = part(match["begins"]), part(match["ends"])
    if sign in {"+", "*"}:
        begins, ends = ends, begins
    undo, said = _BACK[sign]
    return calculate(
        f"{in_brackets(begins)} {undo} {in_brackets(ends)}", f"{begins.said} {said} {ends.said}", begins, ends
    )


def _whole_of(match: re.Match[str]) -> Intent | None:
    """The number of which a part is known: "12 is 30 percent of what"."""
    return _solved(match["piece"], f"{match['share']} of unknown")


_TOLD: Final[tuple[Frame, ...]] = (
    frame(rf"{_ASKED_TO} (?P<step>add) (?:to|on to|onto) (?P<begins>{_NUMBER}) {_TO_GET} (?P<ends>{_NUMBER})", _undone),
    frame(
        rf"{_ASKED_TO} (?P<step>subtract|take away|take) (?:from|off) (?P<begins>{_NUMBER})"
        rf" {_TO_GET} (?P<ends>{_NUMBER})",
        _undone,
    ),
    frame(
        rf"{_ASKED_TO} (?P<step>multiply|divide) (?P<begins>{_NUMBER}) (?:by|with) {_TO_GET} (?P<ends>{_NUMBER})",
        _undone,
    ),
    frame(rf"{_ASKED_TO} (?P<step>multiply) (?:by|with) (?P<begins>{_NUMBER}) {_TO_GET} (?P<ends>{_NUMBER})", _undone),
    frame(rf"(?:{_SOME_NUMBER}) is (?P<piece>{_NUMBER}) (?:the )?(?P<share>{_SHARE}) of", _whole_of),
    frame(
        rf"(?:is |are )?(?P<piece>{_NUMBER}) (?:is |are )?(?:the )?(?P<share>{_SHARE}) of (?:{_SOME_NUMBER})", _whole_of
    ),
    frame(
        rf"(?:if )?(?P<share>{NUMBER} percent|1/\d+|[2-9]/\d+) of (?:{_SOME_NUMBER}|it) (?:is|are|equals?|makes)"
        rf" (?P<piece>{_NUMBER})(?:{_ASKS_AGAIN})?",
        _whole_of,
    ),
)
_VALUE: Final = rf"{_LETTER} (?:is|equals?(?: to)?|be|to be) (?P<value>{_NUMBER})"
_GIVEN: Final = (
    re.compile(
        rf"(?:(?:if|when|let|given|where|suppose|for) )*{_VALUE},?(?: (?:then|and|so))*"
        rf" (?:what|how much|find|calculate|work out)(?:'s| is| does| would)?(?: the value of)? (?P<sum>.+?)"
        r"(?: equal| be)?"
    ),
    re.compile(
        rf"(?:(?:what|how much|find|calculate|work out)(?:'s| is| does| would)? )?(?:the value of )?(?P<sum>.+?)"
        rf"(?: equal| be)?,? (?:if|when|where|for|given) {_VALUE}"
    ),
)


def equation(said: str) -> Intent | None:
    """EdgeSolve or EdgeCalculate for a bare canonical text that asks for an unknown number; None for others."""
    if not _UNKNOWN.search(said):
        return None
    if (found := first_of(_TOLD, said) or _with_value(said)) is not None:
        return found
    asked = _BEHIND.sub("", said)
    for text in dict.fromkeys((said, asked, _BEFORE.sub("", said, count=1), _BEFORE.sub("", asked, count=1))):
        for joint in _IS.finditer(text):
            found = _solved(text[: joint.start()], text[joint.end() :])
            if found is not None:
                return found
    return None


def _solved(left: str, right: str) -> Intent | None:
    """The intent of an equation; None where its sides are no sums, or none is to be computed."""
    try:
        sides = [_side(it) for it in (left, right)]
    except NoSumError:
        return None
    unknown = [it for it in sides if "x" in it.notation.replace("max", "")]
    if len(unknown) != 1 or unknown[0].notation == "x":
        return None
    return Intent("EdgeSolve", {"left": sides[0].notation, "right": sides[1].notation})


def _side(text: str) -> Part:
    return read_sum(_with(text.strip(" ,"), "unknown"))


def _with(text: str, value: str) -> str:
    """A text with something in the place of its unknown, which a number before it multiplies."""
    text = _UNKNOWN.sub("unknown", text)
    return re.sub(rf"({NUMBER}) unknown", r"\1 times unknown", text).replace("unknown", value)


def _with_value(said: str) -> Intent | None:
    """A sum with a letter whose value is told: "if x is 5, what is 3x plus 2"."""
    for pattern in _GIVEN:
        match = pattern.fullmatch(said)
        if match is None or not re.search(rf"\b{_LETTER}\b", match["sum"]) or _IS.search(match["sum"]):
            continue
        try:
            found = read_sum(_with(match["sum"], match["value"]))
        except NoSumError:
            continue
        return calculate(found.notation, found.said, found)
    return None
