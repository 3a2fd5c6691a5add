"""From speech to sound: what is cut off is forgotten by the speaker."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from edge.audio import AudioSink
from edge.events import ReplySentence, Speech
from edge.telemetry import Telemetry
from edge.tts.voice import Spoken, Voice
from edge.turn.log import TurnLog


class Speaking:
    """Plays replies and signs, one after another: callers take turns."""

    def __init__(self, sink: AudioSink, voice: Voice, telemetry: Telemetry) -> None:
        self._sink = sink
        self._voice = voice
        self._telemetry = telemetry

    async def speak(self, spoken: AsyncGenerator[Spoken, None], turn: TurnLog | None) -> None:
        """Play speech as it comes, to its end; `turn` is told what was played."""
        try:
            async with aclosing(spoken) as pieces:
                async for sentence, speech in pieces:
                    if turn is not None:
                        turn.first_audio()
                        turn.say(sentence)
                    self._telemetry.state(phase="speaking")
                    await self._sink.write(speech)
            await self._sink.drain()
        except BaseException:
            self._sink.flush()
            raise

    async def say(self, sentence: ReplySentence, turn: TurnLog | None = None) -> None:
        """Speak one sentence. Raises `EngineError` where that cannot be."""
        await self.speak(self._voice.speak(only(sentence)), turn)

    async def play(self, sound: Speech) -> None:
        """Play a sign."""
        try:
            await self._sink.write(sound)
            await self._sink.drain()
        except asyncio.CancelledError:
            self._sink.flush()
            raise


async def only(sentence: ReplySentence) -> AsyncGenerator[ReplySentence, None]:
    """A reply of one sentence."""
    yield sentence
