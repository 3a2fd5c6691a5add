"""Folders and files: the service's own where it runs as one, else the user's (XDG)."""

import os
from pathlib import Path

import platformdirs

SERVICE_STATE = Path("/var/lib/edge-voice")
SERVICE_RUNTIME = Path("/run/edge-voice")
SYSTEM_SETTINGS = Path("/etc/edge-voice/config.toml")


def state_folder() -> Path:
    """The folder of timers, alarms, volume and mute: `$STATE_DIRECTORY` under systemd, else the user's state folder."""
    given = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    return Path(given) if given else Path(platformdirs.user_state_path("edge-voice"))


def control_socket() -> Path:
    """Where the speaker listens for local commands.

    In `$RUNTIME_DIRECTORY` under systemd, else in `$XDG_RUNTIME_DIR/edge-voice`, for root in /run/edge-voice. A user
    without `$XDG_RUNTIME_DIR` gets the folder that it usually names.
    """
    given = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
    if given:
        return Path(given) / "control.sock"
    user = os.environ.get("XDG_RUNTIME_DIR", "")
    if not user and os.geteuid() == 0:
        return SERVICE_RUNTIME / "control.sock"
    return Path(user or f"/run/user/{os.geteuid()}") / "edge-voice" / "control.sock"


def control_sockets() -> tuple[Path, ...]:
    """Where a speaker may listen for local commands: the user's own first, then the service."""
    return tuple(dict.fromkeys((control_socket(), SERVICE_RUNTIME / "control.sock")))


def models_folder(configured: Path | None = None) -> Path:
    """Where models lie: as configured, else the service's folder where it can be written, else the user's cache."""
    if configured is not None:
        return configured
    given = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    if given:
        return Path(given) / "models"
    if os.access(SERVICE_STATE / "models", os.W_OK):
        return SERVICE_STATE / "models"
    return Path(platformdirs.user_cache_path("edge-voice")) / "models"


def settings_file(given: Path | None) -> Path | None:
    """The file to read: the one given, else the system's where there is one, else none (the defaults hold)."""
    if given is not None:
        return given
    return SYSTEM_SETTINGS if SYSTEM_SETTINGS.exists() else None
