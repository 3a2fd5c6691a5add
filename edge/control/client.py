"""A client of the local socket, for the command line. It blocks."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError

from edge.control import Ask, Command
from edge.control.requests import encode_command
from edge.errors import ControlError
from edge.events import TurnRecord
from edge.runtime.paths import control_sockets

ANSWER_S = 180.0
"""The timeout for the answer to a question."""

MAX_REPLY_BYTES = 16_777_216
"""A home of 1,000 things has about 1 MB."""


class ControlClient:
    """A connection to the running speaker, as a context manager."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._file = connected.makefile("rb")

    def __enter__(self) -> Self:
        """Do nothing: it is already connected."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect."""
        self._file.close()
        self._socket.close()

    def request(self, command: Command, *, timeout_s: float | None = ANSWER_S) -> dict[str, Any]:
        """Send a command and return the speaker's reply, see docs/mqtt.md.

        Raises the speaker's error as a `ControlError` with its code, or "daemon-not-answering".
        """
        self._socket.settimeout(timeout_s)
        try:
            self._socket.sendall(encode_command(command) + b"\n")
        except OSError as error:
            raise _not_answering() from error
        reply = self._read()
        if "error" in reply:
            raise ControlError(**reply["error"])
        return reply

    def _read(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self._file.readline(MAX_REPLY_BYTES)))
        except (OSError, ValueError, TypeError, RecursionError) as error:
            raise _not_answering() from error

    def follow(self, command: Command) -> Iterator[dict[str, Any]]:
        """Send a command that is answered with a stream, and return its objects as they come, without a timeout.

        Raises the speaker's error as a `ControlError`, or "daemon-not-answering" when the stream ends.
        """
        self.request(command, timeout_s=10.0)
        self._socket.settimeout(None)
        while True:
            yield self._read()

    def ask(self, text: str, *, speak: bool) -> TurnRecord:
        """Run one typed turn. Raises the same errors as `request`."""
        record = self.request(Ask(text, speak=speak)).get("record")
        try:
            return TypeAdapter(TurnRecord).validate_python(record)
        except ValidationError as error:
            raise ControlError(
                "daemon-not-understood",
                "the running speaker sent an unknown reply",
                "it runs another version: restart it",
            ) from error


def _not_answering() -> ControlError:
    return ControlError(
        "daemon-not-answering", "the speaker does not answer, or has ended", "see `systemctl status edge-voice`"
    )


def connect() -> ControlClient:
    """Connect to the running speaker. Raises `ControlError` "daemon-not-running" or "control-denied"."""
    client = connect_if_running()
    if client is None:
        raise ControlError(
            "daemon-not-running", "no speaker is running", "start it: `systemctl start edge-voice` or `edge-voice run`"
        )
    return client


def connect_if_running() -> ControlClient | None:
    """Connect to the running speaker; None if none is running. Raises `ControlError` "control-denied"."""
    denied: Path | None = None
    for path in control_sockets():
        connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connected.settimeout(5.0)
        try:
            connected.connect(str(path))
        except PermissionError:
            denied = denied or path
        except OSError:
            pass
        else:
            return ControlClient(connected)
        connected.close()
    if denied is not None:
        raise ControlError(
            "control-denied",
            f"no permission to connect to the running speaker ({denied})",
            "join its group: `sudo usermod -aG edge-voice $USER`, then log in again",
        )
    return None
