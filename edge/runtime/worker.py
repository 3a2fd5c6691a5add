"""One thread for one engine, so that no inference runs on the event loop."""

import asyncio
import functools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, ParamSpec, Protocol, TypeVar

from edge.runtime.cost import counting

P = ParamSpec("P")
R = TypeVar("R")


class Worker(Protocol):
    """Runs blocking calls of one engine, one after another, away from the loop."""

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what `call` returns, or raise what it raises.

        Cancelling the caller drops the result; a call that has begun ends at its own next step.
        """
        ...

    async def aclose(self) -> None:
        """Finish the call under way, drop the waiting ones, end the thread."""
        ...


class ThreadWorker:
    """A single named thread. Waiting calls are bounded by their callers, which each await their result.

    The thread is a daemon: an engine that hangs in a call cannot keep the process from ending.
    """

    CLOSE_S = 1.0

    def __init__(self, name: str) -> None:
        self._calls: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()
        self._closed = False

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """See `Worker.run`. Raises RuntimeError when the worker is closed."""
        if self._closed:
            message = f"worker {self._thread.name} is closed"
            raise RuntimeError(message)
        future: Future[R] = Future()
        self._calls.put((future, counting(functools.partial(call, *args, **kwargs))))
        return await asyncio.wrap_future(future)

    async def aclose(self) -> None:
        """See `Worker.aclose`. Gives up on a call that takes longer than `CLOSE_S`."""
        if self._closed:
            return
        self._closed = True
        while not self._calls.empty():
            item = self._calls.get()
            if item is not None:
                item[0].cancel()
        self._calls.put(None)
        await asyncio.to_thread(self._thread.join, self.CLOSE_S)

    def _work(self) -> None:
        while (item := self._calls.get()) is not None:
            future, call = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = call()
            except BaseException as error:  # noqa: BLE001 - the caller gets it, whatever it is
                future.set_exception(error)
            else:
                future.set_result(result)
            # Nothing of the last call is kept alive while waiting for the next.
            del item, future, call


class InlineWorker:
    """Runs calls at once, on the loop: for fakes under virtual time, and for tools without a loop to protect."""

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """See `Worker.run`."""
        return counting(functools.partial(call, *args, **kwargs))()

    async def aclose(self) -> None:
        """Nothing to end."""
