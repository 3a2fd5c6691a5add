import sqlite3
from pathlib import Path

import pytest

from edge.runtime.database import Database

SCHEMA = ("CREATE TABLE notes (text TEXT)", "CREATE INDEX texts ON notes (text)")


def database(path: Path, version: int = 1) -> Database:
    return Database(path, version=version, schema=SCHEMA, lock_s=0.1)


def note(opened: Database, text: str) -> None:
    with opened.writing():
        opened.connection.execute("INSERT INTO notes VALUES (?)", (text,))


def test_what_was_written_is_there_again_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "notes.db"
    opened = database(path)
    note(opened, "one")
    opened.close()
    opened = database(path)
    assert opened.one("SELECT COUNT(*) FROM notes") == 1
    assert not opened.set_aside
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_change_that_fails_leaves_nothing(tmp_path: Path) -> None:
    opened = database(tmp_path / "notes.db")

    def change() -> None:
        with opened.writing():
            opened.connection.execute("INSERT INTO notes VALUES ('one')")
            opened.connection.execute("INSERT INTO others VALUES ('two')")

    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        change()
    assert opened.one("SELECT COUNT(*) FROM notes") == 0


@pytest.mark.parametrize(
    "content", [b"no database at all, and longer than a header of sixteen bytes", b"SQLite format 3\0"]
)
def test_a_damaged_file_is_put_aside(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    opened = database(path)
    note(opened, "one")
    assert opened.set_aside
    assert path.with_name("notes.db.damaged").read_bytes() == content


def test_a_file_of_another_version_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    database(path, version=2).close()
    assert database(path).set_aside


def test_two_processes_may_create_the_file_at_once(tmp_path: Path) -> None:
    one, two = database(tmp_path / "notes.db"), database(tmp_path / "notes.db")
    note(one, "one")
    note(two, "two")
    assert one.one("SELECT COUNT(*) FROM notes") == 2


def test_a_file_that_another_one_writes_is_waited_for_and_then_given_up(tmp_path: Path) -> None:
    one, two = database(tmp_path / "notes.db"), database(tmp_path / "notes.db")
    with one.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
        note(two, "two")
