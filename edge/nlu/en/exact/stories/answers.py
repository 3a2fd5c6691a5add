"""From the facts of a told sum to the sum. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import calculate
from edge.nlu.en.exact.parts import Part, in_brackets, joined
from edge.nlu.en.exact.stories.facts import Fact, Facts, Role
from edge.nlu.en.exact.stories.question import Asked
from edge.nlu.en.exact.unit_words import WORDS

_PERCENT: Final[Sequence[Role]] = ("tip", "tax", "more", "off", "percent")


def answer(facts: Facts, asked: Asked) -> Intent | None:
    """The intent of the sum that is asked for; None where facts are missing, or one would not be used."""
    build = _BUILDERS.get(asked)
    return None if build is None else build(facts)


def _each(facts: Facts) -> Intent | None:
    if sorted(it.role for it in facts.found) in (["count", "people"], ["have", "people"]):
        things, sharing = sorted(facts.found, key=lambda it: it.role == "people")
        said = f"{things.value.said} divided by {sharing.value.said}"
        return calculate(f"{things.value.notation} / {sharing.value.notation}", said, things.value, each=True)
    people = facts.of("people") or (facts.of("count") if not facts.of("one") else [])
    if len(people) != 1 or not _all_used(facts, "people", "count", "price", *_PERCENT, "cheaper", "one"):
        return None
    if len(facts.of("count")) > (not facts.of("people")) + len(facts.of("one")):
        return None
    total = _total_part(facts, without=people)
    if total is None:
        return None
    count = people[0].value
    return _money(
        f"{in_brackets(total)} / {in_brackets(count)}", f"{total.said} divided by {count.said}", total, each=True
    )


def _share(facts: Facts) -> Intent | None:
    """A tip, a tax or what is saved, alone."""
    rates = facts.of(*_PERCENT)
    base = _base(facts, without=rates)
    if len(rates) != 1 or base is None or not _all_used(facts, "price", "one", "count", *_PERCENT):
        return None
    rate = rates[0].value
    return _money(f"{in_brackets(rate)}% * {in_brackets(base)}", f"{rate.said}% of {base.said}", base)


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
    return _minus(have[0].value, facts, without=have)


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
    counts, prices = facts.of("count"), facts.of("price")
    if len(counts) != 1 or len(prices) != 1 or len(facts.found) != 2:  # noqa: PLR2004 - so many and their price
        return _total(facts)
    cost, count = prices[0].value, counts[0].value
    return _money(f"{in_brackets(cost)} / {in_brackets(count)}", f"{cost.said} divided by {count.said}", cost)


def _total(facts: Facts) -> Intent | None:
    if not _all_used(facts, "price", "one", "count", "people", *_PERCENT, "cheaper"):
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
    total = _base(facts, without=[*facts.of(*_PERCENT, "cheaper"), *without])
    if total is None:
        return None
    for it in facts.found:
        if it.role in {"tip", "tax", "more"}:
            total = Part(
                f"{in_brackets(total)} + {in_brackets(it.value)}%", f"{total.said} plus {it.value.said}%", total.money
            )
        elif it.role == "off":
            total = Part(
                f"{in_brackets(total)} - {in_brackets(it.value)}%", f"{it.value.said}% off {total.said}", total.money
            )
        elif it.role == "cheaper":
            total = joined("minus", "-", total, it.value)
        elif it.role == "percent":
            return None
    return total


def _base(facts: Facts, *, without: Sequence[Fact]) -> Part | None:
    """A price, or how many times the price of one; None for anything else."""
    rest = [it for it in facts.found if it not in without]
    ones = [it for it in rest if it.role == "one"]
    counts = [it for it in rest if it.role in {"count", "people"}]
    prices = [it for it in rest if it.role in {"price", "spent"}]
    if len(rest) == 1 and len(prices) == 1:
        return prices[0].value
    if len(ones) == 1 and len(counts) == 1 and len(rest) == 2 and _counts_those(counts[0], ones[0]):  # noqa: PLR2004
        return joined("times", "*", counts[0].value, ones[0].value)
    if not ones and len(counts) == 1 and len(prices) == 1 and counts[0].start < prices[0].start and counts[0].of:
        return None  # "6 coffees for 20": the price of all or of one?
    return None


def _counts_those(count: Fact, one: Fact) -> bool:
    """Whether what is counted is what has the price: 3 pounds at 2 dollars a pound, and not 3 kilos."""
    measured = WORDS.get(one.of)
    return measured == WORDS.get(count.of) if measured is not None else WORDS.get(count.of) is None


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
    rates, prices = facts.of(*_PERCENT), facts.of("price", "count")
    if len(rates) != 1 or len(prices) != 1 or len(facts.found) != 2:  # noqa: PLR2004 - a price and its rate
        return None
    cost, rate = prices[0].value, rates[0].value
    if re.search(r"\bnet #", facts.left):
        return _money(f"{in_brackets(cost)} + {rate.notation}%", f"{cost.said} plus {rate.said}%", cost)
    if not re.search(r"\bgross #", facts.left):
        return None
    notation = f"{in_brackets(cost)} / (1 + {rate.notation}%)"
    return _money(notation, f"{cost.said} without the {rate.said}% it includes", cost)


_BUILDERS: Final[Mapping[str, Callable[[Facts], Intent | None]]] = {
    "each": _each,
    "tip": _share,
    "saved": _share,
    "change": _change,
    "left": _left,
    "net": _net,
    "one": _one,
    "total": _total,
}
