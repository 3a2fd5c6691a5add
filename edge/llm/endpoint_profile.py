"""What an endpoint takes, costs and allows: one TOML file a profile in `models/endpoints/`, read strictly.

A profile is for one model (`model`) or for all models at one address (`url`), or, with `anywhere`, at its port on any
machine. `compatible` is for the rest. docs/answers.md describes the format.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from edge.errors import ModelError, SettingsError
from edge.llm import Message, Tool
from edge.runtime.clock import Clock
from edge.settings import AUTO
from edge.store import shipped
from edge.store.named_file import Named, Part, read_named_file

FIRST = "gpt-4o-mini"
"""The profile that `[llm.cloud] model = "auto"` begins with."""

COMPATIBLE = "compatible"
"""The profile of an endpoint that no other profile is for."""

WARN_DAYS = 60
"""How long before its shutdown a model is reported."""

_PORTS: Final = {"http": 80, "https": 443}


class Request(Part):
    """How a request is written. `reply_limit` is the parameter for the longest reply.

    `usage`: the stream ends with the number of tokens if `stream_options` ask for it.
    """

    reply_limit: Literal["max_tokens", "max_completion_tokens"]
    temperature: float | None = Field(default=None, ge=0, le=2)
    reasoning_effort: str | None = Field(default=None, pattern=r"^[a-z]{1,16}$")
    usage: bool = False


class Limits(Part):
    """Tokens: of the prompt and the reply together, and of the reply."""

    context_tokens: int = Field(ge=1)
    reply_tokens: int = Field(ge=1)


class Prices(Part):
    """USD for a million tokens: read, read from the provider's cache, written to that cache, and of the reply."""

    prompt: float = Field(ge=0)
    cached: float = Field(ge=0)
    cache_write: float = Field(default=0, ge=0)
    reply: float = Field(ge=0)

    def cost_usd(self, *, prompt: int, cached: int, written: int, reply: int) -> float:
        """What these tokens cost. `cached` and `written` are parts of `prompt`."""
        new = prompt - cached - written
        million = new * self.prompt + cached * self.cached + written * self.cache_write + reply * self.reply
        return million / 1e6

    def worst_usd(self, *, prompt: int, reply: int) -> float:
        """The most that these tokens can cost."""
        return (prompt * max(self.prompt, self.cached, self.cache_write) + reply * self.reply) / 1e6


class EndpointProfile(Named):
    """See the module. `valid_until` is the first day on which the provider no longer serves the model.

    Without `prices` a call has an unknown cost. `note` is what an owner should know before using it.
    """

    summary: str = Field(min_length=1, max_length=200)
    url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    anywhere: bool = False
    model: str | None = Field(default=None, min_length=1, max_length=200)
    valid_until: date | None = None
    successor: str | None = None
    note: str = Field(default="", max_length=200)
    request: Request
    limits: Limits | None = None
    prices: Prices | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> "EndpointProfile":
        if self.successor is not None and self.valid_until is None:
            message = "successor: say from which day (valid_until)"
            raise ValueError(message)
        if self.prices is not None and self.model is None:
            message = "prices: they are those of one model"
            raise ValueError(message)
        return self

    @property
    def reply_tokens(self) -> int | None:
        """The longest reply; None where it is not known."""
        return None if self.limits is None else self.limits.reply_tokens

    def parameters(self, max_tokens: int) -> dict[str, Any]:
        """The parameters of a request beside its model and messages, for a reply of at most `max_tokens`."""
        wanted = self.request
        given: dict[str, Any] = {wanted.reply_limit: min(max_tokens, self.reply_tokens or max_tokens), "stream": True}
        if wanted.temperature is not None:
            given["temperature"] = wanted.temperature
        if wanted.reasoning_effort is not None:
            given["reasoning_effort"] = wanted.reasoning_effort
        if wanted.usage:
            given["stream_options"] = {"include_usage": True}
        return given

    def days_left(self, today: date) -> int | None:
        """Days until the model is shut down; None where no day is known."""
        return None if self.valid_until is None else (self.valid_until - today).days

    def is_at(self, url: str) -> bool:
        """Whether the profile is that of this address."""
        if self.url is None:
            return False
        own, given = urlsplit(self.url), urlsplit(url)
        same_port = _port(own.scheme, own.port) == _port(given.scheme, given.port)
        return same_port and (self.anywhere or own.hostname == given.hostname)


Profiles = Mapping[str, EndpointProfile]
"""By name."""


@dataclass(frozen=True, slots=True)
class Target:
    """Which model is asked, and the profile of its endpoint."""

    model: str
    profile: EndpointProfile

    def body(self, messages: Sequence[Message], max_tokens: int, tool: Tool | None = None) -> dict[str, Any]:
        """What is sent, as JSON, to ask for a reply of at most `max_tokens`, or for a call of the tool."""
        written = [{"role": it.role, "content": it.text} for it in messages]
        body = {"model": self.model, "messages": written, **self.profile.parameters(max_tokens)}
        if tool is not None:
            function = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
            body |= {"tools": [{"type": "function", "function": function}], "tool_choice": "auto"}
        return body


def choose_target(profiles: Profiles, *, url: str, model: str, today: date) -> Target:
    """The model to ask at an address, and its profile.

    "auto" stands for OpenAI's model `FIRST` and, from the day on which that is shut down, for its successor. A model
    that is named is never replaced. What is known of a model holds at an unknown address too: a proxy passes it on.
    """
    if model == AUTO:
        profile = _still_served(profiles, profiles[FIRST], today)
        return Target(profile.model or profile.name, profile)
    here = [it for it in profiles.values() if it.is_at(url)]
    provider = [it for it in here if not it.anywhere]
    of_model = [it for it in (provider or profiles.values()) if it.model == model]
    of_address = [it for it in here if it.model is None]
    return Target(model, next(iter([*of_model, *of_address]), profiles[COMPATIBLE]))


@cache
def shipped_profiles() -> Profiles:
    """The profiles that ship with the program. Raises `ModelError` "profile-invalid"."""
    return read_profiles(shipped("models") / "endpoints")


def read_profiles(folder: Path) -> Profiles:
    """The profiles of a folder. Raises `ModelError` "profile-invalid", naming the file and the key."""
    profiles = {path.stem: read_named_file(path, EndpointProfile, _invalid) for path in sorted(folder.glob("*.toml"))}
    for profile in profiles.values():
        seen = {profile.name}
        while profile.successor is not None:
            if profile.successor in seen or profile.successor not in profiles:
                raise _invalid(f"{folder / profile.name}.toml: successor: '{profile.successor}' leads nowhere")
            profile = profiles[profile.successor]  # noqa: PLW2901 - along the chain
            seen.add(profile.name)
    return profiles


def targets(url: str, model: str, clock: Clock) -> Callable[[], Target]:
    """The target of each question, by the day on which it is asked. Raises as `require_model` does."""
    profiles = shipped_profiles()
    require_model(profiles, url, model)
    return lambda: choose_target(profiles, url=url, model=model, today=clock.now().date())


def require_model(profiles: Profiles, url: str, model: str) -> None:
    """Raise `SettingsError` "cloud-model-missing" for "auto" at the address of a provider that is not OpenAI."""
    provider = next((it for it in profiles.values() if it.is_at(url) and not it.anywhere), None)
    if model == AUTO and provider is not None and provider.url != profiles[FIRST].url:
        raise SettingsError(
            "cloud-model-missing", f"model = 'auto' is a model of OpenAI, not of {provider.summary}", "name the model"
        )


def _still_served(profiles: Profiles, profile: EndpointProfile, today: date) -> EndpointProfile:
    while profile.successor is not None and profile.valid_until is not None and today >= profile.valid_until:
        profile = profiles[profile.successor]
    return profile


def _invalid(message: str) -> ModelError:
    return ModelError("profile-invalid", message, "correct the profile; docs/answers.md describes it")


def _port(scheme: str, port: int | None) -> int | None:
    return port or _PORTS.get(scheme)
