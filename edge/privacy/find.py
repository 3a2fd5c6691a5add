"""Finds all private values of a text. Pure; takes time linear in the length of the text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from edge.nlu.privacy import Found, PrivacyRules, ValueKind
from edge.nlu.tokens import Token, tokens_of
from edge.privacy.addresses import addresses
from edge.privacy.addresses.words import is_public
from edge.privacy.numbers import number_values
from edge.privacy.written import written_values


class Listed:
    """The owner's names or words: finds them as whole words, in any case."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(token.text for token in tokens_of(phrase))
            if words:
                self._phrases.setdefault(words[0], []).append(words)

    def spans(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """The first token and the index behind the last one of each listed phrase."""
        for at, token in enumerate(tokens):
            for words in self._phrases.get(token.text, ()):
                if tuple(it.text for it in tokens[at : at + len(words)]) == words:
                    yield at, at + len(words)


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
    return [
        it if it.key else replace(it, key=" ".join(text[it.start : it.end].casefold().split())) for it in _apart(found)
    ]


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
