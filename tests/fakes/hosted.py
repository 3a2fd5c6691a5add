"""Engines without threads."""

from typing import TypeVar

from edge.runtime.hosted import Hosted
from edge.runtime.worker import InlineWorker, Worker

T = TypeVar("T")


def hosted(engine: T, worker: Worker | None = None) -> Hosted[T]:
    """An engine whose calls run on the loop, or on `worker`."""
    return Hosted(type(engine).__name__, engine, worker or InlineWorker())
