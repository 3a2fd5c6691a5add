"""`edge-voice models build`: builds the engines of TensorRT ahead of time, so that no turn waits for them."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from edge.errors import ModelError
from edge.runtime.paths import models_program
from edge.settings import Settings
from edge.store import open_store


def build(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False
) -> None:
    """Build what TensorRT needs for the stages that run on it, for this board, driver and these models. Takes minutes.

    Nothing is to be built where no stage runs on TensorRT. Exit status 1 if a stage could not be built: it runs on the
    next device of its plan.
    """
    from edge.tune.building import build_engines

    settings: Settings = ctx.obj.settings
    store = open_store(settings.models)
    results = []
    try:
        with Console(stderr=True).status("building engines"):
            results = list(build_engines(settings, store))
    except OSError as error:
        message = f"{store.folder} cannot be written: {error.strerror}"
        raise ModelError("engines-not-kept", message, f"run: {models_program(store.folder)} models build") from error
    if as_json:
        print(json.dumps([asdict(it) for it in results]))
    else:
        for it in results:
            print(f"{it.stage}: {'built' if it.built else it.reason or 'nothing to build'}")
    if any(it.reason for it in results):
        raise typer.Exit(1)
