"""What kind of thing something is: a tree of kinds, and the yes or no that follows from it. Pure.

`tables/kinds.tsv` has a kind, "p" if what is of that kind has proper names, and the names, which may be kinds again. A
no is said only of kinds of one tree: nothing is both an arachnid and an insect, so a spider is no insect.
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.wording import an, key, plural, singular, with_capital

_CALLED: Final = {
    "mollusk": "mollusc", "feline": "cat", "element": "chemical element", "state": "us state", "gem": "gemstone",
    "stringed instrument": "string instrument", "instrument": "musical instrument", "cereal": "grain",
    "non metal": "nonmetal", "jewel": "gemstone", "precious stone": "gemstone", "american state": "us state",
    "woodwind": "woodwind instrument", "raptor": "bird of prey", "country itself": "country",
    "independent country": "country",
}  # fmt: skip
"""Other names of kinds."""
_KIND: Final = (
    r"(?:(?:really |actually |technically |considered |classified as |classed as |counted as |an example of )*"
    r"(?:an? )?(?:(?:kind|type|sort|species) of )?(?:an? )?)"
)
_IS: Final = LazyPattern(rf"(?P<be>is|are|was|were) (?P<one>.+?) (?P<rest>{_KIND}(?P<kind>[\w ]+))")
_EITHER: Final = LazyPattern(r"(?:an? )?(?P<one>[\w ]+?) or (?:an? )?(?P<other>[\w ]+)")
_WHAT_KIND: Final = LazyPattern(
    r"what (?:kind|type|sort|class|family|group) of (?:an? )?(?P<root>[\w ]+?) (?P<be>is|are|was|were) (?P<one>.+)"
)
_ARTICLE: Final = LazyPattern(r"(?P<article>an?|the) (?P<noun>.+)")


@dataclass
class _Node:
    """A thing or a kind, as it is written, and the kinds that it belongs to."""

    shown: str
    proper: bool
    parents: list[str] = field(default_factory=list)
    has_children: bool = False


def of_a_kind(question: str) -> str | None:
    """Whether something is of a kind ("is a spider an insect"), or of which ("what kind of animal is a koala")."""
    if (asked := _WHAT_KIND.fullmatch(question)) is not None:
        path = next((it for it in _paths(_found(asked["one"])) if _kind(asked["root"]) in it[2:]), None)
        if path is not None:
            return with_capital(f"{_subject(asked['one'], path[0])} {asked['be']} {_a(path[1], asked['be'])}.")
    for be, one, claimed in _splits(question):
        if (found := _found(one)) is None:
            continue
        if (either := _EITHER.fullmatch(claimed)) is not None:
            return _which(be, one, found, (_kind(either["one"]), _kind(either["other"])))
        if (told := _whether(be, one, found, _kind(claimed))) is not None:
            return told
    return None


def things_asked(question: str) -> Sequence[str]:
    """The things of the tree of which a question may ask the kind, without their articles."""
    found = [one for _, one, claimed in _splits(question) if _found(one) is not None and _kind(claimed) is not None]
    return [article["noun"] if (article := _ARTICLE.fullmatch(it)) else it for it in found]


def kinds_of(name: str) -> Sequence[str]:
    """The kinds that something belongs to, the nearest first: a koala is a marsupial, a mammal, a vertebrate, ..."""
    return list(dict.fromkeys(kind for path in _paths(_found(name)) for kind in path[1:]))


def said_of(name: str) -> str | None:
    """A thing of the tree as a sentence names it, with the article and the number with which it was said."""
    found = _found(name)
    return None if found is None else _subject(name, found)


def _splits(question: str) -> Iterator[tuple[str, str, str]]:
    """The ways to read "is <something> <a kind>": the verb, the thing and the kind."""
    words = question.split()
    for at in range(2, len(words)):
        one, rest = " ".join(words[1:at]), " ".join(words[at:])
        asked = _IS.fullmatch(f"{words[0]} {one} {rest}")
        if asked is not None:
            kind = LazyPattern(_KIND).match(rest)
            yield words[0], one, rest[kind.end() :] if kind else rest


def _whether(be: str, one: str, found: str, claimed: str | None) -> str | None:
    tree = _tree()
    if claimed is None or claimed == found or not tree[claimed].has_children:
        return None
    subject, paths = _subject(one, found), _paths(found)
    if any(claimed in path for path in paths):
        return f"Yes, {subject} {be} {_a(claimed, be)}."
    if any(found in path for path in _paths(claimed)):
        return None
    above = {kind for path in _paths(claimed) for kind in path}
    for path in paths:
        at = next((at for at, kind in enumerate(path) if kind in above), None)
        if at is not None and at > 1:
            return f"No, {subject} {be} {_a(path[at - 1], be)}."
        if at is not None:
            return f"No, {subject} {be} {_a(path[at], be)}, but not {_a(claimed, be)}."
    return None


def _which(be: str, one: str, found: str, kinds: tuple[str | None, str | None]) -> str | None:
    known = [kind for kind in kinds if kind is not None and any(kind in path[1:] for path in _paths(found))]
    return with_capital(f"{_subject(one, found)} {be} {_a(known[0], be)}.") if len(known) == 1 else None


def _subject(said: str, found: str) -> str:
    """The thing with the article and the number with which it was said, in its own spelling."""
    node = _tree()[found]
    if node.proper:
        return node.shown
    article = _ARTICLE.fullmatch(said)
    noun = article["noun"] if article else said
    shown = node.shown if key(noun) == found else plural(node.shown)
    return f"{article['article']} {shown}" if article else shown


def _a(kind: str, be: str) -> str:
    shown = _tree()[kind].shown
    return plural(shown) if be in {"are", "were"} else an(shown)


def _found(said: str) -> str | None:
    tree = _tree()
    return next((it for it in (key(said), singular(key(said))) if it in tree), None)


def _kind(said: str) -> str | None:
    one = singular(key(said))
    return _found(_CALLED.get(one, one))


def _paths(name: str | None) -> Sequence[Sequence[str]]:
    """Each way from a thing up to the root of a tree."""
    if name is None:
        return ()
    parents = _tree()[name].parents
    return [[name, *path] for it in parents for path in _paths(it)] or [[name]]


@functools.cache
def _tree() -> Mapping[str, _Node]:
    found: dict[str, _Node] = {}
    tables = resources.files(__package__) / "tables"
    countries = [it.split("\t")[0] for it in (tables / "countries.tsv").read_text(encoding="utf-8").splitlines()]
    for line in (tables / "kinds.tsv").read_text(encoding="utf-8").splitlines():
        kind, proper, names = line.split("\t")
        found.setdefault(key(kind), _Node(kind, proper=False)).has_children = True
        for name in countries if names == "@countries" else names.split("|"):
            node = found.setdefault(key(name), _Node(name, proper=bool(proper)))
            if key(kind) not in node.parents:
                node.parents.append(key(kind))
    return found
