"""The local socket as a program on the same machine meets it."""

import asyncio
import json
import os
import stat
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.control import (
    Answer,
    Ask,
    Command,
    Done,
    Listen,
    Mute,
    Queued,
    Reply,
    Say,
    SetVolume,
    SpeakerStatus,
    Spoken,
    Status,
    Stop,
    TailRecords,
    TimerList,
    Timers,
    requests,
    socket,
)
from edge.control.socket import ControlServer
from edge.errors import ControlError, HomeError
from edge.schedule import PendingAlarm, PendingTimer
from edge.telemetry.tail import Tails
from tests.control.turns import TURN


class Executing:
    """Executes commands; "ask" waits until it is released."""

    def __init__(self) -> None:
        self.got: list[Command] = []
        self.release = asyncio.Event()
        self.tails = Tails()

    async def __call__(self, command: Command) -> Reply:
        self.got.append(command)
        match command:
            case Ask():
                await self.release.wait()
                return Answer(TURN)
            case Say(text) if text == "crash":
                raise LookupError
            case Say(text) if text == "fail":
                raise HomeError("home-unreachable", "no", "look")
            case Say():
                return Queued(1)
            case Timers():
                at = datetime(2026, 3, 3, 7, 30)  # noqa: DTZ001 - alarms have no zone
                return TimerList(
                    (PendingTimer(2, "tea timer", 60, 4.5, paused=False),),
                    (PendingAlarm(3, at, frozenset({2, 0}), "gym alarm"),),
                )
            case TailRecords():
                return self.tails.open()
            case SetVolume() | Mute() | Status():
                return SpeakerStatus(muted=False, volume=40, degraded={"tts": "model-missing"})
            case _:
                return Done()


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[tuple[Path, Executing]]:
    execute = Executing()
    path = folder / "edge-voice" / "control.sock"
    async with ControlServer(path, execute):
        yield path, execute
    assert not path.exists()


class Client:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def ask(self, line: bytes | dict[str, Any]) -> dict[str, Any]:
        self.writer.write((json.dumps(line).encode() if isinstance(line, dict) else line) + b"\n")
        return await self.answer()

    async def answer(self) -> dict[str, Any]:
        async with asyncio.timeout(10):
            return dict(json.loads(await self.reader.readline()))

    async def ended(self) -> bool:
        async with asyncio.timeout(10):
            return await self.reader.read() == b""


@asynccontextmanager
async def client(path: Path) -> AsyncIterator[Client]:
    reader, writer = await asyncio.open_unix_connection(path)
    try:
        yield Client(reader, writer)
    finally:
        writer.close()


STATUS = {"muted": False, "volume": 40, "degraded": {"tts": "model-missing"}}


@pytest.mark.parametrize(
    ("request_", "command", "reply"),
    [
        ({"command": "stop"}, Stop(), {}),
        ({"command": "listen"}, Listen(), {}),
        ({"command": "volume", "percent": 40}, SetVolume(40), STATUS),
        ({"command": "mute", "muted": False}, Mute(False), STATUS),
        ({"command": "status"}, Status(), STATUS),
        ({"command": "say", "text": " Grüß Gott "}, Say("Grüß Gott"), {"waiting": 1}),
        ({"command": "say", "text": "Hi", "wait": True}, Say("Hi", wait=True), {"waiting": 1}),
        (
            {"command": "timers"},
            Timers(),
            {
                "timers": [{"id": 2, "label": "tea timer", "seconds": 60, "left_s": 4.5, "paused": False}],
                "alarms": [{"id": 3, "label": "gym alarm", "at": "2026-03-03T07:30:00", "days": [0, 2]}],
            },
        ),
    ],
)
async def test_a_request_is_carried_out_and_answered(
    tmp_path: Path, request_: dict[str, Any], command: Command, reply: dict[str, Any]
) -> None:
    async with serving(tmp_path) as (path, execute), client(path) as it:
        assert await it.ask(request_) == reply
        assert execute.got == [command]
        assert requests.decode(requests.encode_command(command)) == command


async def test_a_question_gets_the_record_of_its_turn(tmp_path: Path) -> None:
    async with serving(tmp_path) as (path, execute), client(path) as it:
        execute.release.set()
        record = (await it.ask({"command": "ask", "text": "what time is it"}))["record"]
        assert (record["reply"], record["intent"]["name"]) == ("It is ten.", "HassGetCurrentTime")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", "command-invalid"),
        (b"stop", "command-invalid"),
        (b"[]", "command-invalid"),
        (b"\xff\xfe", "command-invalid"),
        (b"[" * 5000, "command-invalid"),
        (b"{}", "command-unknown"),
        (b'{"command": "shutdown"}', "command-unknown"),
        (b'{"command": ["stop"]}', "command-unknown"),
        (b'{"command": "stop", "now": true}', "command-invalid"),
        (b'{"command": "volume"}', "command-invalid"),
        (b'{"command": "volume", "percent": "40"}', "command-invalid"),
        (b'{"command": "volume", "percent": 40.5}', "command-invalid"),
        (b'{"command": "volume", "percent": true}', "command-invalid"),
        (b'{"command": "volume", "percent": 101}', "command-invalid"),
        (b'{"command": "mute", "muted": 1}', "command-invalid"),
        (b'{"command": "say", "text": ""}', "command-invalid"),
        (b'{"command": "say", "text": "\\u0007"}', "command-invalid"),
        (b'{"command": "say", "text": "\\ud800"}', "command-invalid"),
        (b'{"command": "say", "text": "' + b"x" * 501 + b'"}', "command-invalid"),
        (b'{"command": "say", "text": "fail"}', "home-unreachable"),
        (b'{"command": "say", "text": "crash"}', "command-crashed"),
    ],
)
async def test_an_error_has_a_code_and_a_hint_and_the_connection_goes_on(
    tmp_path: Path, line: bytes, code: str
) -> None:
    async with serving(tmp_path) as (path, _), client(path) as it:
        error = (await it.ask(line))["error"]
        assert error["code"] == code
        assert error["message"]
        assert error["hint"]
        assert await it.ask({"command": "stop"}) == {}


async def test_a_request_that_is_too_long_ends_its_connection_only(tmp_path: Path) -> None:
    async with serving(tmp_path) as (path, execute), client(path) as it, client(path) as other:
        it.writer.write(b"x" * (requests.MAX_LINE_BYTES + 10))
        assert (await it.answer())["error"]["code"] == "command-invalid"
        assert await it.ended()
        assert await other.ask({"command": "stop"}) == {}
        assert execute.got == [Stop()]


async def test_only_owner_and_group_may_connect(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        async with serving(tmp_path) as (path, _):
            assert stat.S_IMODE(path.stat().st_mode) == 0o660
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o750
    finally:
        os.umask(before)


async def test_stop_on_another_connection_does_not_wait_for_a_question(tmp_path: Path) -> None:
    async with serving(tmp_path) as (path, execute), client(path) as asking, client(path) as stopping:
        asking.writer.write(b'{"command": "ask", "text": "why"}\n')
        assert await stopping.ask({"command": "stop"}) == {}
        assert execute.got == [Ask("why"), Stop()]
        execute.release.set()
        assert "record" in await asking.answer()


async def test_clients_that_stall_make_room_for_new_ones(tmp_path: Path) -> None:
    async with serving(tmp_path) as (path, _), client(path) as first:
        assert await first.ask({"command": "stop"}) == {}
        stalled = [await asyncio.open_unix_connection(path) for _ in range(socket.MAX_CONNECTIONS)]
        stalled[0][1].write(b'{"command":')
        async with client(path) as late:
            assert await late.ask({"command": "stop"}) == {}
        assert await first.ended()  # it had been idle for longest
        for _, writer in stalled:
            writer.close()


async def test_when_all_are_at_work_a_new_one_is_told_so(tmp_path: Path) -> None:
    async with serving(tmp_path) as (path, execute):
        asking = [await asyncio.open_unix_connection(path) for _ in range(socket.MAX_CONNECTIONS)]
        for _, writer in asking:
            writer.write(b'{"command": "ask", "text": "why"}\n')
        async with asyncio.timeout(10):
            while len(execute.got) < socket.MAX_CONNECTIONS:  # noqa: ASYNC110 - watched from outside
                await asyncio.sleep(0)
        async with client(path) as late:
            assert (await late.answer())["error"]["code"] == "control-busy"
        execute.release.set()
        for reader, writer in asking:
            assert b"record" in await reader.readline()
            writer.close()


async def test_an_idle_connection_is_closed_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "IDLE_S", 0.05)
    async with serving(tmp_path) as (path, _), client(path) as it:
        it.writer.write(b'{"command": ')
        assert await it.ended()


async def test_a_client_that_does_not_read_is_disconnected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "WRITE_S", 0.05)
    async with serving(tmp_path) as (path, execute), client(path) as deaf, client(path) as other:
        deaf.writer.transport.pause_reading()  # type: ignore[attr-defined]  # the transport reads too
        deaf.writer.write(b'{"command": "timers"}\n' * 20_000)
        async with asyncio.timeout(20):
            while len(execute.got) < 20_000 and not deaf.writer.transport.is_closing():  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.01)
        assert len(execute.got) < 20_000
        assert await other.ask({"command": "stop"}) == {}


async def test_a_socket_left_by_a_killed_speaker_is_replaced_and_a_live_one_is_not(tmp_path: Path) -> None:
    async with serving(tmp_path) as (path, _):
        with pytest.raises(ControlError) as caught:
            async with ControlServer(path, Executing()):
                pass
        assert caught.value.code == "control-in-use"
        async with client(path) as it:
            assert await it.ask({"command": "stop"}) == {}
    left = socket._bind(path)
    left.close()
    assert path.exists()
    async with serving(tmp_path) as (path, _), client(path) as it:
        assert await it.ask({"command": "stop"}) == {}


async def test_a_folder_that_cannot_be_made_is_a_coded_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "control.sock", tmp_path / ("x" * 120) / "control.sock"):
        with pytest.raises(ControlError) as caught:
            async with ControlServer(path, Executing()):
                pass
        assert caught.value.code == "control-unavailable"


async def test_leaving_ends_requests_under_way(tmp_path: Path) -> None:
    async with serving(tmp_path) as (path, execute):
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(b'{"command": "ask", "text": "why"}\n')
        async with asyncio.timeout(10):
            while not execute.got:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0)
    assert await reader.read() == b""
    writer.close()
    assert len(asyncio.all_tasks()) == 1


async def test_records_follow_each_other_until_the_client_leaves(tmp_path: Path) -> None:
    async with serving(tmp_path) as (path, execute), client(path) as other:
        async with client(path) as it:
            assert await it.ask({"command": "tail"}) == {}
            execute.tails.put("turn", b'{"id":"t1"}')
            execute.tails.put("event", b'{"id":"e1"}')
            assert await it.answer() == {"kind": "turn", "record": {"id": "t1"}}
            assert await it.answer() == {"kind": "event", "record": {"id": "e1"}}
            assert await other.ask({"command": "stop"}) == {}
        async with asyncio.timeout(10):
            while len(execute.tails):  # noqa: ASYNC110 - watched from outside
                await asyncio.sleep(0)


async def test_a_client_that_says_anything_ends_its_records(tmp_path: Path) -> None:
    async with serving(tmp_path) as (path, execute), client(path) as it:
        assert await it.ask({"command": "tail"}) == {}
        it.writer.write(b"\n")
        assert await it.ended()
        assert len(execute.tails) == 0


async def test_programs_that_watch_leave_room_for_commands(tmp_path: Path) -> None:
    async with serving(tmp_path) as (path, execute), AsyncExitStack() as stack:
        for _ in range(socket.MAX_TAILS):
            it = await stack.enter_async_context(client(path))
            assert await it.ask({"command": "tail"}) == {}
        it = await stack.enter_async_context(client(path))
        assert (await it.ask({"command": "tail"}))["error"]["code"] == "control-busy"
        assert await it.ask({"command": "stop"}) == {}
        assert len(execute.tails) == socket.MAX_TAILS


async def test_a_client_that_does_not_read_its_records_is_disconnected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "WRITE_S", 0.05)
    async with serving(tmp_path) as (path, execute), client(path) as deaf:
        assert await deaf.ask({"command": "tail"}) == {}
        deaf.writer.transport.pause_reading()  # type: ignore[attr-defined]  # the transport reads too
        async with asyncio.timeout(20):
            while len(execute.tails):
                execute.tails.put("event", b'"' + b"x" * 10_000 + b'"')
                await asyncio.sleep(0)


def outcome(line: bytes) -> Command | str:
    try:
        return requests.decode(line)
    except ControlError as error:
        return error.code


@given(line=st.binary(max_size=300) | st.text().map(str.encode))
def test_any_bytes_are_a_command_or_an_error(line: bytes) -> None:
    result = outcome(line)
    assert not isinstance(result, str) or result in {"command-invalid", "command-unknown"}


def test_every_reply_is_one_line_of_json() -> None:
    for reply in (Done(), Queued(3), Spoken(stopped=True), SpeakerStatus(muted=True, volume=0), Answer(TURN)):
        line = requests.encode_reply(reply)
        assert line.endswith(b"\n")
        assert line.count(b"\n") == 1
        assert "error" not in json.loads(line)
