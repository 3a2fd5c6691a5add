"""Which other speakers of the home are there."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from edge.errors import BrokerError
from edge.mqtt import Message, Mqtt, Subscription
from edge.peers import fields_of, shared
from edge.runtime.files import SavedValue
from edge.settings import Settings
from edge.telemetry.retained import RetainedTopic

MAX_PEERS = 64
"""Further speakers of a home are not known."""

_MAX_NAME = 100

log = structlog.get_logger("peers")


@dataclass(frozen=True, slots=True)
class Peer:
    """Another speaker: its id, display name and room (may be empty)."""

    id: str
    name: str
    area: str


class Directory:
    """Publishes this speaker as a member of the home, and follows the other members and their status.

    A member that loses its connection is gone, because the broker then publishes its `status`.
    """

    def __init__(self, mqtt: Mqtt, settings: Settings, *, state: Path) -> None:
        """Subscribe; `run` publishes. The topic is kept in STATE/membership.json, so that another home replaces it."""
        self._mqtt = mqtt
        self._own = settings.device.id
        self._saved = _saved(state)
        topic = shared(settings.device.home, "speakers", self._own)
        former = self._saved.read()
        self._membership = RetainedTopic(mqtt, topic, former=former if isinstance(former, str) else None)
        own = {"name": settings.device.name, "area": settings.device.area}
        self._membership.set(json.dumps(own, ensure_ascii=False).encode())
        if former != topic:
            self._saved.save(topic)
        self._members: dict[str, Peer] = {}
        self._online: set[str] = set()
        self._statuses: dict[str, Subscription] = {}
        self._subscription = mqtt.subscribe(shared(settings.device.home, "speakers", "+"), self._on_member)

    def online(self) -> Sequence[Peer]:
        """The other speakers that are connected, in the order of their ids; none while this one is not."""
        if not self._mqtt.connected:
            return ()
        return [peer for number, peer in sorted(self._members.items()) if number in self._online]

    async def run(self) -> None:
        """Publish until cancelled."""
        await self._membership.run()

    async def aclose(self) -> None:
        """End the subscriptions."""
        for subscription in (self._subscription, *self._statuses.values()):
            await subscription.aclose()
        await self._saved.aclose()

    async def _on_member(self, message: Message) -> None:
        number = message.topic.rpartition("/")[2]
        if number == self._own:
            return
        if not message.payload:
            await self._forget(number)
            return
        fields = fields_of(message.payload)
        name, area = fields.get("name"), fields.get("area")
        if not isinstance(name, str) or not isinstance(area, str | None):
            return
        if number not in self._members and len(self._members) >= MAX_PEERS:
            return
        self._members[number] = Peer(number, name[:_MAX_NAME], (area or "")[:_MAX_NAME])
        if number not in self._statuses:
            self._statuses[number] = self._mqtt.subscribe(f"edge-voice/{number}/status", self._on_status)

    async def _on_status(self, message: Message) -> None:
        number = message.topic.split("/")[1]
        change: Callable[[str], None] = self._online.add if message.payload == b"online" else self._online.discard
        change(number)

    async def _forget(self, number: str) -> None:
        self._members.pop(number, None)
        self._online.discard(number)
        subscription = self._statuses.pop(number, None)
        if subscription is not None:
            await subscription.aclose()


async def leave_home(mqtt: Mqtt, state: Path) -> None:
    """Remove this speaker from the home that it was in at an earlier start. `state` is the state folder."""
    saved = _saved(state)
    topic = saved.read()
    if isinstance(topic, str):
        try:
            await mqtt.publish(topic, b"", retain=True, timeout_s=None)
        except BrokerError as error:
            log.warning("home-not-left", code=error.code, topic=topic, reason=error.message)
        else:
            saved.save(None)
            await saved.aclose()


def _saved(state: Path) -> SavedValue:
    """The topic on which this speaker is a member of the home."""
    return SavedValue(state / "membership.json", failure="home-save-failed")
