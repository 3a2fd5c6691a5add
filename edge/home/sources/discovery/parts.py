"""What the components of discovery have in common: commands with a topic and a template, states with a decoder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from edge.home.model import (
    Accepts,
    Anything,
    Choice,
    Decoder,
    Encoder,
    Feature,
    MqttMessage,
    Range,
    Reading,
    State,
    Value,
)
from edge.home.sources.discovery.config import Config, refused
from edge.home.sources.discovery.templates import MAX_PAYLOAD_CHARS, Template, TemplateError

NONE: Final = "None"
"""A rendered state that means: unknown."""

MAX_STATE: Final = 255
"""Longest text of a state in characters, as in Home Assistant."""

PERCENT: Final = Range(0, 100, unit="%")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a component reader finds: see `edge.home.model.Entity`."""

    accepts: Mapping[Feature, Accepts] = field(default_factory=dict)
    encode: Encoder | None = None
    readings: tuple[Reading, ...] = ()
    optimistic: bool = False


# Commands.

Written = Callable[[Value], Any]
"""What a value is to a template or on the wire: a scaled number, a payload."""


@dataclass(frozen=True, slots=True)
class Command:
    """How one feature is commanded: a topic, what its value is written as, and a template around it.

    `variables` are those of the template beside `value`.
    """

    topic: str
    written: Written
    template: Template | None = None
    retain: bool = False
    variables: Callable[[Value], Mapping[str, Any]] = lambda _: {}

    def message(self, value: Value) -> MqttMessage:
        """The message for a value. Raises `TemplateError` if the template fails or yields nothing."""
        written = self.written(value)
        if self.template is None:
            return MqttMessage(self.topic, str(written), self.retain)
        payload = rendered_command(self.template, value=written, **self.variables(value))
        return MqttMessage(self.topic, payload, self.retain)


def rendered_command(template: Template, **variables: Any) -> str:
    """The payload of a command. Raises `TemplateError` if the template fails or yields nothing."""
    text = template.render(**variables)
    if text in {"", NONE}:
        raise TemplateError("template-failed", "a command template yields nothing", "see the device's settings")
    return text


@dataclass(frozen=True, slots=True)
class Commands:
    """An `Encoder`: one message for each feature, in the order of `commands`."""

    commands: Mapping[Feature, Command]

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        return [command.message(change[feature]) for feature, command in self.commands.items() if feature in change]


def as_number(value: Value) -> float:
    """The number of a feature that accepts a range; 21.0 becomes 21."""
    number = round(float(value), 6)  # type: ignore[arg-type]  # a number: `accepts` is a range
    return int(number) if number.is_integer() else number


def as_whole(value: Value) -> int:
    """The number of a feature that accepts a range, rounded."""
    return round(as_number(value))


def payloads(of: Mapping[Value, str]) -> Written:
    """Written as one of these payloads."""
    return lambda value: of[value]


def on_off(config: Config) -> Mapping[Value, str]:
    """The payloads of on and off."""
    return {True: config.text("payload_on", "ON"), False: config.text("payload_off", "OFF")}


class Builder:
    """Collects the commands and readings of a component whose keys have one prefix each."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.accepts: dict[Feature, Accepts] = {}
        self.commands: dict[Feature, Command] = {}
        self.readings: list[Reading] = []

    def command(
        self,
        feature: Feature,
        key: str,
        accepted: Accepts,
        written: Written = as_number,
        variables: Callable[[Value], Mapping[str, Any]] = lambda _: {},
        *,
        template: str = "",
    ) -> None:
        """The command at `key` with "_topic" behind it, if it is there and something can be chosen."""
        topic = self.config.command_topic(f"{key}_topic")
        if not topic or (isinstance(accepted, Choice) and not accepted.options):
            return
        self.accepts[feature] = accepted
        self.commands[feature] = Command(
            topic, written, self.config.template(template or f"{key}_template"), self.config.flag("retain"), variables
        )

    def power(self) -> None:
        """The command for on and off at "command_topic", which is required."""
        self.config.required("command_topic")
        self.command(Feature.POWER, "command", Anything(), payloads(on_off(self.config)))

    def state(
        self,
        feature: Feature,
        topic: str,
        read: "Read",
        *templates: str,
        unknown: str = NONE,
        variables: Mapping[str, Any] | None = None,
    ) -> None:
        """The reading of one feature from the topic at a key, if there is such a topic."""
        filtered = self.config.state_topic(topic)
        if filtered:
            decode = decoder(feature, read, self.config.template(*templates), unknown, variables or {})
            self.readings.append(Reading(filtered, decode))

    def parts(self, *, optimistic: bool) -> Parts:
        """What was collected. Raises `DiscoveryError` if it is nothing."""
        if not self.commands and not self.readings:
            raise refused("it has neither a command nor a state topic")
        encode = Commands(self.commands) if self.commands else None
        return Parts(self.accepts, encode, tuple(self.readings), optimistic=optimistic)


# States.

Read = Callable[[str], Value | None]
"""A value from a rendered state; None if the text means nothing."""


def decoder(
    feature: Feature, read: Read, template: Template | None, unknown: str, variables: Mapping[str, Any]
) -> Decoder:
    """A decoder of one feature; the texts "None" and `unknown` mean that it is not known."""

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        text = rendered(template, payload, **variables)
        if text is None or not text.strip():
            return {}
        if text in {NONE, unknown}:
            return {feature: None}
        value = read(text)
        return {} if value is None else {feature: value}

    return decode


def rendered(template: Template | None, payload: str, **variables: Any) -> str | None:
    """The text that a state template reads; None if it fails or is too long, which leaves the state as it is."""
    if template is None:
        return payload if len(payload) <= MAX_PAYLOAD_CHARS else None
    try:
        return template.of_payload(payload, **variables)
    except TemplateError:
        return None


def one_of(values: Mapping[str, Value]) -> Read:
    """Reads one of these texts."""
    return values.get


def listed(options: Sequence[str]) -> Read:
    """Reads one of these texts as it is."""
    return lambda text: text if text in options else None


def switched(config: Config) -> Read:
    """Reads on and off, with the texts of `state_on` and `state_off`, by default those of the commands."""
    payload = on_off(config)
    on, off = config.text("state_on") or payload[True], config.text("state_off") or payload[False]
    return one_of({off: False, on: True})


def number(text: str) -> float | None:
    """Reads a number."""
    try:
        return finite(float(text))
    except ValueError:
        return None


def finite(value: Any) -> float | None:
    """A number of JSON, also as a text; None if it is none, or is too large for anything in a home."""
    if isinstance(value, str):
        return number(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e12 else None  # noqa: PLR2004 - also NaN, which compares false


def scaled(low: float, high: float) -> Callable[[str], float | None]:
    """Reads a number of the range `low` to `high` as percent."""

    def read(text: str) -> float | None:
        value = number(text)
        return None if value is None or low == high else min(100.0, max(0.0, (value - low) / (high - low) * 100))

    return read


def bounded(low: float, high: float) -> Read:
    """Reads a number of this range; others mean nothing."""

    def read(text: str) -> float | None:
        value = number(text)
        return value if value is not None and low <= value <= high else None

    return read


def text_of(text: str) -> str | None:
    """Reads the text itself; a long one means nothing."""
    return text if len(text) <= MAX_STATE else None
