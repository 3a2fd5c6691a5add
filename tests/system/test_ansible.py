"""The role against a booted host that has no network but the cable to Ansible."""

import subprocess

import pytest

from tests.system.conftest import UNIT, Speaker
from tests.system.fleet import ANSIBLE, BIN

pytestmark = pytest.mark.system


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


def test_new_settings_take_effect(speaker: Speaker) -> None:
    before = speaker.wait_ready()
    settings = speaker.variables["edge_voice_settings"]
    changed = speaker.play(edge_voice_settings=settings | {"audio": {"volume": 35}})
    assert changed.ok, changed.output[-6000:]
    assert changed.changed == 2  # the file, and the restart
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


def test_files_belong_to_whom_they_should(speaker: Speaker) -> None:
    wanted = {
        "/etc/credstore": "root:root 700",
        "/etc/credstore/edge-voice.mqtt-password": "root:root 600",
        "/etc/edge-voice/config.toml": "root:edge-voice 640",
        "/var/lib/edge-voice": "edge-voice:edge-voice 750",
        "/var/lib/edge-voice/models": "root:root 755",
        "/opt/edge-voice/bin/edge-voice": "root:root 755",
    }
    for path, expected in wanted.items():
        assert speaker.guest.run("stat", "-c", "%U:%G %a", path).stdout.strip() == expected, path
    assert not (speaker.guest.root / "var/cache/edge-voice").exists()


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
