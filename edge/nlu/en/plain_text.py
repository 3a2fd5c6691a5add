"""Replacements for text that English voices read badly."""

from typing import Final

from edge.nlu import PlainTextRules


def _spell(text: str, before: str) -> str:
    # Its patterns take some 70 ms to compile, which commands that say nothing need not wait for.
    from edge.nlu.en.read_aloud import read_aloud

    return read_aloud(text, before)


PLAIN_TEXT_RULES: Final = PlainTextRules(
    code_block="A block of code.",
    link="a link",
    scripts=frozenset({"LATIN"}),
    spell=_spell,
)
