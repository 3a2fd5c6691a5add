"""A speaker on a booted Debian, put there by Ansible, listening to a recording, in touch with a real broker."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.mqtt.mosquitto import require as require_mosquitto
from tests.system.fleet import PLAYBOOK, ROOT, Report, play, prepare
from tests.system.guest import Guest, require_host, sh, until
from tests.system.sound_server import start_sound_server  # noqa: F401 - a fixture

UNIT = "edge-voice.service"
PASSWORD = "correct-horse-battery-staple"
LISTEN = "/srv/kitchen.flac"
METRICS = "/var/lib/edge-voice/metrics/edge_voice.prom"
REMOVE_PACKAGES = (
    "dpkg --purge --force-depends $(dpkg-query -W -f '${Package} ' 'python3*-venv' 'libportaudio2*' "
    "libasound2 libasound2t64 libasound2-data 2>/dev/null)"
)
"""The bundle must make them unnecessary, or bring them along."""
DROPIN = f"""\
[Service]
ExecStart=
ExecStart=/opt/edge-voice/current/bin/edge-voice --log-level info run --source {LISTEN} --sink /tmp/heard.wav
"""


@dataclass
class Speaker:
    """The guest, and what was asked of Ansible."""

    guest: Guest
    folder: Path
    variables: dict[str, Any]
    rehearsed: Report = field(init=False)
    left_by_the_rehearsal: str = field(init=False)
    first: Report = field(init=False)

    def play(self, *, check: bool = False, playbook: Path = PLAYBOOK, **changes: Any) -> Report:
        """The playbook once more, with changed variables."""
        return play(self.guest, self.folder, self.variables | changes, check=check, playbook=playbook)

    def release(self) -> str:
        """The name of the release that the link leads to."""
        return Path(self.guest.run("readlink", "/opt/edge-voice/current").stdout.strip()).name

    @property
    def pid(self) -> int:
        """The main process, in the guest's numbers; 0 when there is none."""
        return int(self.guest.show(UNIT, "MainPID"))

    def processes(self) -> list[str]:
        """Every process of the service, by name."""
        group = self.guest.show(UNIT, "ControlGroup")
        if not group:
            return []
        script = f"for pid in $(cat /sys/fs/cgroup{group}/cgroup.procs); do cat /proc/$pid/comm; done"
        return sorted(self.guest.run("sh", "-c", script).stdout.split())

    def wait_ready(self, *, other_than: int = 0) -> int:
        """The process id once the service is ready in a process that is not `other_than`."""

        def ready() -> int:
            pid = self.pid
            return pid if pid not in {0, other_than} and self.guest.show(UNIT, "ActiveState") == "active" else 0

        return int(until(ready, what="the service is ready", clues=lambda: self.guest.journal(UNIT)[-5000:]))


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a Mosquitto with passwords and the access list of docs/mqtt.md; it is started in the hub."""
    require_mosquitto()
    folder = tmp_path_factory.mktemp("broker")
    sh("mosquitto_passwd", "-c", "-b", folder / "passwords", "kitchen", PASSWORD)
    sh("mosquitto_passwd", "-b", folder / "passwords", "owner", PASSWORD)
    rules = (
        "pattern write edge-voice/%u/#\npattern read edge-voice/%u/command/+\npattern write zigbee2mqtt/+/set\n"
        "user owner\ntopic readwrite #\n"
    )
    (folder / "acl").write_text(rules, encoding="utf-8")
    files = f"password_file {folder / 'passwords'}\nacl_file {folder / 'acl'}\n"
    config = f"listener 1883\nuser root\nallow_anonymous false\n{files}"
    (folder / "mosquitto.conf").write_text(config, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def speaker(tmp_path_factory: pytest.TempPathFactory, broker: Path) -> Iterator[Speaker]:
    """Installed and started once for all tests; each leaves it running."""
    require_host()
    folder = tmp_path_factory.mktemp("speaker")
    bundle = Path(os.environ.get("EDGE_VOICE_TEST_BUNDLE") or tmp_path_factory.mktemp("bundle"))
    if not (bundle / "models").is_dir():
        prepare(bundle)
    guest = Guest("evkitchen", folder)
    speaker = Speaker(
        guest,
        folder,
        {
            "edge_voice_bundle": str(bundle),
            "edge_voice_settings": {
                "device": {"id": "kitchen", "name": 'The "kitchen"', "area": "Kitchen"},
                "mqtt": {"host": "10.77.31.1", "username": "kitchen"},
                "telemetry": {"metrics_interval_s": 5, "prometheus_file": METRICS},
            },
            "edge_voice_credentials": {"mqtt-password": PASSWORD},
            "edge_voice_dropins": {"recording": DROPIN},
        },
    )
    mosquitto = None
    try:
        guest.boot()
        guest.run("sh", "-c", REMOVE_PACKAGES)
        make_recording(guest.root / LISTEN.lstrip("/"))
        mosquitto = subprocess.Popen(
            ["ip", "netns", "exec", guest.hub, "mosquitto", "-c", str(broker / "mosquitto.conf")]
        )
        speaker.rehearsed = speaker.play(check=True)
        places = "/opt/edge-voice* /etc/edge-voice* /var/lib/edge-voice* /etc/systemd/system/edge-voice*"
        speaker.left_by_the_rehearsal = guest.run("sh", "-c", f"ls -d {places}", check=False).stdout
        speaker.first = speaker.play()
        yield speaker
    finally:
        if mosquitto is not None:
            mosquitto.terminate()
            mosquitto.wait()
        guest.power_off()


def make_recording(path: Path) -> None:
    """Two seconds of silence, one question, and six hours of silence: longer than all tests take."""
    question, rate = soundfile.read(ROOT / "edge/bench/recordings/01-time.flac", dtype="int16")
    minute = np.zeros(60 * rate, dtype=np.int16)
    with soundfile.SoundFile(path, "w", rate, 1, "PCM_16", format="FLAC") as recording:
        recording.write(minute[: 2 * rate])
        recording.write(question)
        for _ in range(6 * 60):
            recording.write(minute)
