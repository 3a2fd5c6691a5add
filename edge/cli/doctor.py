"""`edge-voice doctor`: looks at everything that the speaker needs, and says what to do about what is missing."""

import asyncio
import dataclasses
import json
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.table import Table

from edge.audio import list_devices
from edge.audio.devices import Direction, pick
from edge.cli.check import look_at_settings, placed_line, sentence_mistakes
from edge.cli.doctor_board import board_line, look_at_board
from edge.cli.doctor_compute import StageReport, look_at_compute, what_runs_where
from edge.cli.findings import Finding
from edge.cli.named_cloud import look_ahead
from edge.control import Status
from edge.control.client import connect_if_running
from edge.errors import AudioError, ControlError, EdgeError
from edge.runtime.clock import SystemClock
from edge.runtime.paths import SERVICE_SECRETS, program, service_models, settings_file, user
from edge.settings import ModelSettings, MqttSettings, Settings
from edge.store import ModelStore, choose_chat_model, open_store, required_models

LISTEN_S = 20.0
_LOOK_S = 1.0
_SERVER_TIMEOUT_S = 3.0
_STATUS_TIMEOUT_S = 5.0

SOUND_CARDS = Path("/dev/snd")


def doctor(
    ctx: typer.Context,
    listen: Annotated[
        bool, typer.Option("--listen", help="Play a sound, then show how loud the microphone is and the wake score.")
    ] = False,
    seconds: Annotated[float, typer.Option(min=1, max=600, help="With --listen: for how long.")] = LISTEN_S,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Check the settings, models, engines, sound devices and the broker. Exit status 1 if something is wrong.

    It records for a second to find out whether the microphone delivers sound, and keeps nothing of it. At the broker it
    uses a client id of its own, so that a running speaker is not disturbed.
    """
    settings: Settings = ctx.obj.settings
    path = settings_file(ctx.obj.config)
    store, folder = _store(settings.models)
    devices, findings = _devices(settings)
    if devices and not as_json:
        Console().print(_table(devices))
    of_settings = list(look_at_settings(settings, path))
    findings += [*of_settings, *_sentences(settings), *folder, *_models(settings, store)]
    board, of_board = look_at_board(settings)
    findings += of_board
    findings += look_ahead(settings, SystemClock().now().date())
    speaker, status, found = _speaker()
    findings += [one for one in found if one.code not in {other.code for other in findings}]
    report: dict[str, Any] = {
        "board": board,
        "settings": str(path) if path else None,
        "models": str(store.folder),
        "speaker": speaker,
        "broker": settings.mqtt.host,
        "home_assistant": settings.home.home_assistant.url,
        "wake_words": list(settings.wake.words),
    }
    if devices and not any(finding.key == ("audio", "input") for finding in findings):
        from edge.cli.doctor_sound import look_at_sound

        heard, found = look_at_sound(
            settings, store, seconds if listen else _LOOK_S, listen=listen, show=listen and not as_json
        )
        findings += _beside(found, status, listen=listen)
        report["heard"] = heard
    stages, of_compute = look_at_compute(settings, store)
    known = {finding.message for finding in findings}
    others = *of_compute, *_broker(settings), *_home_assistant(settings), *_server(settings)
    findings += [one for one in others if one.message not in known]
    report["compute"] = {stage.plan.stage: stage.document() for stage in stages}
    if as_json:
        print(json.dumps({"devices": devices, "findings": [one.document() for one in findings]} | report))
    else:
        lines = [(one, placed_line(one, path) if one in of_settings else one.line()) for one in findings]
        _print(report, stages, lines)
    if any(finding.certain for finding in findings):
        raise typer.Exit(1)


def _print(report: dict[str, Any], stages: list[StageReport], findings: list[tuple[Finding, str]]) -> None:
    print(f"board: {board_line(report['board'])}")
    print(f"settings: {report['settings'] or 'none, using defaults'}")
    print(f"models: {report['models']}")
    print(f"speaker: {report['speaker']}")
    for line in what_runs_where(stages):
        print(line)
    for finding, line in findings:
        print(("" if finding.certain else "warning: ") + line)
    if not findings:
        print("nothing is missing")


def _store(settings: ModelSettings) -> tuple[ModelStore, list[Finding]]:
    """The store of the service, if one is installed, else of this user."""
    own, service = open_store(settings), service_models()
    if settings.folder is not None or service is None or own.folder == service:
        return own, []
    if os.access(service, os.R_OK | os.X_OK):
        return open_store(settings.model_copy(update={"folder": service})), []
    hint = f"sudo {program()} doctor"
    message = f"{user()} cannot look into the models of the service ({service}); this looked in {own.folder}"
    return own, [Finding("models-folder-hidden", message, hint, certain=False)]


def _devices(settings: Settings) -> tuple[list[dict[str, Any]], list[Finding]]:
    wanted: list[tuple[Direction, str | int | None]] = [
        ("input", settings.audio.input),
        ("output", settings.audio.output),
    ]
    try:
        devices = list_devices()
    except AudioError as error:
        return [], [Finding.of(error)]
    findings = []
    for direction, name in wanted:
        try:
            pick(devices, direction, name)
        except AudioError as error:
            findings.append(_with_rights(Finding.of(error, ("audio", direction))))
    return [dataclasses.asdict(device) for device in devices], findings


def _with_rights(finding: Finding) -> Finding:
    """The finding with what to do about it where this machine has sound cards that this user may not open."""
    if all(os.access(path, os.R_OK | os.W_OK) for path in SOUND_CARDS.glob("pcm*")):
        return finding
    hint = f"{user()} may not open the sound cards: sudo usermod -aG audio {user()}, then log in again"
    return dataclasses.replace(finding, hint=hint, certain=False)


def _models(settings: Settings, store: ModelStore) -> list[Finding]:
    findings = []
    for name in required_models(settings, choose_chat_model(settings.llm, store).name):
        try:
            store.locate(name)
        except EdgeError as error:
            if error.code != "model-unknown":  # `look_at_settings` has said so, with its place
                findings.append(Finding.of(error))
    return findings


def _sentences(settings: Settings) -> Iterator[Finding]:
    for mistake in sentence_mistakes(settings):
        yield Finding("sentences-invalid", mistake, "see docs/commands.md for the format", ("route", "sentences"))


def _speaker() -> tuple[str, dict[str, Any] | None, list[Finding]]:
    """Whether one is running, its status, and what keeps it from hearing or being heard."""
    try:
        client = connect_if_running()
        if client is None:
            return "not running", None, []
        with client:
            status = client.request(Status(), timeout_s=_STATUS_TIMEOUT_S)
    except ControlError as error:
        denied = error.code == "control-denied"
        said = "running, of another user" if denied else "does not answer"
        return said, {} if denied else None, [Finding.of(error, certain=not denied)]
    found = []
    degraded: dict[str, str] = status.get("degraded", {})
    for part, code in degraded.items():
        found.append(Finding(code, f"the running speaker is without {part}", "`journalctl -u edge-voice` says why"))
    if status.get("muted"):
        message = "the microphone of the running speaker is switched off"
        found.append(Finding("microphone-muted", message, "switch it on: `edge-voice mute off`", certain=False))
    if status.get("volume") == 0:
        message = "the volume of the running speaker is 0"
        found.append(Finding("volume-zero", message, "`edge-voice volume 60`", certain=False))
    return "running" + (f", without {', '.join(degraded)}" if degraded else ""), status, found


def _beside(found: list[Finding], status: dict[str, Any] | None, *, listen: bool) -> list[Finding]:
    """What was found out about the sound, where a running speaker may hold the devices (`status` None: none runs)."""
    parts = {"microphone-unusable": "microphone", "output-unusable": "output"}
    beside = []
    for one in found:
        part = parts.get(one.code)
        if status is None or part is None or part in status.get("degraded", {}):
            beside.append(one)
        elif listen:
            hint = "`sudo systemctl stop edge-voice` frees it; start it again afterwards"
            beside.append(
                dataclasses.replace(one, message=f"the running speaker uses the {part}", hint=hint, certain=False)
            )
    return beside


def _broker(settings: Settings) -> list[Finding]:
    if settings.mqtt.host is None:
        return []
    from edge.mqtt.probe import probe

    mqtt = settings.mqtt
    hidden = {} if "CREDENTIALS_DIRECTORY" in os.environ else _credentials(mqtt)
    readable = {name: path for name, path in hidden.items() if os.access(path, os.R_OK)}
    settings = settings.model_copy(update={"mqtt": mqtt.model_copy(update=readable)})
    found = [Finding.of(error, ("mqtt", "host")) for error in asyncio.run(probe(settings))]
    if not hidden or not SERVICE_SECRETS.is_dir() or os.access(SERVICE_SECRETS, os.R_OK):
        return found
    hint = f"the service may have a password or key that only root can read: sudo {program()} doctor"
    return [
        dataclasses.replace(one, hint=hint, certain=False) if one.code == "broker-not-authorised" else one
        for one in found
    ]


def _home_assistant(settings: Settings) -> list[Finding]:
    assistant = settings.home.home_assistant
    if assistant.url is None:
        return []
    from edge.home.sources.home_assistant.probe import probe

    kept = SERVICE_SECRETS / "edge-voice.home-assistant-token"
    if assistant.token_file is None and "CREDENTIALS_DIRECTORY" not in os.environ:
        if not os.access(SERVICE_SECRETS, os.R_OK | os.X_OK) and SERVICE_SECRETS.is_dir():
            message, hint = "the token of Home Assistant may be one that only root can read", f"sudo {program()} doctor"
            return [Finding("home-assistant-not-tried", message, hint, certain=False)]
        assistant = assistant.model_copy(update={"token_file": kept} if kept.exists() else {})
    return [Finding.of(error, ("home", "home_assistant", "url")) for error in asyncio.run(probe(assistant))]


def _credentials(mqtt: MqttSettings) -> dict[str, Path]:
    """The settings that the service's credentials stand for, and where root finds them."""
    wanted = {
        "password_file": (mqtt.username is not None and mqtt.password_file is None, "mqtt-password"),
        "key_file": (mqtt.cert_file is not None and mqtt.key_file is None, "mqtt-key"),
    }
    return {name: SERVICE_SECRETS / f"edge-voice.{secret}" for name, (missing, secret) in wanted.items() if missing}


def _server(settings: Settings) -> list[Finding]:
    """The owner's own chat server. The cloud is not called."""
    if settings.llm.engine != "server" or settings.llm.url is None:
        return []
    parts = urlsplit(settings.llm.url)
    place = (parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
    with suppress(OSError):
        socket.create_connection(place, timeout=_SERVER_TIMEOUT_S).close()
        return []
    message = f"the chat server does not answer at {place[0]}, port {place[1]}"
    return [Finding("llm-unavailable", message, "start it, or correct url in [llm]", ("llm", "url"))]


def _table(devices: list[dict[str, Any]]) -> Table:
    table = Table("number", "direction", "name", "channels", "rates", "default")
    for device in devices:
        rates = ", ".join(str(rate) for rate in device["rates_hz"])
        chosen = "default" if device["default"] else ""
        table.add_row(
            str(device["number"]), device["direction"], device["name"], str(device["channels"]), rates, chosen
        )
    return table
