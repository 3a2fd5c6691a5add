"""A broker in this process, with lights that answer at once: what is measured is the speaker alone."""

import asyncio
import time
from collections.abc import Callable, Collection

from paho.mqtt.matcher import MQTTMatcher

from edge.mqtt import DEFAULT_QUEUE, Handler, Message
from edge.mqtt.subscriptions import QueuedSubscription, Subscriptions

_SET = "/set"


class MadeBroker:
    """An `Mqtt` that is always connected. What is published to TOPIC/set comes back on TOPIC, as of Zigbee2MQTT."""

    connected = True

    def __init__(self, retained: dict[str, bytes]) -> None:
        self.retained = retained
        self.published_at = 0.0
        self.answered_at = 0.0
        """When the last command was published and answered, in seconds of `time.perf_counter`."""
        self._subscriptions = Subscriptions()
        self._sending: set[asyncio.Task[None]] = set()

    @property
    def dropped(self) -> int:
        """See `Mqtt.dropped`."""
        return self._subscriptions.dropped

    async def publish(
        self,
        topic: str,
        payload: bytes,
        *,
        retain: bool = False,
        timeout_s: float | None,
        expiry_s: int | None = None,
    ) -> None:
        """See `Mqtt.publish`."""
        _ = retain, timeout_s, expiry_s
        if not topic.endswith(_SET):
            return
        self.published_at = time.perf_counter()
        await asyncio.sleep(0.01)
        self.answered_at = time.perf_counter()
        self.send(topic.removesuffix(_SET), payload)

    def send(self, topic: str, payload: bytes) -> None:
        """Someone publishes a message."""
        self._subscriptions.deliver(Message(topic, payload))

    def subscribe(
        self, topic_filters: str | Collection[str], handler: Handler, *, limit: int = DEFAULT_QUEUE
    ) -> QueuedSubscription:
        """See `Mqtt.subscribe`."""
        filters = {topic_filters} if isinstance(topic_filters, str) else set(topic_filters)
        subscription = QueuedSubscription(filters, handler, limit, self._subscriptions.remove)
        self._subscriptions.add(subscription)
        task = asyncio.create_task(self._send_kept(subscription))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        return subscription

    def send_now(self, topic: str, payload: bytes) -> None:
        """See `Mqtt.send_now`."""

    async def until_connected(self) -> None:
        """See `Mqtt.until_connected`."""

    def when_connected(self, callback: Callable[[], None]) -> None:
        """See `Mqtt.when_connected`."""
        callback()

    async def aclose(self) -> None:
        """End the subscriptions."""
        await self._subscriptions.aclose()

    async def _send_kept(self, subscription: QueuedSubscription) -> None:
        matcher = MQTTMatcher()  # type: ignore[no-untyped-call]  # paho's gap
        for topic_filter in subscription.filters:
            matcher[topic_filter] = True
        for topic, payload in list(self.retained.items()):
            if any(matcher.iter_match(topic)):  # type: ignore[no-untyped-call]  # the same
                subscription.put(Message(topic, payload, retained=True))
                await asyncio.sleep(0)  # a socket gives one packet at a time
