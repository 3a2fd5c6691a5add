"""A real HTTP server on loopback that answers each request as a test says."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Request:
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


class Connection:
    """The server's side of one request."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer

    async def send(self, data: str | bytes) -> None:
        self.writer.write(data.encode() if isinstance(data, str) else data)
        await self.writer.drain()

    async def head(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        """The beginning of an answer that ends with the connection."""
        lines = [f"HTTP/1.1 {status} Some", f"Content-Type: {kind}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await self.send("\r\n".join(lines) + "\r\n\r\n")

    async def event(self, document: object) -> None:
        await self.send(f"data: {json.dumps(document)}\n\n")

    async def text(self, text: str, finish: str | None = None, **delta: object) -> None:
        choice = {"index": 0, "delta": {"content": text, **delta}, "finish_reason": finish}
        await self._chunk(choices=[choice])

    async def usage(self, prompt: int, reply: int, cached: int = 0, **more: object) -> None:
        counted = {
            "prompt_tokens": prompt,
            "completion_tokens": reply,
            "total_tokens": prompt + reply,
            "prompt_tokens_details": {"cached_tokens": cached},
        }
        await self._chunk(choices=[], usage=counted | more)

    async def _chunk(self, **more: object) -> None:
        await self.event({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", **more})

    async def done(self) -> None:
        await self.send("data: [DONE]\n\n")

    async def answer(self, text: str, *, prompt: int = 30, reply: int = 7, cached: int = 0) -> None:
        """A whole answer, word by word."""
        await self.head()
        for word in text.split(" "):
            await self.text(f"{word} ")
        await self.text("", "stop")
        await self.usage(prompt, reply, cached)
        await self.done()

    async def error(
        self, status: int, message: str, code: str | None = None, kind: str = "error", **headers: str
    ) -> None:
        """A refusal, as OpenAI writes it."""
        await self.head(status, "application/json", **headers)
        await self.send(json.dumps({"error": {"message": message, "type": kind, "param": None, "code": code}}))


Behaviour = Callable[[Request, Connection], Awaitable[None]]


class FakeCloud:
    """Requests take the next behaviour, and the last one again and again."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.behaviours = list(behaviours)
        self.requests: list[Request] = []
        self.url = ""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
            first, *lines = head.strip().split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            body = json.loads(await reader.readexactly(int(headers["content-length"])))
            request = Request(first.split()[1], headers, body)
            self.requests.append(request)
            behave = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
            await behave(request, Connection(writer))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client left
        finally:
            writer.close()


@asynccontextmanager
async def fake_cloud(*behaviours: Behaviour) -> AsyncIterator[FakeCloud]:
    cloud = FakeCloud(*behaviours)
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(cloud.handle(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    cloud.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield cloud
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
