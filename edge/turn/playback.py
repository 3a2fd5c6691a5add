"""From speech to sound, and what of it was heard."""

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
    """Plays replies and earcons on one sink, one after another: callers take turns."""

    def __init__(self, sink: AudioSink, voice: Voice, telemetry: Telemetry) -> None:
        self._sink = sink
        self._voice = voice
        self._telemetry = telemetry
        self._playing = asyncio.Lock()
        self._cue: asyncio.Task[None] | None = None

    async def speak(self, spoken: AsyncGenerator[Spoken, None], turn: TurnLog | None) -> None:
        """Play speech as it comes, to its end; `turn` is told what was heard, also where playing is cut short."""
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
        """Speak one sentence. Raises `EngineError` where that cannot be done."""
        await self.speak(self._voice.speak(self._voice.cut(sentence)), turn)

    async def play(self, earcon: Earcon) -> None:
        """Play an earcon to its end."""
        async with self._playing:
            await self._write(load_earcon(earcon))

    def cue(self, earcon: Earcon) -> None:
        """Begin to play an earcon, for callers that must not wait. One that is still playing is not repeated."""
        if self._cue is None or self._cue.done():
            self._cue = asyncio.create_task(self._play_cue(earcon), name="cue")

    async def end_cue(self) -> None:
        """Cut a cue that is still playing."""
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
