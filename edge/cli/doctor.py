"""`edge-voice doctor`: lists the sound devices and reports what is missing."""

import dataclasses
import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from edge.audio import list_devices
from edge.audio.devices import Direction, pick
from edge.errors import AudioError, EdgeError
from edge.settings import Settings
from edge.store import choose_chat_model, open_store, required_models


def doctor(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False
) -> None:
    """Check the sound devices and the models that the settings need. Exit status 1 if something is missing."""
    settings = ctx.obj.settings
    devices, findings = _devices(settings)
    findings += _models(settings)
    if as_json:
        print(json.dumps({"devices": devices, "findings": findings}))
    else:
        if devices:
            Console().print(_table(devices))
        for finding in findings:
            print(finding["message"] + (f" - {finding['hint']}" if finding["hint"] else ""))
        if not findings:
            print("nothing is missing")
    if findings:
        raise typer.Exit(1)


def _devices(settings: Settings) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    wanted: list[tuple[Direction, str | int | None]] = [
        ("input", settings.audio.input),
        ("output", settings.audio.output),
    ]
    try:
        devices = list_devices()
    except AudioError as error:
        return [], [_finding(error)]
    findings = []
    for direction, name in wanted:
        try:
            pick(devices, direction, name)
        except AudioError as error:
            findings.append(_finding(error))
    return [dataclasses.asdict(device) for device in devices], findings


def _models(settings: Settings) -> list[dict[str, str]]:
    store = open_store(settings.models)
    findings = []
    for name in required_models(settings, choose_chat_model(settings.llm, store).name):
        try:
            store.locate(name)
        except EdgeError as error:
            findings.append(_finding(error))
    return findings


def _finding(error: EdgeError) -> dict[str, str]:
    return {"code": error.code, "message": error.message, "hint": error.hint}


def _table(devices: list[dict[str, Any]]) -> Table:
    table = Table("number", "direction", "name", "channels", "rates", "default")
    for device in devices:
        rates = ", ".join(str(rate) for rate in device["rates_hz"])
        chosen = "default" if device["default"] else ""
        table.add_row(
            str(device["number"]), device["direction"], device["name"], str(device["channels"]), rates, chosen
        )
    return table
