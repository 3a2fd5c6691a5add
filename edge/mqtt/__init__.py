"""The connection to the MQTT broker: publish, subscribe, reconnect. Telemetry, home and control share it.

It connects and reconnects in the background; callers wait for a missing broker only if they ask to.
"""

from collections.abc import Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from edge.runtime.clock import Clock
from edge.settings import Settings

DEFAULT_QUEUE = 100
"""The default limit of messages queued for one handler."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message from the broker. `retained` is True if the broker had stored it from an earlier publication."""

    topic: str
    payload: bytes
    retained: bool = False


Handler = Callable[[Message], Awaitable[None]]
"""Takes one message. An exception is logged, and only this message is lost."""


class Subscription(Protocol):
    """Topic filters and their handler."""

    @property
    def dropped(self) -> int:
        """Messages lost because the handler was too slow."""
        ...

    async def aclose(self) -> None:
        """Stop calling the handler, cancel the call in progress, and unsubscribe in the background."""
        ...


class Mqtt(Protocol):
    """One connection, kept alive. Call it from one event loop only."""

    @property
    def connected(self) -> bool:
        """True once the broker has accepted the connection and all subscriptions have been sent."""
        ...

    @property
    def dropped(self) -> int:
        """Messages lost so far because a handler was too slow, in all subscriptions."""
        ...

    async def publish(
        self,
        topic: str,
        payload: bytes,
        *,
        retain: bool = False,
        timeout_s: float | None,
        expiry_s: int | None = None,
    ) -> None:
        """Publish with QoS 1 and return when the broker has acknowledged it.

        Waits for a connection up to `timeout_s` seconds (None: for as long as it takes). A broker with MQTT 5 keeps the
        message for absent subscribers for `expiry_s` seconds (None: without limit); 3.1.1 has no such limit. Raises
        `BrokerError` "broker-unreachable" (timeout, or connection lost while waiting for the acknowledgement),
        "broker-busy" (a quota is exceeded, try later) or "publish-refused" (by the access list, or too large); only
        MQTT 5 reports the last two.
        """
        ...

    def send_now(self, topic: str, payload: bytes) -> None:
        """Publish with QoS 0, or not at all if there is no connection. Returns at once; it may be lost."""
        ...

    def subscribe(
        self, topic_filters: str | Collection[str], handler: Handler, *, limit: int = DEFAULT_QUEUE
    ) -> Subscription:
        """Call `handler` with each message that matches a filter, one after another, until the subscription is closed.

        May be called at any time; it takes effect in the background, now or at the next connect. After each connect the
        broker sends retained messages again, and QoS 1 may deliver a message twice.

        Up to `limit` messages (and 4 MiB) are queued for the handler. Beyond that, the oldest message is dropped and
        counted; this is logged once until the handler has caught up. A slow handler delays neither the connection nor
        other handlers. Raises ValueError if a filter is invalid.
        """
        ...

    async def until_connected(self) -> None:
        """Return when connected."""
        ...

    def when_connected(self, callback: Callable[[], None]) -> None:
        """Call `callback` after each connect, and at once if already connected."""
        ...


def open_mqtt(
    settings: Settings, *, presence: bool = True, clock: Clock | None = None
) -> AbstractAsyncContextManager[Mqtt | None]:
    """An async context manager that connects in the background. Its value is None if no broker is configured.

    With `presence`, this is the connection of the speaker: its client id is `edge-voice-<device id>`, and the retained
    topic `edge-voice/<device id>/status` is `online`, or `offline` after a disconnect (last will). Leaving the block
    takes about a second at most. Without `presence`, the client id is random and nothing is announced, because two
    connections with the same client id would disconnect each other.
    """
    if settings.mqtt.host is None:
        return nullcontext()
    from edge.mqtt.connection import Connection

    return Connection(settings.mqtt, device_id=settings.device.id, presence=presence, clock=clock)
