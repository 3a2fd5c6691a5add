"""One component as a device announces it: what it says in its state messages, and what it is sent for a change."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from edge.home.model import Entity, Feature, MqttMessage, State, Value
from edge.home.sources.discovery.registry import Registry

PREFIX = "homeassistant"

Heard = tuple[str, str, Mapping[Feature, Value | None]]
"""Topic, payload, and the features that it tells."""

Sent = tuple[State, Sequence[str]]
"""A change, and the messages for it as "topic payload", with "retained " in front of one that is retained."""


@dataclass(frozen=True)
class Case:
    """A component, which features it accepts, what it tells and what it takes."""

    name: str
    component: str
    config: Mapping[str, Any]
    accepts: frozenset[Feature] | set[Feature] = field(default_factory=frozenset)
    heard: Sequence[Heard] = ()
    sent: Sequence[Sent] = ()
    state: State = field(default_factory=dict)
    optimistic: bool = False


def announced(component: str, config: Mapping[str, Any], topic: str = "thing") -> Entity:
    """The entity of one component. Fails with the reason if it is refused."""
    registry = Registry(PREFIX)
    registry.feed(f"{PREFIX}/{component}/{topic}/config", json.dumps(config).encode())
    assert registry.refused == ()
    return registry.entities[0]


def refusal(component: str, config: Mapping[str, Any]) -> str:
    """Why a component is refused; empty if it is not."""
    registry = Registry(PREFIX)
    registry.feed(f"{PREFIX}/{component}/thing/config", json.dumps(config).encode())
    return " ".join(refused.message for refused in registry.refused)


def heard(entity: Entity, topic: str, payload: str) -> dict[Feature, Value | None]:
    """What a message tells about the entity."""
    found: dict[Feature, Value | None] = {}
    for reading in entity.readings:
        if reading.topic == topic:
            found.update(reading.decode(payload))
    return found


def sent(entity: Entity, change: State, state: State) -> list[str]:
    """The messages of a change."""
    assert entity.encode is not None
    assert all(entity.can(feature) for feature in change), "the change has what the entity does not accept"
    messages = [it for it in entity.encode(change, state) if isinstance(it, MqttMessage)]
    return [f"{'retained ' * message.retain}{message.topic} {message.payload}" for message in messages]


def check(case: Case) -> None:
    """Everything that the case says."""
    entity = announced(case.component, case.config)
    assert set(entity.accepts) == set(case.accepts)
    assert entity.optimistic is case.optimistic
    for topic, payload, told in case.heard:
        found = heard(entity, topic, payload)
        assert {feature: _rounded(value) for feature, value in found.items()} == told, f"{topic} {payload}"
    for change, messages in case.sent:
        assert sent(entity, change, case.state) == list(messages), f"{change}"


def _rounded(value: Value | None) -> Value | None:
    return round(value, 1) if isinstance(value, float) else value
