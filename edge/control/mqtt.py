"""Commands from the broker: `edge-voice/<device-id>/command/<name>`, strictly checked."""

import re

import structlog

from edge.control import Command, Execute, Mute, Say, SetVolume, Stop, checks
from edge.errors import ControlError, EdgeError
from edge.mqtt import Message, Mqtt, Subscription
from edge.runtime.clock import Clock
from edge.telemetry import Telemetry

MAX_BYTES = 2048
"""A longer payload is rejected unread."""

NAMES = ("mute", "say", "stop", "volume")

REPORT_S = 10.0
"""Rejections of one kind are logged and reported at most once in this time; further ones are counted."""

log = structlog.get_logger("control")


class BrokerCommands:
    """Passes the broker's commands to `execute` and reports those that are rejected."""

    def __init__(self, mqtt: Mqtt, device_id: str, execute: Execute, telemetry: Telemetry, clock: Clock) -> None:
        """Subscribe. Commands sent while the speaker is offline are lost, because the session is not kept."""
        self._execute = execute
        self._telemetry = telemetry
        self._clock = clock
        self._reported: dict[str, float] = {}
        self._unreported: dict[str, int] = {}
        self._subscription: Subscription = mqtt.subscribe(f"edge-voice/{device_id}/command/+", self._on_message)

    async def aclose(self) -> None:
        """Stop accepting commands."""
        await self._subscription.aclose()

    async def _on_message(self, message: Message) -> None:
        self._telemetry.count("commands")
        try:
            name = message.topic.rpartition("/")[2]
            await self._execute(parse(name, message.payload, retained=message.retained))
        except EdgeError as error:
            self._telemetry.count("commands_refused")
            self._report(error)

    def _report(self, error: EdgeError) -> None:
        now = self._clock.monotonic()
        if now - self._reported.get(error.code, -REPORT_S) < REPORT_S:
            self._unreported[error.code] = self._unreported.get(error.code, 0) + 1
            return
        self._reported[error.code] = now
        more = self._unreported.pop(error.code, 0)
        log.warning("command-refused", code=error.code, reason=error.message, more=more)
        self._telemetry.event("error", {"code": error.code, "message": error.message, "more": more})


def parse(name: str, payload: bytes, *, retained: bool = False) -> Command:
    """The command in a message; raises `ControlError` "command-unknown" or "command-invalid".

    stop: empty, or `PRESS` (Home Assistant's button). volume: 0 to 100 in digits. mute: `ON` or `OFF`. say: UTF-8 text,
    1 to 500 characters. A retained command is rejected, because it would be carried out again after every connect. The
    payload is never part of an error.
    """
    if retained:
        raise ControlError("command-invalid", "a command was retained", "publish commands without the retain flag")
    if len(payload) > MAX_BYTES:
        raise checks.invalid(name if name in NAMES else "command", f"at most {MAX_BYTES} bytes")
    match name:
        case "stop":
            if payload not in {b"", b"PRESS"}:
                raise checks.invalid(name, "no payload, or PRESS")
            return Stop()
        case "volume":
            return SetVolume(checks.percent(int(payload) if re.fullmatch(rb"[0-9]{1,3}", payload) else -1))
        case "mute":
            if payload not in {b"ON", b"OFF"}:
                raise checks.invalid(name, "ON or OFF")
            return Mute(payload == b"ON")
        case "say":
            return Say(checks.text(name, _utf8(payload), checks.MAX_SAY_CHARS))
        case _:
            raise checks.unknown(NAMES)


def _utf8(payload: bytes) -> str:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        raise checks.invalid("say", "UTF-8 text") from None
