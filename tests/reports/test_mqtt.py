"""What was reported about other speakers, bridges and clients at a broker."""

import asyncio
import os
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from edge.control import SetVolume
from edge.control.mqtt import parse
from edge.errors import ControlError, SettingsError
from edge.runtime.config_file import load_settings
from edge.store import ModelStore
from tests.mqtt.fixtures import mosquitto  # noqa: F401 - a fixture
from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.world import PREFIX, becomes, connection, observing
from tests.reports.elsewhere import ROOT, missing

TESTED_ELSEWHERE = {
    "chrisuthe/Multi-SendSpin-Player-Container#239, empicano/aiomqtt#253, arendst/Tasmota#2253: two clients, one id": [
        "tests/mqtt/test_connection.py::test_two_speakers_with_one_id_are_told_so_once",
        "tests/mqtt/test_connection.py::test_an_error_of_the_library_is_no_answer_of_the_broker",
        "tests/mqtt/test_connection.py::test_a_message_that_comes_too_late_is_not_blamed_on_the_password",
        "tests/mqtt/test_versions.py::test_a_broker_that_restarts_is_not_taken_for_a_second_speaker",
    ],
    "cdnninja/yoto_ha#38: a tool with the id of the device throws it out": [
        "tests/mqtt/test_connection.py::test_a_tool_beside_a_speaker_has_an_id_of_its_own",
        "tests/control/test_whole_speaker.py::test_typed_turns_beside_a_running_speaker_disturb_it_in_nothing",
        "tests/mqtt/test_probe.py::test_a_good_broker_is_good_and_a_running_speaker_is_not_disturbed",
    ],
    "eclipse-paho/paho.mqtt.python#375, mqtt-tools/mqttwarn#29, flyte/mqtt-io#333: subscriptions are lost": [
        "tests/mqtt/test_connection.py::test_a_broker_that_restarts_is_found_again_and_subscriptions_with_it",
    ],
    "Caligone/openqiara#33, rspaargaren/iohomecontrol#28: a retained command is carried out at each connection": [
        "tests/control/test_mqtt.py::test_a_retained_command_of_a_real_broker_is_not_carried_out",
        "tests/control/test_mqtt.py::test_a_retained_command_is_refused",
    ],
    "node-red/node-red#1289, #2462, Koenkk/zigbee2mqtt#1707: addresses and URLs as the broker's host": [
        "tests/runtime/test_config_file.py::test_a_broker_that_is_no_host_is_named_with_what_to_write",
        "tests/runtime/test_config_file.py::test_names_and_addresses_of_brokers_are_good",
    ],
    "andrewjfreyer/monitor#127, AnotherDaniel/smahub#52: passwords with a line break, blanks, wrong ones": [
        "tests/runtime/test_secrets.py::test_a_secret_is_read_without_its_newline_and_shows_as_stars",
        "tests/runtime/test_secrets.py::test_what_is_no_secret_is_refused_and_not_shown",
        "tests/mqtt/test_probe.py::test_a_wrong_login_is_named",
        "tests/cli/test_check.py::test_a_password_file_that_would_be_refused_is_a_mistake",
    ],
    "Hypfer/Valetudo#609, jascdk/Nilan_Homeassistant#11, technyon/nuki_hub#51: an unchanged state, again and again": [
        "tests/telemetry/test_reporter.py::test_an_hour_of_the_same_is_published_once_and_each_change_once",
    ],
    "a volume that was changed by voice is not in the state": [
        "tests/control/test_whole_speaker.py::test_the_first_state_is_complete_and_a_volume_set_by_voice_is_reported",
    ],
}

SOUND_OFF = (  # the same, for a sound that was switched off by voice
    "tests/control/test_whole_speaker.py"
    "::test_a_sound_that_is_switched_off_by_voice_is_reported_at_once_and_nothing_twice"
)


def test_the_reports_that_are_tested_elsewhere_are() -> None:
    assert missing([SOUND_OFF, *(test for tests in TESTED_ELSEWHERE.values() for test in tests)]) == []


@pytest.mark.slow  # a real broker
@pytest.mark.parametrize("speakers", [2, 3, 4])
async def test_each_of_several_speakers_with_one_id_is_told_so_and_none_is_sent_to_its_password(
    speakers: int,
    mosquitto: Mosquitto,  # noqa: F811 - the fixture
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Reported in chrisuthe/Multi-SendSpin-Player-Container#239, empicano/aiomqtt#253, arendst/Tasmota#2253."""
    said: list[str] = []

    def all_know() -> bool:
        said.extend(capsys.readouterr())
        return "".join(said).count("device-id-taken") >= speakers

    async with AsyncExitStack() as stack:
        for _ in range(speakers):
            await stack.enter_async_context(connection(mosquitto.port))
        await becomes(all_know)
    assert "broker-not-authorised" not in "".join(said)


@pytest.mark.slow  # starts the command line with its engines, and a real broker
@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "what time is it"],
        ["ask", "turn on the lamp"],
        ["ask", "set a timer for ten minutes"],
        ["say", "Dinner is ready.", "-o", "said.wav"],
        ["check"],
        ["doctor", "--json"],
        ["demo", "--quick", "--replies", "replies"],
    ],
    ids=" ".join,
)
async def test_no_command_with_the_settings_of_a_running_speaker_disturbs_it(
    arguments: list[str],
    store: ModelStore,
    mosquitto: Mosquitto,  # noqa: F811 - the fixture
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Reported in cdnninja/yoto_ha#38: a test client with the same id throws the device out."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "config.toml"
    path.write_text(
        f'[device]\nid = "kitchen"\n[models]\nfolder = "{store.folder}"\n[mqtt]\nhost = "127.0.0.1"\n'
        f'port = {mosquitto.port}\n[[home.entities]]\nname = "lamp"\ntopic = "home/lamp/set"\n',
        encoding="utf-8",
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    async with observing(mosquitto) as seen, connection(mosquitto.port) as speaker:
        await seen.until(f"{PREFIX}/status", b"online")
        command = [sys.executable, "-m", "edge", "-c", str(path), *arguments]
        process = await asyncio.create_subprocess_exec(
            *command, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        _, said = await asyncio.wait_for(process.communicate(), 120)
        assert b"Traceback" not in said
        assert speaker.connected
        await seen.publish("end")
        async for message in seen.messages():
            assert str(message.topic) not in {f"{PREFIX}/status", f"{PREFIX}/state"}
            if str(message.topic) == "end":
                break
    assert "already connected" not in mosquitto.log()


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("volume", "30%"),
        ("volume", "30.5"),
        ("volume", " 30 "),
        ("volume", "\u0663\u0660"),  # Arabic digits
        ("volume", "\uff13\uff10"),  # full width
        ("volume", '{"volume": 30}'),
        ("volume", '"30"'),
        ("volume", "+30"),
        ("volume", "-0"),
        ("volume", "3e1"),
        ("volume", "0x1E"),
        ("volume", "030 "),
        ("volume", "1_0"),
        ("volume", "thirty"),
        ("volume", "nan"),
        ("volume", "9" * 400),
        ("volume", "30\x00"),
        ("mute", "On"),
        ("mute", "true"),
        ("mute", "ON "),
        ("mute", "ON\n"),
        ("mute", '{"state": "ON"}'),
        ("mute", ""),
        ("stop", "STOP"),
        ("stop", "null"),
        ("say", "\u00a0\u2003"),
        ("say", "x" * 501),
        ("say", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")),
        ("say", "escape \x1b[31m"),
        ("volume/set", "30"),
        ("VOLUME", "30"),
    ],
)
def test_an_odd_payload_is_refused_and_not_repeated(name: str, payload: str) -> None:
    """Reported in alphacep/vosk-server#139: the service crashes."""
    raw = payload.encode("latin-1") if name == "say" and payload.startswith("\xed") else payload.encode()
    with pytest.raises(ControlError) as caught:
        parse(name, raw)
    assert caught.value.code in {"command-invalid", "command-unknown"}
    assert len(payload) < 5 or payload not in str(caught.value)


@pytest.mark.parametrize(("payload", "percent"), [("0", 0), ("7", 7), ("007", 7), ("100", 100)])
def test_a_volume_in_digits_is_taken(payload: str, percent: int) -> None:
    """Reported in alphacep/vosk-server#139."""
    assert parse("volume", payload.encode()) == SetVolume(percent)


@pytest.mark.parametrize(
    ("host", "instead"),
    [
        ("ws://broker:9001/mqtt", "host = 'broker', and port = 9001"),
        ("mqtts://broker:8883", "host = 'broker', and port = 8883, tls = true"),
        ("ssl://broker", "tls = true"),
        ("wss://broker/mqtt", "tls = true"),
        ("http://homeassistant.local:8123", "host = 'homeassistant.local'"),
        ("mqtt://[fe80::1]:1883", "host = 'fe80::1'"),
        ("mqtt://user:swordfish@broker:1883", "host = 'broker', and port = 1883, username"),
        ("user:swordfish@broker", "host = 'broker', and username"),
        ("broker:", "host = 'broker'"),
        ("//broker", "host = 'broker'"),
        ("broker#main", "not a host name"),
        ("10.0.0.1.5", "not a host name"),
    ],
)
def test_an_address_in_another_form_is_named_and_its_password_is_not(host: str, instead: str, tmp_path: Path) -> None:
    """Reported in node-red/node-red#1289 and #2462, Koenkk/zigbee2mqtt#1707."""
    path = tmp_path / "config.toml"
    path.write_text(f'[mqtt]\nhost = "{host}"\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(path, {})
    assert instead in str(caught.value)
    assert "swordfish" not in str(caught.value)
