"""What was measured on this board (`edge-voice tune`): a file beside the models, read as far as it still holds.

    models/tuned.json: {"board": {...}, "stages": {STAGE: {...}}, "chat": {MODEL: {...}}, "measured": {...}}

All of it holds for the board, the driver and the runtimes that it was measured with, and each entry for its models.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, get_args

import structlog

from edge.hardware.machine import this_machine
from edge.runtime.commands import edge_voice
from edge.runtime.files import atomic_write
from edge.runtime.onnx.plan import PACKAGES, Choice
from edge.settings import Device, Stage

FILE: Final = "tuned.json"
_LIMIT: Final = 1_000_000
_MOST_THREADS: Final = 64
_DRIVER: Final = Path("/proc/driver/nvidia/version")
_LIBRARIES: Final = Path("/usr/lib")
_TENSORRT: Final = "*/libnvinfer.so.*"
"""Where JetPack and NVIDIA's packages put TensorRT, whose full version is in the file's name."""

_RUNTIMES: Final = tuple(sorted({*PACKAGES, "xllamacpp", "tensorrt"}))
"""Packages whose versions count."""

_log = structlog.get_logger("compute")


@dataclass(frozen=True, slots=True)
class ChatSpeed:
    """How fast a chat model is on this board, with the fastest number of threads."""

    first_word_s: float
    tokens_per_s: float
    threads: int


@dataclass(frozen=True, slots=True)
class Tuned:
    """What was chosen for this board. `measured` are the measurements that led to it, for people."""

    stages: Mapping[Stage, Choice] = field(default_factory=dict)
    chat: Mapping[str, ChatSpeed] = field(default_factory=dict)
    measured: Mapping[str, Any] = field(default_factory=dict)


@cache
def this_board() -> Mapping[str, Any]:
    """What every measurement depends on. It does not change while a process runs."""
    machine = this_machine()
    try:
        driver = _DRIVER.read_text(encoding="utf-8").splitlines()[0][:200]
    except (OSError, IndexError, UnicodeDecodeError):
        driver = ""
    return {
        "model": machine.model,
        "processor": machine.processor,
        "cores": os.cpu_count() or 1,
        "system": machine.system,
        "driver": driver,
        "tensorrt": sorted(path.name for path in _LIBRARIES.glob(_TENSORRT)),
        "runtimes": {name: found for name in _RUNTIMES if (found := _version(name))},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def engine_folders(models_folder: Path, models: Mapping[Stage, str]) -> dict[Stage, Path]:
    """Where the engines of each stage are kept (`edge.runtime.onnx.engines`), called after all that they depend on."""
    board = this_board()
    digests = {
        stage: hashlib.sha256(json.dumps([board, identity], sort_keys=True).encode()).hexdigest()[:12]
        for stage, identity in models.items()
    }
    return {stage: models_folder / "engines" / f"{stage}-{digest}" for stage, digest in digests.items()}


def write_tuned(folder: Path, tuned: Tuned, models: Mapping[str, str]) -> Path:
    """Keep it in the folder of the models. `models` are the identities of stages and chat models. Raises `OSError`."""
    path = folder / FILE
    document = {
        "board": this_board(),
        "stages": {stage: asdict(it) | {"models": models[stage]} for stage, it in tuned.stages.items()},
        "chat": {name: asdict(it) | {"models": models[name]} for name, it in tuned.chat.items()},
        "measured": tuned.measured,
    }
    atomic_write(path, json.dumps(document, indent=1).encode(), mode=0o644)
    return path


def tuned_stages(folder: Path, models: Mapping[Stage, str]) -> dict[Stage, Choice]:
    """What was chosen for the stages, as far as it holds. `models` are the identities of their models now."""
    found: dict[Stage, Choice] = {}
    for stage, entry in _entries(folder, "stages"):
        match entry:
            case {"device": str() as device, "threads": int() | None as threads, "models": then} if device in get_args(
                Device
            ) and (threads is None or 1 <= threads <= _MOST_THREADS):
                known = next((it for it in get_args(Stage) if it == stage), None)
                if known is not None and models.get(known) == then:
                    found[known] = Choice(next(it for it in get_args(Device) if it == device), threads)
    return found


def chat_speeds(folder: Path, model: Callable[[str], str]) -> dict[str, ChatSpeed]:
    """How fast chat models are here, as far as it holds. `model` tells the identity of one now."""
    found = {}
    for name, entry in _entries(folder, "chat"):
        match entry:
            case {
                "first_word_s": int() | float() as first,
                "tokens_per_s": int() | float() as rate,
                "threads": int() as threads,
                "models": then,
            } if 1 <= threads <= _MOST_THREADS and model(name) == then:
                found[name] = ChatSpeed(float(first), float(rate), threads)
    return found


def _entries(folder: Path, part: str) -> Iterator[tuple[str, object]]:
    """The entries of a part of the file; none without a file, or with one that is damaged or of another board."""
    try:
        data = (folder / FILE).read_bytes()
        document = json.loads(data) if len(data) <= _LIMIT else None
    except OSError:
        return
    except (ValueError, RecursionError):
        document = None
    now = this_board()
    then = document.get("board") if isinstance(document, dict) else None
    if then != now:
        changed = [it for it in now if isinstance(then, dict) and then.get(it) != now[it]]
        _warn_once(folder, "tuned-outdated" if changed else "tuned-damaged", ", ".join(changed))
        return
    entries = document.get(part) if isinstance(document, dict) else None
    yield from entries.items() if isinstance(entries, dict) else ()


@cache
def _warn_once(folder: Path, event: str, changed: str) -> None:
    _log.warning(event, file=str(folder / FILE), changed=changed, hint=f"measure again: {edge_voice('tune')}")
