"""A booted Debian with its own systemd, in a container: what a board looks like to the service and to Ansible.

systemd-nspawn on an overlay of a base image that mmdebstrap makes once. The guest sits in a network namespace of its
own, linked to a "hub" namespace, from which ssh and Ansible reach it; neither can reach anything else.
Enforced inside: sandboxing, credentials, watchdog, IPAddressDeny. Not enforced inside a container: MemoryMax, TasksMax.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

CACHE = Path(os.environ.get("EDGE_VOICE_TEST_CACHE") or Path.home() / ".cache/edge-voice-tests")
SUITE = "bookworm"
UBUNTU = ("noble",)
PACKAGES = (
    "systemd", "systemd-sysv", "dbus", "openssh-server", "python3", "python3-venv", "sudo", "iproute2", "procps",
    "ca-certificates", "libportaudio2", "libasound2-plugins",
)  # fmt: skip
CLEAN = ("apt", "systemd", "systemd-sysv", "dbus", "sudo", "make", "python3", "ca-certificates", "procps")
"""What a new system has: no compiler, no sound library, and no python3-venv."""

UBUNTU_KEYS = "80a36b0a6de2f69f49d2df75ef473ccde121e9e190b9ea01d20a4f63778d5c31"
"""SHA-256 of Ubuntu's keyring, which Debian does not package."""

PROGRAMS = ("systemd-nspawn", "mmdebstrap", "ip", "nsenter", "ssh", "ssh-keygen", "mount")
_CGROUPS = tuple(path for path in (Path("/sys/fs/cgroup/systemd"), Path("/sys/fs/cgroup/unified")) if path.is_dir())


def require_host(programs: Sequence[str] = PROGRAMS) -> None:
    """Skip the test, with the reason, where this machine cannot boot a guest."""
    missing = [program for program in programs if shutil.which(program) is None]
    reason = f"needs the programs {', '.join(missing)} (make system-test installs them)" if missing else ""
    if os.geteuid() != 0:
        reason = "booting a systemd guest needs root"
    if reason:
        pytest.skip(reason)


def sh(*command: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command on the host; its output is part of the failure."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def until(
    condition: Callable[[], Any], *, what: str, seconds: float = 60, clues: Callable[[], str] = lambda: ""
) -> Any:
    """Wait for something that another machine does; returns what the condition gave. Clues are part of the failure."""
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}\n{clues()}"
        time.sleep(0.1)


def base_image(suite: str = SUITE, packages: Sequence[str] = PACKAGES, foreign: Sequence[str] = ()) -> Path:
    """The unpacked Debian, made when it is not there yet (about a minute), with our ssh key in it.

    `foreign`: options of mmdebstrap that make it one of another architecture.
    """
    key = hashlib.sha256(" ".join((suite, *packages, *foreign)).encode()).hexdigest()[:12]
    image = CACHE / f"{suite}-{key}"
    if not image.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        growing = image.with_suffix(f".{os.getpid()}")
        include = f"--include={','.join(packages)}"
        ubuntu = ("--components=main,universe", f"--keyring={_ubuntu_keys()}") if suite in UBUNTU else ()
        sh("mmdebstrap", "--quiet", "--variant=minbase", include, *ubuntu, *foreign, suite, growing, timeout=900)
        growing.rename(image)
    if not ssh_key().exists():
        sh("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", ssh_key())
    authorized = image / "root/.ssh/authorized_keys"
    authorized.parent.mkdir(mode=0o700, exist_ok=True)
    authorized.write_text(ssh_key().with_suffix(".pub").read_text(encoding="utf-8"), encoding="utf-8")
    return image


def _ubuntu_keys() -> Path:
    """The keyring that signs Ubuntu's packages: unpacked from its package, which nothing signs here, so by its hash."""
    keys = CACHE / "ubuntu-archive-keyring.gpg"
    if not keys.exists():
        unsigned = ('Acquire::AllowInsecureRepositories "true"', 'APT::Get::AllowUnauthenticated "true"')
        with tempfile.TemporaryDirectory() as folder:
            options = (
                "--quiet",
                "--variant=extract",
                "--include=ubuntu-keyring",
                *(f"--aptopt={it}" for it in unsigned),
            )
            sh("mmdebstrap", *options, UBUNTU[0], folder, timeout=300)
            found = (Path(folder) / "usr/share/keyrings" / keys.name).read_bytes()
        assert hashlib.sha256(found).hexdigest() == UBUNTU_KEYS, "not the keyring of Ubuntu that we know"
        keys.write_bytes(found)
    return keys


def ssh_key() -> Path:
    """The private key that opens every guest."""
    return CACHE / "id_ed25519"


def package_indexes(root: Path) -> list[str]:
    """Write pip's settings of this machine into a guest; options that show it the folders they name."""
    listed = sh(sys.executable, "-m", "pip", "config", "list").stdout
    lines, folders = ["[global]"], []
    for name, value in re.findall(r"^(?:global|:env:)\.([a-z-]+)='(.*)'$", listed, re.MULTILINE):
        values = value.replace("\\n", " ").split()
        lines.append(f"{name} = {' '.join(values)}")
        # An index of files may refer to packages beside its pages.
        paths = [Path(word[7:]).parent if word.startswith("file:///") else Path(word) for word in values]
        folders += [path for path in paths if path.is_absolute() and path.exists()]
    (root / "etc/pip.conf").write_text("\n".join(dict.fromkeys(lines)) + "\n", encoding="utf-8")
    return [f"--bind-ro={path}" for path in dict.fromkeys(folders)]


class Guest:
    """One booted machine; `root` is its file system as the host sees it."""

    address = "10.77.31.11"

    def __init__(
        self,
        name: str,
        folder: Path,
        *,
        suite: str = SUITE,
        packages: Sequence[str] = PACKAGES,
        online: bool = False,
    ) -> None:
        """`online`: it shares the network of this machine, and knows the package indexes that this machine uses."""
        self._image = (suite, packages)
        self._online = online
        self.name = name
        self.hub = f"{name}hub"
        self._folder = folder / name
        self.root = self._folder / "root"
        self._lock: int | None = None
        self._nspawn: subprocess.Popen[bytes] | None = None

    def boot(self) -> None:
        """Power on; returns when systemd has started everything."""
        self._alone()
        self._clear()
        if not self._online:
            self._connect()
        for part in ("upper", "work", "root"):
            (self._folder / part).mkdir(parents=True)
        layers = (
            f"lowerdir={base_image(*self._image)},upperdir={self._folder / 'upper'},workdir={self._folder / 'work'}"
        )
        sh("mount", "-t", "overlay", "overlay", "-o", layers, self.root)
        (self.root / "etc/hostname").write_text(self.name + "\n", encoding="utf-8")
        (self.root / "etc/hosts").write_text(f"127.0.0.1 localhost {self.name}\n", encoding="utf-8")
        for group in self._groups():
            group.mkdir(exist_ok=True)
        command = ["systemd-nspawn", "-q", "-D", str(self.root), f"--machine={self.name}", "--boot", "--register=no"]
        command += ["--keep-unit", "--timezone=off", "--console=pipe"]
        if self._online:
            command += ["--resolv-conf=copy-host", *package_indexes(self.root)]
        else:
            command += [f"--network-namespace-path=/run/netns/{self.name}", "--resolv-conf=off"]
        command += ["--system-call-filter=bpf"]  # systemd filters addresses and devices with BPF
        move = "".join(f"echo $$ > {group}/cgroup.procs; " for group in self._groups())
        with (self._folder / "console.log").open("wb") as log:
            self._nspawn = subprocess.Popen(
                ["/bin/sh", "-c", f'{move}exec "$@"', "sh", *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | {"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
            )
        until(self._is_up, what=f"{self.name} boots; see {self._folder / 'console.log'}")

    def power_off(self) -> None:
        """An orderly shutdown; leaves no process, mount, namespace or cgroup behind."""
        if self._lock is None:
            return
        if self._nspawn is not None:
            self._nspawn.send_signal(signal.SIGTERM)
            self._nspawn.wait(timeout=60)
        self._clear()
        shutil.rmtree(self._folder, ignore_errors=True)
        os.close(self._lock)
        self._lock = None

    def run(self, *command: object, check: bool = True, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """A command inside, as root."""
        inside = ["nsenter", "-t", str(self._init()), "-a", *(str(word) for word in command)]
        done = subprocess.run(
            inside, capture_output=True, text=True, check=False, timeout=timeout, env={"PATH": "/usr/sbin:/usr/bin"}
        )
        assert not check or done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def show(self, unit: str, name: str) -> str:
        """A property of a unit."""
        return self.run("systemctl", "show", "-P", name, unit).stdout.strip()

    def journal(self, unit: str) -> str:
        """What a unit has said."""
        return self.run("journalctl", "--no-pager", "-o", "cat", "-u", unit, check=False).stdout

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        """Write a file inside, through the overlay."""
        target = self.root / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        target.chmod(mode)

    def _init(self) -> int:
        """Process 1 of the guest, in the host's numbers."""
        assert self._nspawn is not None
        children = Path(f"/proc/{self._nspawn.pid}/task/{self._nspawn.pid}/children").read_text(encoding="ascii")
        return int(children.split()[0])

    def _is_up(self) -> bool:
        assert self._nspawn is not None
        assert self._nspawn.poll() is None, (self._folder / "console.log").read_text(errors="replace")
        try:
            state = self.run("systemctl", "is-system-running", check=False).stdout.strip()
        except (IndexError, OSError):
            return False
        return state in {"running", "degraded"}

    def _alone(self) -> None:
        """Names and addresses are fixed: one run at a time. The lock goes with the process that holds it."""
        lock = os.open(f"/run/{self.name}.lock", os.O_CREAT | os.O_RDWR)  # in no home: the names are the machine's
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            pytest.fail(f"another test run has booted {self.name} on this machine: wait for its end")
        self._lock = lock

    def _clear(self) -> None:
        """Take processes, mounts, namespaces and cgroups away: ours, or those of a run that was killed."""
        for pid in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until(lambda: not self._processes(), what=f"the processes of {self.name} end")
        for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
            _, target, kind, *_ = line.split()
            if kind == "overlay" and target.endswith(f"/{self.name}/root"):
                sh("umount", "--lazy", target)
        for namespace in (self.name, self.hub):
            if Path("/run/netns", namespace).exists():
                sh("ip", "netns", "del", namespace)
        for group in self._groups():
            for inner in sorted(group.rglob("*/"), key=lambda path: -len(path.parts)):
                inner.rmdir()
            if group.exists():
                group.rmdir()

    def _processes(self) -> set[int]:
        """Everything that runs in the guest, around it, and in the hub, in the host's numbers."""
        found: set[int] = set()
        for procs in (path for group in self._groups() for path in group.rglob("cgroup.procs")):
            with contextlib.suppress(OSError):  # a group goes away while it is read
                found |= {int(pid) for pid in procs.read_text(encoding="ascii").split()}
        for namespace in (self.name, self.hub):
            listed = subprocess.run(["ip", "netns", "pids", namespace], capture_output=True, text=True, check=False)
            found |= {int(pid) for pid in listed.stdout.split()}
        return found

    def _groups(self) -> list[Path]:
        return [group / f"edge-voice-{self.name}" for group in _CGROUPS]

    def _connect(self) -> None:
        """Two namespaces and a cable."""
        for namespace in (self.hub, self.name):
            sh("ip", "netns", "add", namespace)
            sh("ip", "-n", namespace, "link", "set", "lo", "up")
        sh("ip", "-n", self.hub, "link", "add", "guest", "type", "veth", "peer", "name", "eth0", "netns", self.name)
        sh("ip", "-n", self.hub, "addr", "add", "10.77.31.1/24", "dev", "guest")
        sh("ip", "-n", self.hub, "link", "set", "guest", "up")
        sh("ip", "-n", self.name, "addr", "add", f"{self.address}/24", "dev", "eth0")
        sh("ip", "-n", self.name, "link", "set", "eth0", "up")
