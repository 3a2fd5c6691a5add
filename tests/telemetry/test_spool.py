"""The queue on disk: in order, bounded, and whole after any death of the process."""

import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule

from edge.telemetry.spool import Record, Spool

LIMIT_BYTES = 4000
_EACH_BYTES = 64


def record(payload: bytes = b'{"id":"a"}', *, texts: bool = False, reported: float = 1.0) -> Record:
    return Record("event", payload, texts, reported)


def opened(path: Path, *, transcripts: bool = False, limit_bytes: int = LIMIT_BYTES) -> Spool:
    return Spool(path, limit_bytes=limit_bytes, transcripts=transcripts)


def drained(spool: Spool) -> Iterator[bytes]:
    """Every payload in order, removed."""
    while (stored := spool.oldest()) is not None:
        yield stored.record.payload
        spool.remove([stored.number])


def killed(path: Path, to: Path) -> Path:
    """What a killed process leaves: the file and its log as the kernel has them at this moment."""
    to.mkdir()
    for file in path.parent.iterdir():
        if file.is_file():
            shutil.copy(file, to / file.name)
    return to / path.name


class AnyInterleaving(RuleBasedStateMachine):
    """Puts, acknowledgements, kills and restarts in any order, compared with a list."""

    numbers = Bundle("numbers")

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._deaths = 0
        self._path = Path(self._folder.name) / "0" / "spool.db"
        self._spool = opened(self._path)
        self._expected: list[tuple[int, bytes]] = []
        self._next = 1
        self._inherited = 0

    def teardown(self) -> None:
        self._spool.close()
        self._folder.cleanup()

    @rule(sizes=st.lists(st.integers(2, 900), min_size=1, max_size=12))
    def put(self, sizes: list[int]) -> None:
        payloads = [json.dumps("x" * (size - 2)).encode() for size in sizes]
        dropped = self._spool.put([record(payload) for payload in payloads])
        self._expected += enumerate(payloads, self._next)
        self._next += len(payloads)
        held, expected_dropped = sum(len(payload) + _EACH_BYTES for _, payload in self._expected), 0
        while held > LIMIT_BYTES:
            held -= len(self._expected.pop(0)[1]) + _EACH_BYTES
            expected_dropped += 1
        assert dropped == expected_dropped

    @rule(target=numbers)
    def take(self) -> int:
        stored = self._spool.oldest()
        if not self._expected:
            assert stored is None
            return -1
        assert stored is not None
        assert (stored.number, stored.record.payload) == self._expected[0]
        assert (stored.record.reported == float("-inf")) == (stored.number <= self._inherited)
        return stored.number

    @rule(number=numbers)
    def acknowledge(self, number: int) -> None:
        self._spool.remove([number])  # perhaps again, or after it was dropped
        self._expected = [(other, payload) for other, payload in self._expected if other != number]

    @rule()
    def end(self) -> None:
        self._spool.close()
        self._reopen(self._path)

    @rule()
    def kill(self) -> None:
        left = killed(self._path, self._new_folder())
        self._spool.close()
        self._reopen(left)

    @precondition(lambda self: self._expected)
    @rule(statement=st.integers(1, 6), remove=st.booleans())
    def kill_during_a_change(self, statement: int, remove: bool) -> None:
        """It is made as a whole or not at all."""
        left: list[Path] = []
        seen = 0

        def at_statement(_: str) -> None:
            nonlocal seen
            seen += 1
            if seen == statement:
                left.append(killed(self._path, self._new_folder()))

        before = list(self._expected)
        self._spool._db.set_trace_callback(at_statement)
        if remove:
            number = self._expected[0][0]
            self.acknowledge(number)
        else:
            self.put([100, 100])
        self._spool._db.set_trace_callback(None)
        after = self._expected
        if not left:
            left.append(killed(self._path, self._new_folder()))
        self._spool.close()
        self._reopen(left[0])
        whole = opened(killed(self._path, self._new_folder()))
        found = list(drained(whole))
        whole.close()
        assert found in ([payload for _, payload in before], [payload for _, payload in after])
        if found == [payload for _, payload in before]:
            self._expected = before
            self._next -= 0 if remove else 2  # the numbers of what never was

    def _new_folder(self) -> Path:
        self._deaths += 1
        return Path(self._folder.name) / str(self._deaths)

    def _reopen(self, path: Path) -> None:
        self._path = path
        self._spool = opened(path)
        assert not self._spool.set_aside
        self._inherited = self._next - 1

    @invariant()
    def the_count_is_right_and_the_bound_holds(self) -> None:
        assert self._spool.records == len(self._expected)
        assert self._spool._size() == (self._spool.records, self._spool._bytes)
        assert self._spool._bytes <= LIMIT_BYTES


AnyInterleaving.TestCase.settings = settings(stateful_step_count=15)
TestAnyInterleaving = pytest.mark.slow(AnyInterleaving.TestCase)


@given(payloads=st.lists(st.binary(min_size=1, max_size=300), max_size=10))
def test_what_goes_in_comes_out_in_order(payloads: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        spool = opened(Path(folder) / "spool.db")
        spool.put([record(payload) for payload in payloads])
        assert list(drained(spool)) == payloads
        spool.close()


def test_a_number_is_never_used_again(tmp_path: Path) -> None:
    spool = opened(tmp_path / "spool.db")
    spool.put([record()])
    first = spool.oldest()
    assert first is not None
    spool.remove([first.number])
    spool.close()
    spool = opened(tmp_path / "spool.db")
    spool.put([record(b"{}")])
    spool.remove([first.number])
    assert list(drained(spool)) == [b"{}"]
    spool.close()


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        spool = opened(tmp_path / "spool.db")
        spool.put([record()])
        assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
        assert len(list(tmp_path.iterdir())) == 2
        spool.close()
    finally:
        os.umask(before)


def test_two_speakers_cannot_share_it(tmp_path: Path) -> None:
    spool = opened(tmp_path / "spool.db")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        opened(tmp_path / "spool.db")
    spool.put([record()])
    spool.close()


@pytest.mark.parametrize("damage", ["no database", "torn", "truncated", "of another version"])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "spool.db"
    spool = opened(path, limit_bytes=1_000_000)
    spool.put([record(b"x" * 500) for _ in range(500)])
    spool.close()
    content = bytearray(path.read_bytes())
    match damage:
        case "no database":
            path.write_bytes(b"\0\xff" * 5000)
        case "torn":
            for at in range(4096, len(content), 4096):
                content[at : at + 100] = b"\xaa" * 100
            path.write_bytes(content)
        case "truncated":
            path.write_bytes(content[: len(content) // 2])
        case _:
            db = sqlite3.connect(path)
            db.execute("PRAGMA user_version = 99")
            db.close()
    (tmp_path / "spool.db-wal").write_bytes(b"the log of the old file")
    spool = opened(path)
    assert spool.set_aside
    assert (tmp_path / "spool.db.damaged").exists()
    assert spool.records == 0
    spool.put([record()])
    assert list(drained(spool)) == [b'{"id":"a"}']
    spool.close()
    spool = opened(path)
    assert not spool.set_aside
    spool.close()


def test_what_was_removed_can_no_longer_be_read_in_the_file(tmp_path: Path) -> None:
    spool = opened(tmp_path / "spool.db", transcripts=True)
    spool.put([record(b'{"transcript":"call my doctor"}', texts=True)])
    assert list(drained(spool))
    spool.close()
    assert b"doctor" not in (tmp_path / "spool.db").read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["spool.db"]


def test_the_file_is_not_much_larger_than_its_bound(tmp_path: Path) -> None:
    spool = opened(tmp_path / "spool.db", limit_bytes=1_000_000)
    for _ in range(100):
        spool.put([record(os.urandom(700)) for _ in range(50)])
    spool.close()
    assert (tmp_path / "spool.db").stat().st_size < 1_600_000
