"""Whatever the cloud does, the turn ends in speech, in time, and the budget is right to the token."""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from edge.budget import FILE, Budget, Call, Ledger
from edge.errors import LlmError
from edge.events import Decision, ReplySentence
from edge.llm import Delta, Message
from edge.llm.chat_service import ChatService, ReplyRecord
from edge.llm.cloud import Cloud, open_ledger
from edge.llm.endpoint_profile import Target, shipped_profiles
from edge.llm.openai_endpoint import OpenAiEndpoint
from edge.runtime.clock import SystemClock
from edge.settings import BudgetSettings, CloudSettings, LlmSettings
from tests.fakes.language import ENGLISH
from tests.llm.fake_cloud import Behaviour, Connection, FakeCloud, Request, fake_cloud
from tests.llm.fakes import ScriptedEndpoint
from tests.llm.faults import BEGUN, FAULTS

TARGET = Target("gpt-4o-mini", shipped_profiles()["gpt-4o-mini"])
QUESTION = "What is a volcano?"
AT_HOME = "A mountain."
KEY = "sk-never-to-be-seen"
SPENT = ENGLISH.chat.budget_spent("day")


class Hand(SystemClock):
    """Real time on a day of the test's choice."""

    def __init__(self) -> None:
        self.today = datetime(2026, 11, 27, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.today


class Away:
    """A chat service whose cloud is a real server, with a budget on disk."""

    def __init__(
        self, server: FakeCloud, folder: Path, local: ScriptedEndpoint | None, limits: BudgetSettings, target: Target
    ) -> None:
        self.server = server
        self.clock = Hand()
        self.path = folder / FILE
        self.endpoint = OpenAiEndpoint(
            url=server.url,
            target=lambda: target,
            api_key=SecretStr(KEY),
            first_token_timeout_s=0.4,
            stall_timeout_s=0.2,
            clock=self.clock,
        )
        budget = Budget(open_ledger(folder), limits, self.clock)
        self.cloud = Cloud(self.endpoint, budget, tokens_per_turn=limits.tokens_per_turn)
        settings = LlmSettings(cloud=CloudSettings(first_token_timeout_s=0.4))
        self.chat = ChatService(local, self.cloud, settings=settings, language=ENGLISH, clock=self.clock)

    async def ask(self, *, refusal: str | None = None, spoken: bool = True) -> tuple[list[str], ReplyRecord]:
        decision = Decision("cloud", "fresh-knowledge", QUESTION, refusal=refusal)
        pieces = [piece async for piece in self.chat.reply(decision, spoken=spoken)]
        record = pieces.pop()
        assert isinstance(record, ReplyRecord)
        return [it.text for it in pieces if isinstance(it, ReplySentence)], record

    def calls(self) -> list[Call]:
        """In the ledger, as another process sees it."""
        with contextlib.closing(Ledger(self.path, read_only=True)) as ledger:
            return ledger.last(100)


@asynccontextmanager
async def away(
    folder: Path,
    *behaviours: Behaviour,
    local: ScriptedEndpoint | None = None,
    limits: BudgetSettings | None = None,
    target: Target = TARGET,
) -> AsyncIterator[Away]:
    async with fake_cloud(*behaviours) as server:
        service = Away(server, folder, local, limits or BudgetSettings(), target)
        try:
            yield service
        finally:
            await service.chat.aclose()


async def works(_: Request, connection: Connection) -> None:
    await connection.answer("A volcano is a mountain.", prompt=31, reply=7, cached=3)


COST = ((31 - 3) * 0.15 + 3 * 0.075 + 7 * 0.60) / 1e6


async def test_an_answer_costs_what_the_endpoint_counted(tmp_path: Path) -> None:
    async with away(tmp_path, works) as service:
        said, record = await service.ask()
        assert (said, record.answerer, record.error) == (["A volcano is a mountain."], "cloud", None)
        (call,) = service.calls()
        assert (call.prompt_tokens, call.cached_tokens, call.reply_tokens, call.counted) == (31, 3, 7, True)
        assert call.usd == pytest.approx(COST)
        assert service.chat.charged_usd == pytest.approx(COST)


@pytest.mark.parametrize("name", sorted(FAULTS))
@pytest.mark.parametrize("local", [True, False])
async def test_every_fault_ends_in_speech_in_the_same_turn(name: str, *, local: bool, tmp_path: Path) -> None:
    fault = FAULTS[name]
    home = ScriptedEndpoint([AT_HOME]) if local else None
    async with away(tmp_path, fault.behave, local=home) as service:
        begun = time.monotonic()
        said, record = await service.ask()
        assert time.monotonic() - begun < 5
        calls = service.calls()
    if fault.begun:
        assert said == [BEGUN.split(". ")[0] + ".", ENGLISH.chat.not_finished]
        assert (record.answerer, record.error) == ("cloud", fault.code)
    else:
        assert said == [AT_HOME if local else ENGLISH.chat.apology]
        assert record.reason == f"cloud-{fault.code.removeprefix('llm-')}"
        assert (record.answerer, record.error) == (("llm", None) if local else ("cloud", fault.code))
    # Billed is what the endpoint took. Without a count it is the most that it can have been.
    assert [it.counted for it in calls] == ([name == "nothing"] if name in TAKEN else [])
    for call in calls:
        assert call.usd is not None
        assert call.counted or call.reply_tokens == CloudSettings().max_reply_tokens


TAKEN = {
    "stall after the head",
    "only comments",
    "stall in the stream",
    "cut",
    "slow tokens",
    "malformed tool call",
    "malformed tool call in the answer",
    "a line of 1 MB",
    "a line without an end",
    "not JSON",
    "wrong types",
    "nested too deeply",
    "error in the stream",
    "declined",
    "nothing",
}
"""The faults in which a stream of events had begun."""


@pytest.mark.parametrize("name", ["500", "cut at once", "stall before the stream"])
async def test_what_only_the_cloud_may_answer_gets_one_honest_sentence(name: str, tmp_path: Path) -> None:
    local = ScriptedEndpoint(["It is sunny."])
    async with away(tmp_path, FAULTS[name].behave, local=local) as service:
        said, record = await service.ask(refusal="weather")
    assert said == [ENGLISH.replies.unsupported("weather")]
    assert record.answerer == "home"
    assert local.asked == []


async def test_while_the_cloud_is_down_it_is_not_asked_and_then_probed(tmp_path: Path) -> None:
    class Later(Hand):
        ahead = 0.0

        def monotonic(self) -> float:
            return super().monotonic() + self.ahead

    broken = FAULTS["500"].behave
    home = ScriptedEndpoint(*[[AT_HOME]] * 4)
    async with away(tmp_path, broken, broken, broken, works, local=home) as service:
        clock = Later()
        service.endpoint.breaker._clock = clock
        states = [service.chat.cloud_state()]
        for _ in range(4):
            assert (await service.ask())[0] == [AT_HOME]
            states.append(service.chat.cloud_state())
        assert states == ["ready", "ready", "ready", "down", "down"]
        assert len(service.server.requests) == 3
        clock.ahead = 31
        assert service.chat.cloud_state() == "ready"
        assert (await service.ask())[0] == ["A volcano is a mountain."]


async def test_at_the_cap_it_says_so_once_and_stays_at_home_until_the_period_ends(tmp_path: Path) -> None:
    home = ScriptedEndpoint(*[[AT_HOME]] * 20)
    limits = BudgetSettings(usd_per_day=0.0002)
    async with away(tmp_path, works, local=home, limits=limits) as service:
        answers = [await service.ask() for _ in range(14)]
        first = next(at for at, (said, _) in enumerate(answers) if SPENT in said)
        assert answers[first][0] == [SPENT, AT_HOME]
        assert answers[first][1].reason == "cloud-budget-spent"
        assert service.chat.cloud_state() == "over-budget"
        assert sum(it.usd or 0 for it in service.calls()) <= 0.0002
        assert len(service.server.requests) == first
        service.clock.today += timedelta(days=1)
        assert service.chat.cloud_state() == "ready"
        assert (await service.ask())[0] == ["A volcano is a mountain."]


async def test_after_a_restart_over_the_cap_it_says_nothing_again(tmp_path: Path) -> None:
    limits = BudgetSettings(usd_per_day=0)
    for expected in ([SPENT, AT_HOME], [AT_HOME]):
        async with away(tmp_path, works, local=ScriptedEndpoint([AT_HOME]), limits=limits) as service:
            assert (await service.ask())[0] == expected
            assert service.server.requests == []


async def test_a_model_without_a_price_counts_tokens_and_says_that_the_cost_is_unknown(tmp_path: Path) -> None:
    unpriced = Target("some-model", shipped_profiles()["compatible"])
    async with away(tmp_path, works, target=unpriced) as service:
        _, record = await service.ask()
        assert record.usage.cost_usd is None
        (call,) = service.calls()
    assert (call.prompt_tokens, call.reply_tokens, call.usd) == (31, 7, None)


async def test_an_answer_that_the_user_stops_counts_as_its_worst_case(tmp_path: Path) -> None:
    async with away(tmp_path, FAULTS["stall in the stream"].behave) as service:
        reply = service.chat.reply(Decision("cloud", "fresh-knowledge", QUESTION))
        await anext(reply)
        await reply.aclose()
        (call,) = service.calls()
        assert not call.counted
        assert service.chat.charged_usd == call.usd


async def test_an_answer_that_had_ended_before_the_user_stopped_it_costs_what_was_counted(tmp_path: Path) -> None:
    async with away(tmp_path, works) as service:
        reply = service.chat.reply(Decision("cloud", "fresh-knowledge", QUESTION))
        await anext(reply)
        async with asyncio.timeout(5):
            while not service.calls()[0].counted:  # noqa: ASYNC110 - the answer is read while nobody listens
                await asyncio.sleep(0.01)
        await reply.aclose()
        assert service.chat.charged_usd == pytest.approx(COST)


async def test_a_silent_cloud_is_bridged_by_one_filler_in_speech_only(tmp_path: Path) -> None:
    async def late(_: Request, connection: Connection) -> None:
        await asyncio.sleep(1.0)
        await connection.answer("A volcano is a mountain.")

    for spoken in (True, False):
        async with away(tmp_path, late) as service:
            service.endpoint._first_token_timeout_s = 5
            service.chat._settings = LlmSettings(cloud=CloudSettings(first_token_timeout_s=5))
            said, _ = await service.ask(spoken=spoken)
        assert said == [ENGLISH.chat.filler] * spoken + ["A volcano is a mountain."]


async def test_a_home_model_that_is_slow_as_well_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(ScriptedEndpoint):
        async def stream(self, messages, *, max_tokens, tool=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - as its base
            assert messages
            assert max_tokens
            assert tool is None
            await asyncio.sleep(3600)
            yield Delta("never")

    monkeypatch.setattr("edge.llm.chat_service._SPEECH_WITHIN_S", 0.3)
    monkeypatch.setattr("edge.llm.chat_service._LOCAL_AT_LEAST_S", 0.1)
    async with away(tmp_path, FAULTS["500"].behave, local=Slow()) as service:
        said, record = await service.ask()
    assert said == [ENGLISH.chat.apology]
    assert (record.reason, record.error) == ("cloud-unavailable", "llm-timeout")


async def test_a_question_has_no_more_tokens_than_the_owner_allows(tmp_path: Path) -> None:
    async with away(tmp_path, works, limits=BudgetSettings(tokens_per_turn=700)) as service:
        for _ in range(3):
            service.chat.remember("Tell me more. " * 20, "So it goes. " * 20, answerer="cloud")
        await service.ask()
        with pytest.raises(LlmError, match="does not fit into 700 tokens"):
            _ = [it async for it in service.cloud.stream([Message("user", "Why? " * 400)], max_tokens=100)]
    (request,) = service.server.requests
    roles = [it["role"] for it in request.body["messages"]]
    assert roles[0] == "system"
    assert roles[1:] == ["user", "assistant"] * (len(roles) // 2 - 1) + ["user"]
    assert 1 < len(roles) < 8
    assert request.body["messages"][-1]["content"] == QUESTION
    sent = sum(len(it["content"]) // 2 + 9 for it in request.body["messages"])
    assert sent + request.body["max_tokens"] <= 700


async def test_a_budget_that_cannot_be_written_makes_no_call(tmp_path: Path) -> None:
    async with away(tmp_path, works, local=ScriptedEndpoint([AT_HOME])) as service:
        service.cloud._budget.close()
        said, record = await service.ask()
        assert (said, record.reason) == ([AT_HOME], "cloud-budget-unusable")
        assert service.server.requests == []


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LlmError, match="cannot be used") as raised:
        open_ledger(tmp_path / "file")
    assert raised.value.code == "budget-unusable"


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@pytest.mark.parametrize("name", ["401", "500", "cut", "malformed tool call", "a web page"])
async def test_the_key_is_sent_and_seen_nowhere_else(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    async with away(tmp_path, FAULTS[name].behave, local=ScriptedEndpoint([AT_HOME])) as service:
        said, record = await service.ask()
        (request,) = service.server.requests
    assert request.headers["authorization"] == f"Bearer {KEY}"
    printed = capsys.readouterr()
    shown = f"{said}{record}{caplog.text}{printed.out}{printed.err}{service.endpoint.__dict__}"
    assert KEY not in shown
    kept = b"".join(path.read_bytes() for path in files(tmp_path))
    assert KEY.encode() not in kept
    assert QUESTION.encode() not in kept


async def test_questions_of_both_answerers_stay_in_order_and_the_cloud_sees_what_it_may(tmp_path: Path) -> None:
    seen: dict[str, list[str]] = {}
    for memory in ("none", "cloud", "all"):
        async with away(tmp_path, works, local=ScriptedEndpoint(["Fine."])) as service:
            settings = LlmSettings(cloud=CloudSettings(memory=memory))
            local = ScriptedEndpoint(["Fine."])
            chat = ChatService(local, service.cloud, settings=settings, language=ENGLISH, clock=service.clock)
            for number, answerer in enumerate(["llm", "cloud", "llm", "cloud"]):
                chat.remember(
                    f"Question {number}", f"Reply {number}", answerer="cloud" if answerer == "cloud" else "llm"
                )
            _ = [it async for it in chat.reply(Decision("cloud", "fresh-knowledge", "And now?"))]
            _ = [it async for it in chat.reply(Decision("llm", "open-question", "And here?"))]
            await asyncio.sleep(0)
            (request,) = service.server.requests
            seen[memory] = [it["content"] for it in request.body["messages"] if it["role"] == "user"]
            at_home = [it.text for it in local.asked[0] if it.role == "user"]
            assert at_home[-5:] == ["Question 0", "Question 1", "Question 2", "Question 3", "And here?"]
    assert seen == {
        "none": ["And now?"],
        "cloud": ["Question 1", "Question 3", "And now?"],
        "all": ["Question 0", "Question 1", "Question 2", "Question 3", "And now?"],
    }


def test_the_ledger_has_no_column_for_texts(tmp_path: Path) -> None:
    Ledger(tmp_path / FILE).close()
    with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(calls)")]
    assert columns == ["number", "at", "day", "ahead_on", "model", "prompt", "cached", "reply", "usd", "counted"]
