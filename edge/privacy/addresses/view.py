"""A text as the rules of addresses read it: tokens, the numbers among them, and words that may be of a name. Pure."""

from collections.abc import Sequence
from typing import Final

from edge.nlu.privacy import PrivacyRules
from edge.nlu.tokens import Token
from edge.privacy.addresses.words import PARTICLES
from edge.privacy.runs import Run, runs_of

_APOSTROPHES: Final = frozenset({"'", "\u2019"})
_LONGEST_NUMBER: Final = 8
"""Words of a house number: "one thousand two hundred and twenty five"."""


class AddressText:
    """The tokens of a text with the numbers that begin and end at each of them; places may lie outside the text."""

    def __init__(self, tokens: Sequence[Token], rules: PrivacyRules) -> None:
        self.tokens = tokens
        self.rules = rules
        self.cased = any(token.capital for token in tokens[1:])
        runs = list(runs_of(tokens, rules.forms))
        self._starts = {run.first: run for run in runs}
        self._ends = {run.last: run for run in runs}

    def word(self, at: int) -> str:
        """The token in lower case; nothing outside the text."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def is_capital(self, at: int) -> bool:
        """Whether the token is written with a capital."""
        return 0 <= at < len(self.tokens) and self.tokens[at].capital

    def is_proper(self, at: int) -> bool:
        """Whether the token may be a name of its own, in a text without capitals."""
        word = self.word(at)
        return word[:1].isalpha() and not self.rules.is_common(word) and word not in self.rules.places.of_things

    def is_article(self, at: int) -> bool:
        """Whether the token stands before a name or a measure: "the", "a"."""
        return self.word(at) in self.rules.places.articles

    def leads(self, at: int) -> bool:
        """Whether an address may follow the token: "at", "near"."""
        return self.word(at) in self.rules.places.leads

    def run(self, at: int) -> Run | None:
        """The digits and letters that begin at a token."""
        return self._starts.get(at)

    def ends_number(self, last: int) -> bool:
        """Whether a number ends before the token `last`."""
        return last in self._ends or self._is_hundred(last - 1)

    def number_after(self, first: int) -> int | None:
        """The index behind the number that begins at a token, "two hundred" included; None if there is none."""
        run = self._starts.get(first)
        last = first if run is None else run.last
        while last < first + _LONGEST_NUMBER and self._is_number_word(last):
            last += 1
        if self._is_hundred(last) and last > first:
            last += 1
            joined = last + 1 if self.word(last) in self.rules.forms.within else last
            if (after := self._starts.get(joined)) is not None:
                last = after.last
        return last if last > first else None

    def number_before(self, last: int) -> int | None:
        """The first token of the number that ends before `last`, "two hundred and twelve"; None if there is none."""
        run = self._ends.get(last)
        first = last if run is None else run.first
        forms = self.rules.forms
        counted = run is not None or self.word(last) in self.rules.places.ordinals  # "two hundred and tenth street"
        hundred = first - 2 if self.word(first - 1) in forms.within and counted else first - 1
        if self._is_hundred(hundred):
            first = hundred
            while first > hundred - 2 and self._is_number_word(first - 1):
                first -= 1
            if first == hundred:
                if self.word(first - 1) not in forms.words:
                    return None if run is None else run.first
                first -= 1
        return first if first < last else None

    def is_of_name(self, at: int) -> bool:
        """Whether a token may be a part of a street's name rather than a number or an ordinary word."""
        if at + 1 in self._ends or not 0 <= at < len(self.tokens):
            return False
        token = self.tokens[at]
        if not token.is_word:
            return self._is_inside_name(at)
        if self.word(at - 1) in _APOSTROPHES and len(token.text) == 1:  # the "s" of "Queen's Gate"
            return self.is_of_name(at - 2)
        if token.capital and at > 0:
            return True
        return token.text in self.rules.places.in_names or not self.rules.is_common(token.text)

    def is_particle(self, at: int) -> bool:
        """Whether a token is a word without a capital inside a name: "Rue de la Paix"."""
        return self.word(at) in PARTICLES

    def is_glued(self, at: int) -> bool:
        """Whether a sign stands between two words without blanks, as in "Saint-Michel"."""
        if not 0 < at < len(self.tokens) - 1 or self.word(at)[:1].isalnum():
            return False
        before, token, after = self.tokens[at - 1 : at + 2]
        return before.end == token.start and token.end == after.start

    def _is_inside_name(self, at: int) -> bool:
        return self.is_glued(at) and self.word(at) in _APOSTROPHES | {"-"}

    def _is_hundred(self, at: int) -> bool:
        return self.word(at) in self.rules.forms.hundreds

    def _is_number_word(self, at: int) -> bool:
        return self.word(at) in self.rules.forms.numbers or self.word(at) in self.rules.forms.tens
