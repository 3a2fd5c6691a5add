"""Commands from the broker are checked byte for byte."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.control import (
    Announce,
    Answer,
    Ask,
    CancelAlarm,
    CancelTimer,
    Command,
    Done,
    Listen,
    Mute,
    Reload,
    Reply,
    Restart,
    Say,
    SetAlarm,
    SetEscalation,
    SetTimer,
    SetVolume,
    SetWakeWord,
    Stop,
    Timers,
    checks,
    refusals,
    requests,
)
from edge.control import mqtt as commands
from edge.control.mqtt import BrokerCommands
from edge.errors import ControlError
from edge.runtime.clock import SystemClock
from edge.runtime.virtual_time import VirtualClock, instantly
from tests.control.turns import TURN
from tests.fakes.mqtt import FakeMqtt
from tests.fakes.speaker import FakeTelemetry
from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.world import PREFIX, becomes, connection, observing


@pytest.mark.parametrize(
    ("name", "payload", "command"),
    [
        ("stop", b"", Stop()),
        ("stop", b"PRESS", Stop()),
        ("volume", b"0", SetVolume(0)),
        ("volume", b"100", SetVolume(100)),
        ("mute", b"ON", Mute(True)),
        ("mute", b"OFF", Mute(False)),
        ("say", b"  Dinner is ready.\n", Say("Dinner is ready.")),
        ("say", "Grüß Gott".encode(), Say("Grüß Gott")),
        ("say", b'{"text": "x"}', Say('{"text": "x"}')),
        ("announce", b"Dinner is ready.", Announce("Dinner is ready.")),
        (
            "announce",
            b'{"text": " Fire! ", "priority": "urgent", "language": "en", "earcon": false}',
            Announce("Fire!", "urgent", "en", earcon=False),
        ),
        ("ask", b"what time is it", Ask("what time is it")),
        ("ask", b'{"text": "what time is it", "speak": true, "id": "q7"}', Ask("what time is it", speak=True, id="q7")),
        ("listen", b"", Listen()),
        ("listen", b"PRESS", Listen()),
        ("reload", b"", Reload()),
        ("restart", b"PRESS", Restart()),
        ("timers", b"", Timers()),
        ("timer-set", b"600", SetTimer(600)),
        ("timer-set", b'{"seconds": 600, "name": " pasta "}', SetTimer(600, "pasta")),
        ("timer-cancel", b"3", CancelTimer(3)),
        ("timer-cancel", b"ALL", CancelTimer()),
        ("alarm-set", b"07:30", SetAlarm("07:30")),
        ("alarm-set", b'{"at": "07:30", "days": [0, 4], "name": "gym"}', SetAlarm("07:30", (0, 4), "gym")),
        ("alarm-set", b"2026-11-28T07:30", SetAlarm("2026-11-28T07:30")),
        ("alarm-cancel", b"12", CancelAlarm(12)),
        ("alarm-cancel", b"ALL", CancelAlarm()),
        ("wake-word", b"all", SetWakeWord("all")),
        ("escalate", b"never", SetEscalation("never")),
    ],
)
def test_a_command_is_understood(name: str, payload: bytes, command: Command) -> None:
    assert commands.parse(name, payload) == command


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("stop", b"now"),
        ("volume", b""),
        ("volume", b"101"),
        ("volume", b"-1"),
        ("volume", b"5.0"),
        ("volume", b" 5"),
        ("volume", "\N{ARABIC-INDIC DIGIT FIVE}".encode()),
        ("volume", b"5\n"),
        ("mute", b"on"),
        ("mute", b"1"),
        ("say", b""),
        ("say", b" \n "),
        ("say", b"\xff"),
        ("say", b"bell \x07"),
        ("say", b"x" * 501),
        ("say", b"x" * 3000),
        ("stop", b"x" * 3000),
        ("announce", b""),
        ("announce", b'{"text": ""}'),
        ("announce", b'{"text": "x", "priority": "highest"}'),
        ("announce", b'{"text": "x", "earcon": 1}'),
        ("announce", b'{"text": "x", "volume": 100}'),
        ("announce", b'{"text": 5}'),
        ("announce", b'{"priority": "urgent"}'),
        ("announce", b'{"text": "x"'),
        ("announce", b'{"a":' * 2000),
        ("ask", b'{"text": "x", "id": "' + b"i" * 65 + b'"}'),
        ("ask", b"x" * 2001),
        ("listen", b"now"),
        ("reload", b"{}"),
        ("restart", b"yes"),
        ("timer-set", b""),
        ("timer-set", b"0"),
        ("timer-set", b"604801"),
        ("timer-set", b"ten minutes"),
        ("timer-set", b'{"seconds": 1.5}'),
        ("timer-set", b'{"seconds": true}'),
        ("timer-set", b'{"seconds": 5, "name": "a\\u0007b"}'),
        ("timer-cancel", b""),
        ("timer-cancel", b"all"),
        ("timer-cancel", b"-1"),
        ("alarm-set", b"half past seven"),
        ("alarm-set", b"25:00"),
        ("alarm-set", b"07:30+01:00"),
        ("alarm-set", b'{"at": "07:30", "days": [7]}'),
        ("alarm-set", b'{"at": "07:30", "days": "monday"}'),
        ("alarm-set", b'{"at": "07:30", "days": [0, 0, 0, 0, 0, 0, 0, 0]}'),
        ("alarm-cancel", b"next"),
        ("escalate", b"sometimes"),
        ("status", b""),
        ("shutdown", b""),
        ("", b""),
    ],
)
def test_anything_else_is_refused(name: str, payload: bytes) -> None:
    with pytest.raises(ControlError) as caught:
        commands.parse(name, payload)
    assert caught.value.code in {"command-invalid", "command-unknown"}


def test_a_retained_command_is_refused() -> None:
    with pytest.raises(ControlError, match="retained"):
        commands.parse("stop", b"", retained=True)


def outcome(name: str, payload: bytes) -> Command | ControlError:
    try:
        return commands.parse(name, payload)
    except ControlError as error:
        return error


@given(name=st.sampled_from([*commands.NAMES, "other"]) | st.text(), payload=st.binary(max_size=3000))
def test_any_bytes_are_a_command_or_an_error(name: str, payload: bytes) -> None:
    result = outcome(name, payload)
    assert isinstance(result, (ControlError, *requests.COMMANDS.values()))
    assert name in commands.NAMES or isinstance(result, ControlError)


@given(text=st.text(alphabet="xyz", min_size=12, max_size=40))
@pytest.mark.parametrize("name", [*commands.NAMES, "other"])
def test_an_error_does_not_repeat_the_payload(name: str, text: str) -> None:
    with pytest.raises(ControlError) as caught:
        commands.parse(name, text.encode() + b"\x07")
    assert text not in str(caught.value)


@given(text=st.text(min_size=1, max_size=checks.MAX_SAY_CHARS))
def test_what_is_said_is_never_empty_long_or_with_control_characters(text: str) -> None:
    result = outcome("say", text.encode("utf-8", "surrogatepass"))
    if isinstance(result, Say):
        assert 1 <= len(result.text) <= checks.MAX_SAY_CHARS
        assert "\x1b" not in result.text


class Refusing:
    """Remembers commands, and refuses "say"."""

    def __init__(self) -> None:
        self.got: list[Command] = []

    async def __call__(self, command: Command) -> Reply:
        self.got.append(command)
        if isinstance(command, Say):
            raise ControlError("say-queue-full", "10 texts are already queued")
        return Done()


@instantly
async def test_commands_reach_the_executor_and_a_flood_of_refused_ones_is_summarised() -> None:
    clock, mqtt, telemetry, execute = VirtualClock(), FakeMqtt(), FakeTelemetry(), Refusing()
    taking = BrokerCommands(mqtt, "kitchen", execute, telemetry, clock)
    await mqtt.receive("edge-voice/kitchen/command/volume", b"35")
    await mqtt.receive("edge-voice/bedroom/command/volume", b"35")
    assert execute.got == [SetVolume(35)]
    for _ in range(40):
        await mqtt.receive("edge-voice/kitchen/command/volume", b"loud")
        await mqtt.receive("edge-voice/kitchen/command/say", b"Hello.")
        await clock.sleep(0.1)
    assert telemetry.counters == {"commands": 81, "commands_refused": 80}
    assert [(it["code"], it["more"]) for it in telemetry.fields] == [
        ("command-invalid", 0),
        ("say-queue-full", 0),
        ("command-invalid", 0),
        ("say-queue-full", 0),
        ("command-invalid", 0),
    ]
    await clock.sleep(refusals.WINDOW_S)
    summary = [(it["code"], it["more"]) for it in telemetry.fields[refusals.MAX_EVENTS :]]
    assert summary == [("say-queue-full", 38), ("command-invalid", 37)]
    await clock.sleep(refusals.WINDOW_S)
    assert telemetry.events == ["error"] * 7
    await mqtt.receive("edge-voice/kitchen/command/volume", b"loud")
    assert telemetry.events == ["error"] * 8, "the first refusal after a flood has an event of its own"
    assert "loud" not in str(telemetry.fields)
    await taking.aclose()
    await mqtt.receive("edge-voice/kitchen/command/stop")
    assert Stop() not in execute.got


@instantly
async def test_of_a_flood_of_commands_only_stop_is_carried_out() -> None:
    clock, mqtt, telemetry, execute = VirtualClock(), FakeMqtt(), FakeTelemetry(), Refusing()
    taking = BrokerCommands(mqtt, "kitchen", execute, telemetry, clock)
    for _ in range(1000):
        await mqtt.receive("edge-voice/kitchen/command/volume", b"50")
    await mqtt.receive("edge-voice/kitchen/command/stop")
    assert execute.got == [SetVolume(50)] * commands.MAX_COMMANDS + [Stop()]
    assert {it["code"] for it in telemetry.fields} == {"commands-too-many"}
    await taking.aclose()
    assert len(telemetry.events) == refusals.MAX_EVENTS + 1, "closing reports what was only counted"
    assert telemetry.fields[-1]["more"] == 1000 - commands.MAX_COMMANDS - refusals.MAX_EVENTS


class Answering:
    """Answers questions after ten seconds."""

    def __init__(self, clock: VirtualClock) -> None:
        self.got: list[Command] = []
        self._clock = clock

    async def __call__(self, command: Command) -> Reply:
        self.got.append(command)
        if isinstance(command, Ask):
            await self._clock.sleep(10)
            if command.text == "crash":
                raise ValueError
            return Answer(TURN)
        return Done()


@instantly
async def test_the_answer_to_a_question_comes_back_as_an_event_and_stop_does_not_wait_for_it() -> None:
    clock, mqtt, telemetry = VirtualClock(), FakeMqtt(), FakeTelemetry()
    execute = Answering(clock)
    taking = BrokerCommands(mqtt, "kitchen", execute, telemetry, clock)
    await mqtt.receive("edge-voice/kitchen/command/ask", b'{"text": "what time is it", "id": "q7"}')
    await clock.sleep(1)
    await mqtt.receive("edge-voice/kitchen/command/stop")
    assert execute.got == [Ask("what time is it", id="q7"), Stop()]
    assert mqtt.on("edge-voice/kitchen/event") == []
    await clock.sleep(10)
    [event] = [json.loads(payload) for payload in mqtt.on("edge-voice/kitchen/event")]
    assert event.pop("at")
    assert event == {
        "event": "answer",
        "id": "q7",
        "turn": "t1",
        "outcome": "answered",
        "answerer": "home",
        "intent": "HassGetCurrentTime",
        "reply": "It is ten.",
        "code": None,
    }
    assert telemetry.events == [], "the text is not among the reports, which may be kept on disk"
    await taking.aclose()


@instantly
async def test_questions_are_bounded_and_a_crash_costs_one() -> None:
    clock, mqtt, telemetry = VirtualClock(), FakeMqtt(), FakeTelemetry()
    taking = BrokerCommands(mqtt, "kitchen", Answering(clock), telemetry, clock)
    for _ in range(commands.MAX_QUESTIONS + 1):
        await mqtt.receive("edge-voice/kitchen/command/ask", b"crash")
    assert [it["code"] for it in telemetry.fields] == ["commands-busy"]
    await clock.sleep(11)
    assert [it["code"] for it in telemetry.fields[1:]] == ["command-crashed"] * commands.MAX_QUESTIONS
    await mqtt.receive("edge-voice/kitchen/command/ask", b"what time is it")
    await clock.sleep(11)
    answers = [json.loads(payload) for payload in mqtt.on("edge-voice/kitchen/event")]
    failed = ("failed", "command-crashed", "")
    told = [(it["outcome"], it["code"], it["reply"]) for it in answers]
    assert told == [*[failed] * commands.MAX_QUESTIONS, ("answered", None, "It is ten.")]
    await mqtt.receive("edge-voice/kitchen/command/ask", b"what time is it")
    await taking.aclose()
    await clock.sleep(11)
    assert len(mqtt.on("edge-voice/kitchen/event")) == len(answers), "an answer is not sent after the end"


async def test_a_retained_command_of_a_real_broker_is_not_carried_out(mosquitto: Mosquitto) -> None:
    telemetry, execute = FakeTelemetry(), Refusing()
    async with observing(mosquitto) as other, connection(mosquitto.port) as mqtt:
        await other.publish(f"{PREFIX}/command/mute", b"OFF", retain=True)
        taking = BrokerCommands(mqtt, "kitchen", execute, telemetry, SystemClock())
        await becomes(lambda: telemetry.events == ["error"])
        await other.publish(f"{PREFIX}/command/mute", b"ON")
        await becomes(lambda: execute.got == [Mute(True)])
        await taking.aclose()
