"""Log lines: who says it, how bad it is, and never what a user said."""

import sys

import pytest
import structlog

from edge.runtime.logs import set_up_logging

SAID = "call my lawyer"


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_a_line_carries_the_logger_s_name_and_its_level(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("info")
    structlog.get_logger("stt").warning("model-missing", model="tiny")
    (line,) = lines(capsys)
    assert "[stt]" in line
    assert "warning" in line
    assert "model=tiny" in line


def test_in_the_journal_each_line_has_a_priority_so_that_journalctl_can_filter(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_STREAM", "8:1234")
    set_up_logging("info")
    log = structlog.get_logger("turn")
    log.info("wake")
    log.warning("stop-word-listener-failed")
    log.error("turn-failed", exc_info=ValueError("two\nlines"))
    found = lines(capsys)
    assert [line[:3] for line in found[:3]] == ["<6>", "<4>", "<3>"]
    assert all(line.startswith("<3>") for line in found[2:])


def test_below_the_level_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("warning")
    structlog.get_logger("turn").info("wake")
    assert lines(capsys) == []


def test_an_exception_shows_where_it_came_from_and_quotes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("info")

    def parse(text: str) -> None:
        numbers: dict[str, int] = {}
        try:
            numbers[text]
        except KeyError as error:
            raise ValueError(f"cannot parse {text}") from error

    try:
        parse(SAID)
    except ValueError:
        structlog.get_logger("nlu").exception("turn-failed")
    printed = "\n".join(lines(capsys))
    assert SAID not in printed
    assert "ValueError" in printed
    assert "KeyError" in printed
    assert "test_logs.py" in printed


def test_an_unknown_level_is_an_error_that_names_the_levels() -> None:
    with pytest.raises(ValueError, match="debug, info, warning or error"):
        set_up_logging("loud")


def test_logs_never_go_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("info")
    structlog.get_logger("turn").info("wake")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err
    assert sys.stderr is not sys.stdout
