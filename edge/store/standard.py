"""The forms of a model in standard operators, which the owner asks for with `edge-voice models quantize`.

    MODEL/standard/FORM/*              what an engine loads on an accelerator
    MODEL/standard/conversion.json     as in `edge.store.conversion`

They are current as long as the converted form made at the same time would be.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

import structlog

from edge.store.conversion import converted_files, keep_files, source_hashes
from edge.store.disk import clear_errors, only_one, require_space
from edge.store.manifest import STANDARD
from edge.store.record import Record, State
from edge.store.store import INCOMING, ModelStore

Form = Literal["float", "int8"]
Made = TypeVar("Made")

_SPACE = 8
"""Times the published int8 files: the float networks are four times as large, and so are those that are tried."""


def standard_folder(store: ModelStore, name: str, form: Form) -> Path | None:
    """The folder of a form, its files verified; None where there is no current one."""
    manifest = store.manifest(name)
    folder = store.folder / name
    with clear_errors(store.folder):
        record = Record(folder)
        files = converted_files(manifest, folder, source_hashes(manifest, record), STANDARD)
        own = [file for file in files or () if file.name.startswith(f"{STANDARD}/{form}/")]
        good = bool(own) and set(record.states(own).values()) == {"good"}
        record.save()
    return folder / STANDARD / form if good else None


def verify_standard(store: ModelStore, name: str) -> dict[str, State]:
    """The state of every file of the forms by name, every byte read; empty where none were made.

    Forms that another version of this program made, or that were made of other files, are one entry, "unconverted".
    Raises `ModelError` for a disk that fails.
    """
    manifest = store.manifest(name)
    folder = store.folder / name
    if not (folder / STANDARD).is_dir():
        return {}
    with clear_errors(store.folder):
        record = Record(folder)
        files = converted_files(manifest, folder, source_hashes(manifest, record), STANDARD)
        states: dict[str, State] = {STANDARD: "unconverted"}
        if files is not None:
            states = record.states(files, always_hash=True)
        record.save()
    return states


def keep_standard(store: ModelStore, name: str, make: Callable[[Path], Made]) -> Made:
    """Let `make` write all forms into an empty folder, and put that in its place.

    Returns what `make` returns, and raises what it raises; then everything stays as it was. Raises `ModelError` for a
    disk that is full or fails.
    """
    manifest = store.manifest(name)
    scratch = store.folder / INCOMING / f"{name}-{STANDARD}"

    def waiting() -> None:
        structlog.get_logger("store").warning("another-pull-is-running", folder=str(store.folder), waiting=True)

    with clear_errors(store.folder), only_one(store.folder, waiting):
        require_space(store.folder, _SPACE * (manifest.size or 0))
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        try:
            made = make(scratch)
            hashes = source_hashes(manifest, Record(store.folder / name))
            keep_files(manifest, store.folder / name, scratch, hashes, STANDARD)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return made
