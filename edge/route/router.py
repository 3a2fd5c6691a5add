"""Decides who answers a text: the home if it is a command, otherwise the model that the policy chooses."""

from collections.abc import Callable, Sequence

from edge.events import NO_CONTEXT, Context, Decision, Intent, Match
from edge.nlu import IntentRecognizer, Language
from edge.nlu.home_names import HomeNames
from edge.route.policy import choose
from edge.settings import Escalate


class GrammarFirstRouter:
    """A `Router`: commands never reach a model, and neither does what a model would make up.

    A question that only a clock, a sensor, a service or a calculator can answer (`Question.refusal`) gets a refusal of
    the home, unless a cloud may be asked. So does a text that a small model on the board is not asked.
    """

    def __init__(
        self,
        open_recognizer: Callable[[HomeNames | None], IntentRecognizer],
        names: HomeNames | None,
        language: Language,
        *,
        wake_words: Sequence[str],
        escalate: Escalate,
        cloud_ready: bool,
        local_ready: bool,
        small_model: bool,
    ) -> None:
        self._open_recognizer = open_recognizer
        self._recognizer = open_recognizer(names)
        self._language = language
        self._wake_words = tuple(wake_words)
        self._escalate: Escalate = escalate
        self._cloud_ready = cloud_ready
        self._local_ready = local_ready
        self._small_model = small_model

    def use(self, names: HomeNames) -> None:
        """See `Router.use`."""
        self._recognizer = self._open_recognizer(names)

    def escalate(self, mode: Escalate) -> None:
        """See `Router.escalate`."""
        self._escalate = mode

    def decide(self, text: str, match: Match | None = None, context: Context = NO_CONTEXT) -> Decision:
        """See `Router.decide`. Blocks for a few milliseconds: run it on a worker."""
        text = self._language.strip_wake_word(text, self._wake_words)
        follow_up = self._language.follow_up(text, context, self._command)
        if follow_up is not None:
            return Decision("home", "follow-up", text, follow_up)
        if match is not None and "conversation_command" in match.intent.slots:
            match = None  # a command for later is read from its text
        several = len(self._language.commands.pieces(text)) > 1
        if match is not None and not several:
            return Decision("home", "intent", text, match.intent, match.probability)
        command = self._recognizer.recognize(text)
        if match is not None and (command is None or not command.intent.then):
            return Decision("home", "intent", text, match.intent, match.probability)
        if command is not None:
            return Decision("home", command.reason, text, command.intent, command.confidence)
        question = self._language.question(text, chatting=context.chatting)
        answerer, reason = choose(
            question,
            escalate=self._escalate,
            cloud_ready=self._cloud_ready,
            local_ready=self._local_ready,
            small_model=self._small_model,
        )
        refusal = question.refusal or (question.small_refusal if self._small_model else None)
        if answerer == "home":
            return Decision("home", reason, question.text, Intent("EdgeUnsupported", {"what": refusal or "unclear"}))
        return Decision(answerer, reason, question.text, refusal=refusal)

    def _command(self, text: str) -> Intent | None:
        command = self._recognizer.recognize(text)
        return None if command is None or command.reason != "intent" else command.intent
