"""`bench stt`: word errors, the cost of recognition, and the time from the last sound to the text.

The cost is that of recognising each recording once, as a whole. The delay is measured on a stream as in the daemon:
frames of 32 ms arrive on time, a partial result is requested every `stt.partial_ms` while the engine is free, and audio
waits while it is not. Only the engine's work takes real time, so an hour of recordings takes minutes.
"""

import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from edge.audio.recordings import read_recording
from edge.bench.common import Row, machine, percentiles, read_manifest
from edge.bench.wer import Words, count_words, normaliser
from edge.errors import UsageError
from edge.events import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, Transcript
from edge.settings import Settings
from edge.store import open_store
from edge.stt import Stt, open_stt

RECORDINGS = Path(__file__).parent / "recordings" / "manifest.jsonl"

_COMMAND_S = (1.5, 2.5)
"""Lengths that count as two seconds."""

_WORST = 20


def bench_stt(settings: Settings, *, manifest: Path | None = None, verbose: bool = False) -> dict[str, Any]:
    """Recognise every row `{audio, text}`; without a manifest, the recordings of the project.

    `wer` over all words and `wer_by_set` for each value of a field `set`; `rtf` (wall time over duration) and `cpu_s`
    of hearing each recording once; `latency_ms` from its end to its text, and `latency_2s_ms` of those that last about
    two seconds; `empty` recordings gave no text. `verbose` adds the `worst` rows.
    Raises `UsageError`, `AudioError`, `EngineError` "bench-not-installed" and what `edge.stt.open_stt` raises.
    """
    normaliser()  # fails before the work, not after it
    rows = read_manifest(manifest or RECORDINGS)
    if manifest is None:
        rows = [row for row in rows if row.fields.get("text")]
    for row in rows:
        if not isinstance(row.fields.get("text"), str):
            raise UsageError("manifest-invalid", f"the row of {row.audio.name} has no text", 'write {"text": "..."}')
    engine = open_stt(settings.stt, open_store(settings.models), settings.device.language)
    words: defaultdict[str, Words] = defaultdict(Words)
    heard: list[tuple[Words, Row, Transcript]] = []
    delays: list[float] = []
    delays_2s: list[float] = []
    audio_s = wall_s = cpu_s = 0.0
    for row in track(rows, "recognising", console=Console(stderr=True), transient=True):
        samples = read_recording(row.audio)
        seconds = len(samples) / SAMPLE_RATE_HZ
        wall, cpu = time.perf_counter(), time.process_time()
        transcript = _hear(engine, samples)
        wall_s += time.perf_counter() - wall
        cpu_s += time.process_time() - cpu
        audio_s += seconds
        compared = count_words(row.fields["text"], transcript.text)
        words[str(row.fields.get("set", ""))] += compared
        heard.append((compared, row, transcript))
        delays.append(stream_delay_ms(engine, samples, settings.stt.partial_ms))
        if _COMMAND_S[0] <= seconds <= _COMMAND_S[1]:
            delays_2s.append(delays[-1])
    result: dict[str, Any] = {
        "n": len(rows),
        "engine": engine.name,
        "machine": machine(),
        "wer": round(sum(words.values(), Words()).rate, 4),
        "rtf": round(wall_s / audio_s, 4),
        "latency_ms": percentiles(delays),
        "latency_2s_ms": percentiles(delays_2s),
        "cpu_s": round(cpu_s, 2),
        "audio_s": round(audio_s, 1),
        "empty": sum(not transcript.text for _, _, transcript in heard),
    }
    if set(words) != {""}:
        result["wer_by_set"] = {name: round(counted.rate, 4) for name, counted in words.items()}
    if verbose:
        result["worst"] = [
            {
                "audio": row.audio.name,
                "wrong": compared.wrong,
                "said": row.fields["text"],
                "heard": transcript.text,
                "confidence": round(transcript.confidence, 2),
            }
            for compared, row, transcript in sorted(heard, key=lambda h: -h[0].wrong)[:_WORST]
            if compared.wrong
        ]
    return result


def _hear(engine: Stt, samples: Samples) -> Transcript:
    stream = engine.stream()
    stream.feed(samples)
    return stream.finish()


def stream_delay_ms(engine: Stt, samples: Samples, partial_ms: float) -> float:
    """Milliseconds from the last sample to the final text of audio that comes in real time."""
    stream = engine.stream()
    free_at_ms = asked_at_ms = 0.0
    fed = 0
    for end in range(FRAME_SAMPLES, len(samples), FRAME_SAMPLES):
        now_ms = end * 1000 / SAMPLE_RATE_HZ
        if now_ms >= free_at_ms and now_ms - asked_at_ms >= partial_ms:
            began = time.perf_counter()
            stream.feed(samples[fed:end])
            stream.partial()
            free_at_ms = now_ms + (time.perf_counter() - began) * 1000
            asked_at_ms, fed = now_ms, end
    end_ms = len(samples) * 1000 / SAMPLE_RATE_HZ
    began = time.perf_counter()
    stream.feed(samples[fed:])
    stream.finish()
    return max(0.0, free_at_ms - end_ms) + (time.perf_counter() - began) * 1000
