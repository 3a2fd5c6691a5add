"""The settings of the home: its things, and what the owner says about them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from edge.settings.values import Section, Topic, WebSocketUrl

Gate = Literal["ask", "code", "never"]
"""How a way into the home is opened: after a yes, after the spoken code, or not at all."""

Act = Literal[
    "on", "off", "open", "close", "lock", "unlock", "arm", "disarm", "trigger", "start", "stop", "dock", "press", "set"
]
"""What a command does to a thing."""


class EntitySettings(Section):
    """An entity of the home that is controlled over MQTT."""

    name: str = Field(min_length=1, description="spoken name: 'kitchen light'")
    aliases: list[str] = Field(default_factory=list, description="further spoken names")
    area: str | None = Field(default=None, description="the room of the entity")
    domain: Literal["light", "switch", "fan", "cover", "lock", "scene", "script", "climate", "media_player"] = Field(
        default="light", description="kind of entity"
    )
    topic: Topic = Field(description="topic for its commands")
    on: str = Field(default="ON", description="payload to turn on, open, lock or start")
    off: str = Field(default="OFF", description="payload to turn off, close or unlock")
    set_topic: Topic | None = Field(default=None, description="topic for numbers: brightness, position, temperature")
    minimum: float | None = Field(
        default=None, description="smallest number for set_topic; none: 0, for climate 5 (degrees Celsius)"
    )
    maximum: float | None = Field(
        default=None, description="largest number for set_topic; none: 100, for climate 35 (degrees Celsius)"
    )

    @model_validator(mode="after")
    def _range_is_one(self) -> "EntitySettings":
        low, high = (5, 35) if self.domain == "climate" else (0, 100)
        if (low if self.minimum is None else self.minimum) >= (high if self.maximum is None else self.maximum):
            message = "minimum must be less than maximum"
            raise ValueError(message)
        return self


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


class HomeSettings(Section):
    """The things of the home, and what they may be told; timers and alarms."""

    discovery: bool = Field(default=True, description="know the entities that announce themselves on the MQTT broker")
    unlock: Gate = Field(
        default="ask",
        description="unlocking, and opening a door, a garage or a gate: after a yes, after the code, or never",
    )
    disarm: Gate = Field(default="ask", description="the same for disarming an alarm")
    code_file: Path | None = Field(
        default=None, description="file with the code of 4 to 8 digits, mode 0600; or use the credential 'home-code'"
    )
    entities: list[EntitySettings] = Field(default_factory=list, description="[[home.entities]]")
    things: list[ThingSettings] = Field(default_factory=list, description="[[home.things]]")
    groups: list[GroupSettings] = Field(default_factory=list, description="[[home.groups]]")
    floors: list[FloorSettings] = Field(default_factory=list, description="[[home.floors]]")
    ring_minutes: float = Field(default=5, gt=0, le=60, description="stop ringing after this long")
    home_assistant: HomeAssistantSettings = HomeAssistantSettings()

    @property
    def uses_code(self) -> bool:
        """Whether a command asks for the code."""
        return "code" in {self.unlock, self.disarm}

    @model_validator(mode="after")
    def _names_are_unique(self) -> "HomeSettings":
        named = [(it.name, it.aliases) for it in self.entities]
        named += [(it.name, it.aliases) for it in self.groups]
        named += [(it.name or it.match, it.aliases) for it in self.things]
        _one_owner(named, "'{}' names two entities: '{}' and '{}'")
        _one_owner([(it.name, it.areas) for it in self.floors], "'{}' is on two floors: '{}' and '{}'")
        return self


def _one_owner(named: Iterable[tuple[str, Sequence[str]]], mistake: str) -> None:
    """Check that no name has two owners, which are (name, further names). Raises ValueError.

    `mistake` has places for the name and both owners.
    """
    seen: dict[str, str] = {}
    for owner, names in named:
        for name in (owner, *names):
            other = seen.setdefault(name.casefold(), owner)
            if other != owner:
                raise ValueError(mistake.format(name, other, owner))
