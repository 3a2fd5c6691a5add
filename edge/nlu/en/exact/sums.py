"""Reads spoken arithmetic and writes it in the notation of `edge.exact.expression`. Pure, recursive descent."""

import re
from collections.abc import Sequence
from typing import Final

from edge.nlu.en.exact.money import CURRENCIES
from edge.nlu.en.exact.parts import NoSumError, Part, applied, in_brackets, joined, number
from edge.nlu.en.exact.prefixes import PREFIXES
from edge.nlu.en.exact.tokens import NUMBER

_NUMBER = re.compile(NUMBER)
_PRICE: Final = re.compile(r"(?<![\d.] )\b(?!(?:1[5-9]|20) )\d{1,2} (?:99|98|95|49)(?! ?[\d.])")
"""A pair of numbers that is a price of shops and no year."""
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_MAX_DEPTH = 40

_STEPS: Final = (
    ("+", "plus", ("add", "adding", "plus")),
    ("-", "minus", ("subtract", "take away", "take off", "take", "minus", "less")),
    ("*", "times", ("multiply it by", "multiply that by", "multiply by", "multiplied by", "times")),
    ("/", "divided by", ("divide it by", "divide that by", "divide by", "divided by", "over")),
    ("^", "to the power of", ("to the power of",)),
)
"""What is done to a result: its sign, how it is said in the reply, and how it begins."""
_GOES_ON: Final = frozenset(phrase.split()[0] for _, _, phrases in _STEPS for phrase in phrases) | {"squared", "cubed"}
_THAT: Final = ("that number", "that", "it", "this", "the result", "the answer", "result")

_TAXES: Final = frozenset(
    {"tip", "vat", "tax", "gst", "service", "interest", "gratuity", "commission", "discount", "share"}
)


def read_sum(text: str, *, before: Part | None = None, prices: bool = False) -> Part:
    """The arithmetic of a whole canonical text. Raises `NoSumError`.

    `before` is what "that" means, and what the text goes on from ("plus ten"). `prices`: "2 75" is 2.75; so it is where
    one of the numbers ends like a price.
    """
    reader = Reader(text.split(), before=before, prices=prices or _PRICE.search(text) is not None)
    part = reader.steps()
    if reader.rest:
        raise NoSumError(text)
    return part


class Reader:
    """Reads the words of a sum from left to right."""

    def __init__(self, words: Sequence[str], *, before: Part | None = None, prices: bool = False) -> None:
        """See `read_sum`."""
        self._words = list(words)
        self._before = before
        self._at = 0
        self._depth = 0
        self._prices = prices

    @property
    def rest(self) -> Sequence[str]:
        """The words that are not read yet."""
        return self._words[self._at :]

    def take(self, *phrases: str) -> str:
        """The first of these phrases that comes next, which is then read; empty if none comes."""
        for phrase in phrases:
            words = phrase.split()
            if self._words[self._at : self._at + len(words)] == words:
                self._at += len(words)
                return phrase
        return ""

    def steps(self) -> Part:
        """A sum and what is then done with its result: "divide 100 by 7 and add 2"."""
        begins = self.rest[0] if self.rest else ""
        goes_on = self._before is not None and begins in _GOES_ON and not set(_THAT) & set(self.rest[1:])
        part = self._before if goes_on and self._before is not None else self.total(joined_by_and=True)
        while self.rest:
            self.take("and then", "and", "then", ",")
            part = self._step(part)
        return part

    def _step(self, part: Part) -> Part:
        for sign, said, phrases in _STEPS:
            if self.take(*phrases):
                part = self._with_tax(joined(said, sign, part, self.total()))
                self.take("to it", "to that", "from it", "from that", "off it", "off that", "off", "to the result")
                return part
        for power, said in ((2, "squared"), (3, "cubed")):
            if self.take(said, said.removesuffix("d") + " it"):
                return Part(f"{in_brackets(part)}^{power}", f"{part.said} {said}")
        raise NoSumError

    def total(self, *, joined_by_and: bool = False) -> Part:
        """Terms that are added and taken away. Raises `NoSumError`."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise NoSumError
        left = self.term()
        while True:
            if self.take("less than", "fewer than"):
                left = joined("minus", "-", self.term(), left)
            elif self.take("more than"):
                left = joined("plus", "+", self.term(), left)
            elif self.take("from", "off", "taken from", "subtracted from", "taken off", "taken away from"):
                left = joined("minus", "-", self.term(), left)
            elif self.take("plus", "added to", "add", "and then add", "increased by", "plus another"):
                left = self._with_tax(joined("plus", "+", left, self.term()))
            elif self.take(
                "minus", "take away", "less", "subtract", "decreased by", "reduced by", "take off", "without"
            ):
                left = self._with_tax(joined("minus", "-", left, self.term()))
            elif joined_by_and and self.rest[:1] in (["and"], ["with"]) and not self._steps_on():
                self._at += 1
                left = self._with_tax(joined("plus", "+", left, self.term()))
            else:
                break
        self._depth -= 1
        return left

    def term(self) -> Part:
        """Factors that are multiplied and divided."""
        left = self.factor()
        while True:
            if self.take("times", "time", "multiplied by", "multiply by", "multiplied with", "lots of", "x"):
                left = joined("times", "*", left, self.factor())
            elif self.take("divided by", "divide by", "over", "divided into", "shared by", "split by"):
                left = joined("divided by", "/", left, self.factor())
            elif self.take("modulo", "mod"):
                right = self.factor()
                left = applied("mod", f"{left.said} modulo {right.said}", left, right)
            elif self.take("into"):
                right = self.factor()
                left = joined("divided by", "/", right, left)
            else:
                return left

    def factor(self) -> Part:
        """A number with its sign and power."""
        if self.take("minus", "negative"):
            inner = self.factor()
            return Part(f"-{in_brackets(inner)}", f"minus {inner.said}", inner.money)
        base = self._with_suffix(self._atom())
        while self.take("to the power of", "to the power", "raised to the power of", "raised to"):
            base = joined("to the power of", "^", base, self.factor())
        if (power := self._nth_power()) is not None:
            base = joined("to the power of", "^", base, power)
        return base

    def listed(self) -> list[Part]:
        """Numbers behind one another, with commas or "and" between them."""
        parts = [self._in_list()]
        while self.take(", and", ",", "and", "versus", "or") or (self.rest and _NUMBER.fullmatch(self.rest[0])):
            parts.append(self._in_list())
        return parts

    def _in_list(self) -> Part:
        """A factor whose number ends before the next one."""
        return self._with_suffix(self._atom(in_list=True))

    def _steps_on(self) -> bool:
        """Whether the word behind "and" says what is done next, instead of being added."""
        return self.rest[1:2] == ["then"] or (self.rest[1:2] != [] and self.rest[1] in _GOES_ON)

    def _with_tax(self, part: Part) -> Part:
        self.take(*(word for word in sorted(_TAXES)))
        self.take("charge", "rate")
        return part

    def _nth_power(self) -> Part | None:
        words = self.rest
        if self.take("to the minus", "to the negative"):
            return Part(f"-{self._atom().notation}", f"minus {words[3]}")
        if words[:2] == ["to", "the"] and len(words) > 2 and (found := _ORDINAL.fullmatch(words[2])):  # noqa: PLR2004
            self._at += 3
            self.take("power")
            return number(found[1])
        return None

    def _with_suffix(self, part: Part) -> Part:
        while True:
            if self.take("squared"):
                part = Part(f"{in_brackets(part)}^2", f"{part.said} squared", simple=False)
            elif self.take("cubed"):
                part = Part(f"{in_brackets(part)}^3", f"{part.said} cubed", simple=False)
            elif self.take("factorial"):
                part = Part(f"{in_brackets(part)}!", f"{part.said} factorial", simple=False)
            elif self.take("percent"):
                part = self._percentage(part)
            elif not part.percent and _is_fraction(part) and self.take("of"):
                self.take("the", "a bill of", "a")
                whole = self.factor()
                return Part(
                    f"{part.notation} * {in_brackets(whole)}",
                    f"{part.said} of {whole.said}",
                    whole.money or part.money,
                )
            else:
                return part

    def _percentage(self, part: Part) -> Part:
        share = Part(f"{in_brackets(part)}%", f"{part.said}%", percent=True, simple=True)
        noun = self.take(*(f"{word}" for word in sorted(_TAXES)))
        if noun == "service":
            self.take("charge")
        if self.take("off of", "off", "discount on", "discounted from", "less than"):
            whole = self._of()
            return Part(f"{in_brackets(whole)} - {share.notation}", f"{share.said} off {whole.said}", whole.money)
        if self.take("more than", "on top of", "added to"):
            whole = self._of()
            return Part(f"{in_brackets(whole)} + {share.notation}", f"{whole.said} plus {share.said}", whole.money)
        if noun != "discount" and self.take("of", "on", "out of", "for" if noun else "of"):
            whole = self._of()
            return Part(f"{share.notation} * {in_brackets(whole)}", f"{share.said} of {whole.said}", whole.money)
        return share

    def _of(self) -> Part:
        self.take("a bill of", "the bill of", "the price of", "a price of", "an amount of", "a", "the", "an")
        return self.factor()

    def _atom(self, *, in_list: bool = False) -> Part:
        self.take("the", "a", "an", *(("what is", "what's") if not self._at else ()))
        if self._before is not None and self.take(*_THAT):
            return self._before
        if self.take("unknown"):
            return Part("x", "x", simple=True)
        if self.take("("):
            inner = self.total()
            if not self.take(")"):
                raise NoSumError
            return Part(f"({inner.notation})", f"({inner.said})", inner.money, simple=True)
        if self.rest and _NUMBER.fullmatch(self.rest[0]):
            return self._number(in_list=in_list)
        for phrases, read in PREFIXES:
            if taken := self.take(*phrases):
                return read(self, taken)
        if self.rest and (found := _ORDINAL.fullmatch(self.rest[0])) and self.rest[1:3] == ["root", "of"]:
            degree = number(found[1])
            self._at += 3
            inner = self.factor()
            return applied("root", f"the {found[0]} root of {inner.said}", inner, degree)
        raise NoSumError

    def _number(self, *, in_list: bool) -> Part:
        part = number(self._words[self._at])
        self._at += 1
        after = self.rest[0] if self.rest else ""
        if not in_list and _is_pair(part.notation, after):
            written = f"{part.notation}.{after}" if self._prices else f"{part.notation}{after}"
            self._at += 1
            part = number(written)
        return self._priced(part)

    def _priced(self, part: Part) -> Part:
        """A number with its currency: "3 dollars 50", "2 pounds and 20 pence", "75 cents"."""
        if not self.rest or self.rest[0] not in CURRENCIES:
            return part
        sign, parts_of_one = CURRENCIES[self.rest[0]]
        self._at += 1
        if parts_of_one != 1:
            return Part(
                f"({part.notation} / {parts_of_one})", f"{part.said} {self._words[self._at - 1]}", sign, simple=True
            )
        said = f"{sign}{part.said}"
        for joint in ("and ", ""):
            words = [*joint.split(), *self.rest[len(joint.split()) : len(joint.split()) + 2]]
            coins = words[len(joint.split()) :]
            if self.rest[: len(words)] != words or not coins or not coins[0].isdecimal() or len(coins[0]) > 2:  # noqa: PLR2004
                continue
            named = len(coins) > 1 and CURRENCIES.get(coins[1], ("", 1))[1] != 1
            if named or (not joint and part.notation.isdecimal() and len(coins[0]) == 2):  # noqa: PLR2004 - "3 dollars 50"
                self._at += len(joint.split()) + 1 + named
                written = f"{part.notation}.{int(coins[0]):02}"
                return Part(written, f"{sign}{written}", sign, simple=True)
        return Part(part.notation, said, sign, simple=part.simple)


def _is_fraction(part: Part) -> bool:
    return part.simple and "/" in part.notation and _NUMBER.fullmatch(part.notation) is not None


def _is_pair(first: str, second: str) -> bool:
    """Whether two numbers are one that is said like a year or a price: "2 75", "19 87"."""
    return first.isdecimal() and second.isdecimal() and 0 < int(first) < 100 and len(second) == 2 and second[0] != "0"  # noqa: PLR2004
