"""The providers of this process: built into the runtime, or brought by a plug-in beside it.

A plug-in is a package `onnxruntime-ep-...` with a shared library, which is registered with the runtime once, and then
lists the devices that it can use.
"""

import ctypes
import importlib
import importlib.util
import sys
import threading
from functools import cache
from pathlib import Path
from typing import Any, Final

from edge.runtime.onnx.plan import CPU, Provider
from edge.runtime.onnx.reasons import reason_of
from edge.runtime.onnx.report import Step
from edge.runtime.onnx.runtime import ort


class ProviderUnavailable(Exception):  # noqa: N818 - it is not an error: the next provider is tried
    """This provider cannot be used here; the text says why, `step` how far it came."""

    def __init__(self, step: Step, reason: str) -> None:
        super().__init__(reason)
        self.step: Step = step


_lock: Final = threading.Lock()
_known: Final[dict[str, list[Any] | str]] = {}
"""For each module of a plug-in its devices, or why it has none."""


def use(provider: Provider, options: ort.SessionOptions) -> list[str | tuple[str, dict[str, str]]] | None:
    """Let a session run on a provider: adds its devices to `options`, or returns the providers to name.

    Raises `ProviderUnavailable`.
    """
    if not is_installed(provider):
        raise ProviderUnavailable("installed", f"{provider.package} is not installed")
    if provider.plugin is not None:
        options.add_provider_for_devices(_devices(provider.plugin, provider.package), dict(provider.options))
        return None
    if provider.name == CPU:
        return [CPU]
    if provider.package == "onnxruntime-gpu":
        _load_cuda_from_packages()
    return [(provider.name, dict(provider.options)), CPU]


@cache
def _load_cuda_from_packages() -> None:
    """Let CUDA's libraries be found where pip has put them. Without such packages, those of the system are found."""
    if importlib.util.find_spec("nvidia") is not None:
        ort.preload_dlls()


def is_installed(provider: Provider) -> bool:
    """Whether the runtime or a package has it; it may still find no device."""
    if provider.plugin is None:
        return provider.name in ort.get_available_providers()
    return provider.plugin in sys.modules or importlib.util.find_spec(provider.plugin) is not None


def missing_library(provider: Provider) -> str | None:
    """Why the library of a provider that the runtime brings cannot be loaded, after it failed; None if it can.

    The runtime tells that to its log alone.
    """
    folder = Path(ort.__file__).parent / "capi"
    library = folder / f"libonnxruntime_providers_{provider.name.removesuffix('ExecutionProvider').lower()}.so"
    if provider.plugin is not None or not library.exists():
        return None
    try:
        ctypes.CDLL(str(folder / "libonnxruntime_providers_shared.so"), ctypes.RTLD_GLOBAL)
        ctypes.CDLL(str(library))
    except OSError as error:
        return f"{provider.package} cannot be loaded: {error}"
    return None


def _devices(plugin: str, package: str) -> list[Any]:
    """The devices of a plug-in. Found out once for all threads, because a library can be registered once."""
    with _lock:
        if plugin not in _known:
            try:
                _known[plugin] = _register(plugin, package)
            except ProviderUnavailable as reason:
                _known[plugin] = str(reason)  # the exception would keep alive what has asked first
        known = _known[plugin]
    if isinstance(known, str):
        raise ProviderUnavailable("loaded", known)
    return known


def _load_cuda_beside(library: Path) -> None:
    """Load the CUDA runtime that a package brings: TensorRT-RTX's names it, and does not say where it is."""
    for runtime in library.parent.glob("libcudart.so.*"):
        ctypes.CDLL(str(runtime), ctypes.RTLD_GLOBAL)


def _register(plugin: str, package: str) -> list[Any]:
    try:
        module = importlib.import_module(plugin)
        name, library = module.get_ep_name(), module.get_library_path()
        _load_cuda_beside(Path(library))
        ort.register_execution_provider_library(name, library)
        found = [device for device in ort.get_ep_devices() if device.ep_name == name]
    except Exception as error:  # a stranger's library, and the runtime's exceptions have no base class of their own
        raise ProviderUnavailable("loaded", f"{package} cannot be loaded: {reason_of(error)}") from error
    if not found:
        raise ProviderUnavailable("loaded", f"{package} finds no device")
    return found
