"""`edge-voice check`: reports every mistake in the settings at once."""

import json
from typing import Annotated

import typer

from edge.errors import SettingsError
from edge.runtime.paths import settings_file


def check(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False
) -> None:
    """Check the settings and report all mistakes at once. Exit status 1 if there are any."""
    path = settings_file(ctx.obj.config)
    mistakes: tuple[str, ...] = ()
    try:
        settings = ctx.obj.settings
    except SettingsError as error:
        mistakes = error.mistakes or (error.message,)
    else:
        if settings.route.sentences:
            from edge.nlu.hassil_intents import check_sentences

            mistakes = tuple(error.message for error in check_sentences(settings))
    if as_json:
        print(json.dumps({"file": str(path) if path else None, "mistakes": list(mistakes)}))
    elif mistakes:
        for mistake in mistakes:
            typer.echo(mistake, err=True)
    else:
        print(f"{path}: OK" if path else "no settings file, using defaults")
    if mistakes:
        raise typer.Exit(1)
