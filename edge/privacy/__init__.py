"""The privacy gate: what may leave the home for a cloud, and in what form. Pure, no I/O.

A question about a private matter does not pass. Private values in the others are replaced by numbered placeholders,
and put back into the reply as it streams. `edge.llm.outgoing` applies the gate to all that is sent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from edge.nlu import Language
from edge.nlu.privacy import PrivacyClass
from edge.nlu.tokens import tokens_of
from edge.privacy.find import Listed, values_of
from edge.privacy.placeholders import Placeholder, Placeholders, Restorer
from edge.settings import PrivacySettings


@dataclass(frozen=True, slots=True)
class Redacted:
    """Texts without private values, and what stands for them."""

    texts: tuple[str, ...]
    placeholders: tuple[Placeholder, ...]

    def restorer(self) -> Restorer:
        """What puts the values back into one reply."""
        return Restorer(self.placeholders)


class PrivacyGate:
    """The gate with the owner's settings."""

    def __init__(self, language: Language, settings: PrivacySettings) -> None:
        self._rules = language.privacy
        self._words = Listed(settings.words)
        self._names = Listed(settings.names)
        levels = {
            PrivacyClass.HEALTH: settings.health,
            PrivacyClass.MONEY: settings.money,
            PrivacyClass.CHILDREN: settings.children,
            PrivacyClass.SECRETS: settings.secrets,
        }
        self._never = frozenset({PrivacyClass.OWN_WORDS} | {it for it, level in levels.items() if level == "never"})

    @property
    def note(self) -> str:
        """The sentence that tells a model in the cloud what placeholders are."""
        return self._rules.note

    def check(self, text: str) -> frozenset[PrivacyClass]:
        """The private matters for which a text must not be sent; none if it may be."""
        classes = set(self._rules.classes(text))
        if any(True for _ in self._words.spans(tokens_of(text))):
            classes.add(PrivacyClass.OWN_WORDS)
        return self._never & classes

    def redact(self, texts: Iterable[str], earlier: Sequence[str] = ()) -> Redacted:
        """The texts of one prompt with their private values replaced; the same value has the same placeholder.

        `earlier` are texts that are not sent. They may introduce values: "my daughter Lena".
        """
        whole = tuple(texts)
        placeholders = Placeholders(whole)
        found = values_of(whole, self._rules, self._names, earlier)
        replaced = tuple(placeholders.replace(text, values) for text, values in zip(whole, found, strict=True))
        return Redacted(replaced, placeholders.given)
