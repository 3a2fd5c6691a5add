"""An ordinary user with sudo and a checkout, on a new system: what a reader of our documents has."""

import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.docs.commands import Command
from tests.system.conftest import UNIT
from tests.system.fleet import ROOT
from tests.system.guest import CLEAN, Guest, require_host

HOME = "/home/owner"
CHECKOUT = f"{HOME}/edge-voice"
SMALL = '[llm]\nmodel = "smollm2-135m"\n'
"""The settings of every guest: the larger model is a download of a gigabyte."""

SYSTEMS = (
    "bookworm",
    pytest.param("trixie", marks=pytest.mark.nightly),
    pytest.param("noble", marks=pytest.mark.nightly),
)
"""Debian 12; in `make nightly-test` Debian 13 and Ubuntu 24.04, too."""


class Owner:
    """The user `owner`, who types commands in a checkout."""

    def __init__(self, guest: Guest) -> None:
        self.guest = guest
        guest.run("userdel", "--remove", "ubuntu", check=False)
        guest.run("useradd", "--create-home", "--shell", "/bin/bash", "owner")
        guest.write("/etc/sudoers.d/owner", "owner ALL=(ALL) NOPASSWD: ALL\n", 0o440)
        guest.write("/etc/edge-voice/config.toml", SMALL)
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        names = [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
        files = "\0".join(names).encode()
        packed = subprocess.run(
            ["tar", "-c", "--null", "-T", "-"], cwd=ROOT, input=files, capture_output=True, check=True
        )
        self.checkout.mkdir()
        subprocess.run(["tar", "-x", "-C", self.checkout], input=packed.stdout, check=True)
        guest.run("chown", "-R", "owner:owner", CHECKOUT)

    @property
    def checkout(self) -> Path:
        """The checkout, as this machine sees it."""
        return self.guest.root / CHECKOUT.lstrip("/")

    def types(self, command: str, *, status: Sequence[int] = (0,), folder: str = CHECKOUT, timeout: float = 900) -> str:
        """What the command prints, on both outputs. Fails with it if the exit status is another."""
        line = f"cd '{folder}' && {{ {command}\n}} 2>&1"
        login = (f"HOME={HOME}", "USER=owner", "TERM=dumb", "LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin")
        shell = ("setpriv", "--reuid=owner", "--regid=owner", "--init-groups", "env", "-i", *login, "bash", "-c", line)
        done = self.guest.run(*shell, check=False, timeout=timeout)
        assert done.returncode in status, f"{command}: {done.returncode}\n{done.stdout[-5000:]}"
        return done.stdout

    def follows(self, command: Command, *, before: str = ":") -> None:
        """Type a command of a page, in the same shell as another one; fails if it does not print what it should."""
        outcome = command.outcome
        typed = f"timeout {outcome.seconds} {command.text}" if outcome.seconds else command.text
        if outcome.answers:
            typed = f"{typed} <<< {shlex.quote(outcome.answers)}"
        said = self.types(f"{before}\n{typed}", status=[outcome.status])
        assert command.prints(said), (command, said)

    def release(self) -> str:
        """The name of the release that runs."""
        pid = self.guest.show(UNIT, "MainPID")
        found = re.search(r"/releases/([^/]+)/", self.guest.run("cat", f"/proc/{pid}/cmdline").stdout)
        assert found
        return found[1]

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a file of the checkout."""
        path = self.checkout / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        """Put a file of the owner's own into the checkout."""
        self.guest.write(f"{CHECKOUT}/{file}", text)
        self.guest.run("chown", "owner:owner", f"{CHECKOUT}/{file}")


@contextmanager
def new_owner(name: str, folder: Path, suite: str) -> Iterator[Owner]:
    """An owner on a new system with a network, for the length of a block."""
    require_host()
    guest = Guest(name, folder, suite=suite, packages=CLEAN, online=True)
    try:
        guest.boot()
        yield Owner(guest)
    finally:
        guest.power_off()
