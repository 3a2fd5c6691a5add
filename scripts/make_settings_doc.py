"""Writes docs/settings.md from the settings classes, so that each setting is described in one place only."""

from pathlib import Path
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from edge.settings import Settings

DOCUMENT = Path(__file__).parents[1] / "docs" / "settings.md"

HEAD = """\
# Settings

<!-- Written by scripts/make_settings_doc.py; change edge/settings/ instead. -->

The speaker reads `/etc/edge-voice/config.toml`, or the file given with `edge-voice --config FILE`. Every setting has a
default, so the file may be empty or missing. Environment variables named `EDGE_VOICE__SECTION__KEY` override the file,
for example `EDGE_VOICE__AUDIO__VOLUME=40`.

    edge-voice check

reports every mistake at once, with its line: values, files that do not exist, models that no manifest has, engines that
are not installed, sentences that can never match. What may be right for the service, which has another user and other
folders, is a warning. `edge-voice doctor` also looks at the devices, the models, the microphone and the broker.

Secrets do not belong in this file: put each into a separate file
(`chmod 600`) and give its path, or pass it to the service as a systemd credential (docs/service.md).

```toml
[device]
area = "kitchen"

[wake.words.alexa]
model = "alexa"

[mqtt]
host = "broker.local"

[[home.entities]]
name = "kitchen light"
area = "kitchen"
topic = "home/kitchen/light/set"
```
"""


def document() -> str:
    """The whole page."""
    parts = [HEAD]
    for name, field in Settings.model_fields.items():
        parts += _section(name, _model(field))
    return "\n".join(parts)


def _section(name: str, model: type[BaseModel], *, brackets: str = "[{}]") -> list[str]:
    lines = [f"## `{brackets.format(name)}`", "", (model.__doc__ or "").strip().splitlines()[0], ""]
    rows: list[str] = []
    inner: list[str] = []
    for key, field in model.model_fields.items():
        nested = _nested(field.annotation)
        if nested is None:
            rows.append(f"| `{key}` | {_default(field)} | {_values(field)} | {field.description or ''} |")
        else:
            section, shape = nested
            inner += _section(
                f"{name}.{key}" + (".NAME" if shape is dict else ""),
                section,
                brackets="[[{}]]" if shape is list else "[{}]",
            )
    if rows:
        lines += ["| key | default | values | |", "| --- | --- | --- | --- |", *rows, ""]
    return lines + inner


def _model(field: FieldInfo) -> type[BaseModel]:
    assert isinstance(field.annotation, type)  # noqa: S101 - every section is a class
    assert issubclass(field.annotation, BaseModel)  # noqa: S101
    return field.annotation


def _nested(annotation: Any) -> tuple[type[BaseModel], type | None] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, None
    for argument in get_args(annotation):
        if isinstance(argument, type) and issubclass(argument, BaseModel):
            return argument, get_origin(annotation)
    return None


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    if field.default_factory is not None:
        return "the host name" if "device" in getattr(field.default_factory, "__name__", "") else "none"
    value = field.default
    return "none" if value is None or value == [] else f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _values(field: FieldInfo) -> str:
    annotation: Any = field.annotation
    choices = [a for a in get_args(annotation) if isinstance(a, str)]
    if choices:
        return ", ".join(f"`{choice}`" for choice in choices)
    kinds = get_args(annotation) if get_origin(annotation) is Union or "|" in str(annotation) else (annotation,)
    names = [_kind(kind) for kind in kinds if kind is not type(None)]
    bounds = [
        f"{sign} {getattr(m, key):g}"
        for m in field.metadata
        for key, sign in (("ge", "from"), ("gt", "above"), ("le", "to"), ("lt", "below"))
        if hasattr(m, key)
    ]
    return " ".join([" or ".join(names), *bounds])


def _kind(kind: Any) -> str:
    names = {"str": "text", "int": "number", "float": "number", "bool": "`true`, `false`", "Path": "path"}
    if get_origin(kind) is list:
        return f"list of {_kind(get_args(kind)[0])}"
    return names.get(getattr(kind, "__name__", ""), "text")


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
