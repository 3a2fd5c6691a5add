"""The text file of metrics: its format, its names, and that a reader never sees half of it."""

import asyncio
import re
import stat
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from edge.runtime.clock import SystemClock
from edge.settings import Settings, TelemetrySettings
from edge.telemetry.metrics import CounterName, Metrics, Sample
from edge.telemetry.prometheus import COUNTERS, FAMILIES, TextFile, render
from edge.telemetry.reporter import Reporter
from tests.mqtt.world import TURN

SAMPLE = re.compile(r'(?P<name>[a-z_]+)(?P<labels>\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*\})? (?P<value>[0-9.e+-]+)')


def sample() -> Sample:
    metrics = Metrics(SystemClock())
    for first_audio_ms in (100.0, 600.0, 9000.0):
        metrics.turn(replace(TURN, first_audio_ms=first_audio_ms))
    metrics.turn(replace(TURN, outcome="failed", first_audio_ms=None))
    metrics.count("wakes", 5)
    return metrics.sample(waiting=7)


def text(**changes: object) -> str:
    facts: dict[str, object] = {"device": "kitchen", "muted": False, "degraded": {}, "connected": True} | changes
    return render(sample(), **facts)  # type: ignore[arg-type]


def values(rendered: str) -> dict[str, float]:
    """Every line but the comments, by name and labels."""
    found = {}
    for line in rendered.splitlines():
        if not line.startswith("#"):
            match = SAMPLE.fullmatch(line)
            assert match, line
            found[match["name"] + (match["labels"] or "")] = float(match["value"])
    return found


def test_the_figures_are_there_in_base_units() -> None:
    found = values(text(degraded={"stt": "model-missing"}, muted=True))
    assert found['edge_voice_turns_total{outcome="answered"}'] == 3
    assert found['edge_voice_turns_total{outcome="failed"}'] == 1
    assert found["edge_voice_wakes_total"] == 5
    assert found["edge_voice_telemetry_waiting_records"] == 7
    assert found["edge_voice_microphone_muted"] == 1
    assert found["edge_voice_broker_connected"] == 1
    assert found['edge_voice_part_degraded{part="stt",code="model-missing"}'] == 1
    assert found["edge_voice_resident_memory_bytes"] > 5_000_000
    assert found['edge_voice_first_audio_seconds_bucket{le="0.25"}'] == 1
    assert found['edge_voice_first_audio_seconds_bucket{le="0.75"}'] == 2
    assert found['edge_voice_first_audio_seconds_bucket{le="5"}'] == 2
    assert found['edge_voice_first_audio_seconds_bucket{le="+Inf"}'] == 3
    assert found["edge_voice_first_audio_seconds_count"] == 3
    assert found["edge_voice_first_audio_seconds_sum"] == pytest.approx(9.7)


def test_without_a_broker_nothing_is_said_of_it() -> None:
    found = values(text(connected=None))
    assert "edge_voice_broker_connected" not in found
    assert "edge_voice_telemetry_waiting_records" not in found


def test_names_follow_the_conventions() -> None:
    assert set(COUNTERS) == set(get_args(CounterName)) - {"turns"}
    for family in FAMILIES:
        assert re.fullmatch(r"edge_voice(_[a-z]+)+", family.name)
        assert (family.type == "counter") == family.name.endswith("_total")
        assert not re.search(r"_(ms|mb|percent|milliseconds)(_|$)", family.name)
        assert family.help.endswith(".")
        assert not set(family.help) & set("\\\n")
    assert max(Counter(family.name for family in FAMILIES).values()) == 1


def test_each_family_is_announced_once_before_its_values() -> None:
    announced: list[str] = []
    for line in text(degraded={"stt": "a", "tts": "b"}).splitlines():
        if line.startswith("# TYPE "):
            announced.append(line.split()[2])
        elif not line.startswith("#"):
            assert re.split(r"[{ ]", line)[0].startswith(announced[-1])
    assert announced == [family.name for family in FAMILIES]


@given(part=st.text(), code=st.text(), device=st.text())
def test_labels_of_any_text_are_one_line(part: str, code: str, device: str) -> None:
    rendered = text(device=device, degraded={part: code})
    lines = rendered.split("\n")
    assert len(lines) == len(text(degraded={"a": "b"}).split("\n"))
    assert all(line == "" or line.startswith("#") or SAMPLE.fullmatch(line) for line in lines)


async def test_the_file_is_replaced_as_a_whole_and_readable_for_the_collector(tmp_path: Path) -> None:
    path = tmp_path / "metrics" / "edge_voice.prom"
    file = TextFile(path)
    for number in range(50):
        file.write(f"number {number}\n" * 1000)
        await asyncio.sleep(0.001)
        if path.exists():
            assert len(set(path.read_text().splitlines())) == 1
    await becomes_last(path, "number 49\n" * 1000)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o755
    await file.aclose()
    assert names(path.parent) == []


def on_disk(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


async def becomes_last(path: Path, content: str) -> None:
    async with asyncio.timeout(10):
        while on_disk(path) != content:  # noqa: ASYNC110 - watched from outside
            await asyncio.sleep(0.01)


async def test_a_file_that_cannot_be_written_is_reported_once_and_harms_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "metrics").write_text("a file where the folder should be")
    file = TextFile(tmp_path / "metrics" / "edge_voice.prom")
    for _ in range(3):
        file.write("number 1\n")
        await asyncio.sleep(0.05)
    await file.aclose()
    assert capsys.readouterr().out.count("prometheus-file-unwritable") == 1


async def test_the_speaker_keeps_the_file_also_without_a_broker_and_removes_it_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "edge_voice.prom"
    settings = Settings(telemetry=TelemetrySettings(prometheus_file=path, metrics_interval_s=1))
    async with Reporter(settings, None, state=tmp_path) as reports:
        async with asyncio.timeout(10):
            while not path.exists():  # noqa: ASYNC110 - watched from outside
                await asyncio.sleep(0.01)
            reports.turn(TURN)
            while values(path.read_text())['edge_voice_turns_total{outcome="answered"}'] != 1:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    assert names(tmp_path) == []


@pytest.mark.parametrize("path", ["metrics.prom", "/run/metrics.txt", "/run/metrics"])
def test_a_file_that_the_collector_would_not_read_is_refused(path: str) -> None:
    with pytest.raises(ValidationError, match=r"\.prom"):
        TelemetrySettings(prometheus_file=Path(path))
