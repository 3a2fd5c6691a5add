"""The commands of docs/service.md, as written, by an ordinary user with sudo on a clean Debian."""

import os
import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.system.conftest import UNIT
from tests.system.fleet import ROOT
from tests.system.guest import Guest, require_host, until

pytestmark = [pytest.mark.system, pytest.mark.timeout(1800)]

CLEAN = ("systemd", "systemd-sysv", "dbus", "sudo", "make", "python3", "ca-certificates", "procps")
"""What a board has: no compiler, no sound library, and no python3-venv."""

SMALL = '[llm]\nmodel = "smollm2-135m"\n'
CHECKOUT = "/home/owner/edge-voice"


def commands(document: str) -> list[str]:
    """The indented lines of a document that an owner types with sudo, in order."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return [re.sub(r"\s+#.*", "", line.strip()) for line in re.findall(r"^ {4,}sudo .*$", text, re.MULTILINE)]


class Owner:
    """A user with a checkout and sudo."""

    def __init__(self, guest: Guest) -> None:
        self.guest = guest
        guest.run("useradd", "--create-home", "--shell", "/bin/bash", "owner")
        guest.write("/etc/sudoers.d/owner", "owner ALL=(ALL) NOPASSWD: ALL\n", 0o440)
        guest.write("/etc/edge-voice/config.toml", SMALL)  # the larger model is a download of a gigabyte
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        names = [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
        packed = subprocess.run(
            ["tar", "-c", "--null", "-T", "-"],
            cwd=ROOT,
            input="\0".join(names).encode(),
            capture_output=True,
            check=True,
        )
        target = guest.root / CHECKOUT.lstrip("/")
        target.mkdir()
        subprocess.run(["tar", "-x", "-C", target], input=packed.stdout, check=True)
        guest.run("chown", "-R", "owner:owner", CHECKOUT)

    def types(self, command: str, *, check: bool = True) -> str:
        """What the command prints, on both outputs, after its exit status."""
        path = "PATH=/usr/local/bin:/usr/bin:/bin"
        line = f"cd {CHECKOUT} && {{ {command}; }} 2>&1"
        done = self.guest.run("runuser", "-u", "owner", "--", "env", path, "sh", "-c", line, check=False, timeout=900)
        assert done.returncode == 0 or not check, f"{command}: {done.returncode}\n{done.stdout[-5000:]}"
        return done.stdout

    def release(self) -> str:
        """The name of the release that runs."""
        pid = self.guest.show(UNIT, "MainPID")
        found = re.search(r"/releases/([^/]+)/", self.guest.run("cat", f"/proc/{pid}/cmdline").stdout)
        assert found
        return found[1]

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a file of the checkout."""
        path = self.guest.root / CHECKOUT.lstrip("/") / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Debian 12 always, Debian 13 in `make nightly-test`, too."""
    if "suite" in metafunc.fixturenames:
        nightly = metafunc.config.getoption("--no-skips")
        metafunc.parametrize("suite", ["bookworm", "trixie"] if nightly else ["bookworm"], scope="module")


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory, suite: str) -> Iterator[Owner]:
    require_host()
    guest = Guest("evinstall", tmp_path_factory.mktemp("install"), suite=suite, packages=CLEAN, online=True)
    try:
        guest.boot()
        yield Owner(guest)
    finally:
        guest.power_off()


def test_readme_names_the_same_commands() -> None:
    assert set(commands("README.md")) <= set(commands("docs/service.md"))


def test_the_documented_commands_install_upgrade_go_back_and_remove(owner: Owner) -> None:
    typed = iter(commands("docs/service.md"))

    def next_is(command: str, *, check: bool = True) -> str:
        assert next(typed) == command
        return owner.types(command, check=check)

    said = next_is("sudo make install")
    assert "what time is it" in said
    assert owner.guest.show(UNIT, "ActiveState") == "active"
    assert (owner.guest.root / "etc/edge-voice/config.toml").read_text(encoding="utf-8") == SMALL
    owner.guest.run("/opt/edge-voice/current/bin/python", "-c", "import pyaudio")
    assert owner.types('sudo edge-voice ask "what time is it"').startswith("It's ")
    assert "microphone" in next_is("sudo edge-voice doctor", check=False)  # the guest has no sound card
    next_is("sudo edge-voice check")
    next_is("sudo systemctl restart edge-voice")
    next_is("sudo edge-voice models pull")
    next_is("sudo /opt/edge-voice/current/bin/python -m pip install 'edge-voice[piper]'")
    first = owner.release()
    pid = owner.guest.show(UNIT, "MainPID")
    assert "nothing was changed" in owner.types("sudo make install")
    assert owner.guest.show(UNIT, "MainPID") == pid
    assert owner.types(f"find {CHECKOUT} -user root") == ""

    owner.edit("edge/__init__.py", '__version__ = "', '__version__ = "1')
    next_is("sudo make upgrade")
    second = owner.release()
    assert second != first
    owner.guest.run(
        "/opt/edge-voice/current/bin/python", "-c", "import piper, pyaudio"
    )  # what was added is carried over
    next_is("sudo make rollback")
    assert owner.release() == first

    owner.edit("edge/__init__.py", '__version__ = "', '__version__ = "1')
    owner.edit("edge/daemon.py", "    loop = asyncio.get_running_loop()\n", "    raise SystemExit(1)\n")
    refused = owner.types("sudo make upgrade", check=False)
    assert "did not start" in refused
    assert "as it was before" in refused
    until(lambda: owner.guest.show(UNIT, "ActiveState") == "active", what="the old release runs again")
    assert owner.release() == first

    next_is("sudo make uninstall")
    assert not (owner.guest.root / "opt/edge-voice").exists()
    assert (owner.guest.root / "var/lib/edge-voice/models").exists()
    next_is("sudo make uninstall PURGE=1")
    gone = ("etc/edge-voice", "var/lib/edge-voice", "var/cache/edge-voice", "etc/systemd/system/edge-voice.service")
    assert [path for path in gone if os.path.lexists(owner.guest.root / path)] == []
    assert list(typed) == [command for command in commands("docs/service.md") if "usermod" in command]


def test_a_wheel_installs_pulls_its_models_and_shows_the_demo(owner: Owner) -> None:
    owner.types("sudo apt-get install -y --no-install-recommends python3-venv")
    owner.guest.write("/etc/edge-voice/config.toml", SMALL)
    owner.types(
        "python3 -m venv ~/build && ~/build/bin/pip install -q build && ~/build/bin/python -m build -qw -o ~/dist ."
    )
    owner.types("python3 -m venv ~/venv && ~/venv/bin/pip install -q ~/dist/edge_voice-*.whl")
    owner.types("cd ~ && ~/venv/bin/edge-voice models pull")
    said = owner.types("cd ~ && ~/venv/bin/edge-voice demo")
    assert "what time is it" in said
    assert "no answer" not in said
