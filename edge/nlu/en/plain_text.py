"""Replacements for text that English voices read badly."""

import re
from typing import Final

from edge.nlu import PlainTextRules

PLAIN_TEXT_RULES: Final = PlainTextRules(
    code_block="A block of code.",
    link="a link",
    scripts=frozenset({"LATIN"}),
    spelled=tuple(
        (re.compile(pattern, flags), replacement)
        for pattern, replacement, flags in (
            (r"\be\.g\.,?", "for example,", re.IGNORECASE),
            (r"\bi\.e\.,?", "that is,", re.IGNORECASE),
            (r"\bNo\.\s*(?=\d)", "number ", 0),
            (r"(?<![\w.,])(\d[\d.,]*)\s?([€£$¥])(?!\d)", r"\2\1", 0),  # 5€
            (r"\b24/7\b", "24 7", 0),
            (r"(?<!\w)[~≈](?=\s?[\d$€£])", "about ", 0),
            (r"(?<=\d)\s*×\s*(?=\d)", " times ", 0),  # noqa: RUF001 - the sign is meant
            (r"(?<=\d)\s*<\s*(?=[\d-])", " is less than ", 0),
            (r"(?<=\d)\s*>\s*(?=[\d-])", " is greater than ", 0),
        )
    ),
)
