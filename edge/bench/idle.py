"""The cost of idle listening: processor time and memory of the daemon and its child processes."""

import asyncio
import time
from pathlib import Path

import numpy as np

from edge.audio.recordings import read_recording
from edge.bench.common import machine
from edge.events import SAMPLE_RATE_HZ, Samples
from edge.recorded_room import RecordedRoom
from edge.runtime.processes import children, children_cpu_seconds, cpu_seconds, memory_mb
from edge.settings import Settings

SETTLING_S = 2.0
"""Time to finish start-up work, which does not count as idle."""


async def bench_idle(settings: Settings, *, seconds: float = 60, source: Path | None = None) -> dict[str, object]:
    """Listen to `source` (repeated; None: quiet room noise) for `seconds` and report the cost.

    `cpu_percent_of_core`, `rss_mb` and `pss_mb` are the daemon's; `llm` holds those of the language model's process.
    """
    sound = _room_noise() if source is None else read_recording(source)
    room = RecordedRoom()
    async with room.pipeline(settings):
        room.source.play(np.resize(sound, round((SETTLING_S + seconds) * SAMPLE_RATE_HZ)))
        await asyncio.sleep(SETTLING_S)
        own, kin, began = cpu_seconds("self"), children_cpu_seconds(), time.monotonic()
        await asyncio.sleep(seconds)
        took = time.monotonic() - began
        result: dict[str, object] = {
            "n": 1,
            "engine": settings.wake.engine,
            "machine": machine(),
            "seconds": round(took, 1),
            "cpu_percent_of_core": round((cpu_seconds("self") - own) / took * 100, 2),
            **memory_mb("self"),
            "llm": {
                "cpu_percent_of_core": round((children_cpu_seconds() - kin) / took * 100, 2),
                **{kind: sum(memory_mb(pid)[kind] for pid in children()) for kind in ("rss_mb", "pss_mb")},
            },
        }
        return result


def _room_noise() -> Samples:
    """Five seconds of white noise at -55 dB of full scale."""
    noise = np.random.default_rng(1).standard_normal(SAMPLE_RATE_HZ * 5)
    return (noise * 10 ** (-55 / 20)).astype(np.float32)
