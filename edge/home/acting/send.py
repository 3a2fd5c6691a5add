"""Sends commands to the home, each on its way: the MQTT broker or Home Assistant's API."""

from collections.abc import Mapping
from typing import Any

from edge.errors import HomeError
from edge.home import Publisher, ServiceCaller
from edge.home.model import Command, MqttMessage, ServiceCall


class Sender:
    """The ways into one home."""

    def __init__(self, publisher: Publisher | None, caller: ServiceCaller | None) -> None:
        """None: no broker is configured, no Home Assistant is configured."""
        self._publisher = publisher
        self._caller = caller

    async def send(self, command: Command) -> None:
        """Send one command. Raises `HomeError` if it did not arrive."""
        match command:
            case MqttMessage():
                if self._publisher is None:
                    raise HomeError("home-no-broker", "no MQTT broker is configured", "name one in [mqtt] host")
                await self._publisher.publish(command.topic, command.payload, retain=command.retain)
            case ServiceCall():
                await self.call(command)

    async def call(self, call: ServiceCall) -> Mapping[str, Any]:
        """Call a service and return its answer, a stranger's JSON. Raises `HomeError`."""
        if self._caller is None:
            raise HomeError(
                "home-assistant-off", "no Home Assistant is configured", "name one in [home.home_assistant] url"
            )
        return await self._caller.call(call)
