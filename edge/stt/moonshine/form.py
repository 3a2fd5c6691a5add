"""Which files the networks are opened from: the published ones, or those in standard operators for accelerators.

The published networks have operators that only ONNX Runtime's own code for processors knows well. Those in standard
operators are made by `edge-voice models quantize`; without them an accelerator gets the published ones, and takes what
it can.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from edge.runtime.onnx import compute
from edge.settings import Device
from edge.store import ModelStore
from edge.store.standard import Form, standard_folder

_FORMS: Final[Mapping[Device, Form]] = {
    "cuda": "float",
    "webgpu": "float",
    "tensorrt": "int8",
    "openvino": "int8",
    "qnn": "int8",
}
"""CUDA and WebGPU have no int8 kernels for such graphs."""


def missing_form(store: ModelStore, model: str) -> Device | None:
    """The first device in the plan whose form of the networks is missing or damaged; None: all are there.

    Verifies the files. Raises `ModelError` for a disk that fails.
    """
    for provider in compute.plan("stt").providers:
        form = _FORMS.get(provider.device)
        if form is not None and standard_folder(store, model, form) is None:
            return provider.device
    return None


def folder_for(store: ModelStore, model: str) -> Path:
    """The folder with the networks of a model for the device that its stage will run on.

    Raises what `ModelStore.locate` raises.
    """
    from edge.runtime.onnx.providers import is_installed

    published = store.locate(model)
    installed = (provider.device for provider in compute.plan("stt").providers if is_installed(provider))
    form = _FORMS.get(next(installed, "cpu"))
    return (standard_folder(store, model, form) if form else None) or published
