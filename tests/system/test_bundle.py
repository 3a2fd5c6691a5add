"""What `ansible/prepare` collects on a laptop for a board of another architecture."""

import hashlib
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.system.fleet import ANSIBLE

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

AARCH64 = 183
"""The number of the machine in the header of an ELF file (elf.h)."""


def prepare(bundle: Path, *options: str) -> str:
    """Prepare wheels for an aarch64 board with Python 3.13; what it says."""
    command = [sys.executable, str(ANSIBLE / "prepare"), "--no-models", "--machine=aarch64", "--python=3.13"]
    done = subprocess.run([*command, f"--out={bundle}", *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stderr


def unpack(bundle: Path, target: Path) -> Path:
    """The folder of the wheels that a board sees."""
    (folder,) = bundle.glob("wheels-*")
    with tarfile.open(folder / "wheels.tar") as tar:
        tar.extractall(target, filter="data")
    return folder


@pytest.mark.skipif(shutil.which("apt-get") is None, reason="needs apt-get, for Debian's archive")
def test_a_bundle_for_another_architecture_needs_nothing_from_a_network(tmp_path: Path) -> None:
    assert "source" not in prepare(tmp_path / "bundle")
    folder = unpack(tmp_path / "bundle", tmp_path / "wheels")
    requirements = (folder / "requirements.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^(\S+)==\S+ --hash=sha256:(\w+)$", requirements, re.MULTILINE))
    wheels = {path.name.split("-")[0]: path for path in (tmp_path / "wheels").glob("*.whl")}
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in wheels.items()} == pinned
    assert {"pip", "pyaudio", "edge_voice", "onnxruntime"} <= set(wheels)
    assert not list((tmp_path / "wheels").glob("*.tar.gz"))
    debs = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("debian/*.deb")}
    sums = (folder / "debian/SHA256SUMS").read_text(encoding="ascii").split()
    assert dict(zip(sums[1::2], sums[::2], strict=True)) == debs
    assert any(name.startswith("libasound2") and name.endswith("_arm64.deb") for name in debs)
    assert wheels["pyaudio"].name.endswith("-cp313-cp313-linux_aarch64.whl")
    with zipfile.ZipFile(wheels["pyaudio"]) as wheel:
        module = wheel.read("pyaudio/_portaudio.cpython-313-aarch64-linux-gnu.so")
    assert struct.unpack_from("<H", module, 18)[0] == AARCH64
    needed = set(re.findall(rb"lib[a-z]+\.so\.\d", module))
    assert needed == {b"libasound.so.2", b"libc.so.6", b"libm.so.6", b"libpthread.so.0"}
    assert b"PyInit__portaudio" in module
    assert str(tmp_path).encode() not in module
    assert str(Path.home()).encode() not in module


def test_where_pyaudio_cannot_be_built_its_source_comes_along_and_the_reason_is_said(tmp_path: Path) -> None:
    said = prepare(tmp_path / "bundle", f"--debian-mirror=file://{tmp_path}/nothing")
    assert "apt-get update" in said or "has no apt" in said
    assert "each board needs gcc, python3-dev and portaudio19-dev" in said
    folder = unpack(tmp_path / "bundle", tmp_path / "wheels")
    assert not (folder / "debian").exists()
    names = (tmp_path / "wheels/requirements-source.txt").read_text(encoding="utf-8")
    assert re.match(r"pyaudio==\S+ --hash=sha256:\w+\n$", names, re.IGNORECASE)
    assert (folder / "requirements-source.txt").read_text(encoding="utf-8") == names
    assert "setuptools==" in (folder / "requirements.txt").read_text(encoding="utf-8")
