"""Conversions that are asked in any order of words: "how many centimeters tall is someone who's 5 foot 6". Pure.

A text is one where it has one amount, one unit to convert it to, and no words but those that such questions have.
"""

import re
from collections.abc import Sequence
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.conversions import may_convert
from edge.nlu.en.exact.operands import Operand, operands

_KNOWN = """
    how what what's whats is are was were be am many much long tall far heavy hot cold warm big high wide deep
    fast old large do does did would will could can should i we you he she it they there's there it's that's
    that this these those someone somebody who who's a an the my our your in into to as of at for from on with
    per and if when have has had got get gets need needs use uses want weigh weighs weight height length
    temperature distance size speed amount number oven set recipe says calls called same value equivalent
    conversion equal equals make makes up convert converted change turn translate express expressed measured
    contain contains hold holds come comes go goes fit run ran walk walked drive drove swim swam tell give me us
    show so about something stuff total please , then than rather instead 'd exactly going cycled read reads
    only shows show displays uses thermometer scale scales speedometer oven's which
    preheat preheated calculate work out figure reading been being
"""
_WORDS: Final = frozenset(_KNOWN.split())
"""A text with other words asks for something else."""
_ASKS: Final = frozenset({"in", "into", "to", "as", "many", "much"})
_SHOWS: Final = frozenset({"the", "number", "degrees", "only", "shows", "show", "displays", "uses"})


_AMOUNT: Final = re.compile(r"\d|\b(?:half|quarter)\b")


def any_order(said: str) -> Intent | None:
    """EdgeConvert for a bare canonical text; None for others."""
    if not _AMOUNT.search(said):
        return None
    pieces = _without_things(operands(said))
    amounts = [it for it in pieces if it.kind == "amount"]
    units = [at for at, it in enumerate(pieces) if it.kind == "unit"]
    if len(amounts) != 1 or len(units) != 1 or any(it.kind == "number" for it in pieces):
        return None
    if not {it.value for it in pieces if it.kind == "word"} <= _WORDS or not _is_asked(pieces, units[0]):
        return None
    unit = pieces[units[0]].value
    if any(not may_convert(it.split()[1], unit) for it in amounts[0].value.split(" + ")):
        return None
    return Intent("EdgeConvert", {"quantity": amounts[0].value, "unit": unit})


def _is_asked(pieces: Sequence[Operand], at: int) -> bool:
    """Whether a unit is what is converted to: "how many miles", "in miles", or the first word: "miles in 5 k"."""
    return at == 0 or pieces[at - 1].value in _ASKS or pieces[at - 1].value in _SHOWS


def _without_things(pieces: Sequence[Operand]) -> Sequence[Operand]:
    """Without what is measured: the rice of "2 kilos of rice", which weighs what 2 kilos weigh."""
    kept: list[Operand] = []
    for at, it in enumerate(pieces):
        behind_amount = at > 1 and pieces[at - 1].value == "of" and pieces[at - 2].kind == "amount"
        if not behind_amount or it.kind != "word":
            kept.append(it)
    return kept
