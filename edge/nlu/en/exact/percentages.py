"""Questions about percentages, fractions and rounding. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import Frame, calculate, frame, part
from edge.nlu.en.exact.parts import in_brackets
from edge.nlu.en.exact.tokens import NUMBER

_N = rf"(?:minus )?{NUMBER}(?: (?:dollars|pounds|euros|pence|cents))?"
_PERCENT = r"(?:percent(?:age)?)"
_PLACES: Final = {
    "whole number": "1", "integer": "1", "unit": "1", "one": "1", "1": "1", "ten": "10", "10": "10",
    "hundred": "100", "100": "100", "thousand": "1000", "1000": "1000", "million": "1000000", "1000000": "1000000",
    "tenth": "1/10", "10th": "1/10", "hundredth": "1/100", "100th": "1/100", "thousandth": "1/1000",
    "half": "1/2", "quarter": "1/4", "dollar": "1", "pound": "1", "euro": "1", "cent": "1/100", "penny": "1/100",
}  # fmt: skip
"""What is rounded to, and the step that it stands for."""


def _share(match: re.Match[str]) -> Intent | None:
    """What percent of `whole` is `piece`."""
    piece, whole = part(match["piece"]), part(match["whole"])
    said = f"{piece.said} of {whole.said}"
    return calculate(f"{in_brackets(piece)} / {in_brackets(whole)}", said, form="percent")


def _as_percent(match: re.Match[str]) -> Intent | None:
    value = part(match["value"])
    if re.search(r" [-+] ", value.notation):
        return None  # "40 off 160 in percent" asks for a share
    return calculate(value.notation, value.said, form="percent")


def _as_fraction(match: re.Match[str]) -> Intent | None:
    value = part(match["value"])
    return calculate(value.notation, value.said, form="fraction")


def _as_decimal(match: re.Match[str]) -> Intent | None:
    value = part(match["value"])
    return calculate(value.notation, value.said, form="decimal")


def _change(match: re.Match[str]) -> Intent | None:
    before, after = part(match["before"]), part(match["after"])
    notation = f"({in_brackets(after)} - {in_brackets(before)}) / {in_brackets(before)}"
    return calculate(notation, f"the change from {before.said} to {after.said}", form="percent")


def _more(match: re.Match[str]) -> Intent | None:
    """How many percent one number is above or below another."""
    after, before = part(match["after"]), part(match["before"])
    notation = f"({in_brackets(after)} - {in_brackets(before)}) / {in_brackets(before)}"
    return calculate(notation, f"the change from {before.said} to {after.said}", form="percent")


def _by_a_part(match: re.Match[str]) -> Intent | None:
    """More or less by a fraction of the number itself: "80 reduced by a quarter"."""
    whole, share = part(match["whole"]), part(match["share"].replace("half", "1/2"))
    sign = "+" if re.search(r"increas|rais|more|plus", match["how"]) else "-"
    said = f"{whole.said} {'plus' if sign == '+' else 'minus'} {share.said} of it"
    return calculate(f"{in_brackets(whole)} * (1 {sign} {share.notation})", said, whole)


def _rounded(match: re.Match[str]) -> Intent | None:
    value = part(match["value"])
    return calculate(
        f"round({value.notation}, {_PLACES[match['place']]})",
        f"{value.said} rounded to the nearest {match['place']}",
        value,
        form="decimal",
    )


def _to_decimals(match: re.Match[str]) -> Intent | None:
    value, count = part(match["value"]), int(match["count"])
    said = f"{value.said} to {count} decimal place{'' if count == 1 else 's'}"
    return calculate(f"round({value.notation}, 1/{10**count})", said, form="decimal")


PERCENTAGES: Final[tuple[Frame, ...]] = (
    frame(rf"(?:what|which) {_PERCENT} (?P<piece>{_N}) is of (?P<whole>{_N})", _share),
    frame(rf"(?:what|which) {_PERCENT} of (?P<whole>{_N}) (?:is|are|does|equals) (?P<piece>{_N})", _share),
    frame(rf"(?P<piece>{_N}) (?:is|are|equals) (?:what|which|how many) {_PERCENT} of (?P<whole>{_N})", _share),
    frame(
        rf"(?:what|which|how many) {_PERCENT} (?:is|are|would be|does) (?P<piece>{_N}) (?:of|out of|from|in|over)"
        rf" (?P<whole>{_N})",
        _share,
    ),
    frame(
        rf"(?:what|which|how many) {_PERCENT} (?:is|are) (?P<whole>{_N}) (?P<piece>{_N})", lambda _: None
    ),
    frame(
        rf"(?P<piece>{_N}) (?:out of|of|from|over|divided by) (?P<whole>{_N}) (?:as|in|to|into) (?:an?"
        rf" )?{_PERCENT}", _share
    ),
    frame(rf"(?P<piece>{_N}) (?:as|in) (?:an? )?{_PERCENT} of (?P<whole>{_N})", _share),
    frame(
        rf"(?:the )?{_PERCENT} (?:of|for|that) (?P<piece>{_N}) (?:out of|from|is of|over|in|of) (?P<whole>{_N})", _share
    ),
    frame(rf"(?:convert |turn |change )?(?P<value>.+?) (?:as|to|in|into) (?:an? )?{_PERCENT}", _as_percent),
    frame(rf"(?:what|which) {_PERCENT} is (?P<value>{NUMBER})", _as_percent),
    frame(
        r"(?:convert |turn |change |write |express )?(?P<value>.+?) (?:as|to|in|into) (?:an? )?"
        r"(?:common |simple |proper |mixed )?fraction",
        _as_fraction,
    ),
    frame(r"(?:simplify|reduce|cancel)(?: the fraction)? (?P<value>\S+)", _as_fraction),
    frame(r"(?P<value>\d+/\d+) (?:simplified|reduced|in (?:its )?(?:simplest|lowest) (?:form|terms))", _as_fraction),
    frame(
        r"(?:convert |turn |change |write |express )?(?P<value>.+?) (?:as|to|in|into) (?:an? )?decimals?(?:"
        r" number| form)?",
        _as_decimal,
    ),
    frame(
        rf"(?:the )?{_PERCENT} (?:change|increase|decrease|difference|rise|drop|growth|loss|gain|reduction|fall)"
        rf" (?:from|between|of|going from) (?P<before>{_N}) (?:to|and) (?P<after>{_N})",
        _change,
    ),
    frame(
        rf"(?:if )?(?:(?:the|a|my|its|our) )?(?:\w+ )?(?:went|goes|go|rose|fell|dropped|changed|increased"
        rf"|decreased|grew"
        rf"|jumped|was|were|used to (?:be|cost)|cost|came)(?: up| down)?(?: from)? (?P<before>{_N}),?"
        rf" (?:to|and (?:then )?(?:now )?(?:it's|it is|is|it was|costs|it costs|then)?(?: now)?|now it's|but now it's)"
        rf" (?P<after>{_N})(?: now)?,? (?:so )?(?:by )?(?:what|how much|how many|what's the|what is the) {_PERCENT}"
        rf"(?: (?:is|was|did|of|does|change|increase|decrease|drop|discount|rise|difference)\b.*)?",
        _change,
    ),
    frame(
        rf"(?:the )?(?:change|increase|decrease) from (?P<before>{_N}) to (?P<after>{_N}) (?:in|as an?)"
        rf" {_PERCENT}", _change
    ),
    frame(
        rf"(?:how many|how much|what|by how many|by what) {_PERCENT} (?:more|less|higher|lower|bigger|larger"
        rf"|smaller|greater)"
        rf" (?:is|are) (?P<after>{_N}) than (?P<before>{_N})",
        _more,
    ),
    frame(
        rf"by (?:how many|how much|what) {_PERCENT} (?:is|are) (?P<after>{_N}) (?:more|less|higher|lower|bigger"
        rf"|larger|smaller"
        rf"|greater|above|below)(?: than)? (?P<before>{_N})",
        _more,
    ),
    frame(
        rf"(?P<after>{_N}) is (?:how many|what|how much) {_PERCENT} (?:more|less|higher|lower|bigger|smaller"
        rf"|greater) than"
        rf" (?P<before>{_N})",
        _more,
    ),
    frame(
        rf"(?:(?:increase|raise|reduce|decrease|lower|cut) )?(?P<whole>{_N})"
        rf" (?P<how>increased|raised|reduced|decreased|lowered|cut|minus|plus) (?:by )?(?P<share>1/[2-9])(?: of it)?",
        lambda m: _by_a_part(m) if m["how"] not in {"minus", "plus"} else None,
    ),
    frame(
        rf"(?P<how>increase|raise|reduce|decrease|lower|cut) (?P<whole>{_N}) by (?P<share>[1-9]/[2-9])", _by_a_part
    ),
    frame(rf"(?P<whole>{_N}) (?P<how>less|with) (?P<share>1/[2-9]) off", _by_a_part),
    frame(rf"(?:(?:take|knock|cut) )?(?P<share>[1-9]/[2-9]|half) (?P<how>off)(?: of)? (?P<whole>{_N})", _by_a_part),
    frame(
        rf"(?:round(?: off| up| down)? )?(?P<value>.+?) (?:rounded )?(?:off )?to the (?:nearest|closest)"
        rf" (?P<place>{'|'.join(_PLACES)})s?",
        _rounded,
    ),
    frame(
        r"(?:round(?: off)? )?(?P<value>.+?) (?:rounded )?(?:off )?to (?P<count>[0-9]) (?:decimal places?"
        r"|decimals|places|dp"
        r"|digits after the (?:decimal )?point)",
        _to_decimals,
    ),
    frame(r"round(?: off)?"
    r" (?P<value>[\d./_]+)(?P<place>)", lambda m: calculate(f"round({m['value']})", f"{m['value']} rounded")),
)  # fmt: skip
