"""Carries out commands from every source.

Stop, mute and volume act at once. Texts to say are queued and spoken by one background task; only that task waits for
speech.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import structlog

from edge.control import (
    Answer,
    Ask,
    Command,
    Done,
    Listen,
    Mute,
    Queued,
    Reply,
    Say,
    SetVolume,
    SpeakerStatus,
    Spoken,
    Status,
    Stop,
    TailRecords,
    TimerList,
    Timers,
)
from edge.errors import ControlError
from edge.events import ReplySentence, TurnRecord
from edge.home import Schedule, SpeakerControl
from edge.runtime.files import SavedValue
from edge.telemetry import Telemetry

MAX_WAITING_TEXTS = 10

log = structlog.get_logger("control")


class Speaker(Protocol):
    """The part of `edge.pipeline.Pipeline` that commands need."""

    @property
    def muted(self) -> bool:
        """True if the microphone is off."""
        ...

    @property
    def degraded(self) -> dict[str, str]:
        """The engines and devices that are missing, with the code of the reason."""
        ...

    async def mute(self, muted: bool, *, cue: bool = True) -> None:
        """Switch the microphone off or on, with a sound or without."""
        ...

    async def stop(self) -> None:
        """End a reply, a ring or an announcement, and drop waiting announcements."""
        ...

    async def listen(self) -> None:
        """Start a turn."""
        ...

    async def announce(self, sentence: ReplySentence) -> None:
        """Speak the sentence once the floor is free. Return when it is over."""
        ...

    async def ask(self, text: str, *, speak: bool) -> TurnRecord:
        """Answer a typed text."""
        ...


@dataclass(slots=True, eq=False)
class _Text:
    text: str
    stopped: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Executor:
    """Carries out commands. Whether the microphone is off is saved in STATE/muted.json."""

    def __init__(
        self, speaker: Speaker, output: SpeakerControl, schedule: Schedule, telemetry: Telemetry, *, state: Path
    ) -> None:
        """`state` is the state folder."""
        self._speaker = speaker
        self._output = output
        self._schedule = schedule
        self._telemetry = telemetry
        self._saved_mute = SavedValue(state / "muted.json", failure="mute-save-failed")
        self._texts: deque[_Text] = deque()
        self._speaking: _Text | None = None
        self._arrived = asyncio.Event()

    async def restore(self) -> None:
        """Switch the microphone off if it was off at the last exit. Call it before the first frame is processed."""
        if self._saved_mute.read() is True:
            await self._speaker.mute(True, cue=False)
            log.warning("microphone-muted", hint="it was switched off before the restart: `edge-voice mute off`")

    async def aclose(self) -> None:
        """Return when the mute state has been saved."""
        await self._saved_mute.aclose()

    async def execute(self, command: Command) -> Reply:
        """See `edge.control.Execute`."""
        reply: Reply = Done()
        match command:
            case Stop():
                await self._stop()
            case SetVolume(percent):
                self._output.volume = percent
                reply = self._status()
            case Mute(muted):
                await self._mute(muted)
                reply = self._status()
            case Status():
                reply = self._status()
            case Say(text, wait):
                reply = await self._say(text, wait=wait)
            case Listen():
                await self._speaker.listen()
            case Ask(text, speak):
                reply = Answer(await self._speaker.ask(text, speak=speak))
            case Timers():
                reply = TimerList(*self._schedule.pending())
            case TailRecords():
                reply = self._telemetry.tail()
        return reply

    async def speak_texts(self) -> None:
        """Speak the texts of `Say`, one after another, until cancelled."""
        while True:
            self._arrived.clear()
            while self._texts:
                self._speaking = text = self._texts.popleft()
                try:
                    if not text.stopped:
                        await self._speaker.announce(ReplySentence(text.text))
                finally:
                    self._speaking = None
                    text.over.set()
            await self._arrived.wait()

    def _status(self) -> SpeakerStatus:
        return SpeakerStatus(self._speaker.muted, self._output.volume, self._speaker.degraded)

    async def _stop(self) -> None:
        for text in self._texts:
            text.stopped = True
            text.over.set()
        self._texts.clear()
        if self._speaking is not None:
            self._speaking.stopped = True
        await self._speaker.stop()

    async def _mute(self, muted: bool) -> None:
        self._saved_mute.save(muted)
        await self._speaker.mute(muted)
        self._telemetry.state(muted=self._speaker.muted)

    async def _say(self, text: str, *, wait: bool) -> Reply:
        if len(self._texts) >= MAX_WAITING_TEXTS:
            raise ControlError(
                "say-queue-full", f"{MAX_WAITING_TEXTS} texts are already queued", "try again later, or stop them"
            )
        queued = _Text(text)
        self._texts.append(queued)
        self._arrived.set()
        if not wait:
            return Queued(len(self._texts))
        await queued.over.wait()
        return Spoken(queued.stopped)
