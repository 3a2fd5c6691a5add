"""The role against a booted host that has no network but the cable to Ansible."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.mqtt.mosquitto import make_certificates
from tests.system.conftest import PASSWORD, UNIT, Speaker
from tests.system.fleet import ANSIBLE, BIN, PLAYBOOK, run_ansible

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]


def test_check_mode_on_a_fresh_host_says_what_is_to_be_done_and_does_nothing(speaker: Speaker) -> None:
    assert speaker.rehearsed.ok, speaker.rehearsed.output[-6000:]
    assert speaker.rehearsed.changed > 0
    assert '+"id" = "kitchen"' in speaker.rehearsed.output
    assert PASSWORD not in speaker.rehearsed.output
    assert speaker.left_by_the_rehearsal == ""


def test_the_first_run_ends_with_a_listening_speaker(speaker: Speaker) -> None:
    assert speaker.first.ok, speaker.first.output[-6000:]
    assert speaker.first.changed > 0
    speaker.wait_ready()
    assert speaker.guest.run("systemctl", "is-enabled", UNIT).stdout.strip() == "enabled"


def test_the_bundle_brings_everything_that_sound_needs(speaker: Speaker) -> None:
    lists = speaker.guest.run("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n").stdout
    assert "libportaudio2 installed" not in lists
    assert "python3-venv installed" not in lists
    script = "import pyaudio; print(pyaudio.PyAudio().get_host_api_info_by_index(0)['name'])"
    assert "ALSA" in speaker.guest.run("/opt/edge-voice/current/bin/python", "-c", script).stdout


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
    assert '+"volume" = 35' in other.output
    assert PASSWORD not in other.output
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
def secured_broker(speaker: Speaker, tmp_path: Path) -> Iterator[Path]:
    """A broker with a private authority that asks for a client certificate; the folder of the certificates."""
    make_certificates(tmp_path, "10.77.31.1")
    lines = ["listener 8883", "user root", "require_certificate true", "use_identity_as_username true"]
    lines += [f"{name} {tmp_path / file}" for name, file in (("cafile", "ca.crt"), ("certfile", "server.crt"))]
    (tmp_path / "conf").write_text("\n".join([*lines, f"keyfile {tmp_path / 'server.key'}\n"]), encoding="utf-8")
    inside = ["ip", "netns", "exec", speaker.guest.hub]
    with subprocess.Popen([*inside, "mosquitto", "-c", str(tmp_path / "conf")]) as broker:
        yield tmp_path
        broker.terminate()


def own_files(speaker: Speaker, folder: Path) -> dict[str, Any]:
    """Variables with certificates, a wake word of the owner's and sentences, some of them in folders."""
    (folder / "sentences").mkdir(exist_ok=True)
    data = "language: en\nintents: {HassRespond: {data: [{sentences: [what is new], response: Nothing.}]}}\n"
    (folder / "sentences/mine.yaml").write_text(data, encoding="utf-8")
    words = Path(speaker.variables["edge_voice_bundle"], "models/microwakeword-alexa")
    names = {name: str(folder / name) for name in ("ca.crt", "client.crt", "sentences")}
    settings = speaker.variables["edge_voice_settings"]
    mqtt = {"host": "10.77.31.1", "tls": True, "ca_file": "ca.crt", "cert_file": "client.crt"}
    wake = {"words": {"computer": {"model": "word/alexa.json"}}}
    return {
        "edge_voice_files": names | {"word": str(words)},
        "edge_voice_settings": settings | {"mqtt": mqtt, "wake": wake, "route": {"sentences": ["sentences"]}},
        "edge_voice_credentials": {"mqtt-key": (folder / "client.key").read_text(encoding="utf-8")},
    }


def test_certificates_words_and_sentences_of_the_owner_are_rolled_out_and_removed(
    speaker: Speaker, secured_broker: Path
) -> None:
    before = speaker.wait_ready()
    files = speaker.guest.root / "etc/edge-voice/files"
    variables = own_files(speaker, secured_broker)
    rehearsed = speaker.play(check=True, **variables)
    assert rehearsed.ok, rehearsed.output[-6000:]
    assert '+"ca_file" = "/etc/edge-voice/files/' in rehearsed.output
    assert (speaker.pid, files.exists()) == (before, False)

    wrong = (secured_broker / "server.key").read_text(encoding="utf-8")
    refused = speaker.play(**variables | {"edge_voice_credentials": {"mqtt-key": wrong}})
    assert not refused.ok
    assert "key values mismatch" in refused.output
    assert wrong.splitlines()[1] not in refused.output
    assert speaker.pid == before
    assert not (speaker.guest.root / "etc/credstore/edge-voice.mqtt-key").exists()

    played = speaker.play(**variables)
    assert played.ok, played.output[-6000:]
    speaker.wait_ready(other_than=before)
    tls = [word for name, file in (("cafile", "ca.crt"), ("cert", "client.crt"), ("key", "client.key"))
           for word in (f"--{name}", str(secured_broker / file))]  # fmt: skip
    listen = ["mosquitto_sub", "-h", "10.77.31.1", "-p", "8883", *tls, "-C", "1", "-W", "60"]
    online = ["ip", "netns", "exec", speaker.guest.hub, *listen, "-t", "edge-voice/kitchen/status"]
    assert subprocess.run(online, capture_output=True, check=True).stdout.strip() == b"online"
    assert sorted(path.name for path in files.glob("*/*")) == ["ca.crt", "client.crt", "sentences", "word"]
    assert speaker.guest.run("/usr/local/bin/edge-voice", "ask", "what is new").stdout.strip() == "Nothing."
    again = speaker.play(**variables)
    assert (again.ok, again.changed) == (True, 0), again.output[-6000:]

    assert speaker.play().ok
    assert list(files.iterdir()) == []
    assert not (speaker.guest.root / "etc/credstore/edge-voice.mqtt-key").exists()
    speaker.wait_ready()


def test_what_does_not_start_is_taken_back_whole(speaker: Speaker) -> None:
    before = speaker.wait_ready()
    etc = speaker.guest.root / "etc"
    paths = [
        etc / "edge-voice/config.toml",
        etc / "credstore/edge-voice.mqtt-password",
        etc / f"systemd/system/{UNIT}.d/recording.conf",
    ]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    settings = speaker.variables["edge_voice_settings"]
    broken = speaker.play(
        edge_voice_settings=settings | {"audio": {"volume": 35}},
        edge_voice_credentials={"mqtt-password": "another"},
        edge_voice_dropins={"broken": "[Service]\nExecStart=\nExecStart=/bin/false\n"},
    )
    assert not broken.ok
    assert "everything is as it was before" in broken.output
    assert [path.read_text(encoding="utf-8") for path in paths] == texts
    assert not (paths[2].parent / "broken.conf").exists()
    speaker.wait_ready(other_than=before)
    again = speaker.play()
    assert (again.ok, again.changed) == (True, 0), again.output[-6000:]


def test_a_file_that_no_setting_names_is_refused(speaker: Speaker) -> None:
    refused = speaker.play(edge_voice_files={"it": __file__})
    assert not refused.ok
    assert "edge_voice_settings name nowhere what edge_voice_files has: it" in refused.output


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
    rehearsed = speaker.play(check=True, edge_voice_state="absent", edge_voice_purge=True)
    assert (rehearsed.ok, rehearsed.changed) == (True, 1)
    assert (speaker.guest.root / "opt/edge-voice").exists()
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


SMALLER_USERLAND = """\
- hosts: speakers
  tasks:
    - ansible.builtin.set_fact: {userspace_bits: "32", cacheable: true}
    - ansible.builtin.import_role: {name: edge_voice, tasks_from: preflight}
"""


def test_a_32_bit_system_on_a_64_bit_kernel_is_refused(speaker: Speaker, tmp_path: Path) -> None:
    playbook = tmp_path / "playbook.yml"
    playbook.write_text(SMALLER_USERLAND, encoding="utf-8")
    refused = speaker.play(playbook=playbook)
    assert not refused.ok
    assert "this one has 32 bits" in refused.output


def test_the_first_board_that_fails_keeps_the_others_as_they_are(tmp_path: Path) -> None:
    hosts = {f"board-{number}": {"ansible_connection": "local"} for number in range(5)}
    failed = run_ansible(tmp_path, hosts, {"edge_voice_bundle": str(tmp_path)}, PLAYBOOK)
    assert not failed.ok
    assert "board-0" in failed.output
    assert "board-1" not in failed.output


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
