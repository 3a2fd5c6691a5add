"""What follows for an animal from its kind: whether it flies or lays eggs, and how many legs it has. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.kinds import kinds_of, said_of
from edge.nlu.en.reference.wording import key, singular

_FLY: Final = LazyPattern(r"(?:can|could|do|does) (?P<one>.+?) (?:really |actually )?fly")
_EGGS: Final = LazyPattern(
    r"(?:do|does) (?P<one>.+?) (?:really |actually )?(?:lay eggs|hatch from eggs|come from eggs)"
)
_BACKBONE: Final = LazyPattern(r"(?:do|does) (?P<one>.+?) have (?:an? )?(?:backbones?|spines?)")
_LIVE_BIRTH: Final = LazyPattern(r"(?:do|does) (?P<one>.+?) give birth(?: to live (?:young|babies))?")

_SLEEP: Final = LazyPattern(r"(?:do|does|can) (?P<one>.+?) (?:ever |really |actually )?sleep")

_FLIGHTLESS: Final = frozenset({
    "penguin", "ostrich", "emu", "cassowary", "rhea", "kiwi", "kakapo", "moa", "dodo",
    "emperor penguin", "king penguin",
})  # fmt: skip
_BARELY: Final = frozenset(
    {"chicken", "hen", "rooster", "cockerel", "turkey", "peacock", "peafowl", "chick", "roadrunner"}
)
_FLYING_INSECTS: Final = frozenset({
    "bee", "wasp", "hornet", "fly", "housefly", "mosquito", "butterfly", "moth", "dragonfly", "damselfly", "bumblebee",
    "honeybee", "honey bee", "ladybird", "ladybug", "locust", "gnat", "midge", "horsefly", "mayfly", "crane fly",
    "fruit fly",
})  # fmt: skip
_LAY_EGGS: Final = frozenset({"bird", "turtle", "frog", "spider", "butterfly", "monotreme", "beetle"})
_EGGS_TOO: Final = frozenset(
    {"crocodile", "alligator", "ant", "bee", "wasp", "fly", "octopus", "salmon", "trout", "gecko"}
)
_LEGS: Final = {"insect": "six", "arachnid": "eight", "bird": "two"}
_LARVAE: Final = frozenset({"caterpillar", "maggot"})
"""Insects whose legs are counted in other ways."""


def by_kind(question: str) -> str | None:
    """What a question asks of an animal that is so for all of its kind; None for others."""
    for pattern, tell in _QUESTIONS.items():
        if (asked := pattern.fullmatch(question)) is not None:
            one = asked["one"]
            kinds = kinds_of(one)
            if "animal" in kinds:
                return tell(one, [singular(key(one)), key(one), *kinds])
    return None


def parts_by_kind(relation: str, name: str) -> str | None:
    """How many legs an animal has of whose kind all have as many."""
    if relation != "how many legs" or singular(name) in _LARVAE:
        return None
    kind = next((it for it in kinds_of(name) if it in _LEGS), None)
    one = said_of(singular(name))
    return None if kind is None or one is None else f"Like all {kind}s, {one} has {_LEGS[kind]} legs."


def _flies(one: str, kinds: Sequence[str]) -> str | None:
    subject = said_of(one)
    if _FLIGHTLESS & {*kinds}:
        return f"No, {subject} cannot fly."
    if _BARELY & {*kinds}:
        return f"Only a little: {subject} can flutter over short distances."
    if {"bird", "bat"} & {*kinds} or _FLYING_INSECTS & {*kinds}:
        return f"Yes, {subject} can fly."
    if "mammal" in kinds:
        return f"No, {subject} cannot fly. Bats are the only mammals that can."
    return None


def _lays_eggs(one: str, kinds: Sequence[str]) -> str | None:
    subject = said_of(one)
    does = "lays" if singular(key(one)) == key(one) else "lay"
    if "monotreme" in kinds:
        return f"Yes, {subject} {does} eggs, as hardly any other mammal does."
    if _LAY_EGGS & {*kinds} or _EGGS_TOO & {*kinds}:
        return f"Yes, {subject} {does} eggs."
    if "mammal" in kinds:
        return f"No, {subject} {'gives' if does == 'lays' else 'give'} birth to live young."
    return None


def _gives_birth(one: str, kinds: Sequence[str]) -> str | None:
    answer = _lays_eggs(one, kinds)
    if answer is None:
        return None
    return answer.replace("Yes", "No", 1) if answer.startswith("Yes") else answer.replace("No", "Yes", 1)


def _blooded(one: str, kinds: Sequence[str], asked: str) -> str | None:
    warm, cold = {"mammal", "bird"} & {*kinds}, {"reptile", "amphibian", "invertebrate"} & {*kinds} - {"dinosaur"}
    if "dinosaur" in kinds or not (warm or cold):
        return None
    subject, be = said_of(one), "is" if singular(key(one)) == key(one) else "are"
    is_so = bool(warm) == (asked == "warm")
    return f"{'Yes' if is_so else 'No'}, {subject} {be} {'warm' if warm else 'cold'}-blooded."


def _sleeps(one: str, kinds: Sequence[str]) -> str | None:
    if not {"mammal", "bird", "reptile", "fish", "insect"} & {*kinds}:
        return None
    return f"Yes, {said_of(one)} {'sleeps' if singular(key(one)) == key(one) else 'sleep'}."


def _has_backbone(one: str, kinds: Sequence[str]) -> str | None:
    has = "has" if singular(key(one)) == key(one) else "have"
    if "vertebrate" in kinds:
        return f"Yes, {said_of(one)} {has} a backbone."
    return f"No, {said_of(one)} {has} no backbone." if "invertebrate" in kinds else None


_QUESTIONS: Final[Mapping[LazyPattern, Callable[[str, Sequence[str]], str | None]]] = {
    _FLY: _flies,
    _SLEEP: _sleeps,
    _EGGS: _lays_eggs,
    _LIVE_BIRTH: _gives_birth,
    _BACKBONE: _has_backbone,
    LazyPattern(r"(?:is|are) (?P<one>.+?) warm blooded(?: animals?| creatures?)?"): lambda one, kinds: _blooded(
        one, kinds, "warm"
    ),
    LazyPattern(r"(?:is|are) (?P<one>.+?) cold blooded(?: animals?| creatures?)?"): lambda one, kinds: _blooded(
        one, kinds, "cold"
    ),
}
