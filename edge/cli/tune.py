"""`edge-voice tune`: measures what runs each stage best on this board, and keeps the choice."""

import json
import os
import sys
from dataclasses import asdict
from typing import Annotated, Any, get_args

import typer
from rich.console import Console

from edge.errors import UsageError
from edge.runtime.paths import models_program
from edge.settings import Settings, Stage
from edge.store import ModelStore


def tune(
    ctx: typer.Context,
    stage: Annotated[
        list[str] | None, typer.Option("--stage", help="Measure this stage only; may be given several times.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Measure, and keep nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Measure what runs each stage best on this board, and keep the choice beside the models. Takes two minutes.

    A device or a number of threads is chosen only if its results agree with those of the processor, and it is at least
    a tenth faster. What the settings name stays as it is. Stop a running speaker first: it takes time from what is
    measured.
    """
    from edge.hardware.tuned import write_tuned
    from edge.store import open_store
    from edge.store.needs import models_by_stage
    from edge.tune.tuning import measure_board

    wanted = [_stage(name) for name in stage or ()]
    settings: Settings = ctx.obj.settings
    store = open_store(settings.models)
    if not dry_run and not os.access(store.folder, os.W_OK):
        raise _not_kept(store, "it is read-only for this user, or missing")
    _warn_if_busy()
    with Console(stderr=True).status("measuring") as status:
        measured = measure_board(settings, store, status.update, stages=wanted)
    tuned = measured.tuned()
    kept = None
    if not dry_run:
        models: dict[str, str] = {name: store.identity(name) for name in tuned.chat}
        models.update({str(stage): it for stage, it in models_by_stage(settings, store).items()})
        try:
            kept = write_tuned(store.folder, tuned, models)
        except OSError as error:
            raise _not_kept(store, error.strerror or "it cannot be written") from error
    document: dict[str, Any] = {
        "chosen": {stage: asdict(choice) for stage, choice in tuned.stages.items()},
        "measured": tuned.measured,
        "chat": {name: asdict(speed) for name, speed in tuned.chat.items()},
        "kept": None if kept is None else str(kept),
    }
    print(json.dumps(document) if as_json else "\n".join(_lines(document)))


def _warn_if_busy() -> None:
    """Say so if other programs take more than half of the processor (load average of the last minute, proc(5))."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores / 2:
        busy = f"edge-voice: other programs keep this machine busy (load {load:.1f} on {cores} cores)"
        print(f"{busy}; measured now, models look slower than they are", file=sys.stderr)


def _stage(name: str) -> Stage:
    known: tuple[Stage, ...] = get_args(Stage)
    found = next((it for it in known if it == name), None)
    if found is None:
        raise UsageError("stage-unknown", f"there is no stage '{name}'", f"stages are {', '.join(known)}")
    return found


def _not_kept(store: ModelStore, why: str) -> UsageError:
    hint = f"run: {models_program(store.folder)} tune, or add --dry-run"
    return UsageError("tuned-not-kept", f"the choice cannot be kept in {store.folder}: {why}", hint)


def _lines(document: dict[str, Any]) -> list[str]:
    lines = []
    for stage, candidates in document["measured"].items():
        choice = document["chosen"].get(stage)
        lines.append(f"{stage}: {_named(choice) if choice else 'the default (cpu)'}")
        for name, found in candidates.items():
            if not found["seconds"]:
                continue  # the only way to run it here
            times = [it for it in found["seconds"] if it is not None]
            lines.append(f"  {name}: {min(times) * 1000:.0f} ms" if times else f"  {name}: {found['reason']}")
    for name, speed in document["chat"].items():
        word, rate = speed["first_word_s"], speed["tokens_per_s"]
        lines.append(f"llm: {name}, {speed['threads']} threads: first word after {word} s, {rate} tokens a second")
    lines.append(f"kept: {document['kept'] or 'nothing'}")
    return lines


def _named(choice: dict[str, Any]) -> str:
    return str(choice["device"]) + (f", {choice['threads']} threads" if choice["threads"] else "")
