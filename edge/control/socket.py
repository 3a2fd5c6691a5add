"""The local socket: commands from programs on this machine, as JSON lines.

One request per line, one reply per line, in order; the reply to "tail" is followed by records, one per line. To
interrupt its own request, a program opens a second connection.
The file's permissions (owner and group) decide who may connect.
"""

import asyncio
import contextlib
import os
import socket
from collections import OrderedDict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Self

import structlog

from edge.control import Execute, Reply
from edge.control.requests import MAX_LINE_BYTES, decode, encode_error, encode_record, encode_reply
from edge.errors import ControlError, EdgeError
from edge.telemetry.tail import Tail

MAX_CONNECTIONS = 16
MAX_TAILS = 4
"""Connections that watch records; the others stay free for commands."""

IDLE_S = 30.0
"""A connection without a request for this long is closed."""

WRITE_S = 5.0
"""A client that does not read its reply for this long is disconnected."""

log = structlog.get_logger("control")

_Connection = asyncio.Task[None]


class ControlServer:
    """Serves the socket at `path`, as a context manager.

    At most `MAX_CONNECTIONS` are open. A new one replaces the one that has been idle longest; if all are waiting for a
    reply, the new one gets the error "control-busy".
    """

    def __init__(self, path: Path, execute: Execute) -> None:
        self._path = path
        self._execute = execute
        self._idle: OrderedDict[_Connection, None] = OrderedDict()
        self._connections: set[_Connection] = set()
        self._server: asyncio.Server | None = None
        self._tails = 0

    async def __aenter__(self) -> Self:
        """Listen. Raises `ControlError` "control-unavailable" or "control-in-use"."""
        try:
            listening = _bind(self._path)
        except OSError as error:
            raise ControlError(
                "control-unavailable",
                f"{self._path}: {error.strerror or error}",
                "local commands are unavailable: the folder must exist and be writable",
            ) from error
        self._server = await asyncio.start_unix_server(self._accept, sock=listening, limit=MAX_LINE_BYTES)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Remove the socket and close all connections."""
        assert self._server is not None  # noqa: S101 - set on entering
        with contextlib.suppress(OSError):
            self._path.unlink()
        self._server.close()
        for connection in self._connections:
            connection.cancel()
        while self._connections:
            await asyncio.wait(self._connections)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serve = self._serve(reader, writer)
        if len(self._connections) >= MAX_CONNECTIONS:
            if self._idle:
                oldest, _ = self._idle.popitem(last=False)
                oldest.cancel()
            else:
                serve.close()
                serve = self._refuse(writer)
        connection = asyncio.create_task(serve, name="control connection")
        self._connections.add(connection)
        connection.add_done_callback(self._forget)

    def _forget(self, connection: _Connection) -> None:
        self._connections.discard(connection)
        self._idle.pop(connection, None)

    async def _refuse(self, writer: asyncio.StreamWriter) -> None:
        error = ControlError("control-busy", "too many programs are connected to the speaker", "try again later")
        async with _closing(writer):
            await _send(writer, encode_error(error))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        this = asyncio.current_task()
        assert this is not None  # noqa: S101 - this is a task
        async with _closing(writer):
            while True:
                self._idle[this] = None
                async with asyncio.timeout(IDLE_S):
                    line = await _line(reader, writer)
                self._idle.pop(this, None)
                if line is None:
                    return
                reply = await self._reply(line)
                await _send(writer, encode_error(reply) if isinstance(reply, EdgeError) else encode_reply(reply))
                if isinstance(reply, Tail):
                    await self._follow(reply, reader, writer)
                    return

    async def _reply(self, line: bytes) -> Reply | EdgeError:
        try:
            reply = await self._execute(decode(line))
        except EdgeError as error:
            return error
        except Exception:  # a bug must not end the server
            log.exception("command-crashed")
            return ControlError("command-crashed", "the command failed", "see the log for details")
        if isinstance(reply, Tail) and self._tails >= MAX_TAILS:
            reply.close()
            return ControlError("control-busy", f"{MAX_TAILS} programs already watch the records", "end one of them")
        return reply

    async def _follow(self, tail: Tail, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send each record, until the client leaves or sends anything."""
        self._tails += 1
        tasks = {asyncio.ensure_future(_send_records(tail, writer)), asyncio.ensure_future(reader.read(1))}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._tails -= 1
            tail.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()


async def _send_records(tail: Tail, writer: asyncio.StreamWriter) -> bytes:
    async for kind, payload in tail:
        await _send(writer, encode_record(kind, payload))
    return b""


@contextlib.asynccontextmanager
async def _closing(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    """Close the connection at the end, or early if the client is too slow or gone."""
    try:
        yield
    except (TimeoutError, ConnectionError):
        writer.transport.abort()
    finally:
        writer.close()


async def _line(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes | None:
    """The next request; None at the end of the connection or if the request is too long."""
    try:
        return await reader.readuntil()
    except asyncio.IncompleteReadError:
        return None
    except asyncio.LimitOverrunError:
        error = ControlError("command-invalid", f"a request has at most {MAX_LINE_BYTES} bytes", "shorten it")
        await _send(writer, encode_error(error))
        return None


async def _send(writer: asyncio.StreamWriter, line: bytes) -> None:
    writer.write(line)
    async with asyncio.timeout(WRITE_S):
        await writer.drain()


def _bind(path: Path) -> socket.socket:
    """A socket that listens at `path` for owner and group. Replaces one left behind by a killed process."""
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    if _is_served(path):
        raise ControlError("control-in-use", f"another speaker listens at {path}", "run only one speaker per user")
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
    try:
        listening.bind(str(path))
        os.chmod(path, 0o660)  # noqa: PTH101 - before it listens
    except OSError:
        listening.close()
        raise
    return listening


def _is_served(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.setblocking(False)
        try:
            probe.connect(str(path))
        except BlockingIOError:  # its queue is full, so a process is listening
            return True
        except OSError:
            return False
        return True
