"""From one release to another: the link, the unit and the settings change together, or not at all."""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from edge.board.console import Console, ask
from edge.board.layout import ACCOUNT, UNIT, Layout, point, target, write_whole
from edge.board.release import Release, prove, remove_others
from edge.errors import InstallError

_OLD_LAYOUT = ("bin", "lib", "lib64", "include", "share", "pyvenv.cfg", "requirements.txt")
"""The environment of versions before there were releases was the folder /opt/edge-voice."""


@dataclass
class Outcome:
    """What was changed, in words."""

    changed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Before:
    """What to go back to."""

    release: Path | None
    unit: bytes | None
    settings: bytes | None


def prove_with(layout: Layout, console: Console, release: Release, settings: bytes | None) -> None:
    """Test a release with new settings, or with those that are there. Raises `InstallError`.

    The recorded question is asked only of a release or of settings that are not in use yet.
    """
    now = _read(layout.settings)
    fresh = target(layout.current) != release.folder or (settings is not None and settings != now)
    staged = layout.settings.with_name(".config.toml.tested")
    try:
        if settings is not None:
            _write_settings(staged, settings)
        used = staged if settings is not None else layout.settings if now is not None else None
        prove(layout, console, release, used, turn=fresh)
    finally:
        staged.unlink(missing_ok=True)


def plan(
    layout: Layout, release: Release, *, settings: bytes | None = None, enable: bool = True, restart: bool = True
) -> list[str]:
    """What `activate` would change. Changes nothing."""
    changed = ["settings"] if settings is not None and settings != _read(layout.settings) else []
    changed += ["release"] if target(layout.current) != release.folder else []
    changed += ["unit"] if _read(layout.unit) != _unit_of(release) else []
    outdated = bool(changed) or _is_outdated(layout, release)
    return changed + _service_needs(enable=enable, restart=restart and outdated)


def activate(
    layout: Layout,
    console: Console,
    release: Release,
    *,
    settings: bytes | None = None,
    enable: bool = True,
    restart: bool = True,
    proved: bool = False,
) -> Outcome:
    """Test the release unless it is `proved`, switch to it, and restart the service if it runs anything older.

    `settings` replaces the settings file in the same step. If the service does not become ready, everything is as it
    was before, and `InstallError` says why. A second run after a failure does what is left to do.
    """
    if not proved:
        prove_with(layout, console, release, settings)
    before = _Before(target(layout.current), _read(layout.unit), _read(layout.settings))
    moves = before.release != release.folder
    rewrites = settings is not None and settings != before.settings
    outcome = Outcome()
    try:
        if settings is not None and rewrites:
            _write_settings(layout.settings, settings)
            outcome.changed.append("settings")
        if moves:
            point(layout.current, release.folder)
            outcome.changed.append("release")
        if _install_unit(layout, _unit_of(release)):
            outcome.changed.append("unit")
        _link_command(layout)
        outdated = bool(outcome.changed) or _is_outdated(layout, release)
        outcome.changed += _run_service(console, enable=enable, restart=restart and outdated)
    except (InstallError, OSError, KeyboardInterrupt) as error:
        _go_back(layout, console, before)
        if isinstance(error, KeyboardInterrupt):
            raise
        raise InstallError(
            "switch-failed",
            f"the service did not start with {release.name}: "
            f"{error.message if isinstance(error, InstallError) else error}",
            f"everything is as it was before; sudo journalctl -u {UNIT} shows what {release.name} said",
        ) from error
    if moves:
        point(layout.previous, before.release)
    remove_others(layout, (release.folder, target(layout.previous), _running(layout)))
    _remove_old_layout(layout)
    return outcome


def rollback(layout: Layout, console: Console) -> Release:
    """Go back to the previous release, which becomes the current one. Raises `InstallError`."""
    folder = target(layout.previous)
    if folder is None:
        raise InstallError("no-previous", "there is no previous release", "nothing was changed")
    release = Release(folder)
    if not release.works():
        raise InstallError(
            "previous-broken",
            f"{release.name} does not run any more, e.g. because its Python was removed",
            "nothing was changed; check out the wanted version and run: sudo make install",
        )
    activate(layout, console, release)
    return release


def uninstall(layout: Layout, console: Console, *, purge: bool) -> list[Path]:
    """Remove the service and the program; with `purge` also settings, secrets, models and account. What was kept."""
    if layout.unit.exists() or is_active():
        with console.step("stopping the service"):
            console.succeeds("systemctl", "disable", "--now", UNIT)
    layout.unit.unlink(missing_ok=True)
    console.succeeds("systemctl", "daemon-reload")
    console.succeeds("systemctl", "reset-failed", UNIT)
    if layout.command.is_symlink() and layout.command.readlink().is_relative_to(layout.home):
        layout.command.unlink()
    own = [layout.settings_folder, layout.state, layout.drop_ins, *layout.secrets]
    for path in (layout.home, layout.cache, *(own if purge else ())):
        _remove(path)
    if purge:
        console.succeeds("userdel", ACCOUNT)
        console.succeeds("groupdel", ACCOUNT)
    layout.log.unlink(missing_ok=True)
    return [path for path in own if path.exists()]


def is_active() -> bool:
    """The service runs, or is starting."""
    return ask("systemctl", "is-active", UNIT).stdout.strip() in {"active", "activating", "reloading"}


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _write_settings(path: Path, data: bytes) -> None:
    write_whole(path, data, 0o640)
    shutil.chown(path, "root", ACCOUNT)


def _unit_of(release: Release) -> bytes:
    found = sorted(release.folder.glob(f"lib/python3*/site-packages/edge/store/systemd/{UNIT}"))
    if not found:
        raise InstallError("unit-missing", f"{release.name} has no {UNIT}", "install it again")
    return found[0].read_bytes()


def _install_unit(layout: Layout, unit: bytes) -> bool:
    if _read(layout.unit) == unit:
        return False
    write_whole(layout.unit, unit)
    _systemctl("daemon-reload")
    return True


def _link_command(layout: Layout) -> None:
    """Let people call the program by its name, unless another program has that name."""
    program = layout.current / "bin/edge-voice"
    if layout.command.is_symlink() or not layout.command.exists():
        layout.command.parent.mkdir(parents=True, exist_ok=True)
        if not layout.command.is_symlink() or layout.command.readlink() != program:
            point(layout.command, program)


def _service_needs(*, enable: bool, restart: bool) -> list[str]:
    """What is to be done with the service: "enabled", "disabled", "stopped", "started" or "restarted"."""
    enabled, active = ask("systemctl", "is-enabled", UNIT).stdout.strip() == "enabled", is_active()
    needs = [] if enabled == enable else ["enabled" if enable else "disabled"]
    if enable and not active:
        needs.append("started")
    elif enable and restart:
        needs.append("restarted")
    elif active and not enable:
        needs.append("stopped")
    return needs


def _run_service(console: Console, *, enable: bool, restart: bool) -> list[str]:
    needs = _service_needs(enable=enable, restart=restart)
    for need in needs:
        match need:
            case "enabled" | "disabled":
                _systemctl(need.removesuffix("d"), UNIT)
            case "stopped":
                _systemctl("stop", UNIT)
            case _:
                with console.step(f"{need.removesuffix('ed')}ing the service"):
                    ask("systemctl", "reset-failed", UNIT)
                    _systemctl("restart", UNIT)
    return needs


def _is_outdated(layout: Layout, release: Release) -> bool:
    """The running process is of another release, or older than something that it reads at its start.

    It is asked of the system and not remembered, so that it survives a run that failed.
    """
    started = ask("systemctl", "show", "-P", "ExecMainStartTimestampMonotonic", UNIT).stdout.strip()
    if _running(layout) != release.folder or not started.isdigit():
        return True
    since = time.time() - (time.monotonic() - int(started) / 1e6)
    return any(path.lstat().st_ctime > since for path in _read_at_start(layout))


def _running(layout: Layout) -> Path | None:
    """The folder of the release that the service's process was started from; None if none runs."""
    pid = ask("systemctl", "show", "-P", "MainPID", UNIT).stdout.strip()
    try:
        program = Path(f"/proc/{int(pid)}/cmdline").read_bytes().split(b"\0")[0].decode(errors="replace")
    except (OSError, ValueError):
        return None
    inside = Path(program).is_relative_to(layout.releases)
    return layout.releases / Path(program).relative_to(layout.releases).parts[0] if inside else None


def _read_at_start(layout: Layout) -> Iterator[Path]:
    yield from (path for path in (layout.unit, layout.settings, layout.secrets_folder) if path.exists())
    yield from layout.secrets
    if layout.drop_ins.is_dir():
        yield from (layout.drop_ins, *layout.drop_ins.iterdir())
    for folder, folders, files in os.walk(layout.models):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in files if not name.startswith("."))


def _go_back(layout: Layout, console: Console, before: _Before) -> None:
    console.say("* going back to what ran before")
    if before.settings is not None and _read(layout.settings) != before.settings:
        _write_settings(layout.settings, before.settings)
    elif before.settings is None:
        layout.settings.unlink(missing_ok=True)
    point(layout.current, before.release)
    if before.unit is None:
        console.succeeds("systemctl", "disable", "--now", UNIT)
        layout.unit.unlink(missing_ok=True)
        if layout.command.is_symlink() and not layout.command.exists():
            layout.command.unlink()
    else:
        write_whole(layout.unit, before.unit)
    console.succeeds("systemctl", "daemon-reload")
    if before.unit is not None:
        console.succeeds("systemctl", "reset-failed", UNIT)
        console.succeeds("systemctl", "restart", UNIT)


def _systemctl(*arguments: str) -> None:
    done = ask("systemctl", *arguments)
    if done.returncode != 0:
        words = f"systemctl {' '.join(arguments)}"
        said = done.stderr.strip().partition("\n")[0]
        raise InstallError("systemctl-failed", f"{words}: {said}", f"see journalctl -u {UNIT}")


def _remove_old_layout(layout: Layout) -> None:
    for name in _OLD_LAYOUT:
        _remove(layout.home / name)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
