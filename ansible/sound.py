"""What a board needs for sound: PyAudio with PortAudio inside, and ALSA's library as Debian packages. See `prepare`.

PyAudio and PortAudio have no wheels for Linux. Zig's C compiler builds both into one extension module, for any board
and against a glibc that all boards have. Debian's archive has the source of PortAudio and the headers of ALSA and
Python; apt verifies its signatures.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
MIRROR = "http://deb.debian.org/debian"
GLIBC = "2.28"
SUITES = {"3.11": "bookworm", "3.12": "trixie", "3.13": "trixie"}
"""The Debian release whose packages suit a board with this Python. Ubuntu 24.04, which has 3.12, takes Debian 13's."""
HEADERS = {"3.11": "libpython3.11-dev", "3.13": "libpython3.13-dev"}
"""Debian's packages of Python's headers. No release of Debian has 3.12."""
ALSA = {"bookworm": "libasound2", "trixie": "libasound2t64"}
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
DEFINES = (
    "NDEBUG", "_GNU_SOURCE", "PA_USE_ALSA", "PA_LITTLE_ENDIAN", "HAVE_CLOCK_GETTIME", "HAVE_NANOSLEEP",
    "SIZEOF_SHORT=2", "SIZEOF_INT=4", "SIZEOF_LONG=8",
)  # fmt: skip
"""What PortAudio's configure finds on 64-bit Linux."""


class UnavailableError(Exception):
    """This laptop cannot do it; the text says why, and what would help."""


@dataclass(frozen=True)
class Board:
    """For which machine ("x86_64" or "aarch64") and Python ("3.11")."""

    machine: str
    python: str

    @property
    def suite(self) -> str:
        """The name of a Debian release."""
        return SUITES[self.python]

    @property
    def triplet(self) -> str:
        """Debian's name of the architecture in paths, which is also part of the name of an extension module."""
        return f"{self.machine}-linux-gnu"


class Archive:
    """Debian's archive for a board, through this laptop's apt, which needs no root for it and is not changed by it."""

    def __init__(self, board: Board, folder: Path, mirror: str) -> None:
        if not all(map(shutil.which, ("apt-get", "dpkg-deb"))):
            raise UnavailableError("this laptop has no apt; Debian and Ubuntu have it")
        if not KEYRING.exists():
            raise UnavailableError("apt does not know Debian's keys: sudo apt-get install debian-archive-keyring")
        self._folder = folder
        for name in ("lists/partial", "cache/archives/partial", "state", "none"):
            (folder / name).mkdir(parents=True)
        (folder / "status").touch()
        lines = [
            f"deb [signed-by={KEYRING} arch={ARCHITECTURES[board.machine]}] {mirror} {board.suite} main",
            f"deb-src [signed-by={KEYRING}] {mirror} {board.suite} main",
        ]
        (folder / "sources.list").write_text("\n".join(lines) + "\n", encoding="utf-8")
        options = {
            "APT::Architecture": ARCHITECTURES[board.machine],
            "APT::Architectures": ARCHITECTURES[board.machine],
            "APT::Sandbox::User": "root",  # the folder is the caller's
            "APT::Update::Error-Mode": "any",
            "Acquire::Languages": "none",
            "Dir::Cache": folder / "cache",
            "Dir::Etc::preferences": folder / "none/preferences",
            "Dir::Etc::preferencesparts": folder / "none",
            "Dir::Etc::sourcelist": folder / "sources.list",
            "Dir::Etc::sourceparts": folder / "none",
            "Dir::State": folder / "state",
            "Dir::State::lists": folder / "lists",
            "Dir::State::status": folder / "status",
        }
        config = "#clear APT::Architectures;\n" + "".join(f'{name} "{value}";\n' for name, value in options.items())
        (folder / "apt.conf").write_text(config, encoding="utf-8")
        self._apt("update")

    def fetch(self, package: str) -> Path:
        """Download a package, verified by the signed index."""
        folder = self._folder / package
        if not folder.exists():
            folder.mkdir()
            self._apt("download", package, folder=folder)
        return next(folder.glob("*.deb"))

    def unpack(self, package: str, target: Path) -> None:
        """Download a package and unpack its files."""
        target.mkdir(exist_ok=True)
        _run("dpkg-deb", "-x", self.fetch(package), target, folder=target).check_returncode()

    def source(self, package: str, target: Path) -> Path:
        """Download and unpack the source of a package, with Debian's patches; its folder."""
        self._apt("source", "--download-only", package)
        (original,) = self._folder.glob(f"{package}_*.orig.tar.*")
        (debian,) = self._folder.glob(f"{package}_*.debian.tar.*")
        for archive in (original, debian):
            with tarfile.open(archive) as tar:
                tar.extractall(target, filter="data")
        (folder,) = (path for path in target.iterdir() if path.is_dir() and path.name != "debian")
        patches = (target / "debian/patches/series").read_text(encoding="utf-8").split()
        outside = os.environ | {"GIT_CEILING_DIRECTORIES": str(target)}  # git skips files of a repository around it
        for patch in patches:
            _run(
                "git", "apply", target / "debian/patches" / patch, folder=folder, environment=outside
            ).check_returncode()
        return folder

    def _apt(self, *words: str, folder: Path | None = None) -> None:
        environment = os.environ | {"APT_CONFIG": str(self._folder / "apt.conf"), "LC_ALL": "C"}
        done = _run("apt-get", "-qq", *words, folder=folder or self._folder, environment=environment)
        if done.returncode != 0:
            said = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise UnavailableError(f"apt-get {' '.join(words)}: {said}")


def fetch_alsa(board: Board, archive: Archive, target: Path) -> None:
    """Put ALSA's library and its settings into the folder, as Debian packages with their hashes."""
    packages = [archive.fetch(name) for name in ("libasound2-data", ALSA[board.suite])]
    target.mkdir()
    sums = ""
    for package in packages:
        shutil.copy(package, target)
        sums += f"{hashlib.sha256(package.read_bytes()).hexdigest()}  {package.name}\n"
    (target / "SHA256SUMS").write_text(sums, encoding="ascii")


def build_pyaudio(board: Board, archive: Archive, sdist: Path, compiler: Sequence[object], scratch: Path) -> Path:
    """Build the wheel of PyAudio from its source, in the scratch folder. It needs only libasound.so.2 on the board.

    The same sources and the same compiler give the same bytes.
    """
    with tarfile.open(sdist) as tar:
        tar.extractall(scratch / "pyaudio", filter="data")
    (source,) = (scratch / "pyaudio").iterdir()
    portaudio = archive.source("portaudio19", scratch / "portaudio")
    for package in ("libasound2-dev", ALSA[board.suite]):
        archive.unpack(package, scratch / "system")
    headers = _python_headers(board, archive, scratch)
    parts = ("src/common", "src/os/unix", "src/hostapi/alsa")
    code = [file for part in parts for file in sorted((portaudio / part).glob("*.c"))]
    code += sorted((source / "src/pyaudio").glob("*.c"))
    includes = [portaudio / part for part in ("include", *parts[:2])] + [scratch / "system/usr/include", *headers]
    library = next((scratch / "system/usr/lib" / board.triplet).glob("libasound.so.2.*"))
    name = f"_portaudio.cpython-{board.python.replace('.', '')}-{board.triplet}.so"
    flags = ["-target", f"{board.triplet}.{GLIBC}", "-shared", "-fPIC", "-O2", "-g0", "-w", "-fvisibility=hidden", "-s"]
    flags += [f"-D{define}" for define in DEFINES] + [f"-I{path}" for path in includes]
    inside = [path.relative_to(scratch) for path in (*code, library)]  # no path of this laptop in the result
    cache = os.environ | dict.fromkeys(("ZIG_GLOBAL_CACHE_DIR", "ZIG_LOCAL_CACHE_DIR"), str(scratch / "cache"))
    done = _run(*compiler, *flags, *inside, "-o", name, folder=scratch, environment=cache)
    if done.returncode != 0:
        raise UnavailableError(f"the compiler failed: {done.stderr.strip()[-500:]}")
    files = {
        "pyaudio/__init__.py": source / "src/pyaudio/__init__.py",
        f"pyaudio/{name}": scratch / name,
        "METADATA": source / "PKG-INFO",
        "licenses/PyAudio.txt": source / "LICENSE.txt",
        "licenses/PortAudio.txt": portaudio / "LICENSE.txt",
    }
    return _pack(board, sdist, files, scratch)


def _python_headers(board: Board, archive: Archive, scratch: Path) -> list[Path]:
    """Debian's headers, or those of a Python on this laptop; they do not depend on the architecture (64-bit Linux)."""
    if package := HEADERS.get(board.python):
        archive.unpack(package, scratch / "system")
        return [scratch / f"system/usr/include/python{board.python}"]
    python = shutil.which(f"python{board.python}")
    script = "import sysconfig as s; print(s.get_path('include'), s.get_config_var('MULTIARCH'))"
    found = _run(python, "-c", script, folder=scratch).stdout.split() if python else []
    folder, multiarch = found or ("", "")
    if not Path(folder, "Python.h").exists():
        raise UnavailableError(
            f"this laptop has no headers of Python {board.python}: sudo apt-get install python{board.python}-dev, or "
            f"put another python{board.python} into the PATH"
        )
    own = Path(folder).parent / multiarch / f"python{board.python}"
    if own.is_dir():  # Debian's pyconfig.h includes another one, by the name of the architecture
        shutil.copytree(own, scratch / "system/usr/include" / board.triplet / own.name)
    return [Path(folder)]


def _pack(board: Board, sdist: Path, files: dict[str, Path], target: Path) -> Path:
    """A wheel (packaging.python.org, binary distribution format) with these files, always the same bytes."""
    version = sdist.name.removesuffix(".tar.gz").split("-")[1]
    python = f"cp{board.python.replace('.', '')}"
    tag = f"{python}-{python}-linux_{board.machine}"
    info = f"pyaudio-{version}.dist-info"
    contents = {
        name if name.startswith("pyaudio/") else f"{info}/{name}": path.read_bytes() for name, path in files.items()
    }
    wheel = f"Wheel-Version: 1.0\nGenerator: edge-voice\nRoot-Is-Purelib: false\nTag: {tag}\n"
    contents[f"{info}/WHEEL"] = wheel.encode()
    contents[f"{info}/RECORD"] = "".join([*_records(contents), f"{info}/RECORD,,\n"]).encode()
    path = target / f"pyaudio-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def _records(contents: dict[str, bytes]) -> Iterator[str]:
    for name, data in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        yield f"{name},sha256={digest},{len(data)}\n"


def _run(
    *command: object, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
