"""The systemd unit of the service: what it is doing, and what it has to do."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from edge.board.console import Console, ask
from edge.board.layout import UNIT, Layout
from edge.errors import InstallError


def is_active() -> bool:
    """The service runs, or is starting."""
    return ask("systemctl", "is-active", UNIT).stdout.strip() in {"active", "activating", "reloading"}


def is_enabled() -> bool:
    """The service starts when the machine does."""
    return ask("systemctl", "is-enabled", UNIT).stdout.strip() == "enabled"


def service_needs(*, enable: bool, restart: bool) -> list[str]:
    """What is to be done with the service: "enabled", "disabled", "stopped", "started" or "restarted"."""
    enabled, active = is_enabled(), is_active()
    needs = [] if enabled == enable else ["enabled" if enable else "disabled"]
    if enable and not active:
        needs.append("started")
    elif enable and restart:
        needs.append("restarted")
    elif active and not enable:
        needs.append("stopped")
    return needs


def run_service(console: Console, *, enable: bool, restart: bool) -> list[str]:
    """Do it, and return what was done. Raises `InstallError`, also if the service does not become ready."""
    needs = service_needs(enable=enable, restart=restart)
    for need in needs:
        match need:
            case "enabled" | "disabled":
                systemctl(need.removesuffix("d"), UNIT)
            case "stopped":
                systemctl("stop", UNIT)
            case _:
                with console.step(f"{need.removesuffix('ed')}ing the service"):
                    ask("systemctl", "reset-failed", UNIT)
                    systemctl("restart", UNIT)
    return needs


def is_outdated(layout: Layout, release: Path) -> bool:
    """The running process is of another release, or older than something that it reads at its start.

    It is asked of the system and not remembered, so that it survives a run that failed.
    """
    started = ask("systemctl", "show", "-P", "ExecMainStartTimestampMonotonic", UNIT).stdout.strip()
    if running_release(layout) != release or not started.isdigit():
        return True
    since = time.time() - (time.monotonic() - int(started) / 1e6)
    return any(path.lstat().st_ctime > since for path in _read_at_start(layout))


def running_release(layout: Layout) -> Path | None:
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


def systemctl(*arguments: str) -> None:
    """Run systemctl. Raises `InstallError`."""
    done = ask("systemctl", *arguments)
    if done.returncode != 0:
        words = f"systemctl {' '.join(arguments)}"
        said = done.stderr.strip().partition("\n")[0]
        raise InstallError("systemctl-failed", f"{words}: {said}", f"see journalctl -u {UNIT}")
