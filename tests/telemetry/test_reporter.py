"""What is reported, when, and that nothing waits for the broker."""

import asyncio
import json
import typing
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from typing import Any

import aiomqtt

from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import DeviceSettings, Settings, TelemetrySettings
from edge.telemetry import SpeakerState, StateChanges, open_telemetry
from edge.telemetry.reporter import _REQUIRED, MAX_WAITING, MqttTelemetry
from tests.fakes.mqtt import FakeMqtt
from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.world import PREFIX, TURN, observing, reporting

STATE, TURNS, EVENTS, METRICS = (f"{PREFIX}/{topic}" for topic in ("state", "turn", "event", "metrics"))


@asynccontextmanager
async def virtual(**telemetry: Any) -> AsyncIterator[tuple[MqttTelemetry, FakeMqtt, VirtualClock]]:
    clock, mqtt = VirtualClock(), FakeMqtt()
    settings = Settings(device=DeviceSettings(id="kitchen"), telemetry=TelemetrySettings(**telemetry))
    async with MqttTelemetry(settings, mqtt, clock=clock) as reports:
        yield reports, mqtt, clock


def first_state(reports: MqttTelemetry) -> None:
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
async def test_without_a_broker_reports_are_kept_up_to_a_limit_and_the_newest_arrive() -> None:
    async with virtual() as (reports, mqtt, clock):
        mqtt.disconnect()
        for number in range(MAX_WAITING + 50):
            reports.event("wake", {"score": number})
        await clock.sleep(61)
        mqtt.connect()
        await clock.sleep(1)
        assert [json.loads(payload)["score"] for payload in mqtt.on(EVENTS)] == list(range(50, MAX_WAITING + 50))
        assert json.loads(mqtt.on(METRICS)[0])["counters"]["telemetry_dropped"] == 50


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


async def test_off_without_a_broker() -> None:
    async with open_telemetry(Settings(), None) as reports:
        reports.state(phase="idle")
        reports.turn(TURN)
        reports.event("wake", {})
        reports.count("wakes")
    assert len(asyncio.all_tasks()) == 1
