"""Small steps around hassil's templates that several modules need."""

from importlib.resources.abc import Traversable
from typing import Any

import yaml


def read_yaml(file: Traversable) -> Any:
    """A file of our own; libyaml's loader takes an eighth of the time, but not every build of the package has it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(file.read_text(encoding="utf-8"), loader)  # noqa: S506 - both loaders are safe


def parsed(intents: Any) -> Any:
    """`intents` with every sentence parsed now, not at the first question."""
    for intent in intents.intents.values():
        for block in intent.data:
            _ = block.sentences
    return intents


def digits_only(content: dict[str, Any]) -> dict[str, Any]:
    """Sentences without tables of number words: texts are normalised to digits, and the tables cost start-up time."""
    lists = {
        name: {**values, "range": {**values["range"], "words": False}}
        if isinstance(values, dict) and isinstance(values.get("range"), dict)
        else values
        for name, values in content.get("lists", {}).items()
    }
    return {**content, "lists": lists}
