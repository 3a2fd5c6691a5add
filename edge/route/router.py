"""Who answers a text: a command of the home's grammar first, else the policy between the models."""

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from edge.events import Answerer, Decision, Match
from edge.nlu import IntentRecognizer
from edge.nlu.en.strip_phrases import strip_wake_word
from edge.nlu.home_names import HomeNames


class Policy(Protocol):
    """Chooses between the model on the board and the cloud. Pure."""

    def __call__(
        self, text: str, *, escalate: Literal["never", "hard", "always"], cloud_ready: bool, local_ready: bool
    ) -> tuple[Answerer, str, str]:
        """The answerer, the reason, and the text cleaned of "ask the cloud"."""
        ...


class GrammarFirstRouter:
    """A `Router`: commands never reach a model, questions never reach the home."""

    def __init__(
        self,
        open_recognizer: Callable[[HomeNames | None], IntentRecognizer],
        names: HomeNames | None,
        policy: Policy,
        *,
        wake_words: Sequence[str],
        escalate: Literal["never", "hard", "always"],
        cloud_ready: bool,
        local_ready: bool,
    ) -> None:
        self._open_recognizer = open_recognizer
        self._recognizer = open_recognizer(names)
        self._policy = policy
        self._wake_words = tuple(wake_words)
        self._escalate = escalate
        self._cloud_ready = cloud_ready
        self._local_ready = local_ready

    def use(self, names: HomeNames) -> None:
        """See `Router.use`."""
        self._recognizer = self._open_recognizer(names)

    def decide(self, text: str, match: Match | None = None) -> Decision:
        """See `Router.decide`. Blocks for some milliseconds: run it on a worker."""
        text = strip_wake_word(text, self._wake_words)
        if match is not None:
            return Decision("home", "intent", text, match.intent, match.probability)
        command = self._recognizer.recognize(text)
        if command is not None:
            return Decision("home", command.reason, text, command.intent, command.confidence)
        answerer, reason, cleaned = self._policy(
            text, escalate=self._escalate, cloud_ready=self._cloud_ready, local_ready=self._local_ready
        )
        return Decision(answerer, reason, cleaned)
