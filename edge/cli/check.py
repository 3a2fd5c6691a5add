"""`edge-voice check`: reports everything in the settings that cannot work, at once."""

import difflib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from edge.cli.findings import Finding
from edge.cli.named_cloud import look_at_cloud
from edge.cli.named_files import look_at_files
from edge.cli.named_models import look_at_engines, look_at_models
from edge.cli.named_things import look_at_things
from edge.errors import SettingsError
from edge.runtime.config_file import dotted, locate
from edge.runtime.paths import settings_file
from edge.settings import Settings
from edge.store import open_store


def check(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False
) -> None:
    """Check the settings and report all mistakes at once. Exit status 1 if there are any.

    Checks the values, the files that they name, the models, the engines and your own sentences. What may be right for
    the service, which has another user and other folders, is a warning.
    """
    path = settings_file(ctx.obj.config)
    warnings: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    try:
        settings = ctx.obj.settings
    except SettingsError as error:
        mistakes = error.mistakes or (error.message,)
    else:
        found = tuple(look_at_settings(settings, path))
        mistakes = tuple(placed_line(one, path) for one in found if one.certain) + sentence_mistakes(settings)
        warnings = tuple(placed_line(one, path) for one in found if not one.certain)
    if as_json:
        document = {"file": str(path) if path else None, "mistakes": list(mistakes), "warnings": list(warnings)}
        print(json.dumps(document))
    else:
        for mistake in mistakes:
            typer.echo(mistake, err=True)
        for warning in warnings:
            typer.echo(f"warning: {warning}", err=True)
        if not mistakes:
            print(f"{path}: OK" if path else "no settings file, using defaults")
    if mistakes:
        raise typer.Exit(1)


def look_at_settings(settings: Settings, path: Path | None) -> Iterator[Finding]:
    """Everything but the sentences."""
    yield from look_at_engines(settings)
    yield from look_at_models(settings, open_store(settings.models), path)
    yield from look_at_files(settings, path)
    yield from look_at_cloud(settings)
    yield from look_at_names(settings)
    yield from look_at_things(settings, path)


def look_at_names(settings: Settings) -> Iterator[Finding]:
    """The names of the home that are said alike, and a room of the speaker in which no thing is."""
    from edge.nlu.home_names import name_mistakes

    areas = {entity.area for entity in settings.home.entities if entity.area}
    area = settings.device.area
    if area is not None and area.casefold() not in {it.casefold() for it in areas}:
        for near in difflib.get_close_matches(area, areas, 1):
            hint = f"did you mean '{near}'?"
            yield Finding("area-empty", f"nothing is in '{area}'", hint, ("device", "area"), certain=False)

    for mistake in name_mistakes(settings):
        yield Finding("names-alike", mistake, key=("home", "entities"))


def sentence_mistakes(settings: Settings) -> tuple[str, ...]:
    """The mistakes in the owner's sentences, with their files. `look_at_files` names the files that are not there."""
    there = [path for path in settings.route.sentences if os.path.exists(path)]  # noqa: PTH110 - does not fail for a long name
    if not there:
        return ()
    from edge.nlu.hassil_intents import check_sentences

    settings = settings.model_copy(update={"route": settings.route.model_copy(update={"sentences": there})})
    return tuple(mistake for error in check_sentences(settings) for mistake in error.mistakes or (error.message,))


def placed_line(finding: Finding, path: Path | None) -> str:
    """One line for people, with the place in the settings that is at fault."""
    where = f"{locate(path, finding.key)}: {dotted(finding.key)}: " if finding.key else ""
    return where + finding.line()
