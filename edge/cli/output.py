"""Files that a command writes. Whether they can be written is checked before the work, not after it."""

from contextlib import suppress
from pathlib import Path

from edge.errors import UsageError


def writable(path: Path) -> Path:
    """The path, if a file can be written there. Leaves no file behind and does not change an existing one.

    Raises `UsageError` "file-unusable".
    """
    new = not path.exists()
    try:
        path.open("a").close()
    except OSError as error:
        raise _unusable(path, error) from error
    if new:
        with suppress(OSError):
            path.unlink()
    return path


def write(path: Path, text: str) -> None:
    """Write the file. Raises `UsageError` "file-unusable"."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: OSError) -> UsageError:
    why = error.strerror or str(error)
    return UsageError(
        "file-unusable", f"{path} cannot be written: {why}", "choose a file in a folder that you can write to"
    )
