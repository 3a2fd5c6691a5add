"""Language understanding: from a text, or from a sentence recognised in the audio, to an intent.

Everything that depends on the language is part of `Language`; the program uses one instance. To add a language, add a
folder `edge/nlu/<code>/` with an object that implements it, and a `case` in `open_language`.
"""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Protocol

from edge.errors import SettingsError
from edge.events import Context, Intent, SlotValue, Transcript
from edge.grammar.matching import Reader
from edge.grammar.surface import Surface
from edge.nlu.chat_texts import ChatTexts
from edge.nlu.exact_replies import ExactReplies
from edge.nlu.hints import Hints
from edge.nlu.home_replies import HomeReplies
from edge.nlu.names import Names
from edge.nlu.privacy import PrivacyRules
from edge.nlu.question import Question
from edge.nlu.reference import Facts
from edge.nlu.replies import Replies
from edge.nlu.segmenter import SentenceRules

Understand = Callable[[str], Intent | None]
"""Returns the command that a text is, None if it is none."""


@dataclass(frozen=True, slots=True)
class IntentMatch:
    """A command found in a text.

    `reason` is for `Decision`: "intent", "sounds-like" (a name was misspelled), "part-of-name"
    (some words of a name were said), "unknown-name" (the home has no entity
    of that name) or "not-understood" (plainly meant as a command; the answer says that it was not understood).
    """

    intent: Intent
    reason: str = "intent"
    confidence: float = 1.0


class IntentRecognizer(Protocol):
    """Finds the command in a text. Blocks for some milliseconds; run it on a worker."""

    def recognize(self, text: str) -> IntentMatch | None:
        """The command in the text, or None."""
        ...


class Delayed(Protocol):
    """A normalised command, and the slots of its moment: those of a timer or an alarm, or `timer`, which must end."""

    @property
    def command(self) -> str:
        """The command without its moment."""
        ...

    @property
    def when(self) -> Mapping[str, SlotValue]:
        """The slots of the moment."""
        ...

    @property
    def lasts(self) -> bool:
        """Whether it is taken back at the moment."""
        ...


class Commands(Protocol):
    """The sentences of a language, and the preparation of texts for matching. Pure."""

    @property
    def folder(self) -> Traversable:
        """The folder of our sentences in hassil's format: `commands.yaml`; `spoken.yaml` for durations and times."""
        ...

    @property
    def covered_intents(self) -> AbstractSet[str]:
        """Intents for which `commands.yaml` covers all sentences of Home Assistant's package."""
        ...

    @property
    def left_out(self) -> AbstractSet[str]:
        """Templates of Home Assistant's package that are not used."""
        ...

    @property
    def zones(self) -> AbstractSet[str]:
        """Places where a person can be, besides the areas of the home."""
        ...

    @property
    def readers(self) -> Mapping[str, Reader]:
        """Functions that read the slots of a canonical "duration" or "moment"."""
        ...

    def written_forms(self) -> Mapping[str, list[str]]:
        """The values of the lists in `spoken.yaml` that have only one written form."""
        ...

    def with_points(self, said: str) -> str:
        """A canonical text with the decimal points of its amounts restored, for another normalisation."""
        ...

    def strip_filler(self, text: str) -> str:
        """A normalised or canonical text without "could you" and "please" around it, unless nothing would be left."""
        ...

    def temperature_unit(self, text: str) -> str:
        """The unit that a text says a temperature in: "°C" or "°F"; empty if it says none, or both."""
        ...

    def pressed(self, text: str) -> Iterable[str]:
        """The sentences that press a button which is called like a normalised text: "feed the cat"."""
        ...

    def normalise_alarm_time(self, text: str) -> str:
        """A normalised text about alarms with its time in one spelling at the end; other texts unchanged."""
        ...

    def normalise_timer_phrases(self, text: str) -> str:
        """A normalised text about timers in the words of the sentences; others unchanged."""
        ...

    def normalise_home_phrases(self, text: str) -> str:
        """A normalised text about the things of the home in the words of the sentences; others unchanged."""
        ...

    def with_timer(self, text: str) -> str | None:
        """A normalised text about a thing that may be timed with the word "timer" ("cancel the pasta"), else None."""
        ...

    def split_reminder(self, text: str) -> Mapping[str, SlotValue] | None:
        """The slots of the normalised text of a reminder ("to call mum at 6"): its message and when; None for none."""
        ...

    def split_moved_reminder(self, text: str) -> Mapping[str, SlotValue] | None:
        """As `split_reminder`, for a reminder that gets another moment ("to call mum to 7"); None for no moment."""
        ...

    def delays(self, text: str) -> Iterable["Delayed"]:
        """The ways to read a normalised text as a command for later, the likeliest first."""
        ...

    def undone(self, command: str) -> str | None:
        """The words of the command that takes a normalised one back; None if there are none."""
        ...

    def unwanted(self, text: str) -> str | None:
        """The command that a normalised text takes back before it was done: "don't turn off the fan"; else None."""
        ...

    def unsupported_schedule_command(self, text: str) -> Intent | None:
        """EdgeUnsupported for a normalised text about timers, alarms or reminders that is no command."""
        ...

    def unknown_entity_command(self, text: str, names: AbstractSet[str]) -> Intent | None:
        """The intent of a simple home command (normalised) that may name an unknown entity.

        `names` are those of the home, normalised.
        """
        ...

    def command_like(self, text: str, names: Mapping[str, str]) -> Intent | None:
        """The refusal of a normalised text that asks for an action and matches none of the sentences.

        A chat model must not answer it: it can do nothing, and would claim to have done it. None for a question.
        `names` maps the names of the home's entities, normalised, to the owner's spelling.
        """
        ...

    def pieces(self, text: str) -> Sequence[str]:
        """A text cut at "and", "then" and commas; one piece if it is not several commands ("..., no, the other")."""
        ...

    def referring(self, piece: str, head: str, name: str) -> str:
        """A piece with the thing of the command before in place of its "it".

        `head` is the text of that command, `name` the name of its thing, or empty. All are normalised.
        """
        ...

    def spelled_out(self, pieces: Sequence[str]) -> Iterable[Sequence[str]]:
        """Pieces that share words, each with all of its words, the likeliest first.

        "Turn on the kitchen", "the hall light" is "turn on the kitchen light", "turn on the hall light".
        """
        ...

    def is_plausible(self, slot: str, text: str, areas: AbstractSet[str]) -> bool:
        """Whether normalised free text is a plausible value of `slot`; `areas` are those of the home, normalised."""
        ...


@dataclass(frozen=True, slots=True)
class PlainTextRules:
    """The rules by which `edge.tts.plain_text` prepares text for the voices of a language.

    `code_block` replaces code, and `link` replaces URLs. `scripts` are the scripts that the voices can read, as the
    first words of Unicode letter names ("LATIN"). `spell` writes in words what voices read badly: numbers, units and
    signs. Its second argument is the text before, which may tell what a number means ("is 999" after "the emergency
    number"). It is pure and may double blanks.
    """

    code_block: str
    link: str
    scripts: frozenset[str]
    spell: Callable[[str, str], str]


class Language(Facts, Protocol):
    """One language. Pure and cheap to import. There is one instance, which serves as a cache key."""

    def __hash__(self) -> int: ...

    @property
    def code(self) -> str:
        """The ISO 639-1 code."""
        ...

    @property
    def surface(self) -> Surface:
        """The written forms that the grammar needs."""
        ...

    @property
    def commands(self) -> Commands:
        """The sentences of commands."""
        ...

    @property
    def names(self) -> Names:
        """Pronunciation and recognition errors of names."""
        ...

    @property
    def hints(self) -> Hints:
        """Words that hint at what is wanted where no sentence matches."""
        ...

    @property
    def sentence_rules(self) -> SentenceRules:
        """The rules for the ends of sentences, for `edge.nlu.segmenter`."""
        ...

    @property
    def plain_text_rules(self) -> PlainTextRules:
        """The rules that prepare text for the voice."""
        ...

    @property
    def chat(self) -> ChatTexts:
        """The prompt of the chat model, and the replies when it cannot answer."""
        ...

    @property
    def privacy(self) -> PrivacyRules:
        """What is private in a text."""
        ...

    @property
    def replies(self) -> Replies:
        """The built-in replies of the speaker."""
        ...

    @property
    def home_replies(self) -> HomeReplies:
        """The replies about the things of the home."""
        ...

    @property
    def exact_replies(self) -> ExactReplies:
        """The replies to questions that are computed."""
        ...

    def warm(self) -> None:
        """Prepare what the first text that is no command would otherwise wait for. On any thread."""
        ...

    def normalise(self, text: str) -> str:
        """Lower case, no punctuation, numbers as digits, durations in one spelling, single spaces. Idempotent."""
        ...

    def strip_wake_word(self, text: str, wake_words: Iterable[str]) -> str:
        """`text` without the wake word (or a misrecognised form) at its beginning."""
        ...

    def completeness(self, transcript: Transcript, intent: Intent | None = None) -> float:
        """How complete an utterance is, 0 to 1. `intent` is the command found in the text, if any."""
        ...

    def exact_question(self, text: str, last: Intent | None) -> Intent | None:
        """The intent of a question whose answer can be computed (`edge.exact`); None for other texts.

        `last` is the command or question before, which "plus ten" or "and in miles" refers to.
        """
        ...

    def question(self, text: str, *, chatting: bool = False) -> Question:
        """Classify a text that is not a command. `chatting`: a model answered the text before, so "and why" is open."""
        ...

    def spoken_code(self, text: str) -> str:
        """The digits of an utterance that is only a code of 4 to 8 digits ("my code is 1 2 3 4"); otherwise empty."""
        ...

    def tells_code(self, text: str, *, asked: bool = False) -> bool:
        """Whether a text may tell a code, also as a part of a command; it must not be kept then.

        `asked`: one was just asked for, so that any run of digits may be it.
        """
        ...

    def follow_up(self, text: str, context: Context, command: Understand) -> Intent | None:
        """The command that a text means only in its context; None if it does not refer to the context.

        An answer to the question ("the kitchen one", "ten minutes"), or a correction of the last command ("make it
        twelve", "cancel that"). `command` is the intent of a whole sentence.
        """
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
