"""A Debian for ARM whose programs run in QEMU: an emulated processor, with the kernel and the network of this machine.

The kernel starts the emulator for every program of ARM (binfmt_misc, Documentation/admin-guide/binfmt-misc.rst).
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.system.guest import SUITE, base_image, package_indexes, require_host, sh

EMULATOR = "qemu-aarch64-static"
PROGRAMS = ("systemd-nspawn", "mmdebstrap", "mount", "ssh-keygen", EMULATOR)
PACKAGES = ("python3", "python3-venv", "ca-certificates", "libgomp1")
FOREIGN = ("--architectures=arm64", "--skip=check/qemu")

PROCESSOR = "cortex-a72"
"""That of a Raspberry Pi 4, the oldest board with a profile that runs all stages: without int8 dot products."""

CPUINFO = """\
processor\t: 0
BogoMIPS\t: 108.00
Features\t: fp asimd evtstrm crc32 cpuid
CPU implementer\t: 0x41
CPU architecture: 8
CPU variant\t: 0x0
CPU part\t: 0xd08
CPU revision\t: 3

"""
"""/proc/cpuinfo of that processor, one core. ONNX Runtime reads it, and crashes on that of a PC (1.32.0)."""

_BINFMT = Path("/proc/sys/fs/binfmt_misc")
_HEADER = r"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00"
_MASK = r"\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff"
"""An ELF file of 64 bits for AArch64, a program or a library that can be started (elf.h)."""


@contextmanager
def programs_of_arm() -> Iterator[None]:
    """This machine runs programs of ARM, in containers too (flag F), for the length of a block."""
    require_host(PROGRAMS)
    if not (_BINFMT / "register").exists():
        sh("mount", "-t", "binfmt_misc", "binfmt_misc", _BINFMT)
    name = f"edge-voice-{os.getpid()}"
    rule = f":{name}:M::{_HEADER}:{_MASK}:{shutil.which(EMULATOR)}:F"
    try:
        (_BINFMT / "register").write_text(rule, encoding="ascii")
    except OSError as error:
        pytest.skip(f"this machine's kernel does not start emulators: {error.strerror}")
    try:
        yield
    finally:
        (_BINFMT / name).write_text("-1", encoding="ascii")


class EmulatedBoard:
    """One such Debian in a folder of its own; `root` is its file system as this machine sees it."""

    def __init__(self, folder: Path, models: Path) -> None:
        """Needs `programs_of_arm`. Making the image takes three minutes, once. `models` is shown as /models."""
        self.root = folder / "board"
        sh("cp", "-a", base_image(SUITE, PACKAGES, FOREIGN), self.root)
        (self.root / "etc/cpuinfo").write_text(CPUINFO, encoding="ascii")
        self._shown = [*package_indexes(self.root), f"--bind-ro={models}:/models"]

    def run(self, *command: object, online: bool = False, timeout: float = 1800) -> CompletedProcess[str]:
        """A command inside, as root, in /root; without a network, unless `online`."""
        network = ["--resolv-conf=copy-host"] if online else ["--private-network", "--resolv-conf=off"]
        variables = {"QEMU_CPU": PROCESSOR, "EDGE_VOICE__MODELS__FOLDER": "/models", "HOME": "/root"}
        container = ["systemd-nspawn", "-q", "-D", self.root, "--register=no", "--keep-unit", "--console=pipe"]
        container += ["--timezone=off", "--chdir=/root", *network, *self._shown]
        container += [f"--setenv={name}={value}" for name, value in variables.items()]
        with_cpuinfo = ["sh", "-c", 'mount --bind /etc/cpuinfo /proc/cpuinfo && exec "$@"', "sh"]
        return sh(*container, *with_cpuinfo, *command, timeout=timeout)
