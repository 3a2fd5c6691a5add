"""What is reported, when, and that nothing waits for the broker."""

import asyncio
import json
import re
import typing
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiomqtt
import pytest

from edge.runtime.virtual_time import VirtualClock, instantly
from edge.runtime.worker import InlineWorker
from edge.settings import DeviceSettings, Settings, TelemetrySettings
from edge.telemetry import SpeakerState, StateChanges, open_telemetry
from edge.telemetry.messages import LATE_S
from edge.telemetry.outbox import BURST, RATE_PER_S
from edge.telemetry.reporter import _REQUIRED, Reporter
from edge.telemetry.tail import MAX_WAITING
from tests.fakes.mqtt import FakeMqtt
from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.world import PREFIX, TURN, observing, reporting

STATE, TURNS, EVENTS, METRICS = (f"{PREFIX}/{topic}" for topic in ("state", "turn", "event", "metrics"))


@asynccontextmanager
async def virtual(
    state: Path | None = None, *, broker: bool = True, **telemetry: Any
) -> AsyncIterator[tuple[Reporter, FakeMqtt, VirtualClock]]:
    """Reports on virtual time. `state` None: an empty folder."""
    clock, mqtt = VirtualClock(), FakeMqtt()
    settings = Settings(device=DeviceSettings(id="kitchen"), telemetry=TelemetrySettings(**telemetry))
    with TemporaryDirectory() as empty:
        async with Reporter(
            settings, mqtt if broker else None, state=state or Path(empty), clock=clock, open_worker=InlineWorker
        ) as reports:
            yield reports, mqtt, clock


def on_disk(folder: Path) -> bytes:
    """All that is in the files of the folder."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


def first_state(reports: Reporter) -> None:
    reports.state(muted=False, volume=60, wake_words=("alexa",), versions={"edge-voice": "1"}, degraded={})


def test_the_changes_are_the_fields_of_the_state() -> None:
    assert typing.get_type_hints(SpeakerState) == typing.get_type_hints(StateChanges)
    assert {field.name for field in fields(SpeakerState)} == {"phase", "wake_word", "escalate", *_REQUIRED}


@instantly
async def test_the_first_state_is_complete() -> None:
    async with virtual() as (reports, mqtt, clock):
        reports.state(phase="listening")
        reports.state(muted=True, volume=20, wake_words=(), versions={})
        await clock.sleep(60)
        assert mqtt.on(STATE) == []
        reports.state(degraded={"stt": "model-missing"})
        await clock.sleep(1)
        assert [json.loads(payload) for payload in mqtt.on(STATE)] == [
            {
                "name": "Edge Voice",
                "area": None,
                "phase": "listening",
                "muted": True,
                "volume": 20,
                "wake_words": [],
                "versions": {},
                "degraded": {"stt": "model-missing"},
                "wake_word": "all",
                "escalate": "never",
            }
        ]


@instantly
async def test_an_hour_of_the_same_is_published_once_and_each_change_once() -> None:
    async with virtual() as (reports, mqtt, clock):
        first_state(reports)
        for _ in range(1800):  # the daemon looks every two seconds
            reports.state(degraded={})
            await clock.sleep(2)
        assert len(mqtt.on(STATE)) == 1
        for _ in range(3):
            reports.state(phase="speaking")
            await clock.sleep(1)
        reports.state(phase="idle", volume=60)
        await clock.sleep(1)
        assert [json.loads(payload)["phase"] for payload in mqtt.on(STATE)] == ["idle", "speaking", "idle"]


@instantly
async def test_a_change_that_is_taken_back_before_it_was_sent_is_none() -> None:
    async with virtual() as (reports, mqtt, clock):
        first_state(reports)
        await clock.sleep(1)
        reports.state(phase="speaking")
        reports.state(phase="idle")
        await clock.sleep(1)
        assert len(mqtt.on(STATE)) == 1


@instantly
async def test_each_connection_gets_the_state_anew() -> None:
    async with virtual() as (reports, mqtt, clock):
        first_state(reports)
        await clock.sleep(1)
        mqtt.disconnect()
        reports.state(volume=30)
        reports.state(volume=60)
        await clock.sleep(60)
        mqtt.connect()
        await clock.sleep(1)
        assert [json.loads(payload)["volume"] for payload in mqtt.on(STATE)] == [60, 60]


@instantly
async def test_the_name_of_a_timer_is_sent_only_with_transcripts() -> None:
    for transcripts in (False, True):
        async with virtual(transcripts=transcripts) as (reports, mqtt, clock):
            reports.event("timer", {"name": "pregnancy test", "missed": False})
            reports.turn(TURN)
            await clock.sleep(1)
            sent = json.loads(mqtt.on(EVENTS)[0])
            assert sent["event"] == "timer"
            assert sent["missed"] is False
            assert sent.get("name") == ("pregnancy test" if transcripts else None)
            assert ("transcript" in json.loads(mqtt.on(TURNS)[0])) == transcripts


@instantly
async def test_what_happened_while_the_broker_was_away_arrives_in_order_and_is_marked_as_late() -> None:
    async with virtual() as (reports, mqtt, clock):
        mqtt.disconnect()
        for number in range(250):
            reports.event("wake", {"score": number})
            await clock.sleep(0)
        await clock.sleep(LATE_S + 1)
        reports.event("wake", {"score": 250})
        mqtt.connect()
        await clock.sleep(30)
        events = [json.loads(payload) for payload in mqtt.on(EVENTS)]
        assert [event["score"] for event in events] == list(range(251))
        assert all(event["late"] is True for event in events[:250])
        assert len({event["id"] for event in events}) == 251
        assert {event["at"] for event in events[:250]} == {"2026-03-02T08:00:00.000+00:00"}


@instantly
async def test_a_record_that_is_on_time_is_not_marked() -> None:
    async with virtual() as (reports, mqtt, clock):
        reports.event("wake", {})
        reports.turn(TURN)
        await clock.sleep(61)
        for topic in (EVENTS, TURNS, METRICS):
            assert [("late" in json.loads(payload)) for payload in mqtt.on(topic)] == [False], topic


@instantly
async def test_a_backlog_does_not_flood_the_broker() -> None:
    async with virtual() as (reports, mqtt, clock):
        mqtt.disconnect()
        for number in range(200):
            reports.event("wake", {"score": number})
        await clock.sleep(1)
        mqtt.connect()
        await clock.sleep(1)
        assert len(mqtt.on(EVENTS)) == pytest.approx(BURST + RATE_PER_S, abs=1)
        await clock.sleep(5)
        assert len(mqtt.on(EVENTS)) == pytest.approx(BURST + 6 * RATE_PER_S, abs=1)


@instantly
async def test_a_full_spool_drops_the_oldest_and_counts_them() -> None:
    async with virtual(spool_mb=1, transcripts=True) as (reports, mqtt, clock):
        mqtt.disconnect()
        for number in range(100):
            reports.event("timer", {"number": number, **{f"text {n}": "x" * 1000 for n in range(15)}})
            await clock.sleep(0.1)
        mqtt.connect()
        await clock.sleep(100)
        numbers = [json.loads(payload)["number"] for payload in mqtt.on(EVENTS)]
        assert numbers == list(range(100 - len(numbers), 100))
        assert 60 <= len(numbers) <= 66
        counters = json.loads(mqtt.on(METRICS)[-1])["counters"]
        assert counters["telemetry_dropped"] == 100 - len(numbers)


@instantly
async def test_what_waits_survives_the_process_and_is_sent_by_the_next_one(tmp_path: Path) -> None:
    async with virtual(tmp_path) as (reports, mqtt, clock):
        mqtt.disconnect()
        reports.turn(TURN)
        reports.event("wake", {"score": 1})
    async with virtual(tmp_path) as (reports, mqtt, clock):
        reports.event("wake", {"score": 2})
        await clock.sleep(1)
        (turn,), events = mqtt.on(TURNS), [json.loads(payload) for payload in mqtt.on(EVENTS)]
        assert json.loads(turn)["late"] is True
        assert [(event["score"], event.get("late", False)) for event in events] == [(1, True), (2, False)]
    async with virtual(tmp_path) as (reports, mqtt, clock):
        await clock.sleep(1)
        assert mqtt.published == []


@instantly
async def test_texts_on_the_disk_are_not_sent_after_the_owner_switched_them_off(tmp_path: Path) -> None:
    async with virtual(tmp_path, transcripts=True) as (reports, mqtt, clock):
        mqtt.disconnect()
        reports.turn(TURN)
        reports.event("timer", {"name": "pregnancy test", "missed": False})
    assert re.search(b"what time", on_disk(tmp_path))
    async with virtual(tmp_path) as (reports, mqtt, clock):
        await clock.sleep(1)
        assert {key: value for key, value in json.loads(mqtt.on(EVENTS)[0]).items() if key not in {"id", "at"}} == {
            "event": "timer",
            "missed": False,
            "late": True,
        }
        assert "transcript" not in json.loads(mqtt.on(TURNS)[0])
        assert not re.search(b"what time|pregnancy", on_disk(tmp_path))


@instantly
async def test_no_text_is_written_unless_the_owner_switched_it_on(tmp_path: Path) -> None:
    async with virtual(tmp_path) as (reports, mqtt, clock):
        mqtt.disconnect()
        reports.turn(TURN)
        reports.event("timer", {"name": "pregnancy test"})
        await clock.sleep(1)
        assert not re.search(b"what time|pregnancy", on_disk(tmp_path))


@instantly
async def test_a_broker_whose_quota_is_exceeded_gets_the_record_later() -> None:
    async with virtual() as (reports, mqtt, clock):
        mqtt.busy = True
        reports.turn(TURN)
        first_state(reports)
        await clock.sleep(100)
        assert mqtt.on(TURNS) == mqtt.on(STATE) == []
        mqtt.busy = False
        await clock.sleep(31)
        assert len(mqtt.on(TURNS)) == len(mqtt.on(STATE)) == 1
        assert json.loads(mqtt.on(METRICS)[0])["counters"]["telemetry_refused"] == 0


@instantly
async def test_records_expire_at_the_broker_and_the_state_does_not() -> None:
    async with virtual() as (reports, mqtt, clock):
        first_state(reports)
        reports.turn(TURN)
        await clock.sleep(61)
        expiries = dict(zip((topic for topic, _ in mqtt.published), mqtt.expiries, strict=True))
        assert expiries == {STATE: None, TURNS: 7 * 86_400, METRICS: 86_400}


@instantly
async def test_a_refused_report_is_counted_and_not_repeated() -> None:
    async with virtual() as (reports, mqtt, clock):
        mqtt.refused.add(TURNS)
        reports.turn(TURN)
        reports.turn(TURN)
        reports.event("wake", {})
        await clock.sleep(61)
        assert len(mqtt.on(EVENTS)) == 1
        assert json.loads(mqtt.on(METRICS)[0])["counters"]["telemetry_refused"] == 2


@instantly
async def test_messages_that_slow_handlers_lost_are_counted() -> None:
    async with virtual() as (_, mqtt, clock):
        mqtt.dropped = 7
        await clock.sleep(61)
        mqtt.dropped = 9
        await clock.sleep(60)
        assert [json.loads(payload)["counters"]["mqtt_dropped"] for payload in mqtt.on(METRICS)] == [7, 9]


@instantly
async def test_what_waits_is_sent_on_the_way_out() -> None:
    async with virtual() as (reports, mqtt, _):
        first_state(reports)
        reports.turn(TURN)
    assert len(mqtt.on(STATE)) == len(mqtt.on(TURNS)) == 1


@instantly
async def test_nothing_waits_on_the_way_out_when_there_is_no_broker() -> None:
    async with virtual() as (reports, mqtt, clock):
        mqtt.disconnect()
        reports.turn(TURN)
        began = clock.monotonic()
    assert clock.monotonic() == began


async def test_a_real_broker_gets_it_and_keeps_the_state(mosquitto: Mosquitto) -> None:
    async with observing(mosquitto) as seen:
        async with reporting(mosquitto.port, telemetry={"metrics_interval_s": 1}) as reports:
            first_state(reports)
            assert json.loads(await seen.next(STATE))["volume"] == 60
            reports.turn(TURN)
            turn = await seen.next(TURNS)
            assert b"what time" not in turn
            reports.event("wake", {"word": "alexa", "score": 0.93})
            assert json.loads(await seen.next(EVENTS))["word"] == "alexa"
            assert json.loads(await seen.next(METRICS))["rss_mb"] > 5
            reports.turn(TURN)  # just before the end: still delivered
        await seen.next(TURNS)
        await seen.until(f"{PREFIX}/status", b"offline")
    async with aiomqtt.Client("127.0.0.1", mosquitto.port) as late:
        await late.subscribe("#")
        await late.publish("end")
        kept = set()
        async for message in late.messages:
            if str(message.topic) == "end":
                break
            kept.add(str(message.topic))
    assert kept == {f"{PREFIX}/status", STATE}


async def test_a_broker_that_restarts_gets_what_happened_meanwhile(mosquitto: Mosquitto) -> None:
    async with reporting(mosquitto.port) as reports:
        first_state(reports)
        async with observing(mosquitto) as seen:
            await seen.next(STATE)
        mosquitto.stop()
        reports.state(phase="speaking")
        reports.turn(TURN)
        mosquitto.start()
        async with observing(mosquitto) as seen:
            assert json.loads(await seen.next(TURNS))["id"] == "t1"
        async with observing(mosquitto) as seen:  # retained anew, though the broker had forgotten everything
            assert json.loads(await seen.next(STATE))["phase"] == "speaking"


async def test_without_a_broker_nothing_is_written(tmp_path: Path) -> None:
    async with open_telemetry(Settings(), None, state=tmp_path) as reports:
        reports.state(phase="idle")
        reports.turn(TURN)
        reports.event("wake", {})
        reports.count("wakes")
    assert len(asyncio.all_tasks()) == 1
    assert on_disk(tmp_path) == b""


@instantly
async def test_programs_that_watch_get_each_record_as_it_is_published_also_without_a_broker() -> None:
    for broker in (True, False):
        async with virtual(broker=broker) as (reports, mqtt, clock):
            reports.event("wake", {"score": 0.1})
            tail = reports.tail()
            reports.event("wake", {"score": 0.2})
            reports.turn(TURN)
            await clock.sleep(61)
            tail.close()
            reports.turn(TURN)
            got = [await anext(tail) for _ in range(3)]
            assert [kind for kind, _ in got] == ["event", "turn", "metrics"]
            assert json.loads(got[0][1])["score"] == 0.2
            if broker:
                assert [got[0][1]] == mqtt.on(EVENTS)[1:]
                assert (got[1][1], got[2][1]) == (mqtt.on(TURNS)[0], mqtt.on(METRICS)[0])


@instantly
async def test_a_program_that_does_not_read_misses_the_oldest() -> None:
    async with virtual() as (reports, _, __):
        tail = reports.tail()
        for number in range(MAX_WAITING + 50):
            reports.event("wake", {"score": number})
        assert json.loads((await anext(tail))[1])["score"] == 50
        tail.close()
