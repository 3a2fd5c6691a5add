"""A broker for several speakers on virtual time: retained messages, last wills, and a delay on the way."""

import asyncio
from collections.abc import Callable, Collection, Coroutine
from typing import Any

from paho.mqtt.client import topic_matches_sub

from edge.errors import BrokerError
from edge.mqtt import DEFAULT_QUEUE, Handler, Message, Subscription


class Bus:
    """Delivers what its clients publish, `delay_s` later."""

    def __init__(self, delay_s: float = 0.005) -> None:
        self.delay_s = delay_s
        self.clients: list[Client] = []
        self.retained: dict[str, bytes] = {}
        self.published: list[tuple[str, bytes]] = []
        self._under_way: set[asyncio.Task[None]] = set()

    def client(self, device_id: str) -> "Client":
        """A speaker's connection; its status is online."""
        client = Client(self, device_id)
        self.clients.append(client)
        self.take(f"edge-voice/{device_id}/status", b"online", retain=True)
        return client

    def take(self, topic: str, payload: bytes, *, retain: bool) -> None:
        """Deliver a message to every client, the sender included."""
        self.published.append((topic, payload))
        if retain and payload:
            self.retained[topic] = payload
        elif retain:
            self.retained.pop(topic, None)
        for client in self.clients:
            self.later(client.deliver(Message(topic, payload), self.delay_s))

    def later(self, delivery: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(delivery)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def on(self, prefix: str) -> list[bytes]:
        return [payload for topic, payload in self.published if topic.startswith(prefix)]


class Client:
    """An `Mqtt` on the bus."""

    dropped = 0

    def __init__(self, bus: Bus, device_id: str) -> None:
        self.connected = True
        self._bus = bus
        self._id = device_id
        self._subscriptions: list[_Subscription] = []
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
        _ = expiry_s
        if not self.connected:
            raise BrokerError("broker-unreachable", f"gone for {timeout_s} s")
        self._bus.take(topic, payload, retain=retain)

    def send_now(self, topic: str, payload: bytes) -> None:
        if self.connected:
            self._bus.take(topic, payload, retain=False)

    def subscribe(
        self, topic_filters: str | Collection[str], handler: Handler, *, limit: int = DEFAULT_QUEUE
    ) -> Subscription:
        _ = limit
        assert isinstance(topic_filters, str), "peers follow one filter at a time"
        topic_filter = topic_filters
        subscription = _Subscription(topic_filter, handler, self._subscriptions)
        self._subscriptions.append(subscription)
        for topic, payload in self._bus.retained.items():
            if topic_matches_sub(topic_filter, topic):
                self._bus.later(self._hand(subscription, Message(topic, payload, retained=True)))
        return subscription

    async def until_connected(self) -> None:
        raise NotImplementedError("peers do not wait for a connection")

    def when_connected(self, callback: Callable[[], None]) -> None:
        self._callbacks.append(callback)
        if self.connected:
            callback()

    async def deliver(self, message: Message, delay_s: float) -> None:
        await asyncio.sleep(delay_s)
        for subscription in list(self._subscriptions):
            if self.connected and topic_matches_sub(subscription.filter, message.topic):
                await subscription.handler(message)

    def back(self) -> None:
        """The connection is there again: the broker sends what it has kept."""
        self.connected = True
        self._bus.take(f"edge-voice/{self._id}/status", b"online", retain=True)
        for subscription in self._subscriptions:
            for topic, payload in self._bus.retained.items():
                if topic_matches_sub(subscription.filter, topic):
                    self._bus.later(self._hand(subscription, Message(topic, payload, retained=True)))
        for callback in self._callbacks:
            callback()

    def lose(self) -> None:
        """The connection breaks: the broker publishes the last will."""
        self.connected = False
        self._bus.take(f"edge-voice/{self._id}/status", b"offline", retain=True)

    async def _hand(self, subscription: "_Subscription", message: Message) -> None:
        await asyncio.sleep(self._bus.delay_s)
        await subscription.handler(message)


class _Subscription:
    dropped = 0

    def __init__(self, topic_filter: str, handler: Handler, among: list["_Subscription"]) -> None:
        self.filter = topic_filter
        self.handler = handler
        self._among = among

    async def aclose(self) -> None:
        if self in self._among:
            self._among.remove(self)
