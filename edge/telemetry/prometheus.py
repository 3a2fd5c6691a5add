"""The figures for Prometheus, as a text file of node_exporter's textfile collector.

Names and units follow prometheus.io/docs/practices/naming, the format is the text format 0.0.4
(prometheus.io/docs/instrumenting/exposition_formats). Pure but for `TextFile`.
"""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Final, Literal

import structlog

from edge import __version__
from edge.runtime.files import atomic_write
from edge.telemetry.metrics import FIRST_AUDIO_BUCKETS_S, CounterName, Histogram, Sample

_CLOSE_S = 1.0

log = structlog.get_logger("telemetry")


@dataclass(frozen=True, slots=True)
class Family:
    """A metric, with what it says."""

    name: str
    type: Literal["gauge", "counter", "histogram"]
    help: str


def _gauge(name: str, text: str) -> Family:
    return Family(f"edge_voice_{name}", "gauge", text)


def _counter(name: str, text: str) -> Family:
    return Family(f"edge_voice_{name}_total", "counter", text)


INFO: Final = _gauge("info", "1, with the id of the device and the version.")
UPTIME: Final = _gauge("uptime_seconds", "Seconds since the start.")
CPU: Final = _counter("cpu_seconds", "CPU time of the speaker's process.")
LAG: Final = _gauge("loop_lag_seconds", "Largest delay of the event loop in the last interval.")
RESIDENT: Final = _gauge("resident_memory_bytes", "Resident memory of the speaker's process.")
PROPORTIONAL: Final = _gauge("proportional_memory_bytes", "Proportional share of its memory.")
CHILDREN: Final = _gauge("children_resident_memory_bytes", "Resident memory of its child processes.")
MUTED: Final = _gauge("microphone_muted", "1 if the microphone is switched off.")
DEGRADED: Final = _gauge("part_degraded", "1 for each part that is missing, with the code of its error.")
CONNECTED: Final = _gauge("broker_connected", "1 if there is a connection to the MQTT broker. Only with a broker.")
WAITING: Final = _gauge("telemetry_waiting_records", "Records that wait for the broker. Only with a broker.")
TURNS: Final = _counter("turns", "Turns by outcome.")
FIRST_AUDIO: Final = Family(
    "edge_voice_first_audio_seconds", "histogram", "From the end of speech to the first sound of the reply."
)
COUNTERS: Final[Mapping[CounterName, Family]] = {
    "commands": _counter("commands", "Commands from the broker."),
    "commands_refused": _counter("commands_refused", "Commands from the broker that were refused."),
    "dropped_frames": _counter("dropped_frames", "Frames of 32 ms from the microphone that were lost."),
    "mqtt_dropped": _counter("mqtt_dropped_messages", "Messages from the broker that came too fast."),
    "speculations": _counter("speculations", "Replies that were prepared in a pause."),
    "speculations_discarded": _counter("speculations_discarded", "Prepared replies that were thrown away."),
    "telemetry_dropped": _counter("telemetry_dropped_records", "Records that were lost because too many waited."),
    "telemetry_refused": _counter("telemetry_refused_records", "Records that the broker refused."),
    "underruns": _counter("underruns", "Gaps in what was said."),
    "wakes": _counter("wakes", "Wake words that were heard."),
    "wakes_left_to_others": _counter("wakes_left_to_others", "Wake words that another speaker answered."),
}
"""All counters but `turns`, which has its outcomes as labels."""

FAMILIES: Final[tuple[Family, ...]] = (
    INFO, UPTIME, CPU, LAG, RESIDENT, PROPORTIONAL, CHILDREN, MUTED, DEGRADED, CONNECTED, WAITING, TURNS, FIRST_AUDIO,
    *COUNTERS.values(),
)  # fmt: skip


def render(
    sample: Sample, *, device: str, muted: bool | None, degraded: Mapping[str, str], connected: bool | None
) -> str:
    """The file's text. `muted` None: not known yet. `connected` None: there is no broker."""
    values: dict[Family, list[tuple[str, float]]] = {
        INFO: [(_labels(device=device, version=__version__), 1)],
        UPTIME: [("", sample.uptime_s)],
        CPU: [("", sample.cpu_s)],
        LAG: [("", sample.loop_lag_s)],
        RESIDENT: [("", sample.rss_mb * 1e6)],
        PROPORTIONAL: [("", sample.pss_mb * 1e6)],
        CHILDREN: [("", sample.children_rss_mb * 1e6)],
        MUTED: [] if muted is None else [("", muted)],
        DEGRADED: [(_labels(part=part, code=code), 1) for part, code in sorted(degraded.items())],
        CONNECTED: [] if connected is None else [("", connected)],
        WAITING: [] if connected is None else [("", sample.waiting)],
        TURNS: [(_labels(outcome=outcome), count) for outcome, count in sample.outcomes.items()],
    }
    values |= {family: [("", sample.counters[name])] for name, family in COUNTERS.items()}
    lines: list[str] = []
    for family in FAMILIES:
        lines += [f"# HELP {family.name} {family.help}", f"# TYPE {family.name} {family.type}"]
        if family is FIRST_AUDIO:
            lines += _histogram(family.name, sample.first_audio)
        else:
            lines += [f"{family.name}{labels} {_number(value)}" for labels, value in values[family]]
    return "\n".join(lines) + "\n"


def _histogram(name: str, histogram: Histogram) -> Iterator[str]:
    cumulated = list(accumulate(histogram.counts))
    for bound, count in zip((*map(_number, FIRST_AUDIO_BUCKETS_S), "+Inf"), cumulated, strict=True):
        yield f"{name}_bucket{_labels(le=bound)} {count}"
    yield f"{name}_sum {_number(histogram.sum_s)}"
    yield f"{name}_count {cumulated[-1]}"


def _labels(**labels: str) -> str:
    pairs = (f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return "{" + ",".join(pairs) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(round(value, 6))


class TextFile:
    """Keeps a text file up to date off the event loop; the latest text wins. The collector may read it any time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next: str | None = None
        self._writing: asyncio.Task[None] | None = None
        self._failed = False

    def write(self, text: str) -> None:
        """Replace the file's content. Returns at once. A failure is logged once, until it works again."""
        self._next = text
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(), name="prometheus-file")

    async def aclose(self) -> None:
        """Remove the file: a speaker that does not run has no figures. Gives up after a second."""
        try:
            async with asyncio.timeout(_CLOSE_S):
                if self._writing is not None:
                    await asyncio.wait({self._writing})
                await asyncio.to_thread(self._path.unlink, missing_ok=True)
        except OSError as error:
            self._note_failure(error)

    async def _write(self) -> None:
        while self._next is not None:
            text, self._next = self._next, None
            try:
                await asyncio.to_thread(self._replace, text.encode())
            except OSError as error:
                self._note_failure(error)
            else:
                self._failed = False

    def _replace(self, content: bytes) -> None:
        if not self._path.parent.exists():
            self._path.parent.mkdir(parents=True)
            self._path.parent.chmod(0o755)  # whatever the umask is, the collector is another user
        atomic_write(self._path, content, mode=0o644, durable=False)

    def _note_failure(self, error: OSError) -> None:
        if not self._failed:
            self._failed = True
            hint = "choose a file in a folder that the speaker may write to, see docs/telemetry.md"
            log.warning("prometheus-file-unwritable", file=str(self._path), reason=error.strerror, hint=hint)
