"""The home as data: entities, what can be read from them and done with them. Pure and immutable.

A `HomeModel` is one snapshot. The settings, discovery over MQTT, and Home Assistant's API are sources of entities.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Literal, Protocol

Colour = tuple[int, int, int]
"""Red, green, blue: 0 to 255 each."""

Value = bool | float | str | Colour
"""The value of a feature."""


class Feature(StrEnum):
    """What an entity has: a part of its state, a part of a command, or both."""

    POWER = "power"  # bool
    BRIGHTNESS = "brightness"  # percent
    COLOUR = "colour"  # Colour
    COLOUR_TEMPERATURE = "colour-temperature"  # kelvin
    EFFECT = "effect"  # one of a list
    MOVEMENT = "movement"  # cover and valve; state: open, closed, opening, closing, stopped; command: open, close, stop
    POSITION = "position"  # percent, 100 is open
    TILT = "tilt"  # percent, 100 is open
    LOCK = "lock"  # state: locked, unlocked, locking, unlocking, jammed, open; command: lock, unlock, open
    ALARM = "alarm"  # state: disarmed, armed_home, ...; command: disarm, arm_home, ..., trigger
    MODE = "mode"  # climate, water heater, humidifier: one of a list
    PRESET = "preset"  # one of a list
    FAN_MODE = "fan-mode"  # of a climate entity or a vacuum: one of a list
    SWING = "swing"  # one of a list
    TARGET_TEMPERATURE = "target-temperature"  # degrees in the unit of the entity
    TARGET_LOW = "target-low"
    TARGET_HIGH = "target-high"
    TEMPERATURE = "temperature"
    TARGET_HUMIDITY = "target-humidity"  # percent
    HUMIDITY = "humidity"
    ACTION = "action"  # what a climate entity does now: heating, idle, ...
    SPEED = "speed"  # percent of a fan
    OSCILLATION = "oscillation"  # bool
    DIRECTION = "direction"  # forward, reverse
    ACTIVITY = (
        "activity"  # vacuum, mower; state: docked, cleaning, ...; command: start, pause, stop, dock, locate, spot
    )
    PRESS = "press"  # command of a button or a scene
    VALUE = "value"  # of a sensor, number, select, text; bool of a binary sensor
    PRESENCE = "presence"  # home, not_home, or the name of a zone
    TONE = "tone"  # of a siren: one of a list
    VOLUME = "volume"  # percent of a media player
    MUTED = "muted"  # bool
    PLAYBACK = "playback"  # state: playing, paused, idle, ...; command: play, pause, stop, next, previous
    SOURCE = "source"  # input of a media player: one of a list
    TITLE = "title"  # what a media player plays
    ARTIST = "artist"
    CONDITION = "condition"  # of the weather: sunny, rainy, ...
    FORECAST = "forecast"  # of the weather: the kinds that can be asked for: daily, hourly, twice_daily


CHOSEN_BY_NAME: Final = (
    Feature.PRESET, Feature.MODE, Feature.VALUE, Feature.FAN_MODE, Feature.EFFECT, Feature.SWING,
)  # fmt: skip
"""The features that a command sets to an option without naming the feature: "set the heating to eco"."""

EVERYTHING: Final = frozenset({"light", "switch", "fan", "media_player", "humidifier"})
"""The domains of "everything": no locks, covers, heating, sirens or alarms."""


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers that a feature takes, in its unit. `step` 0: any."""

    minimum: float
    maximum: float
    step: float = 0.0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Texts that a feature takes."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Any text of so many characters."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Anything:
    """A feature takes any value of its type: a bool, a colour."""


Accepts = Range | Choice | Words | Anything

State = Mapping[Feature, Value]
"""The known values of one entity. A feature that is missing is unknown."""


@dataclass(frozen=True, slots=True)
class MqttMessage:
    """A command as it is published."""

    topic: str
    payload: str
    retain: bool = False

    @property
    def receiver(self) -> str:
        """Where it goes."""
        return self.topic

    @property
    def content(self) -> str:
        """What it says there."""
        return self.payload


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """A command to Home Assistant: the service `domain.action` on one of its entities, with plain JSON as data.

    `answers`: the service returns something, like the items of a list.
    """

    domain: str
    action: str
    entity_id: str
    data: Mapping[str, Any] = field(default_factory=dict)
    answers: bool = False

    @property
    def receiver(self) -> str:
        """Where it goes."""
        return self.entity_id

    @property
    def content(self) -> str:
        """What it says there."""
        return f"{self.domain}.{self.action} {json.dumps(dict(self.data), sort_keys=True)}"


Command = MqttMessage | ServiceCall
"""What is sent to change an entity. Two commands with one receiver and one content do the same."""


class Encoder(Protocol):
    """Turns a change into the commands for it. Pure."""

    def __call__(self, change: State, state: State) -> Sequence[Command]:
        """The commands for `change`, in their order. `state` is what is known of the entity now.

        `change` holds only features and values that the entity accepts. Raises `TemplateError` if a template of
        the entity yields nothing that can be sent.
        """
        ...


class Decoder(Protocol):
    """Reads values from the payload of a topic. Pure."""

    def __call__(self, payload: str) -> Mapping[Feature, Value | None]:
        """The features that the payload tells; None: known to be unknown. Empty: the payload says nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """A topic (or filter) that tells about an entity."""

    topic: str
    decode: Decoder


@dataclass(frozen=True, slots=True)
class AvailabilityTopic:
    """A topic that tells whether an entity can be reached; `decode` returns None where the payload says neither."""

    topic: str
    decode: "AvailabilityDecoder"


class AvailabilityDecoder(Protocol):
    """Reads a payload of an availability topic."""

    def __call__(self, payload: str) -> bool | None:
        """True: available, False: not, None: the payload says neither."""
        ...


@dataclass(frozen=True, slots=True)
class Availability:
    """When an entity can be reached. Without topics it always can."""

    topics: tuple[AvailabilityTopic, ...] = ()
    mode: Literal["all", "any", "latest"] = "latest"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entity comes from: `kind` is "settings", "discovery", "tasmota" or "home-assistant".

    `topic` is the topic of its announcement, `publisher` the program that announced it; both may be empty.
    """

    kind: str
    topic: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of the home.

    `id` is unique and stays the same while the thing is renamed. `domain` is Home Assistant's term for its kind
    (light, cover, binary_sensor, ...). `name` is said in replies, `aliases` are other names that people may say.
    `device` groups the entities of one device and is empty for a thing of its own. `spoken` is false for what has no
    place in a conversation: diagnostic, config and disabled entities, and names that cannot be said.
    """

    id: str
    domain: str
    name: str
    source: Source
    aliases: tuple[str, ...] = ()
    area: str = ""
    device: str = ""
    device_name: str = ""
    device_class: str = ""
    unit: str = ""
    accepts: Mapping[Feature, Accepts] = field(default_factory=dict)
    encode: Encoder | None = None
    readings: tuple[Reading, ...] = ()
    availability: Availability = Availability()
    spoken: bool = True
    optimistic: bool = False
    """No state comes back after a command."""
    expire_after_s: float = 0.0
    """It is unavailable if no state came for this long; 0: never."""
    off_delay_s: float = 0.0
    """A binary sensor that reports only "on" is off after this long; 0: it reports "off"."""
    greetings: tuple[MqttMessage, ...] = ()
    """Questions for its state, to be sent whenever it comes online: it does not keep its state on the broker."""
    state_request: MqttMessage | None = None
    """A question for its state, to be sent while nothing is known of it: the broker may not keep its state."""
    service_id: str = ""
    """Its id in Home Assistant (`light.kitchen`), which reports its state; empty for what is on MQTT."""
    members: tuple[str, ...] = ()
    """Of a group: the ids of its things, which carry out its commands."""
    asks_first: bool = False
    """The owner wants to be asked before every command."""
    forbidden: frozenset[str] = frozenset()
    """What no command may do to it, in the words of `edge.settings.Act`."""

    @property
    def reports(self) -> bool:
        """Whether its state is reported."""
        return bool(self.readings) or bool(self.service_id)

    def topics(self) -> frozenset[str]:
        """All topics (or filters) that tell about it."""
        return frozenset(
            [reading.topic for reading in self.readings] + [topic.topic for topic in self.availability.topics]
        )

    def can(self, feature: Feature) -> bool:
        """Whether a command may change the feature."""
        return self.encode is not None and feature in self.accepts

    def options(self, feature: Feature) -> tuple[str, ...]:
        """The texts that a command may set the feature to."""
        accepted = self.accepts.get(feature)
        return accepted.options if isinstance(accepted, Choice) and self.encode is not None else ()

    def named_options(self) -> tuple[str, ...]:
        """The names of all its modes, presets and options."""
        return tuple(name for feature in CHOSEN_BY_NAME for name in self.options(feature))


@dataclass(frozen=True, slots=True)
class Area:
    """A room. `floor` is the name of its floor, or empty."""

    name: str
    aliases: tuple[str, ...] = ()
    floor: str = ""


@dataclass(frozen=True, slots=True)
class Floor:
    """A floor."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeModel:
    """One snapshot of the home. Entities have different ids; their order is that of their announcement."""

    entities: tuple[Entity, ...] = ()
    areas: tuple[Area, ...] = ()
    floors: tuple[Floor, ...] = ()

    def spoken(self) -> tuple[Entity, ...]:
        """The entities that people talk about."""
        return tuple(entity for entity in self.entities if entity.spoken)
