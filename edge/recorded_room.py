"""The whole speaker with recordings as input and a capture as output, in real time: for the demo and benchmarks."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from edge.assembly import open_pipeline
from edge.audio.playlist import CaptureSink, Played, PlaylistSource
from edge.audio.waveform import onset_s, speech_end_s
from edge.errors import EngineError
from edge.events import SAMPLE_RATE_HZ, Samples, TurnRecord
from edge.pipeline import Pipeline
from edge.runtime.clock import SystemClock
from edge.runtime.commands import edge_voice
from edge.runtime.paths import state_folder
from edge.settings import Settings

MAX_TURN_S = 60.0
ENOUGH_S = 1.0
"""Seconds of a reply of which only the beginning is needed."""


@dataclass(frozen=True, slots=True)
class RecordedTurn:
    """A recording that was played, and its result. Times are the clock's seconds."""

    record: TurnRecord | None
    """None: no turn ended within `MAX_TURN_S`."""
    played: list[Played]
    """The sound after the end of the speech."""
    speech_end: float

    @property
    def first_sound_ms(self) -> float | None:
        """From the end of speech energy in the recording to the onset of the reply's sound."""
        for sound in self.played:
            onset = onset_s(sound.speech.samples, sound.speech.rate_hz)
            if onset is not None:
                return round((sound.at + onset - self.speech_end) * 1000, 1)
        return None


class RecordedRoom:
    """A playlist and a capture on one clock, and the records of the turns between them."""

    def __init__(self, on_turn: Callable[[TurnRecord], None] = lambda _: None) -> None:
        """`on_turn` gets each record."""
        self.clock = SystemClock()
        self.source = PlaylistSource(self.clock)
        self.sink = CaptureSink(self.clock)
        self.records: list[TurnRecord] = []
        self._new: asyncio.Queue[TurnRecord] = asyncio.Queue()
        self._on_turn = on_turn

    @asynccontextmanager
    async def pipeline(self, settings: Settings) -> AsyncIterator[Pipeline]:
        """The running pipeline; its timers and its volume are not saved, but what it costs is.

        Raises `EngineError` "parts-missing", because only the complete speaker is shown or measured.
        """
        alone = settings.telemetry.model_copy(update={"prometheus_file": None})  # that file is the running speaker's
        with TemporaryDirectory() as state:
            async with open_pipeline(
                settings.model_copy(update={"telemetry": alone}),
                source=self.source,
                sink=self.sink,
                clock=self.clock,
                state=Path(state),
                budget=state_folder(),
                on_turn=self._keep,
            ) as pipeline:
                if degraded := pipeline.engines.degraded:
                    missing = ", ".join(f"{part} ({code})" for part, code in degraded.items())
                    raise EngineError(
                        "parts-missing", f"cannot be opened: {missing}", f"run: {edge_voice('models pull')}"
                    )
                if pipeline.starting:
                    await asyncio.wait(pipeline.starting)
                hearing = asyncio.create_task(pipeline.run())
                try:
                    yield pipeline
                finally:
                    self.source.end()
                    await hearing

    async def play(
        self, pipeline: Pipeline, samples: Samples, *, press_button: bool, whole_reply: bool = True
    ) -> RecordedTurn:
        """Play one recording (16 kHz) and wait for its turn to end.

        `press_button`: no wake word is needed. Without `whole_reply`, the reply is cut off after `ENOUGH_S`, and
        forgotten.
        """
        self.sink.take()
        if press_button:
            await pipeline.listen()
        speech_end = self.source.play(samples) + speech_end_s(samples, SAMPLE_RATE_HZ)
        cutting = None if whole_reply else asyncio.create_task(self._cut(pipeline, speech_end))
        record = None
        try:
            async with asyncio.timeout(len(samples) / SAMPLE_RATE_HZ + MAX_TURN_S):
                record = await self._new.get()
        except TimeoutError:
            pass
        finally:
            if cutting is not None:
                cutting.cancel()
                await asyncio.wait({cutting})
                pipeline.engines.chat.forget()  # a small model repeats a reply that was cut
        played = [sound for sound in self.sink.take() if sound.at >= speech_end]
        return RecordedTurn(record, played, speech_end)

    def _keep(self, record: TurnRecord) -> None:
        self._on_turn(record)
        self.records.append(record)
        self._new.put_nowait(record)

    async def _cut(self, pipeline: Pipeline, speech_end: float) -> None:
        while not any(sound.at >= speech_end for sound in self.sink.played):
            await self.clock.sleep(ENOUGH_S / 10)
        await self.clock.sleep(ENOUGH_S)
        await pipeline.stop()
