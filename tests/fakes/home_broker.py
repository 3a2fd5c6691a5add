"""A broker that keeps retained messages, and a home on it as the speaker opens it; on virtual time."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from paho.mqtt.client import topic_matches_sub

from edge.events import Intent, PendingQuestion, SlotValue
from edge.home.acting.publisher import MqttPublisher
from edge.home.intents.things import CONFIRM_INTENT
from edge.home.opened import OpenHome
from edge.mqtt import DEFAULT_QUEUE, Handler, Message, Subscription
from edge.nlu.home_names import HomeNames
from edge.runtime.virtual_time import VirtualClock
from edge.settings import EntitySettings
from tests.fakes.home import FakeSpeaker, home_settings
from tests.fakes.language import ENGLISH
from tests.fakes.mqtt import FakeMqtt, FakeSubscription

Device = Callable[[str, str], Mapping[str, str]]
"""What a device publishes when a topic and payload are published: topics and payloads."""


class HomeBroker(FakeMqtt):
    """A `FakeMqtt` that sends retained messages to each new subscription, and again after a connect."""

    def __init__(self) -> None:
        super().__init__()
        self.retained: dict[str, bytes] = {}
        self.devices: list[Device] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def subscribe(
        self, topic_filters: str | Collection[str], handler: Handler, *, limit: int = DEFAULT_QUEUE
    ) -> Subscription:
        subscription = super().subscribe(topic_filters, handler, limit=limit)
        assert isinstance(subscription, FakeSubscription)
        if self.connected:
            self._start(subscription)
        return subscription

    def connect(self) -> None:
        super().connect()
        for subscription in self._subscriptions:
            self._start(subscription)

    async def publish(
        self,
        topic: str,
        payload: bytes,
        *,
        retain: bool = False,
        timeout_s: float | None,
        expiry_s: int | None = None,
    ) -> None:
        await super().publish(topic, payload, retain=retain, timeout_s=timeout_s, expiry_s=expiry_s)
        for device in self.devices:
            for answer, text in device(topic, payload.decode()).items():
                await self.receive(answer, text.encode())

    async def keep(self, topic: str, payload: str | Mapping[str, Any] = "") -> None:
        """Someone publishes a retained message; without a payload it is removed."""
        content = (payload if isinstance(payload, str) else json.dumps(payload)).encode()
        if content:
            self.retained[topic] = content
        else:
            self.retained.pop(topic, None)
        if self.connected:
            await self.receive(topic, content)

    def _start(self, subscription: FakeSubscription) -> None:
        task = asyncio.get_running_loop().create_task(self._send(subscription))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, subscription: FakeSubscription) -> None:
        for topic, payload in list(self.retained.items()):
            if any(topic_matches_sub(each, topic) for each in subscription.filters) and not subscription.closed:
                await subscription.handler(Message(topic, payload, retained=True))
                await asyncio.sleep(0)


class OpenedHome:
    """A home that is open, and the user who talks to it."""

    def __init__(
        self,
        broker: HomeBroker,
        folder: Path,
        *,
        entities: tuple[EntitySettings, ...] = (),
        area: str | None = "Kitchen",
        clock: VirtualClock | None = None,
    ) -> None:
        self.broker = broker
        self.clock = clock or VirtualClock()
        self.names: list[HomeNames] = []
        self._question: PendingQuestion | None = None
        self.home = OpenHome(
            home_settings(*entities, area=area),
            MqttPublisher(broker),
            FakeSpeaker(),
            self.clock,
            folder,
            ENGLISH.replies,
            rings=True,
            intercom=None,
            on_names=self.names.append,
        )

    async def says(self, intent: str, /, **slots: SlotValue) -> str:
        """Carry out an intent; the reply. EdgeConfirm says yes to the last question."""
        if intent == CONFIRM_INTENT and self._question is not None:
            slots = dict(self._question.intent.slots)
        reply = await self.home.actions.act(Intent(intent, slots))
        if reply is not None and reply.question is not None:
            self._question = reply.question
        return reply.text if reply else ""

    @property
    def ids(self) -> set[str]:
        """What the home has."""
        return {entity.id for entity in self.home.watch.model.entities}

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What was published."""
        return [(topic, payload.decode()) for topic, payload in self.broker.published]


@asynccontextmanager
async def opened(
    broker: HomeBroker,
    folder: Path,
    *,
    entities: tuple[EntitySettings, ...] = (),
    area: str | None = "Kitchen",
    settle: bool = True,
) -> AsyncIterator[OpenedHome]:
    """The home, followed until the end of the block; with `settle` it is known at its beginning."""
    it = OpenedHome(broker, folder, entities=entities, area=area)
    running = asyncio.create_task(it.home.watch.run(broker))
    try:
        if settle:
            await it.home.watch.settled.wait()
        yield it
        assert not running.done(), running
    finally:
        running.cancel()
        await asyncio.wait({running})
        await it.home.watch.aclose()
