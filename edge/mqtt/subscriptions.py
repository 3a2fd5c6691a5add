"""Subscriptions: a bounded queue and a task that calls the handler for each."""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable

import structlog
from paho.mqtt.matcher import MQTTMatcher

from edge.mqtt import Handler, Message

MAX_WAITING_BYTES = 4_194_304
"""The limit of payload bytes queued for one handler."""

log = structlog.get_logger("mqtt")


class QueuedSubscription:
    """See `edge.mqtt.Subscription`."""

    def __init__(
        self,
        topic_filters: Collection[str],
        handler: Handler,
        limit: int,
        on_close: Callable[["QueuedSubscription"], None],
    ) -> None:
        self.filters = frozenset(topic_filters)
        self.name = min(self.filters, default="")
        self.dropped = 0
        self._handler = handler
        self._limit = limit
        self._on_close = on_close
        self._waiting: deque[Message] = deque()
        self._waiting_bytes = 0
        self._arrived = asyncio.Event()
        self._late = False
        self._task = asyncio.create_task(self._run(), name=f"mqtt {self.name}")

    def put(self, message: Message) -> None:
        """Queue a message. Returns at once. Drops the oldest ones if the queue is full, see `Mqtt.subscribe`."""
        self._waiting.append(message)
        self._waiting_bytes += len(message.payload)
        while len(self._waiting) > self._limit or self._waiting_bytes > MAX_WAITING_BYTES:
            self._take()
            self.dropped += 1
            if not self._late:
                self._late = True
                log.warning("messages-dropped", filter=self.name, limit=self._limit)
        self._arrived.set()

    async def aclose(self) -> None:
        """See `Subscription.aclose`."""
        self._on_close(self)
        self._task.cancel()
        await asyncio.wait({self._task})

    def _take(self) -> Message:
        message = self._waiting.popleft()
        self._waiting_bytes -= len(message.payload)
        return message

    async def _run(self) -> None:
        while True:
            await self._arrived.wait()
            while self._waiting:
                message = self._take()
                try:
                    await self._handler(message)
                except Exception:  # the contract of `Handler`
                    log.exception("message-handler-failed", filter=self.name)
                await asyncio.sleep(0)  # a handler that never waits must not block the loop during a burst
            self._late = False
            self._arrived.clear()


class Subscriptions:
    """All subscriptions of a connection, found by topic."""

    def __init__(self) -> None:
        self._matcher = MQTTMatcher()  # type: ignore[no-untyped-call]  # paho's gap
        self._by_filter: dict[str, list[QueuedSubscription]] = {}
        self._dropped = 0

    @property
    def filters(self) -> set[str]:
        """Every filter that has a subscription."""
        return set(self._by_filter)

    @property
    def dropped(self) -> int:
        """Messages lost so far, including those of closed subscriptions."""
        return self._dropped + sum(one.dropped for one in self._all())

    def add(self, subscription: QueuedSubscription) -> None:
        """Start to deliver messages to this subscription."""
        for topic_filter in subscription.filters:
            same = self._by_filter.setdefault(topic_filter, [])
            same.append(subscription)
            self._matcher[topic_filter] = same

    def remove(self, subscription: QueuedSubscription) -> None:
        """Stop delivering messages to it. A second removal does nothing."""
        if not any(subscription in self._by_filter.get(topic_filter, ()) for topic_filter in subscription.filters):
            return
        self._dropped += subscription.dropped
        for topic_filter in subscription.filters:
            same = self._by_filter[topic_filter]
            same.remove(subscription)
            if not same:
                del self._by_filter[topic_filter], self._matcher[topic_filter]

    def deliver(self, message: Message) -> None:
        """Queue a message for each matching subscription."""
        matching = list(self._matcher.iter_match(message.topic))  # type: ignore[no-untyped-call]  # paho's gap
        for subscription in {one: None for same in matching for one in same}:  # once, if two of its filters match
            subscription.put(message)

    async def aclose(self) -> None:
        """Close all subscriptions."""
        for subscription in list(self._all()):
            await subscription.aclose()

    def _all(self) -> Iterable[QueuedSubscription]:
        return list({one: None for same in self._by_filter.values() for one in same})
