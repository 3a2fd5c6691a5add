"""Every pinned package has a wheel for every Python and both architectures: resolved here, without installing."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT

pytestmark = pytest.mark.system

FILES = sorted((ROOT / "requirements").glob("*.txt"))
PYTHONS = ("3.11", "3.12", "3.13")
MACHINES = ("aarch64-manylinux_2_35", "x86_64-manylinux_2_35")
"""The C library of Ubuntu 22.04 and everything after it, Debian 12 among it."""

BUILT = {"pyaudio": "it is built on the board, against its sound library", "srt": "pure Python, needed by Vosk"}
"""Packages without wheels."""

ONE_MACHINE = {("openvino.txt", "aarch64-manylinux_2_35"): "onnxruntime-openvino has wheels for x86_64 only"}


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_the_pinned_packages_have_wheels(file: Path, machine: str) -> None:
    for python in PYTHONS:
        assert (resolve(file, machine, python) == 0) is ((file.name, machine) not in ONE_MACHINE), (file, python)


def test_a_package_without_a_wheel_is_noticed() -> None:
    assert resolve(ROOT / "requirements/mic.txt", MACHINES[0], PYTHONS[0], built=()) != 0


def resolve(file: Path, machine: str, python: str, built: Iterable[str] = BUILT) -> int:
    """The status of uv; what it misses is in the output of a test that fails."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--no-deps", "--quiet", "--only-binary", ":all:"]
    command += [word for name in built for word in ("--no-binary", name)]
    command += ["--python-platform", machine, "--python-version", python, "--output-file", "/dev/null", str(file)]
    return subprocess.run(command, check=False, timeout=120).returncode
