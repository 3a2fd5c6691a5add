"""`edge-voice`: one file per command, registered here. Errors become one line on standard error and an exit status."""

import sys
import traceback
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

import typer

from edge import __version__
from edge.cli import bench, home, models, telemetry
from edge.cli.ask import ask
from edge.cli.budget import budget
from edge.cli.check import check
from edge.cli.control import listen, mute, stop, timers, volume
from edge.cli.demo import demo
from edge.cli.doctor import doctor
from edge.cli.run import run
from edge.cli.say import say
from edge.cli.transcribe import transcribe
from edge.cli.tune import tune
from edge.errors import EdgeError, SettingsError
from edge.runtime.config_file import load_settings, locate
from edge.runtime.logs import set_up_logging
from edge.runtime.memory import configure_malloc
from edge.runtime.onnx import compute
from edge.runtime.paths import settings_file
from edge.runtime.worker import exit_now_if_a_thread_is_left_behind
from edge.settings import Settings


@dataclass
class Context:
    """Every command's `ctx.obj`: the settings, read on first use."""

    config: Path | None

    @cached_property
    def settings(self) -> Settings:
        """The settings; raises `SettingsError`. The models of this process are opened on what they name."""
        settings = self.read_settings()
        compute.use(settings.compute, lambda: self._kept(settings))
        return settings

    @staticmethod
    def _kept(settings: Settings) -> compute.Kept:
        from edge.hardware.tuned import engine_folders, tuned_stages
        from edge.store import open_store
        from edge.store.needs import models_by_stage

        store = open_store(settings.models)
        models = models_by_stage(settings, store)
        return compute.Kept(tuned_stages(store.folder, models), engine_folders(store.folder, models))

    def read_settings(self) -> Settings:
        """The settings as they are in the file now; raises `SettingsError`."""
        from edge.nlu import open_language

        path = settings_file(self.config)
        settings = load_settings(path)
        try:
            open_language(settings.device.language)
        except SettingsError as error:
            where = locate(path, ("device", "language"))
            mistakes = tuple(f"{where}: {mistake} - {error.hint}" for mistake in error.mistakes)
            raise SettingsError(error.code, error.message, error.hint, mistakes=mistakes) from error
        return settings


app = typer.Typer(
    name="edge-voice",
    help="A private smart speaker that runs on the board.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        print(f"edge-voice {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    ctx: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option("--config", "-c", help="Settings file; default /etc/edge-voice/config.toml, if it exists."),
    ] = None,
    log_level: Annotated[str, typer.Option(help="Lowest level to log: debug, info, warning or error.")] = "warning",
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    try:
        set_up_logging(log_level)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    ctx.obj = Context(config)


app.command()(run)
app.command()(demo)
app.command()(ask)
app.command()(say)
app.command()(stop)
app.command()(mute)
app.command()(volume)
app.command()(timers)
app.command()(listen)
app.command()(transcribe)
app.command()(check)
app.command()(doctor)
app.command()(budget)
app.command()(tune)
app.add_typer(home.app, name="home")
app.add_typer(models.app, name="models")
app.add_typer(bench.app, name="bench")
app.add_typer(telemetry.app, name="telemetry")


def main() -> None:
    """The entry point: runs a command and turns its error into an exit status."""
    configure_malloc()
    try:
        status = _run()
    except Exception:  # noqa: BLE001 - a bug: shown as Python shows it, and ended as any other exit
        traceback.print_exc()
        status = 1
    exit_now_if_a_thread_is_left_behind(status)
    sys.exit(status)


def _run() -> int:
    try:
        app()
    except SystemExit as ended:  # typer always ends this way
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except SettingsError as error:
        for mistake in error.mistakes or (error.message,):
            print(f"edge-voice: {mistake}", file=sys.stderr)
        print(f"edge-voice: {error.hint}", file=sys.stderr)
        return error.exit_status
    except EdgeError as error:
        print(f"edge-voice: {error}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130
    return 0
