"""`edge-voice bench KIND`: the result as a table, with `--json` as one document, with `--report` as a page."""

import asyncio
import json
import shlex
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from edge.cli.output import writable, write
from edge.runtime.onnx.report import models_opened, shares

if TYPE_CHECKING:
    from edge.events import TurnRecord

app = typer.Typer(help="Measure: stt, intent, wake, endpoint, tts, llm, turn, idle, route, home.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Manifest = Annotated[
    Path | None, typer.Option(help='JSONL rows {"audio": "a.wav", ...}; default: the small recordings of the project.')
]


ON_THE_PAGE = ("turn", "endpoint", "wake")
"""The kinds that `--report` runs by default."""

_REPORT = "edge.bench.report"
"""The key of the report in the meta data that click's contexts share."""


class Report:
    """A page that grows: when one kind fails, the results of those before it stay on the page."""

    def __init__(self, path: Path) -> None:
        """Raises `UsageError` "file-unusable" and `EngineError` "bench-not-installed", before anything is measured."""
        from edge.bench.report import page

        self._page = page
        self._path = writable(path)
        self._results: dict[str, Mapping[str, Any]] = {}

    def add(self, kind: str, result: Mapping[str, Any]) -> None:
        """Write the page with all results so far. Raises `UsageError` "file-unusable"."""
        self._results[kind] = result
        command = shlex.join(["edge-voice", *sys.argv[1:]])
        date = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %Z")
        write(self._path, self._page(self._results, command=command, date=date))


@app.callback(invoke_without_command=True)
def bench(
    ctx: typer.Context,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html",
            help="Draw the result on a page (needs the extra `bench`); without a kind: turn, endpoint and wake.",
        ),
    ] = None,
) -> None:
    """Measure with your own recordings, or with the small ones of the project."""
    if report is not None:
        ctx.meta[_REPORT] = Report(report)
    if ctx.invoked_subcommand is not None:
        return
    if report is None:
        raise typer.BadParameter("name a benchmark, or a page with --report FILE.html")
    commands = getattr(ctx.command, "commands", {})
    for kind in ON_THE_PAGE:
        with commands[kind].make_context(kind, [], parent=ctx) as sub:
            commands[kind].invoke(sub)


def show(ctx: typer.Context, measure: Callable[[], Mapping[str, Any]], *, as_json: bool) -> None:
    """Run a benchmark, print its result, and add it to the page if there is one.

    `providers` is what its models ran on: for each stage the providers, each with its share of the nodes.
    """
    with models_opened() as opened:
        result = {**measure(), "providers": shares(opened.values())}
    if as_json:
        print(json.dumps(result))
    else:
        _print(result)
    report: Report | None = ctx.meta.get(_REPORT)
    if report is not None:
        report.add(ctx.info_name or "", result)


def _print(result: Mapping[str, Any]) -> None:
    console = Console()
    for key, value in result.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            console.print(_table(key, value))
        else:
            shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, Mapping) else value
            console.print(f"[bold]{key}[/bold]  {escape(str(shown))}", highlight=False)


def _table(title: str, rows: list[dict[str, Any]]) -> Table:
    table = Table(title=title)
    columns = [key for key in rows[0] if not isinstance(rows[0][key], dict | list)]
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*["" if row.get(column) is None else escape(str(row[column])) for column in columns])
    return table


@app.command()
def stt(ctx: typer.Context, manifest: Manifest = None, as_json: AsJson = False) -> None:
    """Speech to text: word error rate, real-time factor, latency. Rows {audio, text}."""
    from edge.bench.stt import bench_stt

    show(ctx, lambda: bench_stt(ctx.obj.settings, manifest=manifest), as_json=as_json)


@app.command()
def intent(
    ctx: typer.Context,
    manifest: Annotated[
        Path | None, typer.Option(help='JSONL rows {"audio", "intent", "slots"} or {"audio", "text"}.')
    ] = None,
    sentences: Annotated[Path | None, typer.Option(help="The possible orders: a hassil sentence file.")] = None,
    home: Annotated[bool, typer.Option("--home", help="Use the commands of the home in the settings instead.")] = False,
    negative: Annotated[Path | None, typer.Option(help="Manifest of recordings that are not orders.")] = None,
    noise: Annotated[Path | None, typer.Option(help="A recording or a manifest to mix in at --snr.")] = None,
    snr: Annotated[list[float] | None, typer.Option(help="Speech over noise, dB; may be repeated.")] = None,
    seed: Annotated[int | None, typer.Option(help="Choose other pieces of the noise.", min=0)] = None,
    as_json: AsJson = False,
) -> None:
    """Spoken orders: accuracy of intent and slots, rejections, false accepts, latency.

    Without inputs: the bakery orders of the project.
    """
    from edge.bench.intent import SEED, bench_intent

    measure = partial(
        bench_intent,
        ctx.obj.settings,
        manifest=manifest,
        sentences=sentences,
        home=home,
        negative=negative,
        noise=noise,
        snrs_db=snr or [],
        seed=SEED if seed is None else seed,
    )
    show(ctx, measure, as_json=as_json)


@app.command()
def wake(
    ctx: typer.Context,
    positive: Annotated[Path | None, typer.Option(help="Manifest of recordings with the word.")] = None,
    negative: Annotated[Path | None, typer.Option(help="Manifest of recordings without it.")] = None,
    noise: Annotated[Path | None, typer.Option(help="A recording or a manifest to mix in at --snr.")] = None,
    snr: Annotated[float | None, typer.Option(help="Speech over noise, dB.")] = None,
    word: Annotated[str | None, typer.Option(help="A word from the settings; default: the first.")] = None,
    as_json: AsJson = False,
) -> None:
    """Wake word: misses, false accepts per hour, the curve over thresholds, processor time."""
    from edge.bench.wake import bench_wake

    measure = partial(
        bench_wake, ctx.obj.settings, positive=positive, negative=negative, noise=noise, snr_db=snr, word=word
    )
    show(ctx, measure, as_json=as_json)


@app.command()
def endpoint(
    ctx: typer.Context,
    manifest: Annotated[
        Path | None,
        typer.Option(help='JSONL rows {"audio": "a.wav", "pauses_ms": [300]}; default: commands of the project.'),
    ] = None,
    pause: Annotated[
        list[float] | None, typer.Option(help="Pause for rows without pauses_ms, in ms; may be repeated.", min=0)
    ] = None,
    where: Annotated[str | None, typer.Option(metavar="KEY=VALUE", help="Use only rows with this value.")] = None,
    sentences: Annotated[
        Path | None,
        typer.Option(help="The commands: a hassil sentence file; default: those of the home in the settings."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """How soon the end of an utterance is detected, and how often a pause is mistaken for it."""
    from edge.bench.endpoint import bench_endpoint

    measure = partial(
        bench_endpoint, ctx.obj.settings, manifest=manifest, pauses_ms=pause or (), where=where, sentences=sentences
    )
    show(ctx, measure, as_json=as_json)


@app.command()
def tts(
    ctx: typer.Context,
    texts: Annotated[Path | None, typer.Option(help="A text file, one utterance per line.")] = None,
    as_json: AsJson = False,
) -> None:
    """Text to speech: real-time factor and time to the first sound."""
    from edge.bench.tts import bench_tts

    show(ctx, lambda: bench_tts(ctx.obj.settings, texts=texts), as_json=as_json)


@app.command()
def llm(
    ctx: typer.Context,
    prompts: Annotated[Path | None, typer.Option(help="A text file, one question per line.")] = None,
    quality: Annotated[
        bool, typer.Option("--quality", help="Measure instead how many answers are right, wrong and declined.")
    ] = False,
    manifest: Annotated[
        Path | None, typer.Option(help='For --quality: JSONL rows {"kind", "text", "right": ["regular expression"]}.')
    ] = None,
    every: Annotated[
        int, typer.Option(help="For --quality: ask only every n-th question, where all take too long.", min=1)
    ] = 1,
    as_json: AsJson = False,
) -> None:
    """Language model: time to the first token (cold and warm), tokens per second, prefix hit rate."""
    if quality:
        from edge.bench.quality import bench_quality

        measuring = bench_quality(ctx.obj.settings, manifest=manifest, every=every)
    else:
        from edge.bench.llm import bench_llm

        measuring = bench_llm(ctx.obj.settings, prompts=prompts)
    show(ctx, lambda: asyncio.run(measuring), as_json=as_json)


@app.command()
def turn(
    ctx: typer.Context,
    manifest: Manifest = None,
    trace: Annotated[
        Path | None, typer.Option(help="Write a trace of the stages for chrome://tracing or Perfetto; without texts.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Whole turns in real time, from the end of speech to the first sound. Rows {audio, wake?, expect?}."""
    from edge.bench.turn import bench_turn
    from edge.telemetry.trace import chrome_trace

    if trace:
        writable(trace)
    records: list[TurnRecord] = []
    measuring = bench_turn(ctx.obj.settings, manifest=manifest, on_turn=records.append)
    show(ctx, lambda: asyncio.run(measuring), as_json=as_json)
    if trace:
        write(trace, json.dumps(chrome_trace(records)))


@app.command()
def idle(
    ctx: typer.Context,
    seconds: Annotated[float, typer.Option(min=1, help="How long to listen.")] = 60,
    source: Annotated[Path | None, typer.Option(help="A recording to loop; default: a quiet room.")] = None,
    as_json: AsJson = False,
) -> None:
    """Processor time and memory while listening."""
    from edge.bench.idle import bench_idle

    show(ctx, lambda: asyncio.run(bench_idle(ctx.obj.settings, seconds=seconds, source=source)), as_json=as_json)


@app.command()
def route(ctx: typer.Context, manifest: Manifest = None, as_json: AsJson = False) -> None:
    """Routing: accuracy, share of escalated questions, latency. Rows {text, expect}."""
    from edge.bench.route import bench_route

    show(ctx, lambda: bench_route(ctx.obj.settings, manifest=manifest), as_json=as_json)


@app.command()
def home(
    ctx: typer.Context,
    entities: Annotated[int, typer.Option(min=1, max=5000, help="About how many things the made-up home has.")] = 1060,
    as_json: AsJson = False,
) -> None:
    """A large made-up home: time to know it, to understand and to command, memory. It needs no broker and no model."""
    from edge.bench.home import bench_home

    show(ctx, lambda: asyncio.run(bench_home(ctx.obj.settings, entities=entities)), as_json=as_json)
