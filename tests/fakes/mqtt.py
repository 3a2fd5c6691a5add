"""A broker without a network, on whatever clock the test uses."""

import asyncio
from collections.abc import Callable, Collection

from paho.mqtt.client import topic_matches_sub

from edge.errors import BrokerError
from edge.mqtt import DEFAULT_QUEUE, Handler, Message, Subscription


class FakeSubscription:
    """Calls its handler at once."""

    dropped = 0

    def __init__(self, filters: set[str], handler: Handler) -> None:
        self.filters = filters
        self.handler = handler
        self.closed = False

    async def aclose(self) -> None:
        self.closed = True


class FakeMqtt:
    """An `Mqtt` that remembers what was published; `disconnect` and `connect` as the network would."""

    def __init__(self) -> None:
        self.connected = True
        self.dropped = 0
        self.published: list[tuple[str, bytes]] = []
        self.refused: set[str] = set()
        self.busy = False
        self.expiries: list[int | None] = []
        self._online = asyncio.Event()
        self._online.set()
        self._subscriptions: list[FakeSubscription] = []
        self._callbacks: list[Callable[[], None]] = []

    async def publish(
        self,
        topic: str,
        payload: bytes,
        *,
        retain: bool = False,
        timeout_s: float | None,
        expiry_s: int | None = None,
    ) -> None:
        _ = retain
        try:
            async with asyncio.timeout(timeout_s):
                await self._online.wait()
        except TimeoutError:
            raise BrokerError("broker-unreachable", "gone") from None
        if topic in self.refused:
            raise BrokerError("publish-refused", f"the broker refused {topic}: Not authorized")
        if self.busy:
            raise BrokerError("broker-busy", f"the broker refused {topic} for now: Quota exceeded")
        self.expiries.append(expiry_s)
        self.published.append((topic, payload))

    def send_now(self, topic: str, payload: bytes) -> None:
        if self.connected and topic not in self.refused:
            self.published.append((topic, payload))

    def subscribe(
        self, topic_filters: str | Collection[str], handler: Handler, *, limit: int = DEFAULT_QUEUE
    ) -> Subscription:
        _ = limit
        filters = {topic_filters} if isinstance(topic_filters, str) else set(topic_filters)
        self._subscriptions.append(FakeSubscription(filters, handler))
        return self._subscriptions[-1]

    async def until_connected(self) -> None:
        while not self.connected:
            await self._online.wait()

    def when_connected(self, callback: Callable[[], None]) -> None:
        self._callbacks.append(callback)
        if self.connected:
            callback()

    def disconnect(self) -> None:
        self.connected = False
        self._online.clear()

    def connect(self) -> None:
        self.connected = True
        self._online.set()
        for callback in self._callbacks:
            callback()

    async def receive(self, topic: str, payload: bytes = b"", *, retained: bool = False) -> None:
        """A message arrives; returns when the handlers are done."""
        for one in self._subscriptions:
            if not one.closed and any(topic_matches_sub(each, topic) for each in one.filters):
                await one.handler(Message(topic, payload, retained))

    def on(self, topic: str) -> list[bytes]:
        """The payloads published on a topic."""
        return [payload for published, payload in self.published if published == topic]
