"""Who answers: the home's own grammar first, then the model in the home, then, if allowed, the cloud."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import TYPE_CHECKING, Protocol

from edge.errors import SettingsError
from edge.events import NO_CONTEXT, Chooser, CloudState, Context, Decision, Match
from edge.nlu import open_language
from edge.nlu.kinds import Kind
from edge.runtime.secrets import read_secret
from edge.settings import Escalate, LlmSettings, Settings

if TYPE_CHECKING:
    from edge.nlu.home_names import HomeNames
    from edge.nlu.reference import ReferenceWorks
    from edge.nlu.suggestions.menu import Menu


class Router(Protocol):
    """Decides who answers."""

    def decide(self, text: str, match: Match | None = None, context: Context = NO_CONTEXT) -> Decision:
        """Never fails: a text that is not a command is a question.

        `match`: a command recognised in the audio. `context`: what the text may answer or refer to.
        """
        ...

    def use(self, names: "HomeNames") -> None:
        """Use these names of the home from the next text on, and read the sentence files again.

        Blocks for half a second; may run on any thread.
        """
        ...

    def menu(self, text: str) -> "Menu | None":
        """What a model may choose from for a text that was not understood; None without a home."""
        ...

    def escalate(self, mode: Escalate) -> None:
        """Let these questions go to the cloud from the next text on."""
        ...


def open_router(
    settings: Settings,
    *,
    fit: AbstractSet[Kind] | None,
    model: str | None = None,
    names: "HomeNames | None" = None,
    cloud: Callable[[], CloudState] | None = None,
    works: "ReferenceWorks | None" = None,
) -> Router:
    """The router with its grammars read: blocks for about half a second, use a worker.

    `fit` are the kinds of questions that the model in the home is fit for (`edge.route.fitness`), None: there is no
    model; `model` is its name, for who asks. `names` are those of the home. `cloud` says whether the cloud can be
    asked, None: whether the settings have a key. `works` are the reference works, None: there are none. A sentence
    file that cannot be used is logged and left out (`edge.nlu.hassil_intents.check_sentences` lists its mistakes).
    """
    from edge.nlu.hassil_intents import HassilRecognizer
    from edge.nlu.home_names import names_of
    from edge.route.router import GrammarFirstRouter

    if cloud is None:
        state = _state_by_key(settings)
        cloud = lambda: state  # noqa: E731 - a constant
    return GrammarFirstRouter(
        partial(HassilRecognizer, settings),
        names_of(settings) if names is None else names,
        open_language(settings.device.language),
        wake_words=tuple(settings.wake.words),
        escalate=settings.route.escalate,
        cloud=cloud,
        fit=fit,
        privacy=settings.privacy,
        choosers=choosers(settings.llm),
        model=model,
        works=works,
    )


def choosers(settings: LlmSettings) -> Sequence[Chooser]:
    """Which models may choose commands, the one in the home first."""
    allowed: Mapping[Chooser, bool] = {"llm": settings.chooses_commands, "cloud": settings.cloud.chooses_commands}
    return [it for it, may in allowed.items() if may]


def _state_by_key(settings: Settings) -> CloudState:
    try:
        key = read_secret("cloud-api-key", settings.llm.cloud.api_key_file)
    except SettingsError:
        return "no-key"  # opening the cloud endpoint logs the reason
    return "no-key" if key is None else "ready"
