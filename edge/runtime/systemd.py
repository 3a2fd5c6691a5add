"""Notifies systemd over the datagram socket in `$NOTIFY_SOCKET`: sd_notify(3).

Without systemd, every call does nothing. No call fails or waits.
"""

import os
import socket
from collections.abc import MutableMapping

import structlog

from edge.runtime.clock import Clock

log = structlog.get_logger("systemd")


class SystemdNotifier:
    """Reports the states of a `Type=notify` unit, and kicks its watchdog on progress only."""

    def __init__(self, clock: Clock, environment: MutableMapping[str, str] = os.environ) -> None:
        """Take `NOTIFY_SOCKET` and `WATCHDOG_*` out of the environment: child processes must not use them."""
        self._clock = clock
        self._address = _address(environment.pop("NOTIFY_SOCKET", ""))
        interval_us = environment.pop("WATCHDOG_USEC", "")
        pid = environment.pop("WATCHDOG_PID", "") or str(os.getpid())
        self._interval_s: float | None = None
        if interval_us.isdecimal() and int(interval_us) and pid == str(os.getpid()):
            self._interval_s = int(interval_us) / 3e6
        self._fed_at = float("-inf")
        self._is_ready = False
        self._status = ""
        self._socket: socket.socket | None = None

    @property
    def present(self) -> bool:
        """Whether systemd has started this process, and starts it again if it fails."""
        return self._address is not None

    def ready(self, status: str) -> None:
        """Everything works: a frame of audio has gone through the wake-word detector. `status` is one readable line."""
        self._announce(status)

    def degraded(self, status: str) -> None:
        """The service runs without some part; `status` says which, and when it is tried again."""
        self._announce(status)

    def progress(self) -> None:
        """Audio was processed, or a missing device was tried again on time. Cheap, because it is called for each frame.

        Without a call for `WatchdogSec=`, systemd kills and restarts the service.
        """
        if self._interval_s is not None and self._clock.monotonic() - self._fed_at >= self._interval_s:
            self._fed_at = self._clock.monotonic()
            self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """The service is shutting down."""
        self._status = ""
        self._send("STOPPING=1\nSTATUS=stopping")

    def _announce(self, status: str) -> None:
        line = status.replace("\n", " ")
        if self._is_ready and line == self._status:
            return
        self._send(f"STATUS={line}" if self._is_ready else f"READY=1\nSTATUS={line}")
        self._is_ready, self._status = True, line

    def _send(self, message: str) -> None:
        if self._address is None:
            return
        try:
            if self._socket is None:
                self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
                self._socket.setblocking(False)
            self._socket.sendto(message.encode(), self._address)
        except OSError as error:
            log.warning("sd-notify-failed", reason=error.strerror)

    def close(self) -> None:
        """Close the socket."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _address(name: str) -> str | None:
    """A path, or an abstract socket, whose `@` stands for a zero byte."""
    if name.startswith("@"):
        return "\0" + name[1:]
    return name if name.startswith("/") else None
