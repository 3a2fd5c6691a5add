"""The things that the settings name: the code that guards some, and what fits none of the home as it was known last."""

import os
from collections.abc import Iterator
from pathlib import Path

from edge.cli.findings import Finding, Key
from edge.errors import SettingsError
from edge.home.acting.code import CREDENTIAL, read_code
from edge.runtime.paths import SERVICE_SECRETS, SERVICE_STATE, SYSTEM_SETTINGS, state_folder
from edge.settings import Settings

_CODE: Key = ("home", "code_file")


def look_at_things(settings: Settings, settings_file: Path | None) -> Iterator[Finding]:
    """What is wrong with the code, and with `[[home.things]]`, `[[home.groups]]` and `[[home.floors]]`."""
    yield from _look_at_code(settings)
    home = settings.home
    if home.things or home.groups or home.floors:
        folder = SERVICE_STATE if settings_file == SYSTEM_SETTINGS else state_folder()
        yield from _look_at_home(settings, folder)


def _look_at_code(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    if not home.uses_code:
        if home.code_file is not None:
            hint = "set unlock = 'code' or disarm = 'code', or remove it"
            yield Finding("code-unused", "nothing asks for the code", hint, _CODE, certain=False)
        return
    hidden = SERVICE_SECRETS / f"edge-voice.{CREDENTIAL}"
    file = home.code_file or (hidden if os.access(hidden, os.R_OK) else None)
    try:
        code = read_code(file)
    except SettingsError as error:
        if error.code == "code-invalid":  # `look_at_files` has said all else
            yield Finding.of(error, _CODE)
        return
    if code is None and (os.access(SERVICE_SECRETS, os.R_OK) or not SERVICE_SECRETS.is_dir()):
        message = "a code is asked for, and none is set: what needs it is refused"
        hint = f"name a file with 4 to 8 digits, or put them into {hidden}"
        yield Finding("code-missing", message, hint, _CODE, certain=False)


def _look_at_home(settings: Settings, folder: Path) -> Iterator[Finding]:
    """What fits nothing, or several things, in the home that the speaker knew last."""
    from edge.home.modelling.watch import HomeWatch
    from edge.home.sources.home_assistant.kept import KeptHome
    from edge.home.sources.home_assistant.snapshot import Snapshot
    from edge.home.states import HomeStates
    from edge.runtime.clock import SystemClock

    discovers = settings.home.discovery and settings.mqtt.host is not None
    if discovers and not os.access(folder / "home.json", os.R_OK):
        return  # not known yet, or not to this user
    clock = SystemClock()
    watch = HomeWatch(settings, HomeStates(clock), clock, lambda _: lambda: None, folder if discovers else None)
    assistant = settings.home.home_assistant
    watch.start(Snapshot() if assistant.url is None else KeptHome(assistant, folder).load())
    if discovers and all(it.source.kind == "settings" for it in watch.announced):
        return  # nothing could be read
    for misfit in watch.misfits:
        yield Finding(f"thing-{misfit.kind}", misfit.message, misfit.hint, ("home", *misfit.key), certain=False)
