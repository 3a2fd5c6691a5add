"""The role against a booted host that has no network but the cable to Ansible."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.system.conftest import UNIT, Speaker
from tests.system.fleet import ANSIBLE, BIN

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]


def test_check_mode_on_a_fresh_host_says_what_is_to_be_done_and_does_nothing(speaker: Speaker) -> None:
    assert speaker.rehearsed.ok, speaker.rehearsed.output[-6000:]
    assert speaker.rehearsed.changed > 0
    assert speaker.left_by_the_rehearsal == ""


def test_the_first_run_ends_with_a_listening_speaker(speaker: Speaker) -> None:
    assert speaker.first.ok, speaker.first.output[-6000:]
    assert speaker.first.changed > 0
    speaker.wait_ready()
    assert speaker.guest.run("systemctl", "is-enabled", UNIT).stdout.strip() == "enabled"


def test_the_second_run_changes_nothing(speaker: Speaker) -> None:
    before = speaker.wait_ready()
    second = speaker.play()
    assert second.ok, second.output[-6000:]
    assert second.changed == 0, second.output[-6000:]
    assert speaker.pid == before


def test_check_mode_on_an_installed_host_tells_what_would_change(speaker: Speaker) -> None:
    before = speaker.wait_ready()
    same = speaker.play(check=True)
    assert same.ok, same.output[-6000:]
    assert same.changed == 0, same.output[-6000:]
    settings = speaker.variables["edge_voice_settings"]
    other = speaker.play(check=True, edge_voice_settings=settings | {"audio": {"volume": 35}})
    assert other.ok, other.output[-6000:]
    assert other.changed == 1
    assert '"volume"' not in (speaker.guest.root / "etc/edge-voice/config.toml").read_text(encoding="utf-8")
    assert speaker.pid == before


def test_new_settings_take_effect(speaker: Speaker) -> None:
    before = speaker.wait_ready()
    settings = speaker.variables["edge_voice_settings"]
    changed = speaker.play(edge_voice_settings=settings | {"audio": {"volume": 35}})
    assert changed.ok, changed.output[-6000:]
    assert changed.changed == 1  # the switch: the file, and the restart
    speaker.wait_ready(other_than=before)
    assert '"volume" = 35' in (speaker.guest.root / "etc/edge-voice/config.toml").read_text(encoding="utf-8")
    assert speaker.play().ok


@pytest.mark.parametrize(
    ("section", "complaint"),
    [
        ({"audio": {"volum": 35}}, "volum"),
        ({"wake": {"engine": "openwakeword"}}, "may not be used commercially"),
        ({"stt": {"engine": "whisper"}}, "lacks"),
    ],
    ids=["a mistake", "a licence that is not accepted", "a model that is not in the bundle"],
)
def test_what_cannot_work_stops_the_play_and_leaves_the_speaker_alone(
    speaker: Speaker, section: dict[str, object], complaint: str
) -> None:
    before = speaker.wait_ready()
    config = speaker.guest.root / "etc/edge-voice/config.toml"
    text = config.read_text(encoding="utf-8")
    bad = speaker.play(edge_voice_settings=speaker.variables["edge_voice_settings"] | section)
    assert not bad.ok
    assert complaint in bad.output
    assert config.read_text(encoding="utf-8") == text
    assert speaker.pid == before


@pytest.fixture
def next_version(speaker: Speaker, tmp_path: Path) -> Path:
    """The same wheels under the name of another release."""
    (wheels,) = Path(speaker.variables["edge_voice_bundle"]).glob("wheels-*")
    shutil.copytree(wheels, tmp_path / wheels.name)
    with (tmp_path / wheels.name / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("# the next version\n")
    return tmp_path / wheels.name


def test_an_upgrade_that_stopped_at_a_mistake_is_completed_by_the_next_run(
    speaker: Speaker, next_version: Path
) -> None:
    before, old = speaker.wait_ready(), speaker.release()
    settings = speaker.variables["edge_voice_settings"]
    rehearsed = speaker.play(check=True, edge_voice_wheels=str(next_version))
    assert rehearsed.ok, rehearsed.output[-6000:]
    assert rehearsed.changed > 0
    failed = speaker.play(edge_voice_wheels=str(next_version), edge_voice_settings=settings | {"audio": {"volum": 1}})
    assert not failed.ok
    assert "volum" in failed.output
    assert (speaker.release(), speaker.pid) == (old, before)
    again = speaker.play(edge_voice_wheels=str(next_version))
    assert again.ok, again.output[-6000:]
    pid = speaker.wait_ready(other_than=before)
    new = speaker.release()
    assert new != old
    assert f"/releases/{new}/" in speaker.guest.run("cat", f"/proc/{pid}/cmdline").stdout
    assert speaker.guest.run("readlink", "/opt/edge-voice/previous").stdout.strip().endswith(old)
    speaker.guest.run("/opt/edge-voice/current/bin/python", "-m", "edge.board", "rollback")
    speaker.wait_ready(other_than=pid)
    assert speaker.release() == old


def test_an_environment_that_an_upgrade_of_the_system_broke_is_built_again(speaker: Speaker) -> None:
    release = speaker.release()
    speaker.guest.run("sh", "-c", f"rm -r /opt/edge-voice/releases/{release}/lib/python3*/site-packages/pip*")
    repaired = speaker.play()
    assert repaired.ok, repaired.output[-6000:]
    assert speaker.release() == release
    speaker.guest.run("/opt/edge-voice/current/bin/python", "-m", "pip", "--version")
    speaker.wait_ready()


def test_the_role_removes_what_it_has_installed_and_installs_it_again(speaker: Speaker) -> None:
    removed = speaker.play(edge_voice_state="absent", edge_voice_purge=True)
    assert removed.ok, removed.output[-6000:]
    for path in ("opt/edge-voice", "etc/edge-voice", "var/lib/edge-voice", "etc/systemd/system/edge-voice.service"):
        assert not (speaker.guest.root / path).exists(), path
    assert list((speaker.guest.root / "etc/credstore").iterdir()) == []
    assert speaker.play(edge_voice_state="absent").changed == 0
    again = speaker.play()
    assert again.ok, again.output[-6000:]
    speaker.wait_ready()


def test_files_belong_to_whom_they_should(speaker: Speaker) -> None:
    wanted = {
        "/etc/credstore": "root:root 700",
        "/etc/credstore/edge-voice.mqtt-password": "root:root 600",
        "/etc/edge-voice/config.toml": "root:edge-voice 640",
        "/var/lib/edge-voice": "edge-voice:edge-voice 751",
        "/var/lib/edge-voice/models": "root:root 755",
        "/opt/edge-voice/current/bin/edge-voice": "root:root 755",
    }
    for path, expected in wanted.items():
        assert speaker.guest.run("stat", "-c", "%U:%G %a", path).stdout.strip() == expected, path
    assert not (speaker.guest.root / "var/cache/edge-voice/wheels").exists()


@pytest.mark.parametrize(
    "command",
    [["ansible-lint", "--offline", "--profile", "production"], ["yamllint", "-s", "."]],
    ids=["ansible", "yaml"],
)
def test_the_linters_have_nothing_to_say(command: list[str]) -> None:
    program = BIN / command[0]
    if not program.exists():
        pytest.skip(f"{command[0]} is not installed: make system-test installs it")
    environment = {"PATH": f"{BIN}:/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [program, *command[1:]], cwd=ANSIBLE, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
