"""Every pinned package has a wheel for ARM and every Python: resolved here, without installing."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT

pytestmark = pytest.mark.system

FILES = sorted((ROOT / "requirements").glob("*.txt"))
PYTHONS = ("3.11", "3.12", "3.13")
MACHINE = "aarch64-manylinux_2_35"
"""With the C library of Ubuntu 22.04 and everything after it, Debian 12 among it. x86_64 is what CI installs."""

BUILT = {"pyaudio": "it is built on the board, against its sound library", "srt": "pure Python, needed by Vosk"}
"""Packages without wheels."""

NOT_FOR_ARM = {"openvino.txt": "onnxruntime-openvino has wheels for x86_64 only"}


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_the_pinned_packages_have_wheels(file: Path) -> None:
    for python in PYTHONS:
        assert (resolve(file, python) == 0) is (file.name not in NOT_FOR_ARM), (file, python)


def test_a_package_without_a_wheel_is_noticed() -> None:
    assert resolve(ROOT / "requirements/mic.txt", PYTHONS[0], built=()) != 0


def resolve(file: Path, python: str, built: Iterable[str] = BUILT) -> int:
    """The status of uv; what it misses is in the output of a test that fails."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--no-deps", "--quiet", "--only-binary", ":all:"]
    command += [word for name in built for word in ("--no-binary", name)]
    command += ["--python-platform", MACHINE, "--python-version", python, "--output-file", "/dev/null", str(file)]
    return subprocess.run(command, check=False, timeout=120).returncode
