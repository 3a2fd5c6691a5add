"""Who answers: the home's own grammar first, then the model on the board, then, if allowed, the cloud."""

from functools import partial
from typing import TYPE_CHECKING, Protocol

from edge.errors import SettingsError
from edge.events import NO_CONTEXT, Context, Decision, Match
from edge.nlu import open_language
from edge.runtime.secrets import read_secret
from edge.settings import Escalate, Settings

if TYPE_CHECKING:
    from edge.nlu.home_names import HomeNames


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

    def escalate(self, mode: Escalate) -> None:
        """Let these questions go to the cloud from the next text on."""
        ...


def open_router(
    settings: Settings,
    *,
    names: "HomeNames | None" = None,
    cloud_ready: bool | None = None,
    local_ready: bool | None = None,
) -> Router:
    """The router with its grammars read: blocks for about half a second, use a worker.

    `names` are those of the home, `cloud_ready` and `local_ready` say which chat endpoints are open; None: what the
    settings name. A sentence file that cannot be used is logged and left out (`edge.nlu.hassil_intents.check_sentences`
    lists its mistakes).
    """
    from edge.nlu.hassil_intents import HassilRecognizer
    from edge.route.router import GrammarFirstRouter

    return GrammarFirstRouter(
        partial(HassilRecognizer, settings),
        names,
        open_language(settings.device.language),
        wake_words=tuple(settings.wake.words),
        escalate=settings.route.escalate,
        cloud_ready=_has_cloud_key(settings) if cloud_ready is None else cloud_ready,
        local_ready=settings.llm.engine != "none" if local_ready is None else local_ready,
        small_model=settings.llm.engine == "local",
    )


def _has_cloud_key(settings: Settings) -> bool:
    try:
        return read_secret("cloud-api-key", settings.llm.cloud.api_key_file) is not None
    except SettingsError:
        return False  # opening the cloud endpoint logs the reason
