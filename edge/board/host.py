"""What a board must have: the checks before anything is changed, Debian packages, the account and the folders."""

import grp
import os
import platform
import pwd
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from edge.board.console import Console, ask
from edge.board.layout import ACCOUNT, Layout
from edge.errors import InstallError

SYSTEMD = 252
FIRST_MB = 1500
"""For a release, the downloaded packages and the models."""

UPGRADE_MB = 700
"""For one more release, and packages that are new."""

SUPPORTED = {"x86_64": "amd64", "aarch64": "arm64"}
"""The kernel's name of a machine, and Debian's of its 64-bit system."""

SOUND_PACKAGES = ("libportaudio2", "portaudio19-dev", "gcc")
"""What PyAudio, which has no wheels, is built and run with, beside Python's headers."""


def require_host() -> None:
    """Raise `InstallError` if the service cannot run here. Changes nothing."""
    if os.geteuid() != 0:
        raise InstallError("not-root", "only root can install a service", "run it again with sudo")
    if not Path("/run/systemd/system").is_dir():
        raise InstallError(
            "no-systemd", "systemd does not run this machine", "without it: make run, or `edge-voice run`"
        )
    version = systemd_version(ask("systemctl", "--version").stdout)
    if version < SYSTEMD:
        raise InstallError(
            "systemd-too-old",
            f"the service needs systemd {SYSTEMD}, and this is systemd {version}",
            "upgrade to Debian 12, Ubuntu 24.04 or newer; `make run` works without the service",
        )
    debian = ask("dpkg", "--print-architecture").stdout.strip() if shutil.which("dpkg") else ""
    require_64_bits(platform.machine(), debian, pointer_bits=64 if sys.maxsize > 1 << 32 else 32)


def systemd_version(text: str) -> int:
    """The number in the output of `systemctl --version`; 0 if there is none."""
    words = text.split()
    return int(words[1].split(".")[0]) if len(words) > 1 and words[1][:1].isdigit() else 0


def require_64_bits(machine: str, debian: str, *, pointer_bits: int) -> None:
    """Refuse a machine without wheels, also a 32-bit system on a 64-bit kernel, as on many Raspberry Pis."""
    if machine not in SUPPORTED:
        raise InstallError(
            "machine-unsupported",
            f"the engines exist for x86_64 and aarch64, and this is {machine}",
            "use another machine",
        )
    if pointer_bits != 64 or (debian and debian != SUPPORTED[machine]):  # noqa: PLR2004 - the bits of a pointer
        raise InstallError(
            "system-32-bit",
            f"this system is {debian or '32-bit'} although the processor has 64 bits",
            "install the 64-bit edition of the system, e.g. Raspberry Pi OS (64-bit)",
        )


def require_space(layout: Layout) -> None:
    """Raise "disk-full" before a byte of a new release is written."""
    needed_mb = UPGRADE_MB if layout.current.exists() else FIRST_MB
    for folder in (layout.home, layout.state):
        existing = next(path for path in (folder, *folder.parents) if path.exists())
        free_mb = shutil.disk_usage(existing).free // 1_000_000
        if free_mb < needed_mb:
            hint = f"{needed_mb} MB are needed: free some space, then try again"
            raise InstallError("disk-full", f"{existing} has {free_mb} MB free", hint)


def install_packages(console: Console, python: str) -> bool:
    """Install the Debian packages that are missing. False: PyAudio cannot be built, and the console says so.

    Raises `InstallError` if no environment can be made.
    """
    debian = debian_name(python)
    if not _makes_environments(python) and debian is None:
        hint = "build it with ensurepip, or use the system's Python"
        raise InstallError("venv-missing", f"{python} cannot make an environment", hint)
    venv = [] if _makes_environments(python) else [f"{debian}-venv"]
    headers = [f"{debian}-dev"] if debian else []
    missing = [name for name in (*SOUND_PACKAGES, *headers) if not _has(name)]
    wanted = venv + missing
    if not wanted:
        return True
    installed = False
    if shutil.which("apt-get"):
        with console.step(f"installing Debian packages: {' '.join(wanted)}"):
            installed = _apt(console, wanted)
    how = f"apt-get update && apt-get install {' '.join(wanted)}"
    if venv and not _makes_environments(python):
        raise InstallError(
            "venv-missing",
            f"{python} cannot make an environment, and apt-get could not install python3-venv (see {console.log})"
            if shutil.which("apt-get")
            else f"{python} cannot make an environment",
            f"check the network, or sudo sh -c '{how}', then try again",
        )
    if missing and not installed:
        console.warn(
            f"there will be no microphone and no output, because these packages are missing: {' '.join(missing)}. "
            f"sudo sh -c '{how}', then run this again"
        )
        return False
    return True


def _makes_environments(python: str) -> bool:
    return ask(python, "-c", "import ensurepip, venv").returncode == 0


def debian_name(python: str) -> str | None:
    """The package of an interpreter, "python3" for the system's; None for one that no package has installed."""
    program = Path(os.path.realpath(shutil.which(python) or python))
    if program.parent != Path("/usr/bin"):
        return None
    return "python3" if program == Path(os.path.realpath("/usr/bin/python3")) else program.name


def _has(package: str) -> bool:
    if not shutil.which("dpkg-query"):
        return True  # not Debian: PyAudio's build shows what is missing
    # libportaudio2 is a virtual package in newer releases (libportaudio2t64)
    status = ask("dpkg-query", "--show", "--showformat=${db:Status-Status}\n", f"{package}*")
    exact = ask("dpkg-query", "--show", "--showformat=${db:Status-Status}\n", package)
    return "installed" in (status if package == "libportaudio2" else exact).stdout.splitlines()


def _apt(console: Console, packages: Sequence[str]) -> bool:
    install = ("apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", *packages)
    return console.succeeds(*install) or (
        console.succeeds("apt-get", "update", "-o", "DPkg::Lock::Timeout=300") and console.succeeds(*install)
    )


def create_account(console: Console) -> None:
    """The user and group `edge-voice`, with access to sound cards."""
    hint = "see the message above, then try again"
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        existing = ["--gid", ACCOUNT] if _group_exists(ACCOUNT) else ["--user-group"]
        home = ["--home-dir", "/var/lib/edge-voice", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        console.run("useradd", "--system", *existing, *home, ACCOUNT, code="account-failed", hint=hint)
    if _group_exists("audio") and ACCOUNT not in grp.getgrnam("audio").gr_mem:
        console.run("usermod", "--append", "--groups", "audio", ACCOUNT, code="account-failed", hint=hint)


def _group_exists(name: str) -> bool:
    try:
        grp.getgrnam(name)
    except KeyError:
        return False
    return True


def create_folders(layout: Layout) -> None:
    """The folders of program, settings, secrets, state and models. What exists keeps its content."""
    account = pwd.getpwnam(ACCOUNT)
    for folder, mode, owned in (
        (layout.home, 0o755, False),
        (layout.releases, 0o755, False),
        (layout.settings_folder, 0o755, False),
        (layout.secrets_folder, 0o700, False),
        (layout.state, 0o751, True),  # all users may read the models, but not list the folder
        (layout.models, 0o755, False),
    ):
        if not folder.is_dir():
            folder.mkdir(parents=True)
            folder.chmod(mode)
        if owned:
            folder.chmod(mode)
            os.chown(folder, account.pw_uid, account.pw_gid)
