"""Chat models: the quantised one on the board and any OpenAI-compatible endpoint."""

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import structlog

from edge.errors import ModelError
from edge.events import CloudState
from edge.hardware.tuned import chat_speeds
from edge.runtime.clock import Clock, SystemClock
from edge.runtime.commands import edge_voice
from edge.runtime.secrets import read_secret
from edge.settings import CloudSettings, LlmSettings
from edge.store import choose_chat_model

if TYPE_CHECKING:
    import httpx

    from edge.llm.cloud import Cloud
    from edge.store import ModelStore

SERVER_FIRST_TOKEN_TIMEOUT_S = 10.0
"""For the user's own server, which may have to load the model first."""

THREADS = 2
"""Of a model on the board for which `edge-voice tune` has measured nothing."""

_log = structlog.get_logger("llm")

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that a model calls instead of answering. `parameters` is the JSON Schema of its arguments."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Usage:
    """The cost of an answer. `cached_tokens` of the `prompt_tokens` came from the cache.

    Zero tokens: the endpoint counted none. `cost_usd` None: the price of the model is not known.
    """

    prompt_tokens: int = 0
    cached_tokens: int = 0
    reply_tokens: int = 0
    cost_usd: float | None = 0.0


@dataclass(frozen=True, slots=True)
class Token:
    """A token of an answer, and the logarithm of its probability in the model's own distribution.

    `others` are the likeliest tokens that could have stood in its place, with the same.
    """

    text: str
    log_probability: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Delta:
    """The next piece of an answer; `tokens` are those that it is made of, where the endpoint tells them."""

    text: str
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of an answer. A stream that ends without one was cut off and raises `LlmError`."""

    reason: Literal["stop", "length"]
    usage: Usage


class ChatEndpoint(Protocol):
    """Answers a conversation, streamed."""

    @property
    def name(self) -> str:
        """The model."""
        ...

    @property
    def certain_from(self) -> float:
        """The probability that every word of an answer about the world must have; 0: answers are taken as they are."""
        ...

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, tool: Tool | None = None
    ) -> AsyncIterator[Delta | Finished]:
        """Pieces of the answer, then one `Finished`.

        With a `tool`, the answer is the text of the arguments of its first call, a stranger's and not checked; it is
        empty if the model does not call the tool.

        Raises `LlmError` with code `llm-unavailable`, `llm-timeout`, `llm-cut-off`, `llm-malformed`, `llm-refused`,
        `llm-rate-limited`, `llm-model-unknown`, `llm-declined` or `llm-context-exceeded`. Cancelling the iteration
        stops the generation.
        """
        ...

    async def warm(self, messages: Sequence[Message], begun: str = "") -> None:
        """Compute what the next prompt begins with, if the endpoint can: `messages`, then `begun` of its question."""
        ...

    async def aclose(self) -> None:
        """Close connections; end the child process if there is one."""
        ...


class CloudEndpoint(ChatEndpoint, Protocol):
    """A chat endpoint that is paid for. `stream` also raises `LlmError` "budget-spent" or "budget-unusable"."""

    @property
    def state(self) -> CloudState:
        """Whether it can be asked now. Cheap; may be read on any thread."""
        ...

    @property
    def charged_usd(self) -> float:
        """What all answers have cost since the start, as far as it is known."""
        ...


def open_llm(
    settings: LlmSettings,
    store: "ModelStore",
    clock: Clock | None = None,
    *,
    weighs: bool = False,
    opening: Sequence[Message] = (),
    folder: Path | None = None,
) -> ChatEndpoint | None:
    """The chat model of the settings; None with engine = "none". Its child starts with the first `warm` or question.

    With model = "auto" it is the best installed model that fits into memory. A model on the board that `weighs` tells
    the tokens of its answers even if its manifest does not say how certain it must be. What it has read of `opening`,
    the beginning of every prompt, is kept below `folder` for the next start.

    Raises `ModelError` for a model that is missing or not a GGUF file, `SettingsError` for an unusable key file.
    """
    match settings.engine:
        case "none":
            return None
        case "local":
            from edge.llm.kept_prompt import KeptPrompt
            from edge.llm.local import LocalEndpoint
            from edge.llm.tuning import UNTUNED, Tuning
            from edge.store.tuning import read_tuning

            model = _chosen(settings, store)
            path = Path(model)
            own = path.suffix == ".gguf"
            tuning = UNTUNED if own else read_tuning(Tuning, store.manifest(model))
            file = path.expanduser() if own else _gguf_in(store.locate(model))
            kept = None
            if folder is not None and file.is_file():
                kept = KeptPrompt(folder / "prompt", opening, file, settings.context_tokens)
            return LocalEndpoint(
                file,
                kept=kept,
                name=path.stem if own else model,
                context_tokens=settings.context_tokens,
                threads=settings.threads or (THREADS if own else _threads(store, model)),
                tuning=tuning,
                weighs=weighs,
                debug=logging.getLogger("edge").isEnabledFor(logging.DEBUG),
            )
        case "server":
            from edge.llm.endpoint_profile import targets
            from edge.llm.openai_endpoint import OpenAiEndpoint

            return OpenAiEndpoint(
                url=str(settings.url),
                target=targets(str(settings.url), settings.model, clock or SystemClock()),
                api_key=read_secret("llm-api-key", settings.api_key_file),
                first_token_timeout_s=SERVER_FIRST_TOKEN_TIMEOUT_S,
                clock=clock,
            )


def open_cloud(
    settings: CloudSettings, clock: Clock, folder: Path, *, transport: "httpx.AsyncBaseTransport | None" = None
) -> "Cloud | None":
    """The endpoint in the cloud, with its budget in `folder`; None without a key. `transport` replaces the network.

    Raises `SettingsError` for an unusable key file and for model = "auto" where that stands for nothing, `LlmError`
    "budget-unusable" if the budget cannot be kept.
    """
    api_key = read_secret("cloud-api-key", settings.api_key_file)
    if api_key is None:
        return None
    from edge.budget import Budget
    from edge.llm.cloud import Cloud, open_ledger
    from edge.llm.endpoint_profile import targets
    from edge.llm.openai_endpoint import OpenAiEndpoint

    endpoint = OpenAiEndpoint(
        url=settings.url,
        target=targets(settings.url, settings.model, clock),
        api_key=api_key,
        first_token_timeout_s=settings.first_token_timeout_s,
        clock=clock,
        transport=transport,
    )
    budget = Budget(open_ledger(folder), settings.budget, clock)
    return Cloud(endpoint, budget, tokens_per_turn=settings.budget.tokens_per_turn)


def _threads(store: "ModelStore", model: str) -> int:
    speed = chat_speeds(store.folder, store.identity).get(model)
    return THREADS if speed is None else speed.threads


def _chosen(settings: LlmSettings, store: "ModelStore") -> str:
    choice = choose_chat_model(settings, store)
    if choice.name == choice.best:
        _log.info("chat-model", model=choice.name, reason=choice.reason)
    else:
        hint = f"run: {edge_voice('models pull')}"
        _log.warning("better-chat-model-missing", using=choice.name, better=choice.best, why=choice.reason, hint=hint)
    return choice.name


def _gguf_in(folder: Path) -> Path:
    files = sorted(folder.glob("*.gguf"))
    if len(files) != 1:
        raise ModelError("model-unsuitable", f"{folder.name} is not a single GGUF file", "choose a chat model in [llm]")
    return files[0]
