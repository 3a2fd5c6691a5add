"""The connection to the MQTT broker: publish, subscribe, reconnect. Telemetry, home and control share it.

Nothing waits for a missing broker unless it asks to: the connection is made and remade in the background.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from edge.runtime.clock import Clock
from edge.settings import Settings

DEFAULT_QUEUE = 100
"""Messages that wait for one handler, unless `Mqtt.subscribe` is told otherwise."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message from the broker. `retained`: it was kept there and published some time ago."""

    topic: str
    payload: bytes
    retained: bool = False


Handler = Callable[[Message], Awaitable[None]]
"""Takes one message; an exception it raises is logged and costs that message only."""


class Subscription(Protocol):
    """One topic filter and its handler."""

    @property
    def dropped(self) -> int:
        """Messages lost because the handler was too slow."""
        ...

    async def aclose(self) -> None:
        """Stop calling the handler, cancel the call in progress, and unsubscribe in the background."""
        ...


class Mqtt(Protocol):
    """One connection, kept alive. All calls on one event loop."""

    @property
    def connected(self) -> bool:
        """The broker has accepted the connection, and all subscriptions have been sent."""
        ...

    @property
    def dropped(self) -> int:
        """Messages lost so far because a handler was too slow, over all subscriptions."""
        ...

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False, timeout_s: float | None) -> None:
        """Publish with QoS 1 and return when the broker has acknowledged it.

        Waits for a connection up to `timeout_s` seconds (None: for as long as it takes). Raises `BrokerError`
        "broker-unreachable" (timeout, or connection lost while waiting for the acknowledgement) or "publish-refused"
        (by the access list; only MQTT 5 reports that).
        """
        ...

    def subscribe(self, topic_filter: str, handler: Handler, *, limit: int = DEFAULT_QUEUE) -> Subscription:
        """Call `handler` with each message that matches, one after another, until the subscription is closed.

        Takes effect in the background, now or at the next connection; may be called at any time. After each connect
        the broker sends the retained messages again, and QoS 1 may deliver a message twice.

        Up to `limit` messages (and 4 MiB) wait for the handler. Beyond that the oldest waiting message is dropped,
        counted, and logged once until the handler has caught up. A slow handler delays neither the connection nor
        other handlers. Raises ValueError for a filter that MQTT does not allow.
        """
        ...

    def when_connected(self, callback: Callable[[], None]) -> None:
        """Call `callback` each time the connection has been made, and at once if there is one."""
        ...


def open_mqtt(
    settings: Settings, *, presence: bool = True, clock: Clock | None = None
) -> AbstractAsyncContextManager[Mqtt | None]:
    """`async with` it: connects in the background; None when the settings name no broker.

    With `presence` the connection is the speaker's own: its client id is `edge-voice-<device id>`, and the retained
    topic `edge-voice/<device id>/status` says `online`, or `offline` once it is gone (last will). Leaving the block
    takes about a second at most. Without `presence` the client id is random and nothing is announced: two
    connections with one client id would disconnect each other.
    """
    if settings.mqtt.host is None:
        return nullcontext()
    from edge.mqtt.connection import Connection

    return Connection(settings.mqtt, device_id=settings.device.id, presence=presence, clock=clock)
