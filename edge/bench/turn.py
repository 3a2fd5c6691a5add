"""Whole turns: recordings in real time into the real pipeline, measured from waveform to waveform.

The main figure is the time from the end of speech energy in the input to the onset of sound in the output; the time
stamps of the turn record only explain it.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from edge.audio.recordings import read_recording
from edge.bench.common import Row, machine, percentiles, read_manifest
from edge.events import TurnRecord
from edge.nlu import open_language
from edge.pipeline import Pipeline
from edge.recorded_room import RecordedRoom, RecordedTurn
from edge.runtime.processes import children_cpu_seconds
from edge.settings import DEFAULT_LANGUAGE, Settings
from edge.store import choose_chat_model, open_store

NO_TURN = TurnRecord("", "", None, "", 0.0, None, "", None, "", "failed", {}, None)
RECORDINGS = Path(__file__).parent / "recordings" / "manifest.jsonl"
"""The `dialogue` rows of this manifest are the demo."""
TURNS = Path(__file__).parent / "turns" / "manifest.jsonl"
"""30 commands and 30 questions."""


async def bench_turn(
    settings: Settings, *, manifest: Path | None = None, on_turn: Callable[[TurnRecord], None] = lambda _: None
) -> dict[str, object]:
    """Play every row; `n` turns, p50 and p95 of `first_audio_ms`, each turn with its stages, and the rate of `ok`.

    The `spans` of a turn are lists [stage, begin_ms, end_ms, discarded] that count from the energy end of speech, as
    `first_audio_ms` does; `stages_ms` counts from the last voiced frame. If no reply was spoken, the two cannot
    be compared, and spans count from that frame as well. `on_turn` gets each record.

    One speaker hears the rows in order; without a manifest those of `TURNS`. A row without a wake word (`wake` false or
    absent) starts as after the press of a button. A row is ok if all that it expects (`transcript`, `intent`, `reply`)
    matches word for word in the router's spelling. A reply that no row expects is cut off and forgotten.

    `cpu_s` is the processor time of all turns, including listening and the language model. `speculation` counts the
    replies that were prepared in pauses and those that were discarded: {begun, discarded, discarded_s}; the last is the
    time that their stages ran. `underruns` are gaps in the spoken reply.
    """
    rows = read_manifest(manifest or TURNS)
    room = RecordedRoom(on_turn)
    llm = settings.llm.model_copy(update={"fit_only": False})  # it measures how fast a reply comes, not how good it is
    async with room.pipeline(settings.model_copy(update={"llm": llm})) as pipeline:
        cpu_s = _cpu_s()
        turns = [await _play(room, pipeline, row) for row in rows]
        cpu_s = _cpu_s() - cpu_s
    measured = [turn["first_audio_ms"] for turn in turns if turn["first_audio_ms"] is not None]
    chat_model = choose_chat_model(settings.llm, open_store(settings.models)).name
    return {
        "n": len(turns),
        "engine": f"{settings.stt.engine}, {chat_model}, {settings.tts.engine}",
        "machine": machine(),
        "first_audio_ms": percentiles(measured),
        "first_audio_ms_by_answerer": _by_answerer(turns),
        "ok": sum(turn["ok"] for turn in turns) / len(turns),
        "cpu_s": round(cpu_s, 1),
        "speculation": _speculation(room.records),
        "underruns": room.sink.underruns,
        "turns": turns,
    }


def _cpu_s() -> float:
    """Processor time of this process and its children."""
    return time.process_time() + children_cpu_seconds()


def _speculation(records: Iterable[TurnRecord]) -> dict[str, float]:
    records = list(records)
    begun, discarded = (
        sum(float(record.details.get(key, 0)) for record in records)
        for key in ("speculations", "speculations_discarded")
    )
    discarded_ms = sum(span.end - span.begin for record in records for span in record.spans if span.discarded)
    return {"begun": begun, "discarded": discarded, "discarded_s": round(discarded_ms / 1000, 3)}


async def _play(room: RecordedRoom, pipeline: Pipeline, row: Row) -> dict[str, Any]:
    """The turn of one row. One with `follow_up` needs no wake word, because the last turn has just ended."""
    turn = await room.play(
        pipeline,
        read_recording(row.audio),
        press_button=not row.fields.get("wake") and not row.fields.get("follow_up"),
        whole_reply=bool((row.fields.get("expect") or {}).get("reply")),
    )
    return turn_of(row, turn)


def turn_of(row: Row, turn: RecordedTurn) -> dict[str, Any]:
    """A turn as benchmarks and the demo show it: text, reply, whether the row expected them, and times."""
    return {**_result(row, turn.record, turn.first_sound_ms), "spans": _spans(turn)}


def _spans(turn: RecordedTurn) -> list[list[str | float | bool]]:
    """The spans, shifted so that the first sound of the reply is at its real time."""
    record = turn.record
    if record is None:
        return []
    first = next(iter(turn.played), None)
    heard_ms = None if first is None else (first.at - turn.speech_end) * 1000
    late_ms = 0.0 if heard_ms is None or record.first_audio_ms is None else heard_ms - record.first_audio_ms
    return [
        [span.stage, round(span.begin + late_ms, 1), round(span.end + late_ms, 1), span.discarded]
        for span in record.spans
    ]


def _normal(value: object) -> str:
    return open_language(DEFAULT_LANGUAGE).normalise(str(value))  # recordings and expectations are English


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
        and all(_normal(got[key]) == _normal(value) for key, value in expected.items()),
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
