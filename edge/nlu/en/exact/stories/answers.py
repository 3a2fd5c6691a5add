"""From the facts of a told sum to the sum. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import calculate
from edge.nlu.en.exact.parts import Part, applied, in_brackets, joined
from edge.nlu.en.exact.stories.facts import Fact, Facts
from edge.nlu.en.exact.stories.question import Asked
from edge.nlu.en.exact.stories.roles import RATES, Role
from edge.nlu.en.exact.stories.vocabulary import KNOWN
from edge.nlu.en.exact.unit_words import NAMES, WORDS
from edge.nlu.en.number_words import several

_PARTS: Final = {("kilogram", "gram"): 1000, ("liter", "milliliter"): 1000, ("pound", "ounce"): 16,
                 ("meter", "centimeter"): 100, ("hour", "minute"): 60}  # fmt: skip
"""How many of a smaller unit are one of that whose price is told."""
_TIMES: Final = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
_ANYONE: Final = frozenset({"person", "one", "of", "get", "gets", "have", "has", "pay", "pays", "owe", "will", "would",
                            "does", "do", "should", "if", "and"})  # fmt: skip
"""Words behind "each" that stand for the people of a text."""
_IS_SHARED: Final = re.compile(r"\b(?:what|how)\b|\b(?:split|share|divide) #|#people (?:split|share|divide) #")
"""Asks what each gets of things without a price, instead of naming a place or a time beside a number of people."""
_ADDED_UP: Final = re.compile(
    r"^(?!.*\b(?:now|instead|originally|normally|usually|before|or|than)\b)"
    r".*\b(?:total|altogether|together|all|both|everything|combined|overall|sum|split|each|and|plus)\b"
)
"""Words of a text whose prices are added, and not those of one thing before and after."""


def answer(facts: Facts, asked: Asked) -> Intent | None:
    """The intent of the sum that is asked for; None where facts are missing, or one would not be used."""
    build = _BUILDERS.get(asked)
    return None if build is None else build(facts)


def _each(facts: Facts) -> Intent | None:
    if sorted(it.role for it in facts.found) in (["count", "people"], ["have", "people"], ["count", "count"]):
        return _things_each(facts)
    people = facts.of("people") or (facts.of("count") if not facts.of("one") else [])
    counts = len(facts.of("count"))
    if len(people) != 1 or not _all_used(facts, "people", "count", "price", *RATES, "cheaper", "one"):
        return None
    total = _total_part(facts, without=people)
    if total is None or counts > (not facts.of("people")) + len(facts.of("one")):
        return None
    count = people[0].value
    return _money(
        f"{in_brackets(total)} / {in_brackets(count)}", f"{total.said} divided by {count.said}", total, each=True
    )


def _things_each(facts: Facts) -> Intent | None:
    """So many things for so many who share them, without a price."""
    shares = _shares(facts)
    things, sharing = sorted(facts.found, key=shares)
    if not _IS_SHARED.search(facts.left) or shares(things) or not shares(sharing):
        return None
    of = re.search(r"#have (\w+)", facts.left)
    if (unit := WORDS.get(things.of or (of[1] if of else ""))) is not None:
        named = NAMES[unit][1]
        said = f"{things.value.said} {named} divided by {sharing.value.said}"
        return calculate(f"{things.value.notation} / {sharing.value.notation}", said, unit=named)
    said = f"{things.value.said} divided by {sharing.value.said}"
    return calculate(f"{things.value.notation} / {sharing.value.notation}", said, things.value, each=True)


def _shares(facts: Facts) -> Callable[[Fact], bool]:
    """Whether something is shared by what a fact counts: by the teams of "how many on each team"; people by default."""
    sharing = re.findall(r"\b(?:each|every|per) ([a-z]+)\b", facts.left)
    if not sharing or sharing[-1] in _ANYONE:
        return lambda it: it.role == "people"
    return lambda it: it.of in {sharing[-1], several(sharing[-1])}


def _share(facts: Facts) -> Intent | None:
    """A tip, a tax or what is saved, alone."""
    rates = facts.of(*RATES)
    base = _base(facts, without=rates)
    if len(rates) != 1 or base is None or not _all_used(facts, "price", "one", "count", *RATES):
        return None
    rate = rates[0].value
    return _money(f"{rate.notation}% * {in_brackets(base)}", f"{rate.said} of {base.said}", base)


def _change(facts: Facts) -> Intent | None:
    paid = facts.of("paid") or facts.of("have")
    if len(paid) != 1 or not _all_used(facts, "paid", "have", "price", "spent", "one", "count"):
        return None
    return _minus(paid[0].value, facts, without=paid)


def _left(facts: Facts) -> Intent | None:
    have = facts.of("have") or facts.of("paid")
    if not have:
        have = [it for it in facts.found if it.role in {"price", "count"}][:1]
    if len(have) != 1 or not _all_used(facts, "have", "paid", "price", "spent", "one", "count"):
        return None
    if any(it.of in WORDS for it in facts.of("count")) or _is_of_several(facts):
        return None  # so much a day, for some days; inches of a foot; apples, and pears that are eaten
    return _minus(have[0].value, facts, without=have)


def _is_of_several(facts: Facts) -> bool:
    """Whether a text names several things, of which no one can be taken from another."""
    named = {it.removesuffix("s") for it in re.findall(r"#(?:have|spent) ([a-z]+)", facts.left) if it not in KNOWN}
    return len(named) > 1


def _minus(whole: Part, facts: Facts, *, without: Sequence[Fact]) -> Intent | None:
    rest = [it for it in facts.found if it not in without]
    if any(it.role == "one" for it in rest):
        spent = _base(facts, without=without)
        values = [] if spent is None else [spent]
    else:
        values = [it.value for it in rest]
    if not values:
        return None
    part = whole
    for it in values:
        part = joined("minus", "-", part, it)
    counted = all(it.role in {"have", "spent", "count"} for it in facts.found) and not part.money and _is_whole(facts)
    return calculate(part.notation, part.said, part, form="" if counted else _form(part))


def _one(facts: Facts) -> Intent | None:
    if len(facts.found) == 1 and "/" in facts.found[0].value.notation and facts.found[0].role == "one":
        return _money(facts.found[0].value.notation, facts.found[0].value.said, facts.found[0].value)
    counts, prices = facts.of("count"), facts.of("price", "spent")
    if len(counts) != 1 or len(prices) != 1 or len(facts.found) != 2:  # noqa: PLR2004 - so many and their price
        return _total(facts) if len(prices) <= 1 else None
    cost, count = prices[0].value, counts[0].value
    return _money(f"{in_brackets(cost)} / {in_brackets(count)}", f"{cost.said} divided by {count.said}", cost)


def _total(facts: Facts) -> Intent | None:
    if not _all_used(facts, "price", "one", "count", "people", *RATES, "cheaper"):
        return None
    people = facts.of("people")
    if people and not facts.of("one"):
        return None
    total = _total_part(facts)
    if total is None or len(facts.found) < 2:  # noqa: PLR2004 - nothing is computed
        return None
    return _money(total.notation, total.said, total)


def _total_part(facts: Facts, *, without: Sequence[Fact] = ()) -> Part | None:
    """What is paid, with taxes, tips and discounts in their order."""
    total = _base(facts, without=[*facts.of(*RATES, "cheaper"), *without])
    if total is None:
        return None
    for it in facts.found:
        if it.role in {"tip", "tax", "more"}:
            total = Part(
                f"{in_brackets(total)} + {it.value.notation}%", f"{total.said} plus {it.value.said}", total.money
            )
        elif it.role == "off":
            total = Part(
                f"{in_brackets(total)} - {it.value.notation}%", f"{it.value.said} off {total.said}", total.money
            )
        elif it.role == "cheaper":
            total = joined("minus", "-", total, it.value)
        elif it.role == "percent":
            return None
    return total


def _base(facts: Facts, *, without: Sequence[Fact]) -> Part | None:
    """What all things cost: prices, and how many times the price of one; None where one of them has no price."""
    items = _items([it for it in facts.found if it not in without])
    if not items or (len(items) > 1 and not _ADDED_UP.search(facts.left)):
        return None
    total = items[0]
    for it in items[1:]:
        total = joined("plus", "+", total, it)
    return total


def _items(rest: Sequence[Fact]) -> Sequence[Part]:
    """The prices of facts that are prices, or pairs of how many and the price of one; empty where one is neither."""
    items: list[Part] = []
    rest = list(rest)
    if any(WORDS.get(it.of) in _TIMES for it in rest) and any(it.role == "price" and not it.value.money for it in rest):
        return []  # "5 hours on Monday and 6 on Tuesday", at so much an hour
    while rest:
        fact = rest.pop(0)
        if fact.role in {"price", "spent"}:
            items.append(fact.value)
            continue
        pair = sorted([fact, *rest[:1]], key=lambda it: it.role == "one")
        if [it.role in {"count", "people"} for it in pair] != [True, False] or pair[1].role != "one":
            return []
        del rest[0]
        if (count := _in_units_of(*pair)) is None:
            return []
        items.append(joined("times", "*", count, pair[1].value))
    return items


def _in_units_of(count: Fact, one: Fact) -> Part | None:
    """So many of what has the price: 3 pounds at 2 dollars a pound, 350 grams as kilos; None for 3 kilos of those."""
    counted, priced = WORDS.get(count.of), WORDS.get(one.of)
    if counted == priced:
        return count.value
    if (parts := _PARTS.get((priced or "", counted or ""))) is None:
        return None
    return Part(f"({count.value.notation} / {parts})", f"{count.value.said} divided by {parts}", simple=True)


def _all_used(facts: Facts, *roles: Role) -> bool:
    return all(it.role in roles for it in facts.found)


def _is_whole(facts: Facts) -> bool:
    return all(it.value.notation.isdecimal() for it in facts.found)


def _money(notation: str, said: str, part: Part, *, each: bool = False) -> Intent:
    return calculate(notation, said, part, each=each, form=_form(part))


def _form(part: Part) -> str:
    return "" if part.money else "price"


def _net(facts: Facts) -> Intent | None:
    """From a price with its tax to the one without; the other way where the net price is told."""
    rates, prices = facts.of(*RATES), facts.of("price", "spent", "count")
    if len(rates) != 1 or len(prices) != 1 or len(facts.found) != 2:  # noqa: PLR2004 - a price and its rate
        return None
    cost, rate = prices[0].value, rates[0].value
    if re.search(r"\bnet #", facts.left):
        return _money(f"{in_brackets(cost)} + {rate.notation}%", f"{cost.said} plus {rate.said}", cost)
    if not re.search(r"\bgross #|\b(?:including|includes|with|included)\b", facts.left):
        return None
    notation = f"{in_brackets(cost)} / (1 + {rate.notation}%)"
    return _money(notation, f"{cost.said} without the {rate.said} it includes", cost)


def _missing(facts: Facts) -> Intent | None:
    """What is still needed of something: 500 with 340 saved."""
    have, needed = facts.of("have"), facts.of("price", "count", "one")
    both = facts.of("price", "spent")
    if len(both) == 2 and len(facts.found) == 2 and re.search(r"\b(?:last|than|yesterday)\b", facts.left):  # noqa: PLR2004 - now and then
        found = applied(
            "abs", f"the difference between {both[0].value.said} and {both[1].value.said}",
            joined("minus", "-", both[0].value, both[1].value),
        )  # fmt: skip
        return calculate(found.notation, found.said, found, form=_form(found))
    if len(have) != 1 or len(needed) != 1 or len(facts.found) != 2:  # noqa: PLR2004 - what is there and what is needed
        return None
    return _minus(needed[0].value, facts, without=needed)


def _of_one(facts: Facts) -> Intent | None:
    """The price of one unit of what was bought: 3 pounds for 12 dollars."""
    counts, prices = facts.of("count"), facts.of("price", "spent")
    unit = WORDS[facts.left.rsplit(maxsplit=1)[-1]]
    if len(counts) == len(prices) == 1 and WORDS.get(counts[0].of) == unit:
        return _one(facts)
    return _total(facts)  # "what's that a week"


def _original(facts: Facts) -> Intent | None:
    """What a price was before a discount or a rise: 45 after 25 percent off."""
    rates, prices = facts.of("off", "more"), facts.of("price", "spent", "paid")
    if len(rates) != 1 or len(prices) != 1 or len(facts.found) != 2:  # noqa: PLR2004 - a price and its rate
        return None
    cost, rate = prices[0].value, rates[0].value
    sign, said = ("-", "off") if rates[0].role == "off" else ("+", "more")
    return _money(f"{in_brackets(cost)} / (1 {sign} {rate.notation}%)", f"the price before {rate.said} {said}", cost)


_BUILDERS: Final[Mapping[str, Callable[[Facts], Intent | None]]] = {
    "each": _each,
    "tip": _share,
    "saved": _share,
    "change": _change,
    "left": _left,
    "net": _net,
    "missing": _missing,
    "original": _original,
    "of-one": _of_one,
    "one": _one,
    "total": _total,
}
