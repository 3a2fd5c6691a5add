"""scripts/native-llama, with a Python in its environment that records what it is asked and builds nothing."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "native-llama"
PYTHON = """#!/bin/sh
echo "$*" >>"{folder}/asked"
case "$*" in
  *version*) echo "{installed}" ;;
  *"-m venv"*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  *"pip download"*)
    for last; do :; done
    mkdir -p "$last/xllamacpp-{pinned}/src/xllamacpp"
    echo '"version": "{pinned}"' >"$last/xllamacpp-{pinned}/src/xllamacpp/_version.py"
    tar -czf "$last/xllamacpp-{pinned}.tar.gz" -C "$last" "xllamacpp-{pinned}" ;;
  *"pip wheel"*)
    for last; do :; done
    {build}
    cp "$last/src/xllamacpp/_version.py" "$(dirname "$last")/xllamacpp-{pinned}+native-py3-none-any.whl" ;;
esac
"""
PINNED = next(
    line.split("==")[1].split()[0]
    for line in (ROOT / "requirements/default.txt").read_text().splitlines()
    if line.startswith("xllamacpp==")
)


class Machine:
    """A machine with an environment whose Python is made up, and an empty cache."""

    def __init__(self, folder: Path, *, installed: str = PINNED, build: str = ":") -> None:
        self.folder = folder
        self.python = folder / "python"
        self.python.write_text(PYTHON.format(folder=folder, installed=installed, pinned=PINNED, build=build))
        self.python.chmod(0o755)
        self.path = os.environ["PATH"]

    def type(self, *words: str) -> "subprocess.CompletedProcess[str]":
        environment = {"PATH": self.path, "PYTHON": str(self.python), "XDG_CACHE_HOME": str(self.folder / "cache")}
        return subprocess.run([SCRIPT, *words], env=environment, capture_output=True, text=True, check=False)

    def asked(self) -> list[str]:
        """What the Python was asked since the last time."""
        record = self.folder / "asked"
        lines = record.read_text().splitlines()
        record.write_text("")
        return lines

    def left(self) -> list[Path]:
        """What has stayed in the cache, but for the log."""
        return [it for it in (self.folder / "cache").rglob("*") if it.is_file() and it.name != "build.log"]


def test_the_pinned_sources_are_built_once_and_installed_as_a_version_of_their_own(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    assert machine.type().returncode == 0
    asked = machine.asked()
    assert any("download" in it and "--require-hashes" in it and "--no-binary xllamacpp" in it for it in asked)
    assert "--force-reinstall" in asked[-1]
    (wheel,) = machine.left()
    assert wheel.read_text() == f'"version": "{PINNED}+native"\n'
    assert machine.type().returncode == 0
    assert not any("wheel " in it for it in machine.asked())


def test_undo_installs_the_published_wheel(tmp_path: Path) -> None:
    machine = Machine(tmp_path, installed=f"{PINNED}+native")
    assert machine.type("--undo").returncode == 0
    assert "install --only-binary xllamacpp --require-hashes" in machine.asked()[-1]


def test_a_build_that_fails_changes_nothing_and_leaves_its_log(tmp_path: Path) -> None:
    machine = Machine(tmp_path, build="echo no such instruction; exit 1")
    ran = machine.type()
    assert ran.returncode == 1
    assert "no such instruction" in ran.stderr
    assert "build.log; what is installed was not changed" in ran.stderr
    assert not any("--force-reinstall" in it for it in machine.asked())
    assert machine.left() == []


@pytest.mark.parametrize(
    ("installed", "words", "message"),
    [
        ("1.0", (), "has xllamacpp 1.0, this checkout has"),
        ("", (), "has xllamacpp nowhere"),
        (PINNED, ("--redo",), "usage: scripts/native-llama [--undo]"),
    ],
)
def test_what_cannot_be_done_is_one_line(installed: str, words: tuple[str, ...], message: str, tmp_path: Path) -> None:
    ran = Machine(tmp_path, installed=installed).type(*words)
    assert ran.returncode == 1
    assert ran.stderr.startswith("native-llama: ")
    assert message in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_a_machine_without_a_compiler_is_told_which_packages_to_install(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "sed", "dirname", "grep", "sha256sum", "cut", "mkdir", "mktemp", "rm", "cat"):
        (tools / name).symlink_to(next(it for it in (Path("/usr/bin", name), Path("/bin", name)) if it.exists()))
    machine.path = str(tools)
    ran = machine.type()
    assert ran.stderr == "native-llama: it needs a compiler; type: sudo apt-get install -y g++ make\n"


def test_an_environment_that_is_missing_is_one_line(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.python.unlink()
    assert "there is no environment" in machine.type().stderr
