"""Who may say what: TLS, certificates, passwords, access lists."""

import asyncio
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiomqtt
import pytest

from edge.errors import HomeError
from edge.home.acting.publisher import MqttPublisher
from edge.mqtt import Message
from edge.mqtt.connection import Connection
from tests.control.test_whole_speaker import modelless
from tests.mqtt import scripted_broker
from tests.mqtt.mosquitto import Mosquitto, make_certificates, require
from tests.mqtt.world import PREFIX, TURN, HastyClock, becomes, connection, observing, reporting, settings

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow  # a real broker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def documented_access_list(folder: Path) -> Path:
    """The access list of the documents, and a user "owner" with all rights, in a file."""
    first = "pattern write edge-voice/%u/#\n"
    _, _, rest = (ROOT / "docs/mqtt.md").read_text(encoding="utf-8").partition(first)
    rules = first + rest.partition("```")[0]
    (folder / "acl").write_text(f"{rules}\nuser owner\ntopic readwrite #\n", encoding="utf-8")
    return folder / "acl"


async def guarded(folder: Path, *users: str) -> tuple[Mosquitto, Path]:
    """A broker with the access list of the documents, and the file with the password of all users."""
    access_list = documented_access_list(folder)
    (folder / "passwords").touch(mode=0o600)
    for user in ("owner", *users):
        command = ["mosquitto_passwd", "-b", str(folder / "passwords"), user, "open-sesame"]
        await (await asyncio.create_subprocess_exec(*command)).wait()
    files = (f"acl_file {access_list}", f"password_file {folder / 'passwords'}")
    it = Mosquitto(folder, "allow_anonymous false", *files)
    it.start()
    file = folder / "password"
    file.write_text("open-sesame\n", encoding="utf-8")
    file.chmod(0o600)
    return it, file


async def test_several_speakers_and_home_assistant_need_no_more_than_the_access_list_allows(folder: Path) -> None:
    it, file = await guarded(folder, "hall", "kitchen")
    for name in ("hall", "kitchen"):
        (folder / name).mkdir()
    try:
        async with (
            observing(it, username="owner", password="open-sesame") as seen,
            modelless(folder / "hall", it, device_id="hall", username="hall", password_file=file) as hall,
            modelless(folder / "kitchen", it, device_id="kitchen", username="kitchen", password_file=file),
        ):
            assert b"Volume" in await seen.next("homeassistant/device/edge-voice-kitchen/config")
            reply = ""
            async with asyncio.timeout(20):
                while reply != "Announced on 1 speaker.":  # until they know each other
                    reply = (await hall.ask("tell everyone dinner is ready", speak=False)).reply
        assert "Denied" not in it.log()
    finally:
        it.stop()


async def test_what_the_access_list_denies_is_an_error_for_the_home_and_no_harm_to_the_reports(folder: Path) -> None:
    it, file = await guarded(folder, "kitchen")
    got: asyncio.Queue[Message] = asyncio.Queue()

    async def handler(message: Message) -> None:
        got.put_nowait(message)

    try:
        async with (
            observing(it, username="owner", password="open-sesame") as seen,
            connection(it.port, username="kitchen", password_file=file) as mqtt,
        ):
            home = MqttPublisher(mqtt)
            mqtt.subscribe(f"{PREFIX}/command/+", handler)
            for forbidden in ("home/lock/set", "edge-voice/bedroom/command/say", "zigbee2mqtt/bridge/request/restart"):
                with pytest.raises(HomeError) as caught:
                    await home.publish(forbidden, "UNLOCK")
                assert caught.value.code == "home-command-refused"
            await home.publish("zigbee2mqtt/light/set", "ON")
            await seen.until("zigbee2mqtt/light/set", b"ON")
            await mqtt.publish(f"{PREFIX}/turn", b"{}", timeout_s=5)
            await seen.next(f"{PREFIX}/turn")
            await seen.publish(f"{PREFIX}/command/stop")
            assert (await asyncio.wait_for(got.get(), 10)).topic == f"{PREFIX}/command/stop"
    finally:
        it.stop()


async def test_a_subscription_that_the_broker_refuses_is_logged_once(capsys: pytest.CaptureFixture[str]) -> None:
    async def refuse_one(level: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(scripted_broker.CONNACK[level])
        await scripted_broker.acknowledge(reader, writer)  # "online"
        subscribe = await scripted_broker.packet(reader)
        writer.write(b"\x90\x05" + subscribe[:2] + b"\x00\x01\x87")  # the first granted, the second not authorised
        await reader.read()

    async def handler(_: Message) -> None:
        raise AssertionError

    async with scripted_broker.scripted(refuse_one) as broker, broker.connection() as mqtt:
        mqtt.subscribe("allowed", handler)
        mqtt.subscribe("denied", handler)
        await becomes(lambda: mqtt.connected)
        broker.drop()
        await becomes(lambda: len(broker.levels) == 2 and mqtt.connected)
    written = capsys.readouterr()
    lines = [line for line in (written.out + written.err).splitlines() if "subscription-refused" in line]
    assert len(lines) == 1
    assert "topic=denied" in lines[0]
    assert "Not authorized" in lines[0]


async def test_a_broker_that_answers_for_some_subscriptions_only_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    async def answer_for_one(level: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(scripted_broker.CONNACK[level])
        await scripted_broker.acknowledge(reader, writer)  # "online"
        subscribe = await scripted_broker.packet(reader)
        writer.write(b"\x90\x04" + subscribe[:2] + b"\x00\x01")
        await scripted_broker.acknowledge(reader, writer)
        await reader.read()

    async def handler(_: Message) -> None:
        raise AssertionError

    async with scripted_broker.scripted(answer_for_one) as broker, broker.connection() as mqtt:
        mqtt.subscribe("answered", handler)
        mqtt.subscribe("forgotten", handler)
        await becomes(lambda: mqtt.connected)
        await mqtt.publish("lamp/set", b"ON", timeout_s=5)
        assert len(broker.levels) == 1
    written = capsys.readouterr()
    (line,) = [line for line in (written.out + written.err).splitlines() if "subscription-refused" in line]
    assert "topic=forgotten" in line


async def test_reports_that_the_access_list_denies_are_counted_and_not_repeated(folder: Path) -> None:
    rules = f"topic readwrite {PREFIX}/status\ntopic readwrite {PREFIX}/state\ntopic read #\n"
    (folder / "acl").write_text(rules, encoding="utf-8")
    it = Mosquitto(folder, "allow_anonymous true", f"acl_file {folder / 'acl'}")
    it.start()
    try:
        async with reporting(it.port) as reports, observing(it) as seen:
            reports.turn(TURN)
            reports.turn(TURN)
            reports.state(phase="thinking", muted=False, volume=60, wake_words=(), versions={}, degraded={})
            while json.loads(await seen.next(f"{PREFIX}/state"))["phase"] != "thinking":
                pass
            await becomes(lambda: reports._metrics.sample().counters["telemetry_refused"] >= 2)
            assert reports._metrics.sample().waiting == 0
    finally:
        it.stop()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    require()
    folder = tmp_path_factory.mktemp("certificates")
    make_certificates(folder)
    return folder


@pytest.fixture
def secured(folder: Path, certificates: Path) -> Iterator[Mosquitto]:
    """TLS, a client certificate, a user name and a password."""
    subprocess.run(["mosquitto_passwd", "-c", "-b", str(folder / "passwords"), "kitchen", "open-sesame"], check=True)
    it = Mosquitto(
        folder,
        "allow_anonymous false",
        f"password_file {folder / 'passwords'}",
        f"cafile {certificates / 'ca.crt'}",
        f"certfile {certificates / 'server.crt'}",
        f"keyfile {certificates / 'server.key'}",
        "require_certificate true",
    )
    it.start()
    yield it
    it.stop()


def secrets(folder: Path, certificates: Path, password: str = "open-sesame") -> dict[str, Any]:
    file = folder / "password"
    file.write_text(password + "\n", encoding="utf-8")
    file.chmod(0o600)
    return {
        "tls": True,
        "username": "kitchen",
        "password_file": file,
        "ca_file": certificates / "ca.crt",
        "cert_file": certificates / "client.crt",
        "key_file": certificates / "client.key",
    }


async def test_tls_a_client_certificate_and_a_password(secured: Mosquitto, folder: Path, certificates: Path) -> None:
    options = secrets(folder, certificates)
    authority, own, key = (str(certificates / name) for name in ("ca.crt", "client.crt", "client.key"))
    tls = aiomqtt.TLSParameters(authority, own, key)
    login = {"username": "kitchen", "password": "open-sesame", "tls_params": tls}
    async with observing(secured, **login) as seen, connection(secured.port, **options):
        await seen.until(f"{PREFIX}/status", b"online")


async def test_a_client_certificate_is_login_enough_and_its_name_has_the_rights_of_the_access_list(
    folder: Path, certificates: Path
) -> None:
    it = Mosquitto(
        folder,
        f"acl_file {documented_access_list(folder)}",
        f"cafile {certificates / 'ca.crt'}",
        f"certfile {certificates / 'server.crt'}",
        f"keyfile {certificates / 'server.key'}",
        "require_certificate true",
        "use_identity_as_username true",
    )
    it.start()
    options = secrets(folder, certificates)
    del options["username"], options["password_file"]
    try:
        async with connection(it.port, **options) as mqtt:
            await mqtt.publish(f"{PREFIX}/turn", b"{}", timeout_s=10)
            with pytest.raises(HomeError) as caught:
                await MqttPublisher(mqtt).publish("edge-voice/bedroom/command/say", "boo")
            assert caught.value.code == "home-command-refused"
            it.stop()
            await becomes(lambda: not mqtt.connected)
            it.start()
            await mqtt.publish(f"{PREFIX}/turn", b"{}", timeout_s=10)
    finally:
        it.stop()


@pytest.mark.parametrize("where", ["credential", "beside the certificate"])
async def test_the_key_of_the_client_certificate_may_be_elsewhere(
    secured: Mosquitto, folder: Path, certificates: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = secrets(folder, certificates)
    authority, own, key = (str(certificates / name) for name in ("ca.crt", "client.crt", "client.key"))
    login = {"username": "kitchen", "password": "open-sesame", "tls_params": aiomqtt.TLSParameters(authority, own, key)}
    content = options.pop("key_file").read_bytes()
    if where == "credential":
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
        (folder / "mqtt-key").write_bytes(content)
    else:
        (folder / "both.pem").write_bytes(options["cert_file"].read_bytes() + content)
        options["cert_file"] = folder / "both.pem"
    async with observing(secured, **login) as seen, connection(secured.port, **options):
        await seen.until(f"{PREFIX}/status", b"online")


@pytest.mark.parametrize("wrong", ["password", "password-file", "authority", "certificate"])
async def test_a_wrong_secret_is_logged_once_and_harms_nothing(
    secured: Mosquitto, folder: Path, certificates: Path, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = secrets(folder, certificates, "guess" if wrong == "password" else "open-sesame")
    match wrong:
        case "password-file":
            options["password_file"] = folder / "nothing"
        case "authority":
            del options["ca_file"]
        case "certificate":
            del options["cert_file"], options["key_file"]
    pauses: list[float] = []

    class CountingClock(HastyClock):
        async def sleep(self, seconds: float) -> None:
            pauses.append(seconds)
            await super().sleep(seconds)

    settled = settings(secured.port, **options).mqtt
    async with Connection(settled, device_id="kitchen", clock=CountingClock()) as mqtt:
        await becomes(lambda: len(pauses) >= 3)
        assert not mqtt.connected
    written = capsys.readouterr()
    lines = [line for line in (written.out + written.err).splitlines() if "hint" in line]
    assert len(lines) == 1, lines
    assert "sesame" not in lines[0]
    assert "guess" not in lines[0]
    assert ("broker-not-authorised" in lines[0]) == (wrong == "password")
