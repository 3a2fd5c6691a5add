"""The figures of the metrics topic."""

import asyncio
import subprocess
import sys
from dataclasses import replace
from typing import get_args

import pytest

from edge.runtime.clock import SystemClock
from edge.telemetry.metrics import CounterName, Metrics
from tests.mqtt.world import TURN


def test_counters_add_up_and_all_are_there_from_the_start() -> None:
    metrics = Metrics(SystemClock())
    assert dict(metrics.sample().counters) == dict.fromkeys(get_args(CounterName), 0)
    metrics.count("wakes")
    metrics.count("wakes")
    metrics.count("underruns", 0.25)
    metrics.count("underruns", float("nan"))
    assert (metrics.sample().counters["wakes"], metrics.sample().counters["underruns"]) == (2, 0.25)


def test_turns_are_counted_by_outcome_and_by_the_time_to_the_first_sound() -> None:
    metrics = Metrics(SystemClock())
    for first_audio_ms in (0.0, 250.0, 251.0, 4999.0, 60_000.0, float("inf"), None):
        metrics.turn(replace(TURN, first_audio_ms=first_audio_ms))
    metrics.turn(replace(TURN, outcome="failed", first_audio_ms=None))
    sample = metrics.sample()
    assert sample.counters["turns"] == 8
    assert dict(sample.outcomes) == {"answered": 7, "nothing-said": 0, "cancelled": 0, "failed": 1}
    assert sample.first_audio.counts == (2, 1, 0, 0, 0, 0, 0, 1, 1)
    assert sample.first_audio.sum_s == pytest.approx(65.5)


def test_the_process_and_its_children_are_weighed() -> None:
    metrics = Metrics(SystemClock())
    with subprocess.Popen([sys.executable, "-c", "print(1, flush=True); input()"], stdin=-1, stdout=-1) as child:
        assert child.stdout is not None
        child.stdout.readline()
        sample = metrics.sample()
        child.communicate(b"\n")
    assert sample.rss_mb > sample.children_rss_mb > 5


async def test_a_held_up_loop_is_noticed() -> None:
    class LateClock(SystemClock):
        """Wakes its sleepers 0.2 s late."""

        seconds = 0.0

        def monotonic(self) -> float:
            return self.seconds

        async def sleep(self, seconds: float) -> None:
            LateClock.seconds += seconds + 0.2
            await asyncio.sleep(0)

    metrics = Metrics(LateClock())
    watch = asyncio.create_task(metrics.watch_loop())
    for _ in range(3):
        await asyncio.sleep(0)
    watch.cancel()
    assert metrics.sample().loop_lag_s == pytest.approx(0.2)
