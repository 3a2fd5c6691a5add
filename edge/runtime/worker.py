"""One thread for one engine, so that no inference runs on the event loop."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, Protocol, TypeVar

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
    """A single named thread. Waiting calls are bounded by their callers, which each await their result."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._closed = threading.Event()

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """See `Worker.run`."""
        future: Future[R] = self._executor.submit(call, *args, **kwargs)
        return await asyncio.wrap_future(future)

    async def aclose(self) -> None:
        """See `Worker.aclose`."""
        if not self._closed.is_set():
            self._closed.set()
            await asyncio.to_thread(self._executor.shutdown, wait=True, cancel_futures=True)


class InlineWorker:
    """Runs calls at once, on the loop: for fakes under virtual time, and for tools without a loop to protect."""

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """See `Worker.run`."""
        return call(*args, **kwargs)

    async def aclose(self) -> None:
        """Nothing to end."""
