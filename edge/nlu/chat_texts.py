"""What a language says to and instead of a chat model."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol


class ChatTexts(Protocol):
    """The prompt of the chat model, and the replies when it cannot answer. Pure."""

    @property
    def system_prompt(self) -> str:
        """The role of the model and the style of its answers."""
        ...

    @property
    def examples(self) -> Sequence[tuple[str, str]]:
        """Few-shot questions and answers, for small and large models alike."""
        ...

    @property
    def apology(self) -> str:
        """The reply if no model could answer."""
        ...

    @property
    def not_finished(self) -> str:
        """The reply if an answer broke off."""
        ...

    @property
    def too_long(self) -> str:
        """The reply if a question does not fit into the model's context."""
        ...

    @property
    def no_model(self) -> str:
        """The reply if there is no model."""
        ...

    @property
    def filler(self) -> str:
        """What is said while a model that was asked is silent. True whatever it answers, and whether it does."""
        ...

    def budget_spent(self, period: Literal["day", "month"]) -> str:
        """The sentence that the cloud is not asked any more in this period, because its budget is used up."""
        ...

    @property
    def choice(self) -> str:
        """What the tool does with which a model chooses a command."""
        ...

    def chooses(self, things: Sequence[str]) -> str:
        """The role of a model that chooses a command; of these things, if the tool does not tell it which there are."""
        ...

    def instead(self, question: str, sentence: str, *, informed: bool) -> str | None:
        """What is said instead of a sentence of a model, or of the beginning of one. None: it is fine.

        It claims an action, a state of the home, a date, a time or the weather, speaks of its author as of a person or
        a device, or repeats an example. An `informed`
        model was asked because it may know of now.
        """
        ...

    @property
    def not_sure(self) -> str:
        """The reply if the model is not certain enough of its answer."""
        ...

    @property
    def not_sure_of_the_rest(self) -> str:
        """The same behind the beginning of a clause that already answers."""
        ...

    def says_something(self, question: str, word: str) -> bool:
        """Whether a word of an answer says something: it is no function word, and the question does not have it."""
        ...

    def hedges(self, sentence: str) -> bool:
        """Whether a sentence of a model, or the beginning of one, does not answer, or takes an answer back."""
        ...

    def note(self, question: str, now: datetime, area: str | None) -> str:
        """The facts that a question needs: the time for questions about time, the area for places; otherwise empty."""
        ...
