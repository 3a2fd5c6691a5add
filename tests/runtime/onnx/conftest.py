"""A small model, the settings of one test, and providers that are built for it."""

import itertools
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import numpy as np
import pytest
from onnx import TensorProto, helper, save

from edge.runtime.onnx import compute, providers, report, session
from edge.runtime.onnx.plan import Provider
from edge.settings import ComputeSettings

On = Callable[[ComputeSettings], None]

FailsAt = Literal["LOADING", "LISTING", "BUILDING", "TAKING", "RUNNING", "NOWHERE"]
"""See `fake_provider.c`."""

_SOURCE = Path(__file__).parent / "fake_provider.c"
_numbers = itertools.count(1)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """y = x + x."""
    shape = [1, 2]
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], ["y"])],
        "twice",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
    )
    path = tmp_path / "twice.onnx"
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))
    return path


@pytest.fixture(autouse=True)
def on(monkeypatch: pytest.MonkeyPatch) -> Iterator[On]:
    """Sets what models run on, for one test."""
    monkeypatch.setattr(report, "_logged", set())
    monkeypatch.setattr(providers, "_known", {})
    yield compute.use
    compute.use(ComputeSettings())


def twice(model: Path) -> list[float]:
    opened = session.open_session(model, "a model", stage="stt")
    return [float(value) for value in opened.run(None, {"x": np.array([[1, 2]], np.float32)})[0][0]]


def warnings(logged: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    return [(it["provider"], it["reason"], it["instead"]) for it in logged if it["event"] == "provider-failed"]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Provider]:
    """`fake("BUILDING")`: a plug-in with a library that fails there; the runtime keeps it until the process ends.

    `brings`: a library that it needs, and that lies beside it, with a number at the end of its file's name.
    """

    def make(fails_at: FailsAt, *, working_runs: int = 0, brings: str | None = None) -> Provider:
        compiler = shutil.which("cc")
        if compiler is None:
            pytest.skip("needs a C compiler")
        name = f"Fake{next(_numbers)}ExecutionProvider"
        library = tmp_path / f"lib{name}.so"
        defined = [f'-DNAME="{name}"', f"-DFAILS_AT={fails_at}", f"-DWORKING_RUNS={working_runs}"]
        options = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", "-fPIC", "-shared", "-fvisibility=hidden"]
        needed = []
        if brings is not None:
            beside = tmp_path / f"{brings}.1"
            command = [compiler, *options, f"-Wl,-soname,{brings}", "-x", "c", "/dev/null", "-o", str(beside)]
            subprocess.run(command, check=True)
            needed = ["-Wl,--no-as-needed", str(beside)]
        subprocess.run([compiler, *options, *defined, str(_SOURCE), *needed, "-o", str(library)], check=True)
        plugin = SimpleNamespace(get_library_path=lambda: str(library), get_ep_name=lambda: name)
        monkeypatch.setitem(sys.modules, f"edge_voice_{name}", plugin)
        return Provider("webgpu", name, f"onnxruntime-ep-fake-{fails_at.lower()}", f"edge_voice_{name}")

    return make


@pytest.fixture
def only(on: On, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets models run on these providers, in this order, and on the CPU at last."""

    def use(*providers: Provider) -> None:
        monkeypatch.setattr("edge.runtime.onnx.plan._PROVIDERS", {"webgpu": providers})
        on(ComputeSettings(device="webgpu"))

    return use
