"""The speaker as a device of Home Assistant: the discovery payload. Pure.

One retained message names the device and all its entities ("device discovery",
https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload). The entities read the topics of
docs/mqtt.md with templates and send commands to `command/...`; nothing is published for them alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edge import __version__
from edge.settings import Escalate, Settings

Component = dict[str, Any]

PHASES = ("idle", "listening", "thinking", "speaking", "ringing")
OUTCOMES = ("answered", "nothing-said", "cancelled", "failed")
RINGS = ("timer", "alarm")

MAX_TYPED_CHARS = 255
"""Home Assistant's limit of a text entity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What this speaker can do: a control that could do nothing is not shown."""

    wake_words: Sequence[str]
    escalations: Sequence[Escalate] = ()
    """The modes to choose from."""
    temperature: bool = False
    restart: bool = False


def discovery_topic(settings: Settings) -> str:
    """The topic of the device payload."""
    return f"{settings.mqtt.discovery_prefix}/device/edge-voice-{settings.device.id}/config"


def device_payload(settings: Settings, features: Features) -> dict[str, Any]:
    """The device payload: `device`, `origin`, the availability of all entities, and `components` by their ids."""
    device = settings.device
    root = f"edge-voice/{device.id}"
    return {
        "device": {
            "identifiers": [f"edge-voice-{device.id}"],
            "name": device.name,
            "manufacturer": "edge-voice",
            "model": "Smart speaker",
            "sw_version": __version__,
            **({"suggested_area": device.area} if device.area else {}),
        },
        "origin": {"name": "edge-voice", "sw_version": __version__},
        "availability": [{"topic": f"{root}/status"}],
        "qos": 1,
        "components": {
            name: component
            if component["platform"] == "device_automation"
            else {"unique_id": f"edge-voice-{device.id}-{name}", **component}
            for name, component in _components(root, features).items()
        },
    }


def with_removals(payload: Mapping[str, Any], published: Mapping[str, str]) -> dict[str, Any]:
    """The payload that also removes the components of an earlier one: `published` maps their ids to their platforms.

    A component that is only left out of a new payload stays in Home Assistant.
    """
    components = payload["components"]
    removed = {name: {"platform": platform} for name, platform in published.items() if name not in components}
    return {**payload, "components": {**components, **removed}}


def platforms(payload: Mapping[str, Any]) -> dict[str, str]:
    """The platform of each component."""
    return {name: component["platform"] for name, component in payload["components"].items()}


def _components(root: str, features: Features) -> dict[str, Component]:
    return {
        **_controls(root, features),
        **_reports(root, features),
        **_diagnostics(root, features),
        **_triggers(root, features),
    }


def _controls(root: str, features: Features) -> dict[str, Component]:
    state = f"{root}/state"
    found: dict[str, Component] = {
        "mute": {
            "platform": "switch",
            "name": "Microphone off",
            "icon": "mdi:microphone-off",
            "command_topic": f"{root}/command/mute",
            "state_topic": state,
            "value_template": "{{ 'ON' if value_json.muted else 'OFF' }}",
        },
        "volume": {
            "platform": "number",
            "name": "Volume",
            "icon": "mdi:volume-high",
            "min": 0,
            "max": 100,
            "unit_of_measurement": "%",
            "command_topic": f"{root}/command/volume",
            "state_topic": state,
            "value_template": "{{ value_json.volume }}",
        },
        "say": {
            "platform": "text",
            "name": "Say",
            "icon": "mdi:message-text",
            "min": 1,
            "max": MAX_TYPED_CHARS,
            "command_topic": f"{root}/command/say",
        },
        "announce": {
            "platform": "notify",
            "name": "Announce",
            "icon": "mdi:bullhorn",
            "command_topic": f"{root}/command/announce",
        },
        "stop": _button("Stop", "mdi:stop", f"{root}/command/stop"),
        "listen": _button("Listen", "mdi:microphone-message", f"{root}/command/listen"),
    }
    if len(features.wake_words) > 1:
        found["wake_word"] = _select("Wake word", "wake_word", ("all", *features.wake_words), root)
    if len(features.escalations) > 1:
        found["escalate"] = _select("Questions to the cloud", "escalate", features.escalations, root)
    if features.restart:
        found["restart"] = {
            **_button("Restart", "mdi:restart", f"{root}/command/restart"),
            "device_class": "restart",
            "entity_category": "config",
        }
    return found


def _reports(root: str, features: Features) -> dict[str, Component]:
    timers = f"{root}/timers"
    found: dict[str, Component] = {
        "intent": {
            "platform": "event",
            "name": "Last turn",
            "icon": "mdi:chat-processing",
            "event_types": list(OUTCOMES),
            "state_topic": f"{root}/turn",
            "value_template": "{{ {'event_type': value_json.outcome, 'intent': value_json.intent,"
            " 'answerer': value_json.answerer, 'reason': value_json.reason, 'error': value_json.error} | tojson }}",
        },
        "timers": {
            "platform": "sensor",
            "name": "Next timer",
            "icon": "mdi:timer-outline",
            "device_class": "timestamp",
            "state_topic": timers,
            "value_template": "{{ value_json.next_timer }}",
            "json_attributes_topic": timers,
            "json_attributes_template": "{{ {'timers': value_json.timers} | tojson }}",
        },
        "alarms": {
            "platform": "sensor",
            "name": "Next alarm",
            "icon": "mdi:alarm",
            "device_class": "timestamp",
            "state_topic": timers,
            "value_template": "{{ value_json.next_alarm }}",
            "json_attributes_topic": timers,
            "json_attributes_template": "{{ {'alarms': value_json.alarms} | tojson }}",
        },
    }
    if features.wake_words:
        found["wake"] = {
            "platform": "event",
            "name": "Wake",
            "icon": "mdi:account-voice",
            "event_types": list(features.wake_words),
            "state_topic": f"{root}/event",
            "value_template": "{% if value_json.event == 'wake' %}"
            "{{ {'event_type': value_json.word, 'score': value_json.score} | tojson }}{% endif %}",
        }
    return found


def _diagnostics(root: str, features: Features) -> dict[str, Component]:
    found: dict[str, Component] = {
        "phase": {
            "platform": "sensor",
            "name": "Phase",
            "icon": "mdi:state-machine",
            "device_class": "enum",
            "options": list(PHASES),
            "state_topic": f"{root}/state",
            "value_template": "{{ value_json.phase }}",
        },
        "latency": {
            "platform": "sensor",
            "name": "Latency",
            "icon": "mdi:timer-sand",
            "device_class": "duration",
            "unit_of_measurement": "ms",
            "state_class": "measurement",
            "suggested_display_precision": 0,
            "state_topic": f"{root}/turn",
            "value_template": "{{ value_json.first_audio_ms }}",
        },
        "memory": {
            "platform": "sensor",
            "name": "Memory",
            "device_class": "data_size",
            "unit_of_measurement": "MB",
            "state_class": "measurement",
            "suggested_display_precision": 0,
            "state_topic": f"{root}/metrics",
            "value_template": "{{ value_json.rss_mb + value_json.children_rss_mb }}",
        },
        "problem": {
            "platform": "binary_sensor",
            "name": "Problem",
            "device_class": "problem",
            "state_topic": f"{root}/state",
            "value_template": "{{ 'ON' if value_json.degraded else 'OFF' }}",
            "json_attributes_topic": f"{root}/state",
            "json_attributes_template": "{{ {'degraded': value_json.degraded} | tojson }}",
        },
        "error": {
            "platform": "sensor",
            "name": "Last error",
            "icon": "mdi:alert-circle-outline",
            "state_topic": f"{root}/event",
            "value_template": "{% if value_json.event == 'error' %}{{ value_json.code }}{% endif %}",
        },
    }
    if features.temperature:
        found["temperature"] = {
            "platform": "sensor",
            "name": "Temperature",
            "device_class": "temperature",
            "unit_of_measurement": "°C",
            "state_class": "measurement",
            "state_topic": f"{root}/metrics",
            "value_template": "{{ value_json.temperature_c }}",
        }
    return {name: {**component, "entity_category": "diagnostic"} for name, component in found.items()}


def _triggers(root: str, features: Features) -> dict[str, Component]:
    """Device triggers: the wake words, the ends of turns, the rings."""
    event = f"{root}/event"
    word = "{{ value_json.word if value_json.event == 'wake' }}"
    return {
        **{f"on_wake_{at}": _trigger("wake", it, event, word) for at, it in enumerate(features.wake_words)},
        **{f"on_turn_{it}": _trigger("turn", it, f"{root}/turn", "{{ value_json.outcome }}") for it in OUTCOMES},
        **{f"on_ring_{it}": _trigger("ring", it, event, "{{ value_json.event }}") for it in RINGS},
    }


def _button(name: str, icon: str, topic: str) -> Component:
    return {"platform": "button", "name": name, "icon": icon, "command_topic": topic, "payload_press": "PRESS"}


def _select(name: str, field: str, options: Sequence[str], root: str) -> Component:
    return {
        "platform": "select",
        "name": name,
        "entity_category": "config",
        "options": list(options),
        "command_topic": f"{root}/command/{field.replace('_', '-')}",
        "state_topic": f"{root}/state",
        "value_template": f"{{{{ value_json.{field} }}}}",
    }


def _trigger(kind: str, subtype: str, topic: str, template: str) -> Component:
    return {
        "platform": "device_automation",
        "automation_type": "trigger",
        "type": kind,
        "subtype": subtype,
        "topic": topic,
        "value_template": template,
        "payload": subtype,
    }
