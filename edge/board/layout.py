"""Where the service lies on a board."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "edge-voice"
UNIT = "edge-voice.service"
CREDENTIALS = ("mqtt-password", "mqtt-key", "llm-api-key", "cloud-api-key", "home-assistant-token", "home-code")
"""The secrets that the unit hands to the service."""

_HIDDEN = ("/home", "/root", "/run/user", "/tmp", "/var/tmp")  # noqa: S108 - compared only


@dataclass(frozen=True, slots=True)
class Layout:
    """All paths of the service. `root` is another folder in tests only."""

    root: Path = Path("/")

    @property
    def home(self) -> Path:
        """The program."""
        return self.root / "opt/edge-voice"

    @property
    def releases(self) -> Path:
        """One folder for each release."""
        return self.home / "releases"

    @property
    def current(self) -> Path:
        """The link to the release that runs."""
        return self.home / "current"

    @property
    def previous(self) -> Path:
        """The link to the release to which a rollback goes."""
        return self.home / "previous"

    @property
    def command(self) -> Path:
        """The link by which people call the program."""
        return self.root / "usr/local/bin/edge-voice"

    @property
    def unit(self) -> Path:
        """The systemd unit."""
        return self.root / "etc/systemd/system" / UNIT

    @property
    def drop_ins(self) -> Path:
        """The owner's changes to the unit."""
        return self.unit.with_name(f"{UNIT}.d")

    @property
    def settings_folder(self) -> Path:
        """The folder of the settings."""
        return self.root / "etc/edge-voice"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.settings_folder / "config.toml"

    @property
    def files(self) -> Path:
        """Files that Ansible puts there for the settings, e.g. certificates: one folder for each content."""
        return self.settings_folder / "files"

    @property
    def secrets_folder(self) -> Path:
        """The folder of the secrets, which other services use, too."""
        return self.root / "etc/credstore"

    def secret(self, name: str) -> Path:
        """The file of one secret."""
        return self.secrets_folder / f"edge-voice.{name}"

    @property
    def secrets(self) -> list[Path]:
        """The secrets that exist."""
        return sorted(self.secrets_folder.glob("edge-voice.*"))

    @property
    def state(self) -> Path:
        """Timers, alarms, volume, and the models."""
        return self.root / "var/lib/edge-voice"

    @property
    def models(self) -> Path:
        """The models, which the service may only read."""
        return self.state / "models"

    @property
    def cache(self) -> Path:
        """Downloaded packages, so that an upgrade downloads only what is new."""
        return self.root / "var/cache/edge-voice"

    @property
    def log(self) -> Path:
        """What the programs that an installation runs have printed."""
        return self.root / "var/log/edge-voice-install.log"


def is_hidden(path: Path) -> bool:
    """Whether the unit hides the path from the service (ProtectHome=, PrivateTmp=)."""
    return any(path.is_relative_to(folder) for folder in _HIDDEN)


def point(link: Path, target: Path | None) -> None:
    """Make `link` lead to `target` in one step, so that it is never missing; None removes it."""
    if target is None:
        link.unlink(missing_ok=True)
        return
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def target(link: Path) -> Path | None:
    """The folder that a link leads to; None if there is no such folder.

    Links above it are kept: /opt/edge-voice may be one, to a larger disk.
    """
    if not link.is_symlink():
        return None
    folder = link.parent / link.readlink()
    return folder if folder.is_dir() else None


def remove(path: Path) -> None:
    """Remove a file, a link or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file that is there complete or not at all."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
        stream.write(data)
        os.fchmod(stream.fileno(), mode)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)
