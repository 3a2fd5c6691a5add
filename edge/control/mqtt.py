"""Commands from the broker: `edge-voice/<device-id>/command/<name>`, strictly checked."""

import asyncio
import json
import re
from collections.abc import Callable

import structlog

from edge.control import (
    Answer,
    Ask,
    CancelAlarm,
    CancelTimer,
    Command,
    Execute,
    Listen,
    Mute,
    Reload,
    Reply,
    Restart,
    SetVolume,
    Stop,
    Timers,
    checks,
)
from edge.control.refusals import Refusals
from edge.control.requests import with_fields
from edge.errors import BrokerError, ControlError, EdgeError
from edge.events import TurnRecord
from edge.mqtt import Message, Mqtt, Subscription
from edge.runtime.clock import Clock
from edge.telemetry import Telemetry, messages

MAX_BYTES = 8192
"""A longer payload is rejected unread."""

_TEXT_FIELDS = {
    "alarm-set": "at",
    "announce": "text",
    "ask": "text",
    "escalate": "mode",
    "say": "text",
    "timer-set": "seconds",
    "wake-word": "word",
}
"""The field of a payload that is not a JSON object."""

_WITHOUT_PAYLOAD: dict[str, type[Listen | Reload | Restart | Stop | Timers]] = {
    "listen": Listen,
    "reload": Reload,
    "restart": Restart,
    "stop": Stop,
    "timers": Timers,
}

_CANCEL: dict[str, type[CancelTimer | CancelAlarm]] = {"alarm-cancel": CancelAlarm, "timer-cancel": CancelTimer}

NAMES = tuple(sorted({*_TEXT_FIELDS, *_WITHOUT_PAYLOAD, *_CANCEL, "mute", "volume"}))

MAX_QUESTIONS = 4
"""Questions and reloads under way; more are refused."""

MAX_COMMANDS = 100
WINDOW_S = 10.0
"""At most so many commands in so many seconds; all but "stop" are refused beyond that."""

ANSWER_TIMEOUT_S = 10.0

log = structlog.get_logger("control")


class BrokerCommands:
    """Passes the broker's commands to `execute`, reports those that are rejected, and publishes answers."""

    def __init__(
        self,
        mqtt: Mqtt,
        device_id: str,
        execute: Execute,
        telemetry: Telemetry,
        clock: Clock,
        *,
        list_timers: Callable[[], None] = lambda: None,
    ) -> None:
        """Subscribe. Commands sent while the speaker is offline are lost, because the session is not kept.

        `list_timers` publishes the timers and alarms again.
        """
        self._mqtt = mqtt
        self._execute = execute
        self._telemetry = telemetry
        self._clock = clock
        self._list_timers = list_timers
        self._root = f"edge-voice/{device_id}"
        self._refusals = Refusals(telemetry, clock)
        self._window_began = float("-inf")
        self._in_window = 0
        self._slow: set[asyncio.Task[None]] = set()
        self._subscription: Subscription = mqtt.subscribe(f"{self._root}/command/+", self._on_message)

    async def aclose(self) -> None:
        """Stop accepting commands, and end questions that are not answered yet."""
        await self._subscription.aclose()
        for task in self._slow:
            task.cancel()
        await asyncio.gather(*self._slow, return_exceptions=True)
        await self._refusals.aclose()

    async def _on_message(self, message: Message) -> None:
        self._telemetry.count("commands")
        with self._refusals.reported():
            name = message.topic.rpartition("/")[2]
            command = parse(name, message.payload, retained=message.retained)
            self._limit(command)
            if isinstance(command, Ask | Reload):
                self._run_aside(command)
            else:
                await self._execute(command)
                if isinstance(command, Timers):
                    self._list_timers()

    def _limit(self, command: Command) -> None:
        now = self._clock.monotonic()
        if now - self._window_began >= WINDOW_S:
            self._window_began, self._in_window = now, 0
        self._in_window += 1
        if self._in_window > MAX_COMMANDS and not isinstance(command, Stop):
            message = f"more than {MAX_COMMANDS} commands in {WINDOW_S:.0f} s"
            raise ControlError("commands-too-many", message, "send them more slowly")

    def _run_aside(self, command: Ask | Reload) -> None:
        """Carry out a command that takes seconds, so that "stop" need not wait for it."""
        if len(self._slow) >= MAX_QUESTIONS:
            raise ControlError("commands-busy", f"{MAX_QUESTIONS} questions are under way", "wait for their answers")
        task = asyncio.create_task(self._carry_out(command), name="command")
        self._slow.add(task)
        task.add_done_callback(self._slow.discard)

    async def _carry_out(self, command: Ask | Reload) -> None:
        with self._refusals.reported():
            try:
                reply = await self._execute_coded(command)
            except EdgeError as error:
                if isinstance(command, Ask):
                    await self._publish_answer(command.id, None, error.code)
                raise
            if isinstance(reply, Answer) and isinstance(command, Ask):
                await self._publish_answer(command.id, reply.record, reply.record.error)

    async def _execute_coded(self, command: Command) -> Reply:
        try:
            return await self._execute(command)
        except EdgeError:
            raise
        except Exception as error:
            log.exception("command-crashed")
            raise ControlError("command-crashed", "the command failed", "see the log for details") from error

    async def _publish_answer(self, question: str, record: TurnRecord | None, code: str | None) -> None:
        """Publish the answer for the sender of a question. It is not queued: no spool keeps a text that was said.

        `record` None: the question was not answered.
        """
        answer = {
            "event": "answer",
            "at": self._clock.now().isoformat(timespec="milliseconds"),
            "id": question,
            "turn": record.id if record else None,
            "outcome": record.outcome if record else "failed",
            "answerer": record.answerer if record else None,
            "intent": record.intent.name if record and record.intent else None,
            "reply": record.reply if record else "",
            "code": code,
        }
        payload = messages.encode(answer, expendable=("reply",))
        try:
            await self._mqtt.publish(f"{self._root}/event", payload, timeout_s=ANSWER_TIMEOUT_S)
        except BrokerError as error:
            log.warning("answer-lost", code=error.code, reason=error.message)


def parse(name: str, payload: bytes, *, retained: bool = False) -> Command:
    """The command in a message; raises `ControlError` "command-unknown" or "command-invalid".

    docs/mqtt.md lists the payloads. A retained command is rejected, because it would be carried out again after every
    connect. The payload is never part of an error.
    """
    if retained:
        raise ControlError("command-invalid", "a command was retained", "publish commands without the retain flag")
    if name not in NAMES:
        raise checks.unknown(NAMES)
    if len(payload) > MAX_BYTES:
        raise checks.invalid(name, f"at most {MAX_BYTES} bytes")
    if name in _WITHOUT_PAYLOAD:
        if payload not in {b"", b"PRESS"}:
            raise checks.invalid(name, "no payload, or PRESS")
        return _WITHOUT_PAYLOAD[name]()
    if name == "volume":
        return SetVolume(checks.percent(_number(payload, -1)))
    if name == "mute":
        if payload not in {b"ON", b"OFF"}:
            raise checks.invalid(name, "ON or OFF")
        return Mute(payload == b"ON")
    if name in _CANCEL:
        return _CANCEL[name](_id_or_all(name, payload))
    return with_fields(name, _fields(name, payload))


def _id_or_all(name: str, payload: bytes) -> int | None:
    number = _number(payload, -1)
    if number < 0 and payload != b"ALL":
        raise checks.invalid(name, "an id, or ALL")
    return None if number < 0 else number


def _fields(name: str, payload: bytes) -> dict[str, object]:
    """The fields in a JSON object, or the one field that another payload gives."""
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        raise checks.invalid(name, "UTF-8 text") from None
    if name != "say" and text.lstrip().startswith("{"):
        try:
            fields = json.loads(text)
        except (ValueError, RecursionError):
            raise checks.invalid(name, "text, or a JSON object") from None
        return dict(fields)
    return {_TEXT_FIELDS[name]: _number(payload, -1) if name == "timer-set" else text}


def _number(payload: bytes, otherwise: int) -> int:
    return int(payload) if re.fullmatch(rb"[0-9]{1,6}", payload) else otherwise
