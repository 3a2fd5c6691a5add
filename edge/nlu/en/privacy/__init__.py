"""Private matters in English: the classes of a text, and the words around private values. Pure."""

from collections.abc import Iterable, Sequence
from typing import Final

from edge.nlu.en.privacy.children import is_children
from edge.nlu.en.privacy.health import is_health
from edge.nlu.en.privacy.learned import learned_classes
from edge.nlu.en.privacy.meanings import counts, meaning
from edge.nlu.en.privacy.money import is_money
from edge.nlu.en.privacy.phrases import phrases
from edge.nlu.en.privacy.places import PLACES, town
from edge.nlu.en.privacy.secrets import is_secret
from edge.nlu.en.privacy.sentence import sentence_of
from edge.nlu.en.privacy.spoken import FORMS
from edge.nlu.en.privacy.words import COMMON, UNITS
from edge.nlu.privacy import Found, PlaceWords, PrivacyClass, SpokenForms, ValueKind


class EnglishPrivacy:
    """See `edge.nlu.privacy.PrivacyRules`."""

    forms: Final[SpokenForms] = FORMS
    places: Final[PlaceWords] = PLACES
    note: Final = (
        "Words in square brackets such as [PHONE_1] stand for private values. Keep them unchanged where you need them."
    )

    def classes(self, text: str) -> frozenset[PrivacyClass]:
        """See `PrivacyRules.classes`."""
        return private_classes(text)

    def meaning(self, before: Sequence[str], after: Sequence[str]) -> ValueKind | None:
        """See `PrivacyRules.meaning`."""
        return meaning(before, after)

    def counts(self, before: Sequence[str], after: Sequence[str]) -> bool:
        """See `PrivacyRules.counts`."""
        return counts(before, after)

    def is_common(self, word: str) -> bool:
        """See `PrivacyRules.is_common`."""
        return word in COMMON or word in UNITS

    def town(self, words: Sequence[str]) -> int:
        """See `PrivacyRules.town`."""
        return town(words)

    def phrases(self, text: str) -> Iterable[Found]:
        """See `PrivacyRules.phrases`."""
        return phrases(text)


PRIVACY: Final = EnglishPrivacy()


def private_classes(text: str) -> frozenset[PrivacyClass]:
    """See `PrivacyRules.classes`."""
    return private_by_rule(text) or learned_classes(text)


def private_by_rule(text: str) -> frozenset[PrivacyClass]:
    """The private matters that the rules find."""
    sentence = sentence_of(text)
    tests = (
        (PrivacyClass.HEALTH, is_health),
        (PrivacyClass.MONEY, is_money),
        (PrivacyClass.CHILDREN, is_children),
        (PrivacyClass.SECRETS, is_secret),
    )
    return frozenset(kind for kind, is_of in tests if is_of(sentence))
