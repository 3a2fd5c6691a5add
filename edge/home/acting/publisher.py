"""Home commands over MQTT."""

from edge.errors import BrokerError, HomeError
from edge.mqtt import Mqtt

TIMEOUT_S = 2.0
"""How long a home command may take until the broker has acknowledged it."""


class MqttPublisher:
    """A `Publisher` on the shared connection."""

    def __init__(self, mqtt: Mqtt) -> None:
        self._mqtt = mqtt

    async def publish(self, topic: str, payload: str, *, retain: bool = False) -> None:
        """See `Publisher.publish`; codes "home-broker-unreachable" and "home-command-refused"."""
        try:
            await self._mqtt.publish(topic, payload.encode(), retain=retain, timeout_s=TIMEOUT_S)
        except BrokerError as error:
            code = "home-broker-unreachable" if error.code == "broker-unreachable" else "home-command-refused"
            raise HomeError(code, error.message, error.hint) from error
