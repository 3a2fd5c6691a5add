"""The progress of a pull on standard error: one bar per model on a terminal, lines every few seconds elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from edge.store import Progress as PullProgress
from edge.store.disk import megabytes

_LINE_EVERY_S = 5.0


@contextmanager
def show_progress(width: int) -> Iterator[PullProgress]:
    """The callback for `ModelStore.pull`. `width`: the length of the longest name, in characters."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield ProgressLines(sys.stderr, time.monotonic)
        return
    columns = (
        TextColumn(f"{{task.description:<{width}}}"),
        BarColumn(),
        TaskProgressColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}
        moving: set[str] = set()

        def bar(name: str, done: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=total)
            if done and name not in moving:  # left by an earlier pull: does not count for the speed
                moving.add(name)
                bars.reset(tasks[name], completed=done, total=total)
            else:
                bars.update(tasks[name], completed=done, total=total)

        yield bar


class ProgressLines:
    """Prints a line when a model begins, when it is complete, and every few seconds in between."""

    def __init__(self, stream: TextIO, monotonic: Callable[[], float]) -> None:
        self._stream = stream
        self._monotonic = monotonic
        self._name: str | None = None
        self._began_s = self._said_s = 0.0
        self._began_at: int | None = None
        self._complete = False

    def __call__(self, name: str, done: int, total: int | None) -> None:
        """See `edge.store.Progress`."""
        now = self._monotonic()
        if name != self._name:
            self._name, self._began_at, self._complete = name, None, False
            self._say(now, f"fetching {name}" + (f" ({megabytes(total)})" if total else ""))
        if self._began_at is None and done:  # left by an earlier pull: does not count for the speed
            self._began_s, self._began_at = now, done
        complete = done == total
        if self._began_at is not None and (now - self._said_s >= _LINE_EVERY_S or (complete and not self._complete)):
            of = f"{done * 100 // total:3} %, {done / 1e6:.0f} of {total / 1e6:.0f} MB" if total else megabytes(done)
            taken_s = now - self._began_s
            self._say(now, f"  {of}" + (f", {(done - self._began_at) / taken_s / 1e6:.1f} MB/s" if taken_s else ""))
        self._complete = complete

    def _say(self, now: float, text: str) -> None:
        self._said_s = now
        print(text, file=self._stream, flush=True)
