"""Converters: from the files that a model is published as to those that an engine loads.

A converter runs once, when `edge-voice models pull` has fetched a model; see `edge.store.conversion`. Those of networks
need the package `onnx`, which nothing else loads.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from edge.errors import ModelError
from edge.runtime.commands import pip_install

ConverterName = Literal["moonshine", "speech-embedding", "encyclopedia", "dictionary"]

VERSIONS: Mapping[ConverterName, int] = {"moonshine": 1, "speech-embedding": 1, "encyclopedia": 1, "dictionary": 1}
"""A new number makes every store convert its models again: count up whenever the output of a converter changes."""

Converter = Callable[[Path, Path], None]
"""Reads the published files in the first folder and writes into the second, empty one everything the engine loads.

Pure: the same files give the same bytes with one version of `onnx` and ONNX Runtime. Raises `ModelError`, or
`ValueError`, `KeyError` or `IndexError` for an unexpected network.
"""


def find_converter(name: ConverterName) -> Converter:
    """The converter of this name. Raises `ModelError` `onnx-missing`."""
    try:
        match name:
            case "moonshine":
                from edge.store.converters.moonshine import convert
            case "speech-embedding":
                from edge.store.converters.speech_embedding import convert
            case "encyclopedia":
                from edge.store.converters.encyclopedia import convert
            case "dictionary":
                from edge.store.converters.dictionary import convert
    except ImportError as error:
        message = f"converting a model needs the Python package onnx: {error}"
        raise ModelError("onnx-missing", message, f"run: {pip_install('onnx')}") from error
    return convert
