"""English."""

from collections.abc import Iterable
from typing import Final

from edge.events import Context, Intent, Transcript
from edge.grammar.surface import Surface
from edge.nlu import Commands, Understand
from edge.nlu.chat_texts import ChatTexts
from edge.nlu.en import chat, commands, exact_replies, hints, home_replies, lazy_pattern, names, replies, surface
from edge.nlu.en.completeness import completeness
from edge.nlu.en.exact import exact_question
from edge.nlu.en.follow_up import follow_up
from edge.nlu.en.normalise import normalise
from edge.nlu.en.plain_text import PLAIN_TEXT_RULES
from edge.nlu.en.privacy import PRIVACY
from edge.nlu.en.questions import question
from edge.nlu.en.reference import facts_meant, looked_up
from edge.nlu.en.reference.how_to.book import read_book
from edge.nlu.en.reference.kinds import kinds_of
from edge.nlu.en.reference.tables import facts
from edge.nlu.en.sentence_rules import SENTENCE_RULES
from edge.nlu.en.spoken_code import spoken_code, tells_code
from edge.nlu.en.strip_phrases import strip_wake_word
from edge.nlu.exact_replies import ExactReplies
from edge.nlu.hints import Hints
from edge.nlu.home_replies import HomeReplies
from edge.nlu.names import Names
from edge.nlu.privacy import PrivacyRules
from edge.nlu.question import Question
from edge.nlu.reference import ReferenceWorks
from edge.nlu.replies import Replies

_ANY_QUESTION: Final = "why do stars shine"


class English:
    """See `edge.nlu.Language`."""

    code: Final = "en"
    surface: Final[Surface] = surface
    commands: Final[Commands] = commands
    names: Final[Names] = names
    hints: Final[Hints] = hints
    chat: Final[ChatTexts] = chat
    privacy: Final[PrivacyRules] = PRIVACY
    replies: Final[Replies] = replies
    home_replies: Final[HomeReplies] = home_replies
    exact_replies: Final[ExactReplies] = exact_replies
    sentence_rules: Final = SENTENCE_RULES
    plain_text_rules: Final = PLAIN_TEXT_RULES

    def warm(self) -> None:
        """See `Language.warm`."""
        lazy_pattern.compile_all()
        facts()
        kinds_of("")
        read_book()
        question(_ANY_QUESTION)  # reads a classifier, and so does the next line
        PRIVACY.classes(_ANY_QUESTION)

    def normalise(self, text: str) -> str:
        """See `Language.normalise`."""
        return normalise(text)

    def strip_wake_word(self, text: str, wake_words: Iterable[str]) -> str:
        """See `Language.strip_wake_word`."""
        return strip_wake_word(text, wake_words)

    def completeness(self, transcript: Transcript, intent: Intent | None = None) -> float:
        """See `Language.completeness`."""
        return completeness(transcript, intent)

    def question(self, text: str, *, chatting: bool = False) -> Question:
        """See `Language.question`."""
        return question(text, chatting=chatting)

    def spoken_code(self, text: str) -> str:
        """See `Language.spoken_code`."""
        return spoken_code(text)

    def exact_question(self, text: str, last: Intent | None) -> Intent | None:
        """See `Language.exact_question`."""
        return exact_question(text, last)

    def looked_up(self, text: str, works: ReferenceWorks | None = None, *, worldly: bool = True) -> str | None:
        """See `Language.looked_up`."""
        return looked_up(text, works, worldly=worldly)

    def facts_meant(self, text: str, question: str, reply: str) -> Iterable[str]:
        """See `Language.facts_meant`."""
        return facts_meant(text, question, reply)

    def tells_code(self, text: str, *, asked: bool = False) -> bool:
        """See `Language.tells_code`."""
        return tells_code(text, asked=asked)

    def follow_up(self, text: str, context: Context, command: Understand) -> Intent | None:
        """See `Language.follow_up`."""
        return follow_up(text, context, command)
