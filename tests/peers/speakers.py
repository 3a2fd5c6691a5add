"""Several speakers of a home on one bus, as far as they know each other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from edge.errors import ControlError
from edge.peers.open import Peers, open_peers
from edge.runtime.virtual_time import VirtualClock
from edge.settings import DeviceSettings, Settings
from tests.fakes.language import ENGLISH
from tests.peers.bus import Bus, Client


@dataclass
class Speaker:
    """A speaker that remembers what it was told to say."""

    peers: Peers
    mqtt: Client
    said: list[str] = field(default_factory=list)
    refuses: bool = False

    async def accept(self, text: str) -> None:
        if self.refuses:
            raise ControlError("say-queue-full", "10 texts are already queued")
        self.said.append(text)


@asynccontextmanager
async def speaker(
    bus: Bus, folder: Path, device_id: str, area: str | None = None, *, home: str = "home"
) -> AsyncIterator[Speaker]:
    """A speaker that is connected."""
    state = folder / device_id
    state.mkdir(exist_ok=True)
    settings = Settings(device=DeviceSettings(id=device_id, name=f"{device_id} speaker", area=area, home=home))
    mqtt = bus.client(device_id)
    peers = open_peers(settings, mqtt, VirtualClock(), state=state, language=ENGLISH)
    one = Speaker(peers, mqtt)
    peers.intercom.accept = one.accept
    running = asyncio.create_task(peers.directory.run())
    await asyncio.sleep(1)
    try:
        yield one
    finally:
        running.cancel()
        await asyncio.wait({running})
        await peers.aclose()
