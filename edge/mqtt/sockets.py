"""Opens a socket to the broker, including TLS, on a thread that can be abandoned.

aiomqtt connects on the loop's default executor, which is joined at exit, so a broker that does not answer would delay
the exit by seconds. Here name lookup, connect and TLS handshake run on a daemon thread. If the caller is cancelled, the
thread is abandoned, and a socket that it opens later is closed.
"""

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable
from typing import TypeVar, cast

from edge.runtime.secrets import credential_file
from edge.settings import MqttSettings

CONNECT_TIMEOUT_S = 5.0

T = TypeVar("T")


async def open_socket(settings: MqttSettings, port: int) -> socket.socket:
    """A connected socket. Raises `OSError` (name lookup, network; TLS as ssl.SSLError)."""
    return await run_detached(lambda: _connect(settings, port), discard=lambda late: late.close())


def _connect(settings: MqttSettings, port: int) -> socket.socket:
    """Connect. Certificates are read each time, so that renewed ones take effect without a restart."""
    context = _tls_context(settings) if settings.tls else None
    plain = socket.create_connection((str(settings.host), port), timeout=CONNECT_TIMEOUT_S)
    try:
        # Otherwise a small packet waits for the acknowledgement of the one before it, up to 40 ms.
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return plain if context is None else context.wrap_socket(plain, server_hostname=settings.host)
    except BaseException:
        plain.close()
        raise


def _tls_context(settings: MqttSettings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if settings.cert_file is not None:
        context.load_cert_chain(settings.cert_file, settings.key_file or credential_file("mqtt-key"))
    return context


async def run_detached(call: Callable[[], T], *, discard: Callable[[T], None]) -> T:
    """Run `call` on a daemon thread and return its result or raise its error.

    If the caller is cancelled, the thread continues, and its result is passed to `discard`.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: Exception | None) -> None:
        if not future.done():
            future.set_exception(error) if error is not None else future.set_result(cast("T", result))
        elif error is None:
            discard(cast("T", result))

    def work() -> None:
        result, error = None, None
        try:
            result = call()
        except Exception as caught:  # noqa: BLE001 - handed to the caller
            error = caught
        try:
            loop.call_soon_threadsafe(settle, result, error)
        except RuntimeError:  # the loop is closed, the caller is gone
            if error is None:
                discard(cast("T", result))

    threading.Thread(target=work, name="mqtt-connect", daemon=True).start()
    return await future
