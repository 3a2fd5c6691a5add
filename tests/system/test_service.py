"""The unit under a real systemd: started, killed, hung, stopped, restarted, misconfigured, and shut in."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.system.conftest import METRICS, PASSWORD, UNIT, Speaker
from tests.system.fleet import ROOT
from tests.system.guest import sh, until

pytestmark = pytest.mark.system


@contextmanager
def dropin(speaker: Speaker, text: str) -> Iterator[None]:
    """A change to the unit for the length of a block."""
    path = f"/run/systemd/system/{UNIT}.d/test.conf"
    speaker.guest.run("mkdir", "-p", f"/run/systemd/system/{UNIT}.d")
    speaker.guest.run("sh", "-c", f"printf '%s' '{text}' > {path}")
    speaker.guest.run("systemctl", "daemon-reload")
    try:
        yield
    finally:
        speaker.guest.run("rm", path)
        speaker.guest.run("systemctl", "daemon-reload")
        speaker.guest.run("systemctl", "reset-failed", UNIT, check=False)


def restarts(speaker: Speaker) -> int:
    return int(speaker.guest.show(UNIT, "NRestarts"))


def test_it_is_ready_and_says_so(speaker: Speaker) -> None:
    speaker.wait_ready()
    assert speaker.guest.show(UNIT, "StatusText")
    assert speaker.guest.show(UNIT, "Result") == "success"
    assert restarts(speaker) == 0
    owner = speaker.guest.run("ps", "-o", "user:20=", "-p", speaker.pid).stdout.strip()
    assert owner == "edge-voice"
    # Whether the process has it depends on the host: a container may not lower the score.
    assert speaker.guest.show(UNIT, "OOMScoreAdjust") == "-100"


def subscribe(speaker: Speaker, topic: str) -> list[str]:
    """The command that prints the next message of a topic of the speaker."""
    login = ["-h", "127.0.0.1", "-u", "owner", "-P", PASSWORD]
    listen = ["mosquitto_sub", *login, "-W", "60", "-C", "1", "-t", f"edge-voice/kitchen/{topic}"]
    return ["ip", "netns", "exec", speaker.guest.hub, *listen]


def test_a_question_is_answered_and_told_to_the_broker(speaker: Speaker) -> None:
    with subprocess.Popen(subscribe(speaker, "turn"), stdout=subprocess.PIPE) as listening:
        speaker.guest.run("systemctl", "restart", UNIT)
        record, _ = listening.communicate(timeout=90)
    assert record, speaker.guest.journal(UNIT)[-3000:]
    turn = json.loads(record)
    assert (turn["outcome"], turn["answerer"]) == ("answered", "home"), (turn, speaker.guest.journal(UNIT)[-3000:])
    assert "transcript" not in turn
    state = subprocess.run(subscribe(speaker, "state"), capture_output=True, check=True)
    assert json.loads(state.stdout)["name"] == 'The "kitchen"'


def test_another_user_may_read_the_metrics_and_not_the_records(speaker: Speaker) -> None:
    """As node_exporter, which is a user of its own; it reads a link to the file."""
    speaker.wait_ready()
    as_another = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    speaker.guest.run("ln", "-sf", METRICS, "/srv/edge_voice.prom")

    def metrics() -> str:
        return speaker.guest.run(*as_another, "cat", "/srv/edge_voice.prom", check=False).stdout

    text = until(metrics, what="another user reads the metrics", clues=lambda: speaker.guest.journal(UNIT)[-5000:])
    assert "edge_voice_info{" in str(text)
    spool = "/var/lib/edge-voice/telemetry.db"
    assert speaker.guest.run("stat", "-c", "%U %a", spool).stdout.strip() == "edge-voice 600"
    assert speaker.guest.run(*as_another, "cat", spool, check=False).returncode != 0
    assert "telemetry-in-memory" not in speaker.guest.journal(UNIT)


def test_only_members_of_the_group_may_command_it(speaker: Speaker) -> None:
    program = "/opt/edge-voice/current/bin/edge-voice"
    speaker.wait_ready()
    assert speaker.guest.run("stat", "-c", "%a %U %G", "/run/edge-voice/control.sock").stdout.split() == [
        "660",
        "edge-voice",
        "edge-voice",
    ]
    member = ("runuser", "-u", "nobody", "-g", "nogroup", "-G", "edge-voice", "--", program)
    assert speaker.guest.run(*member, "volume", "35").stdout.strip() == "35 percent"
    stranger = speaker.guest.run("runuser", "-u", "nobody", "--", program, "stop", check=False)
    assert stranger.returncode == 1
    assert "control-denied" in stranger.stderr
    speaker.guest.run(program, "mute")
    speaker.guest.run("systemctl", "restart", UNIT)
    speaker.wait_ready()
    status = json.loads(speaker.guest.run(program, "volume", "--json").stdout)
    assert (status["muted"], status["volume"]) == (True, 35)  # kept over the restart
    speaker.guest.run(program, "mute", "off")


@contextmanager
def pulseaudio(folder: Path) -> Iterator[str]:
    """A sound server with a microphone into which `paplay` speaks, behind a socket in `folder`; gives its address."""
    if shutil.which("pulseaudio") is None or shutil.which("paplay") is None:
        pytest.skip("pulseaudio is not installed (make system-test installs it)")
    config = (
        f"load-module module-native-protocol-unix auth-anonymous=1 socket={folder}/native\n"
        "load-module module-null-sink sink_name=speaker\n"
        "load-module module-null-sink sink_name=mouth rate=16000 channels=1\n"
        "load-module module-remap-source source_name=microphone master=mouth.monitor\n"
        "set-default-sink speaker\nset-default-source microphone\n"
    )
    (folder / "pulse.pa").write_text(config, encoding="utf-8")
    command = ["pulseaudio", "-n", "-F", str(folder / "pulse.pa"), "--daemonize=no", "--exit-idle-time=-1"]
    command += ["--use-pid-file=no", "--disable-shm=yes"]
    with subprocess.Popen(command, env=os.environ | {"HOME": str(folder)}, stderr=subprocess.DEVNULL) as server:
        until((folder / "native").exists, what="PulseAudio listens")
        yield f"unix:{folder}/native"
        server.terminate()


def test_a_microphone_behind_a_sound_server_is_heard_inside_the_sandbox(speaker: Speaker) -> None:
    speaker.guest.write("/etc/asound.conf", "pcm.!default { type pulse }\nctl.!default { type pulse }\n")
    folder = speaker.guest.root / "srv/sound"
    folder.mkdir(mode=0o750)
    speaker.guest.run("chown", "root:audio", "/srv/sound")  # as docs/service.md guards the socket
    live = "[Service]\nExecStart=\nExecStart=/opt/edge-voice/current/bin/edge-voice --log-level info run\n"
    with (
        pulseaudio(folder) as server,
        dropin(speaker, f"{live}Environment=PULSE_SERVER=unix:/srv/sound/native\n"),
        subprocess.Popen(subscribe(speaker, "turn"), stdout=subprocess.PIPE) as listening,
    ):
        speaker.guest.run("systemctl", "restart", UNIT)
        speaker.wait_ready()
        until(lambda: "device-open" in speaker.guest.journal(UNIT), what="the microphone is open")
        question = ROOT / "edge/bench/recordings/01-time.flac"
        subprocess.run(["paplay", f"--server={server}", "--device=mouth", question], check=True)
        record, _ = listening.communicate(timeout=90)
    assert record, speaker.guest.journal(UNIT)[-3000:]
    assert json.loads(record)["intent"] == "HassGetCurrentTime"
    speaker.guest.run("systemctl", "restart", UNIT)
    speaker.wait_ready()


def test_what_was_said_is_not_in_the_journal(speaker: Speaker) -> None:
    def answered() -> str:
        journal = speaker.guest.journal(UNIT)
        return journal if re.search(r"\bturn\b.*intent=HassGetCurrentTime.*outcome=answered", journal) else ""

    journal = until(answered, what="a turn is in the journal", clues=lambda: speaker.guest.journal(UNIT)[-3000:])
    assert "what time" not in journal.lower()
    assert not re.search(r"it's (\d|noon|midnight)", journal.lower())
    assert PASSWORD not in journal


def test_a_killed_process_is_started_again(speaker: Speaker) -> None:
    before, count = speaker.wait_ready(), restarts(speaker)
    speaker.guest.run("kill", "-KILL", before)
    speaker.wait_ready(other_than=before)
    assert restarts(speaker) == count + 1


def test_a_hung_process_is_noticed_by_the_watchdog(speaker: Speaker) -> None:
    with dropin(speaker, "[Service]\nWatchdogSec=4\n"):
        speaker.guest.run("systemctl", "restart", UNIT)
        before, count = speaker.wait_ready(), restarts(speaker)
        speaker.guest.run("kill", "-STOP", before)
        speaker.wait_ready(other_than=before)
        assert restarts(speaker) == count + 1
    until(lambda: "Watchdog timeout" in speaker.guest.journal(UNIT), what="systemd says why")
    # Each thread's stack. No thread need be the "current" one: what wakes a stopped process is not always Python's.
    until(
        lambda: "(most recent call first)" in speaker.guest.journal(UNIT),
        what="the process says where it hung",
        clues=lambda: speaker.guest.journal(UNIT)[-5000:],
    )


def test_it_stops_in_two_seconds_without_being_killed(speaker: Speaker) -> None:
    with dropin(speaker, "[Service]\nTimeoutStopSec=2\n"):
        speaker.wait_ready()
        speaker.guest.run("systemctl", "stop", UNIT)
        assert speaker.guest.show(UNIT, "Result") == "success"
        assert speaker.guest.show(UNIT, "ExecMainStatus") == "0"
        assert speaker.processes() == []
    speaker.guest.run("systemctl", "start", UNIT)


def test_twenty_restarts_leave_nothing_behind(speaker: Speaker) -> None:
    speaker.wait_ready()
    everything = (
        "ls -A /tmp /var/tmp /dev/shm /var/lib/edge-voice | grep -v systemd-private; ps -e --no-headers | wc -l"
    )
    processes, before = speaker.processes(), speaker.guest.run("sh", "-c", everything).stdout
    for _ in range(20):
        speaker.guest.run("systemctl", "reset-failed", UNIT)
        speaker.guest.run("systemctl", "restart", UNIT)
    speaker.wait_ready()
    until(lambda: speaker.processes() == processes, what="the same processes as before the restarts")
    after = speaker.guest.run("sh", "-c", everything).stdout
    assert after.splitlines()[:-1] == before.splitlines()[:-1]
    assert abs(int(after.split()[-1]) - int(before.split()[-1])) <= 2  # systemd's own come and go


def test_broken_settings_are_not_tried_again(speaker: Speaker) -> None:
    config = "/etc/edge-voice/config.toml"
    speaker.guest.run("sh", "-c", f"cp -a {config} /root/good.toml; printf '[wake]\\nengin = 1\\n' > {config}")
    try:
        failed = speaker.guest.run("systemctl", "restart", UNIT, check=False)
        assert failed.returncode != 0
        assert speaker.guest.show(UNIT, "ExecMainStatus") == "78"
        assert speaker.guest.show(UNIT, "ActiveState") == "failed"
        assert "engin" in speaker.guest.journal(UNIT)
    finally:
        speaker.guest.run("cp", "-a", "/root/good.toml", config)
        speaker.guest.run("systemctl", "reset-failed", UNIT)
        speaker.guest.run("systemctl", "start", UNIT)
    speaker.wait_ready()


def test_a_board_without_a_microphone_is_up_and_says_what_is_missing(speaker: Speaker) -> None:
    with dropin(
        speaker, "[Service]\nExecStart=\nExecStart=/opt/edge-voice/current/bin/edge-voice --log-level info run\n"
    ):
        speaker.guest.run("systemctl", "restart", UNIT)
        speaker.wait_ready()
        until(lambda: "icrophone" in speaker.guest.show(UNIT, "StatusText"), what="the status names the microphone")
    speaker.guest.run("systemctl", "restart", UNIT)
    speaker.wait_ready()


PROBE = r"""
import ctypes, mmap, os, socket, sys
def allowed(call):
    try:
        call()
    except (OSError, PermissionError):
        return False
    return True
def writes(path):
    return allowed(lambda: open(path, "w").close())
folder = os.environ["CREDENTIALS_DIRECTORY"]
assert open(folder + "/mqtt-password").read() == sys.argv[1], "the secret is not there"
assert writes("/var/lib/edge-voice/probe"), "cannot write its state"
os.unlink("/var/lib/edge-voice/probe")
for path in ("/etc/probe", "/usr/probe", "/opt/edge-voice/probe", "/var/probe", "/root/probe", "/home/probe",
             "/var/lib/edge-voice/models/probe", "/sys/kernel/probe", "/proc/sys/kernel/hostname"):
    assert not writes(path), f"could write {path}"
assert not allowed(lambda: open("/etc/credstore/edge-voice.mqtt-password").read()), "read the source of the secret"
assert not allowed(lambda: os.listdir("/root")), "read /root"
assert not allowed(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW)), "opened a packet socket"
assert not allowed(lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC)), "mapped writable code"
libc = ctypes.CDLL(None, use_errno=True)
assert libc.unshare(0x10000000) != 0, "made a user namespace"
assert not allowed(lambda: os.sethostname("probe") if hasattr(os, "sethostname") else socket.sethostname("probe"))
status = open("/proc/self/status").read()
assert "NoNewPrivs:\t1" in status and "CapEff:\t0000000000000000" in status and "Seccomp:\t2" in status, status
print("sandbox good")
"""


def test_the_sandbox_holds_and_the_secret_is_only_the_service_s(speaker: Speaker) -> None:
    speaker.guest.write("/srv/probe.py", PROBE)
    unit = speaker.guest.run("cat", f"/etc/systemd/system/{UNIT}").stdout
    start = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    unit = unit.replace(start, f'ExecStart=/opt/edge-voice/current/bin/python /srv/probe.py "{PASSWORD}"')
    unit = unit.replace("RuntimeDirectory=edge-voice\n", "RuntimeDirectory=edge-voice-probe\n")  # removed at its end
    unit = unit.replace("Type=notify", "Type=oneshot").replace("Restart=on-failure", "Restart=no")
    speaker.guest.run("sh", "-c", f"cat > /run/systemd/system/edge-voice-probe.service <<'END'\n{unit}\nEND")
    speaker.guest.run("systemctl", "daemon-reload")
    speaker.guest.run("systemctl", "start", "edge-voice-probe", check=False)
    assert "sandbox good" in speaker.guest.journal("edge-voice-probe"), speaker.guest.journal("edge-voice-probe")
    secret = f"/run/credentials/{UNIT}/mqtt-password"
    stranger = speaker.guest.run("setpriv", "--reuid=65534", "--clear-groups", "cat", secret, check=False)
    assert stranger.returncode != 0
    assert PASSWORD not in stranger.stdout
    environment = speaker.guest.run("sh", "-c", f"tr '\\0' '\\n' < /proc/{speaker.wait_ready()}/environ").stdout
    assert PASSWORD not in environment


def test_systemd_has_nothing_to_say_against_the_unit(speaker: Speaker) -> None:
    verified = speaker.guest.run("systemd-analyze", "verify", UNIT)
    assert verified.stdout + verified.stderr == ""
    rated = speaker.guest.run("systemd-analyze", "security", "--threshold=20", UNIT, check=False)
    assert rated.returncode == 0, rated.stdout


REACH = """
import socket, sys
for address in sys.argv[1:]:
    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", (address, 9))
        print(address, "sent")
    except PermissionError:
        print(address, "dropped")
"""


def reach(speaker: Speaker, unit: str) -> list[str]:
    """What becomes of a packet to the broker and one to a public address that a process of the unit sends."""
    probe = ["/usr/bin/python3", "-c", REACH, "10.77.31.1", "198.51.100.1"]
    return speaker.guest.run("systemd-run", "--quiet", "--wait", "--pipe", f"--unit={unit}", *probe).stdout.splitlines()


def test_the_lan_only_drop_in_lets_through_the_broker_and_no_public_address(speaker: Speaker) -> None:
    confinement = (ROOT / "systemd/lan-only.conf").read_text(encoding="utf-8")
    with (
        dropin(speaker, confinement),
        subprocess.Popen(subscribe(speaker, "turn"), stdout=subprocess.PIPE) as listening,
    ):
        speaker.guest.run("systemctl", "restart", UNIT)
        record, _ = listening.communicate(timeout=90)
        verified = speaker.guest.run("systemd-analyze", "verify", UNIT)
    assert verified.stdout + verified.stderr == ""
    assert json.loads(record)["outcome"] == "answered", speaker.guest.journal(UNIT)[-3000:]
    speaker.guest.write("/etc/systemd/system/edge-voice-confined.service.d/lan-only.conf", confinement)
    speaker.guest.run("systemctl", "daemon-reload")
    sh("ip", "-n", speaker.guest.name, "route", "replace", "default", "via", "10.77.31.1")
    try:
        assert reach(speaker, "edge-voice-free") == ["10.77.31.1 sent", "198.51.100.1 sent"]
        assert reach(speaker, "edge-voice-confined") == ["10.77.31.1 sent", "198.51.100.1 dropped"]
    finally:
        sh("ip", "-n", speaker.guest.name, "route", "del", "default")
    speaker.guest.run("systemctl", "restart", UNIT)
    speaker.wait_ready()
