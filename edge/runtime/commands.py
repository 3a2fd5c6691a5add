"""Commands that errors tell people to type: they work on this machine, for this installation."""

import os
import shlex
import shutil
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from edge.runtime.paths import SERVICE_PROGRAM, program


def edge_voice(arguments: str) -> str:
    """The command that runs this very program, with `sudo` if it is the service's."""
    return f"{_sudo(is_service())}{program()} {arguments}"


def pip_install(requirement: str) -> str:
    """The command that installs a package for the Python that runs this program.

    It respects environments without pip (uv), pipx, and Debian's own Python, which refuses packages of pip (PEP 668).
    """
    wanted = shlex.quote(requirement)
    python = shlex.quote(sys.executable)
    prefix = Path(sys.prefix)
    if "pipx" in prefix.parts:
        return f"pipx inject edge-voice {wanted}"
    sudo = _sudo(not os.access(sysconfig.get_path("purelib"), os.W_OK))
    if sys.prefix == sys.base_prefix:
        managed = Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()
        return f"{sudo}{python} -m pip install {'--break-system-packages ' if managed else ''}{wanted}"
    if find_spec("pip") is None:
        if shutil.which("uv"):
            return f"{sudo}uv pip install --python {python} {wanted}"
        return f"{sudo}{python} -m ensurepip && {sudo}{python} -m pip install {wanted}"
    return f"{sudo}{python} -m pip install {wanted}"


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
