"""Shared by all benchmarks: manifests, percentiles, noise at a given level, the name of the machine."""

import json
import os
import platform
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from edge.audio.recordings import read_recording
from edge.errors import EngineError, UsageError
from edge.events import FRAME_SAMPLES, Samples


def not_installed(purpose: str, package: str) -> EngineError:
    """The error "bench-not-installed" for a package of the extra `bench`, with the command that installs it."""
    command = shlex.join([sys.executable, "-m", "pip", "install", "edge-voice[bench]"])
    return EngineError("bench-not-installed", f"{purpose} need {package}, which is not installed", f"run: {command}")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a manifest: the recording (absolute path) and the other fields of the line."""

    audio: Path
    fields: dict[str, Any]


def read_manifest(path: Path) -> list[Row]:
    """The rows of a JSONL manifest; `audio` is relative to its folder. Raises what `read_rows` raises."""
    return [Row((path.parent / fields["audio"]).resolve(), fields) for fields in read_rows(path, "audio")]


def read_rows(path: Path, *keys: str) -> list[dict[str, Any]]:
    """The rows of a JSONL file, each an object with a text under every one of `keys`.

    Raises `UsageError` "manifest-unreadable", "manifest-empty", or "manifest-invalid" with the line at fault.
    """
    hint = "a manifest is a text file, one JSON a line"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("manifest-unreadable", f"{path}: {error}", hint) from error
    rows = [_row(line, keys, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise UsageError("manifest-empty", f"{path} has no rows", hint)
    return rows


def _row(line: str, keys: Sequence[str], place: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except ValueError:
        fields = None
    if isinstance(fields, dict) and all(isinstance(fields.get(key), str) for key in keys):
        return fields
    named = " and ".join(f"'{key}'" for key in keys)
    example = ", ".join(f'"{key}": "..."' for key in keys)
    raise UsageError("manifest-invalid", f"{place}: not a row with {named}", f"write {{{example}}}")


def percentiles(values_ms: Sequence[float]) -> dict[str, float | None]:
    """p50 and p95 in milliseconds, None if nothing was measured."""
    if not values_ms:
        return {"p50": None, "p95": None}
    p50, p95 = np.percentile(np.asarray(values_ms), [50, 95])
    return {"p50": round(float(p50), 1), "p95": round(float(p95), 1)}


def machine() -> str:
    """Processor, cores, architecture and Python, to be stated with each figure."""
    model = platform.processor() or platform.machine()
    for line in _cpuinfo():
        key, _, value = line.partition(":")
        if key.strip() in {"model name", "Model"}:
            model = value.strip()
            break
    return f"{model}, {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def _cpuinfo() -> list[str]:
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def read_noise(noise: Path | None) -> list[Samples]:
    """The recordings to draw noise from: one, or those of a manifest (`.jsonl`). Raises what `read_manifest` raises."""
    if noise is None:
        return []
    files = [row.audio for row in read_manifest(noise)] if noise.suffix == ".jsonl" else [noise]
    return [read_recording(file) for file in files]


def mix_noise(speech: Samples, noise: Samples, snr_db: float, rng: np.random.Generator) -> Samples:
    """Speech with noise from a random place of `noise`, repeated as needed.

    The level is set as Picovoice's speech-to-intent benchmark sets it: the peak energy of a `FRAME_SAMPLES` frame of
    the speech over that of the noise equals the SNR. The sum is scaled down only if it would clip.
    """
    start = int(rng.integers(len(noise)))
    piece = np.resize(np.roll(noise, -start), len(speech))
    scale = np.sqrt(_peak_energy(speech) / max(_peak_energy(piece), 1e-12) / 10 ** (snr_db / 10))
    mixed = speech + scale * piece
    return np.asarray(mixed / max(1.0, float(np.abs(mixed).max(initial=0))), dtype=np.float32)


def _peak_energy(samples: Samples) -> float:
    whole = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES]
    if not len(whole):
        return float(np.sum(samples.astype(np.float64) ** 2))
    return float((whole.astype(np.float64).reshape(-1, FRAME_SAMPLES) ** 2).sum(axis=1).max())
