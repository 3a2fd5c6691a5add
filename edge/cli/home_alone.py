"""The home without a running speaker: read from the settings and the broker, for as long as one question takes."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typer

from edge.control import ExplainHome, ListHome
from edge.events import Decision
from edge.home.explain import Explanation, KnownHome
from edge.home.report import HomeReport
from edge.runtime.background import BackgroundTasks
from edge.runtime.clock import SystemClock
from edge.settings import Settings

_NO_BROKER: Final = "warning: the broker does not answer: `edge-voice doctor` looks for the reason"


@dataclass
class _NoSpeaker:
    """A `SpeakerControl` that is not used: nothing is carried out."""

    volume: int = 0
    last_reply: str = ""


async def answer_alone(settings: Settings, command: ListHome | ExplainHome) -> HomeReport | Explanation:
    """The answer, from what the settings and the broker tell. Publishes nothing and leaves nothing on the disk."""
    from edge.home import open_home
    from edge.mqtt import open_mqtt
    from edge.nlu import open_language
    from edge.route import open_router

    clock = SystemClock()
    replies = open_language(settings.device.language).replies
    with TemporaryDirectory() as state:
        async with open_mqtt(settings, presence=False, clock=clock) as mqtt:
            home = open_home(settings, None, _NoSpeaker(), clock, Path(state), replies, rings=False)

            async def decide(text: str) -> Decision:
                router = await asyncio.to_thread(open_router, settings, names=home.names, fit=None)
                return await asyncio.to_thread(router.decide, text)

            background = BackgroundTasks(clock)
            try:
                home.follow(background, mqtt)
                await home.settled()
                if mqtt is not None and settings.home.discovery and not mqtt.connected:
                    typer.echo(_NO_BROKER, err=True)
                known = KnownHome(settings.home, home.watch, home.things, decide)
                return known.report() if isinstance(command, ListHome) else await known.explain(command.text)
            finally:
                await background.aclose()
                await home.watch.aclose()
