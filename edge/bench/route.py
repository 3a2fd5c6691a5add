"""Routing: whether the right part answers each text, and how long the decision takes."""

import time
from pathlib import Path

from edge.bench.common import machine, percentiles, read_rows
from edge.events import Decision
from edge.nlu import open_language
from edge.nlu.kinds import OPEN
from edge.route import open_router
from edge.settings import DEFAULT_LANGUAGE, Settings

_SHIPPED = Path(__file__).with_name("route.jsonl")

_MATCHED = frozenset({"intent", "sounds-like"})
"""The reasons of decisions about texts that a sentence of the grammar matches."""


def bench_route(settings: Settings, *, manifest: Path | None = None) -> dict[str, object]:
    """Decide every row `{text, expect}` of a JSONL manifest, without asking a model or carrying out a command.

    `expect` is who answers (`home`, `exact`, `llm`, `cloud`, or `model` for either of the last two), or an intent.
    Unless the settings forbid it, the cloud counts as reachable, and the model in the home as fit for every question
    that a model may be asked. `accuracy` and `escalated` (to the cloud) are
    fractions of all rows; `cost_usd` of a decision is 0, because it is made on the board. `wrong` lists
    the misses. `latency_ms` is that of all rows, `latency_match_ms` of those that a sentence of the grammar matches,
    `latency_other_ms` of all others.
    """
    rows = read_rows(manifest or _SHIPPED, "text", "expect")
    open_language(DEFAULT_LANGUAGE).warm()  # as a speaker has done before the first turn
    router = open_router(settings, cloud=lambda: "ready", fit=OPEN)
    latencies_ms: list[float] = []
    decisions: list[Decision] = []
    for row in rows:
        begin = time.perf_counter()
        decisions.append(router.decide(row["text"]))
        latencies_ms.append((time.perf_counter() - begin) * 1000)
    wrong = [
        {"text": row["text"], "expect": row["expect"], "got": _name(decision), "reason": decision.reason}
        for row, decision in zip(rows, decisions, strict=True)
        if not _fits(decision, row["expect"])
    ]
    timed = [(it, decision.reason in _MATCHED) for it, decision in zip(latencies_ms, decisions, strict=True)]
    return {
        "n": len(rows),
        "engine": "hassil",
        "machine": machine(),
        "accuracy": 1 - len(wrong) / len(rows),
        "escalated": sum(decision.answerer == "cloud" for decision in decisions) / len(rows),
        "latency_ms": percentiles(latencies_ms),
        "latency_match_ms": percentiles([it for it, matched in timed if matched]),
        "latency_other_ms": percentiles([it for it, matched in timed if not matched]),
        "cost_usd": 0.0,
        "wrong": wrong,
    }


def _name(decision: Decision) -> str:
    return decision.intent.name if decision.intent else decision.answerer


def _fits(decision: Decision, expect: str) -> bool:
    if expect == "model":
        return decision.answerer in {"llm", "cloud"}
    return expect in {decision.answerer, _name(decision)}
