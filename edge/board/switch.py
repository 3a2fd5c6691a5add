"""From one release to another: the link, the unit and the configuration change together, or not at all."""

import os
import pwd
import signal
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from edge.board.console import Console
from edge.board.files import Configuration, Content, different, read, unused, write
from edge.board.layout import ACCOUNT, CREDENTIALS, UNIT, Layout, point, remove, target
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


@dataclass(frozen=True)
class _Before:
    """What to go back to."""

    release: Path | None
    previous: Path | None
    files: Mapping[Path, Content]
    first: bool
    enabled: bool
    active: bool

    @classmethod
    def of(cls, layout: Layout, files: Iterable[Path]) -> "_Before":
        """The board as it is now. The release that runs counts, also where a switch was killed behind the link."""
        running = running_release(layout)
        release = running if running is not None and running.is_dir() else target(layout.current)
        previous = target(layout.previous)
        return cls(
            release,
            None if previous == release else previous,
            read(files),
            first=not layout.unit.is_file(),
            enabled=is_enabled(),
            active=is_active(),
        )


def prove_with(layout: Layout, console: Console, release: Release, wanted: Configuration) -> None:
    """Test a release with a new configuration, or with the one that is there. Raises `InstallError`.

    The recorded question is asked only of a release or of settings that are not in use yet.
    """
    settings = wanted.files(layout).get(layout.settings)
    moves = target(layout.current) != release.folder
    staged = layout.settings.with_name(".config.toml.tested")
    try:
        if settings is not None:
            write({staged: settings})
        used = staged if settings is not None else layout.settings if layout.settings.exists() else None
        fresh = moves or (settings is not None and layout.settings in different({layout.settings: settings}))
        with tempfile.TemporaryDirectory(dir=layout.root / "run") as credentials:
            for name in CREDENTIALS:
                text = _text(layout.secret(name)) if wanted.secrets is None else wanted.secrets.get(name)
                if text is not None:
                    Path(credentials, name).write_text(text, encoding="utf-8")
            prove(layout, console, release, used, credentials=Path(credentials), turn=fresh)
    finally:
        staged.unlink(missing_ok=True)


def plan(
    layout: Layout,
    release: Release,
    wanted: Configuration = Configuration(),  # noqa: B008 - it cannot be changed
    *,
    enable: bool = True,
    restart: bool = True,
) -> list[str]:
    """What `activate` would change, in words. Changes nothing."""
    changed = _words(layout, release, different(_files(layout, release, wanted)))
    outdated = bool(changed) or is_outdated(layout, release.folder)
    old = ["old files"] if unused(layout, wanted) else []
    return changed + service_needs(enable=enable, restart=restart and outdated) + old


def activate(
    layout: Layout,
    console: Console,
    release: Release,
    wanted: Configuration = Configuration(),  # noqa: B008 - it cannot be changed
    *,
    enable: bool = True,
    restart: bool = True,
    proved: bool = False,
) -> list[str]:
    """Test the release unless it is `proved`, switch to it, and restart the service if it runs anything older.

    The wanted configuration replaces the old one in the same step. If the service does not become ready, what was there
    before is put back, and `InstallError` says why. A second run after a failure does what is left to do; `previous` is
    set first, so that a rollback is possible even where the installer was killed. The result is what was changed, in
    words.
    """
    if not proved:
        prove_with(layout, console, release, wanted)
    files = _files(layout, release, wanted)
    before = _Before.of(layout, files)
    linked = target(layout.current)
    paths = different(files)
    changed = _words(layout, release, paths)
    try:
        write({path: files[path] for path in paths})
        if linked != release.folder:
            point(layout.previous, linked)
            point(layout.current, release.folder)
        outdated = bool(changed) or is_outdated(layout, release.folder)
        if outdated:
            systemctl("daemon-reload")
        _link_command(layout, console)
        changed += run_service(console, enable=enable, restart=restart and outdated)
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
    leftovers = unused(layout, wanted)
    for folder in leftovers:
        remove(folder)
    return [*changed, "old files"] if leftovers else changed


def _files(layout: Layout, release: Release, wanted: Configuration) -> dict[Path, Content]:
    return {**wanted.files(layout), layout.unit: Content(_unit_of(release))}


def _words(layout: Layout, release: Release, paths: Iterable[Path]) -> list[str]:
    """The release and these files, in words."""
    kinds = {
        layout.settings: "settings",
        layout.secrets_folder: "secrets",
        layout.drop_ins: "drop-ins",
        layout.unit: "unit",
    }
    found = {kinds.get(path) or kinds[path.parent] for path in paths}
    found |= {"release"} if target(layout.current) != release.folder else set()
    return [word for word in ("settings", "secrets", "drop-ins", "release", "unit") if word in found]


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


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None


def _unit_of(release: Release) -> bytes:
    found = sorted(release.folder.glob(f"lib/python3*/site-packages/edge/store/systemd/{UNIT}"))
    if not found:
        raise InstallError("unit-missing", f"{release.name} has no {UNIT}", "install it again")
    return found[0].read_bytes()


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
    if before.first:
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
    write({path: before.files[path] for path in different(before.files)})
    if layout.command.is_symlink() and not layout.command.exists():
        layout.command.unlink()


def _put_back_service(layout: Layout, console: Console, before: _Before) -> None:
    console.succeeds("systemctl", "daemon-reload")
    if before.first:
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
