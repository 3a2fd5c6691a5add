"""`edge-voice models quantize`: a model in standard operators, in float and in int8, for accelerators."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from edge.errors import UsageError
from edge.settings import ComputeSettings, Settings
from edge.store import ModelStore, open_store
from edge.store.converters import find_converter
from edge.store.disk import megabytes
from edge.store.manifest import STANDARD
from edge.store.standard import keep_standard

if TYPE_CHECKING:
    from edge.quantize.recordings import Recording


def quantize(
    ctx: typer.Context,
    model: Annotated[str, typer.Argument(help="A model of the recogniser moonshine.")],
    calibration: Annotated[
        Path | None, typer.Option(help="A folder of recordings, or a manifest; default: those of the project.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(help="Write into this new folder; default: beside the model, for accelerators to use."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Write a model in standard operators, in float and in int8: accelerators take no others. Takes minutes.

    The recordings say how large the numbers become that int8 has to hold. Matrices that cost most stay in float, until
    the int8 networks are as near to the float ones as the published ones are. The processor keeps the published ones.
    """
    from edge.quantize.recordings import read_recordings
    from edge.runtime.onnx import compute

    settings: Settings = ctx.obj.settings
    compute.use(ComputeSettings())  # everything here is measured on the processor
    store = open_store(settings.models)
    _check(store, model)
    recordings = read_recordings(calibration)
    if output is None:
        report = keep_standard(store, model, lambda scratch: _make(store, model, recordings, scratch))
    else:
        report = _make(store, model, recordings, _new_folder(output))
    if as_json:
        print(json.dumps(report))
    else:
        _print(report, output or store.folder / model / STANDARD)


def _check(store: ModelStore, model: str) -> None:
    if model not in store.names():
        hint = "edge-voice models list names them all"
        raise UsageError("model-unknown", f"there is no model '{model}'", hint)
    if store.manifest(model).convert != "moonshine":
        hint = "the models of the recogniser moonshine can be"
        raise UsageError("model-not-quantizable", f"model '{model}' cannot be quantised", hint)
    find_converter("moonshine")  # raises where the package onnx is missing


def _new_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        empty = not any(folder.iterdir())
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}"
        raise UsageError("folder-unusable", message, "choose another folder") from error
    if not empty:
        raise UsageError("folder-unusable", f"{folder} is not empty", "choose a new folder")
    return folder


def _make(store: ModelStore, model: str, recordings: "Sequence[Recording]", target: Path) -> dict[str, Any]:
    from edge.quantize.comparison import compare
    from edge.quantize.quantizing import FLOAT, INT8, make_standard
    from edge.store.tuning import read_tuning
    from edge.stt.moonshine.tuning import Tuning

    converted = store.locate(model)
    with Console(stderr=True).status("") as status:
        samples = [it.samples for it in recordings]
        made = make_standard(converted.parent, converted, samples, target, status.update)
        status.update("comparison")
        forms = {"published": converted, FLOAT: target / FLOAT, INT8: target / INT8}
        measured = compare(forms, recordings, read_tuning(Tuning, store.manifest(model)))
    distances = {name: asdict(it) for name, it in made.distances.items()}
    rows = {name: asdict(it) | {"distance": distances.get(name)} for name, it in measured.items()}
    return {"model": model, "recordings": len(recordings), "kept_in_float": list(made.kept), "forms": rows}


def _print(report: Mapping[str, Any], folder: Path) -> None:
    for name, row in report["forms"].items():
        wer = "" if row["wer"] is None else f", {100 * row['wer']:.1f} % of the words wrong"
        apart = "" if row["distance"] is None else f", {row['distance']['divergence']:.4f} nats from float"
        same = f"{row['same']} of {report['recordings']} texts as published"
        print(f"{name}: {megabytes(row['size'])}, {row['rtf']:.3f} s for a second of audio, {same}{wer}{apart}")
    print(f"{len(report['kept_in_float'])} matrices stay in float; written to {folder}")
