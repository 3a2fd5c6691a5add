"""Opens what connects the speakers of a home."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from edge.mqtt import Mqtt
from edge.nlu import Language
from edge.peers.arbitration import Arbitration
from edge.peers.directory import Directory, Peer
from edge.peers.intercom import MqttIntercom
from edge.runtime.clock import Clock
from edge.settings import Settings


@dataclass(frozen=True, slots=True)
class Peers:
    """The other speakers: who is there, who answers, and announcements."""

    directory: Directory
    arbitration: Arbitration
    intercom: MqttIntercom

    async def aclose(self) -> None:
        """End all subscriptions."""
        await asyncio.gather(self.arbitration.aclose(), self.intercom.aclose(), self.directory.aclose())


def open_peers(settings: Settings, mqtt: Mqtt, clock: Clock, *, state: Path, language: Language) -> Peers:
    """Subscribe; `Directory.run` publishes this speaker. `state` is the state folder."""
    home, device_id = settings.device.home, settings.device.id

    def same_room(room: str, peer: Peer) -> bool:
        said = language.names.bare(room)
        return said != "" and said in {language.names.bare(name) for name in (peer.area, peer.name)}

    directory = Directory(mqtt, settings, state=state)
    return Peers(
        directory,
        Arbitration(mqtt, directory, clock, home=home, device_id=device_id),
        MqttIntercom(mqtt, directory, clock, home=home, device_id=device_id, same_room=same_room),
    )
