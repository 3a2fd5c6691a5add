"""The figures of the metrics topic."""

import asyncio
import os
import subprocess
import sys

from edge.runtime.clock import SystemClock
from edge.telemetry.metrics import Metrics, children, rss_mb


def test_counters_add_up_and_dropped_frames_are_always_there() -> None:
    metrics = Metrics(SystemClock())
    metrics.count("turns")
    metrics.count("turns")
    metrics.count("cloud_cost_usd", 0.25)
    metrics.count("broken", float("nan"))
    sample = metrics.sample()
    assert sample["counters"] == {"dropped_frames": 0, "telemetry_dropped": 0, "turns": 2, "cloud_cost_usd": 0.25}


def test_a_bug_that_invents_counters_does_not_fill_the_memory() -> None:
    metrics = Metrics(SystemClock())
    for number in range(10_000):
        metrics.count(f"counter-{number}")
    counters = metrics.sample()["counters"]
    assert isinstance(counters, dict)
    assert len(counters) == 128


def test_the_process_and_its_children_are_weighed() -> None:
    assert 5 < rss_mb(os.getpid()) < 10_000
    assert rss_mb(2**22 + 1) == 0
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert child.pid in children()
        child.communicate(b"\n")
    assert child.pid not in children()


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
