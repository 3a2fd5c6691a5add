"""The numbers of a told sum, and what each of them is. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from edge.nlu.en.exact.frames import price
from edge.nlu.en.exact.money import CURRENCIES
from edge.nlu.en.exact.parts import Part, in_brackets, number
from edge.nlu.en.exact.stories.roles import PERSONS, PRICE, RATES, ROLES, N, Role
from edge.nlu.en.exact.stories.vocabulary import DETERMINERS, KNOWN, QUALIFIERS
from edge.nlu.en.exact.tokens import COUNTS, NUMBER
from edge.nlu.en.exact.unit_words import WORDS


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, what it is, and what one is (of "one") or what is counted (of "count"); its words are at `start`."""

    role: Role
    value: Part
    of: str
    start: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text tells, in its order, and the words that are left of it, with "#" and its role where a number was.

    So many of the words are `strange`: they belong to no told sum and name no thing.
    """

    found: Sequence[Fact]
    left: str
    strange: int

    def of(self, *roles: Role) -> Sequence[Fact]:
        """The facts with one of these roles."""
        return [it for it in self.found if it.role in roles]


_BARE_PRICE: Final = re.compile(PRICE)
_COUNT: Final = re.compile(rf"{N}(?: (?P<of>[a-z]+))?")
_MORE_SPENT: Final = re.compile(rf"(?:and|then|,)(?: then)?(?: another)? {PRICE}")
_SO_MANY: Final = re.compile(
    rf"(?:need|want|buy|bought|get|order|ordered|take|have) {N}(?= (?:how|what|so|of)(?!\S)|$)"
)
_CHANGED: Final = re.compile(rf"(?:from|on|of) (?:an? |the )?{PRICE}")
_AT: Final = re.compile(rf"at {PRICE}(?! (?:\d|(?:an?|per|each|every)\b))")
_MAX_FACTS: Final = 6
_MAX_STRANGE: Final = 2


def read_facts(said: str) -> Facts | None:
    """The facts of a text; None where it has many words that no told sum has, or fewer than two numbers."""
    if len(re.findall(rf"(?<!\S)(?:{NUMBER}|half|quarter|between me)(?!\S)", said)) < 2:  # noqa: PLR2004 - then nothing is computed
        return None
    found: list[Fact] = []
    left: list[str] = []
    at = 0
    while at < len(said):
        fact = _fact_at(said, at, found[-1] if found else None)
        if fact is not None:
            found.append(fact[0])
            left.append(fact[1])
            at = fact[2]
        else:
            word = said[at:].split(maxsplit=1)[0]
            left.append(word)
            at += len(word)
        at += len(said) - at - len(said[at:].lstrip(" ,"))
    strange = sum(word not in KNOWN and not kind for word, kind in _with_things(left))
    if len(found) > _MAX_FACTS or strange > _MAX_STRANGE or not QUALIFIERS.isdisjoint(left) or "all but" in said:
        return None
    return Facts(found, " ".join(left), strange)


def _fact_at(said: str, at: int, before: Fact | None) -> tuple[Fact, str, int] | None:
    """The fact that begins at a word, what stands for it, and where it ends."""
    text = said[at:]
    if re.match(r"1(?: |$)(?!percent|\d)", text):
        return None  # "how much is one"
    return _goes_on(text, at, before) or _with_words(text, at) or _alone(text, at)


def _goes_on(text: str, at: int, before: Fact | None) -> tuple[Fact, str, int] | None:
    """What else is spent, and the price of what was just counted: "6 coffees at 3 50"."""
    role: Role | None = None
    if before is not None and before.role == "spent":
        role, pattern = "spent", _MORE_SPENT
    elif before is not None and before.role in RATES:
        role, pattern = "price", _CHANGED
    elif before is not None and before.role == "one" and (count := _SO_MANY.match(text)) is not None:
        return Fact("count", number(count["n"]), "", at), "#count", at + count.end()
    elif before is not None and before.role in {"count", "people"} and before.of:
        role, pattern = "one", _AT
    if role is None or (match := pattern.match(text)) is None:
        return None
    return Fact(role, _value(match["n"]), "", at), f"#{role}", at + match.end()


def _with_words(text: str, at: int) -> tuple[Fact, str, int] | None:
    """A number that the words beside it explain."""
    for role, pattern in ROLES:
        match = pattern.match(text)
        if match is None or text[match.end() : match.end() + 1] not in {"", " "}:
            continue
        groups = match.groupdict()
        of = groups.get("of") or ""
        if role == "people":
            noun = re.search(rf"\b{PERSONS}\b", match[0])
            count = 2 if groups.get("two") else int(groups["more"]) + 1 if groups.get("more") else 0
            value = number(str(count)) if count else _value(groups["n"])
            return Fact(role, value, noun[0] if noun else "", at), f"#{role}", at + match.end()
        if share := groups.get("part") or groups.get("half"):
            return Fact(role, _part_off(share), "", at), f"#{role}", at + match.end()
        if _is_other(role, of, groups["n"], text[match.end() :]):
            continue
        if role in RATES:
            return Fact(role, _percent(groups["n"]), "", at), _kept(match[0], role), at + match.end()
        value, of = _of_one(_value(groups["n"]), of)
        return Fact(role, value, of, at), _kept(match[0], role), at + match.end()
    return None


def _percent(written: str) -> Part:
    """A percentage; the sign of the notation is left to the sum, which adds it to something or takes it off."""
    return Part(number(written).notation, f"{number(written).said}%", simple=True)


def _part_off(share: str) -> Part:
    """A part that is taken off, as a percentage: a third off is 100 / 3 percent off."""
    written = {"half": "1/2", "quarter": "1/4"}.get(share, share)
    return Part(f"({written} * 100)", written, simple=True)


def _of_one(value: Part, of: str) -> tuple[Part, str]:
    """The price of one and what that is: a price of a dozen is that of twelve."""
    if (count := COUNTS.get(of)) is None:
        return value, of
    return Part(f"({in_brackets(value)} / {count})", f"{value.said} divided by {count}", value.money, simple=True), ""


def _is_other(role: Role, of: str, written: str, behind: str) -> bool:
    """Whether a number is something else than it seems by the words before it."""
    if role == "one":
        return of in _NO_UNIT
    if role in {"price", "count"} and written == "1":
        return True  # "how much is one"
    return role in {"price", "paid", "have", "spent"} and _is_count(written, behind, role)


def _alone(text: str, at: int) -> tuple[Fact, str, int] | None:
    """A number that no word explains: a price if it looks like one, otherwise how many there are."""
    match = _BARE_PRICE.match(text)
    if match is None:
        return None
    if not _is_count(match["n"], text[match.end() :], "") and match["n"].count(" "):
        return Fact("price", _value(match["n"]), "", at), "#price", at + match.end()
    counted = _COUNT.match(text)
    of = counted["of"] or "" if counted else ""
    if counted is None or (of in CURRENCIES and not text[counted.end() :].startswith(" of ")):
        return None
    if of and (of not in KNOWN or of in WORDS):
        return Fact("count", number(counted["n"]), of, at), "#count", at + counted.end()
    return Fact("price", number(counted["n"]), "", at), "#price", at + counted.end("n")


def _value(written: str) -> Part:
    """The value of a price, in which "147 50" is 147.50."""
    return price(re.sub(r"^(\d+) (\d\d)(?!\S)", r"\1.\2", written))


def _is_count(written: str, behind: str, role: Role | str) -> bool:
    """Whether a number without a currency counts what is named behind it: "6 coffees"; of what is owned, never."""
    noun = behind.split(maxsplit=1)[0] if behind.split() else ""
    if noun in WORDS and noun not in CURRENCIES and noun.isalpha() and noun not in {"in", "c", "f"}:
        return role not in {"have", "spent"}
    if not written.replace("_", "").replace("/", "").isdecimal():
        return written.rsplit(maxsplit=1)[-1] in CURRENCIES and behind.startswith(" of ")
    return role not in {"have", "spent"} and bool(noun) and noun not in KNOWN and not re.fullmatch(NUMBER, noun)


_NO_UNIT: Final = frozenset({"bill", "tip", "discount", "total", "check", "tab", "meal", "dinner", "price", "cost",
                             "note", "lot", "quarter", "third", "good", "nice"})  # fmt: skip
"""What a price is not for one of."""


_STILL_SAID: Final = {
    "bill": "bill", **dict.fromkeys(("split", "share", "divide"), "split"),
    **dict.fromkeys(("left", "remains", "remaining"), "left"),
    **dict.fromkeys(("cost", "costs", "was", "came", "comes"), "cost"),
}  # fmt: skip
"""Verbs of facts that also say what is asked."""


def _kept(words: str, role: Role) -> str:
    """What remains of the words of a fact."""
    begins = words.split(maxsplit=1)[0]
    return f"{_STILL_SAID[begins]} #{role}" if begins in _STILL_SAID else f"#{role}"


def _with_things(left: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each word, and whether it stands for a number or names a thing: behind a number or an article."""
    things = 0
    for before, word in zip(["", *left], left, strict=False):
        can_be_thing = not before or before in DETERMINERS or "#" in before or things
        things = things + 1 if can_be_thing and word not in KNOWN and word.isalpha() and things < 2 else 0  # noqa: PLR2004 - "flat whites"
        yield word, "#" in word or things > 0
