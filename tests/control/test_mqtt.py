"""Commands from the broker are checked byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.control import Command, Done, Mute, Reply, Say, SetVolume, Stop, checks
from edge.control import mqtt as commands
from edge.control.mqtt import BrokerCommands
from edge.errors import ControlError
from edge.runtime.clock import SystemClock
from edge.runtime.virtual_time import VirtualClock, instantly
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
    assert isinstance(result, ControlError | Stop | SetVolume | Mute | Say)
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
async def test_commands_reach_the_executor_and_a_flood_of_refused_ones_is_reported_in_part() -> None:
    clock, mqtt, telemetry, execute = VirtualClock(), FakeMqtt(), FakeTelemetry(), Refusing()
    taking = BrokerCommands(mqtt, "kitchen", execute, telemetry, clock)
    await mqtt.receive("edge-voice/kitchen/command/volume", b"35")
    await mqtt.receive("edge-voice/bedroom/command/volume", b"35")
    assert execute.got == [SetVolume(35)]
    for _ in range(1000):
        await mqtt.receive("edge-voice/kitchen/command/volume", b"loud")
        await mqtt.receive("edge-voice/kitchen/command/say", b"Hello.")
        await clock.sleep(0.01)
    assert telemetry.counters == {"commands": 2001, "commands_refused": 2000}
    await clock.sleep(commands.REPORT_S)
    await mqtt.receive("edge-voice/kitchen/command/volume", b"loud")
    assert telemetry.events == ["error"] * 3
    assert [(it["code"], it["more"]) for it in telemetry.fields] == [
        ("command-invalid", 0),
        ("say-queue-full", 0),
        ("command-invalid", 999),
    ]
    assert "loud" not in str(telemetry.fields)
    await taking.aclose()
    await mqtt.receive("edge-voice/kitchen/command/stop")
    assert Stop() not in execute.got


async def test_a_retained_command_of_a_real_broker_is_not_carried_out(mosquitto: Mosquitto) -> None:
    telemetry, execute = FakeTelemetry(), Refusing()
    async with connection(mosquitto.port) as mqtt, observing(mosquitto) as other:
        await other.publish(f"{PREFIX}/command/mute", b"OFF", retain=True)
        taking = BrokerCommands(mqtt, "kitchen", execute, telemetry, SystemClock())
        await becomes(lambda: telemetry.events == ["error"])
        await other.publish(f"{PREFIX}/command/mute", b"ON")
        await becomes(lambda: execute.got == [Mute(True)])
        await taking.aclose()
