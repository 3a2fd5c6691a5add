"""Plays speech and tracks how much of it was heard."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import structlog

from edge.audio import AudioSink
from edge.errors import EdgeError
from edge.events import ReplySentence, Speech
from edge.telemetry import Telemetry
from edge.tts.earcons import Earcon, load_earcon
from edge.tts.voice import Spoken, Voice
from edge.turn.log import TurnLog

log = structlog.get_logger("turn")


class Playback:
    """Plays replies and earcons on one sink, one after another: callers wait for each other."""

    def __init__(self, sink: AudioSink, voice: Voice, telemetry: Telemetry) -> None:
        self._sink = sink
        self._voice = voice
        self._telemetry = telemetry
        self._playing = asyncio.Lock()
        self._cue: asyncio.Task[None] | None = None

    async def speak(self, spoken: AsyncGenerator[Spoken, None], turn: TurnLog | None) -> None:
        """Play speech to its end as it arrives. `turn` records what was heard, even if playback is cut short."""
        async with self._playing:
            begin_s = self._sink.position_s
            try:
                async with aclosing(spoken) as pieces:
                    async for sentence, speech in pieces:
                        if turn is not None:
                            turn.plays(sentence, speech)
                        self._telemetry.state(phase="speaking")
                        await self._sink.write(speech)
                await self._sink.drain()
            except BaseException:
                heard_s = self._sink.flush() - begin_s
                if turn is not None:
                    turn.cut(heard_s)
                raise

    async def say(self, sentence: ReplySentence, turn: TurnLog | None = None) -> None:
        """Speak one sentence. Raises `EngineError` if the voice fails."""
        await self.speak(self._voice.speak(self._voice.cut(sentence)), turn)

    async def play(self, earcon: Earcon) -> None:
        """Play an earcon to its end."""
        async with self._playing:
            await self._write(load_earcon(earcon))

    def cue(self, earcon: Earcon) -> None:
        """Start to play an earcon without waiting. Does nothing while a cue is still playing."""
        if self._cue is None or self._cue.done():
            self._cue = asyncio.create_task(self._play_cue(earcon), name="cue")

    async def end_cue(self) -> None:
        """Stop a cue that is still playing."""
        cue, self._cue = self._cue, None
        if cue is not None:
            cue.cancel()
            await asyncio.wait({cue})

    async def _play_cue(self, earcon: Earcon) -> None:
        try:
            await self.play(earcon)
        except EdgeError as error:  # the user can speak without it
            log.warning("cue-failed", code=error.code, message=error.message, hint=error.hint)

    async def _write(self, sound: Speech) -> None:
        try:
            await self._sink.write(sound)
            await self._sink.drain()
        except asyncio.CancelledError:
            self._sink.flush()
            raise
