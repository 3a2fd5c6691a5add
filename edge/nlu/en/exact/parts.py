"""The parts of a sum, in the notation of `edge.exact.expression` and in the words of the reply. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class NoSumError(ValueError):
    """The words are no arithmetic."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sum: in the notation, in words for the reply, and the sign of its currency, if any."""

    notation: str
    said: str
    money: str = ""
    simple: bool = False
    percent: bool = False


def joined(name: str, sign: str, left: Part, right: Part) -> Part:
    """Two parts joined by a sign; `name` is how it is said."""
    return Part(
        f"{in_brackets(left)} {sign} {in_brackets(right)}",
        f"{left.said} {name} {right.said}",
        left.money or right.money,
    )


def applied(function: str, said: str, *args: Part) -> Part:
    """A function of parts."""
    money = next((it.money for it in args if it.money), "")
    return Part(f"{function}({', '.join(it.notation for it in args)})", said, money, simple=True)


def number(written: str) -> Part:
    """A number as a part."""
    above, slash, below = written.partition("/")
    if slash and not int(below):
        return Part(f"({above.replace('_', ' + ')} / 0)", written, simple=True)
    return Part(written, written.replace("_", " "), simple=True)


def in_brackets(part: Part) -> str:
    """The notation of a part that is joined to another one."""
    return part.notation if part.simple else f"({part.notation})"


class SumReader(Protocol):
    """What reads the words of a sum from left to right. All but `take` raise `NoSumError`."""

    @property
    def rest(self) -> Sequence[str]:
        """The words that are not read yet."""
        ...

    def take(self, *phrases: str) -> str:
        """The first of these phrases that comes next, which is then read; empty if none comes."""
        ...

    def factor(self) -> Part:
        """A number with its sign and power."""
        ...

    def term(self) -> Part:
        """Factors that are multiplied and divided."""
        ...

    def listed(self) -> list[Part]:
        """Numbers behind one another, with commas or "and" between them."""
        ...
