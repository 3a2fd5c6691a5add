"""Decides who answers a text: the home if it is a command, otherwise the model that the policy chooses."""

from collections.abc import Callable, Sequence
from typing import Literal

from edge.events import NO_CONTEXT, Context, Decision, Intent, Match
from edge.nlu import IntentRecognizer, Language
from edge.nlu.home_names import HomeNames
from edge.route.policy import choose


class GrammarFirstRouter:
    """A `Router`: commands never reach a model.

    A question of the moment (the weather, the news) that no cloud is asked gets a refusal of the home: a model on the
    board would make an answer up.
    """

    def __init__(
        self,
        open_recognizer: Callable[[HomeNames | None], IntentRecognizer],
        names: HomeNames | None,
        language: Language,
        *,
        wake_words: Sequence[str],
        escalate: Literal["never", "hard", "always"],
        cloud_ready: bool,
        local_ready: bool,
    ) -> None:
        self._open_recognizer = open_recognizer
        self._recognizer = open_recognizer(names)
        self._language = language
        self._wake_words = tuple(wake_words)
        self._escalate = escalate
        self._cloud_ready = cloud_ready
        self._local_ready = local_ready

    def use(self, names: HomeNames) -> None:
        """See `Router.use`."""
        self._recognizer = self._open_recognizer(names)

    def decide(self, text: str, match: Match | None = None, context: Context = NO_CONTEXT) -> Decision:
        """See `Router.decide`. Blocks for a few milliseconds: run it on a worker."""
        text = self._language.strip_wake_word(text, self._wake_words)
        follow_up = self._language.follow_up(text, context, self._command)
        if follow_up is not None:
            return Decision("home", "follow-up", text, follow_up)
        several = len(self._language.commands.pieces(text)) > 1
        if match is not None and not several:
            return Decision("home", "intent", text, match.intent, match.probability)
        command = self._recognizer.recognize(text)
        if match is not None and (command is None or not command.intent.then):
            return Decision("home", "intent", text, match.intent, match.probability)
        if command is not None:
            return Decision("home", command.reason, text, command.intent, command.confidence)
        question = self._language.question(text)
        answerer, reason = choose(
            question, escalate=self._escalate, cloud_ready=self._cloud_ready, local_ready=self._local_ready
        )
        if answerer == "llm" and question.of_the_moment is not None:
            refused = Intent("EdgeUnsupported", {"what": question.of_the_moment})
            return Decision("home", "cannot-know", question.text, refused)
        return Decision(answerer, reason, question.text)

    def _command(self, text: str) -> Intent | None:
        command = self._recognizer.recognize(text)
        return None if command is None or command.reason != "intent" else command.intent
