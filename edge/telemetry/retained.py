"""One retained topic that is kept up to date."""

import asyncio

import structlog

from edge.errors import BrokerError
from edge.mqtt import Mqtt

log = structlog.get_logger("telemetry")


class RetainedTopic:
    """Publishes the newest payload when it changes, and again after each connect: the broker may have forgotten it."""

    def __init__(self, mqtt: Mqtt, topic: str, *, former: str | None = None) -> None:
        """`former` is a topic of an earlier start that is to be removed."""
        self.topic = topic
        self._former = former if former != topic else None
        self._mqtt = mqtt
        self._payload: bytes | None = None
        self._published: bytes | None = None
        self._refused = False
        self._work = asyncio.Event()
        mqtt.when_connected(self.again)

    def set(self, payload: bytes) -> None:
        """Publish this from now on. An empty payload removes the topic from the broker. Returns at once."""
        self._payload = payload
        self._work.set()

    def again(self) -> None:
        """Publish it once more, unchanged."""
        self._published = None
        self._work.set()

    async def run(self) -> None:
        """Publish, until cancelled. A refusal by the access list is logged once."""
        while True:
            await self._work.wait()
            self._work.clear()
            try:
                if self._former is not None:
                    await self._publish(self._former, b"")
                    self._former = None
                while self._payload is not None and self._payload != self._published:
                    self._published = payload = self._payload
                    await self._publish(self.topic, payload)
            except BrokerError as error:
                log.debug("report-waits", code=error.code)  # the next connect calls `again`

    async def _publish(self, topic: str, payload: bytes) -> None:
        """Raises `BrokerError` "broker-unreachable"."""
        try:
            await self._mqtt.publish(topic, payload, retain=True, timeout_s=None)
        except BrokerError as error:
            if error.code == "broker-unreachable":
                raise
            self._log_refusal(error)

    def _log_refusal(self, error: BrokerError) -> None:
        if not self._refused:
            self._refused = True
            log.warning("report-refused", topic=self.topic, reason=error.message, hint=error.hint)
