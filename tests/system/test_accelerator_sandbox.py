"""The drop-in for accelerators, in a booted guest: what the sandbox forbids without it, and allows with it."""

import re
from collections.abc import Iterator

import pytest

from tests.docs.blocks import ROOT
from tests.system.conftest import UNIT
from tests.system.guest import CLEAN, Guest, require_host

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

SYSTEMD = ROOT / "systemd"
PROBE = """\
import mmap

def tell(name, use):
    try:
        use()
    except OSError:
        print(name, "refused")
    else:
        print(name, "allowed")

tell("code", lambda: mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close())
tell("device", lambda: open("/dev/accelerator", "rb").close())
"""
"""In place of the speaker: what the driver of an accelerator does."""


@pytest.fixture(scope="module")
def guest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guest]:
    require_host()
    guest = Guest("evaccel", tmp_path_factory.mktemp("accel"), packages=CLEAN, online=True)
    try:
        guest.boot()
        unit = (SYSTEMD / UNIT).read_text(encoding="utf-8")
        for old, new in (
            (r"^Type=notify\nNotifyAccess=main$", "Type=oneshot"),
            (r"^ExecStart=.*$", "ExecStart=/usr/bin/python3 /srv/probe.py"),
            (r"^(WatchdogSec|Restart)=.*$", ""),
        ):
            unit, found = re.subn(old, new, unit, flags=re.MULTILINE)
            assert found
        guest.write(f"/etc/systemd/system/{UNIT}", unit)
        guest.write("/srv/probe.py", PROBE)
        guest.run("useradd", "--system", "edge-voice")
        guest.run("mkdir", "-p", "/etc/credstore")
        guest.run("sh", "-ec", "mknod -m 660 /dev/accelerator c 1 5; chgrp video /dev/accelerator")
        yield guest
    finally:
        guest.power_off()


def told(guest: Guest) -> list[str]:
    """What the probe says inside the sandbox."""
    guest.run("systemctl", "daemon-reload")
    guest.run("systemctl", "start", UNIT)
    log = guest.run("journalctl", "-u", UNIT, "-o", "cat", "--no-pager").stdout.splitlines()
    return [line for line in log if line.endswith(("refused", "allowed"))][-2:]


def test_the_sandbox_keeps_accelerators_out_and_its_drop_in_lets_them_in(guest: Guest) -> None:
    assert told(guest) == ["code refused", "device refused"]
    drop_in = (SYSTEMD / "accelerator.conf").read_text(encoding="utf-8")
    guest.write(f"/etc/systemd/system/{UNIT}.d/accelerator.conf", drop_in)
    assert told(guest) == ["code allowed", "device allowed"]
