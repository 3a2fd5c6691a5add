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
from edge.telemetry import Command, Stop
from edge.telemetry.mqtt import MqttTelemetry
from tests.telemetry.mosquitto import Mosquitto, make_certificates, require
from tests.telemetry.world import PREFIX, TURN, HastyClock, becomes, observing, settings, telemetry

pytestmark = pytest.mark.slow  # a real broker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


async def test_what_the_access_list_denies_is_an_error_for_the_home_and_no_harm_to_the_reports(folder: Path) -> None:
    rules = "pattern write edge-voice/%u/#\npattern read edge-voice/%u/command/+\npattern write zigbee2mqtt/#\n"
    (folder / "acl").write_text(rules + "user owner\ntopic readwrite #\n", encoding="utf-8")  # as in docs/mqtt.md
    for option, user in (("-c", "kitchen"), ("", "owner")):
        command = ["mosquitto_passwd", *option.split(), "-b", str(folder / "passwords"), user, "open-sesame"]
        await (await asyncio.create_subprocess_exec(*command)).wait()
    files = (f"acl_file {folder / 'acl'}", f"password_file {folder / 'passwords'}")
    it = Mosquitto(folder, "allow_anonymous false", *files)
    it.start()
    file = folder / "password"
    file.write_text("open-sesame\n", encoding="utf-8")
    file.chmod(0o600)
    got: asyncio.Queue[Command] = asyncio.Queue()
    try:
        async with (
            observing(it, username="owner", password="open-sesame") as seen,
            telemetry(it.port, got.put_nowait, username="kitchen", password_file=file) as reports,
        ):
            for forbidden in ("home/lock/set", "edge-voice/bedroom/command/say"):
                with pytest.raises(HomeError) as caught:
                    await reports.publish(forbidden, "UNLOCK")
                assert caught.value.code == "home-command-refused"
            await reports.publish("zigbee2mqtt/light/set", "ON")
            await seen.until("zigbee2mqtt/light/set", b"ON")
            reports.turn(TURN)
            await seen.next(f"{PREFIX}/turn")
            await seen.publish(f"{PREFIX}/command/stop")
            assert await asyncio.wait_for(got.get(), 10) == Stop()
    finally:
        it.stop()


async def test_reports_that_the_access_list_denies_are_counted_and_not_repeated(folder: Path) -> None:
    rules = f"topic readwrite {PREFIX}/status\ntopic readwrite {PREFIX}/state\ntopic read #\n"
    (folder / "acl").write_text(rules, encoding="utf-8")
    it = Mosquitto(folder, "allow_anonymous true", f"acl_file {folder / 'acl'}")
    it.start()
    try:
        async with telemetry(it.port) as reports, observing(it) as seen:
            reports.turn(TURN)
            reports.turn(TURN)
            reports.state(phase="thinking")
            while json.loads(await seen.next(f"{PREFIX}/state"))["phase"] != "thinking":
                pass
            await becomes(lambda: not reports._waiting)
            counters = reports._metrics.sample()["counters"]
            assert isinstance(counters, dict)
            assert counters["telemetry_refused"] >= 2
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
    async with observing(secured, **login) as seen, telemetry(secured.port, **options):
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
            if seconds not in {0.5, 60}:  # those of the loop's lag and of the metrics
                pauses.append(seconds)
            await super().sleep(seconds)

    async with MqttTelemetry(settings(secured.port, **options), clock=CountingClock()) as it:
        await becomes(lambda: len(pauses) >= 3)
        it.turn(TURN)
        assert it._link is None
    written = capsys.readouterr()
    lines = [line for line in (written.out + written.err).splitlines() if "hint" in line]
    assert len(lines) == 1, lines
    assert "sesame" not in lines[0]
    assert "guess" not in lines[0]
    assert ("broker-not-authorised" in lines[0]) == (wrong == "password")
