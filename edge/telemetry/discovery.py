"""Publishes the device payload for Home Assistant, and removes what is no longer true."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from edge.mqtt import Message, Mqtt, Subscription
from edge.runtime.files import SavedValue
from edge.settings import Settings
from edge.telemetry.home_assistant import Features, device_payload, discovery_topic, platforms, with_removals
from edge.telemetry.retained import RetainedTopic


class Discovery:
    """Keeps the retained device payload: after each connect, and whenever Home Assistant says that it is online.

    With `[mqtt] discovery` off the payload is removed. What was published is kept in STATE/discovery.json, so that a
    later start can remove components that are gone, and the payload below a former prefix.
    """

    def __init__(self, mqtt: Mqtt, settings: Settings, features: Features, *, state: Path) -> None:
        """Subscribe; `run` publishes. `state` is the state folder."""
        self._saved = SavedValue(state / "discovery.json", failure="discovery-save-failed")
        topic = discovery_topic(settings)
        former, published = _published(self._saved.read())
        self._config = RetainedTopic(mqtt, topic, former=former)
        self._subscription: Subscription | None = None
        if not settings.mqtt.discovery:
            self._config.set(b"")
            self._saved.save(None)
            return
        payload = device_payload(settings, features)
        if former != topic:
            published = {}
        self._config.set(_encode(with_removals(payload, published)))
        self._saved.save({"topic": topic, "components": {**published, **platforms(payload)}})
        self._subscription = mqtt.subscribe(f"{settings.mqtt.discovery_prefix}/status", self._on_status)

    async def run(self) -> None:
        """Publish until cancelled."""
        await self._config.run()

    async def aclose(self) -> None:
        """Return when what was published is saved. The payload stays at the broker: `status` says "offline"."""
        if self._subscription is not None:
            await self._subscription.aclose()
        await self._saved.aclose()

    async def _on_status(self, message: Message) -> None:
        """Home Assistant has started. A retained message is older than this connection, which has just published."""
        if message.payload == b"online" and not message.retained:
            self._config.again()


def _encode(payload: Mapping[str, Any]) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def _published(saved: Any) -> tuple[str | None, dict[str, str]]:
    """The topic and the platforms of the components of the last start; nothing if the file is missing or damaged."""
    match saved:
        case {"topic": str(topic), "components": dict(components)}:
            return topic, {str(name): str(platform) for name, platform in components.items()}
        case _:
            return None, {}
