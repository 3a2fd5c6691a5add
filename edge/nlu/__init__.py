"""Language understanding: from a text, or from a sentence heard in the audio, to an intent.

What depends on the language stands behind `Language`, one object for the whole program. To add a language: a folder
`edge/nlu/<code>/` with an object that implements it, and a `case` in `open_language`.
"""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from importlib.resources.abc import Traversable
from typing import Literal, Protocol

from edge.errors import SettingsError
from edge.events import Intent, Transcript
from edge.grammar.matching import Reader
from edge.grammar.surface import Surface
from edge.nlu.replies import Replies
from edge.nlu.segmenter import SentenceRules


@dataclass(frozen=True, slots=True)
class IntentMatch:
    """A command in a text. `reason` is for `Decision`: "intent", or "sounds-like" if a name was spelled by ear."""

    intent: Intent
    reason: str = "intent"
    confidence: float = 1.0


class IntentRecognizer(Protocol):
    """Finds the command in a text. Blocks for some milliseconds: run it on a worker."""

    def recognize(self, text: str) -> IntentMatch | None:
        """The command that the text spells, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """What can be told about a text that is no command.

    `text` is the question without "ask the cloud", `asks_for_cloud` whether that was said. `hard` is the kind of
    question that is too much for a small model ("maths", "fresh-knowledge"...), None for an everyday one.
    """

    text: str
    asks_for_cloud: bool
    hard: str | None


class Commands(Protocol):
    """The sentences of a language, and how texts are prepared for them. Pure."""

    @property
    def folder(self) -> Traversable:
        """Holds our sentences in hassil's format: `commands.yaml`, and `spoken.yaml` for durations and times."""
        ...

    @property
    def covered_intents(self) -> AbstractSet[str]:
        """Intents of which `commands.yaml` has every sentence of Home Assistant's package."""
        ...

    @property
    def left_out(self) -> AbstractSet[str]:
        """Templates of the package that are not used."""
        ...

    @property
    def zones(self) -> AbstractSet[str]:
        """Where a person can be besides the areas of the home."""
        ...

    @property
    def readers(self) -> Mapping[str, Reader]:
        """Read the slots of a canonical "duration" or "moment"."""
        ...

    def written_forms(self) -> Mapping[str, list[str]]:
        """The values of the lists in `spoken.yaml` that are written in one way only."""
        ...

    def with_points(self, said: str) -> str:
        """A canonical text with the decimal points of its amounts, to be normalised again."""
        ...

    def strip_filler(self, text: str) -> str:
        """A normalised or canonical text without "could you", "please" around it, unless nothing else is left."""
        ...

    def normalise_alarm_time(self, text: str) -> str:
        """A normalised text about alarms with its time in one spelling at the end; others unchanged."""
        ...

    def unknown_entity_command(self, text: str) -> Intent | None:
        """The intent of a normalised plain home command, whatever entity it names."""
        ...

    def is_plausible(self, slot: str, text: str, areas: AbstractSet[str]) -> bool:
        """Whether the normalised free text can be what `slot` asks for; `areas` are the home's, normalised."""
        ...


class Names(Protocol):
    """How the names of a home are said and misheard. Pure."""

    @property
    def familiar(self) -> AbstractSet[str]:
        """Words that the names of every home are made of."""
        ...

    @property
    def articles(self) -> AbstractSet[str]:
        """Words that may stand before a name."""
        ...

    def bare(self, name: str) -> str:
        """A name, normalised, without an article."""
        ...

    def other_number(self, name: str) -> tuple[str, str]:
        """What stands before the last word of a bare name, and the name in the plural or singular; else empty."""
        ...

    def likeness(self, written: str, name: str, minimum: float) -> float:
        """How much a written text sounds like a name, 0 to 1; 0 below `minimum` or for sounds too short to compare."""
        ...

    def carriers(self, kind: Literal["area", "scene", "entity"], name: str) -> tuple[tuple[str, str], ...]:
        """The beginnings and ends of sentences in which a name is said to learn its aliases."""
        ...


@dataclass(frozen=True, slots=True)
class PlainTextRules:
    """How `edge.tts.plain_text` writes for the voices of a language.

    `code_block` is said instead of code and `link` instead of an address; `scripts` are those that the voices read, as
    the names of letters in Unicode begin ("LATIN"); `spelled` replaces what they read badly, in order.
    """

    code_block: str
    link: str
    scripts: frozenset[str]
    spelled: tuple[tuple[re.Pattern[str], str], ...]


class ChatTexts(Protocol):
    """The language's part in a conversation with a chat model. Pure."""

    @property
    def system_prompt(self) -> str:
        """Who the model is, and how it is to answer."""
        ...

    @property
    def examples(self) -> Sequence[tuple[str, str]]:
        """Questions and answers that small models imitate; large ones get them too."""
        ...

    @property
    def apology(self) -> str:
        """Said when no model could answer."""
        ...

    @property
    def not_finished(self) -> str:
        """Said when an answer broke off."""
        ...

    @property
    def too_long(self) -> str:
        """Said when a question does not fit into the model's context."""
        ...

    @property
    def no_model(self) -> str:
        """Said when there is no model to ask."""
        ...

    def note(self, question: str, now: datetime, area: str | None) -> str:
        """The facts that a question needs: the time if it is about time, the area if about a place. Else empty."""
        ...


class Language(Protocol):
    """One language. Pure and light to import; there is one object, by which results are cached."""

    def __hash__(self) -> int: ...

    @property
    def code(self) -> str:
        """Of ISO 639-1."""
        ...

    @property
    def surface(self) -> Surface:
        """The written forms that the grammar needs."""
        ...

    @property
    def commands(self) -> Commands:
        """The sentences."""
        ...

    @property
    def names(self) -> Names:
        """How names are said and misheard."""
        ...

    @property
    def sentence_rules(self) -> SentenceRules:
        """Where sentences end, for `edge.nlu.segmenter`."""
        ...

    @property
    def plain_text_rules(self) -> PlainTextRules:
        """What of a text the voice reads."""
        ...

    @property
    def chat(self) -> ChatTexts:
        """What a chat model is told, and what is said instead of an answer."""
        ...

    @property
    def replies(self) -> Replies:
        """What the speaker says of its own accord."""
        ...

    def normalise(self, text: str) -> str:
        """Lower case, no punctuation, numbers as digits, durations in one spelling, single spaces. Idempotent."""
        ...

    def strip_wake_word(self, text: str, wake_words: Iterable[str]) -> str:
        """`text` without the wake word, or what a recogniser made of it, at its beginning."""
        ...

    def completeness(self, transcript: Transcript, intent: Intent | None = None) -> float:
        """How finished an utterance is, 0 to 1. `intent` is the command that the text was found to be."""
        ...

    def question(self, text: str) -> Question:
        """What kind of question a text is."""
        ...


@functools.cache
def open_language(code: str) -> Language:
    """The language of `[device] language`. Raises `SettingsError` `language-unknown`."""
    match code:
        case "en":
            from edge.nlu.en import English

            return English()
        case _:
            message = f"device.language: there is no language '{code}'"
            raise SettingsError("language-unknown", message, 'use language = "en"', mistakes=(message,))
