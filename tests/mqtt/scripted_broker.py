"""A broker of a few bytes, for what no real one can be made to do."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from edge.mqtt.connection import Connection
from tests.mqtt.world import connection

V311, V5 = 4, 5
CONNACK = {V311: b"\x20\x02\x00\x00", V5: b"\x20\x03\x00\x00\x00"}
TAKEN_OVER = b"\xe0\x02\x8e\x00"
"""DISCONNECT, session taken over."""

Answer = Callable[[int, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Served:
    """What was asked: the protocol level of each CONNECT."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.levels: list[int] = []
        self.writers: list[asyncio.StreamWriter] = []

    def connection(self) -> Connection:
        return connection(self.port)

    def drop(self) -> None:
        """Hang up on the last client."""
        self.writers[-1].close()


@asynccontextmanager
async def scripted(answer: Answer) -> AsyncIterator[Served]:
    """`answer(level, reader, writer)` speaks once CONNECT with that protocol level was read."""

    accepted: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted.append(writer)
        try:
            head = await packet(reader)
            served.writers.append(writer)
            served.levels.append(head[6])  # behind the name "MQTT" and its length
            await answer(head[6], reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    served = Served(server.sockets[0].getsockname()[1])
    try:
        yield served
    finally:
        server.close()
        for writer in accepted:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
        await server.wait_closed()


async def packet(reader: asyncio.StreamReader) -> bytes:
    """The body of the next packet, without its fixed header."""
    await reader.readexactly(1)
    length, shift = 0, 0
    while True:
        (byte,) = await reader.readexactly(1)
        length |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return await reader.readexactly(length)


async def acknowledge(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Read a message and acknowledge it (PUBACK)."""
    body = await packet(reader)
    at = 2 + int.from_bytes(body[:2])
    writer.write(b"\x40\x02" + body[at : at + 2])


async def accept(level: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accept the connection and acknowledge the one message that says "online", then read on."""
    writer.write(CONNACK[level])
    await acknowledge(reader, writer)
    while True:
        await packet(reader)


async def silence(_: int, reader: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    """Say nothing until the client gives up."""
    await reader.read()


async def hang_up(_: int, __: asyncio.StreamReader, ___: asyncio.StreamWriter) -> None:
    """End the connection without an answer."""
