"""One thread for one engine, so that no inference runs on the event loop."""

import asyncio
import functools
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Any, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def exit_now_if_a_thread_is_left_behind(status: int) -> None:
    """End the process here, with its output flushed, if a daemon thread still runs: of an engine, a device, the broker.

    While the interpreter shuts down, a thread that comes back from a library is ended inside it. C++ takes that for an
    error: "terminate called without an active exception", SIGABRT.
    """
    if any(thread.daemon for thread in threading.enumerate()):
        for stream in (sys.stdout, sys.stderr):
            with suppress(ValueError, OSError):  # closed, or a pipe without a reader
                stream.flush()
        os._exit(status)


class Worker(Protocol):
    """Runs the blocking calls of one engine, one after another, off the loop."""

    @property
    def busy_s(self) -> float:
        """Seconds that the current call has been running; 0 if there is none."""
        ...

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what `call` returns, or raise what it raises.

        Cancelling the caller drops the result; a call that has begun still runs to its end.
        """
        ...

    def abandon(self, error: Exception) -> None:
        """Abandon a hanging call: every caller gets `error`, and the worker accepts no further calls."""
        ...

    async def aclose(self) -> None:
        """Finish the current call, drop the waiting ones, and end the thread."""
        ...


class ThreadWorker:
    """A single named thread. The number of waiting calls is bounded, because each caller awaits its result.

    The thread is a daemon, so that a hanging engine does not keep the process from ending.
    """

    CLOSE_S = 1.0

    def __init__(self, name: str) -> None:
        self._calls: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        self._running: tuple[Future[Any], float] | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def busy_s(self) -> float:
        """See `Worker.busy_s`."""
        running = self._running
        return 0.0 if running is None else time.monotonic() - running[1]

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """See `Worker.run`. Raises RuntimeError if the worker is closed."""
        if self._closed:
            message = f"worker {self._thread.name} is closed"
            raise RuntimeError(message)
        future: Future[R] = Future()
        self._calls.put((future, functools.partial(call, *args, **kwargs)))
        return await asyncio.wrap_future(future)

    def abandon(self, error: Exception) -> None:
        """See `Worker.abandon`. The thread ends by itself if the call ever returns."""
        self._closed = True
        running = self._running
        waiting = self._drop_waiting()
        for future in (*waiting, *([running[0]] if running else [])):
            with suppress(InvalidStateError):  # it has ended just now
                future.set_exception(error)
        self._calls.put(None)

    async def aclose(self) -> None:
        """See `Worker.aclose`. Abandons a call that takes longer than `CLOSE_S`."""
        if self._closed:
            return
        self._closed = True
        for future in self._drop_waiting():
            future.cancel()
        self._calls.put(None)
        await asyncio.to_thread(self._thread.join, self.CLOSE_S)

    def _drop_waiting(self) -> list[Future[Any]]:
        dropped = []
        with suppress(queue.Empty):  # the thread reads from the same queue: only a get without waiting is safe
            while True:
                item = self._calls.get_nowait()
                if item is not None:
                    dropped.append(item[0])
        return dropped

    def _work(self) -> None:
        while (item := self._calls.get()) is not None:
            future, call = item
            if not future.set_running_or_notify_cancel():
                continue
            self._running = (future, time.monotonic())
            with suppress(InvalidStateError):  # abandoned meanwhile
                try:
                    result = call()
                except BaseException as error:  # noqa: BLE001 - the caller gets any exception
                    future.set_exception(error)
                else:
                    future.set_result(result)
                    del result
            self._running = None
            # Keep no reference to the last call while waiting for the next.
            del item, future, call


class InlineWorker:
    """Runs calls immediately on the loop: for fakes under virtual time, and for tools that may block the loop."""

    busy_s = 0.0

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """See `Worker.run`."""
        return call(*args, **kwargs)

    def abandon(self, error: Exception) -> None:
        """Nothing to abandon: no call is ever running."""

    async def aclose(self) -> None:
        """Nothing to end."""
