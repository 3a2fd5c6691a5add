"""The figures of the metrics topic."""

import asyncio
import subprocess
import sys

from edge.runtime.clock import SystemClock
from edge.telemetry.metrics import Metrics


def test_counters_add_up_and_dropped_frames_are_always_there() -> None:
    metrics = Metrics(SystemClock())
    metrics.count("turns")
    metrics.count("turns")
    metrics.count("cloud_cost_usd", 0.25)
    metrics.count("broken", float("nan"))
    sample = metrics.sample()
    assert sample["counters"] == {
        "dropped_frames": 0,
        "mqtt_dropped": 0,
        "telemetry_dropped": 0,
        "turns": 2,
        "cloud_cost_usd": 0.25,
    }


def test_a_bug_that_invents_counters_does_not_fill_the_memory() -> None:
    metrics = Metrics(SystemClock())
    for number in range(10_000):
        metrics.count(f"counter-{number}")
    counters = metrics.sample()["counters"]
    assert isinstance(counters, dict)
    assert len(counters) == 128


def test_the_process_and_its_children_are_weighed() -> None:
    metrics = Metrics(SystemClock())
    with subprocess.Popen([sys.executable, "-c", "print(1, flush=True); input()"], stdin=-1, stdout=-1) as child:
        assert child.stdout is not None
        child.stdout.readline()
        sample = metrics.sample()
        child.communicate(b"\n")
    assert isinstance(sample["rss_mb"], float)
    assert isinstance(sample["children_rss_mb"], float)
    assert sample["rss_mb"] > sample["children_rss_mb"] > 5


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
    assert metrics.sample()["loop_lag_ms"] == 200.0
