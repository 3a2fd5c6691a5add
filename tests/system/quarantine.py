"""Runs a program with a network and a file system that record everything it does to them.

Two processes in namespaces without names (network, mount, process): `quarantine_outside` holds the broker, the resolver
and the recorder, `quarantine_inside` the program. The kernel takes all of it away when the first of them ends, and that
one dies with the test run: a killed run leaves nothing behind, and two runs do not meet.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.mqtt.mosquitto import require as require_mosquitto

ROOT = Path(__file__).resolve().parents[2]
HOME = "/home/owner"
"""The program's home folder: empty at the start."""

BROKER, PORT = "10.77.32.2", 1883
"""The only address on the network that the program may talk to."""

GRACE_S = 60
"""Beyond the program's own time: namespaces, mounts, the broker."""

PROGRAMS = ("chroot", "ip", "mosquitto_sub", "mount", "nsenter", "setpriv", "unshare")


@dataclass(frozen=True, order=True)
class Packet:
    """What left the program's network interface. `port` is 0 where the protocol has none."""

    protocol: str
    to: str
    port: int


@dataclass(frozen=True)
class Report:
    """What the program did."""

    status: int
    """Its exit status, negative for a signal."""
    log: str
    """Its standard output and standard error."""
    packets: list[Packet]
    """Each kind once, sorted."""
    queries: list[str]
    """Names that were asked of the resolver."""
    files: list[str]
    """Paths that it created, changed or deleted; those of new folders end in a slash."""
    listening: list[str]
    """Addresses other than loopback where it waited for connections."""
    messages: list[tuple[str, str]]
    """Topic and payload of everything that was published at the broker."""

    @property
    def leaks(self) -> list[Packet]:
        """The packets to anything but the broker."""
        return [packet for packet in self.packets if (packet.to, packet.port) not in {(BROKER, PORT), (BROKER, 0)}]

    def stray_files(self, *folders: str) -> list[str]:
        """The paths outside the given files and folders."""
        return [
            path
            for path in self.files
            if not any(path.rstrip("/") == f or path.startswith(f"{f}/") for f in folders)
            and not (path.endswith("/") and any(folder.startswith(path) for folder in folders))
        ]


def quarantine(
    command: Sequence[str],
    scratch: Path,
    *,
    environment: Mapping[str, str] | None = None,
    timeout_s: float = 120,
    until_packet: bool = False,
) -> Report:
    """Run `command`, in an environment of its own, until it ends; with `until_packet` at most until a packet leaks.

    It sees this machine's files and may write to any of them; what it writes goes to a copy that is listed and
    thrown away. Skips where this machine cannot do that.
    """
    _require_host()
    own = {
        "PATH": os.environ["PATH"],
        "HOME": HOME,
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",  # compiled modules would go beside the program
    }
    request = {
        "command": list(command),
        "environment": own | dict(environment or {}),
        "home": HOME,
        "scratch": str(scratch),
        "timeout_s": timeout_s,
        "until_packet": until_packet,
        "broker": [BROKER, PORT],
    }
    namespaces = ["unshare", "--net", "--mount-proc", "--fork", "--pid", "--kill-child"]
    done = subprocess.run(
        ["setpriv", "--pdeathsig", "KILL", *namespaces, sys.executable, "-m", "tests.system.quarantine_outside"],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=timeout_s + GRACE_S,
    )
    assert done.returncode == 0, f"the quarantine failed: {done.stdout}\n{done.stderr}"
    return _report(json.loads(done.stdout))


def _report(given: dict[str, Any]) -> Report:
    packets = sorted({Packet(*packet) for packet in given.pop("packets")})
    messages = [(topic, payload) for topic, _, payload in (line.partition(" ") for line in given.pop("messages"))]
    return Report(packets=packets, messages=messages, **given)


def _require_host() -> None:
    """Skip the test, with the reason, where this machine cannot do it."""
    require_mosquitto()
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    reason = f"needs the programs {', '.join(missing)} (make system-test installs them)" if missing else ""
    if os.geteuid() != 0:
        reason = "namespaces need root"
    if reason:
        pytest.skip(reason)
