"""What is heard without having been asked: announcements, timers, alarms, and the cues of the microphone's switch."""

from dataclasses import replace

import structlog

from edge.errors import EdgeError
from edge.events import ReplySentence
from edge.home import Home
from edge.runtime.clock import Clock
from edge.schedule import Ring
from edge.telemetry import Telemetry
from edge.tts.earcons import Earcon
from edge.turn.playback import Playback
from edge.turn.stop_word import RING_STOP_INTENTS, StopWord

log = structlog.get_logger("turn")


class Announcer:
    """Does the work of announcements and alarms while they hold the floor."""

    def __init__(
        self,
        playback: Playback,
        stop_word: StopWord | None,
        home: Home,
        telemetry: Telemetry,
        clock: Clock,
        *,
        ring_minutes: float,
    ) -> None:
        self._playback = playback
        self._stop_word = stop_word
        self._home = home
        self._telemetry = telemetry
        self._clock = clock
        self._ring_minutes = ring_minutes

    async def say(self, sentence: ReplySentence, *, chime: bool = False) -> None:
        """Speak the sentence once, after an earcon if `chime` is set. A failure is logged."""
        try:
            if chime:
                await self.cue("announcement")
            await self._say(sentence)
        finally:
            self._telemetry.state(phase="idle")

    async def cue(self, earcon: Earcon) -> None:
        """Play an earcon. A failure is logged."""
        try:
            await self._playback.play(earcon)
        except EdgeError as error:
            log.warning("cue-failed", code=error.code, message=error.message, hint=error.hint)

    async def ring(self, ring: Ring) -> None:
        """Ring until "stop" or until `ring_minutes` have passed; a reminder once. Rings even if the voice fails.

        What stopped it is carried out, and nothing else of the same sentence: "snooze" lets it ring again later.
        """
        try:
            if self._stop_word is None:
                await self._sound(ring)
                return
            stopped = await self._stop_word.guard(self._sound(ring), RING_STOP_INTENTS)
            if stopped is not None and (reply := await self._home.act(replace(stopped, then=()))) is not None:
                await self._say(reply)
        finally:
            self._telemetry.state(phase="idle")

    async def _sound(self, ring: Ring) -> None:
        until = self._clock.monotonic() + self._ring_minutes * 60
        while self._clock.monotonic() < until:
            self._telemetry.state(phase="ringing")
            await self._playback.play("ring")
            await self._say(ReplySentence(ring.text))
            if ring.once:
                return

    async def _say(self, sentence: ReplySentence) -> None:
        try:
            await self._playback.say(sentence)
        except EdgeError as error:
            log.error("announcement-failed", code=error.code, message=error.message, hint=error.hint)
