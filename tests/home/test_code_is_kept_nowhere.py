"""The code is in no log, record, transcript, report, trace or memory, also where the owner records what is said."""

import gc
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
import structlog
from structlog.testing import capture_logs

from edge.control import Answer
from edge.control.requests import encode_reply
from edge.events import TurnRecord
from edge.runtime import virtual_time
from edge.runtime.clock import Clock
from edge.runtime.virtual_time import VirtualClock
from edge.telemetry import messages
from edge.telemetry.trace import chrome_trace
from edge.turn.log import TurnLog
from tests.fakes.guarded_home import GuardedHome

CODE = "80319"
WRITTEN = (CODE, "8 0 3 1 9", "8, 0, 3", "eight zero three", "eight oh three", "80 319", "8-0-3")
"""Pieces of the code in the forms in which it is said below."""

SAID = [
    ["unlock the front door", CODE],
    ["unlock the front door", "8 0 3 1 9"],
    ["unlock the front door", "eight zero three one nine"],
    ["unlock the front door", "Eight, oh, three, one, nine."],
    ["unlock the front door", "the code is 8-0-3-1-9 please"],
    ["unlock the front door", "80 319"],
    ["unlock the front door", "I think it is 80319 but I am not sure"],
    ["unlock the front door", "eight zero three"],
    ["unlock the front door", "what is eight zero three one nine"],
    ["unlock the front door", "tell me a story about 80319"],
    ["unlock the front door", "remind me to say 80319 at six"],
    ["unlock the front door", "no", CODE],
    ["unlock the front door", "thanks", "my code is eight zero three one nine"],
    [CODE],
    ["eight zero three one nine"],
    ["my code is 80319"],
    ["unlock the front door 80319"],
    ["unlock the front door with the code eight zero three one nine"],
    ["open the garage 80319"],
    ["remember that my pin is 80319"],
    ["remind me in ten minutes that the code is 80319"],
    ["disarm the alarm, eight zero three one nine"],
]


def kept(home: GuardedHome, records: Iterable[TurnRecord], logs: object) -> str:
    """All that a program, a disk or a network gets to see."""
    seen = [json.dumps(logs, default=repr)]
    for record in records:
        seen += [
            messages.turn(record, at=record.started_at, transcripts=True).decode(),
            encode_reply(Answer(record)).decode(),
            repr(record),
        ]
    seen.append(json.dumps(chrome_trace(list(records))))
    seen.append(repr((home.telemetry.events, home.telemetry.fields, home.telemetry.states, home.telemetry.counters)))
    seen.append(repr((home.chat.asked, home.chat.warmed, home.publisher.published, home.tts.said)))
    seen += [path.read_text(encoding="utf-8") for path in home.state.rglob("*") if path.is_file()]
    return "\n".join(seen)


def remembered(*roots: object) -> list[str]:
    """Every text that can be reached from these objects, but not through modules and classes."""
    found, seen, waiting = [], set[int](), list(roots)
    while waiting:
        it = waiting.pop()
        if id(it) in seen or isinstance(it, type) or type(it).__name__ in {"module", "function", "SecretStr", "frame"}:
            continue
        seen.add(id(it))
        if isinstance(it, str):
            found.append(it)
        else:
            waiting += gc.get_referents(it)
    return found


@pytest.mark.parametrize("speak", [False, True])
@pytest.mark.parametrize("texts", SAID, ids=lambda texts: texts[-1])
@virtual_time.instantly
async def test_a_code_is_kept_nowhere(texts: list[str], speak: bool, tmp_path: Path) -> None:
    structlog.reset_defaults()
    home = GuardedHome(tmp_path, code=CODE, unlock="code", disarm="code")
    with capture_logs() as logs:
        records = [await home.ask(text, speak=speak) for text in texts]
        await home.clock.sleep(3600)
        records += home.telemetry.turns
    everything = kept(home, records, logs)
    assert "HassTurnOff" in everything or len(texts) == 1, "records are looked at"
    assert [form for form in WRITTEN if form in everything.casefold()] == []
    chat, conversation = home.pipeline.engines.chat, home.pipeline._conversation
    roots = (chat.__dict__, conversation._dialogue, conversation._typed.dialogue, home.telemetry, home.home.schedule)
    texts_kept = remembered(*roots)
    assert [it for it in texts_kept if any(form in it.casefold() for form in WRITTEN)] == []


@virtual_time.instantly
async def test_everything_else_is_recorded_as_before(tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, code=CODE, unlock="code")
    for said in ("turn on the kitchen light", "what happened in 1969", "set a timer for 1234 seconds"):
        assert (await home.ask(said)).transcript == said
    assert home.chat.asked
    assert (await home.ask("unlock the front door")).transcript == "unlock the front door"


@virtual_time.instantly
async def test_numbers_are_recorded_where_no_code_is_asked_for(tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, code=CODE)
    assert (await home.ask("unlock the front door 80319")).transcript == "unlock the front door 80319"


@virtual_time.instantly
async def test_a_turn_that_is_cancelled_before_it_is_understood_keeps_nothing() -> None:
    clock: Clock = VirtualClock()
    turn = TurnLog(clock, wake_word="alexa")
    turn.private = True
    assert turn.record("cancelled").transcript == ""
