"""From one release to another: the link, the unit and the settings change together, or not at all."""

import os
import pwd
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from edge.board.console import Console
from edge.board.layout import ACCOUNT, UNIT, Layout, point, remove, target, write_whole
from edge.board.release import Release, prove, remove_others
from edge.board.service import (
    is_active,
    is_enabled,
    is_outdated,
    run_service,
    running_release,
    service_needs,
    systemctl,
)
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
    previous: Path | None
    unit: bytes | None
    settings: bytes | None
    enabled: bool
    active: bool

    @classmethod
    def of(cls, layout: Layout) -> "_Before":
        """The board as it is now. The release that runs counts, also where a switch was killed behind the link."""
        running = running_release(layout)
        release = running if running is not None and running.is_dir() else target(layout.current)
        previous = target(layout.previous)
        return cls(
            release,
            None if previous == release else previous,
            _read(layout.unit),
            _read(layout.settings),
            enabled=is_enabled(),
            active=is_active(),
        )


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
    outdated = bool(changed) or is_outdated(layout, release.folder)
    return changed + service_needs(enable=enable, restart=restart and outdated)


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

    `settings` replaces the settings file in the same step. If the service does not become ready, what was there before
    is put back, and `InstallError` says why. A second run after a failure does what is left to do; `previous` is set
    first, so that a rollback is possible even where the installer was killed.
    """
    if not proved:
        prove_with(layout, console, release, settings)
    before = _Before.of(layout)
    linked = target(layout.current)
    moves = linked != release.folder
    rewrites = settings is not None and settings != before.settings
    outcome = Outcome()
    try:
        if settings is not None and rewrites:
            _write_settings(layout.settings, settings)
            outcome.changed.append("settings")
        if moves:
            point(layout.previous, linked)
            point(layout.current, release.folder)
            outcome.changed.append("release")
        if _install_unit(layout, _unit_of(release)):
            outcome.changed.append("unit")
        _link_command(layout, console)
        outdated = bool(outcome.changed) or is_outdated(layout, release.folder)
        outcome.changed += run_service(console, enable=enable, restart=restart and outdated)
    except BaseException as error:
        with _uninterrupted():
            state = _go_back(layout, console, before)
        if not isinstance(error, InstallError | OSError):
            raise
        if isinstance(error, InstallError):
            message = f"the service did not start with {release.name}: {error.message}"
            hint = f"{state}; sudo journalctl -u {UNIT} shows what {release.name} said"
        else:
            message, hint = f"could not switch to {release.name}: {error}", state
        raise InstallError("switch-failed", message, hint) from error
    remove_others(layout, console, (release.folder, target(layout.previous), running_release(layout)))
    for name in _OLD_LAYOUT:
        remove(layout.home / name)
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
    """Remove the service and the program; with `purge` also settings, secrets, models and account. What was kept.

    Raises `InstallError` if the service cannot be stopped; then nothing is removed.
    """
    if layout.unit.exists() or is_active():
        with console.step("stopping the service"):
            console.succeeds("systemctl", "disable", "--now", UNIT)
    if is_active():
        hint = f"nothing was removed; sudo systemctl stop {UNIT} shows why, then try again"
        raise InstallError("still-running", "the service cannot be stopped", hint)
    layout.unit.unlink(missing_ok=True)
    console.succeeds("systemctl", "daemon-reload")
    console.succeeds("systemctl", "reset-failed", UNIT)
    if layout.command.is_symlink() and layout.command.readlink().is_relative_to(layout.home):
        layout.command.unlink()
    own = [layout.settings_folder, layout.state, layout.drop_ins, *layout.secrets]
    for path in (layout.home, layout.cache, *(own if purge else ())):
        remove(path)
    if purge:
        console.succeeds("userdel", ACCOUNT)
        console.succeeds("groupdel", ACCOUNT)
        if account_exists():
            console.warn(f"the user {ACCOUNT} is still in use and was kept: sudo userdel {ACCOUNT} shows by what")
    layout.log.unlink(missing_ok=True)
    return [path for path in own if path.exists()]


def is_installed(layout: Layout) -> bool:
    """There is something for `uninstall` to remove."""
    return any(os.path.lexists(path) for path in (layout.home, layout.unit, layout.cache))


def account_exists() -> bool:
    """The service's user exists."""
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        return False
    return True


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
    systemctl("daemon-reload")
    return True


def _link_command(layout: Layout, console: Console) -> None:
    """Let people call the program by its name, unless another program has that name."""
    program = layout.current / "bin/edge-voice"
    if layout.command.is_symlink() and layout.command.readlink() == program:
        return
    if os.path.lexists(layout.command):
        console.warn(f"{layout.command} is another program; call this one {program}")
        return
    layout.command.parent.mkdir(parents=True, exist_ok=True)
    point(layout.command, program)


def _go_back(layout: Layout, console: Console, before: _Before) -> str:
    """Put back what differs from `before`. What to tell the user about it."""
    console.say("* going back to what ran before")
    if before.unit is None:
        console.succeeds("systemctl", "disable", "--now", UNIT)
    failed = []
    for put_back in (_put_back_files, _put_back_service):
        try:
            put_back(layout, console, before)
        except OSError as error:
            failed.append(f"{error.filename or 'the system'}: {error.strerror or error}")
    if failed:
        return f"not everything could be put back ({'; '.join(failed)}): try again when that is repaired"
    if before.active and not is_active():
        return "the files are as they were before, but the service does not start with them either"
    return "everything is as it was before"


def _put_back_files(layout: Layout, _: Console, before: _Before) -> None:
    for link, folder in ((layout.current, before.release), (layout.previous, before.previous)):
        if target(link) != folder:
            point(link, folder)
    for path, content, write in (
        (layout.unit, before.unit, write_whole),
        (layout.settings, before.settings, _write_settings),
    ):
        if content is None:
            path.unlink(missing_ok=True)
        elif _read(path) != content:
            write(path, content)
    if layout.command.is_symlink() and not layout.command.exists():
        layout.command.unlink()


def _put_back_service(layout: Layout, console: Console, before: _Before) -> None:
    console.succeeds("systemctl", "daemon-reload")
    if before.unit is None:
        return
    if before.enabled != is_enabled():
        console.succeeds("systemctl", "enable" if before.enabled else "disable", UNIT)
    console.succeeds("systemctl", "reset-failed", UNIT)
    if not before.active:
        console.succeeds("systemctl", "stop", UNIT)
    elif not is_active() or before.release is None or is_outdated(layout, before.release):
        console.succeeds("systemctl", "restart", UNIT)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C, a signal to end and a lost terminal wait for nothing here: they are ignored."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
