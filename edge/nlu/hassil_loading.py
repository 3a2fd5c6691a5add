"""Helpers for hassil's templates."""

from importlib.resources.abc import Traversable
from typing import Any

import yaml


def read_yaml(file: Traversable) -> Any:
    """Read one of our own files. libyaml's loader is eight times as fast, but not every build of PyYAML includes it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(file.read_text(encoding="utf-8"), loader)  # noqa: S506 - both loaders are safe


def parsed(intents: Any) -> Any:
    """`intents` with all sentences parsed now instead of at the first match."""
    for intent in intents.intents.values():
        for block in intent.data:
            _ = block.sentences
    return intents


def digits_only(content: dict[str, Any]) -> dict[str, Any]:
    """Sentences without hassil's number words: texts are normalised to digits, and the tables cost start-up time."""
    lists = {
        name: {**values, "range": {**values["range"], "words": False}}
        if isinstance(values, dict) and isinstance(values.get("range"), dict)
        else values
        for name, values in content.get("lists", {}).items()
    }
    return {**content, "lists": lists}
