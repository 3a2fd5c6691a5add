"""The providers of this process: built into the runtime, or brought by a plug-in beside it.

A plug-in is a package `onnxruntime-ep-...` with a shared library, which is registered with the runtime once, and then
lists the devices that it can use.
"""

import importlib
import importlib.util
from functools import cache
from typing import Any

from edge.runtime.onnx.files import first_line
from edge.runtime.onnx.plan import CPU, Provider
from edge.runtime.onnx.runtime import ort


class ProviderUnavailable(Exception):  # noqa: N818 - it is not an error: the next provider is tried
    """This provider cannot be used here; the text says why."""


def use(provider: Provider, options: ort.SessionOptions) -> list[str | tuple[str, dict[str, str]]] | None:
    """Let a session run on a provider: adds its devices to `options`, or returns the providers to name.

    Raises `ProviderUnavailable`.
    """
    if provider.package is not None:
        options.add_provider_for_devices(_devices(provider.package), dict(provider.options))
        return None
    if provider.name not in ort.get_available_providers():
        message = f"this onnxruntime has no {provider.name}"
        raise ProviderUnavailable(message)
    if provider.name == CPU:
        return [CPU]
    return [(provider.name, dict(provider.options)), CPU]


def is_installed(provider: Provider) -> bool:
    """Whether the runtime or a package has it; it may still find no device."""
    if provider.package is None:
        return provider.name in ort.get_available_providers()
    return importlib.util.find_spec(provider.package) is not None


@cache
def _devices(package: str) -> list[Any]:
    """The devices of a plug-in. Kept, because a library is registered once."""
    try:
        plugin = importlib.import_module(package)
    except ImportError:
        message = f"the package {package.replace('_', '-')} is not installed"
        raise ProviderUnavailable(message) from None
    try:
        name = plugin.get_ep_name()
        ort.register_execution_provider_library(name, plugin.get_library_path())
        found = [device for device in ort.get_ep_devices() if device.ep_name == name]
    except Exception as error:  # a stranger's library, and the runtime's exceptions have no base class of their own
        message = f"{package.replace('_', '-')} cannot be loaded: {first_line(error)}"
        raise ProviderUnavailable(message) from error
    if not found:
        message = f"{package.replace('_', '-')} finds no device"
        raise ProviderUnavailable(message)
    return found
