"""The home without a running speaker: read from the settings and the broker, for as long as one question takes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import typer

from edge.control import ExplainHome, ListHome
from edge.events import Decision
from edge.home.reports.explain import Explanation, KnownHome
from edge.home.reports.report import HomeReport
from edge.runtime.background import BackgroundTasks
from edge.runtime.clock import SystemClock
from edge.settings import Settings

if TYPE_CHECKING:
    from edge.home.opened import OpenHome

_NO_BROKER: Final = "warning: the broker does not answer: `edge-voice doctor` looks for the reason"


@dataclass
class _NoSpeaker:
    """A `SpeakerControl` that is not used: nothing is carried out."""

    volume: int = 0
    last_reply: str = ""


@asynccontextmanager
async def home_alone(settings: Settings) -> AsyncIterator["OpenHome"]:
    """The home as the settings, the broker and Home Assistant tell of it. Publishes nothing, leaves nothing behind."""
    from edge.home import open_home
    from edge.mqtt import open_mqtt
    from edge.nlu import open_language

    clock = SystemClock()
    replies = open_language(settings.device.language).replies
    with TemporaryDirectory() as state:
        async with open_mqtt(settings, presence=False, clock=clock) as mqtt:
            home = open_home(settings, None, _NoSpeaker(), clock, Path(state), replies, rings=False)
            background = BackgroundTasks(clock)
            try:
                home.follow(background, mqtt)
                await home.settled()
                if mqtt is not None and settings.home.discovery and not mqtt.connected:
                    typer.echo(_NO_BROKER, err=True)
                yield home
            finally:
                await background.aclose()
                await home.watch.aclose()


async def answer_alone(settings: Settings, command: ListHome | ExplainHome) -> HomeReport | Explanation:
    """The answer, from what the settings and the broker tell."""
    from edge.route import open_router

    async with home_alone(settings) as home:

        async def decide(text: str) -> Decision:
            router = await asyncio.to_thread(open_router, settings, names=home.names, fit=None)
            return await asyncio.to_thread(router.decide, text)

        known = KnownHome(settings.home, home.watch, home.things, decide)
        return known.report() if isinstance(command, ListHome) else await known.explain(command.text)
