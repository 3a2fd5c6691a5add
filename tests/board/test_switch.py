"""A new release replaces the old one whole, or not at all; a second run finishes what a first one left."""

import os
from pathlib import Path

import pytest

from edge.board.files import MANAGED, Configuration
from edge.board.layout import CREDENTIALS, write_whole
from edge.board.switch import activate, plan, prove_with, rollback, uninstall
from edge.errors import InstallError
from tests.board.conftest import Board

TROUBLE = ["refuses-check", "refuses-verify", "refuses-demo", "does-not-start"]


def test_the_first_release_is_tested_then_linked_enabled_and_started(board: Board) -> None:
    first = board.release("1-cp311")
    changed = activate(board.layout, board.console, first)
    assert changed == ["release", "unit", "enabled", "started"]
    assert (board.current, board.previous, board.running) == ("1-cp311", "", "1-cp311")
    assert board.layout.unit.read_text(encoding="utf-8") == "[Service]\n"
    assert board.layout.command.resolve() == first.program
    assert [line.split()[1] for line in board.said("programs")] == ["check", "models", "demo"]


def test_a_second_run_changes_nothing_and_interrupts_nobody(board: Board) -> None:
    first = board.release("1-cp311")
    activate(board.layout, board.console, first)
    before = board.pid
    assert activate(board.layout, board.console, first) == []
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
        activate(board.layout, board.console, bad, Configuration(b"# new\n"))
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
        activate(board.layout, board.console, board.release("1-cp311", trouble), Configuration(b"# new\n"))
    assert (board.current, board.running) == ("", "")
    assert not board.layout.unit.exists()
    assert not board.layout.settings.exists()
    assert not board.layout.command.is_symlink()


@pytest.mark.parametrize("trouble", TROUBLE)
def test_when_the_trouble_is_gone_a_second_run_does_what_was_left(board: Board, trouble: str) -> None:
    activate(board.layout, board.console, board.release("1-cp311"))
    new = board.release("2-cp311", trouble)
    with pytest.raises(InstallError):
        activate(board.layout, board.console, new, Configuration(b"# new\n"))
    (new.folder / trouble).unlink()
    assert "restarted" in activate(board.layout, board.console, new, Configuration(b"# new\n"))
    assert (board.current, board.running) == ("2-cp311", "2-cp311")
    assert board.layout.settings.read_bytes() == b"# new\n"


def test_new_settings_are_tested_before_they_replace_the_old_ones(board: Board) -> None:
    board.layout.settings.write_bytes(b"# old\n")
    release = board.release("1-cp311")
    activate(board.layout, board.console, release)
    before = board.pid
    assert activate(board.layout, board.console, release, Configuration(b"# new\n")) == ["settings", "restarted"]
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
    assert activate(layout, board.console, first) == []
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
            assert activate(layout, board.console, second, restart=False) == ["release"]
            assert activate(layout, board.console, second) == ["restarted"]
            assert board.running == "2-cp311"
            return
    assert activate(layout, board.console, first) == ["restarted"]
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
    assert activate(board.layout, board.console, first, enable=False) == ["disabled", "stopped"]
    assert activate(board.layout, board.console, first, enable=False) == []
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
    activate(layout, board.console, board.release("1-cp311"), Configuration(b"# mine\n"))
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
    activate(board.layout, board.console, board.release("1-cp311"), Configuration(b"# old\n"))
    new = board.release("2-cp311", unit="[Service]\n# 2\n")

    def full(path: Path, data: bytes, mode: int) -> None:
        if path == board.layout.unit:
            raise OSError(28, "No space left on device")
        write_whole(path, data, mode)

    monkeypatch.setattr("edge.board.files.write_whole", full)
    with pytest.raises(InstallError, match="No space left"):
        activate(board.layout, board.console, new, Configuration(b"# new\n"))
    assert (board.current, board.running) == ("1-cp311", "1-cp311")
    assert board.layout.settings.read_bytes() == b"# old\n"


def test_a_plan_says_what_a_switch_would_do_and_does_nothing(board: Board) -> None:
    first = board.release("1-cp311")
    assert plan(board.layout, first, Configuration(b"# new\n")) == ["settings", "release", "unit", "enabled", "started"]
    assert (board.current, board.running) == ("", "")
    assert board.said("programs") == []
    activate(board.layout, board.console, first, Configuration(b"# new\n"))
    assert plan(board.layout, first, Configuration(b"# new\n")) == []
    second = board.release("2-cp311")
    assert plan(board.layout, second, Configuration(b"# new\n")) == ["release", "restarted"]
    assert plan(board.layout, first, Configuration(b"# newer\n"), restart=False) == ["settings"]
    assert plan(board.layout, first, enable=False) == ["disabled", "stopped"]
    assert board.running == "1-cp311"


def test_a_release_that_was_proved_is_not_tested_again(board: Board) -> None:
    first = board.release("1-cp311")
    prove_with(board.layout, board.console, first, Configuration(b"# new\n"))
    assert not board.layout.settings.exists()
    asked = board.said("programs")
    activate(board.layout, board.console, first, Configuration(b"# new\n"), proved=True)
    assert board.said("programs") == asked
    assert board.running == "1-cp311"


def contents(board: Board) -> dict[str, str]:
    """The secrets and the drop-ins that are there."""
    folders = [board.layout.secrets_folder, board.layout.drop_ins]
    return {path.name: path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*"))}


OLD = Configuration(b"# old\n", {"mqtt-password": "old", "llm-api-key": "x"}, {"sound": "[Service]\n# old\n"})
NEW = Configuration(b"# new\n", {"mqtt-password": "new", "mqtt-key": "k"}, {"other": "[Service]\n"})


def test_secrets_and_drop_ins_change_with_the_settings(board: Board) -> None:
    layout = board.layout
    layout.drop_ins.mkdir()
    (layout.drop_ins / "mine.conf").write_text("[Service]\n", encoding="utf-8")
    release = board.release("1-cp311")
    first = activate(layout, board.console, release, OLD)
    assert first == ["settings", "secrets", "drop-ins", "release", "unit", "enabled", "started"]
    assert plan(layout, release, NEW) == ["settings", "secrets", "drop-ins", "restarted"]
    assert activate(layout, board.console, release, NEW) == ["settings", "secrets", "drop-ins", "restarted"]
    assert contents(board) == {
        "edge-voice.mqtt-password": "new",
        "edge-voice.mqtt-key": "k",
        "mine.conf": "[Service]\n",
        "other.conf": f"{MANAGED}[Service]\n",
    }
    assert {layout.secret(name).stat().st_mode & 0o777 for name in ("mqtt-password", "mqtt-key")} == {0o600}
    assert activate(layout, board.console, release, NEW) == []
    assert activate(layout, board.console, release, Configuration(secrets={}, drop_ins={}))[:2] == [
        "secrets",
        "drop-ins",
    ]
    assert contents(board) == {"mine.conf": "[Service]\n"}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_secrets_and_drop_ins_of_a_release_that_does_not_work_are_not_left_behind(board: Board, trouble: str) -> None:
    activate(board.layout, board.console, board.release("1-cp311"), OLD)
    before = contents(board)
    with pytest.raises(InstallError):
        activate(board.layout, board.console, board.release("2-cp311", trouble), NEW)
    assert contents(board) == before
    assert list((board.layout.root / "run").iterdir()) == []


def test_a_release_is_tested_with_the_new_secrets_under_the_names_that_the_service_sees(board: Board) -> None:
    release = board.release("1-cp311")
    spy = '#!/bin/sh\n[ -z "$CREDENTIALS_DIRECTORY" ] || head "$CREDENTIALS_DIRECTORY"/* > {0}/credentials\n'
    release.program.write_text(spy.format(board.state), encoding="utf-8")
    activate(board.layout, board.console, release, OLD)
    for configuration in (NEW, Configuration(secrets=NEW.secrets), Configuration()):
        (board.state / "credentials").unlink()
        prove_with(board.layout, board.console, release, configuration)
        seen = "\n".join(board.said("credentials"))
        assert ("new" in seen, "/mqtt-key" in seen) == ((configuration != Configuration()),) * 2
        assert "edge-voice." not in seen


def test_files_that_the_settings_no_longer_name_are_removed_after_the_switch(board: Board) -> None:
    layout = board.layout
    names = [digit * 16 for digit in "123"]
    for name in (*names, "mine"):
        (layout.files / name).mkdir(parents=True)
    named = Configuration(f'[mqtt]\nca_file = "{layout.files}/{names[1]}/ca.pem"\n'.encode())
    with pytest.raises(InstallError):
        activate(layout, board.console, board.release("0-cp311", "does-not-start"), named)
    release = board.release("1-cp311")
    activate(layout, board.console, release)  # says nothing about settings
    assert len(list(layout.files.iterdir())) == 4
    assert "old files" in activate(layout, board.console, release, named)
    assert sorted(folder.name for folder in layout.files.iterdir()) == [names[1], "mine"]
    assert activate(layout, board.console, release, named) == []
    assert plan(layout, release, Configuration(b"")) == ["settings", "restarted", "old files"]


def test_a_secret_that_others_may_read_is_closed(board: Board) -> None:
    release = board.release("1-cp311")
    activate(board.layout, board.console, release, OLD)
    secret = board.layout.secret("mqtt-password")
    secret.chmod(0o644)
    assert plan(board.layout, release, OLD) == ["secrets", "restarted"]
    activate(board.layout, board.console, release, OLD)
    assert secret.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"[]",
        b'{"settings": 1}',
        b'{"secrets": {"mqtt-password": 1}}',
        b'{"secrets": {"../shadow": "x"}}',
        b'{"drop_ins": {"../../x": "x"}}',
        b'{"drop_ins": "x"}',
        b'{"secrets": ["mqtt-password"]}',
    ],
)
def test_a_configuration_that_cannot_be_read_is_refused(document: bytes) -> None:
    with pytest.raises(InstallError, match="configuration-invalid"):
        Configuration.parse(document)


def test_the_unit_hands_every_secret_to_the_service() -> None:
    unit = (Path(__file__).parents[2] / "systemd/edge-voice.service").read_text(encoding="utf-8")
    loaded = [line.partition("=")[2] for line in unit.splitlines() if line.startswith("LoadCredential=")]
    assert sorted(loaded) == sorted(f"{name}:edge-voice.{name}" for name in CREDENTIALS)
