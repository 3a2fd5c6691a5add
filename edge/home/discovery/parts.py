"""What the components of discovery have in common: commands with a topic and a template, states with a decoder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from edge.home.discovery.config import Config
from edge.home.discovery.templates import Template, TemplateError
from edge.home.model import Accepts, Encoder, Feature, MqttMessage, Reading, State, Value

NONE: Final = "None"
"""A rendered state that means: unknown."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a component reader finds: see `edge.home.model.Entity`."""

    accepts: Mapping[Feature, Accepts] = field(default_factory=dict)
    encode: Encoder | None = None
    readings: tuple[Reading, ...] = ()
    optimistic: bool = False


Written = Callable[[Value], Any]
"""What a value is to a template or on the wire: a scaled number, a payload."""


@dataclass(frozen=True, slots=True)
class Command:
    """How one feature is commanded: a topic, what its value is written as, and a template around it.

    `variables` are those of the template beside `value`. A value for which `written` returns None has no command.
    """

    topic: str
    written: Written
    template: Template | None = None
    retain: bool = False
    variables: Callable[[Value], Mapping[str, Any]] = lambda _: {}

    def message(self, value: Value) -> MqttMessage:
        """The message for a value. Raises `TemplateError` if the template fails or yields nothing."""
        written = self.written(value)
        payload = plain(written) if self.template is None else self._rendered(value, written)
        return MqttMessage(self.topic, payload, self.retain)

    def _rendered(self, value: Value, written: Any) -> str:
        text = self.template.render(value=written, **self.variables(value)) if self.template else ""
        if not text:
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


def plain(value: Any) -> str:
    """A value as a payload: 21.0 as "21", True as "True"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def payloads(of: Mapping[Value, str | None]) -> Written:
    """Written as one of these payloads."""
    return lambda value: of[value]


def on_off(config: Config) -> Mapping[Value, str]:
    """The payloads of on and off."""
    return {True: config.text("payload_on", "ON"), False: config.text("payload_off", "OFF")}


Read = Callable[[str], Value | None]
"""A value from a rendered state; None if the text means nothing."""


def reading(config: Config, topic: str, feature: Feature, read: Read, *templates: str) -> tuple[Reading, ...]:
    """The reading of one feature from the topic at a key; none if there is no such topic."""
    filtered = config.state_topic(topic)
    if not filtered:
        return ()
    template = config.template(*templates)

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        text = rendered(template, payload)
        if text is None or not text:
            return {}
        if text == NONE:
            return {feature: None}
        value = read(text)
        return {} if value is None else {feature: value}

    return (Reading(filtered, decode),)


def rendered(template: Template | None, payload: str) -> str | None:
    """The text that a state template reads; None if it fails, which leaves the state as it is."""
    if template is None:
        return payload
    try:
        return template.of_payload(payload)
    except TemplateError:
        return None


def one_of(values: Mapping[str, Value]) -> Read:
    """Reads one of these texts."""
    return values.get


def switched(config: Config) -> Read:
    """Reads on and off, with the texts of `state_on` and `state_off`, by default those of the commands."""
    payload = on_off(config)
    return one_of({config.text("state_on", payload[True]): True, config.text("state_off", payload[False]): False})


def number(text: str) -> float | None:
    """Reads a number."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None  # noqa: PLR2004 - also infinity; NaN compares false


def scaled(low: float, high: float) -> "Callable[[str], float | None]":
    """Reads a number of the range `low` to `high` as percent."""

    def read(text: str) -> float | None:
        value = number(text)
        return None if value is None or low == high else min(100.0, max(0.0, (value - low) / (high - low) * 100))

    return read


def text_of(text: str) -> str:
    """Reads the text itself."""
    return text
