"""An accelerator gets the files in standard operators, where the owner has made them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from edge.runtime.onnx import compute
from edge.runtime.onnx.providers import is_installed
from edge.settings import ComputeSettings, Device
from edge.store import ModelStore
from edge.store.manifest import STANDARD
from edge.store.standard import keep_standard
from edge.stt.moonshine.form import folder_for

MODEL = "moonshine-tiny-en"


@pytest.fixture(autouse=True)
def _processor_afterwards() -> Iterator[None]:
    yield
    compute.use(ComputeSettings())


@pytest.fixture
def copied(store: ModelStore, tmp_path: Path) -> ModelStore:
    """A store with the same model, so that the real one stays as it is."""
    (tmp_path / MODEL).mkdir()
    for it in (store.folder / MODEL).iterdir():
        if it.name != STANDARD:
            (tmp_path / MODEL / it.name).symlink_to(it)
    return ModelStore(tmp_path)


@pytest.fixture
def owned(copied: ModelStore) -> ModelStore:
    def write(folder: Path) -> None:
        for form in ("float", "int8"):
            (folder / form).mkdir()
            (folder / form / "encoder.onnx").write_bytes(b"network")

    keep_standard(copied, MODEL, write)
    return copied


def installed(monkeypatch: pytest.MonkeyPatch, *devices: Device) -> None:
    monkeypatch.setattr("edge.runtime.onnx.providers.is_installed", lambda it: it.device in {*devices, "cpu"})


@pytest.mark.parametrize(("device", "form"), [("cuda", "float"), ("tensorrt", "int8"), ("openvino", "int8")])
def test_a_device_gets_the_form_that_it_computes(
    owned: ModelStore, monkeypatch: pytest.MonkeyPatch, device: Device, form: str
) -> None:
    installed(monkeypatch, device)
    compute.use(ComputeSettings(device=device))
    assert folder_for(owned, MODEL) == owned.folder / MODEL / "standard" / form


def test_the_processor_keeps_the_published_networks(owned: ModelStore) -> None:
    assert folder_for(owned, MODEL) == owned.folder / MODEL / "converted"


def test_so_does_a_device_whose_provider_is_not_installed(owned: ModelStore) -> None:
    compute.use(ComputeSettings(device="qnn"))
    assert not any(is_installed(it) for it in compute.plan("stt").providers if it.device == "qnn")
    assert folder_for(owned, MODEL) == owned.folder / MODEL / "converted"


def test_a_device_gets_the_published_networks_where_no_others_were_made(
    copied: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(monkeypatch, "cuda")
    compute.use(ComputeSettings(device="cuda"))
    assert folder_for(copied, MODEL) == copied.folder / MODEL / "converted"
