"""Logs on standard error, one event per line: level, logger, event, fields. Without variables and texts of users."""

import logging
import os
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog

_PRIORITIES = {"debug": 7, "info": 6, "warning": 4, "error": 3, "exception": 3, "critical": 2}
"""The priorities of syslog(3), which sd-daemon(3) expects in front of a line."""

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class _Logger(structlog.PrintLogger):
    """A print logger with a name."""

    def __init__(self, file: TextIO, name: str) -> None:
        super().__init__(file)
        self.name = name


def set_up_logging(level: str) -> None:
    """Log from `level` on; under systemd with priorities (`journalctl -p`) and without times, which the journal adds.

    Raises ValueError for a level other than debug, info, warning or error.
    """
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        message = f"--log-level must be debug, info, warning or error, not '{level}'"
        raise ValueError(message)
    in_journal = "JOURNAL_STREAM" in os.environ
    processors: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.stdlib.add_logger_name,
    ]
    if not in_journal:
        processors.append(structlog.processors.TimeStamper(fmt="%H:%M:%S.%f"))
    processors.append(
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty() and not in_journal, exception_formatter=format_without_values
        )
    )
    if in_journal:
        processors.append(_with_priority)
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *names: _Logger(sys.stderr, names[0] if names else "edge"),
        cache_logger_on_first_use=False,
    )


def format_without_values(file: TextIO, exc_info: ExcInfo) -> None:
    """Write frames and exception types, but no messages, because an exception may quote a user."""
    error: BaseException | None = exc_info[1]
    while error is not None:
        file.write("\n" + "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
        error = error.__cause__ or error.__context__
        if error is not None:
            file.write("\n\ncaused by:")


def _with_priority(_logger: object, method: str, line: str | MutableMapping[str, Any]) -> str:
    prefix = f"<{_PRIORITIES.get(method, 6)}>"
    return "\n".join(prefix + part for part in str(line).splitlines())
