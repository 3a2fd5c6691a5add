"""Commands that errors tell people to type: they work on this machine, for this installation."""

import os
import shlex
import shutil
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from edge.runtime.paths import SERVICE_PROGRAM, program

_PACKAGE: Final = "edge-voice"


def edge_voice(arguments: str) -> str:
    """The command that runs this very program, with `sudo` if it is the service's."""
    return f"{_sudo(is_service())}{program()} {arguments}"


def pip_install(requirement: str) -> str:
    """The command that installs a package for the Python that runs this program.

    It respects environments without pip (uv), pipx, and Debian's own Python, which refuses packages of pip (PEP 668).
    """
    wanted = shlex.quote(requirement)
    return f"pipx inject {_PACKAGE} {wanted}" if _is_pipx() else f"{_pip('install')} {wanted}"


def pip_replace(package: str, requirement: str) -> str:
    """The commands that install a package in place of one whose files it would overwrite; see `pip_install`."""
    remove = f"pipx runpip {_PACKAGE} uninstall -y" if _is_pipx() else _pip("uninstall")
    return f"{remove} {shlex.quote(package)} && {pip_install(requirement)}"


def _is_pipx() -> bool:
    return "pipx" in Path(sys.prefix).parts


def _pip(action: Literal["install", "uninstall"]) -> str:
    """How pip, or what stands in for it, is called here."""
    python = shlex.quote(sys.executable)
    sudo = _sudo(not os.access(sysconfig.get_path("purelib"), os.W_OK))
    if sys.prefix != sys.base_prefix and find_spec("pip") is None:
        if shutil.which("uv"):
            return f"{sudo}uv pip {action} --python {python}"
        sudo = f"{sudo}{python} -m ensurepip && {sudo}"
    managed = sys.prefix == sys.base_prefix and Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()
    unasked = " -y" if action == "uninstall" else ""
    return f"{sudo}{python} -m pip {action}{unasked}{' --break-system-packages' if managed else ''}"


def system_install(*debian: str) -> str:
    """The command that installs Debian packages, or, on another system, what to look for."""
    if shutil.which("apt-get") is None:
        return f"install what Debian calls {', '.join(debian)}"
    return f"{_sudo(True)}apt-get install {' '.join(debian)}"


def is_service() -> bool:
    """This program belongs to the installed service, whose files only root may change."""
    return Path(sys.prefix).is_relative_to(SERVICE_PROGRAM)


def _sudo(needed: bool) -> str:
    return "sudo " if needed and os.geteuid() != 0 else ""
