"""The filter `edge_voice_toml`: a mapping of settings as a TOML document. TOML 1.0.0, toml.io/en/v1.0.0."""

import json
from collections.abc import Callable, Mapping
from typing import Any

HEADER = "# Written by Ansible: change the inventory, not this file.\n"


def to_toml(settings: Mapping[str, Mapping[str, Any]]) -> str:
    """One [section] for each key; what is nested deeper is written inline. None is left out."""
    lines = [HEADER]
    for section, values in settings.items():
        if not isinstance(values, Mapping):
            message = f"edge_voice_settings: '{section}' is a section and holds keys"
            raise TypeError(message)
        lines.append(f"[{_key(section)}]")
        lines += [f"{_key(key)} = {_value(value)}" for key, value in values.items() if value is not None]
        lines.append("")
    return "\n".join(lines)


def _key(key: object) -> str:
    return _text(str(key))


def _text(text: str) -> str:
    """A basic string: JSON's escapes are TOML's too, but for DEL and characters outside the basic plane."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(int(value))
        case float():
            return repr(float(value))
        case str():
            return _text(value)
        case Mapping():
            inner = (f"{_key(key)} = {_value(item)}" for key, item in value.items() if item is not None)
            return "{" + ", ".join(inner) + "}"
        case list() | tuple():
            return "[" + ", ".join(_value(item) for item in value) + "]"
        case _:
            message = f"edge_voice_settings: {type(value).__name__} has no place in TOML"
            raise TypeError(message)


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, Callable[..., str]]:
        """Names and functions."""
        return {"edge_voice_toml": to_toml}
