"""The figures of the `metrics` topic: counters of the stages, and the CPU time and memory of the process."""

import math
import time
from collections.abc import Mapping

from edge.runtime import processes
from edge.runtime.clock import Clock
from edge.runtime.temperature import temperature_c

LAG_STEP_S = 0.5
"""How often the lag of the event loop is measured."""

_MAX_COUNTERS = 128


class Metrics:
    """Counters since the start, and figures of the interval since the last `sample`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._started = self._sampled = clock.monotonic()
        self._cpu_s = time.process_time()
        self._lag_s = 0.0
        self._counters: dict[str, float] = {"dropped_frames": 0, "mqtt_dropped": 0, "telemetry_dropped": 0}

    def count(self, metric: str, value: float = 1.0) -> None:
        """Add to a counter; at most 128 of them, so that a bug cannot fill the memory."""
        if math.isfinite(value) and (metric in self._counters or len(self._counters) < _MAX_COUNTERS):
            self._counters[metric] = self._counters.get(metric, 0) + value

    def sample(self) -> Mapping[str, object]:
        """The payload: `uptime_s`, `cpu_percent_of_core`, `loop_lag_ms` (worst of the interval), memory, counters."""
        now, cpu_s = self._clock.monotonic(), time.process_time()
        elapsed, used = now - self._sampled, cpu_s - self._cpu_s
        lag_s, self._lag_s = self._lag_s, 0.0
        self._sampled, self._cpu_s = now, cpu_s
        return {
            "at": self._clock.now().isoformat(timespec="seconds"),
            "uptime_s": round(now - self._started),
            "cpu_percent_of_core": round(100 * used / elapsed, 1) if elapsed > 0 else None,
            "loop_lag_ms": round(1000 * lag_s, 1),
            **processes.memory_mb("self"),
            "temperature_c": temperature_c(),
            "children_rss_mb": round(sum(processes.memory_mb(pid)["rss_mb"] for pid in processes.children()), 1),
            "counters": {name: int(value) if value == int(value) else value for name, value in self._counters.items()},
        }

    async def watch_loop(self) -> None:
        """Measure how late the event loop wakes a sleeping task; runs until cancelled."""
        while True:
            before = self._clock.monotonic()
            await self._clock.sleep(LAG_STEP_S)
            self._lag_s = max(self._lag_s, self._clock.monotonic() - before - LAG_STEP_S)
