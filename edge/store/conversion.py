"""The converted form of a model: made once from the fetched files, kept beside them, checked by hash.

    MODEL/converted/*                  what the engine loads
    MODEL/converted/conversion.json    which converter made it, of which files, and the hash of each result

The same for the forms that the owner has asked for, in standard operators: `MODEL/standard/*`.

A conversion is current when this program's version of the converter made it from the files that the manifest names.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from edge.errors import ModelError
from edge.store.converters import VERSIONS, ConverterName, find_converter
from edge.store.disk import move, sha256_of, sync, write_whole
from edge.store.manifest import CONVERTED, Manifest, ModelFile
from edge.store.record import Record

NOTE = "conversion.json"
_NOTE_LIMIT = 1 << 20


class _Note(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    converter: ConverterName
    version: int
    sources: dict[str, str]
    files: list[ModelFile]


def converted_files(
    manifest: Manifest, folder: Path, hashes: Mapping[str, str], form: str = CONVERTED
) -> list[ModelFile] | None:
    """The files of the conversion below the model's `folder`; None where there is no current one.

    `hashes` are those of the fetched files by name; `form` is the folder of the conversion.
    """
    try:
        path = folder / form / NOTE
        if path.stat().st_size > _NOTE_LIMIT:
            return None
        note = _Note.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    current = note.converter == manifest.convert and note.version == VERSIONS[note.converter]
    return note.files if current and note.sources == dict(hashes) else None


def source_hashes(manifest: Manifest, record: Record) -> dict[str, str]:
    """The hash that each fetched file has, or must have."""
    return {file.name: record.pin(file) or "" for file in manifest.files}


def convert(manifest: Manifest, folder: Path, scratch: Path, hashes: Mapping[str, str]) -> None:
    """Convert the fetched files in the model's `folder`; `scratch`, on the same disk, is emptied and removed.

    Killed at any moment it leaves the last conversion or none. Raises `ModelError` `model-conversion-failed` or
    `onnx-missing`, and `OSError`.
    """
    if manifest.convert is None:
        return
    run = find_converter(manifest.convert)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        run(folder, scratch)
    except (ValueError, KeyError, IndexError) as error:
        shutil.rmtree(scratch)
        what = f"model '{manifest.name}' is not what the converter '{manifest.convert}' expects: {error}"
        hint = "choose another model, or correct its manifest: docs/models.md"
        raise ModelError("model-conversion-failed", what, hint) from error
    keep_files(manifest, folder, scratch, hashes)
    structlog.get_logger("store").info("model-converted", model=manifest.name, converter=manifest.convert)


def keep_files(
    manifest: Manifest, folder: Path, scratch: Path, hashes: Mapping[str, str], form: str = CONVERTED
) -> None:
    """Put what was written into `scratch` in its place below the model's `folder`, with a note. Raises `OSError`."""
    if manifest.convert is None:
        raise ValueError(manifest.name)
    files = []
    for path in sorted(path for path in scratch.rglob("*") if path.is_file()):
        sync(path)
        name = f"{form}/{path.relative_to(scratch).as_posix()}"
        files.append(ModelFile(name=name, size=path.stat().st_size, sha256=sha256_of(path)))
    note = _Note(
        converter=manifest.convert, version=VERSIONS[manifest.convert], sources=dict(hashes), files=files
    ).model_dump()
    write_whole(scratch / NOTE, [json.dumps(note, indent=1).encode()])
    target = folder / form
    shutil.rmtree(target, ignore_errors=True)
    move(scratch, target)
