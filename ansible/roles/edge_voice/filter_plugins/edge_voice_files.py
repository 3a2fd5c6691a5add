"""Filters for `edge_voice_files`: where a file lies on the board, and the settings with those paths."""

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

FOLDER = "/etc/edge-voice/files"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def place(files: Mapping[str, str], folder: str) -> list[dict[str, str]]:
    """One entry for each file or folder on the laptop, relative to `folder`, with its place on the board.

    The place is named after the content, so that new content never replaces what the service reads: the settings lead
    to it. Keys: `name`; `source` and `target` for the module copy (a folder ends in "/"); `folder`, that of the target;
    and `path`, for the settings.
    """
    return [_place(name, Path(folder, str(source)).expanduser()) for name, source in files.items()]


def _place(name: str, source: Path) -> dict[str, str]:
    if not NAME.fullmatch(name):
        raise ValueError(f"edge_voice_files: '{name}' must consist of letters, digits and . _ -")
    if not source.exists():
        raise ValueError(f"edge_voice_files: {name}: {source} does not exist on this machine")
    inside = sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else [source]
    digest = hashlib.sha256(b"folder" if source.is_dir() else b"file")
    for path in inside:
        data = path.read_bytes()
        if b"PRIVATE KEY-----" in data:
            raise ValueError(
                f"edge_voice_files: {path} holds a private key: put it into edge_voice_credentials, mqtt-key"
            )
        digest.update(f"{path.relative_to(source)}\0{hashlib.sha256(data).hexdigest()}\n".encode())
    folder = f"{FOLDER}/{digest.hexdigest()[:16]}"
    end = "/" if source.is_dir() else ""
    return {
        "name": name,
        "source": f"{source}{end}",
        "target": f"{folder}/{name}{end}",
        "folder": folder,
        "path": f"{folder}/{name}",
    }


def with_paths(settings: Any, placed: list[dict[str, str]]) -> Any:
    """The settings, in which the path on the board replaces the name of a file: "NAME", or "NAME/..." in a folder."""
    match settings:
        case Mapping():
            return {key: with_paths(value, placed) for key, value in settings.items()}
        case list() | tuple():
            return [with_paths(value, placed) for value in settings]
        case str():
            name, slash, rest = str(settings).partition("/")
            paths = (entry["path"] for entry in placed if name == entry["name"] and bool(slash) <= _is_folder(entry))
            path = next(paths, None)
            return settings if path is None else f"{path}{slash}{rest}"
        case _:
            return settings


def _is_folder(entry: Mapping[str, str]) -> bool:
    return entry["source"].endswith("/")


def unnamed(placed: list[dict[str, str]], settings: Any) -> list[str]:
    """The names of the files that these settings, `with_paths`, lead to nowhere."""

    def texts(value: Any) -> list[str]:
        match value:
            case Mapping():
                return [text for inner in value.values() for text in texts(inner)]
            case list() | tuple():
                return [text for inner in value for text in texts(inner)]
            case _:
                return [str(value)]

    used = texts(settings)
    return [entry["name"] for entry in placed if not any(text.startswith(entry["path"]) for text in used)]


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Names and functions."""
        return {"edge_voice_place": place, "edge_voice_with_paths": with_paths, "edge_voice_unnamed": unnamed}
