"""One authenticated connection to Home Assistant: numbered requests with results, and events.

The messages are those of https://developers.home-assistant.io/docs/api/websocket.
"""

import asyncio
import json
import logging
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from edge.errors import HomeError
from edge.home.sources.home_assistant.payload import MAX_MESSAGE_BYTES, Object, garbled, object_of, parse, text_of

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

OPEN_S: Final = 10.0
"""How long connecting and signing in may take."""

ANSWER_S: Final = 30.0
"""How long an answer may take: the registries of a large home on a small board."""

_ON_A_THREAD: Final = 131_072
"""Messages from this size on are parsed on a thread: 1 MB takes 30 ms of a Raspberry Pi 4."""

OnEvent = Callable[[Object], None]


class RefusedError(HomeError):
    """Home Assistant did not accept the token."""


class RequestError(HomeError):
    """Home Assistant refused a request; `reason` is its own code ("unauthorized", "not_found", ...)."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__("home-assistant-request-refused", message, "see Home Assistant's log")
        self.reason = reason


def lost(message: str) -> HomeError:
    """The error for a connection that is not there."""
    return HomeError("home-assistant-unreachable", message, "is Home Assistant running? see `edge-voice doctor`")


class Connection:
    """A connection that is signed in. `read` must run while requests are made. On the event loop only."""

    def __init__(self, socket: "ClientConnection", version: str) -> None:
        self.version = version
        self._socket = socket
        self._last_id = 0
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._events: dict[int, OnEvent] = {}

    async def read(self) -> None:
        """Read messages until the connection is lost; raises the reason, a `HomeError`."""
        from websockets.exceptions import WebSocketException

        try:
            async for raw in self._socket:
                large = len(raw) > _ON_A_THREAD
                self._take(await asyncio.to_thread(parse, raw) if large else parse(raw))
        except (WebSocketException, OSError) as error:
            raise lost(f"the connection to Home Assistant was lost: {error}") from error
        finally:
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_exception(lost("Home Assistant closed the connection"))
            self._waiting.clear()
        raise lost("Home Assistant closed the connection")

    async def request(self, kind: str, content: Mapping[str, Any] | None = None, *, answer_s: float = ANSWER_S) -> Any:
        """The result of a command, a stranger's JSON.

        Raises `RequestError` if Home Assistant refuses it, `HomeError` if the connection is lost, and `TimeoutError`
        after `answer_s` seconds without an answer.
        """
        return await self._request(self._new_id(), kind, content, answer_s)

    async def subscribe(self, kind: str, content: Mapping[str, Any], on_event: OnEvent) -> int:
        """Call `on_event` with each event of a subscription; returns its number. Raises what `request` raises."""
        number = self._new_id()
        self._events[number] = on_event
        try:
            await self._request(number, kind, content, ANSWER_S)
        except BaseException:
            self._events.pop(number, None)
            raise
        return number

    async def unsubscribe(self, number: int) -> None:
        """End a subscription. Raises what `request` raises."""
        self._events.pop(number, None)
        await self.request("unsubscribe_events", {"subscription": number})

    def _new_id(self) -> int:
        self._last_id += 1
        return self._last_id

    async def _request(self, number: int, kind: str, content: Mapping[str, Any] | None, answer_s: float) -> Any:
        from websockets.exceptions import WebSocketException

        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[number] = waiting
        try:
            async with asyncio.timeout(answer_s):
                await _send(self._socket, {**(content or {}), "id": number, "type": kind})
                return await waiting
        except TimeoutError:  # an OSError as well
            raise
        except (WebSocketException, OSError) as error:
            raise lost(f"the connection to Home Assistant was lost: {error}") from error
        finally:
            self._waiting.pop(number, None)
            if waiting.done() and not waiting.cancelled():
                waiting.exception()  # retrieved, also where the send failed before

    def _take(self, message: Object) -> None:
        number = message.get("id")
        if not isinstance(number, int):
            return
        if message.get("type") == "event" and (on_event := self._events.get(number)) is not None:
            on_event(object_of(message.get("event")))
        waiting = self._waiting.get(number)
        if message.get("type") != "result" or waiting is None or waiting.done():
            return
        if message.get("success") is True:
            waiting.set_result(message.get("result"))
        else:
            error = object_of(message.get("error"))
            waiting.set_exception(RequestError(text_of(error.get("code")), text_of(error.get("message"))))


@asynccontextmanager
async def connect(url: str, token: str, tls: ssl.SSLContext | None) -> AsyncIterator[Connection]:
    """Connect and sign in; closed at the end of the block.

    Raises `RefusedError`, or another `HomeError` if there is no Home Assistant at the address.
    """
    from websockets.asyncio.client import connect as open_socket
    from websockets.exceptions import WebSocketException

    try:
        async with asyncio.timeout(OPEN_S):
            socket = await open_socket(
                url,
                ssl=tls,
                proxy=None,  # it is in the same network
                compression=None,
                max_size=MAX_MESSAGE_BYTES,
                open_timeout=None,
                close_timeout=1,
                user_agent_header=None,
                logger=_quiet(),
            )
    except (WebSocketException, OSError, TimeoutError) as error:
        raise lost(f"Home Assistant cannot be reached: {error or type(error).__name__}") from error
    try:
        try:
            async with asyncio.timeout(OPEN_S):
                version = await _sign_in(socket, token)
        except (WebSocketException, OSError, TimeoutError) as error:
            raise lost(f"Home Assistant did not answer: {error or type(error).__name__}") from error
        yield Connection(socket, version)
    finally:
        await socket.close()


def _quiet() -> logging.Logger:
    """Without debug messages: the library's quote what is sent, so also the token."""
    logger = logging.getLogger("edge.home.sources.home_assistant.socket")
    logger.setLevel(logging.WARNING)
    return logger


async def _sign_in(socket: "ClientConnection", token: str) -> str:
    """Home Assistant's version."""
    message = parse(await socket.recv())
    if message.get("type") == "auth_required":
        await _send(socket, {"type": "auth", "access_token": token})
        message = parse(await socket.recv())
    match message.get("type"):
        case "auth_ok":
            return text_of(message.get("ha_version"))
        case "auth_invalid":
            raise RefusedError(
                "home-assistant-token-refused",
                "Home Assistant does not accept the token",
                "make a new one on the page of your profile, and put it into the file of the token",
            )
        case _:
            raise garbled("it does not sign in as Home Assistant does")


async def _send(socket: "ClientConnection", content: Mapping[str, Any]) -> None:
    await socket.send(json.dumps(dict(content)))
