"""From the published files of a recogniser to its float and int8 networks in standard operators."""

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from onnx import ModelProto

from edge.errors import ModelError
from edge.events import Samples
from edge.quantize.calibration import largest_numbers
from edge.quantize.distance import Distance, Reference
from edge.quantize.listening import NAMES, Networks, open_model, open_networks
from edge.quantize.qdq import products, quantised
from edge.quantize.sensitivity import keep_in_float
from edge.runtime.onnx.session import Session
from edge.store.converters.graphs import save_models
from edge.store.converters.moonshine import standard_graphs

FLOAT: Final = "float"
INT8: Final = "int8"

Progress = Callable[[str], None]
"""Told what is done next."""


@dataclass(frozen=True, slots=True)
class Quantised:
    """`kept`: the products that stayed in float, "network: name".

    `distances` from the float networks: that of `published`, and that of `int8`.
    """

    kept: Sequence[str]
    distances: Mapping[str, Distance]


def make_standard(
    source: Path, converted: Path, recordings: Sequence[Samples], target: Path, progress: Progress
) -> Quantised:
    """Write the folders `float` and `int8` into `target`, an empty folder.

    `source` holds the published files, `converted` what `edge.store.converters` made of them; `recordings` of 16 kHz
    calibrate the int8 networks. They are no further from the float ones than those of `converted`: products that cost
    most stay in float until that holds. Raises `ModelError`.
    """
    try:
        models = standard_graphs(source)
    except (ValueError, KeyError, IndexError) as error:
        message = f"the files in {source} are not what the converter expects: {error}"
        raise ModelError("model-conversion-failed", message, "run `edge-voice models pull`") from error
    tokenizer = converted / "tokenizer.bin"
    progress("the recordings in float")
    _write(models, target / FLOAT, tokenizer)
    floats = open_networks(target / FLOAT)
    heard = [floats.hear(samples) for samples in recordings]
    reference = Reference(floats, heard)
    published = reference.distance(open_networks(converted))
    with tempfile.TemporaryDirectory(dir=target) as scratch:
        progress("calibration")
        forms = _Forms(models, largest_numbers(models, heard, Path(scratch)), Path(scratch), progress)
        kept = keep_in_float(
            forms.sizes, lambda keep: reference.distance(forms.networks(keep)).divergence, published.divergence
        )
        chosen = forms.graphs(kept)
    _write(chosen, target / INT8, tokenizer)
    distances = {"published": published, INT8: reference.distance(open_networks(target / INT8))}
    return Quantised(sorted(kept), distances)


class _Forms:
    """The networks with any choice of products in float. Products are named "network: product"."""

    def __init__(
        self,
        models: Mapping[str, ModelProto],
        largest: Mapping[str, Mapping[str, float]],
        scratch: Path,
        progress: Progress,
    ) -> None:
        self.sizes = {f"{name}: {it.name}": it.size for name, model in models.items() for it in products(model)}
        self._models = models
        self._largest = largest
        self._scratch = scratch
        self._progress = progress
        self._tried = 0
        self._open: dict[str, dict[frozenset[str], Session]] = {name: {} for name in NAMES}

    def graphs(self, keep: frozenset[str]) -> Mapping[str, ModelProto]:
        return {name: self._graph(name, keep) for name in NAMES}

    def networks(self, keep: frozenset[str]) -> Networks:
        self._tried += 1
        self._progress(f"measuring int8, choice {self._tried}")
        return Networks({name: self._session(name, keep) for name in NAMES})

    def _graph(self, name: str, keep: frozenset[str]) -> ModelProto:
        model = self._models[name]
        return quantised(model, self._largest[name], keep=[it.removeprefix(f"{name}: ") for it in keep])

    def _session(self, name: str, keep: frozenset[str]) -> Session:
        """Networks that did not change since the choice before stay open."""
        own = frozenset(it for it in keep if it.startswith(f"{name}: "))
        if own not in self._open[name]:
            self._open[name] = {own: open_model(self._graph(name, own), self._scratch)}
        return self._open[name][own]


def _write(models: Mapping[str, ModelProto], folder: Path, tokenizer: Path) -> None:
    folder.mkdir()
    save_models(models, folder)
    shutil.copyfile(tokenizer, folder / tokenizer.name)
