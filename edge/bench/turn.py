"""Whole turns: recordings in real time into the real pipeline, measured from waveform to waveform.

The figure is the time from the energy end of speech in what went in to the onset of what came out; the turn record's
own stamps only explain it.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from edge.audio.playlist import CaptureSink, Played, PlaylistSource
from edge.audio.recordings import read_recording
from edge.bench.common import Row, machine, percentiles, read_manifest
from edge.bench.waveform import onset_s, speech_end_s
from edge.daemon import open_pipeline
from edge.errors import EngineError
from edge.events import SAMPLE_RATE_HZ, TurnRecord
from edge.nlu.en.normalise import normalise
from edge.pipeline import Pipeline
from edge.runtime.clock import SystemClock
from edge.runtime.processes import children_cpu_seconds
from edge.settings import Settings

LONGEST_TURN_S = 60.0
ENOUGH_S = 1.0
"""Of a reply whose words nobody expects."""
NO_TURN = TurnRecord("", "", None, "", 0.0, None, "", None, "", "failed", {}, None)
RECORDINGS = Path(__file__).parent / "recordings" / "manifest.jsonl"
"""Its `dialogue` rows are the demo."""
TURNS = Path(__file__).parent / "turns" / "manifest.jsonl"
"""30 commands and 30 questions."""


async def bench_turn(
    settings: Settings, *, manifest: Path | None = None, on_turn: Callable[[TurnRecord], None] = lambda _: None
) -> dict[str, object]:
    """Play every row; `n` turns, p50 and p95 of `first_audio_ms`, each turn with its stages, and the rate of `ok`.

    The `spans` of a turn are lists [stage, begin_ms, end_ms, discarded] that count from the energy end of speech, as
    `first_audio_ms` does; `stages_ms` counts from the last frame that sounded voiced. Where no reply was spoken the
    two cannot be compared, and spans count from that frame as well. `on_turn` takes each record as it comes.

    One speaker hears the rows in order; without a manifest those of `TURNS`. A row without a wake word (`wake` false or
    absent) is heard as after a press of a button. A row is ok when everything it expects (`transcript`, `intent`,
    `reply`) came true, word for word in the router's spelling. Replies that no row expects are cut and forgotten.

    `cpu_s` is the processor time of all turns, the language model's and that of listening included, and `speculation`
    what was prepared for nobody: {begun, discarded, cpu_share}. `underruns` are gaps in what was said.
    """
    rows = read_manifest(manifest or TURNS)
    stage = Stage(on_turn)
    async with stage.pipeline(settings) as pipeline:
        hearing = asyncio.create_task(pipeline.run())
        cpu_s = _cpu_s()
        try:
            turns = [(await stage.play(pipeline, row, whole=False))[0] for row in rows]
        finally:
            cpu_s = _cpu_s() - cpu_s
            stage.source.end()
            await hearing
    measured = [turn["first_audio_ms"] for turn in turns if turn["first_audio_ms"] is not None]
    return {
        "n": len(turns),
        "engine": f"{settings.stt.engine}, {settings.llm.model}, {settings.tts.engine}",
        "machine": machine(),
        "first_audio_ms": percentiles(measured),
        "first_audio_ms_by_answerer": _by_answerer(turns),
        "ok": sum(turn["ok"] for turn in turns) / len(turns),
        "cpu_s": round(cpu_s, 1),
        "speculation": _speculation(stage.records, cpu_s),
        "underruns": stage.sink.underruns,
        "turns": turns,
    }


def _cpu_s() -> float:
    """Of this process and of those that it started."""
    return time.process_time() + children_cpu_seconds()


def _speculation(records: Iterable[TurnRecord], cpu_s: float) -> dict[str, float]:
    begun, discarded, cpu_ms = (
        sum(float(record.details.get(key, 0)) for record in records)
        for key in ("speculations", "speculations_discarded", "speculations_discarded_cpu_ms")
    )
    return {"begun": begun, "discarded": discarded, "cpu_share": round(cpu_ms / 1000 / cpu_s, 4) if cpu_s else 0.0}


class Stage:
    """A playlist and a capture on one clock, and the records of the turns between them."""

    def __init__(self, on_turn: Callable[[TurnRecord], None] = lambda _: None) -> None:
        """`on_turn` takes each record as it comes."""
        self.clock = SystemClock()
        self.source = PlaylistSource(self.clock)
        self.sink = CaptureSink(self.clock)
        self.records: list[TurnRecord] = []
        self._new: asyncio.Queue[TurnRecord] = asyncio.Queue()
        self._on_turn = on_turn

    @asynccontextmanager
    async def pipeline(self, settings: Settings) -> AsyncIterator[Pipeline]:
        """The real pipeline between the two; its timers and its volume are forgotten afterwards.

        Raises `EngineError` "parts-missing": what is measured or shown is the whole.
        """
        with TemporaryDirectory() as state:
            async with open_pipeline(
                settings,
                source=self.source,
                sink=self.sink,
                clock=self.clock,
                state=Path(state),
                on_turn=self._keep,
            ) as pipeline:
                if pipeline.parts.missing:
                    missing = ", ".join(f"{part} ({code})" for part, code in pipeline.parts.missing.items())
                    raise EngineError("parts-missing", f"cannot be opened: {missing}", "run `edge-voice models pull`")
                if pipeline.starting:
                    await asyncio.wait(pipeline.starting)
                yield pipeline

    def _keep(self, record: TurnRecord) -> None:
        self._on_turn(record)
        self.records.append(record)
        self._new.put_nowait(record)

    async def play(self, pipeline: Pipeline, row: Row, *, whole: bool = True) -> tuple[dict[str, Any], list[Played]]:
        """Play one recording and wait for its turn to end; the turn, and what was heard of it.

        With `whole` false a reply that the row does not expect is cut after `ENOUGH_S`: only its beginning is measured.
        A row with `follow_up` is heard without the wake word because the last turn has just ended.
        """
        samples = read_recording(row.audio)
        self.sink.take()
        if not row.fields.get("wake") and not row.fields.get("follow_up"):
            await pipeline.listen()
        begins = self.source.play(samples)
        ended = begins + speech_end_s(samples, SAMPLE_RATE_HZ)
        cutting = None
        if not whole and not (row.fields.get("expect") or {}).get("reply"):
            cutting = asyncio.create_task(self._cut(pipeline, ended))
        try:
            async with asyncio.timeout(len(samples) / SAMPLE_RATE_HZ + LONGEST_TURN_S):
                record = await self._new.get()
        except TimeoutError:
            record = None
        finally:
            if cutting is not None:
                cutting.cancel()
                await asyncio.wait({cutting})
                pipeline.parts.answering.forget()  # a small model repeats what it finds of a reply that was cut
        played = [sound for sound in self.sink.take() if sound.at >= ended]
        return {**_result(row, record, _first_sound_ms(played, ended)), "spans": _spans(record, played, ended)}, played

    async def _cut(self, pipeline: Pipeline, ended: float) -> None:
        while not any(sound.at >= ended for sound in self.sink.played):
            await self.clock.sleep(ENOUGH_S / 10)
        await self.clock.sleep(ENOUGH_S)
        await pipeline.stop()


def _first_sound_ms(played: Iterable[Played], ended: float) -> float | None:
    for sound in played:
        onset = onset_s(sound.speech.samples, sound.speech.rate_hz)
        if onset is not None:
            return round((sound.at + onset - ended) * 1000, 1)
    return None


def _spans(record: TurnRecord | None, played: Iterable[Played], ended: float) -> list[list[str | float | bool]]:
    """The spans, moved so that the reply's first sound is where it was heard."""
    if record is None:
        return []
    first = next(iter(played), None)
    heard_ms = None if first is None else (first.at - ended) * 1000
    late_ms = 0.0 if heard_ms is None or record.first_audio_ms is None else heard_ms - record.first_audio_ms
    return [
        [span.stage, round(span.begin + late_ms, 1), round(span.end + late_ms, 1), span.discarded]
        for span in record.spans
    ]


def _result(row: Row, record: TurnRecord | None, first_audio_ms: float | None) -> dict[str, Any]:
    if record is None:
        record = NO_TURN
    got = {
        "transcript": record.transcript,
        "intent": record.intent.name if record.intent else None,
        "reply": record.reply,
    }
    expected = {key: value for key, value in (row.fields.get("expect") or {}).items() if value is not None}
    return {
        "audio": row.audio.name,
        "ok": record is not NO_TURN
        and record.outcome in {"answered", "cancelled"}
        and all(normalise(str(got[key])) == normalise(str(value)) for key, value in expected.items()),
        "first_audio_ms": first_audio_ms,
        "outcome": "no turn" if record is NO_TURN else record.outcome,
        "answerer": record.answerer,
        "reason": record.reason,
        "stages_ms": dict(record.stages_ms),
        **got,
    }


def _by_answerer(turns: Iterable[dict[str, Any]]) -> dict[str, dict[str, float | None]]:
    by: dict[str, list[float]] = {}
    for turn in turns:
        if turn["answerer"] and turn["first_audio_ms"] is not None:
            by.setdefault(turn["answerer"], []).append(turn["first_audio_ms"])
    return {answerer: percentiles(values) for answerer, values in sorted(by.items())}
