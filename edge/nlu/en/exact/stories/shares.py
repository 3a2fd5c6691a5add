"""Percentages of what is told: "I walked 8000 steps out of 10000", "it was 80 and now it's 60". Pure.

A text has two numbers and asks for a percentage; the words beside them say whether one is a part of the other or what
became of it.
"""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import calculate, price
from edge.nlu.en.exact.parts import NoSumError, in_brackets
from edge.nlu.en.exact.tokens import NUMBER

_ASKED: Final = re.compile(
    r"\b(?:what|how many|how much|which)(?:'s| is)?(?: the| my| that in)?(?: \w+)? percent(?:age)?\b"
    r"|\b(?:what|how much)\b.* (?:as a|in) percent(?:age)?$"
)
_NUMBERS: Final = re.compile(rf"(?<!\S)(?:minus )?{NUMBER}(?: (?:dollars|pounds|euros|quid|bucks))?(?!\S)")
_BETWEEN: Final = r"(?: [a-z']+){0,3}?"
_PART_OF: Final = re.compile(
    rf"(?P<piece>{NUMBER})(?: (?!to |from )[a-z]+){{0,4}}? (?:out of|of|from)"
    rf"(?: (?:a|the|my|our|total|possible|all)){{0,3}} (?P<whole>{NUMBER})"
)
_WHOLE: Final = re.compile(
    rf"\b(?:goal|target|budget|total|whole|maximum|class|limit|all)(?: [a-z']+){{0,2}}? (?P<whole>{NUMBER})"
    rf"|(?:there (?:are|were)|of the) (?P<other>{NUMBER})"
)
_BEFORE_AFTER: Final = re.compile(
    rf"(?:was|were|used to (?:be|cost|weigh|pay|earn)|cost|from|originally|normally|usually|started (?:at|with)|weighed"
    rf"|earned|paid|had){_BETWEEN} (?P<before>{NUMBER})\b.*\b(?:now|to|down to|up to)\b{_BETWEEN} (?P<after>{NUMBER})"
)
_AFTER_BEFORE: Final = re.compile(
    rf"(?:now|is|it's|reduced to|down to|up to){_BETWEEN} (?P<after>{NUMBER})\b.*\b(?:was|were|used to|from|originally"
    rf"|normally|usually){_BETWEEN} (?P<before>{NUMBER})"
)
_LAST_THIS: Final = re.compile(
    rf"(?P<before>{NUMBER}) (?:last|before|yesterday)\b.* (?P<after>{NUMBER}) (?:this|today|now)\b"
)
_REACHED: Final = re.compile(
    rf"(?P<percent>{NUMBER}) percent (?:done with|through|finished with|of the way through|into|complete on)"
    rf" (?:an? |the |my |this )*(?P<whole>{NUMBER}) .*\bhow (?:many|much|far)\b"
)
_UNIT: Final = re.compile(r" (?:dollars|pounds|euros|quid|bucks)(?!\S)")
_OTHER_SUM: Final = re.compile(r"\b(?:tax|vat|tip|interest|chance|probability|odds|alcohol|battery|humidity|rain)\b")


def share(said: str) -> Intent | None:
    """EdgeCalculate for a bare canonical text that tells two numbers and asks for a percentage; None for others."""
    if (found := _REACHED.search(said)) is not None and not _OTHER_SUM.search(said):
        reached, all_ = price(found["percent"]), price(found["whole"])
        return calculate(f"{reached.notation}% * {in_brackets(all_)}", f"{reached.said}% of {all_.said}", all_)
    if not _ASKED.search(said) or _OTHER_SUM.search(said) or len(_NUMBERS.findall(said)) != 2:  # noqa: PLR2004 - a part and a whole
        return None
    text = _UNIT.sub("", said)
    try:
        for pattern in (_LAST_THIS, _BEFORE_AFTER, _AFTER_BEFORE):
            if (found := pattern.search(text)) is not None:
                return _change(found["before"], found["after"])
        if (found := _PART_OF.search(text)) is not None:
            return _share(found["piece"], found["whole"])
        if (found := _WHOLE.search(text)) is not None:
            whole = found["whole"] or found["other"]
            piece = next(it for it in re.findall(rf"(?<!\S){NUMBER}(?!\S)", text) if it != whole)
            return _share(piece, whole)
    except (NoSumError, StopIteration):
        pass
    return None


def _share(piece: str, whole: str) -> Intent:
    part, all_ = price(piece), price(whole)
    return calculate(f"{in_brackets(part)} / {in_brackets(all_)}", f"{part.said} of {all_.said}", form="percent")


def _change(before: str, after: str) -> Intent:
    old, new = price(before), price(after)
    notation = f"({in_brackets(new)} - {in_brackets(old)}) / {in_brackets(old)}"
    return calculate(notation, f"the change from {old.said} to {new.said}", form="percent")
