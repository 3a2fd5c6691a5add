"""Keeps a device open: a thread of its own opens it, watches it, and reopens it when it comes back."""

import threading
import time
from collections.abc import Callable

import structlog

from edge.audio.devices import Stream
from edge.errors import AudioError

log = structlog.get_logger("audio")

POLL_S = 0.5
FIRST_RETRY_S = 1.0
LAST_RETRY_S = 15.0
LATE_S = 30.0
STALLED_POLLS = 10
"""A device without callbacks for this many polls is lost, even if it reports to be active. Some take seconds to
start."""


class DeviceLink:
    """Keeps a device open while `wanted()`. All blocking calls to the device run on the link's thread.

    `on_change` is called on that thread when the device is lost or found.
    """

    def __init__(
        self,
        part: str,
        open_stream: Callable[[], Stream],
        *,
        wanted: Callable[[], bool] = lambda: True,
        on_change: Callable[[], None] = lambda: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stream: Stream | None = None
        self.missing = False
        """The last attempt to open the device failed."""
        self._part = part
        self._open_stream = open_stream
        self._wanted = wanted
        self._on_change = on_change
        self._now = now
        self._due_at = now()
        self._retry_s = FIRST_RETRY_S
        self._blocks, self._stalled = 0, 0
        self._ended = False
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name=part, daemon=True)  # a driver may hang in close

    @property
    def late(self) -> bool:
        """The thread missed its schedule: a driver hangs, and only a new process helps."""
        return self._now() > self._due_at + LATE_S

    def start(self) -> None:
        """Start the thread, which opens and watches the device."""
        self._thread.start()

    def wake(self) -> None:
        """Check `wanted` now."""
        self._wake.set()

    def close(self, timeout_s: float = 1.5) -> None:
        """Close the device. Blocks for at most `timeout_s`: a thread with a hanging driver is abandoned."""
        self._ended = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def step(self) -> float:
        """Do what is due; returns the seconds until the next step."""
        try:
            delay_s = self._step()
        except Exception:  # a driver's or a mistake of ours: this thread must not end without a word
            log.exception("device-failed", part=self._part)
            self.stream = None
            self._failed(AudioError(f"{self._part}-failed", f"the {self._part} failed", "see the log"))
            delay_s = self._retry_s
        self._due_at = self._now() + delay_s
        return delay_s

    def _step(self) -> float:
        if self.stream is not None:
            if self._wanted() and self._lives(self.stream):
                return POLL_S
            if self._wanted():
                log.warning("device-lost", part=self._part, name=self.stream.name)
            self._close_stream()
        if not self._wanted():
            return POLL_S
        try:
            stream = self._open_stream()
        except AudioError as error:
            self._failed(error)
            return self._retry_s
        opened = stream.format
        log.info("device-open", part=self._part, name=stream.name, rate_hz=opened.rate_hz, channels=opened.channels)
        self._blocks, self._stalled = 0, 0
        self._retry_s = FIRST_RETRY_S
        self.stream, self.missing = stream, False
        self._on_change()
        return POLL_S

    def _failed(self, error: AudioError) -> None:
        if not self.missing:
            log.warning(error.code, message=error.message, hint=error.hint)
            self._retry_s = FIRST_RETRY_S
        else:
            self._retry_s = min(2 * self._retry_s, LAST_RETRY_S)
        self.missing = True
        self._on_change()

    def _lives(self, stream: Stream) -> bool:
        self._stalled = 0 if stream.blocks != self._blocks else self._stalled + 1
        self._blocks = stream.blocks
        return self._stalled < STALLED_POLLS and stream.alive()

    def _close_stream(self) -> None:
        stream, self.stream = self.stream, None
        if stream is not None:
            stream.close()

    def _run(self) -> None:
        while not self._ended:
            self._wake.clear()
            self._wake.wait(self.step())
        self._close_stream()
