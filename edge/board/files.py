"""Files that change together with a release. They are written whole, and put back if the service does not start."""

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from edge.board.layout import ACCOUNT, CREDENTIALS, Layout, write_whole
from edge.errors import InstallError

MANAGED = "# Written by Ansible: change the inventory, not this file.\n"
"""The first line of a drop-in that a later run may replace or remove. Drop-ins without it are the owner's."""

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]*")
_PLACED = re.compile(r"[0-9a-f]{16}")
_INVALID = "correct the inventory; nothing was changed"


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds, and who may read it. `data` is None for a file that does not exist."""

    data: bytes | None
    mode: int = 0o644
    group: str | int = "root"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the owner wants to have on the board. None keeps what is there.

    `secrets` are named as in `CREDENTIALS`, and those that are left out are removed. `drop_ins` are named without
    ".conf"; those that an earlier run has written and that are left out are removed.
    """

    settings: bytes | None = None
    secrets: Mapping[str, str] | None = None
    drop_ins: Mapping[str, str] | None = None

    @classmethod
    def parse(cls, document: bytes) -> "Configuration":
        """From JSON: an object with any of the fields. Raises `InstallError` "configuration-invalid"."""
        try:
            fields = json.loads(document)
            settings, secrets, drop_ins = (fields.get(name) for name in ("settings", "secrets", "drop_ins"))
            texts = [*(secrets or {}).values(), *(drop_ins or {}).values(), settings or ""]
        except (ValueError, AttributeError):
            texts = [None]
        if not all(isinstance(text, str) for text in texts):
            message = "settings, secrets and drop-ins must be texts"
            raise InstallError("configuration-invalid", message, _INVALID)
        wrong = sorted(set(secrets or {}) - set(CREDENTIALS))
        wrong += [name for name in drop_ins or {} if not _FILE_NAME.fullmatch(name)]
        if wrong:
            raise InstallError("configuration-invalid", f"unknown secret or unusable name: {wrong[0]}", _INVALID)
        return cls(None if settings is None else settings.encode(), secrets, drop_ins)

    def files(self, layout: Layout) -> dict[Path, Content]:
        """The content of every file that it decides about."""
        wanted = {}
        if self.settings is not None:
            wanted[layout.settings] = Content(self.settings, 0o640, ACCOUNT)
        if self.secrets is not None:
            for name in CREDENTIALS:
                text = self.secrets.get(name)
                wanted[layout.secret(name)] = Content(None if text is None else text.encode(), 0o600)
        if self.drop_ins is not None:
            wanted |= {path: Content(None) for path in layout.drop_ins.glob("*.conf") if _is_managed(path)}
            for name, text in self.drop_ins.items():
                wanted[layout.drop_ins / f"{name}.conf"] = Content(f"{MANAGED}{text}".encode())
        return wanted


def read(paths: Iterable[Path]) -> dict[Path, Content]:
    """What is there now."""
    found = {}
    for path in paths:
        status = path.stat() if path.is_file() else None
        found[path] = Content(path.read_bytes(), status.st_mode & 0o777, status.st_gid) if status else Content(None)
    return found


def different(wanted: Mapping[Path, Content]) -> list[Path]:
    """The files whose content or mode is not the wanted one."""
    now = read(wanted)

    def differs(path: Path, content: Content) -> bool:
        return content.data != now[path].data or (content.data is not None and content.mode != now[path].mode)

    return [path for path, content in wanted.items() if differs(path, content)]


def write(wanted: Mapping[Path, Content]) -> None:
    """Write each file whole, or remove it."""
    for path, content in wanted.items():
        if content.data is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content.data, content.mode)
            shutil.chown(path, "root", content.group)


def unused(layout: Layout, wanted: Configuration) -> list[Path]:
    """The folders of files that Ansible has put there for earlier settings, named after their content."""
    if wanted.settings is None or not layout.files.is_dir():
        return []
    placed = [path for path in sorted(layout.files.iterdir()) if _PLACED.fullmatch(path.name)]
    return [folder for folder in placed if f"{folder}/".encode() not in wanted.settings]


def _is_managed(path: Path) -> bool:
    return path.is_file() and path.read_bytes().startswith(MANAGED.encode())
