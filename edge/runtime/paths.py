"""Folders and files: the service's own under systemd, otherwise the user's (XDG)."""

import getpass
import os
import shlex
import shutil
import sys
from pathlib import Path

import platformdirs

SERVICE_STATE = Path("/var/lib/edge-voice")
SERVICE_RUNTIME = Path("/run/edge-voice")
SERVICE_PROGRAM = Path("/opt/edge-voice")
SYSTEM_SETTINGS = Path("/etc/edge-voice/config.toml")
SERVICE_SECRETS = Path("/etc/credstore")
"""Where systemd finds the credentials of the service, as edge-voice.NAME. Only root can read them."""


def state_folder() -> Path:
    """The folder of timers, alarms, volume and mute: `$STATE_DIRECTORY` under systemd, otherwise the user's."""
    given = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    return Path(given) if given else Path(platformdirs.user_state_path("edge-voice"))


def control_socket() -> Path:
    """The socket for local commands to the speaker.

    It is in `$RUNTIME_DIRECTORY` under systemd, otherwise in `$XDG_RUNTIME_DIR/edge-voice`, for root in
    /run/edge-voice. Without `$XDG_RUNTIME_DIR`, its usual value is used.
    """
    given = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
    if given:
        return Path(given) / "control.sock"
    user = os.environ.get("XDG_RUNTIME_DIR", "")
    if not user and os.geteuid() == 0:
        return SERVICE_RUNTIME / "control.sock"
    return Path(user or f"/run/user/{os.geteuid()}") / "edge-voice" / "control.sock"


def control_sockets() -> tuple[Path, ...]:
    """The sockets on which a speaker may be running: the user's own first, then the service's."""
    return tuple(dict.fromkeys((control_socket(), SERVICE_RUNTIME / "control.sock")))


def models_folder(configured: Path | None = None) -> Path:
    """The folder of models: as configured, else the service's, else the user's cache.

    The service's program uses the service's folder for every user: the service would not find a model that a user
    fetched elsewhere. Another installation uses the service's folder only if it can write to it.
    """
    if configured is not None:
        return configured
    given = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    if given:
        return Path(given) / "models"
    service = SERVICE_STATE / "models"
    own = Path(sys.prefix).is_relative_to(SERVICE_PROGRAM)
    if own or os.access(service if os.path.exists(service) else SERVICE_STATE, os.W_OK):  # noqa: PTH110 - may be hidden
        return service
    return Path(platformdirs.user_cache_path("edge-voice")) / "models"


def service_models() -> Path | None:
    """The models folder of the service that is installed on this machine; None without one.

    Other users may not see into it.
    """
    return SERVICE_STATE / "models" if SERVICE_STATE.is_dir() else None


def user() -> str:
    """The name of this user, or the number of one without a name, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def program() -> str:
    """The command that runs this program, for hints that are to work as they stand."""
    called = Path(sys.argv[0])
    if called.parts[-2:] == ("edge", "__main__.py"):
        return f"{shlex.quote(sys.executable)} -m edge"
    found = shutil.which("edge-voice")
    is_found = called.name != "edge-voice" or (found is not None and Path(found).samefile(called))
    return "edge-voice" if is_found else shlex.quote(str(called.absolute()))


def models_program(folder: Path) -> str:
    """The same for commands that change the models in this folder: those of the service belong to root."""
    return f"sudo {program()}" if folder == service_models() and os.geteuid() != 0 else program()


def settings_file(given: Path | None) -> Path | None:
    """The settings file: the given one, else the system's if it exists, else None (defaults)."""
    if given is not None:
        return given
    return SYSTEM_SETTINGS if SYSTEM_SETTINGS.exists() else None
