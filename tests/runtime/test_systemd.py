"""What systemd hears, on a socket of the same kind as its own."""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edge.runtime.systemd import SystemdNotifier


class HandClock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class Systemd:
    """The receiving end of `$NOTIFY_SOCKET`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + name[1:] if name.startswith("@") else name)
        self.socket.setblocking(False)

    def heard(self) -> list[str]:
        messages = []
        while True:
            try:
                messages.append(self.socket.recv(4096).decode())
            except BlockingIOError:
                return messages


@pytest.fixture(params=["path", "abstract"])
def systemd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Systemd]:
    name = str(tmp_path / "notify") if request.param == "path" else f"@edge-voice-test-{os.getpid()}"
    it = Systemd(name)
    yield it
    it.socket.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def service(systemd: Systemd, clock: HandClock) -> Iterator[SystemdNotifier]:
    it = SystemdNotifier(clock, {"NOTIFY_SOCKET": systemd.name, "WATCHDOG_USEC": "30000000"})
    yield it
    it.close()


def test_ready_is_announced_once_and_a_changed_status_after_it(systemd: Systemd, service: SystemdNotifier) -> None:
    service.ready("listening")
    service.ready("listening")
    service.degraded("no microphone, tried again in 5 s")
    service.ready("listening")
    assert systemd.heard() == [
        "READY=1\nSTATUS=listening",
        "STATUS=no microphone, tried again in 5 s",
        "STATUS=listening",
    ]


def test_a_missing_device_is_ready_too(systemd: Systemd, service: SystemdNotifier) -> None:
    service.degraded("no microphone\nat all")
    assert systemd.heard() == ["READY=1\nSTATUS=no microphone at all"]


def test_progress_feeds_the_watchdog_three_times_an_interval_and_silence_does_not(
    systemd: Systemd, service: SystemdNotifier, clock: HandClock
) -> None:
    for _ in range(3000):  # 96 s of frames
        service.progress()
        clock.seconds += 0.032
    fed = systemd.heard()
    assert set(fed) == {"WATCHDOG=1"}
    assert len(fed) == 10
    clock.seconds += 1000
    assert systemd.heard() == []


def test_stopping_is_said(systemd: Systemd, service: SystemdNotifier) -> None:
    service.stopping()
    assert systemd.heard() == ["STOPPING=1\nSTATUS=stopping"]


def test_a_watchdog_that_is_meant_for_another_process_is_not_fed(systemd: Systemd, clock: HandClock) -> None:
    service = SystemdNotifier(clock, {"NOTIFY_SOCKET": systemd.name, "WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"})
    service.progress()
    service.close()
    assert systemd.heard() == []


def test_children_do_not_inherit_the_socket(systemd: Systemd, clock: HandClock) -> None:
    environment = {"NOTIFY_SOCKET": systemd.name, "WATCHDOG_USEC": "1", "WATCHDOG_PID": str(os.getpid()), "HOME": "/"}
    SystemdNotifier(clock, environment)
    assert environment == {"HOME": "/"}


@pytest.mark.parametrize(
    "environment",
    [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "relative"}, {"NOTIFY_SOCKET": "/nowhere/notify"}],
    ids=["none", "empty", "relative", "gone"],
)
def test_outside_systemd_nothing_happens_and_nothing_fails(environment: dict[str, str], clock: HandClock) -> None:
    service = SystemdNotifier(clock, environment)
    service.ready("listening")
    service.progress()
    service.stopping()
    service.close()


def test_a_full_socket_does_not_hold_up_the_audio(systemd: Systemd, clock: HandClock) -> None:
    service = SystemdNotifier(clock, {"NOTIFY_SOCKET": systemd.name, "WATCHDOG_USEC": "3"})
    for _ in range(2000):
        clock.seconds += 1
        service.progress()
    service.close()
    assert 0 < len(systemd.heard()) < 2000
