"""Engines are built ahead, found as long as nothing changes that they depend on, and thrown away if damaged."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper, save

from edge.hardware.tuned import engine_folders
from edge.runtime.onnx import compute, engines, session
from edge.runtime.onnx.plan import Provider, Shapes, with_shapes
from edge.runtime.onnx.report import providers_in_use
from edge.settings import ComputeSettings, Settings
from edge.store import ModelStore
from edge.tune import building


@pytest.fixture(autouse=True)
def _on_the_processor_again() -> Iterator[None]:
    yield
    compute.use(ComputeSettings())


@pytest.fixture
def model(tmp_path: Path) -> Path:
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], ["y"])],
        "twice",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])],
    )
    path = tmp_path / "twice.onnx"
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))
    return path


@pytest.fixture
def tensorrt(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """TensorRT that is installed and builds nothing; what was asked of it."""
    asked: list[str] = []
    create = session._create

    def refuse(model: Path, provider: Provider, threads: int) -> object:
        if provider.device == "tensorrt":
            asked.append(provider.options["trt_engine_cache_path"])
            raise RuntimeError("a damaged engine")
        return create(model, provider, threads)

    monkeypatch.setattr(session, "_create", refuse)
    monkeypatch.setattr(session, "is_installed", lambda provider: provider.plugin is None and provider.device != "cuda")
    return asked


def use(folder: Path) -> None:
    compute.use(ComputeSettings(stt="tensorrt"), lambda: compute.Kept(engines={"stt": folder}))


def reasons(model: Path) -> list[str]:
    opened = session.open_session(model, "a model", stage="stt")
    assert opened.run(None, {"x": np.array([1], np.float32)})[0][0] == 2
    return [it.reason for used in providers_in_use() if used.model == model.name for it in used.instead_of]


def test_an_engine_is_never_built_in_a_turn(model: Path, tensorrt: list[str], tmp_path: Path) -> None:
    use(tmp_path / "engines" / "stt-1")
    (why,) = reasons(model)
    assert why.startswith("its engines are not built")
    assert "models build" in why
    assert tensorrt == []


def test_engines_that_cannot_be_used_are_thrown_away(model: Path, tensorrt: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "engines" / "stt-1"
    engines.begin(folder)
    engines.finish(folder)
    use(folder)
    assert reasons(model)[0] == "a damaged engine"
    assert tensorrt == [str(folder)]
    assert not folder.exists()


def test_building_removes_what_is_stale_and_leaves_other_stages_alone(tmp_path: Path) -> None:
    old, other, new = (tmp_path / name for name in ("stt-1", "tts-1", "stt-2"))
    for folder in (old, other):
        engines.begin(folder)
        engines.finish(folder)
    engines.begin(new)
    assert not old.exists()
    assert engines.is_built(other)
    assert not engines.is_built(new)


def test_a_stage_that_nothing_builds_says_why(
    tensorrt: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: Path, store: ModelStore
) -> None:
    folder = tmp_path / "engines" / "stt-1"
    use(folder)
    monkeypatch.setattr(building, "open_stage", lambda stage, *_: lambda: session.open_session(model, "a", stage=stage))
    found = {it.stage: it for it in building.build_engines(Settings(), store)}
    assert found["vad"] == building.Built("vad", built=False)
    assert found["stt"] == building.Built("stt", built=False, reason="a damaged engine")
    assert tensorrt
    assert not folder.exists()
    assert not compute.builds_engines()


def test_engines_belong_to_a_board_and_its_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = engine_folders(tmp_path, {"stt": "a", "tts": "a"})
    other = engine_folders(tmp_path, {"stt": "b", "tts": "a"})
    assert one["stt"] != other["stt"]
    assert one["tts"] == other["tts"]
    monkeypatch.setattr("edge.hardware.tuned.this_board", lambda: {"driver": "new"})
    assert engine_folders(tmp_path, {"tts": "a"})["tts"] != one["tts"]


@pytest.mark.parametrize(("plugin", "prefix"), [(None, "trt"), ("onnxruntime_ep_nv_tensorrt_rtx", "nv")])
def test_tensorrt_is_told_the_sizes_of_an_input(plugin: str | None, prefix: str) -> None:
    told = with_shapes(Provider("tensorrt", "T", "p", plugin), {"audio": Shapes((1, 16), (1, 160), (1, 1600))})
    assert told.options == {
        f"{prefix}_profile_min_shapes": "audio:1x16",
        f"{prefix}_profile_opt_shapes": "audio:1x160",
        f"{prefix}_profile_max_shapes": "audio:1x1600",
    }
    cuda = Provider("cuda", "C", "p")
    assert with_shapes(cuda, {"audio": Shapes((1,), (1,), (1,))}) == cuda
