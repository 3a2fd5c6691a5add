"""Carries out commands from every source.

Stop, mute and volume act at once. Texts to say are queued and spoken by background tasks; only those wait for speech.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import structlog

from edge.control import (
    Announce,
    Answer,
    Ask,
    CancelAlarm,
    CancelTimer,
    Command,
    Done,
    ExplainHome,
    Listen,
    ListHome,
    Mute,
    Queued,
    Reload,
    Reply,
    Restart,
    Say,
    SetAlarm,
    SetEscalation,
    SetTimer,
    SetVolume,
    SetWakeWord,
    SpeakerStatus,
    Spoken,
    Status,
    Stop,
    TailRecords,
    TimerList,
    Timers,
    checks,
)
from edge.control.texts import Text, Texts
from edge.errors import ControlError
from edge.events import ReplySentence, TurnRecord
from edge.home import SpeakerControl
from edge.home.reports.explain import KnownHome
from edge.runtime.files import SavedValue
from edge.schedule import Schedule
from edge.settings import DEFAULT_LANGUAGE, ESCALATE_BEFORE, Escalate
from edge.telemetry import Telemetry

ALL = "all"
"""Every wake word."""

log = structlog.get_logger("control")


class Speaker(Protocol):
    """The part of `edge.pipeline.Pipeline` that commands need."""

    wake_word: str | None
    """The only wake word that is listened for; None: all of them."""

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

    async def announce(self, sentence: ReplySentence, *, urgent: bool = False, chime: bool = False) -> None:
        """Speak the sentence once the floor is free, or at once if urgent. Return when it is over."""
        ...

    async def ask(self, text: str, *, speak: bool) -> TurnRecord:
        """Answer a typed text."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What this speaker has of what commands can choose. None: the command is refused."""

    language: str = DEFAULT_LANGUAGE
    wake_words: Sequence[str] = ()
    escalations: Sequence[Escalate] = ()
    """The modes that the settings allow."""
    escalate: Callable[[Escalate], Awaitable[None]] | None = None
    reload: Callable[[], Awaitable[None]] | None = None
    """Raises `EdgeError`."""
    home: KnownHome | None = None
    restart: Callable[[], None] | None = None
    """Begins to end the process, which systemd starts again. Raises `EdgeError`."""


class Executor:
    """Carries out commands.

    The switch of the microphone, the wake word and the escalation mode are saved in the state folder (muted.json,
    wake-word.json, escalate.json).
    """

    def __init__(
        self,
        speaker: Speaker,
        output: SpeakerControl,
        schedule: Schedule,
        telemetry: Telemetry,
        *,
        state: Path,
        abilities: Abilities | None = None,
    ) -> None:
        """`state` is the state folder."""
        self._speaker = speaker
        self._output = output
        self._schedule = schedule
        self._telemetry = telemetry
        self._abilities = abilities or Abilities()
        self._saved_mute = SavedValue(state / "muted.json", failure="mute-save-failed")
        self._saved_word = SavedValue(state / "wake-word.json", failure="wake-word-save-failed")
        self._saved_mode = SavedValue(state / "escalate.json", failure="escalate-save-failed")
        self._texts = Texts(partial(self._speak, urgent=False))
        self._urgent_texts = Texts(partial(self._speak, urgent=True))

    async def restore(self) -> None:
        """Restore what was chosen before the last exit. Call it before the first frame is processed."""
        if self._saved_mute.read() is True:
            await self._speaker.mute(True, cue=False)
            log.warning("microphone-muted", hint="it was switched off before the restart: `edge-voice mute off`")
        if (word := self._saved_word.read()) in self._abilities.wake_words:
            self._listen_for(word)
        mode = self._saved_mode.read()
        mode = ESCALATE_BEFORE.get(mode, mode) if isinstance(mode, str) else mode
        chosen = next((it for it in self._abilities.escalations if it == mode), None)
        if chosen is not None:
            await self._escalate(chosen)

    async def aclose(self) -> None:
        """Return when everything has been saved."""
        for saved in (self._saved_mute, self._saved_word, self._saved_mode):
            await saved.aclose()

    async def execute(self, command: Command) -> Reply:  # noqa: C901, PLR0912 - one case for each command
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
            case Announce():
                reply = self._announce(command)
            case Listen():
                await self._speaker.listen()
            case Ask(text, speak):
                reply = Answer(await self._speaker.ask(text, speak=speak))
            case ListHome() | ExplainHome():
                reply = await self._known(command)
            case TailRecords():
                reply = self._telemetry.tail()
            case SetWakeWord(word):
                self._set_wake_word(word)
            case SetEscalation(mode):
                await self._set_escalation(mode)
            case Reload():
                await self._reload()
            case Restart():
                self._restart()
            case Timers() | SetTimer() | CancelTimer() | SetAlarm() | CancelAlarm():
                reply = await self._schedule_command(command)
        return reply

    async def accept(self, text: str) -> None:
        """Queue an announcement of another speaker. Raises `ControlError`."""
        self._announce(Announce(checks.text("announce", text, checks.MAX_SAY_CHARS)))

    async def speak_texts(self) -> None:
        """Speak the texts of `Say` and `Announce`, one after another, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._texts.run())
            group.create_task(self._urgent_texts.run())

    async def _speak(self, text: Text, *, urgent: bool) -> None:
        await self._speaker.announce(ReplySentence(text.text), urgent=urgent, chime=text.chime)

    async def _known(self, command: ListHome | ExplainHome) -> Reply:
        known = self._abilities.home
        assert known is not None  # noqa: S101 - the socket, which alone takes these commands, belongs to a whole speaker
        return await known.explain(command.text) if isinstance(command, ExplainHome) else known.report()

    def _status(self) -> SpeakerStatus:
        return SpeakerStatus(self._speaker.muted, self._output.volume, self._speaker.degraded)

    async def _stop(self) -> None:
        self._texts.stop()
        self._urgent_texts.stop()
        await self._speaker.stop()

    async def _mute(self, muted: bool) -> None:
        self._saved_mute.save(muted)
        await self._speaker.mute(muted)
        self._telemetry.state(muted=self._speaker.muted)

    async def _say(self, text: str, *, wait: bool) -> Reply:
        queued = Text(text)
        waiting = self._texts.add(queued)
        if not wait:
            return Queued(waiting)
        await queued.over.wait()
        return Spoken(queued.stopped)

    def _announce(self, command: Announce) -> Reply:
        own = self._abilities.language
        if command.language not in {None, own}:
            raise ControlError("language-unsupported", f"this speaker speaks only '{own}'", "leave out `language`")
        texts = self._urgent_texts if command.priority == "urgent" else self._texts
        return Queued(texts.add(Text(command.text, chime=command.earcon)))

    def _set_wake_word(self, word: str) -> None:
        words = self._abilities.wake_words
        if word not in {ALL, *words}:
            names = ", ".join((ALL, *words))
            raise ControlError("wake-word-unknown", "this wake word is not configured", f"choose one of {names}")
        self._saved_word.save(word)
        self._listen_for(word)

    def _listen_for(self, word: str) -> None:
        self._speaker.wake_word = None if word == ALL else word
        self._telemetry.state(wake_word=word)

    async def _set_escalation(self, mode: Escalate) -> None:
        if mode not in self._abilities.escalations:
            raise ControlError(
                "escalation-refused",
                "the settings do not allow this, or no cloud is configured",
                "change [route] escalate on the speaker",
            )
        await self._escalate(mode)
        self._saved_mode.save(mode)

    async def _escalate(self, mode: Escalate) -> None:
        if self._abilities.escalate is not None:
            await self._abilities.escalate(mode)
            self._telemetry.state(escalate=mode)

    async def _reload(self) -> None:
        if self._abilities.reload is None:
            raise ControlError("reload-unavailable", "this speaker cannot read its settings again", "restart it")
        await self._abilities.reload()

    def _restart(self) -> None:
        if self._abilities.restart is None:
            raise ControlError("restart-unavailable", "nothing would start the speaker again", "restart it by hand")
        self._abilities.restart()

    async def _schedule_command(self, command: Timers | SetTimer | CancelTimer | SetAlarm | CancelAlarm) -> TimerList:
        match command:
            case SetTimer(seconds, name):
                await self._schedule.set_timer(seconds, name)
            case CancelTimer(number):
                await self._schedule.cancel_timer(number)
            case SetAlarm(at, days, name):
                await self._schedule.set_alarm(checks.moment(at), frozenset(days), name)
            case CancelAlarm(number):
                await self._schedule.cancel_alarm(number)
            case Timers():
                pass
        return TimerList(*self._schedule.pending())
