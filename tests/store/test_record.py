import hashlib
import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.store import record as record_module
from edge.store.manifest import ModelFile
from edge.store.record import RECORD, Record, _Seen

HOUR_NS = 3_600_000_000_000
SCALARS = st.none() | st.integers() | st.text()
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.just("file"), inner))


def pinned(data: bytes) -> ModelFile:
    return ModelFile(name="file", size=len(data), sha256=hashlib.sha256(data).hexdigest())


@given(data=st.binary(min_size=1, max_size=200), at=st.integers(0, 199), value=st.integers(1, 255))
def test_a_changed_byte_anywhere_is_found(data: bytes, at: int, value: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "file").write_bytes(data)
        record = Record(folder)
        assert record.state(pinned(data)) == "good"
        record.save()
        damaged = bytearray(data)
        damaged[at % len(data)] ^= value
        (folder / "file").write_bytes(damaged)
        assert Record(folder).state(pinned(data)) == "damaged"
        assert Record(folder).state(pinned(data), always_hash=True) == "damaged"


@given(data=st.binary(min_size=1, max_size=50), other=st.binary(max_size=60))
def test_only_the_right_bytes_are_good(data: bytes, other: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "file").write_bytes(other)
        assert (Record(Path(name)).state(pinned(data)) == "good") == (data == other)


def test_a_missing_file_and_a_folder_in_its_place_are_told_apart(tmp_path: Path) -> None:
    assert Record(tmp_path).state(pinned(b"x")) == "missing"
    (tmp_path / "file").mkdir()
    assert Record(tmp_path).state(pinned(b"x")) == "damaged"


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path, b"bytes", monkeypatch)

    def never(_: Path) -> str:
        pytest.fail("read again")

    monkeypatch.setattr(record_module, "sha256_of", never)
    assert Record(tmp_path).state(pinned(b"bytes")) == "good"


@pytest.mark.parametrize("keep_times", [False, True])
def test_a_remembered_file_that_changes_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep_times: bool
) -> None:
    settle(tmp_path, b"bytes", monkeypatch)
    before = (tmp_path / "file").stat()
    (tmp_path / "file").write_bytes(b"Bytes")
    if keep_times:
        os.utime(tmp_path / "file", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Record(tmp_path).state(pinned(b"bytes")) == "damaged"


def test_a_file_that_was_just_written_is_not_remembered(tmp_path: Path) -> None:
    """Within one tick of the file system's clock a second change would not show in its times."""
    (tmp_path / "file").write_bytes(b"bytes")
    record = Record(tmp_path)
    assert record.state(pinned(b"bytes")) == "good"
    record.save()
    (tmp_path / "file").write_bytes(b"Bytes")
    assert Record(tmp_path).state(pinned(b"bytes")) == "damaged"


@pytest.mark.parametrize(
    ("mtime_ns", "after_s", "holds"), [(5, 0.09, False), (5, 0.11, True), (0, 1.9, False), (0, 2.1, True)]
)
def test_a_file_system_that_keeps_whole_seconds_takes_longer_to_settle(
    mtime_ns: int, after_s: float, holds: bool
) -> None:
    changed_ns = 1_700_000_000 * 1_000_000_000 + mtime_ns
    now = os.stat_result((0o644, 1, 1, 1, 0, 0, 5, 0, 0, 0), {"st_mtime_ns": changed_ns, "st_ctime_ns": changed_ns})
    seen = _Seen(5, 1, changed_ns, changed_ns, changed_ns + round(after_s * 1e9), "hash")
    assert seen.still_holds(now) == holds


def test_a_file_without_a_known_hash_is_pinned_when_first_seen(tmp_path: Path) -> None:
    file = ModelFile(name="file")
    (tmp_path / "file").write_bytes(b"first")
    record = Record(tmp_path)
    assert record.state(file) == "good"
    record.save()
    (tmp_path / "file").write_bytes(b"other")
    record = Record(tmp_path)
    assert record.state(file) == "damaged"
    record.save()
    assert Record(tmp_path).state(file) == "damaged"
    (tmp_path / "file").write_bytes(b"first")
    assert Record(tmp_path).state(file) == "good"


def test_an_empty_file_is_never_good(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert Record(tmp_path).state(ModelFile(name="file")) == "damaged"


@given(st.one_of(st.binary(max_size=80), JSON.map(lambda value: json.dumps(value).encode())))
def test_a_damaged_record_only_means_reading_again(text: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "file").write_bytes(b"bytes")
        (folder / RECORD).write_bytes(text)
        assert Record(folder).state(pinned(b"bytes")) == "good"


def test_a_record_with_wrong_types_knows_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"bytes")
    entry = {"size": "5", "inode": 1, "mtime_ns": 1, "ctime_ns": 1, "hashed_ns": 1, "sha256": 7}
    (tmp_path / RECORD).write_text(json.dumps({"file": entry}))
    assert Record(tmp_path).state(ModelFile(name="file")) == "good"


def settle(folder: Path, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was seen long after it was written."""
    (folder / "file").write_bytes(data)
    now = (folder / "file").stat().st_ctime_ns
    with monkeypatch.context() as later:
        later.setattr("edge.store.record.time.time_ns", lambda: now + HOUR_NS)
        record = Record(folder)
        assert record.state(pinned(data)) == "good"
        record.save()
