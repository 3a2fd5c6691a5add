"""Which speaker answers when several hear the same wake word: the one in whose microphone it stood out most.

Each speaker that hears the word publishes a claim, and waits up to 100 ms for the claims of the others; meanwhile its
frames are kept, so that no word is lost. The best claim takes the turn and says so. A speaker that hears the word later
than that yields to the one that took it. A claim that is lost on the way can only lead to two answers, never to none.
"""

import asyncio
import json
import math
from dataclasses import dataclass

import structlog

from edge.events import WakeDetected
from edge.mqtt import Message, Mqtt
from edge.peers import fields_of, shared
from edge.peers.directory import Directory
from edge.runtime.clock import Clock

WAIT_S = 0.1
"""How long a claim waits for others."""

TAKEN_S = 1.0
"""For so long, a turn that was taken is the same wake word: detectors differ in how late they are certain."""

_MAX_CLAIMS = 64

log = structlog.get_logger("peers")


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """How well a speaker heard the wake word; a greater claim is better. The id makes every two claims differ."""

    prominence_db: int
    score: float
    device_id: str


@dataclass(frozen=True, slots=True)
class _Heard:
    claim: Claim
    word: str
    taken: bool
    at: float


class Arbitration:
    """See `edge.pipeline.Arbiter`."""

    def __init__(self, mqtt: Mqtt, directory: Directory, clock: Clock, *, home: str, device_id: str) -> None:
        """Subscribe."""
        self._mqtt = mqtt
        self._directory = directory
        self._clock = clock
        self._own = device_id
        self._topic = shared(home, "wake", device_id)
        self._heard: dict[str, _Heard] = {}
        self._taken = asyncio.Event()
        self._subscription = mqtt.subscribe(shared(home, "wake", "+"), self._on_claim)

    @property
    def contested(self) -> bool:
        """See `edge.pipeline.Arbiter`."""
        return bool(self._directory.online())

    async def wins(self, wake: WakeDetected, prominence_db: float) -> bool:
        """See `edge.pipeline.Arbiter`."""
        claim = Claim(round(prominence_db), round(wake.score, 3), self._own)
        began = self._clock.monotonic()
        if not self._is_taken(wake.word, since=began - TAKEN_S):
            self._publish(claim, wake.word, taken=False)
            await self._wait(wake.word, since=began - TAKEN_S)
        lost = self._is_taken(wake.word, since=began - TAKEN_S) or any(
            other.claim > claim
            for other in self._heard.values()
            if other.word == wake.word and other.at >= began - WAIT_S
        )
        if lost:
            log.info("wake-left-to-another", word=wake.word, prominence_db=claim.prominence_db)
        else:
            self._publish(claim, wake.word, taken=True)
        return not lost

    async def aclose(self) -> None:
        """End the subscription."""
        await self._subscription.aclose()

    async def _wait(self, word: str, *, since: float) -> None:
        """Return after `WAIT_S`, or when another speaker has taken the turn."""
        over = asyncio.ensure_future(self._clock.sleep(WAIT_S))
        while not over.done() and not self._is_taken(word, since=since):
            self._taken.clear()
            taken = asyncio.ensure_future(self._taken.wait())
            await asyncio.wait({over, taken}, return_when=asyncio.FIRST_COMPLETED)
            taken.cancel()
        over.cancel()

    def _is_taken(self, word: str, *, since: float) -> bool:
        return any(it.taken and it.word == word and it.at >= since for it in self._heard.values())

    def _publish(self, claim: Claim, word: str, *, taken: bool) -> None:
        fields = {"word": word, "score": claim.score, "prominence_db": claim.prominence_db, "taken": taken}
        self._mqtt.send_now(self._topic, json.dumps(fields).encode())

    async def _on_claim(self, message: Message) -> None:
        device_id = message.topic.rpartition("/")[2]
        if device_id == self._own or message.retained:
            return
        match fields_of(message.payload):
            case {"word": str(word), "score": float() | int() as score, "prominence_db": int(db), "taken": bool(taken)}:
                if not math.isfinite(score) or abs(db) > 1000:  # noqa: PLR2004 - far beyond any decibels
                    return
            case _:
                return
        now = self._clock.monotonic()
        self._heard = {number: it for number, it in self._heard.items() if it.at >= now - TAKEN_S}
        if len(self._heard) < _MAX_CLAIMS:
            self._heard[device_id] = _Heard(Claim(db, float(score), device_id), word, taken, now)
            if taken:
                self._taken.set()
