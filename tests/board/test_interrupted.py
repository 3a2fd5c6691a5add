"""An installation that is interrupted, killed or out of space at any step leaves a board that works."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from edge.board import host, switch
from edge.board.__main__ import _alone
from edge.board.console import Console
from edge.board.files import Configuration
from edge.board.layout import point
from edge.board.release import Release, build, python_tag, remove_incomplete
from edge.board.switch import activate, rollback, uninstall
from edge.errors import InstallError
from tests.board.conftest import Board

STEPS = ["write", "point", "systemctl", "_link_command", "run_service"]
TROUBLE = [KeyboardInterrupt(), OSError(28, "No space left on device"), RuntimeError("a bug")]


def once(trouble: BaseException, real: Callable[..., object]) -> Callable[..., object]:
    """Does what `real` does, and fails the first time."""
    left = [trouble]

    def call(*given: object, **named: object) -> object:
        done = real(*given, **named)
        if left:
            raise left.pop()
        return done

    return call


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("trouble", TROUBLE, ids=repr)
def test_a_switch_that_is_interrupted_at_any_step_is_taken_back(
    board: Board, monkeypatch: pytest.MonkeyPatch, step: str, trouble: BaseException
) -> None:
    board.layout.settings.write_bytes(b"# old\n")
    for name in ("1-cp311", "2-cp311"):
        activate(board.layout, board.console, board.release(name))
    new = board.release("3-cp311", unit="[Service]\n# 3\n")
    monkeypatch.setattr(switch, step, once(trouble, getattr(switch, step)))
    with pytest.raises((KeyboardInterrupt, InstallError, RuntimeError)):
        activate(board.layout, board.console, new, Configuration(b"# new\n"), proved=True)
    assert (board.current, board.previous, board.running) == ("2-cp311", "1-cp311", "2-cp311")
    assert board.layout.settings.read_bytes() == b"# old\n"
    assert board.layout.unit.read_text(encoding="utf-8") == "[Service]\n"
    assert activate(board.layout, board.console, new, Configuration(b"# new\n"))[:3] == [
        "settings",
        "release",
        "unit",
    ]
    assert (board.current, board.previous, board.running) == ("3-cp311", "2-cp311", "3-cp311")


def test_an_installer_that_was_killed_behind_the_link_can_go_on_and_back(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    activate(board.layout, board.console, board.release("1-cp311"))
    new = board.release("2-cp311")
    with monkeypatch.context() as killed:
        killed.setattr(switch, "_link_command", once(KeyboardInterrupt(), lambda *_: None))
        killed.setattr(switch, "_go_back", lambda *_: "")
        with pytest.raises(KeyboardInterrupt):
            activate(board.layout, board.console, new)
    assert (board.current, board.running) == ("2-cp311", "1-cp311")
    assert activate(board.layout, board.console, new) == ["restarted"]
    assert (board.current, board.previous, board.running) == ("2-cp311", "1-cp311", "2-cp311")
    assert rollback(board.layout, board.console).name == "1-cp311"


def test_an_installer_that_was_killed_behind_the_link_to_a_broken_release_goes_back_to_what_runs(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    activate(board.layout, board.console, board.release("1-cp311"))
    broken = board.release("2-cp311", "does-not-start")
    with monkeypatch.context() as killed:
        killed.setattr(switch, "_link_command", once(KeyboardInterrupt(), lambda *_: None))
        killed.setattr(switch, "_go_back", lambda *_: "")
        with pytest.raises(KeyboardInterrupt):
            activate(board.layout, board.console, broken)
    with pytest.raises(InstallError) as caught:
        activate(board.layout, board.console, broken)
    assert caught.value.hint.startswith("everything is as it was before")
    assert (board.current, board.previous, board.running) == ("1-cp311", "", "1-cp311")


def test_a_terminal_that_is_gone_does_not_keep_the_old_release_from_coming_back(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    activate(board.layout, board.console, board.release("1-cp311"))
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", buffering=1) as broken, monkeypatch.context() as gone:
        gone.setattr("sys.stderr", broken)
        with pytest.raises(InstallError, match="did not start"):
            activate(board.layout, board.console, board.release("2-cp311", "does-not-start"))
        with pytest.raises(BrokenPipeError):
            broken.flush()
        gone.undo()
        os.dup2(os.open(os.devnull, os.O_WRONLY), broken.fileno())
    assert (board.current, board.running) == ("1-cp311", "1-cp311")


def test_a_service_that_its_owner_has_switched_off_stays_off_after_a_failed_upgrade(board: Board) -> None:
    activate(board.layout, board.console, board.release("1-cp311"))
    activate(board.layout, board.console, Release(board.layout.releases / "1-cp311"), enable=False)
    with pytest.raises(InstallError):
        activate(board.layout, board.console, board.release("2-cp311", "does-not-start"))
    assert (board.current, board.running) == ("1-cp311", "")
    assert not (board.state / "enabled").exists()


def test_a_failure_that_interrupts_nothing_leaves_the_process_alone(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    activate(board.layout, board.console, board.release("1-cp311"))
    before = board.pid

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("edge.board.files.write_whole", full)
    with pytest.raises(InstallError, match="No space left") as caught:
        activate(board.layout, board.console, board.release("2-cp311"), Configuration(b"# new\n"), proved=True)
    assert caught.value.hint == "everything is as it was before"
    assert board.pid == before


def test_an_old_release_that_does_not_come_back_is_not_called_as_before(board: Board) -> None:
    first = board.release("1-cp311")
    activate(board.layout, board.console, first)
    (first.folder / "does-not-start").touch()
    with pytest.raises(InstallError) as caught:
        activate(board.layout, board.console, board.release("2-cp311", "does-not-start"))
    assert "does not start with them either" in caught.value.hint


@pytest.mark.parametrize("trouble", TROUBLE, ids=repr)
def test_a_build_that_fails_takes_no_space(board: Board, tmp_path: Path, trouble: BaseException) -> None:
    python = tmp_path / "python3"
    python.write_text('#!/bin/sh\nmkdir -p "$3/bin" && cp "$0" "$3/bin/python"\n', encoding="utf-8")
    python.chmod(0o755)

    def fill(_: Release) -> dict[str, object]:
        raise trouble

    with pytest.raises(type(trouble)):
        build(board.layout, board.console, "1-cp311", str(python), fill)
    assert list(board.layout.releases.iterdir()) == []


@pytest.mark.parametrize(
    ("installed", "free_mb", "enough"), [(False, 1400, False), (True, 600, False), (True, 800, True)]
)
def test_space_is_asked_for_before_anything_is_built_also_for_an_upgrade(
    board: Board, monkeypatch: pytest.MonkeyPatch, installed: bool, free_mb: int, enough: bool
) -> None:
    if installed:
        activate(board.layout, board.console, board.release("1-cp311"))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free_mb * 1_000_000))
    if enough:
        host.require_space(board.layout)
    else:
        with pytest.raises(InstallError, match="disk-full"):
            host.require_space(board.layout)


def test_builds_that_were_killed_are_removed_and_what_runs_is_not(board: Board) -> None:
    first = board.release("1-cp311")
    activate(board.layout, board.console, first)
    first.record.unlink()
    board.release("2-cp311")
    (board.release("3-cp311").folder / "release.json").unlink()
    remove_incomplete(board.layout)
    assert sorted(path.name for path in board.layout.releases.iterdir()) == ["1-cp311", "2-cp311"]
    shutil.rmtree(board.layout.releases)
    remove_incomplete(board.layout)


def test_a_log_that_cannot_be_written_hinders_nothing(board: Board) -> None:
    board.layout.log.mkdir()
    board.console.run("true", code="x", hint="")
    activate(board.layout, board.console, board.release("1-cp311"))
    board.layout.log.rmdir()
    board.layout.log.symlink_to("/dev/full")
    uninstall(board.layout, board.console, purge=False)
    assert not board.layout.home.exists()


def test_a_second_installation_waits_also_for_the_programs_of_one_that_was_killed(board: Board, tmp_path: Path) -> None:
    with _alone(board.layout, board.console):
        with pytest.raises(InstallError, match="another installation"), _alone(board.layout, Console(tmp_path / "log")):
            pass
        left = f"sleep 60 >/dev/null 2>&1 & echo $! > {tmp_path}/pid"
        board.console.run("sh", "-c", left, code="x", hint="")
    try:
        with pytest.raises(InstallError, match="another installation"), _alone(board.layout, board.console):
            pass
    finally:
        os.kill(int((tmp_path / "pid").read_text(encoding="ascii")), 9)


def test_a_program_folder_on_another_disk_is_used_through_its_link(board: Board, tmp_path: Path) -> None:
    shutil.move(board.layout.home, tmp_path / "disk")
    board.layout.home.symlink_to(tmp_path / "disk")
    for name in ("1-cp311", "2-cp311"):
        activate(board.layout, board.console, board.release(name))
    assert activate(board.layout, board.console, Release(board.layout.releases / "2-cp311")) == []
    assert (board.previous, board.running) == ("1-cp311", "2-cp311")
    assert rollback(board.layout, board.console).name == "1-cp311"


def test_a_release_that_cannot_be_removed_and_other_files_do_not_fail_a_switch(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    (board.layout.releases / "notes.txt").touch()
    for name in ("1-cp311", "2-cp311"):
        activate(board.layout, board.console, board.release(name))
    assert not (board.layout.releases / "notes.txt").exists()

    def busy(path: Path) -> None:
        raise OSError(16, "Device or resource busy", str(path))

    monkeypatch.setattr("edge.board.release.remove", busy)
    activate(board.layout, board.console, board.release("3-cp311"))
    assert board.running == "3-cp311"
    assert any("1-cp311" in note for note in board.console.warnings)


def test_a_link_of_the_same_name_to_another_program_is_kept_and_named(board: Board, tmp_path: Path) -> None:
    board.layout.command.parent.mkdir(parents=True)
    point(board.layout.command, tmp_path / "mine")
    activate(board.layout, board.console, board.release("1-cp311"))
    assert board.layout.command.readlink() == tmp_path / "mine"
    assert "current/bin/edge-voice" in board.console.warnings[0]


def test_a_service_that_cannot_be_stopped_is_not_removed(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    activate(board.layout, board.console, board.release("1-cp311"))
    monkeypatch.setattr(switch, "is_active", lambda: True)
    with pytest.raises(InstallError, match="cannot be stopped"):
        uninstall(board.layout, board.console, purge=True)
    assert board.layout.unit.exists()


@pytest.mark.parametrize(("prefix", "seen"), [("/usr", True), ("/home/me/.pyenv", False), ("/root/py", False)])
def test_a_python_that_the_sandbox_hides_is_refused(tmp_path: Path, prefix: str, seen: bool) -> None:
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\necho 3.12\necho {prefix}\n", encoding="utf-8")
    script.chmod(0o755)
    if seen:
        assert python_tag(str(script)) == "cp312"
    else:
        with pytest.raises(InstallError, match="python-hidden"):
            python_tag(str(script))
