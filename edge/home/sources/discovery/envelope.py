"""From a message on a discovery topic to components: topics, abbreviations, base topics, payloads of whole devices.

Format: https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery (single components and devices).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from edge.home.sources.discovery import abbreviations
from edge.home.sources.discovery.config import refused
from edge.home.sources.jinja.json_values import parse_json

MAX_PAYLOAD_BYTES: Final = 262_144
"""A device with 200 components has about 100 kB."""

_MAX_COMPONENTS: Final = 500
_TOPIC: Final = re.compile(
    r"(?P<component>[a-z_]{1,64})/(?:(?P<node>[\w-]{1,256})/)?(?P<object>[\w-]{1,256})/config", re.ASCII
)

_SHARED: Final = frozenset(
    {
        "availability",
        "availability_mode",
        "availability_template",
        "availability_topic",
        "command_topic",
        "encoding",
        "message_expiry_interval",
        "payload_available",
        "payload_not_available",
        "qos",
        "state_topic",
    }
)
"""The keys of a device's payload that its components inherit."""


@dataclass(frozen=True, slots=True)
class Address:
    """The place of an announcement: `component` is "device" for a whole device."""

    component: str
    node: str
    object: str

    @property
    def device_key(self) -> str:
        """The key that a device's payload gives to its components: one level of the topic or two."""
        return f"{self.node} {self.object}" if self.node else self.object


@dataclass(frozen=True, slots=True)
class Announced:
    """One component: its keys without abbreviations, and its key within the home.

    `config` None: it is removed. `key` stays the same while a component moves from a topic of its own to the payload
    of its device (`migrate_discovery`): component, then node and object, or device and component id.
    """

    component: str
    key: str
    config: Mapping[str, Any] | None


def address(topic: str, prefix: str) -> Address | None:
    """The parts of a discovery topic below `prefix`, None for other topics."""
    if not topic.startswith(f"{prefix}/"):
        return None
    found = _TOPIC.fullmatch(topic[len(prefix) + 1 :])
    return None if found is None else Address(found["component"], found["node"] or "", found["object"])


def payload_object(payload: bytes) -> dict[str, Any]:
    """The JSON object of an announcement.

    Raises:
        DiscoveryError: it is too long, too deep, or no JSON object.
    """
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise refused(f"the payload has more than {MAX_PAYLOAD_BYTES} bytes")
    try:
        parsed = parse_json(payload.decode())
    except ValueError:
        raise refused("the payload is no UTF-8") from None
    if not isinstance(parsed, dict):
        raise refused("the payload is no JSON object")
    return parsed


def components(at: Address, parsed: dict[str, Any]) -> Iterator[Announced]:
    """The components that one announcement names.

    Raises:
        DiscoveryError: a part of the envelope has the wrong type.
    """
    whole = _expanded(parsed)
    if at.component != "device":
        yield Announced(at.component, component_key(at.component, at.node, at.object), _with_base(whole))
        return
    parts = whole.get("components")
    if not isinstance(parts, dict) or not isinstance(whole.get("device"), dict):
        raise refused("a device's payload needs 'device' and 'components'")
    if len(parts) > _MAX_COMPONENTS:
        raise refused(f"a device has more than {_MAX_COMPONENTS} components")
    shared = {key: value for key, value in whole.items() if key in _SHARED or key in {"~", "device", "origin"}}
    for part_id, part in parts.items():
        if not isinstance(part, dict):
            continue
        own = _expanded(part)
        platform = own.pop("platform", None)
        if not isinstance(platform, str):
            continue
        key = component_key(platform, at.device_key, str(part_id))
        yield Announced(platform, key, _with_base({**shared, **own}) if own else None)


def component_key(component: str, node: str, object_id: str) -> str:
    """The key of a component, see `Announced`."""
    return f"{component} {node} {object_id}" if node else f"{component} {object_id}"


def migrates(parsed: Mapping[str, Any]) -> bool:
    """Whether an announcement only says that its component will come in the payload of a device."""
    return parsed.get("migrate_discovery") is True or parsed.get("migr_discvry") is True


def _expanded(keys: Mapping[str, Any]) -> dict[str, Any]:
    full = _renamed(keys, abbreviations.COMPONENT)
    if isinstance(full.get("device"), dict):
        full["device"] = _renamed(full["device"], abbreviations.DEVICE)
    if isinstance(full.get("origin"), dict):
        full["origin"] = _renamed(full["origin"], abbreviations.ORIGIN)
    if "availability" in full:
        items = full["availability"] if isinstance(full["availability"], list) else [full["availability"]]
        full["availability"] = [
            _renamed(item, abbreviations.COMPONENT) if isinstance(item, dict) else item for item in items
        ]
    return full


def _renamed(keys: Mapping[str, Any], table: Mapping[str, str]) -> dict[str, Any]:
    return {table.get(key, key): value for key, value in keys.items()}


def _with_base(config: dict[str, Any]) -> dict[str, Any]:
    """`~` at the start or the end of a topic stands for the base topic."""
    base = config.pop("~", None)
    if not isinstance(base, str):
        return config
    full = {key: _based(value, base) if key.endswith("topic") else value for key, value in config.items()}
    if isinstance(full.get("availability"), list):
        full["availability"] = [
            {**item, "topic": _based(item.get("topic"), base)} if isinstance(item, dict) else item
            for item in full["availability"]
        ]
    return full


def _based(topic: Any, base: str) -> Any:
    if not isinstance(topic, str):
        return topic
    if topic.startswith("~"):
        topic = base + topic[1:]
    return topic[:-1] + base if topic.endswith("~") else topic


def is_a_speaker(parsed: Mapping[str, Any]) -> bool:
    """Whether a speaker of our own kind announces itself: its entities are no things of the home."""
    origin = parsed.get("origin", parsed.get("o"))
    return isinstance(origin, dict) and origin.get("name") == "edge-voice"
