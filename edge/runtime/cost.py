"""Processor time that engines spend on somebody's behalf, counted through all the tasks that he starts."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

R = TypeVar("R")

_PAYS: ContextVar["Cost | None"] = ContextVar("cost", default=None)


class Cost:
    """Seconds of processor time.

    What runs at the same time in this process is counted with it (engines have threads of their own, whose time cannot
    be told apart): an upper limit, by a few percent.
    """

    def __init__(self) -> None:
        self.cpu_s = 0.0

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Calls of workers within, and in tasks that are started within, are counted."""
        token = _PAYS.set(self)
        try:
            yield
        finally:
            _PAYS.reset(token)

    def of(self, call: Callable[[], R]) -> R:
        """Make one call and count it; on any thread."""
        began = time.process_time()
        try:
            return call()
        finally:
            self.cpu_s += time.process_time() - began


def counting(call: Callable[[], R]) -> Callable[[], R]:
    """`call`, counted by whoever pays for the current task."""
    cost = _PAYS.get()
    return call if cost is None else lambda: cost.of(call)
