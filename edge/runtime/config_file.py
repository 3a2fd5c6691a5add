"""Reads the settings strictly and reports every mistake at once, each with its line and a "did you mean".

The file is TOML; `EDGE_VOICE__SECTION__KEY` in the environment overrides it. Values from the environment are parsed as
TOML; what does not parse is plain text. Secrets are not settings: see `edge.runtime.secrets`.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from edge.errors import SettingsError
from edge.runtime.settings_mistakes import in_words, not_toml
from edge.settings import Settings

ENVIRONMENT_PREFIX = "EDGE_VOICE__"
_SECRET_KEY = re.compile(r"(^|_)(api_key|password|token|secret)$")
_HINT = "`edge-voice check` lists every mistake; see docs/settings.md"

Place = tuple[str | int, ...]


def load_settings(path: Path | None, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of a file (None: the defaults), overridden by the environment.

    Raises `SettingsError` ("settings-unreadable", "settings-not-toml", "settings-invalid") with all mistakes together.
    """
    text = "" if path is None else _read(path)
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, what = not_toml("too many brackets" if isinstance(error, RecursionError) else str(error), text)
        mistake = f"{path}: {what}" if line is None else f"{path}:{line}: {what}"
        raise SettingsError("settings-not-toml", mistake, _HINT, mistakes=(mistake,)) from error
    places = {(): str(path)} | {place: f"{path}:{line}" for place, line in _lines(text).items()}
    mistakes = _override(values, places, os.environ if environment is None else environment)
    mistakes += _secrets(values, (), places)
    mistakes += [f"{_where(place, places)}: {_dotted(place)}: has a NUL character" for place in _with_nul(values, ())]
    settings, found = _validate(values, places)
    mistakes += found
    if settings is None or mistakes:
        count = f"{len(mistakes)} mistake{'s' if len(mistakes) != 1 else ''} in the settings"
        raise SettingsError("settings-invalid", f"{count}: " + "; ".join(mistakes), _HINT, mistakes=tuple(mistakes))
    return settings


def locate(path: Path | None, place: Place, environment: Mapping[str, str] | None = None) -> str:
    """Where a setting stands, for messages: `config.toml:7`, the name of a variable, or only the file.

    For the file of `load_settings` that had no mistakes.
    """
    variables = os.environ if environment is None else environment
    places: dict[Place, str] = {(): "settings" if path is None else str(path)}
    if path is not None:
        places |= {known: f"{path}:{line}" for known, line in _lines(_read(path)).items()}
    for variable in variables:
        if variable.startswith(ENVIRONMENT_PREFIX):
            places[tuple(variable.removeprefix(ENVIRONMENT_PREFIX).lower().split("__"))] = variable
    return _where(place, places)


def dotted(place: Place) -> str:
    """`home.entities[1].topic`."""
    return _dotted(place)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors begin a file with a byte order mark
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        mistake = f"{path}: {reason}"
        raise SettingsError(
            "settings-unreadable", mistake, "name a readable file with --config", mistakes=(mistake,)
        ) from error


def _override(values: dict[str, Any], places: dict[Place, str], environment: Mapping[str, str]) -> list[str]:
    """Put the environment's values into `values`; returns a message for each variable that does not fit."""
    mistakes = []
    for variable in sorted(environment):
        if not variable.startswith(ENVIRONMENT_PREFIX):
            continue
        place = tuple(variable.removeprefix(ENVIRONMENT_PREFIX).lower().split("__"))
        if "" in place:
            mistakes.append(f"{variable}: write {ENVIRONMENT_PREFIX}SECTION__KEY")
            continue
        table: Any = values
        for part in place[:-1]:
            table = table.setdefault(part, {}) if isinstance(table, dict) else None
        if not isinstance(table, dict):
            mistakes.append(f"{variable}: '{'.'.join(place[:-1])}' is not a section")
            continue
        table[place[-1]] = _toml_value(environment[variable])
        places[place] = variable
        places.setdefault(place[:1], variable)
    return mistakes


def _toml_value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return text


def _secrets(values: Mapping[str, Any], place: Place, places: Mapping[Place, str]) -> list[str]:
    """Remove secrets from `values`; returns a message for each, which does not contain the secret."""
    mistakes = []
    for key in list(values):
        here = (*place, key)
        if isinstance(values[key], dict):
            mistakes += _secrets(values[key], here, places)
        elif _SECRET_KEY.search(key) and isinstance(values, dict):
            del values[key]
            mistakes.append(
                f"{_where(here, places)}: {_dotted(here)}: secrets do not belong here; put it into a file of mode 0600 "
                f"and set {key}_file to its path"
            )
    return mistakes


def _with_nul(value: Any, place: Place) -> Iterator[Place]:
    """Texts with a character that no name, topic or path may have."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from _with_nul(one, (*place, key))
    if isinstance(value, str) and "\0" in value:
        yield place


def _validate(values: dict[str, Any], places: Mapping[Place, str]) -> tuple[Settings | None, list[str]]:
    """The settings and all mistakes. Sections are read one by one, so that a mistake in one does not hide another's."""
    mistakes = []
    sections: dict[str, Any] = {}
    for key, value in values.items():
        field = Settings.model_fields.get(key)
        if field is None:
            close = _did_you_mean(key, Settings.model_fields)
            unknown = f"unknown section [{_quoted(key)}]{close}"
            if not isinstance(value, dict | list):
                unknown = f"{_quoted(key)} stands in no section{_belongs(key)}"
            mistakes.append(f"{_where((key,), places)}: {unknown}")
            continue
        section = field.annotation
        assert isinstance(section, type)  # noqa: S101 - every field of Settings is a section class
        assert issubclass(section, BaseModel)  # noqa: S101
        try:
            sections[key] = section.model_validate(value)
        except ValidationError as error:
            mistakes += [_explain((key, *found["loc"]), dict(found), places) for found in error.errors()]
    try:
        settings = Settings(**sections)
    except ValidationError as error:
        mistakes += [_explain(tuple(found["loc"]), dict(found), places) for found in error.errors()]
        return None, mistakes
    return settings, mistakes


def _explain(place: Place, found: Mapping[str, Any], places: Mapping[Place, str]) -> str:
    where = _where(place, places)
    if found["type"] == "extra_forbidden":
        key = str(place[-1])
        close = _did_you_mean(key, _fields_at(place[:-1])) or _belongs(key)
        return f"{where}: unknown key {_dotted(place)}{close}"
    message = in_words(found, _dotted(place), is_table_list=bool(_fields_at(place)))
    given = found.get("input")
    is_short = isinstance(given, str | int | float | bool) and "@" not in str(given)  # an address can hold a password
    shown = f" (it is {given!r})" if is_short else ""
    name = f"{_dotted(place)}: " if place else ""
    return f"{where}: {name}{message}{shown}"


def _fields_at(place: Place) -> Mapping[str, Any]:
    """The keys that the section at `place` may contain."""
    model: Any = Settings
    for part in place:
        if isinstance(part, int) or not (isinstance(model, type) and issubclass(model, BaseModel)):
            continue  # an index, or a key that the user chose
        field = model.model_fields.get(part)
        model = field.annotation if field else None
        arguments = [a for a in getattr(model, "__args__", ()) if isinstance(a, type) and issubclass(a, BaseModel)]
        model = arguments[0] if arguments else model
    return model.model_fields if isinstance(model, type) and issubclass(model, BaseModel) else {}


def _did_you_mean(word: str, known: Mapping[str, Any]) -> str:
    close = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f", did you mean '{close[0]}'?" if close else ""


def _belongs(key: str) -> str:
    """The sections that have this key."""
    sections = [
        f"[{name}]"
        for name, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and key in getattr(field.annotation, "model_fields", {})
    ]
    return f"; it belongs below {' or '.join(sections)}" if sections else ""


def _dotted(place: Place) -> str:
    """`home.entities[1].topic`; a key that is not a bare TOML key is quoted, so that a message stays one line."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{_quoted(part)}" for part in place]
    return "".join(parts).removeprefix(".")


def _quoted(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else repr(key)


def _where(place: Place, places: Mapping[Place, str]) -> str:
    """The nearest known place: the key's own line, otherwise its section's, otherwise the file."""
    for length in range(len(place), -1, -1):
        if place[:length] in places:
            return places[place[:length]]
    return "settings"


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")


def _lines(text: str) -> dict[Place, int]:
    """The line of each header and key, for messages only. A key that it cannot find gets the line of its section."""
    lines: dict[Place, int] = {}
    section: Place = ()
    counts: dict[Place, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            section = _parts(header[2])
            if header[1] == "[[":
                index = counts.get(section, 0)
                counts[section] = index + 1
                lines.setdefault(section, number)
                section = (*section, index)
            lines[section] = number
        elif key := _KEY.match(line):
            lines.setdefault((*section, *_parts(key[1])), number)
    return lines


def _parts(dotted: str) -> Place:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
