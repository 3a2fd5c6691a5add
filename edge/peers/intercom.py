"""Announcements to the other speakers of the home: their text, which each of them speaks itself."""

import asyncio
import json
import uuid
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

import structlog

from edge.errors import BrokerError, EdgeError, HomeError
from edge.home import Delivery
from edge.mqtt import Message, Mqtt
from edge.peers import fields_of, shared
from edge.peers.directory import Directory, Peer
from edge.runtime.clock import Clock

ANSWER_S = 1.5
"""How long the other speakers may take to confirm."""

_REMEMBERED = 64

log = structlog.get_logger("peers")


class MqttIntercom:
    """See `edge.home.Intercom`. Announcements of other speakers are passed to `accept`, which may refuse them."""

    def __init__(
        self,
        mqtt: Mqtt,
        directory: Directory,
        clock: Clock,
        *,
        home: str,
        device_id: str,
        same_room: Callable[[str, Peer], bool],
    ) -> None:
        """Subscribe. `same_room` tells whether a room that was said is that of a speaker."""
        self.accept: Callable[[str], Awaitable[None]] | None = None
        """Queues a text to be said; raises `EdgeError`. None: this speaker takes no announcements yet."""
        self._mqtt = mqtt
        self._directory = directory
        self._clock = clock
        self._home = home
        self._own = device_id
        self._same_room = same_room
        self._confirmed: dict[str, set[str]] = {}
        self._asked: dict[str, frozenset[str]] = {}
        self._all_in: dict[str, asyncio.Event] = {}
        self._seen: deque[tuple[str, str, bool]] = deque(maxlen=_REMEMBERED)
        self._subscriptions = (
            mqtt.subscribe(shared(home, "say", "+"), self._on_say),
            mqtt.subscribe(shared(home, "took", "+"), self._on_took),
        )

    async def announce(self, text: str, room: str = "") -> Delivery:
        """See `edge.home.Intercom.announce`."""
        if not self._mqtt.connected:
            raise HomeError("speakers-unreachable", "there is no connection to the broker")
        peers = self.speakers(room)
        took = await self._deliver(text, frozenset(peer.id for peer in peers)) if peers else 0
        return Delivery(len(peers), took)

    def speakers(self, room: str = "") -> Sequence[Peer]:
        """The speakers that are there, in a room or everywhere."""
        return [peer for peer in self._directory.online() if not room or self._same_room(room, peer)]

    def count(self, room: str = "") -> int:
        """See `edge.home.Intercom.count`."""
        return len(self.speakers(room))

    async def aclose(self) -> None:
        """End the subscriptions."""
        for subscription in self._subscriptions:
            await subscription.aclose()

    async def _deliver(self, text: str, to: frozenset[str]) -> int:
        """Send the text, and return how many speakers confirmed in time that they took it."""
        number = uuid.uuid4().hex
        self._asked[number], self._confirmed[number], self._all_in[number] = to, set(), asyncio.Event()
        answered = self._all_in[number]
        try:
            fields = {"id": number, "to": sorted(to), "text": text}
            payload = json.dumps(fields, ensure_ascii=False).encode()
            await self._mqtt.publish(shared(self._home, "say", self._own), payload, timeout_s=ANSWER_S)
            over = asyncio.ensure_future(self._clock.sleep(ANSWER_S))
            waiting = asyncio.ensure_future(answered.wait())
            try:
                await asyncio.wait({over, waiting}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                over.cancel()
                waiting.cancel()
            return len(self._confirmed[number])
        except BrokerError as error:
            raise HomeError("speakers-unreachable", error.message, error.hint) from error
        finally:
            del self._asked[number], self._confirmed[number], self._all_in[number]

    async def _on_took(self, message: Message) -> None:
        device_id = message.topic.rpartition("/")[2]
        match fields_of(message.payload):
            case {"id": str(number), "took": bool(took)} if device_id in self._asked.get(number, ()):
                if took:
                    self._confirmed[number].add(device_id)
                self._asked[number] -= {device_id}
                if not self._asked[number]:
                    self._all_in[number].set()
            case _:
                pass

    async def _on_say(self, message: Message) -> None:
        sender = message.topic.rpartition("/")[2]
        if sender == self._own or message.retained or self.accept is None:
            return
        match fields_of(message.payload):
            case {"id": str(number), "to": list(to), "text": str(text)} if self._own in to:
                took = await self._take(sender, number[:_REMEMBERED], text)
                answer = json.dumps({"id": number[:_REMEMBERED], "took": took}).encode()
                try:
                    await self._mqtt.publish(shared(self._home, "took", self._own), answer, timeout_s=ANSWER_S)
                except BrokerError as error:
                    log.warning("announcement-not-confirmed", code=error.code, reason=error.message)
            case _:
                pass

    async def _take(self, sender: str, number: str, text: str) -> bool:
        """Pass on a text once: QoS 1 may deliver it twice."""
        for known_sender, known, took in self._seen:
            if (known_sender, known) == (sender, number):
                return took
        assert self.accept is not None  # noqa: S101 - the caller has looked
        try:
            await self.accept(text)
        except EdgeError as error:
            log.warning("announcement-refused", code=error.code, reason=error.message)
            self._seen.append((sender, number, False))
            return False
        self._seen.append((sender, number, True))
        return True
