"""What can be asked about ages and years of birth. Pure."""

from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.when.phrases import Sentence
from edge.nlu.en.exact.when.relations import Relation, relation

_DATE: Final = "EdgeDate"


def _age(sentence: Sentence) -> Intent | None:
    """The age of who was born in a year or on a day: what is named behind "born" is that, another year is "when"."""
    born_at = sentence.at("born")
    named = sorted(sentence.pieces, key=lambda it: (it.at < born_at, it.at))
    born, *when = [it for it in named if it.kind in {"year", "day"}]
    slots = {"ask": "age", "unit": "year"}
    if born.kind == "year":
        slots["year"] = born.value
    elif born.value.startswith("date"):
        slots["day"] = born.value
    else:
        return None
    if when:
        if when[0].kind != "year" and not when[0].value.startswith("today"):
            return None
        if when[0].kind == "year":
            slots["when"] = when[0].value
    return Intent(_DATE, slots)


def _born(sentence: Sentence) -> Intent | None:
    age = sentence.of("number")[0].value
    if sentence.is_yes_or_no or not sentence.has("year", "when"):
        return None
    return Intent(_DATE, {"ask": "born", "age": age}) if int(age) <= 130 else None  # noqa: PLR2004 - an age


def _turns(sentence: Sentence) -> Intent | None:
    """The year in which who was born in a year reaches an age."""
    born, age = int(sentence.of("year")[0].value), int(sentence.of("number")[0].value)
    return Intent(_DATE, {"ask": "age", "unit": "year", "year": str(born), "when": str(born + age)})


def _days_old(sentence: Sentence) -> Intent | None:
    day = sentence.of("day")[0].value
    if not day.startswith("date"):
        return None
    return Intent(_DATE, {"ask": "since", "day": day, "end": "today", "unit": sentence.of("unit")[0].value})


_BORN = "if who my turn make year old date have and current"

AGES: Final[tuple[Relation, ...]] = (
    relation("born old|turn|make", "year", _age, may=_BORN, unknown=2),
    relation("born old|turn|make", "year day", _age, may=_BORN, unknown=2),
    relation("born old|turn|make", "year year", _age, may=_BORN, unknown=2),
    relation("born old|turn|make", "day", _age, may=_BORN, unknown=2),
    relation("born old|turn|make", "day day", _age, may=_BORN, unknown=2),
    relation("born", "number", _born, may="year when old if who my have month turn", unknown=2),
    relation("born", "number day", _born, may="year when old if who my have", unknown=2),
    relation("born turn|old|year", "number year", _turns, may="year when if who my have", unknown=2),
    relation("born old|many", "unit day", _days_old, may="many long if who my", unknown=2),
    relation("born", "number span", _born, may="year when old if who my have turn", unknown=2),
)  # fmt: skip
