"""What a language knows about private matters: which classes a text belongs to, and where private values stand in it.

`edge.privacy` uses it. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class PrivacyClass(StrEnum):
    """A private matter. The values are the names of the settings of `[privacy]`."""

    HEALTH = "health"
    """The health of a person: illnesses, symptoms, medicines, pregnancy, state of mind."""
    MONEY = "money"
    """Money of the user or of a person around: income, debts, accounts, what can be afforded."""
    CHILDREN = "children"
    """A child of the home, or a child who speaks."""
    SECRETS = "secrets"
    """Passwords, codes, hiding places, and what is told in confidence."""
    OWN_WORDS = "own-words"
    """The text has one of the words that the owner listed."""


class ValueKind(StrEnum):
    """What a private value is; the name stands in its placeholder: "[PHONE_1]"."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    CARD = "CARD"
    IBAN = "IBAN"
    ACCOUNT = "ACCOUNT"
    DOCUMENT = "DOCUMENT"
    """The number of a passport, a licence, an insurance, a tax payer."""
    BOOKING = "BOOKING"
    """The number of a booking, a flight, an order, a parcel."""
    ADDRESS = "ADDRESS"
    CODE = "CODE"
    """The code of a door, an alarm, a card, a SIM."""
    BIRTH_DATE = "BIRTH_DATE"
    IP = "IP"
    MAC = "MAC"
    PLATE = "PLATE"
    URL = "URL"
    LOGIN = "LOGIN"
    """A user name or a password."""
    PERSON = "PERSON"
    COORDINATES = "COORDINATES"
    NUMBER = "NUMBER"
    """A long number of unknown meaning."""


@dataclass(frozen=True, slots=True)
class Found:
    """A private value: the characters `start` to `end` of a text. Values of one kind and one `key` are the same."""

    kind: ValueKind
    start: int
    end: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class SpokenForms:
    """How characters are spoken; all words are in lower case.

    `numbers` maps words to their digits ("oh": "0", "seventeen": "17"); `tens` those to which a digit may be added
    ("twenty": "2" before "one", "20" alone). `repeats` maps "double" to 2, `hundreds` are the words for two zeros,
    `within` stand between these and further digits ("two hundred and twelve"), `letters` maps the words of spelling
    alphabets to letters, `signs` maps "dash" to "-". `alike` are digits that a recogniser writes as other words
    ("for": "4"). `words` are single letters that are also words.
    """

    numbers: Mapping[str, str]
    tens: Mapping[str, str]
    repeats: Mapping[str, int]
    hundreds: AbstractSet[str]
    within: AbstractSet[str]
    letters: Mapping[str, str]
    signs: Mapping[str, str]
    alike: Mapping[str, str]
    words: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The words of a language, in lower case, that tell where an address stands in a text.

    `leads` stand before an address ("at", "near"), `articles` before a name or a measure ("the", "a"), `definite` are
    those that may be of a name ("the"), `ordinals` count streets ("fifth"), `houses` stand before a number ("house").
    `in_names` are common words that also begin the names of streets ("new", "first"); `of_things` are no names before
    a common word for a street: "5 pizza place".
    """

    leads: AbstractSet[str]
    articles: AbstractSet[str]
    definite: AbstractSet[str]
    ordinals: AbstractSet[str]
    houses: AbstractSet[str]
    in_names: AbstractSet[str]
    of_things: AbstractSet[str]


class PrivacyRules(Protocol):
    """Private matters as a language expresses them. Pure; each call takes time linear in the length of the text."""

    @property
    def forms(self) -> SpokenForms:
        """How characters are spoken."""
        ...

    @property
    def places(self) -> PlaceWords:
        """The words around addresses."""
        ...

    @property
    def note(self) -> str:
        """The sentence that tells a model in the cloud what placeholders are."""
        ...

    def classes(self, text: str) -> frozenset[PrivacyClass]:
        """The private matters that a text is about, all but the owner's words."""
        ...

    def meaning(self, before: Sequence[str], after: Sequence[str]) -> ValueKind | None:
        """What the words around a number say that it is ("my PIN is"), nearest last in `before`; lower case."""
        ...

    def counts(self, before: Sequence[str], after: Sequence[str]) -> bool:
        """Whether the words around a number make it an amount: "... kilometres", "divided by ..."."""
        ...

    def is_common(self, word: str) -> bool:
        """Whether a word (lower case) is too common to be a part of a name: "the", "minutes"."""
        ...

    def town(self, words: Sequence[str]) -> int:
        """How many of the first words are the name of a town, a state or a country that is known; lower case."""
        ...

    def phrases(self, text: str) -> Iterable[Found]:
        """Values that are known by the words around them: names, spoken addresses, passwords, dates of birth."""
        ...
