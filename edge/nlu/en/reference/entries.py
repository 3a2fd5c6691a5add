"""What an entry of an encyclopedia says about a name, in one sentence. Pure.

Only what stays true is said: sentences with dates of now, numbers of people or offices of the living are left out.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.wording import an, with_capital
from edge.nlu.reference import Entry
from edge.runtime.folding import folded

_LONGEST: Final = 320
"""Characters. A longer sentence tells more than was asked."""
_SHORTEST_WORD: Final = 2
"""Letters of a word that ends a sentence."""

_BRACKETS: Final = LazyPattern(r"\s*[(\[][^()\[\]]*[)\]]")
_END: Final = LazyPattern(r"(?P<last>\S*)[.!?]['\"\u201d]?(?:\s+(?=[A-Z\"\u201c])|$)")
_ABBREVIATIONS: Final = frozenset({"st", "dr", "mr", "mrs", "jr", "sr", "vs", "lit", "etc", "approx", "ca", "no"})
_CHANGES: Final = LazyPattern(
    r"\b(?:as of|currently|current|now|today|incumbent|recent(?:ly)?|since (?:19|20)\d\d|202\d|populations?"
    r"|(?:\w+-)?most[- ]populous|inhabitants|million people|richest|wealthiest|world record)\b",
    re.IGNORECASE,
)
_IS: Final = LazyPattern(r" (?:is|are) ")
_OFFICE: Final = LazyPattern(
    r"\b(?:president|prime minister|chancellor|monarch|(?:king|queen|leader|head) of|pope|minister|senator|governor"
    r"|mayor|chairman|chief executive|ceo|coach|plays for|serv(?:es|ing))\b",
    re.IGNORECASE,
)
_BORN: Final = LazyPattern(r".*\(born (?:c\. )?(?P<year>\d{4})\)")
_LIVED: Final = LazyPattern(
    r".*\((?P<about>c\. )?(?P<born>\d{1,4})(?: (?P<era>BC|AD))?\s?[\u2013-]\s?(?P<about_died>c\. )?(?P<died>\d{1,4})"
    r"(?: (?P<died_era>BC|AD|CE|BCE))?\)"
)
_NO_PERSON: Final = LazyPattern(
    r"\b(?:movement|war|conflict|era|period|empire|kingdom|dynasty|republic|state|revolution|crisis|depression|plague"
    r"|battle|treaty|country|style|series|film|album|band|group|newspaper|ship|program|reign|emperor from|r\.)\b",
    re.IGNORECASE,
)
_PLACE: Final = LazyPattern(
    r"\b(?:city|capital|country|islands?|river|lake|mountains?|desert|region|state|province|sea|ocean|bay|gulf"
    r"|peninsula|town|volcano|building|museum|landmark|tower|bridge|temple|church|cathedral|palace|castle|monument|site|park"
    r"|valley|strait|canal|continent|archipelago|range|plateau|waterfalls?|metropolis|municipality|territory|university|ruins"
    r"|settlement|district|stadium|library|fortress|mosque|forest|reef|cape|port)\b",
    re.IGNORECASE,
)
_PLACED: Final = LazyPattern(
    r"(?:(?:most populous|largest|capital) )?(?P<kind>city|town|village|island|lake|mountain|river) (?:in|of)"
    r" (?P<where>.+)",
    re.IGNORECASE,
)
"""For "Most populous city in Nevada, United States", whose first sentence changes."""
_MAKES: Final[Mapping[str, str]] = {
    "wrote": r"novels?|play|poem|books?|tragedy|comedy|epic|novella|story|stories|essay|treatise|work|pamphlet",
    "painted": r"painting|fresco|portrait|triptych|mural|print|altarpiece",
    "composed": r"symphony|opera|ballet|composition|concert[io]|song|sonatas?|mass|oratorio|music|suite|work",
    "directed": r"film|movie",
    "sculpted": r"sculpture|statue",
    "created": r"comics?|series|character|franchise|strip|game|manga",
    "designed": r"building|house|tower|bridge|monument",
}
"""A relation of makers -> what it makes, as descriptions call it."""
_DONE: Final[Mapping[str, str]] = {
    "invented": "invented|developed|created", "discovered": "discovered|identified|isolated",
    "founded": "founded|established", "built": "built|constructed", "designed": "designed", "composed": "composed",
    "wrote": "written", "painted": "painted", "created": "created", "directed": "directed",
}  # fmt: skip


def told(relation: str, name: str, entries: Sequence[Entry]) -> str | None:
    """The sentence that answers what a relation asks of a name that these entries have; None if none does."""
    tell = _TELLS.get(relation) or (lambda entry: _maker(relation, entry))
    people = relation in {"person", "when born", "when die", "when live"}
    fitting = [it for it in entries if _is_person(it)] if people else [it for it in entries if not _is_person(it)]
    if relation == "person" and not fitting and len(entries) == 1:
        fitting = [*entries]
    exact = [it for it in fitting if folded(it.title).removeprefix("the ") == folded(name).removeprefix("the ")]
    chosen = exact or fitting
    return tell(chosen[0]) if len(chosen) == 1 else None


def _is_person(entry: Entry) -> bool:
    described = entry.description
    return bool(_LIVED.fullmatch(described) or _BORN.fullmatch(described)) and not _NO_PERSON.search(described)


def _about(entry: Entry) -> str | None:
    sentence = _first_sentence(entry)
    if sentence is None or (_IS.search(sentence) and _OFFICE.search(sentence)):
        return None
    return sentence


def _where(entry: Entry) -> str | None:
    if _PLACE.search(entry.description) is None:
        return None
    if (sentence := _about(entry)) is not None:
        return sentence
    named = _PLACED.fullmatch(entry.description)
    return named and f"{entry.title} is {an(named['kind'])} in {named['where']}."


def _born(entry: Entry) -> str | None:
    if (living := _BORN.fullmatch(entry.description)) is not None:
        return f"{entry.title} was born in {living['year']}."
    lived = _LIVED.fullmatch(entry.description)
    return lived and f"{entry.title} was born in {_year(lived, 'born')}."


def _died(entry: Entry) -> str | None:
    lived = _LIVED.fullmatch(entry.description)
    return lived and f"{entry.title} died in {_year(lived, 'died')}."


def _lived(entry: Entry) -> str | None:
    lived = _LIVED.fullmatch(entry.description)
    return lived and f"{entry.title} lived from {_year(lived, 'born')} to {_year(lived, 'died')}."


def _year(lived: re.Match[str], end: str) -> str:
    era = (
        lived["died_era"]
        if end == "died"
        else (lived["era"] or (lived["died_era"] if lived["died_era"] in {"BC", "BCE"} else ""))
    )
    about = lived["about"] if end == "born" else lived["about_died"]
    return f"{'about ' if about else ''}{lived[end]}{f' {era}' if era and era not in {'AD', 'CE'} else ''}"


def _before_christ(era: str | None) -> str | None:
    """Who died before Christ was born before Christ, too."""
    return era if era in {"BC", "BCE"} else None


def _maker(relation: str, entry: Entry) -> str | None:
    title, described = _BRACKETS.compiled.sub("", entry.title), entry.description
    kinds = _MAKES.get(relation)
    if kinds and re.search(rf"\b(?:{kinds})\b.* by (?:the )?[A-Z]", described, re.IGNORECASE):
        return f"{with_capital(title)} is {_with_article(described)}."
    verbs = _DONE.get(relation)
    if verbs is None:
        return None
    subject = rf"(?P<it>It|{re.escape(title)}|The {re.escape(title.lower())})"
    made = re.compile(rf"{subject} (?:was|were) (?:\w+ )?(?:{verbs})\b.* by ")
    for sentence in _sentences(entry):
        if (found := made.match(sentence)) is not None:
            return with_capital(title) + sentence[found.end("it") :]
    return None


def _with_article(described: str) -> str:
    word = described.split(" ", 1)[0]
    if word.lower() in _ORDINARY:
        described = described[0].lower() + described[1:]
    vowel = described[0].lower() in "aeio" or re.match(r"(?:18|11|8)\d\d?\b|18\d\d", described)
    return f"{'an' if vowel else 'a'} {described}"


_ORDINARY: Final = frozenset({
    "tragedy", "painting", "play", "novel", "opera", "comedy", "poem", "epic", "book", "set", "cycle", "series",
    "symphony", "musical", "film", "last", "anti-war", "work", "mural", "sculpture", "triptych", "fictional",
    "composition", "piano", "philosophical", "political", "mythological", "narrative", "story", "collection", "song",
})  # fmt: skip
"""Words that begin a description and are no names."""


def _first_sentence(entry: Entry) -> str | None:
    first = next(_sentences(entry), None)
    begins = first is not None and _plain(entry.text).startswith(first)
    return with_capital(first) if first is not None and begins else None


def _sentences(entry: Entry) -> Iterator[str]:
    """The sentences of a text that can be spoken and stay true."""
    text, begin = _plain(entry.text), 0
    for end in _END.compiled.finditer(text):
        last = end["last"].strip("\"'(").lower()
        if len(last) < _SHORTEST_WORD or "." in last or last in _ABBREVIATIONS:
            continue  # an initial or an abbreviation
        sentence = text[begin : end.end()].strip()
        begin = end.end()
        if len(sentence) <= _LONGEST and not _CHANGES.search(sentence):
            yield sentence


def _plain(text: str) -> str:
    """A text without brackets, which are read badly."""
    before = ""
    while before != text:
        before, text = text, _BRACKETS.compiled.sub("", text)
    return " ".join(text.replace(" ,", ",").split())


_TELLS: Final[Mapping[str, Callable[[Entry], str | None]]] = {
    "person": _about,
    "thing": _about,
    "where": _where,
    "when born": _born,
    "when die": _died,
    "when live": _lived,
}
