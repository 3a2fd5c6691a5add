"""The numbers of a told sum, and what each of them is. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from edge.nlu.en.exact.frames import price
from edge.nlu.en.exact.money import CURRENCIES
from edge.nlu.en.exact.parts import Part, in_brackets, number
from edge.nlu.en.exact.stories.vocabulary import DETERMINERS, KNOWN, QUALIFIERS
from edge.nlu.en.exact.tokens import COUNTS, NUMBER
from edge.nlu.en.exact.unit_words import WORDS

Role = Literal[
    "price",
    "one",
    "count",
    "people",
    "off",
    "tip",
    "tax",
    "more",
    "part",
    "percent",
    "cheaper",
    "paid",
    "have",
    "spent",
]
"""What a number is: an amount of money, the price of one, how many, how many share; percent that are taken off, given
as a tip, are a tax, are added, are a part that is paid, or are just percent; money that is taken off, paid with,
owned, or spent."""
RATES: Final[Sequence[Role]] = ("tip", "tax", "more", "off", "part", "percent")
"""The roles of percentages."""


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


_CURRENCY: Final = "|".join(sorted(CURRENCIES, key=len, reverse=True))
_COINS: Final = "|".join(word for word, (_, parts) in CURRENCIES.items() if parts != 1)
_N: Final = rf"(?P<n>{NUMBER})"
_PERSONS: Final = (
    r"(?:people|persons|friends|guests|diners|adults|kids|children|housemates|flatmates|colleagues|roommates|mates"
    r"|coworkers|buddies|students|players|siblings|of us|of them|of you)"
)
_NO_PRICE: Final = rf"(?! (?:percent|ways|{_PERSONS})(?!\S))"
"""What cannot stand behind a price."""
_PRICE: Final = (
    rf"(?P<n>{NUMBER}(?:"
    rf" (?:{_CURRENCY})(?!\S)(?! (?:of|and \w+ of) )(?: (?:and )?\d\d?(?: (?:{_COINS})(?!\S)|(?!\S)){_NO_PRICE})?"
    rf"| \d\d(?!\S)(?! (?:dollar|pound|euro)(?!\S)){_NO_PRICE}(?: (?:{_CURRENCY})(?!\S))?"
    rf"|){_NO_PRICE})"
)
"""An amount of money: "12", "12 50", "12 dollars 50", "75 cents"."""
_UNNAMED_PRICE: Final = _PRICE.replace("?P<n>", "?:")
_UNIT_OF_ONE: Final = r"[a-z]+"
_TIP: Final = r"(?:tip|gratuity|service charge|service)"
_TAX: Final = r"(?:vat|sales tax|tax|gst)"
_OFF: Final = (
    r"(?:off(?: of)?|discount(?:ed)?(?: on)?|reduction(?: on)?|cheaper(?: than)?|reduced|less than|rebate|markdown)"
)
_WE_ARE: Final = (
    r"(?:we're|we are|we were|there's|there are|there were|there (?:is|are|were) a|party of|group of|table of)"
)
_PART_OFF: Final = r"(?:(?:an? )?(?P<part>[1-9]/[1-9]\d?|half|quarter) (?:is )?off|(?P<half>half) price)(?: of)?"
_MORE: Final = r"(?:more than|markup|extra|on top(?: of)?|increase|surcharge)"

_ROLE_PATTERNS: Final[tuple[tuple[Role, str], ...]] = (
        ("tip", (rf"(?:(?:an? |the )?{_TIP} (?:of |is |at |was )?(?:an? )?)?{_N} percent(?: (?:for |as )?(?:an? "
                rf"|the )?{_TIP})")),
        ("tip", rf"(?:an? |the )?{_TIP} (?:of |is |at |was )?(?:an? )?{_N} percent"),
        ("tip", rf"(?:leave|leaving|give|giving|tip|tipping|tipped|left)(?: them| him| her)?(?: an?)? {_N} percent"),
        ("tax", rf"{_N} percent(?: (?:for |as )?(?:an? |the |in )?{_TAX})"),
        ("tax", rf"(?:an? |the )?{_TAX} (?:of |is |at |rate is )?(?:an? )?{_N} percent"),
        ("off", rf"(?:reduced|discounted|marked down|down|lowered) (?:by )?{_N} percent"),
        ("off", _PART_OFF),
        ("off", rf"(?:an? )?(?:discount|reduction) (?:of |is )?{_N} percent"),
        ("off", rf"{_N} percent (?:is |gets? |comes |taken )?{_OFF}"),
        ("more", rf"(?:plus|increased by|raised by|up by|goes up by|went up by|up) {_N} percent"),
        ("more", rf"{_N} percent {_MORE}"),
        ("part", rf"{_N} percent (?:deposit|down payment|commission|cut)"),
        ("percent", rf"{_N} percent"),
        ("count", (rf"(?:packs?|packet|box|set|bag|case|tray|crate|carton|bundle|multipack"
                  rf"|bunch) of {_N}(?! (?:{_CURRENCY})(?!\S))")),
        ("count", rf"{_N}(?= (?:of (?:them|those|these) )?(?:costs?|sell for|go for)(?!\S))"),
        ("count", rf"{_N}(?= (?:at|for) {_UNNAMED_PRICE} (?:each|apiece|an?|per|every)(?!\S))"),
        ("count", rf"{_N}(?= for {_UNNAMED_PRICE}(?: (?:so|how|what)|$))"),
        ("cheaper", rf"{_PRICE} off(?: of)?"),
        ("people", rf"(?P<more>\d+) (?:other )?{_PERSONS} and (?:me|i|myself)(?!\S)"),
        ("people", rf"(?:(?:there (?:is|are|were)|there's) )?{_N} (?:other )?{_PERSONS}(?: of us)?"),
        ("people", rf"(?:me|i|myself) and (?:my )?(?P<more>\d+) (?:other )?{_PERSONS}"),
        ("people", rf"{_WE_ARE} {_N}(?= (?:and|so|but|for|in|at|the|how|what|split|splitting|sharing)(?!\S)|,| ,|$)"),
        ("people", rf"{_N} ways"),
        ("people", rf"(?:between|among|amongst) (?:the |us )?{_N}(?: of us)?"),
        ("one", rf"(?:(?:at|for|costing|costs?|is|are|pay) )?{_PRICE} (?:each|apiece|a piece|a pop|every 1|per 1)"),
        ("one", (rf"(?:(?:at|for|costing|costs?|is|are|pay) )?{_PRICE} (?:an?|per|every"
                rf"|the) (?P<of>{_UNIT_OF_ONE})(?! (?:bill|note))")),
        ("one", rf"(?:each|every)(?: (?:1|one|[a-z]+))? (?:costs?|is|pays?|paid|was) {_PRICE}"),
        ("paid", (rf"(?:from|out of|with|using|hand(?:ed)? over|g[ai]ve(?: them| him"
                 rf"| her)?) (?:an? )?{_PRICE}(?! off)(?: (?:note|bill))?")),
        ("paid", rf"(?:an? ){_PRICE} (?:note|bill)(?= (?:how|what|to|for|and))"),
        ("spent", (rf"(?:spend|spent|spending|use|used|eat|ate|lose|lost|give away|gave away|sold|sell|pay|paid"
                   rf"|drink|drank"
                  rf"|donate|donated|withdraw|take out|took out) (?:another )?{_PRICE}")),
        ("have", (rf"(?:have|had|'ve got|'ve|got|start(?:ed)? (?:out )?with|began with|begin with|own|saved(?: up)?"
                 rf"|(?:left|remains|remaining) (?:of|from|out of)) (?:an? )?{_PRICE}(?! {_TIP}| off)")),
        ("price", (rf"(?:costs?|price(?:s|d)?(?: is| of| was)?|for|at|is|was|bill(?: of| is| was|'s)?|comes? to"
                   rf"|came to|of|on|to"
                  rf"|pay|that's|it's|total(?: is| of| was)?|were|charged?(?: me| us)?|split|share|divide) (?:about "
                  rf"|an? |the )?{_PRICE}(?! off)(?! (?!each)[a-z]+ at )")),
)  # fmt: skip
_ROLES: Final = tuple((role, re.compile(pattern)) for role, pattern in _ROLE_PATTERNS)
_BARE_PRICE: Final = re.compile(_PRICE)
_COUNT: Final = re.compile(rf"{_N}(?: (?P<of>[a-z]+))?")
_MORE_SPENT: Final = re.compile(rf"(?:and|then|,)(?: then)?(?: another)? {_PRICE}")
_SO_MANY: Final = re.compile(
    rf"(?:need|want|buy|bought|get|order|ordered|take|have) {_N}(?= (?:how|what|so|of)(?!\S)|$)"
)
_CHANGED: Final = re.compile(rf"(?:from|on|of) (?:an? |the )?{_PRICE}")
_AT: Final = re.compile(rf"at {_PRICE}(?! (?:\d|(?:an?|per|each|every)\b))")
_MAX_FACTS: Final = 6
_MAX_STRANGE: Final = 2


def read_facts(said: str) -> Facts | None:
    """The facts of a text; None where it has many words that no told sum has, or fewer than two numbers."""
    if len(re.findall(rf"(?<!\S)(?:{NUMBER}|half|quarter)(?!\S)", said)) < 2:  # noqa: PLR2004 - then nothing is computed
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
    if len(found) > _MAX_FACTS or strange > _MAX_STRANGE or not QUALIFIERS.isdisjoint(left):
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
    elif before is not None and before.role == "count" and before.of:
        role, pattern = "one", _AT
    if role is None or (match := pattern.match(text)) is None:
        return None
    return Fact(role, _value(match["n"]), "", at), f"#{role}", at + match.end()


def _with_words(text: str, at: int) -> tuple[Fact, str, int] | None:
    """A number that the words beside it explain."""
    for role, pattern in _ROLES:
        match = pattern.match(text)
        if match is None or text[match.end() : match.end() + 1] not in {"", " "}:
            continue
        groups = match.groupdict()
        of = groups.get("of") or ""
        if role == "people":
            noun = re.search(rf"\b{_PERSONS}\b", match[0])
            count = int(groups["more"]) + 1 if groups.get("more") else 0
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
    if not written.replace("_", "").replace("/", "").isdecimal():
        return written.rsplit(maxsplit=1)[-1] in CURRENCIES and behind.startswith(" of ")
    noun = behind.split(maxsplit=1)[0] if behind.split() else ""
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
