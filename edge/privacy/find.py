"""Finds all private values of a text. Pure; takes time linear in the length of the text."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from edge.nlu.privacy import Found, PrivacyRules, ValueKind
from edge.nlu.tokens import Token, tokens_of
from edge.privacy.addresses import addresses
from edge.privacy.addresses.words import is_public
from edge.privacy.numbers import number_values
from edge.privacy.written import written_values

_SHORTEST_AGAIN: Final = 3
_LONGEST_AGAIN: Final = 48
"""Letters of a value that is looked for again: names and passwords are no longer."""
_MOST_AGAIN: Final = 64
"""Values of a prompt that are looked for again: more are no prompt of a person."""
_JOINTS: Final = frozenset("-_.'\u2019\u2010\u2011")
"""Signs between the words of a name or in a word."""


class Listed:
    """The owner's names or words: finds them as whole words, in any case, as they are often written or heard.

    That is without accents, with an "s" at the end, in one word or with signs between the words, or spelled in letters.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(_plain(token.text) for token in tokens_of(phrase) if token.is_word)
            if words:
                forms = {words, ("".join(words),)}
                self._phrases.setdefault(words[0][0], []).extend(forms)

    def spans(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """The first token and the index behind the last one of each listed phrase."""
        plain = [_plain(token.text) for token in tokens]
        for at, word in enumerate(plain):
            for phrase in self._phrases.get(word[:1], ()):
                last = _behind(phrase, plain, at)
                if last is not None:
                    yield at, last


def _behind(phrase: Sequence[str], plain: Sequence[str], at: int) -> int | None:
    """The index behind a phrase that begins at a token; None if another text stands there."""
    for number, word in enumerate(phrase):
        at = at + 1 if number and plain[at : at + 1] and plain[at] in _JOINTS else at
        if plain[at : at + 1] == [word] or (number == len(phrase) - 1 and plain[at : at + 1] == [f"{word}s"]):
            at += 1
        elif (spelled := _behind_letters(word, plain, at)) is not None:
            at = spelled
        else:
            return None
    return at


def _behind_letters(word: str, plain: Sequence[str], at: int) -> int | None:
    """The index behind the letters that spell a word, "-" or "." between them; None if they do not."""
    for number, letter in enumerate(word):
        at = at + 1 if number and plain[at : at + 1] and plain[at] in _JOINTS else at
        if plain[at : at + 1] != [letter]:
            return None
        at += 1
    return at


def _plain(word: str) -> str:
    """A word without its accents."""
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def values_of(
    texts: Sequence[str], rules: PrivacyRules, names: Listed, earlier: Sequence[str] = ()
) -> list[list[Found]]:
    """The values of each text of one prompt: those of `private_values`, and the same ones told again.

    "My wife Ada ... and Ada says": the second name has no introduction. What introduces it may be in `earlier` texts.
    """
    found = [private_values(text, rules, names) for text in texts]
    before = [private_values(text, rules, names) for text in earlier]
    known: dict[str, Found] = {}
    for text, values in zip((*texts, *earlier), (*found, *before), strict=True):
        for it in values:
            known.setdefault(text[it.start : it.end], it)
            if it.kind == ValueKind.PERSON:
                words = [token.text for token in tokens_of(text[it.start : it.end])]
                parts = [word for word in words if len(word) >= _SHORTEST_AGAIN and not rules.is_common(word)]
                known |= {word: Found(it.kind, 0, 0, word) for word in parts if len(words) > 1 and word not in known}
    lengths = range(_SHORTEST_AGAIN, _LONGEST_AGAIN)
    again = [(Listed([value]), it) for value, it in known.items() if len(value) in lengths][:_MOST_AGAIN]
    return [_with_more(text, values, again) for text, values in zip(texts, found, strict=True)]


def _with_more(text: str, values: list[Found], again: Sequence[tuple[Listed, Found]]) -> list[Found]:
    tokens = tokens_of(text)
    more: list[Found] = []
    for listed, it in again:
        for first, last in listed.spans(tokens):
            start, end = tokens[first].start, tokens[last - 1].end
            same = "".join(text[start:end].casefold().split()) == "".join(it.key.split())
            more.append(Found(it.kind, start, end, it.key if same else ""))
    return _keyed(text, _apart([*values, *more]))


def private_values(text: str, rules: PrivacyRules, names: Listed) -> list[Found]:
    """The values in the order of the text, apart from each other, each with a `key`."""
    tokens = tokens_of(text)
    found = [
        *written_values(text),
        *number_values(text, tokens, rules),
        *addresses(tokens, rules),
        *(it for it in rules.phrases(text) if not (it.kind == ValueKind.ADDRESS and _is_public(text, it))),
        *(Found(ValueKind.PERSON, tokens[a].start, tokens[b - 1].end) for a, b in names.spans(tokens)),
    ]
    return _keyed(text, _apart(found))


def _keyed(text: str, found: Iterable[Found]) -> list[Found]:
    """The values, each with a key; one that has none is known by its text."""
    return [it if it.key else replace(it, key=" ".join(text[it.start : it.end].casefold().split())) for it in found]


def _is_public(text: str, found: Found) -> bool:
    return is_public(tuple(token.text for token in tokens_of(text[found.start : found.end])))


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """Values that overlap, as one of the kind of the longest."""
    whole: Found | None = None
    longest: Found | None = None
    for it in sorted(found, key=lambda it: (it.start, -it.end)):
        if whole is not None and longest is not None and it.start < whole.end:
            if it.end - it.start > longest.end - longest.start:
                longest = it
            end = max(whole.end, it.end)
            same = (longest.start, longest.end) == (whole.start, end)
            whole = Found(longest.kind, whole.start, end, longest.key if same else "")
            continue
        if whole is not None:
            yield whole
        whole = longest = it
    if whole is not None:
        yield whole
