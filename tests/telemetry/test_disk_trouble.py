"""A full, read-only, damaged or hanging disk costs the spool; records go on in memory, and nothing waits."""

import asyncio
import json
import os
import sqlite3
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from edge.runtime.virtual_time import VirtualClock, instantly
from edge.runtime.worker import InlineWorker, ThreadWorker, Worker
from edge.settings import DeviceSettings, Settings, TelemetrySettings
from edge.telemetry import backlog
from edge.telemetry.backlog import DISK_AGAIN_S, MAX_IN_MEMORY
from edge.telemetry.reporter import SPOOL, Reporter
from edge.telemetry.spool import Record, Spool
from tests.fakes.mqtt import FakeMqtt
from tests.fakes.worker import SlowWorker

EVENTS = "edge-voice/kitchen/event"
METRICS = "edge-voice/kitchen/metrics"


@asynccontextmanager
async def reporting(
    state: Path, worker: Worker | None = None, **telemetry: Any
) -> AsyncIterator[tuple[Reporter, FakeMqtt, VirtualClock]]:
    clock, mqtt = VirtualClock(), FakeMqtt()
    settings = Settings(device=DeviceSettings(id="kitchen"), telemetry=TelemetrySettings(**telemetry))
    async with Reporter(
        settings, mqtt, state=state, clock=clock, open_worker=lambda: worker or InlineWorker()
    ) as reports:
        yield reports, mqtt, clock


def scores(mqtt: FakeMqtt) -> list[int]:
    return [event["score"] for payload in mqtt.on(EVENTS) if "score" in (event := json.loads(payload))]


def troubles(mqtt: FakeMqtt) -> list[str]:
    return [event["code"] for payload in mqtt.on(EVENTS) if "code" in (event := json.loads(payload))]


def fail_with(monkeypatch: pytest.MonkeyPatch, message: str, *methods: str) -> None:
    """SQLite fails as it would on a disk in this state."""

    def fail(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError(message)

    for method in methods:
        monkeypatch.setattr(Spool, method, fail)


@instantly
async def test_a_folder_that_cannot_be_written_to_is_reported_once_and_records_arrive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    async with reporting(tmp_path / "state") as (reports, mqtt, clock):
        for score in range(10):
            reports.event("wake", {"score": score})
            await clock.sleep(100)
        assert scores(mqtt) == list(range(10))
        assert troubles(mqtt) == ["telemetry-in-memory"]
    assert capsys.readouterr().out.count("telemetry-in-memory") == 1


@instantly
async def test_in_memory_the_newest_records_are_kept_and_the_others_counted(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    async with reporting(tmp_path / "state", metrics_interval_s=1000) as (reports, mqtt, clock):
        mqtt.disconnect()
        for score in range(MAX_IN_MEMORY + 50):
            reports.event("wake", {"score": score})
            await clock.sleep(0.01)
        mqtt.connect()
        await clock.sleep(1001)
        assert scores(mqtt) == list(range(50, MAX_IN_MEMORY + 50))
        assert json.loads(mqtt.on(METRICS)[0])["counters"]["telemetry_dropped"] >= 50


@instantly
async def test_a_disk_that_fills_up_and_is_freed_again(tmp_path: Path) -> None:
    async with reporting(tmp_path) as (reports, mqtt, clock):
        mqtt.disconnect()
        reports.event("wake", {"score": 0})
        await clock.sleep(1)
        with pytest.MonkeyPatch.context() as patch:
            fail_with(patch, "database or disk is full", "put", "remove")
            reports.event("wake", {"score": 1})
            await clock.sleep(1)
            mqtt.connect()
            await clock.sleep(5)
            assert scores(mqtt) == [1]  # the other one lies on the disk
            reports.event("wake", {"score": 2})
            await clock.sleep(5)
            assert scores(mqtt) == [1, 2]
        await clock.sleep(DISK_AGAIN_S)
        reports.event("wake", {"score": 3})
        await clock.sleep(5)
        assert scores(mqtt) == [1, 2, 0, 3]
        assert troubles(mqtt) == ["telemetry-in-memory"]


@instantly
async def test_a_record_whose_removal_failed_is_not_sent_again(tmp_path: Path) -> None:
    async with reporting(tmp_path) as (reports, mqtt, clock):
        with pytest.MonkeyPatch.context() as patch:
            fail_with(patch, "disk I/O error", "remove")
            reports.event("wake", {"score": 0})
            await clock.sleep(5)
        await clock.sleep(DISK_AGAIN_S)
        reports.event("wake", {"score": 1})
        await clock.sleep(5)
        assert scores(mqtt) == [0, 1]


@instantly
async def test_a_damaged_file_is_reported_once_and_replaced(tmp_path: Path) -> None:
    (tmp_path / SPOOL).write_bytes(b"not a database at all" * 1000)
    async with reporting(tmp_path) as (reports, mqtt, clock):
        reports.event("wake", {"score": 0})
        await clock.sleep(1)
        assert scores(mqtt) == [0]
        assert troubles(mqtt) == ["telemetry-spool-damaged"]
        assert (tmp_path / f"{SPOOL}.damaged").exists()


@instantly
async def test_a_file_that_is_damaged_while_it_is_used_costs_nothing_that_is_reported_later(tmp_path: Path) -> None:
    async with reporting(tmp_path) as (reports, mqtt, clock):
        reports.event("wake", {"score": 0})
        await clock.sleep(1)
        with pytest.MonkeyPatch.context() as patch:
            fail_with(patch, "database disk image is malformed", "put", "oldest", "remove")
            reports.event("wake", {"score": 1})
            await clock.sleep(1)
        reports.event("wake", {"score": 2})
        await clock.sleep(DISK_AGAIN_S + 1)
        reports.event("wake", {"score": 3})
        await clock.sleep(1)
        assert scores(mqtt) == [0, 1, 2, 3]


@instantly
async def test_an_error_that_was_not_foreseen_costs_the_disk_only_and_is_not_quoted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: object) -> None:
        raise LookupError("call my doctor")

    async with reporting(tmp_path) as (reports, mqtt, clock):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Spool, "put", crash)
            reports.event("wake", {"score": 0})
            await clock.sleep(1)
        await clock.sleep(DISK_AGAIN_S)
        reports.event("wake", {"score": 1})
        await clock.sleep(1)
        assert scores(mqtt) == [0, 1]
        assert "doctor" not in b"".join(mqtt.on(EVENTS)).decode()
    assert "LookupError" in capsys.readouterr().out


@instantly
async def test_a_slow_disk_delays_no_report(tmp_path: Path) -> None:
    async with reporting(tmp_path, SlowWorker(VirtualClock(), 0.9)) as (reports, mqtt, clock):
        before = clock.monotonic()
        for score in range(20):
            reports.event("wake", {"score": score})
        assert clock.monotonic() == before
        await clock.sleep(200)
        assert scores(mqtt) == list(range(20))


async def test_a_disk_that_hangs_is_given_up_and_the_records_go_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backlog, "DISK_S", 0.05)
    release, mqtt = threading.Event(), FakeMqtt()
    original, original_init = Spool.put, Spool.__init__
    opened: list[Spool] = []

    def hang(spool: Spool, records: list[Record]) -> int:
        release.wait(30)
        return original(spool, records)

    def remember(spool: Spool, path: Path, *, limit_bytes: int, transcripts: bool) -> None:
        opened.append(spool)
        original_init(spool, path, limit_bytes=limit_bytes, transcripts=transcripts)

    settings = Settings(device=DeviceSettings(id="kitchen"))
    workers: list[ThreadWorker] = []

    def open_worker() -> ThreadWorker:
        workers.append(ThreadWorker("telemetry"))
        return workers[-1]

    monkeypatch.setattr(Spool, "__init__", remember)
    monkeypatch.setattr(Spool, "put", hang)
    async with Reporter(settings, mqtt, state=tmp_path, open_worker=open_worker) as reports:
        reports.event("wake", {"score": 1})
        async with asyncio.timeout(20):
            while troubles(mqtt) != ["telemetry-in-memory"] or scores(mqtt) != [1]:  # noqa: ASYNC110 - from outside
                await asyncio.sleep(0.01)
    release.set()
    for worker in workers:
        await asyncio.to_thread(worker._thread.join, 10)
    for spool in opened:  # left to the call that hangs
        spool.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 300 kB."""
    folder = tmp_path / "state"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("needs the right to mount a tmpfs")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def remount(folder: Path, mode: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{mode}", str(folder)], check=True)


async def arrive(mqtt: FakeMqtt, count: int) -> None:
    async with asyncio.timeout(20):
        while len(scores(mqtt)) < count:  # noqa: ASYNC110 - watched from outside
            await asyncio.sleep(0.01)


@pytest.mark.slow
async def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    mqtt, settings = FakeMqtt(), Settings(device=DeviceSettings(id="kitchen"))
    async with Reporter(settings, mqtt, state=small_disk, rate_per_s=1e6) as reports:
        reports.event("wake", {"score": 0})
        await arrive(mqtt, 1)
        mqtt.disconnect()
        with pytest.raises(OSError, match="No space"):
            (small_disk / "other").write_bytes(b"x" * 300_000)
        for score in range(1, 100):
            reports.event("wake", {"score": score})
            await asyncio.sleep(0.001)
        mqtt.connect()
        await arrive(mqtt, 100)
    assert sorted(scores(mqtt)) == list(range(100))
    assert troubles(mqtt) == ["telemetry-in-memory"]


@pytest.mark.slow
async def test_a_disk_that_is_really_read_only(small_disk: Path) -> None:
    settings = Settings(device=DeviceSettings(id="kitchen"))
    mqtt = FakeMqtt()
    mqtt.disconnect()
    async with Reporter(settings, mqtt, state=small_disk) as reports:
        reports.event("wake", {"score": 0})
    remount(small_disk, "ro")
    mqtt = FakeMqtt()
    async with Reporter(settings, mqtt, state=small_disk) as reports:
        reports.event("wake", {"score": 1})
        await arrive(mqtt, 1)
    assert (scores(mqtt), troubles(mqtt)) == ([1], ["telemetry-in-memory"])
    remount(small_disk, "rw")
    mqtt = FakeMqtt()
    async with Reporter(settings, mqtt, state=small_disk):
        await arrive(mqtt, 1)
    assert (scores(mqtt), troubles(mqtt)) == ([0], [])
