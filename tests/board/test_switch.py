"""A new release replaces the old one whole, or not at all; a second run finishes what a first one left."""

import os

import pytest

from edge.board.switch import activate, plan, prove_with, rollback, uninstall
from edge.errors import InstallError
from tests.board.conftest import Board

TROUBLE = ["refuses-check", "refuses-verify", "refuses-demo", "does-not-start"]


def test_the_first_release_is_tested_then_linked_enabled_and_started(board: Board) -> None:
    first = board.release("1-cp311")
    outcome = activate(board.layout, board.console, first)
    assert outcome.changed == ["release", "unit", "enabled", "started"]
    assert (board.current, board.previous, board.running) == ("1-cp311", "", "1-cp311")
    assert board.layout.unit.read_text(encoding="utf-8") == "[Service]\n"
    assert board.layout.command.resolve() == first.program
    assert [line.split()[1] for line in board.said("programs")] == ["check", "models", "demo"]


def test_a_second_run_changes_nothing_and_interrupts_nobody(board: Board) -> None:
    first = board.release("1-cp311")
    activate(board.layout, board.console, first)
    before = board.pid
    assert activate(board.layout, board.console, first).changed == []
    assert board.pid == before


def test_an_upgrade_keeps_the_release_before_and_removes_older_ones(board: Board) -> None:
    for name in ("1-cp311", "2-cp311", "3-cp313"):
        activate(board.layout, board.console, board.release(name))
    assert (board.current, board.previous, board.running) == ("3-cp313", "2-cp311", "3-cp313")
    assert sorted(path.name for path in board.layout.releases.iterdir()) == ["2-cp311", "3-cp313"]


@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_release_that_fails_a_test_or_does_not_start_changes_nothing(board: Board, trouble: str) -> None:
    board.layout.settings.write_bytes(b"# old\n")
    activate(board.layout, board.console, board.release("1-cp311", unit="[Service]\n# 1\n"))
    before = board.pid
    bad = board.release("2-cp311", trouble, unit="[Service]\n# 2\n")
    with pytest.raises(InstallError) as caught:
        activate(board.layout, board.console, bad, settings=b"# new\n")
    assert caught.value.hint
    assert (board.current, board.running) == ("1-cp311", "1-cp311")
    assert board.layout.unit.read_text(encoding="utf-8") == "[Service]\n# 1\n"
    assert board.layout.settings.read_bytes() == b"# old\n"
    assert sorted(path.name for path in board.layout.settings_folder.iterdir()) == ["config.toml"]
    if trouble != "does-not-start":
        assert board.pid == before


@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_first_installation_that_fails_leaves_no_service(board: Board, trouble: str) -> None:
    with pytest.raises(InstallError):
        activate(board.layout, board.console, board.release("1-cp311", trouble), settings=b"# new\n")
    assert (board.current, board.running) == ("", "")
    assert not board.layout.unit.exists()
    assert not board.layout.settings.exists()
    assert not board.layout.command.is_symlink()


@pytest.mark.parametrize("trouble", TROUBLE)
def test_when_the_trouble_is_gone_a_second_run_does_what_was_left(board: Board, trouble: str) -> None:
    activate(board.layout, board.console, board.release("1-cp311"))
    new = board.release("2-cp311", trouble)
    with pytest.raises(InstallError):
        activate(board.layout, board.console, new, settings=b"# new\n")
    (new.folder / trouble).unlink()
    assert "restarted" in activate(board.layout, board.console, new, settings=b"# new\n").changed
    assert (board.current, board.running) == ("2-cp311", "2-cp311")
    assert board.layout.settings.read_bytes() == b"# new\n"


def test_new_settings_are_tested_before_they_replace_the_old_ones(board: Board) -> None:
    board.layout.settings.write_bytes(b"# old\n")
    release = board.release("1-cp311")
    activate(board.layout, board.console, release)
    before = board.pid
    assert activate(board.layout, board.console, release, settings=b"# new\n").changed == ["settings", "restarted"]
    assert board.pid != before
    seen = (board.state / "settings-seen").read_text(encoding="utf-8")
    assert seen.endswith("# new\n" * 3)  # check, verify, and a turn
    assert board.layout.settings.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("what", ["secret", "secret removed", "drop-in", "model", "settings by hand", "process of old"])
def test_a_process_that_is_older_than_what_it_reads_is_restarted_by_any_later_run(board: Board, what: str) -> None:
    layout = board.layout
    secret = layout.secrets_folder / "edge-voice.mqtt-password"
    secret.write_text("old", encoding="utf-8")
    layout.settings.write_bytes(b"# old\n")
    first = board.release("1-cp311")
    activate(layout, board.console, first)
    before = board.pid
    assert activate(layout, board.console, first).changed == []
    board.wait_for_the_next_tick()
    match what:
        case "secret":
            secret.write_text("new", encoding="utf-8")
        case "secret removed":
            secret.unlink()
        case "drop-in":
            layout.drop_ins.mkdir()
            (layout.drop_ins / "mine.conf").write_text("[Service]\n", encoding="utf-8")
        case "model":
            (layout.models / "voice").mkdir()
            (layout.models / "voice/weights").touch()
        case "settings by hand":
            layout.settings.write_bytes(b"# newer\n")
        case _:  # a switch without a restart
            second = board.release("2-cp311")
            assert activate(layout, board.console, second, restart=False).changed == ["release"]
            assert activate(layout, board.console, second).changed == ["restarted"]
            assert board.running == "2-cp311"
            return
    assert activate(layout, board.console, first).changed == ["restarted"]
    assert board.pid != before


def test_a_release_that_still_runs_is_not_removed(board: Board) -> None:
    activate(board.layout, board.console, board.release("1-cp311"))
    for name in ("2-cp311", "3-cp311"):
        activate(board.layout, board.console, board.release(name), restart=False)
    assert (board.running, board.current) == ("1-cp311", "3-cp311")
    assert (board.layout.releases / "1-cp311").is_dir()


def test_a_service_that_is_not_wanted_is_stopped_and_stays_off(board: Board) -> None:
    first = board.release("1-cp311")
    activate(board.layout, board.console, first)
    assert activate(board.layout, board.console, first, enable=False).changed == ["disabled", "stopped"]
    assert activate(board.layout, board.console, first, enable=False).changed == []
    assert board.running == ""


def test_rollback_goes_to_the_release_before_and_back_again(board: Board) -> None:
    for name in ("1-cp311", "2-cp311"):
        activate(board.layout, board.console, board.release(name))
    assert rollback(board.layout, board.console).name == "1-cp311"
    assert (board.current, board.previous, board.running) == ("1-cp311", "2-cp311", "1-cp311")
    assert rollback(board.layout, board.console).name == "2-cp311"
    assert board.running == "2-cp311"


@pytest.mark.parametrize("what", ["none", "python gone", "refuses-check", "does-not-start"])
def test_a_rollback_that_cannot_work_leaves_what_runs(board: Board, what: str) -> None:
    if what != "none":
        old = board.release("1-cp311")
        activate(board.layout, board.console, old)
    activate(board.layout, board.console, board.release("2-cp313"))
    if what == "python gone":
        (old.folder / "bin/python").unlink()
    elif what != "none":
        (old.folder / what).touch()
    with pytest.raises(InstallError):
        rollback(board.layout, board.console)
    assert (board.current, board.running) == ("2-cp313", "2-cp313")


def test_the_environment_of_a_version_without_releases_is_replaced(board: Board) -> None:
    for name in ("bin", "lib"):
        (board.layout.home / name).mkdir()
    (board.layout.home / "pyvenv.cfg").touch()
    board.layout.unit.write_text("[Service]\n# old\n", encoding="utf-8")
    bad = board.release("1-cp311", "refuses-demo")
    with pytest.raises(InstallError):
        activate(board.layout, board.console, bad)
    assert (board.layout.home / "pyvenv.cfg").exists()
    (bad.folder / "refuses-demo").unlink()
    activate(board.layout, board.console, bad)
    assert sorted(path.name for path in board.layout.home.iterdir()) == ["current", "releases"]


def test_a_program_of_the_same_name_is_not_replaced(board: Board) -> None:
    board.layout.command.parent.mkdir(parents=True)
    board.layout.command.write_text("mine", encoding="utf-8")
    activate(board.layout, board.console, board.release("1-cp311"))
    uninstall(board.layout, board.console, purge=True)
    assert board.layout.command.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("purge", [False, True], ids=["keeping", "purging"])
def test_uninstall_removes_the_program_and_keeps_what_is_the_owners(board: Board, purge: bool) -> None:
    layout = board.layout
    activate(layout, board.console, board.release("1-cp311"), settings=b"# mine\n")
    others = layout.secrets_folder / "other.password"
    for secret in (others, layout.secrets_folder / "edge-voice.mqtt-password"):
        secret.touch()
    kept = uninstall(layout, board.console, purge=purge)
    assert board.running == ""
    gone = [layout.home, layout.unit, layout.command, layout.cache, layout.log]
    own = [layout.settings_folder, layout.state, layout.secrets_folder / "edge-voice.mqtt-password"]
    assert [path for path in gone if os.path.lexists(path)] == []
    assert [path for path in own if path.exists()] == ([] if purge else own)
    assert kept == ([] if purge else own)
    assert others.exists()
    uninstall(layout, board.console, purge=purge)  # again: nothing to do


def test_a_full_disk_in_the_middle_of_the_switch_changes_nothing(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    activate(board.layout, board.console, board.release("1-cp311"))
    new = board.release("2-cp311", unit="[Service]\n# 2\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("edge.board.switch._install_unit", full)
    with pytest.raises(InstallError, match="No space left"):
        activate(board.layout, board.console, new)
    assert (board.current, board.running) == ("1-cp311", "1-cp311")


def test_a_plan_says_what_a_switch_would_do_and_does_nothing(board: Board) -> None:
    first = board.release("1-cp311")
    assert plan(board.layout, first, settings=b"# new\n") == ["settings", "release", "unit", "enabled", "started"]
    assert (board.current, board.running) == ("", "")
    assert board.said("programs") == []
    activate(board.layout, board.console, first, settings=b"# new\n")
    assert plan(board.layout, first, settings=b"# new\n") == []
    second = board.release("2-cp311")
    assert plan(board.layout, second, settings=b"# new\n") == ["release", "restarted"]
    assert plan(board.layout, first, settings=b"# newer\n", restart=False) == ["settings"]
    assert plan(board.layout, first, enable=False) == ["disabled", "stopped"]
    assert board.running == "1-cp311"


def test_a_release_that_was_proved_is_not_tested_again(board: Board) -> None:
    first = board.release("1-cp311")
    prove_with(board.layout, board.console, first, b"# new\n")
    assert not board.layout.settings.exists()
    asked = board.said("programs")
    activate(board.layout, board.console, first, settings=b"# new\n", proved=True)
    assert board.said("programs") == asked
    assert board.running == "1-cp311"
