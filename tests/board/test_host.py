"""Which Debian packages a Python needs, and what is said where they cannot be had."""

import os
import shutil
from pathlib import Path

import pytest

from edge.board import host
from edge.board.host import debian_name, install_packages
from edge.errors import InstallError
from tests.board.conftest import Board


def python(folder: Path, *, venv: bool = True) -> str:
    path = folder / "python3.12"
    path.write_text(f"#!/bin/sh\nexit {0 if venv else 1}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_packages_are_named_after_the_interpreter_that_a_package_has_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = {"/usr/bin/python3": "/usr/bin/python3.11"}
    monkeypatch.setattr(os.path, "realpath", lambda path: real.get(str(path), str(path)))
    monkeypatch.setattr(shutil, "which", lambda name: name if name.startswith("/") else f"/usr/bin/{name}")
    assert debian_name("/usr/bin/python3") == "python3"
    assert debian_name("python3.11") == "python3"
    assert debian_name("python3.12") == "python3.12"
    assert debian_name("/usr/local/bin/python3.12") is None


def test_a_python_of_no_package_needs_no_headers_of_one(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def has(package: str) -> bool:
        asked.append(package)
        return True

    monkeypatch.setattr(host, "_has", has)
    assert install_packages(board.console, python(tmp_path))
    assert asked == list(host.SOUND_PACKAGES)
    with pytest.raises(InstallError, match="cannot make an environment") as caught:
        install_packages(board.console, python(tmp_path, venv=False))
    assert "ensurepip" in caught.value.hint


@pytest.mark.parametrize("works", [False, True])
def test_missing_packages_are_installed_or_named_with_the_command_that_does(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, works: bool
) -> None:
    monkeypatch.setattr(host, "_has", lambda name: name != "gcc")
    monkeypatch.setattr(host, "debian_name", lambda _: "python3.12")
    monkeypatch.setattr(host, "_apt", lambda _, wanted: works and wanted == ["gcc"])
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert install_packages(board.console, python(tmp_path)) is works
    assert any("apt-get install gcc" in note for note in board.console.warnings) is not works
    with pytest.raises(InstallError) as caught:
        install_packages(board.console, python(tmp_path, venv=False))
    assert "apt-get install python3.12-venv gcc" in caught.value.hint
