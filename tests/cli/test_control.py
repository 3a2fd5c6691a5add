"""The commands that talk to the running speaker, as a user types them."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from edge.cli.app import app
from edge.control import Answer, Ask, Command, Listen, Mute, Reply, Say, SetVolume, Spoken, Status, Stop, Timers, client
from edge.control.checks import MAX_SAY_CHARS
from edge.control.client import connect_if_running
from edge.control.socket import ControlServer
from edge.errors import ControlError, EdgeError
from edge.runtime import paths
from tests.control.test_socket import Executing
from tests.control.turns import TURN


class Speaker(Executing):
    """Answers at once; what it says ends at once, or is stopped."""

    def __init__(self, *, stopped: bool = False) -> None:
        super().__init__()
        self.release.set()
        self.stopped = stopped

    async def __call__(self, command: Command) -> Reply:
        if isinstance(command, Say):
            self.got.append(command)
            return Spoken(self.stopped)
        if isinstance(command, Ask) and command.text == "fail":
            record = replace(TURN, outcome="failed", error="llm-missing", reply="", details={"hint": "get one"})
            return Answer(record)
        return await super().__call__(command)


@asynccontextmanager
async def running(runtime: Path, speaker: Speaker) -> AsyncIterator[None]:
    async with ControlServer(runtime / "edge-voice" / "control.sock", speaker):
        yield


async def edge_voice(runtime: Path, *arguments: str | Path) -> tuple[int, str, str]:
    """Exit status, standard output and standard error; in this process, which is quicker."""
    words = [str(argument) for argument in arguments]
    result = await asyncio.to_thread(CliRunner().invoke, app, words, env={"XDG_RUNTIME_DIR": str(runtime)})
    if isinstance(result.exception, EdgeError):
        return result.exception.exit_status, result.stdout, str(result.exception)
    return result.exit_code, result.stdout, result.stderr.strip()


@pytest.mark.parametrize(
    ("arguments", "command", "printed"),
    [
        (["stop"], Stop(), ""),
        (["listen"], Listen(), ""),
        (["mute"], Mute(True), "microphone on\n"),  # what the fake says, whatever it is told
        (["mute", "off"], Mute(False), "microphone on\n"),
        (["volume"], Status(), "40 percent\n"),
        (["volume", "40"], SetVolume(40), "40 percent\n"),
        (["timers"], Timers(), "tea timer: 0:04 left\ngym alarm: Tuesday 2026-03-03 07:30, every Monday, Wednesday\n"),
        (["ask", "what time is it"], Ask("what time is it"), "It is ten.\n"),
        (["ask", "what time is it", "--speak"], Ask("what time is it", speak=True), "It is ten.\n"),
        (["say", "Dinner is ready."], Say("Dinner is ready.", wait=True), ""),
    ],
)
async def test_a_command_reaches_the_running_speaker(
    tmp_path: Path, arguments: list[str], command: Command, printed: str
) -> None:
    speaker = Speaker()
    async with running(tmp_path, speaker):
        status, out, err = await edge_voice(tmp_path, *arguments)
    assert (status, out, err) == (0, printed, "")
    assert speaker.got == [command]


async def test_json_is_one_document(tmp_path: Path) -> None:
    async with running(tmp_path, Speaker()):
        for arguments, key in ((["volume"], "volume"), (["mute", "on"], "muted"), (["timers"], "alarms")):
            _, out, _ = await edge_voice(tmp_path, *arguments, "--json")
            assert key in json.loads(out)
        _, out, _ = await edge_voice(tmp_path, "ask", "what time is it", "--json", "--trace", tmp_path / "trace")
        assert json.loads(out)["intent"]["name"] == "HassGetCurrentTime"
        assert "traceEvents" in json.loads((tmp_path / "trace").read_text())


async def test_a_failed_question_has_the_status_and_the_hint_of_its_failure(tmp_path: Path) -> None:
    async with running(tmp_path, Speaker()):
        status, out, err = await edge_voice(tmp_path, "ask", "fail")
    assert (status, out) == (1, "")
    assert "llm-missing" in err
    assert "get one" in err


async def test_a_long_text_is_said_in_parts_of_whole_sentences(tmp_path: Path) -> None:
    speaker = Speaker()
    sentence = "This is one of the sentences of a long text.\x07"
    (tmp_path / "text").write_text(" ".join([sentence] * 40), encoding="utf-8")
    async with running(tmp_path, speaker):
        status, _, err = await edge_voice(tmp_path, "say", "--file", tmp_path / "text")
    assert (status, err) == (0, "")
    parts = [command.text for command in speaker.got if isinstance(command, Say)]
    assert len(parts) == 4
    assert all(len(part) <= MAX_SAY_CHARS and part.endswith(".") for part in parts)
    assert " ".join(parts).count("This is one") == 40


async def test_a_text_that_was_stopped_is_not_continued(tmp_path: Path) -> None:
    speaker = Speaker(stopped=True)
    (tmp_path / "text").write_text("This is one of the sentences of a long text. " * 40, encoding="utf-8")
    async with running(tmp_path, speaker):
        status, _, _ = await edge_voice(tmp_path, "say", "--file", tmp_path / "text")
    assert status == 0
    assert len(speaker.got) == 1


async def test_a_file_is_written_by_a_voice_of_its_own(tmp_path: Path) -> None:
    speaker = Speaker()
    async with running(tmp_path, speaker):
        status, _, err = await edge_voice(tmp_path, "say", "Hello.", "-o", tmp_path / "hello.wav")
    assert (status, err) == (0, "")
    assert (tmp_path / "hello.wav").stat().st_size > 1000
    assert speaker.got == []


@pytest.mark.parametrize("command", ["stop", "mute", "volume", "timers", "listen"])
async def test_without_a_speaker_there_is_one_clear_error(tmp_path: Path, command: str) -> None:
    status, out, err = await edge_voice(tmp_path, command)
    assert (status, out) == (1, "")
    assert "daemon-not-running" in err
    assert "systemctl start edge-voice" in err


@pytest.mark.parametrize("arguments", [["volume", "101"], ["volume", "loud"], ["mute", "maybe"]])
async def test_wrong_arguments_reach_no_speaker(tmp_path: Path, arguments: list[str]) -> None:
    speaker = Speaker()
    async with running(tmp_path, speaker):
        status, _, _ = await edge_voice(tmp_path, *arguments)
    assert status == 2
    assert speaker.got == []


class Denying:
    """A socket module whose sockets may not connect."""

    AF_UNIX = SOCK_STREAM = 0

    def socket(self, *_: int) -> "Denying":
        return self

    def settimeout(self, _: float) -> None:
        pass

    def connect(self, _: str) -> None:
        raise PermissionError

    def close(self) -> None:
        pass


def test_a_user_who_may_not_talk_to_the_speaker_is_told_how_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "socket", Denying())
    with pytest.raises(ControlError) as caught:
        connect_if_running()
    assert caught.value.code == "control-denied"
    assert "usermod -aG edge-voice" in caught.value.hint


async def test_a_speaker_that_ends_in_the_middle_is_a_coded_error(tmp_path: Path) -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    (tmp_path / "edge-voice").mkdir()
    server = await asyncio.start_unix_server(hang_up, tmp_path / "edge-voice" / "control.sock")
    status, _, err = await edge_voice(tmp_path, "stop")
    server.close()
    assert status == 1
    assert "daemon-not-answering" in err


def test_the_socket_of_the_service_and_of_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Path("/run/edge-voice/control.sock")
    monkeypatch.setenv("RUNTIME_DIRECTORY", "/run/edge-voice:/run/other")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/7")
    assert paths.control_socket() == service
    monkeypatch.delenv("RUNTIME_DIRECTORY")
    assert paths.control_sockets() == (Path("/run/user/7/edge-voice/control.sock"), service)
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr(os, "geteuid", lambda: 7)
    assert paths.control_socket() == Path("/run/user/7/edge-voice/control.sock")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert paths.control_sockets() == (service,)
