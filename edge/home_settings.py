"""What the owner says about the home and its things: part of the settings, see `edge.settings`."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from edge.setting_types import Section, WebSocketUrl

Gate = Literal["ask", "code", "never"]
"""How a way into the home is opened: after a yes, after the spoken code, or not at all."""

Act = Literal[
    "on", "off", "open", "close", "lock", "unlock", "arm", "disarm", "trigger", "start", "stop", "dock", "press", "set"
]
"""What a command does to a thing."""


class ThingSettings(Section):
    """What you say about one thing that is known by itself, or about several."""

    match: str = Field(min_length=1, description="its name or its unique id, as `edge-voice home` shows them")
    name: str | None = Field(default=None, min_length=1, description="spoken name, in place of those that it has")
    aliases: list[str] = Field(default_factory=list, description="further spoken names")
    area: str | None = Field(default=None, min_length=1, description="its room")
    hide: bool = Field(default=False, description="never spoken of")
    ask: bool = Field(default=False, description="ask before every command to it")
    forbid: bool | list[Act] = Field(
        default=False, description="commands that are always refused: ['unlock', 'open']; true: all"
    )


class GroupSettings(Section):
    """Several things under one name."""

    name: str = Field(min_length=1, description="spoken name: 'downstairs lights'")
    aliases: list[str] = Field(default_factory=list, description="further spoken names")
    area: str | None = Field(default=None, min_length=1, description="the room of the group")
    members: list[str] = Field(min_length=1, description="names or unique ids, as for `match` of [[home.things]]")


class FloorSettings(Section):
    """The rooms of a floor."""

    name: str = Field(min_length=1, description="spoken name: 'upstairs'")
    areas: list[str] = Field(min_length=1, description="its rooms")


class HomeAssistantSettings(Section):
    """Home Assistant, for what is not on MQTT. Off until a url is given."""

    url: WebSocketUrl | None = Field(default=None, description="'ws://homeassistant.local:8123'; none: off")
    token_file: Path | None = Field(
        default=None,
        description="file with a long-lived access token, mode 0600; or the credential 'home-assistant-token'",
    )
    ca_file: Path | None = Field(default=None, description="for wss; none: the system's certificate authorities")

    @model_validator(mode="after")
    def _ca_file_needs_tls(self) -> "HomeAssistantSettings":
        if self.ca_file is not None and not str(self.url).startswith("wss:"):
            message = "ca_file needs a url that begins with wss"
            raise ValueError(message)
        return self


def one_owner(named: Iterable[tuple[str, Sequence[str]]], mistake: str) -> None:
    """Check that no name has two owners, which are (name, further names). Raises ValueError.

    `mistake` has places for the name and both owners.
    """
    seen: dict[str, str] = {}
    for owner, names in named:
        for name in (owner, *names):
            other = seen.setdefault(name.casefold(), owner)
            if other != owner:
                raise ValueError(mistake.format(name, other, owner))
