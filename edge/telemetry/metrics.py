"""The figures of the speaker: counters of the stages, and the CPU time and memory of the process."""

import math
import time
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from edge.events import Outcome, TurnRecord
from edge.runtime import processes
from edge.runtime.clock import Clock
from edge.runtime.temperature import temperature_c

LAG_STEP_S = 0.5
"""How often the lag of the event loop is measured."""

CounterName = Literal[
    "commands",
    "commands_refused",
    "dropped_frames",
    "mqtt_dropped",
    "speculations",
    "speculations_discarded",
    "telemetry_dropped",
    "telemetry_refused",
    "turns",
    "underruns",
    "wakes",
    "wakes_left_to_others",
]
"""What is counted since the start; docs/telemetry.md explains each."""

FIRST_AUDIO_BUCKETS_S: Final = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0)
"""The upper bounds of the histogram of first sounds."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many values lay at or below each bound of `FIRST_AUDIO_BUCKETS_S` and above the one before; then the rest."""

    counts: tuple[int, ...]
    sum_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Figures at one moment. `at` is ISO 8601 with the offset; MB are 10^6 bytes."""

    at: str
    uptime_s: float
    cpu_s: float
    """CPU time of the process since its start."""
    cpu_percent_of_core: float | None
    """In the interval since the last sample; None if that was just now."""
    loop_lag_s: float
    """The largest delay of the event loop in the interval."""
    rss_mb: float
    pss_mb: float
    temperature_c: float | None
    """Of the board; None where nothing measures it."""
    children_rss_mb: float
    waiting: int
    """Records that wait for the broker."""
    counters: Mapping[CounterName, float]
    outcomes: Mapping[Outcome, int]
    """Turns by outcome."""
    first_audio: Histogram
    """From the end of speech to the first sound of the reply."""


class Metrics:
    """Counters since the start, and figures of the interval since the last `sample`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._started = self._sampled = clock.monotonic()
        self._cpu_s = time.process_time()
        self._lag_s = 0.0
        self._counters: dict[CounterName, float] = dict.fromkeys(get_args(CounterName), 0)
        self._outcomes: dict[Outcome, int] = dict.fromkeys(get_args(Outcome), 0)
        self._first_audio = [0] * (len(FIRST_AUDIO_BUCKETS_S) + 1)
        self._first_audio_sum_s = 0.0

    def count(self, metric: CounterName, value: float = 1.0) -> None:
        """Add to a counter."""
        if math.isfinite(value):
            self._counters[metric] += value

    def turn(self, record: TurnRecord) -> None:
        """Count a turn, its outcome, and the time to its first sound."""
        self.count("turns")
        self._outcomes[record.outcome] += 1
        if record.first_audio_ms is not None and math.isfinite(record.first_audio_ms):
            seconds = record.first_audio_ms / 1000
            self._first_audio[bisect_left(FIRST_AUDIO_BUCKETS_S, seconds)] += 1
            self._first_audio_sum_s += seconds

    def sample(self, *, waiting: int = 0) -> Sample:
        """The figures now. Begins the next interval."""
        now, cpu_s = self._clock.monotonic(), time.process_time()
        elapsed, used = now - self._sampled, cpu_s - self._cpu_s
        lag_s, self._lag_s = self._lag_s, 0.0
        self._sampled, self._cpu_s = now, cpu_s
        memory = processes.memory_mb("self")
        return Sample(
            at=self._clock.now().isoformat(timespec="milliseconds"),
            uptime_s=now - self._started,
            cpu_s=cpu_s,
            cpu_percent_of_core=100 * used / elapsed if elapsed > 0 else None,
            loop_lag_s=lag_s,
            rss_mb=memory["rss_mb"],
            pss_mb=memory["pss_mb"],
            temperature_c=temperature_c(),
            children_rss_mb=sum(processes.memory_mb(pid)["rss_mb"] for pid in processes.children()),
            waiting=waiting,
            counters=dict(self._counters),
            outcomes=dict(self._outcomes),
            first_audio=Histogram(tuple(self._first_audio), self._first_audio_sum_s),
        )

    async def watch_loop(self) -> None:
        """Measure how late the event loop wakes a sleeping task; runs until cancelled."""
        while True:
            before = self._clock.monotonic()
            await self._clock.sleep(LAG_STEP_S)
            self._lag_s = max(self._lag_s, self._clock.monotonic() - before - LAG_STEP_S)
