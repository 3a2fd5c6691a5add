"""`edge-voice budget`: figures, limits and calls, and never a text."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from edge.budget import FILE, Budget, Ledger, Worst
from edge.cli.app import app
from edge.cli.budget import read
from edge.errors import LlmError
from edge.runtime.clock import SystemClock
from edge.settings import BudgetSettings


class Hand(SystemClock):
    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))
    monkeypatch.setattr("edge.cli.budget.SERVICE_STATE", tmp_path / "service")
    return tmp_path / "state"


def make_calls(folder: Path, at: datetime) -> None:
    clock = Hand(at)
    budget = Budget(Ledger(folder / FILE), BudgetSettings(), clock)
    for worst, usd in ((Worst(100, 200, 0.001), 0.0002), (Worst(100, 200, 0.001), None), (Worst(100, 200, None), None)):
        number = budget.reserve("gpt-4o-mini" if worst.usd else "other", worst)
        assert isinstance(number, int)
        if usd is not None:
            budget.settle(number, prompt=31, cached=3, reply=7, usd=usd)
    budget.close()


def shown(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["budget", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_nothing_was_spent_before_the_first_call(state: Path) -> None:
    assert shown().splitlines() == [
        "today: USD 0.00000 of 0.25 (0 calls, 0 tokens)",
        "this month: USD 0.00000 of 3.00 (0 calls, 0 tokens)",
    ]
    assert not state.exists()


def test_a_person_sees_the_day_the_month_and_the_last_calls(state: Path) -> None:
    now = SystemClock().now()
    make_calls(state, now)
    lines = shown().splitlines()
    assert lines[0] == "today: USD 0.00120 of 0.25 (3 calls, 638 tokens)"
    assert lines[1].startswith("this month: USD 0.00120 of 3.00")
    assert lines[2] == "today, of models whose price is not known: 300 of 100,000 tokens"
    at = f"{now:%Y-%m-%d %H:%M}"
    assert lines[3:] == [
        f"  {at}  other  100 + 200 tokens  price not known, at most: the endpoint counted nothing",
        f"  {at}  gpt-4o-mini  100 + 200 tokens  USD 0.00100, at most: the endpoint counted nothing",
        f"  {at}  gpt-4o-mini  31 (3 cached) + 7 tokens  USD 0.00020",
    ]


def test_programs_get_one_document(state: Path) -> None:
    make_calls(state, SystemClock().now())
    document = json.loads(shown("--json"))
    assert document["day"]["usd"] == 0.0012
    assert document["day"] | {"usd": 0} == {
        "usd": 0,
        "calls": 3,
        "tokens": 638,
        "unpriced_calls": 1,
        "unpriced_tokens": 300,
        "limit_usd": 0.25,
        "limit_unpriced_tokens": 100_000,
    }
    assert document["month"]["limit_usd"] == 3.0
    assert [it["counted"] for it in document["last"]] == [False, False, True]


def test_what_was_spent_on_other_days_belongs_to_the_month(tmp_path: Path) -> None:
    make_calls(tmp_path, datetime(2026, 11, 3, tzinfo=UTC))
    make_calls(tmp_path, datetime(2026, 11, 27, tzinfo=UTC))
    today = read(tmp_path / FILE, date(2026, 11, 27))
    assert (today.day.calls, today.month.calls, len(today.last)) == (3, 6, 6)
    assert read(tmp_path / FILE, date(2026, 11, 27) + timedelta(days=20)).month.calls == 0


def test_the_service_has_a_ledger_of_its_own(state: Path, tmp_path: Path) -> None:
    service = tmp_path / "service"
    make_calls(service, SystemClock().now())
    assert "3 calls" in shown()
    assert not state.exists()


def test_a_file_that_is_none_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 200)
    with pytest.raises(LlmError, match="cannot be read") as raised:
        read(tmp_path / FILE, date(2026, 11, 27))
    assert raised.value.code == "budget-unusable"
