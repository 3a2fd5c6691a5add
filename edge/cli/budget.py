"""`edge-voice budget`: what the cloud has cost, and what it may still cost."""

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from edge.budget import FILE, Call, Ledger, Spent
from edge.errors import LlmError
from edge.runtime.clock import SystemClock
from edge.runtime.paths import SERVICE_STATE, program, state_folder
from edge.settings import BudgetSettings

_LAST = 10
_NOTHING = Spent(0.0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of the calls. `last`: the newest first."""

    day: Spent
    month: Spent
    last: list[Call]


def budget(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False
) -> None:
    """Show what the cloud has cost today and this month, the limits, and the last calls, without what was said."""
    limits: BudgetSettings = ctx.obj.settings.llm.cloud.budget
    report = read(_ledger_file(), SystemClock().now().date())
    if as_json:
        print(json.dumps(_document(report, limits)))
        return
    print(_line("today", report.day, limits.usd_per_day))
    print(_line("this month", report.month, limits.usd_per_month))
    if report.day.unpriced_calls:
        tokens = f"{report.day.unpriced_tokens:,} of {limits.tokens_per_day:,} tokens"
        print(f"today, of models whose price is not known: {tokens}")
    for call in report.last:
        print(_call(call))


def read(path: Path | None, today: date) -> Report:
    """What the file of the ledger says; None: no call was made yet. Raises `LlmError` "budget-unusable"."""
    if path is None:
        return Report(_NOTHING, _NOTHING, [])
    try:
        with closing(Ledger(path, read_only=True)) as ledger:
            return Report(ledger.spent(today), ledger.spent(today.replace(day=1)), ledger.last(_LAST))
    except sqlite3.Error as error:
        hint = f"if it belongs to the service: sudo {program()} budget"
        raise LlmError("budget-unusable", f"{path} cannot be read: {error}", hint) from error


def _ledger_file() -> Path | None:
    """That of this user or, where an installed service has one, that of the service; None if there is none."""
    own, service = state_folder() / FILE, SERVICE_STATE / FILE
    if SERVICE_STATE.is_dir() and not os.access(SERVICE_STATE, os.X_OK) and not own.exists():
        return service  # it may be there: reading it says what to do
    return next((it for it in (service, own) if it.exists()), None)


def _line(period: str, spent: Spent, limit_usd: float) -> str:
    counted = f"{spent.calls} call{'' if spent.calls == 1 else 's'}, {spent.tokens:,} tokens"
    return f"{period}: USD {spent.usd:.5f} of {limit_usd:.2f} ({counted})"


def _call(call: Call) -> str:
    cost = "price not known" if call.usd is None else f"USD {call.usd:.5f}"
    cached = f" ({call.cached_tokens} cached)" if call.cached_tokens else ""
    most = "" if call.counted else ", at most: the endpoint counted nothing"
    tokens = f"{call.prompt_tokens}{cached} + {call.reply_tokens} tokens"
    return f"  {call.at:%Y-%m-%d %H:%M}  {call.model}  {tokens}  {cost}{most}"


def _document(report: Report, limits: BudgetSettings) -> dict[str, Any]:
    return {
        "day": _rounded(report.day) | {"limit_usd": limits.usd_per_day, "limit_unpriced_tokens": limits.tokens_per_day},
        "month": _rounded(report.month) | {"limit_usd": limits.usd_per_month},
        "last": [_rounded(call) | {"at": call.at.isoformat()} for call in report.last],
    }


def _rounded(figures: Spent | Call) -> dict[str, Any]:
    """The figures without the last digits of a sum of fractions; the prices have nine decimals at most."""
    return asdict(figures) | {"usd": None if figures.usd is None else round(figures.usd, 9)}
