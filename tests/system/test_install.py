"""The commands of docs/service.md, as written, by an ordinary user with sudo on a new system."""

import os
from collections.abc import Iterator

import pytest

from tests.docs.blocks import ROOT
from tests.docs.commands import SERVICE, commands
from tests.system.conftest import UNIT
from tests.system.guest import until
from tests.system.owner import CHECKOUT, SMALL, SYSTEMS, Owner, new_owner

UPGRADE = "Upgrade, go back, remove"
"""The section of the page with which a speaker's life ends."""

pytestmark = [pytest.mark.system, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module", params=SYSTEMS)
def owner(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Owner]:
    with new_owner("evinstall", tmp_path_factory.mktemp("install"), request.param) as owner:
        yield owner


def test_readme_names_the_same_commands() -> None:
    mine = {command.text for command in commands(SERVICE)}
    assert {it.text for it in commands(ROOT / "README.md") if it.text.startswith("sudo")} <= mine


def test_the_documented_commands_install_it_and_move_it(owner: Owner) -> None:
    for command in commands(SERVICE):
        if command.heading == UPGRADE:
            continue
        if command.text.startswith("sudo tar -cz"):
            owner.types('sudo systemctl start edge-voice; sudo edge-voice ask "set an alarm for seven thirty"')
        if command.text.startswith("sudo tar -xz"):
            owner.types("sudo rm /var/lib/edge-voice/schedule.json")  # another board
        owner.follows(command)
    assert ":30" in owner.types("edge-voice timers")
    assert (owner.guest.root / "etc/edge-voice/config.toml").read_text(encoding="utf-8") == SMALL
    assert owner.guest.show(UNIT, "ActiveState") == "active"
    owner.guest.run("/opt/edge-voice/current/bin/python", "-c", "import pyaudio, piper")
    pid = owner.guest.show(UNIT, "MainPID")
    assert "nothing was changed" in owner.types("sudo make install")
    assert owner.guest.show(UNIT, "MainPID") == pid
    assert owner.types(f"find {CHECKOUT} -user root -not -name '*.tar.gz'") == ""


@pytest.mark.parametrize(
    ("mistake", "answer"),
    [
        ("make install", "only root can install a service: sudo make install"),
        ("sudo make upgrade PYTHON=/bin/false", "needs Python 3.11, 3.12 or 3.13"),
        ("sudo make install PYTHON=/no/such/python", "needs Python 3.11, 3.12 or 3.13"),
        ("make run PYTHON=/bin/false", "PYTHON=/bin/false is not Python 3.11, 3.12 or 3.13"),
        ("sudo cp -r . /srv/roots; cd /srv/roots && make run", "which belongs to root"),
    ],
)
def test_a_mistake_is_named(owner: Owner, mistake: str, answer: str) -> None:
    assert answer in owner.types(mistake, status=[2])


def test_the_documented_commands_upgrade_it_go_back_and_remove_it(owner: Owner) -> None:
    upgrade, rollback, uninstall, purge = (it for it in commands(SERVICE) if it.heading == UPGRADE)
    first = owner.release()
    owner.edit("edge/__init__.py", '__version__ = "', '__version__ = "1')
    owner.follows(upgrade)
    assert owner.release() != first
    # What was added is carried over.
    owner.guest.run("/opt/edge-voice/current/bin/python", "-c", "import piper, pyaudio")
    owner.follows(rollback)
    assert owner.release() == first

    owner.edit("edge/__init__.py", '__version__ = "', '__version__ = "1')
    owner.edit("edge/daemon.py", "    loop = asyncio.get_running_loop()\n", "    raise SystemExit(1)\n")
    refused = owner.types(upgrade.text, status=[2])
    assert "did not start" in refused
    assert "as it was before" in refused
    until(lambda: owner.guest.show(UNIT, "ActiveState") == "active", what="the old release runs again")
    assert owner.release() == first

    owner.follows(uninstall)
    assert not (owner.guest.root / "opt/edge-voice").exists()
    assert (owner.guest.root / "var/lib/edge-voice/models").exists()
    owner.follows(purge)
    gone = ("etc/edge-voice", "var/lib/edge-voice", "var/cache/edge-voice", "etc/systemd/system/edge-voice.service")
    assert [path for path in gone if os.path.lexists(owner.guest.root / path)] == []
