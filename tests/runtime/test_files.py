"""A file holds the old content or the new, and nothing is left beside it."""

import os
from pathlib import Path

import pytest

from edge.runtime.files import SavedValue, atomic_write
from edge.runtime.virtual_time import instantly


def test_the_content_is_replaced_and_missing_folders_are_made(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "file.json"
    atomic_write(file, b"one")
    atomic_write(file, b"two")
    assert file.read_bytes() == b"two"
    assert [it.name for it in file.parent.iterdir()] == ["file.json"]


def test_a_disk_that_fails_leaves_the_old_content_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file.json"
    atomic_write(file, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        atomic_write(file, b"new")
    assert file.read_bytes() == b"old"
    assert [it.name for it in tmp_path.iterdir()] == ["file.json"]


@instantly
async def test_the_latest_of_many_values_is_saved_and_not_each_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = 0
    fsync = os.fsync

    def counted(file: int) -> None:
        nonlocal writes
        writes += 1
        fsync(file)

    monkeypatch.setattr(os, "fsync", counted)
    saved = SavedValue(tmp_path / "value.json", failure="failed")
    assert saved.read() is None
    for number in range(1000):
        saved.save(number)
    await saved.aclose()
    assert saved.read() == 999
    assert writes <= 2
