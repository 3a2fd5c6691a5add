import tarfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from edge.errors import ModelError
from edge.store.archives import read_packed
from edge.store.manifest import ArchiveSource, ModelFile
from edge.store.sources import Fetcher
from edge.store.web import download
from edge.store.wheels import WheelFolder
from tests.store.hub import Hub
from tests.store.shop import Shop, fingerprint

DATA = bytes(range(256)) * 2000


def test_a_file_arrives_whole(hub: Hub, tmp_path: Path) -> None:
    hub.files["/f"] = DATA
    seen: list[int] = []
    download(f"{hub.url}/f", tmp_path / "f", len(DATA), seen.append)
    assert (tmp_path / "f").read_bytes() == DATA
    assert seen[-1] == len(DATA)
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


def test_a_transfer_that_is_cut_goes_on_where_it_was(hub: Hub, tmp_path: Path) -> None:
    hub.files["/f"] = DATA
    hub.cut_after = [300_000, 100_000]
    download(f"{hub.url}/f", tmp_path / "f", len(DATA), lambda _: None)
    assert (tmp_path / "f").read_bytes() == DATA
    assert hub.ranges[0] is None
    assert all(wanted and wanted != "bytes=0-" for wanted in hub.ranges[1:])


def test_a_server_that_gives_nothing_is_not_asked_forever(hub: Hub, tmp_path: Path) -> None:
    hub.files["/f"] = DATA
    hub.cut_after = [300_000, 0, 0, 0]
    with pytest.raises(ModelError) as caught:
        download(f"{hub.url}/f", tmp_path / "f", len(DATA), lambda _: None)
    assert caught.value.code == "model-fetch-failed"
    assert len(hub.ranges) == 2
    hub.cut_after = []
    download(f"{hub.url}/f", tmp_path / "f", len(DATA), lambda _: None)
    assert (tmp_path / "f").read_bytes() == DATA
    assert hub.ranges[-1] != "bytes=0-"


def test_two_versions_are_never_joined(hub: Hub, tmp_path: Path) -> None:
    hub.files["/f"] = DATA
    hub.cut_after = [300_000, 0]
    with pytest.raises(ModelError):
        download(f"{hub.url}/f", tmp_path / "f", len(DATA), lambda _: None)
    hub.files["/f"], hub.tag = DATA[::-1], '"two"'
    download(f"{hub.url}/f", tmp_path / "f", len(DATA), lambda _: None)
    assert (tmp_path / "f").read_bytes() == DATA[::-1]


def test_a_file_longer_than_promised_is_refused(hub: Hub, tmp_path: Path) -> None:
    hub.files["/f"] = DATA
    with pytest.raises(ModelError, match="longer than 1000 bytes") as caught:
        download(f"{hub.url}/f", tmp_path / "f", 1000, lambda _: None)
    assert caught.value.code == "model-source-damaged"
    assert not (tmp_path / "f").exists()


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_refusal_is_passed_on(hub: Hub, tmp_path: Path, status: int) -> None:
    hub.status = status
    with pytest.raises(ModelError, match=str(status)) as caught:
        download(f"{hub.url}/f", tmp_path / "f", 1000, lambda _: None)
    assert caught.value.code == "model-fetch-failed"


def test_no_server_is_no_network(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        download("http://127.0.0.1:1/f", tmp_path / "f", 1000, lambda _: None)
    assert caught.value.code == "model-fetch-failed"


def hub_model(shop: Shop, hub: Hub, monkeypatch: pytest.MonkeyPatch, **known: Any) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    hub.files["/some/brain/resolve/main/q4/brain.gguf"] = DATA
    members = {"brain.gguf": "q4/brain.gguf"}
    source = {"kind": "hub", "repository": "some/brain", "revision": "main", "members": members}
    shop.manifest("brain", [source], [{"name": "brain.gguf", **known}])


def test_a_hub_model_with_hashes_is_checked(shop: Shop, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub_model(shop, hub, monkeypatch, **fingerprint(DATA))
    store = shop.open(offline=False)
    store.pull(["brain"])
    assert (store.locate("brain") / "brain.gguf").read_bytes() == DATA
    hub_model(shop, hub, monkeypatch, **fingerprint(DATA[::-1]))
    with pytest.raises(ModelError) as caught:
        shop.open(offline=False).pull(["brain"])
    assert caught.value.code == "model-source-damaged"


def test_a_hub_model_without_hashes_is_pinned_to_its_first_download(
    shop: Shop, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub_model(shop, hub, monkeypatch)
    store = shop.open(offline=False)
    store.pull(["brain"])
    folder = store.locate("brain")
    (folder / "brain.gguf").unlink()
    hub.files["/some/brain/resolve/main/q4/brain.gguf"] = DATA[::-1]
    hub.tag = '"two"'
    with pytest.raises(ModelError, match=f"delete {folder}") as caught:
        store.pull(["brain"])
    assert caught.value.code == "model-changed"
    assert not (folder / "brain.gguf").exists()
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink()
    folder.rmdir()
    store.pull(["brain"])
    assert (store.locate("brain") / "brain.gguf").read_bytes() == DATA[::-1]


class _Counts:
    def step(self, have: int) -> None: ...

    def done(self, size: int) -> None: ...


def test_an_archive_is_fetched_once_for_all_its_files(hub: Hub, tmp_path: Path) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("voice/one", b"1")
        archive.writestr("voice/two", b"2")
    hub.files["/voice.zip"] = packed.getvalue()
    members = {name: f"voice/{name}" for name in ("one", "two")}
    plain = ArchiveSource.model_construct(kind="archive", url=f"{hub.url}/voice.zip", members=members)  # without TLS
    place = tmp_path / "incoming"
    wheels = WheelFolder(tmp_path / "wheels", find_links=None, offline=True)
    fetcher = Fetcher(plain, place, wheels, tmp_path)
    for name in members:
        fetcher.fetch(ModelFile(name=name), place / name, _Counts())
    assert [(place / name).read_bytes() for name in ("one", "two")] == [b"1", b"2"]
    assert len(hub.ranges) == 1


def packed(members: dict[str, bytes]) -> bytes:
    """A compressed tar."""
    stream = BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, BytesIO(data))
    return stream.getvalue()


def test_a_tar_is_an_archive_too(tmp_path: Path) -> None:
    path = tmp_path / "voice.tgz"
    path.write_bytes(packed({"voice/one": b"1", "voice/two": DATA}))
    assert b"".join(read_packed(path, "voice/two", len(DATA))) == DATA
    for member, limit, what in (("voice/two", 10, "longer than 10 bytes"), ("voice/three", 10, "holds no voice/three")):
        with pytest.raises(ModelError, match=what) as caught:
            list(read_packed(path, member, limit))
        assert caught.value.code == "model-source-damaged"


@pytest.mark.parametrize("data", [b"", b"no archive", packed({"voice/one": DATA})[:-500]])
def test_a_damaged_tar_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "voice.tgz"
    path.write_bytes(data)
    with pytest.raises(ModelError) as caught:
        list(read_packed(path, "voice/one", len(DATA)))
    assert caught.value.code == "model-source-damaged"
