"""One release: a folder with its own environment, named after the version, the content and the Python."""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edge.board.console import Console, ask, show
from edge.board.layout import ACCOUNT, Layout, is_hidden, point, remove, target, write_whole
from edge.errors import InstallError

PYTHONS = ("3.11", "3.12", "3.13")
_AGAIN = "see the message above; what runs now was not changed, and you can try again"
_MICROWAKEWORD = ("pymicro-wakeword", "pymicro-features")
_FROM_CHECKOUT = ("pyproject.toml", "requirements/default.txt", "requirements/build.txt", "requirements/mic.txt")


@dataclass(frozen=True, slots=True)
class Release:
    """An installed release, or one that is being built."""

    folder: Path

    @property
    def name(self) -> str:
        """For example 0.1.0-3f2a91c8-cp311."""
        return self.folder.name

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin/python"

    @property
    def program(self) -> Path:
        """Its command."""
        return self.folder / "bin/edge-voice"

    @property
    def record(self) -> Path:
        """Written when the release is complete."""
        return self.folder / "release.json"

    def works(self) -> bool:
        """The release is complete, and its Python still exists: an upgrade of the system may have removed it."""
        if not self.record.is_file():
            return False
        try:
            return ask(self.python, "-c", "import edge, pip").returncode == 0
        except OSError:
            return False

    def facts(self) -> dict[str, Any]:
        """The record; empty if it cannot be read."""
        try:
            facts = json.loads(self.record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return facts if isinstance(facts, dict) else {}


def python_tag(python: str) -> str:
    """For example cp311. Raises `InstallError` if this Python is not supported, or if the service would not see it."""
    script = "import os, sys; print('{}.{}'.format(*sys.version_info)); print(os.path.realpath(sys.base_prefix))"
    choose = "choose one: sudo make install PYTHON=/path/to/python3.12"
    try:
        version, prefix = ask(python, "-c", script).stdout.splitlines()
    except (OSError, ValueError):
        version, prefix = "", ""
    if version not in PYTHONS:
        raise InstallError(
            "python-unsupported",
            f"{python} is Python {version}" if version else f"{python} cannot be run",
            f"the speaker needs Python {', '.join(PYTHONS)}; {choose}",
        )
    if is_hidden(Path(prefix)):
        raise InstallError(
            "python-hidden",
            f"{python} lies in {prefix}, which the service's sandbox hides",
            f"use the system's Python, or install one in /usr/local or /opt; {choose}",
        )
    return f"cp{version.replace('.', '')}"


def release_name(version: str, content: str, tag: str) -> str:
    """The name of a release: the same for the same content and the same Python."""
    return f"{version}-{content[:8]}-{tag}"


def checkout_digest(checkout: Path) -> str:
    """A hash of everything in a checkout that an installation depends on."""
    folders = (checkout / "edge", checkout / "models", checkout / "systemd")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    digest = hashlib.sha256()
    for path in sorted([*files, *(checkout / name for name in _FROM_CHECKOUT)]):
        if "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(checkout)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def build(
    layout: Layout,
    console: Console,
    name: str,
    python: str,
    fill: Callable[[Release], dict[str, Any]],
    *,
    pip: bool = True,
) -> tuple[Release, bool]:
    """The release, and whether it was built now.

    A build that fails is removed, so that it takes no space; one that was killed has no record and is built again.
    `fill` installs the packages into the empty environment and returns what belongs into the record.
    With `pip` false it also installs pip, which needs no python3-venv.
    """
    release = Release(layout.releases / name)
    if release.works():
        return release, False
    if release.folder.exists():
        console.say(f"* {name} is incomplete or does not run any more: building it again")
        remove(release.folder)
    console.log.unlink(missing_ok=True)
    try:
        with console.step(f"creating {release.folder}"):
            bare = () if pip else ("--without-pip",)
            console.run(python, "-m", "venv", *bare, release.folder, code="venv-failed", hint=_AGAIN)
        facts = fill(release) | {"packages": packages(release)}
        _carry_over(layout, console, release)
        os.sync()  # a record of files that a power cut can still take away would be wrong
        write_whole(release.record, json.dumps({"python": python, **facts}, indent=1).encode() + b"\n")
    except BaseException:
        remove(release.folder)
        raise
    return release, True


def remove_incomplete(layout: Layout) -> None:
    """Remove builds that were killed: each takes up to 400 MB."""
    kept = {target(layout.current), target(layout.previous)}
    for path in layout.releases.iterdir() if layout.releases.is_dir() else ():
        if path not in kept and not Release(path).record.is_file():
            remove(path)


def packages(release: Release) -> list[str]:
    """The packages in a release, as name==version."""
    done = ask(release.python, "-m", "pip", "list", "--format=freeze")
    return sorted(done.stdout.split()) if done.returncode == 0 else []


def _carry_over(layout: Layout, console: Console, release: Release) -> None:
    """Install what the owner has added to the current release, e.g. another engine.

    What was removed for it goes first: `onnxruntime-gpu` fills the same folder as `onnxruntime`.
    """
    folder = target(layout.current)
    if folder is None or not Release(folder).works():
        return
    current = Release(folder)
    here = {_name(package): package for package in packages(release)}
    now = packages(current)
    first = current.facts().get("packages") or now
    added = [it for it in now if it not in first and _name(it) not in here]
    if not added:
        return
    removed = sorted(here.keys() & {_name(it) for it in first} - {_name(it) for it in now})
    pip = (release.python, "-m", "pip")
    install = (*pip, "install", f"--cache-dir={layout.cache / 'pip'}", "--no-deps")
    with console.step(f"installing what you have added to {current.name}: {' '.join(added)}"):
        if removed:
            console.run(*pip, "uninstall", "-y", *removed, code="packages-failed", hint=_AGAIN)
        if console.succeeds(*install, *added):
            return
        console.warn(f"not installed: {' '.join(added)}. To try again: {release.python} -m pip install")
        if removed:
            console.run(*install, *(here[name] for name in removed), code="packages-failed", hint=_AGAIN)


def _name(package: str) -> str:
    """Of "name==version"."""
    return package.partition("==")[0]


def fill_from_checkout(
    layout: Layout, console: Console, checkout: Path, *, sound: bool
) -> Callable[[Release], dict[str, Any]]:
    """Install a checkout with its pinned packages, which pip downloads as this machine's pip settings say."""

    def fill(release: Release) -> dict[str, Any]:
        pip = (release.python, "-m", "pip", "install", f"--cache-dir={layout.cache / 'pip'}", "--no-deps")
        pinned = checkout / "requirements"
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as extra, console.step("installing packages (130 MB)"):
            extra.write("".join(_pins(pinned / "test.txt", _MICROWAKEWORD)))
            extra.flush()
            files = [
                word for name in (pinned / "default.txt", pinned / "build.txt", extra.name) for word in ("-r", name)
            ]
            console.run(*pip, "--require-hashes", *files, code="packages-failed", hint=_AGAIN)
        with console.step("installing edge-voice"):
            console.run(*pip, "--no-build-isolation", checkout, code="packages-failed", hint=_AGAIN)
        mic = (*pip, "--no-build-isolation", "--require-hashes", "-r", pinned / "mic.txt")
        return {"microphone": sound and _build_sound(console, release, mic)}

    return fill


def fill_from_wheels(console: Console, wheels: Path) -> Callable[[Release], dict[str, Any]]:
    """Install exactly the wheels that `ansible/prepare` has collected, pip among them, without a network."""

    def fill(release: Release) -> dict[str, Any]:
        offline = ("--isolated", "install", "--no-index", f"--find-links={wheels}", "--no-deps", "--require-hashes")
        pip = next(wheels.glob("pip-*.whl"), None)
        if pip is None:
            raise InstallError("wheels-incomplete", f"{wheels} has no pip", "run ansible/prepare again")
        with console.step("installing packages"):
            itself = (release.python, pip / "pip", *offline)  # a wheel of pip runs without being installed
            console.run(*itself, "-r", wheels / "requirements.txt", code="packages-failed", hint=_AGAIN)
        source = wheels / "requirements-source.txt"
        if source.exists():
            build_it = (release.python, "-m", "pip", *offline, "--no-build-isolation", "-r", source)
            return {"microphone": _build_sound(console, release, build_it)}
        return {"microphone": ask(release.python, "-c", "import pyaudio").returncode == 0}

    return fill


def _build_sound(console: Console, release: Release, pip: Iterable[object]) -> bool:
    with console.step("building PyAudio, for the microphone and the output"):
        built = console.succeeds(*pip) and ask(release.python, "-c", "import pyaudio").returncode == 0
    if not built:
        console.warn(
            f"there will be no microphone and no output, because PyAudio could not be built: see {console.log}. "
            f"Everything else works. To try again: {release.python} -m pip install PyAudio"
        )
    return built


def _pins(requirements: Path, names: Iterable[str]) -> Iterator[str]:
    """The entries of a requirements file for these packages, with their hashes."""
    text = requirements.read_text(encoding="utf-8")
    for name in names:
        match = re.search(rf"^{re.escape(name)}==.*(?:\n +--hash.*)*\n", text, re.MULTILINE)
        if match:
            yield match[0]


def pull_models(console: Console, release: Release) -> None:
    """Download the models that the settings use. Raises `InstallError`."""
    console.say("* downloading the models that the settings use")
    if show(release.program, "models", "pull") != 0:
        raise InstallError("models-failed", "a model could not be downloaded", _AGAIN)


def check_settings(
    layout: Layout,
    console: Console,
    release: Release,
    settings: Path | None = None,
    credentials: Path | None = None,
) -> None:
    """Let the release check the settings, or another file in their place. Raises `InstallError`."""
    config = ("--config", settings) if settings else ()
    hint = f"correct {layout.settings}, then try again; what runs now was not changed"
    secrets = {"CREDENTIALS_DIRECTORY": str(credentials)} if credentials else {}
    console.run(release.program, *config, "check", code="settings-refused", hint=hint, env=secrets)


def prove(
    layout: Layout, console: Console, release: Release, settings: Path | None, *, credentials: Path, turn: bool
) -> None:
    """Let the release check the settings and the models, and answer a recorded question. Raises `InstallError`.

    `credentials` holds the secrets under the names that the service sees. The question is asked as the service's user,
    so that it also shows whether that user can read the models.
    """
    config = ("--config", settings) if settings else ()
    with console.step(f"checking the settings and the models with {release.name}"):
        check_settings(layout, console, release, settings, credentials)
        models = f"sudo {release.program} models verify says what repairs them; what runs now was not changed"
        console.run(release.program, *config, "models", "verify", code="models-damaged", hint=models)
    if not turn:
        return
    with tempfile.TemporaryDirectory() as folder, console.step("asking it a recorded question"):
        shutil.chown(folder, ACCOUNT, ACCOUNT)
        user = ("runuser", "-u", ACCOUNT, "--", "env", f"STATE_DIRECTORY={layout.state}", f"HOME={folder}")
        demo = (release.program, *config, "demo", "--quick", "--replies", folder)
        console.run(*user, *demo, code="turn-failed", hint=_AGAIN)


def remove_others(layout: Layout, console: Console, keep: Iterable[Path | None]) -> None:
    """Remove all releases but these. One that cannot be removed is named, and tried again the next time."""
    kept = {path.name for path in keep if path is not None}
    for path in sorted(layout.releases.iterdir()):
        if path.name not in kept:
            try:
                remove(path)
            except OSError as error:
                console.warn(f"{path} is not needed any more and could not be removed: {error.strerror}")
    if target(layout.previous) is None:
        point(layout.previous, None)
