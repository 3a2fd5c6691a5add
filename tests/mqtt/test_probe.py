"""What `edge-voice doctor` finds out about the broker, on real brokers."""

import asyncio
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from edge.mqtt import probe as probing
from edge.mqtt.probe import probe
from tests.mqtt import scripted_broker
from tests.mqtt.mosquitto import Mosquitto, free_port, make_certificates
from tests.mqtt.scripted_broker import scripted
from tests.mqtt.world import PREFIX, becomes, connection, observing, settings

pytestmark = pytest.mark.slow  # a real broker


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    make_certificates(folder)
    return folder


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Mosquitto]:
    """One user, "kitchen", with the rights of the device "bedroom"."""
    subprocess.run(["mosquitto_passwd", "-c", "-b", str(tmp_path / "passwords"), "kitchen", "open-sesame"], check=True)
    (tmp_path / "acl").write_text("user kitchen\ntopic readwrite edge-voice/bedroom/#\n", encoding="utf-8")
    files = (f"password_file {tmp_path / 'passwords'}", f"acl_file {tmp_path / 'acl'}")
    it = Mosquitto(tmp_path, "allow_anonymous false", *files)
    it.start()
    yield it
    it.stop()


@pytest.fixture
def encrypted(tmp_path: Path, certificates: Path) -> Iterator[Mosquitto]:
    files = (
        f"cafile {certificates}/ca.crt",
        f"certfile {certificates}/server.crt",
        f"keyfile {certificates}/server.key",
    )
    it = Mosquitto(tmp_path, "allow_anonymous true", *files)
    it.start()
    yield it
    it.stop()


def word(folder: Path, text: str) -> Path:
    path = folder / "word"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


async def found(port: int, **mqtt: Any) -> list[tuple[str, str, str]]:
    return [(error.code, error.message, error.hint) for error in await probe(settings(port, **mqtt))]


async def test_a_good_broker_is_good_and_a_running_speaker_is_not_disturbed(mosquitto: Mosquitto) -> None:
    async with connection(mosquitto.port) as speaker, observing(mosquitto) as seen:
        await becomes(lambda: speaker.connected)
        assert await found(mosquitto.port) == []
        await speaker.publish("end", b"", timeout_s=5)
        topics = set()
        async for message in seen.messages():
            topics.add((str(message.topic), message.retain))
            if str(message.topic) == "end":
                break
        assert speaker.connected
    assert topics <= {
        (f"{PREFIX}/doctor", False),
        (f"{PREFIX}/status", True),
        (f"{PREFIX}/status", False),
        ("end", False),
    }
    assert "already connected" not in mosquitto.log()


async def test_a_broker_that_is_not_there_says_which_of_its_parts() -> None:
    ((code, message, hint),) = await found(free_port())
    assert code == "broker-unreachable"
    assert "nothing listens on 127.0.0.1:" in message
    assert "start the broker" in hint


@pytest.mark.parametrize(
    ("number", "part"),
    [(socket.EAI_NONAME, "there is no machine called 'broker'"), (socket.EAI_AGAIN, "cannot be looked up now")],
)
async def test_a_name_that_does_not_exist_and_a_network_without_names_are_told_apart(
    number: int, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(*_: object, **__: object) -> socket.socket:
        raise socket.gaierror(number, "no answer")

    monkeypatch.setattr("edge.mqtt.sockets.socket.create_connection", look_up)
    ((code, message, hint),) = await found(1883, host="broker")
    assert code == "broker-unreachable"
    assert part in message
    assert "host" in hint


async def test_a_silent_broker_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "PROBE_TIMEOUT_S", 0.3)
    async with scripted(scripted_broker.silence) as broker:
        ((code, message, _),) = await found(broker.port)
    assert code == "broker-unreachable"
    assert "does not answer" in message


@pytest.mark.parametrize(
    ("login", "part"),
    [
        ({}, "a client without a user name"),
        ({"username": "kitchen"}, "'kitchen'"),
        ({"username": "cellar"}, "'cellar'"),
    ],
)
async def test_a_wrong_login_is_named(login: dict[str, Any], part: str, guarded: Mosquitto, tmp_path: Path) -> None:
    password = {"password_file": word(tmp_path, "guess")} if login else {}
    ((code, message, hint),) = await found(guarded.port, **login, **password)
    assert code == "broker-not-authorised"
    assert part in message
    assert "mqtt-password" in hint


async def test_a_missing_password_file_is_the_finding(guarded: Mosquitto, tmp_path: Path) -> None:
    ((code, _, _),) = await found(guarded.port, username="kitchen", password_file=tmp_path / "none")
    assert code == "secret-missing"


async def test_missing_rights_are_named_with_the_topic(guarded: Mosquitto, tmp_path: Path) -> None:
    login = {"username": "kitchen", "password_file": word(tmp_path, "open-sesame")}
    refusals = {code: (message, hint) for code, message, hint in await found(guarded.port, **login)}
    message, hint = refusals["publish-refused"]
    assert f"{PREFIX}/doctor" in message
    assert f"write to {PREFIX}/#" in hint


async def test_plain_text_to_a_port_with_tls_and_the_reverse(encrypted: Mosquitto, mosquitto: Mosquitto) -> None:
    ((_, message, hint),) = await found(encrypted.port)
    assert "answers nothing" in message or "closed" in message
    assert "tls = true" in hint
    ((_, message, hint),) = await found(mosquitto.port, tls=True)
    assert "no TLS with" in message
    assert "1883" in hint


async def test_a_certificate_of_an_unknown_authority_is_named(encrypted: Mosquitto, certificates: Path) -> None:
    ((_, message, hint),) = await found(encrypted.port, tls=True)
    assert "certificate of 127.0.0.1:" in message
    assert "ca_file" in hint
    assert await found(encrypted.port, tls=True, ca_file=certificates / "ca.crt") == []


async def test_a_cancelled_probe_leaves_nothing(mosquitto: Mosquitto) -> None:
    mosquitto.suspend()
    probing_task = asyncio.create_task(probe(settings(mosquitto.port)))
    await asyncio.sleep(0)
    probing_task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await probing_task
