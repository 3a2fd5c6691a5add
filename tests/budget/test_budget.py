"""The budget: reserved, settled, kept across restarts, kills and clocks that jump."""

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.budget import Budget, Ledger, Refusal, Worst
from edge.runtime.clock import SystemClock
from edge.settings import BudgetSettings

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
WORST = Worst(100, 200, 0.04)
UNPRICED = Worst(100, 200, None)


class Hand(SystemClock):
    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Hand:
    return Hand()


def budget(folder: Path, clock: Hand, **limits: float) -> Budget:
    usual = {"usd_per_day": 0.10, "usd_per_month": 1.0, "tokens_per_day": 1000}
    return Budget(Ledger(folder / "budget.db"), BudgetSettings.model_validate(usual | limits), clock)


def entered(of: Budget, worst: Worst = WORST) -> int:
    number = of.reserve("m", worst)
    assert isinstance(number, int)
    return number


def spent_usd(folder: Path, since: datetime = NOON) -> float:
    ledger = Ledger(folder / "budget.db", read_only=True)
    usd = ledger.spent(since.date()).usd
    ledger.close()
    return usd


def test_a_call_counts_as_its_worst_case_until_it_is_settled(tmp_path: Path, clock: Hand) -> None:
    tight = budget(tmp_path, clock)
    first = entered(tight)
    second = entered(tight)
    assert tight.reserve("m", WORST) == Refusal("day", first=True)
    tight.settle(first, prompt=60, cached=10, reply=20, usd=0.001)
    tight.release(second)
    entered(tight)
    assert spent_usd(tmp_path) == pytest.approx(0.041)


def test_the_budget_is_never_exceeded_even_by_a_call_alone(tmp_path: Path, clock: Hand) -> None:
    assert budget(tmp_path, clock, usd_per_day=0.03).reserve("m", WORST) == Refusal("day", first=True)
    monthly = budget(tmp_path, clock, usd_per_day=0.04, usd_per_month=0.03)
    assert monthly.reserve("m", WORST) == Refusal("month", first=True)


def test_at_the_cap_the_first_refusal_is_marked_once_even_across_a_restart(tmp_path: Path, clock: Hand) -> None:
    one = budget(tmp_path, clock, usd_per_day=0)
    states = [one.is_spent]
    assert one.reserve("m", WORST) == Refusal("day", first=True)
    assert [*states, one.is_spent] == [False, True]
    assert one.reserve("m", WORST) == Refusal("day", first=False)
    one.close()
    assert budget(tmp_path, clock, usd_per_day=0).reserve("m", WORST) == Refusal("day", first=False)


def test_the_next_day_has_a_budget_of_its_own_and_the_month_goes_on(tmp_path: Path, clock: Hand) -> None:
    daily = budget(tmp_path, clock, usd_per_month=0.10)
    entered(daily)
    entered(daily)
    assert daily.reserve("m", WORST) == Refusal("month", first=True)
    spent = []
    for day in (datetime(2026, 11, 28, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)):
        clock.at = day
        spent.append(daily.is_spent)
    assert spent == [True, False]
    entered(daily)


def test_without_a_price_the_tokens_of_the_day_are_counted(tmp_path: Path, clock: Hand) -> None:
    free = budget(tmp_path, clock, usd_per_day=0, usd_per_month=0)
    for _ in range(3):
        entered(free, UNPRICED)
    assert free.reserve("m", UNPRICED) == Refusal("day", first=True)
    spent = Ledger(tmp_path / "budget.db").spent(NOON.date())
    assert (spent.usd, spent.unpriced_calls, spent.unpriced_tokens) == (0, 3, 900)


def test_what_was_counted_is_kept_to_the_token(tmp_path: Path, clock: Hand) -> None:
    kept = budget(tmp_path, clock)
    kept.settle(entered(kept), prompt=61, cached=17, reply=23, usd=0.0123)
    kept.close()
    (call,) = Ledger(tmp_path / "budget.db").last(5)
    assert (call.prompt_tokens, call.cached_tokens, call.reply_tokens, call.usd) == (61, 17, 23, 0.0123)
    assert call.counted
    assert call.at == NOON


_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from edge.budget import Budget, Ledger, Worst
from edge.settings import BudgetSettings
from edge.runtime.clock import SystemClock
class Noon(SystemClock):
    def now(self):
        return datetime(2026, 11, 27, 12, tzinfo=UTC)
budget = Budget(Ledger(Path(sys.argv[1])), BudgetSettings(), Noon())
settled = budget.reserve("m", Worst(100, 200, 0.04))
budget.settle(settled, prompt=10, cached=0, reply=5, usd=0.001)
budget.reserve("m", Worst(100, 200, 0.04))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_that_is_killed_in_a_call_has_spent_its_worst_case(tmp_path: Path, clock: Hand) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path / "budget.db")], check=False)
    assert done.returncode == -signal.SIGKILL
    after = budget(tmp_path, clock)
    assert spent_usd(tmp_path) == pytest.approx(0.041)
    assert [it.counted for it in Ledger(tmp_path / "budget.db").last(5)] == [False, True]
    entered(after)


def test_two_processes_share_one_budget(tmp_path: Path, clock: Hand) -> None:
    speaker, beside = budget(tmp_path, clock), budget(tmp_path, clock)
    entered(speaker)
    entered(beside)
    assert isinstance(speaker.reserve("m", WORST), Refusal)
    assert isinstance(beside.reserve("m", WORST), Refusal)


@pytest.mark.parametrize("back", [timedelta(days=1), timedelta(days=40), timedelta(days=20_000)])
def test_a_clock_that_is_set_back_gives_no_second_budget(tmp_path: Path, clock: Hand, back: timedelta) -> None:
    tricked = budget(tmp_path, clock)
    entered(tricked)
    entered(tricked)
    clock.at -= back
    assert isinstance(tricked.reserve("m", WORST), Refusal)
    clock.at += back  # and the day of the calls is still theirs
    assert isinstance(tricked.reserve("m", WORST), Refusal)
    clock.at += timedelta(days=1)
    entered(tricked)


def test_calls_of_a_day_that_never_was_count_for_one_day_only(tmp_path: Path) -> None:
    clock = Hand(NOON + timedelta(days=1500))
    wrong = budget(tmp_path, clock)
    entered(wrong)
    entered(wrong)
    clock.at = NOON
    assert isinstance(wrong.reserve("m", WORST), Refusal)
    clock.at += timedelta(days=1)
    entered(wrong)
    assert spent_usd(tmp_path, clock.at) == pytest.approx(0.04)


def test_a_clock_far_ahead_does_not_make_the_ledger_forget(tmp_path: Path, clock: Hand) -> None:
    kept = budget(tmp_path, clock, usd_per_month=0.10)
    entered(kept)
    clock.at += timedelta(days=1500)
    entered(kept)
    clock.at = NOON
    assert isinstance(kept.reserve("m", WORST), Refusal)


ENDS = st.sampled_from(["settle", "release", "break off", "kill"])


@given(st.lists(st.tuples(st.integers(-40, 40), ENDS, st.floats(0, 0.04)), max_size=25))
def test_no_call_is_entered_beyond_the_budget_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str, float]]
) -> None:
    folder = tmp_path_factory.mktemp("budget")
    clock = Hand()
    kept = budget(folder, clock)
    for days, end, usd in steps:
        clock.at += timedelta(days=days)
        number = kept.reserve("m", WORST)
        if isinstance(number, int) and end == "settle":
            kept.settle(number, prompt=1, cached=0, reply=1, usd=usd)
        elif isinstance(number, int) and end == "release":
            kept.release(number)
        elif end == "kill":
            kept.close()
            kept = budget(folder, clock)
        assert spent_usd(folder, clock.at) <= 0.10 + 1e-9 or isinstance(number, Refusal)
    kept.close()


def test_a_damaged_file_is_put_aside(tmp_path: Path, clock: Hand) -> None:
    (tmp_path / "budget.db").write_bytes(b"not a database" * 100)
    ledger = Ledger(tmp_path / "budget.db")
    assert ledger.set_aside
    assert (tmp_path / "budget.db.damaged").exists()
    entered(Budget(ledger, BudgetSettings(), clock))


def test_the_file_is_for_the_speaker_alone(tmp_path: Path, clock: Hand) -> None:
    entered(budget(tmp_path, clock))
    assert {oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()} == {"0o600"}


def test_a_disk_that_fails_is_an_error_and_no_free_call(tmp_path: Path, clock: Hand) -> None:
    closed = budget(tmp_path, clock)
    closed.close()
    with pytest.raises(sqlite3.Error):
        closed.reserve("m", WORST)
    with pytest.raises(OSError, match=r"Is a directory|Not a directory|exists"):
        Ledger(Path(os.devnull) / "budget.db")
