"""The tables of facts that do not change: what each row says, under each name that it may be asked by. Pure.

They were written for this program; `tables/` holds a file for each kind. Names in one cell are separated by "|", the
first one is spoken. The neighbours of countries are GeoNames' (CC BY 4.0), atomic masses are rounded from IUPAC's.
"""

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import resources
from typing import Final

from edge.nlu.en.reference.about_languages import LANGUAGES
from edge.nlu.en.reference.about_reasons import two_things
from edge.nlu.en.reference.wording import as_reason, as_stated, key, singular, with_capital

_MADE: Final = frozenset({"invented", "discovered", "founded", "built"})
_YEAR: Final = re.compile(r"\b(?:\d{3,4}|\d+ BC|century)\b")
"""What tells when something was made, where the sentence of who made it has it."""
_SHARED: Final = frozenset({"Brontë", "Eliot", "Strauss", "Younger", "Elder"})
"""Last words of the names of several makers."""
_MOST_WORKS: Final = 4
"""How many works of an author are named in an answer."""

Row = tuple[str, str, str]
"""A relation, a name that it is asked of, and the sentence that answers."""


def fact(relation: str, name: str) -> str | None:
    """The sentence that tells the relation of what is called so; a plural is tried as one, too."""
    rows, kept = facts().get(relation, {}), key(name)
    return rows.get(kept) or rows.get(singular(kept))


@functools.cache
def facts() -> Mapping[str, Mapping[str, str]]:
    """Relation -> name in the spelling of `key` -> sentence. Reads 200 kB at the first question."""
    found: dict[str, dict[str, str]] = {}
    for file, read in READERS.items():
        text = (resources.files(__package__) / "tables" / f"{file}.tsv").read_text(encoding="utf-8")
        for line in text.splitlines():
            for relation, name, sentence in read(*line.split("\t")):
                found.setdefault(relation, {}).setdefault(key(name), sentence)
                if relation in _MADE and _YEAR.search(sentence):
                    found.setdefault(f"date {relation}", {}).setdefault(key(name), sentence)
    return found


def _sentences(relation: str, names: str, sentence: str) -> Iterator[Row]:
    return ((relation, name, sentence) for name in _cell(names))


def _works(made: str, titles: str) -> Iterator[Row]:
    verb, _, creator = made.partition(" by ")
    past = {"written": "wrote", "sung": "sang"}.get(verb, verb)
    names = [_cell(title)[0] for title in titles.split(";")]
    if len(names) > 1:
        more = " and more" if len(names) > _MOST_WORKS else ""
        told = f"{with_capital(creator)} {past} {_listed(names[:_MOST_WORKS])}{more}."
        last = creator.split(" ")[-1]
        for name in (creator, *({last} - _SHARED)):
            yield f"{past} what", name, told
    for title in titles.split(";"):
        shown, *others = _cell(title)
        for name in (shown, *others):
            yield past, name, f"{with_capital(creator)} {past} {shown}."


def _regions(name: str, others: str, capital: str) -> Iterator[Row]:
    for it in (name, *_cell(others)):
        yield "capital", it, f"The capital of {name} is {capital}."
    yield "capital of what", capital, f"{capital} is the capital of {name}."


def _countries(
    name: str, others: str, capital: str, money: str, languages: str, continent: str, neighbours: str, highest: str
) -> Iterator[Row]:
    shown = with_capital(name)
    several = name.startswith("the ") and name.endswith("s")
    city = capital.partition(",")[0]
    main = "languages" if " and " in languages else "language"
    for it in (name, *_cell(others)):
        if capital:
            yield "capital", it, f"The capital of {name} is {capital}."
        if money:
            yield "currency", it, f"The currency of {name} is the {money}."
        yield "language", it, f"The main {main} of {name} {'are' if main == 'languages' else 'is'} {languages}."
        yield "continent", it, f"{shown} {'are' if several else 'is'} in {continent}."
        yield "neighbours", it, _bordered(shown, _cell(neighbours), several=several)
        if highest:
            yield "named", f"highest mountain in {it}", f"The highest mountain in {name} is {highest}."
    if capital and "itself" not in capital:
        yield "capital of what", city, f"{with_capital(city)} is the capital of {name}."


def _bordered(shown: str, neighbours: Sequence[str], *, several: bool) -> str:
    if not neighbours:
        return f"{shown} {'have' if several else 'has'} no land border."
    return f"{shown} {'border' if several else 'borders'} {_listed(neighbours)}."


def _elements(name: str, other: str, symbol: str, number: str, mass: str, melts: str, boils: str) -> Iterator[Row]:
    for it in filter(None, (name, other)):
        yield "symbol", it, f"The symbol of {name} is {symbol}."
        yield "atomic number", it, f"The atomic number of {name} is {number}."
        if mass:
            yield "atomic mass", it, f"The atomic mass of {name} is {mass}."
        if melts:
            yield "melting point", it, f"{with_capital(name)} melts at {_degrees(int(melts))}."
        if boils:
            yield "boiling point", it, f"{with_capital(name)} boils at {_degrees(int(boils))}."
    yield "element", symbol, f"{symbol} is the symbol of {name}."
    yield "element", number, f"The element with the atomic number {number} is {name}."


def _degrees(celsius: int) -> str:
    return f"{celsius} degrees Celsius, or {round(celsius * 1.8 + 32)} Fahrenheit"


def _planets(name: str, km: str, miles: str, million_km: str, million_miles: str, year: str, day: str) -> Iterator[Row]:
    shown = with_capital(name)
    yield "size", name, f"{shown} is about {km} kilometres, or {miles} miles, across."
    if million_km:
        away = f"about {million_km} million kilometres, or {million_miles} million miles,"
        yield "distance from the sun", name, f"{shown} is {away} from the sun."
    if year:
        yield "year", name, f"A year on {name} takes {year}."
    if day:
        yield "day", name, f"A day on {name} takes {day}."


def _animals(name: str, plural: str, young: str, male: str, female: str, group: str) -> Iterator[Row]:
    for word, called in (("baby", young), ("young", young), ("male", male), ("female", female)):
        if called:
            yield "named", f"{word} {name}", f"A {word} {name} is called {_one(called)}."
    if group:
        yield "named", f"group of {name}", f"A group of {plural} is called {_one(group)}."


def _people(names: str, told: str, birthplace: str) -> Iterator[Row]:
    shown, *others = _cell(names)
    for it in (shown, *others):
        yield "nationality", it, f"{shown} {told}."
        if birthplace:
            yield "where born", it, f"{shown} was born in {birthplace}."


def _statements(questions: str, sentence: str) -> Iterator[Row]:
    return (("whether", as_stated(it), sentence) for it in _cell(questions))


def _phrases(names: str, *translations: str) -> Iterator[Row]:
    shown, *_ = _cell(names)
    for name in _cell(names):
        for language, said in zip(LANGUAGES, translations, strict=True):
            if said:
                yield f"in {language}", name, f"In {language}, {shown} is {said}."


def _verbs(verb: str, past: str, participle: str) -> Iterator[Row]:
    also = "" if participle == past else f", and its past participle {participle}"
    yield "past tense", verb, f"The past tense of {verb} is {past}{also}."
    yield "past participle", verb, f"The past participle of {verb} is {participle}."


def _reasons(relation: str, names: str, sentence: str) -> Iterator[Row]:
    return ((relation, as_reason(name), sentence) for name in _cell(names))


def _differences(ones: str, others: str, sentence: str) -> Iterator[Row]:
    return (("difference", two_things(one, other), sentence) for one in _cell(ones) for other in _cell(others))


def _one(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' and noun != 'ewe' else 'a'} {noun}"


def _cell(names: str) -> Sequence[str]:
    return [name for it in names.split("|") if (name := it.strip())]


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


READERS: Final[Mapping[str, Callable[..., Iterator[Row]]]] = {
    "names": _sentences,
    "countries": _countries,
    "regions": _regions,
    "places": _sentences,
    "rivers": _sentences,
    "elements": _elements,
    "planets": _planets,
    "works": _works,
    "origins": _sentences,
    "dates": _sentences,
    "animals": _animals,
    "scientific_names": _sentences,
    "animal_life": _sentences,
    "traits": _sentences,
    "verbs": _verbs,
    "counts": _sentences,
    "measures": _sentences,
    "people": _people,
    "statements": _statements,
    "phrases": _phrases,
    "reasons": _reasons,
    "differences": _differences,
}
"""Where two rows have one name, the first one answers."""
