"""docs/mqtt.md and docs/home-assistant.md say what the code does."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from pathlib import Path

from edge.control import mqtt as commands
from edge.control import refusals, requests, socket
from edge.control.checks import MAX_ASK_CHARS, MAX_SAY_CHARS
from edge.control.timers_topic import payload as timers_payload
from edge.home.acting import publisher
from edge.mqtt import link
from edge.mqtt.connection import _PAUSE_S
from edge.peers import arbitration, intercom, shared
from edge.schedule import PendingAlarm, PendingTimer
from edge.telemetry import SpeakerState

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/mqtt.md").read_text(encoding="utf-8")
WORDS = " ".join(PAGE.split())


def section(heading: str) -> str:
    _, found, rest = PAGE.partition(f"\n## {heading}\n")
    assert found, heading
    return rest.partition("\n## ")[0]


def rows(heading: str) -> dict[str, str]:
    """The rows of the tables of a section, by what stands first in backquotes."""
    return {found[1]: found[2] for found in re.finditer(r"^\| `([^`]+)` \|(.*)$", section(heading), re.MULTILINE)}


def test_every_command_is_in_the_table_with_its_fields() -> None:
    table = rows("Commands")
    assert sorted(table) == list(commands.NAMES)
    for name, row in table.items():
        kind = requests.COMMANDS[name]
        given = row.rsplit("|", 2)[1]
        named = set(re.findall(r"`([a-z]+)`", given)) - {"true", "false"}
        if "JSON" in row:
            assert named == {field.name for field in fields(kind)}, name
            for field in fields(kind):
                if field.default is not MISSING and field.default not in {None, "normal", ()}:
                    assert f"`{field.name}` (`{json.dumps(field.default)}`)" in given, (name, field.name)
        else:
            assert named == set(), name


def test_the_limits_are_those_of_the_code() -> None:
    for words in (
        f"text, at most {MAX_SAY_CHARS} characters",
        f"text, at most {MAX_ASK_CHARS:,} characters",
        f"more than {commands.MAX_COMMANDS} in ten seconds",
        f"at most {commands.MAX_BYTES // 1024} KiB",
        f"confirmed within {intercom.ANSWER_S} s",
        f"Each waits {arbitration.WAIT_S * 1000:.0f} ms for the others",
        "the same wake word within a second in two rooms",
        "a pause that grows from half a second to a minute",
        f"does not accept a home command within {publisher.TIMEOUT_S:.0f} s",
        f"Messages of more than {link.MAX_PACKET_BYTES // 1_048_576} MiB are not taken",
        f"A request has at most {requests.MAX_LINE_BYTES // 1024} KiB, a question {MAX_ASK_CHARS:,} characters",
        f"Up to {socket.MAX_CONNECTIONS} connections are open",
        f"an idle one is closed after {socket.IDLE_S:.0f} s",
    ):
        assert words in WORDS, words
    assert (arbitration.TAKEN_S, _PAUSE_S, socket.MAX_TAILS) == (1.0, (0.5, 60.0), 4)
    assert (commands.MAX_QUESTIONS, refusals.MAX_EVENTS, refusals.WINDOW_S, commands.WINDOW_S) == (4, 5, 10, 10)


def codes() -> Iterator[str]:
    """The codes that a command can be refused with."""
    others = ("schedule/schedule.py", "route/reload.py", "daemon.py", "pipeline.py")
    not_of_the_broker = {ROOT / "edge/control" / name for name in ("client.py", "socket.py")}
    of_the_broker = {*(ROOT / "edge/control").glob("*.py")} - not_of_the_broker
    for path in (*of_the_broker, *(ROOT / "edge" / it for it in others)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="ControlError" | "HomeError" | "AudioError"), args=[ast.Constant(code), *_]
                ):
                    yield str(code)


def test_every_code_is_named() -> None:
    found = set(codes())
    assert len(found) > 15
    assert {code for code in found if f"`{code}`" not in section("Commands")} == set()


def test_every_topic_and_field_of_the_state_and_the_timers() -> None:
    topics = rows("Topics")
    assert set(topics) == {"status", "state", "timers", "turn", "metrics", "event", "command/<name>"}
    named = set(re.findall(r"`([a-z_]+)`", topics["state"]))
    assert named == {"name", "area", *(field.name for field in fields(SpeakerState))}
    at = datetime(2026, 3, 3, 7, 30)  # noqa: DTZ001 - alarms have no zone
    timers = (PendingTimer(1, "tea", 60, 30.0, paused=False), PendingTimer(2, "pasta", 60, 30.0, paused=True))
    sent = json.loads(
        timers_payload(timers, (PendingAlarm(1, at, frozenset(), "gym"),), datetime.now(UTC), labels=True)
    )
    keys = set(sent) | {key for it in (*sent["timers"], *sent["alarms"]) for key in it}
    assert {key for key in keys if f'"{key}"' not in section("Topics") and f"`{key}`" not in section("Topics")} == set()


def test_the_answer_to_a_question() -> None:
    examples = map(json.loads, re.findall(r"```json\n(.*?)```", section("Commands"), re.DOTALL))
    example = next(it for it in examples if it["event"] == "answer")
    source = ast.parse((ROOT / "edge/control/mqtt.py").read_text(encoding="utf-8"))
    keys = [
        [key.value for key in node.keys if isinstance(key, ast.Constant)]
        for node in ast.walk(source)
        if isinstance(node, ast.Dict)
    ]
    [sent] = [it for it in keys if "reply" in it]
    assert list(example) == sent


def test_the_topics_of_several_speakers() -> None:
    topics = rows("Several speakers")
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "edge/peers").glob("*.py")]
    used = {match for source in sources for match in re.findall(r'shared\([^)"]*"([a-z]+)"', source)}
    assert {topic.partition("/")[0] for topic in topics} == used
    assert shared("<home>", "x") == "edge-voice-home/<home>/x"
    named = {
        topic.partition("/")[0]: set(re.findall(r"`([a-z_]+)`", row.partition(";")[0])) for topic, row in topics.items()
    }
    published: dict[str, set[str]] = {topic: set() for topic in named}
    for path in (ROOT / "edge/peers").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                keys = {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}
                for topic, listed in named.items():
                    published[topic] |= keys if keys == listed else set()
    assert published == named


def test_every_command_of_the_socket_is_listed() -> None:
    listed = set(re.findall(r'"command": "([a-z-]+)"', section("Local socket")))
    assert listed >= set(requests.COMMANDS) - {"ask"}
    assert listed <= set(requests.COMMANDS)
