"""Engines that TensorRT has built ahead, a folder for each stage: never built in a turn, because that takes minutes.

A folder is called after everything that its engines depend on, so that stale ones are not found. It counts once it has
the mark, which `edge-voice models build` writes last.
"""

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

_MARK: Final = "built"


def is_built(folder: Path) -> bool:
    """Whether all engines of the stage are there."""
    return (folder / _MARK).exists()


def begin(folder: Path) -> None:
    """Make the folder empty, and remove those of the same stage that are stale. Raises `OSError`."""
    stage = folder.name.partition("-")[0]
    if folder.parent.exists():
        for other in folder.parent.glob(f"{stage}-*"):
            shutil.rmtree(other)
    folder.mkdir(parents=True)


def finish(folder: Path) -> None:
    """All engines of the stage are built. Raises `OSError`."""
    (folder / _MARK).touch()


def throw_away(folder: Path) -> None:
    """The engines cannot be used: they are damaged, or of another driver. Where they cannot be removed, they stay."""
    with suppress(OSError):
        shutil.rmtree(folder)
