"""An engine and its thread as one object that is opened, called and closed in one way.

Every call ends in a result or in an `EdgeError`. An engine's own exception becomes `engine-crashed`. A call that
exceeds the deadline fails with `engine-hung`: its thread is abandoned, and the engine is reopened on a new one. An
engine that cannot be reopened costs its feature, and `healthy` tells the watchdog.
"""

import asyncio
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Generic, TypeVar

import structlog

from edge.errors import EdgeError, EngineError
from edge.runtime.worker import ThreadWorker, Worker

log = structlog.get_logger("engine")

DEADLINE_S: Final = 30.0
"""The slowest legitimate call: 20 s of speech on a board that needs a little more than real time for it."""

MAX_REPLACEMENTS: Final = 3
"""An engine that hangs more often than this in one process is not reopened."""

T_co = TypeVar("T_co", covariant=True)
R = TypeVar("R")


class Hosted(Generic[T_co]):
    """An engine on its worker. Calls run one after another."""

    def __init__(
        self,
        name: str,
        engine: T_co,
        worker: Worker,
        *,
        deadline_s: float = DEADLINE_S,
        reopen: Callable[[], T_co] | None = None,
        new_worker: Callable[[str], Worker] = ThreadWorker,
    ) -> None:
        """`reopen` loads the engine again after it has hung; None: it stays lost."""
        self.name = name
        self._engine = engine
        self._worker = worker
        self._deadline_s = deadline_s
        self._reopen = reopen
        self._new_worker = new_worker
        self._configure: Callable[[T_co], object] | None = None
        self._lost = False
        self._timer: asyncio.TimerHandle | None = None
        self._replacing: asyncio.Task[None] | None = None
        self._replacements = 0

    @classmethod
    async def open(cls, name: str, opener: Callable[[], T_co], *, deadline_s: float = DEADLINE_S) -> "Hosted[T_co]":
        """Load an engine on its own thread. Raises `EdgeError`; other exceptions become `engine-crashed`."""
        worker = ThreadWorker(name)
        try:
            with coded_errors(name):
                engine = await worker.run(opener)
        except BaseException:
            await worker.aclose()
            raise
        return cls(name, engine, worker, deadline_s=deadline_s, reopen=opener)

    @property
    def healthy(self) -> bool:
        """False if the engine has hung and could not be reopened."""
        return not self._lost or self._replacing is not None

    @property
    def failure(self) -> str | None:
        """The code of the error if the engine is currently lost; None while it works."""
        return self._hung().code if self._lost else None

    async def call(self, use: Callable[[T_co], R]) -> R:
        """The result of `use(engine)`, run on the engine's thread. Calls to the engine's streams run here, too.

        Raises the `EdgeError` that `use` raises, or `EngineError` `engine-crashed` or `engine-hung`. Cancelling drops
        the result.
        """
        if self._lost:
            raise self._hung()
        if self._timer is None:
            self._look_in(self._deadline_s)
        with coded_errors(self.name):
            return await self._worker.run(use, self._engine)

    async def configure(self, use: Callable[[T_co], object]) -> None:
        """Like `call`, and repeated on an engine that replaces this one after it has hung. The last call counts."""
        self._configure = use
        await self.call(use)

    async def aclose(self) -> None:
        """End the thread; see `Worker.aclose`."""
        if self._timer is not None:
            self._timer.cancel()
        if self._replacing is not None:
            self._replacing.cancel()
            await asyncio.wait({self._replacing})
        await self._worker.aclose()

    def _look_in(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        """Check whether the current call is overdue. The timer runs while there are calls."""
        self._timer = None
        busy_s = self._worker.busy_s
        if busy_s >= self._deadline_s:
            self._give_up()
        elif busy_s > 0:
            self._look_in(self._deadline_s - busy_s)

    def _hung(self) -> EngineError:
        return EngineError(
            "engine-hung",
            f"{self.name} did not answer for {self._deadline_s:g} s",
            "it is being restarted; if this happens often, choose a smaller model",
        )

    def _give_up(self) -> None:
        self._lost = True
        log.error("engine-hung", engine=self.name, deadline_s=self._deadline_s)
        self._worker.abandon(self._hung())
        if self._reopen is not None and self._replacements < MAX_REPLACEMENTS:
            self._replacements += 1
            self._replacing = asyncio.create_task(self._replace(self._reopen), name=f"replace {self.name}")

    async def _replace(self, reopen: Callable[[], T_co]) -> None:
        def opened() -> T_co:
            engine = reopen()
            if self._configure is not None:
                self._configure(engine)
            return engine

        worker = self._new_worker(self.name)
        try:
            async with asyncio.timeout(2 * self._deadline_s):
                self._engine = await worker.run(opened)
        except Exception as error:  # noqa: BLE001 - after any error the engine stays lost
            log.error("engine-lost", engine=self.name, reason=f"{type(error).__name__}: {error}")
        else:
            self._worker = worker
            self._lost = False
            log.warning("engine-replaced", engine=self.name, replacements=self._replacements)
        finally:
            self._replacing = None
            if worker is not self._worker:
                worker.abandon(EngineError("engine-lost", f"{self.name} could not be opened again"))


@contextmanager
def coded_errors(name: str) -> Iterator[None]:
    """Convert exceptions of an engine to coded errors; see `coded`."""
    try:
        yield
    except EdgeError:
        raise
    except Exception as error:
        raise coded(name, error) from error


def coded(name: str, error: Exception) -> EdgeError:
    """`error` itself if it has a code, otherwise `engine-crashed`, which cannot quote a user."""
    if isinstance(error, EdgeError):
        return error
    frame = traceback.extract_tb(error.__traceback__)[-1]
    message = f"{name} failed: {type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"
    return EngineError("engine-crashed", message, "`edge-voice models verify` checks the models")
