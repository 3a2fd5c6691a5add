"""Asks things for states that the broker does not keep, gently: their network may be slow.

Zigbee2MQTT retains states only where its owner says so. A thing is asked while it is online and nothing is known of it,
once in a connection, and never where its device runs on a battery: that would be asleep, and pay for the answer.
"""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Final

from edge.home.model import Entity, MqttMessage
from edge.home.states import EntityState
from edge.runtime.clock import Clock

PAUSE_S: Final = 0.1
"""Between two questions: a Zigbee network takes some tens of messages a second, and has others to carry."""

LOOK_S: Final = 5.0
"""How often there may be something new to ask."""


def without_batteries(entities: Sequence[Entity]) -> Sequence[Entity]:
    """The entities, of which those of a device with a battery are not to be asked."""
    on_battery = {it.device for it in entities if it.device and it.device_class == "battery"}
    return [
        dataclasses.replace(it, state_request=None) if it.state_request is not None and it.device in on_battery else it
        for it in entities
    ]


class StateRequests:
    """Which things were asked since the connection was made."""

    def __init__(self, state_of: Callable[[Entity], EntityState], clock: Clock) -> None:
        self._state_of = state_of
        self._clock = clock
        self._asked: set[str] = set()

    def begin_again(self) -> None:
        """The connection is made again: what was heard before may not hold any more."""
        self._asked.clear()

    async def keep_asking(self, entities: Callable[[], Sequence[Entity]], send: Callable[[MqttMessage], None]) -> None:
        """Ask what comes online or appears, until cancelled."""
        while True:
            await self.ask(entities(), send)
            await self._clock.sleep(LOOK_S)

    async def ask(self, entities: Sequence[Entity], send: Callable[[MqttMessage], None]) -> None:
        """Ask those that are online and of which nothing is known, one after the other, each once."""
        for entity in entities:
            if entity.state_request is None:
                continue
            state = self._state_of(entity)
            if state.available is not True:
                self._asked.discard(entity.id)
            elif not state.heard and entity.id not in self._asked:
                self._asked.add(entity.id)
                send(entity.state_request)
                await self._clock.sleep(PAUSE_S)
