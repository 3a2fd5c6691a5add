"""docs/telemetry.md says what the code sends; the dashboard and the alerts name metrics that exist."""

import ast
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from edge.events import Intent, Outcome
from edge.runtime.clock import SystemClock
from edge.settings import TelemetrySettings
from edge.telemetry import messages, outbox
from edge.telemetry.backlog import DISK_AGAIN_S, MAX_IN_MEMORY
from edge.telemetry.metrics import CounterName, Metrics
from edge.telemetry.prometheus import FAMILIES, render
from edge.telemetry.reporter import SPOOL
from tests.mqtt.world import TURN

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/telemetry.md").read_text(encoding="utf-8")
BROKER_PAGE = (ROOT / "docs/mqtt.md").read_text(encoding="utf-8")
DASHBOARD = json.loads((ROOT / "docs/monitoring/grafana-dashboard.json").read_text(encoding="utf-8"))
RULES = yaml.safe_load((ROOT / "docs/monitoring/alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
AT = "2026-11-23T10:00:00.000+01:00"

OF_NODE_EXPORTER = {"node_textfile_mtime_seconds"}
PROMQL = {
    "and", "by", "count", "histogram_quantile", "increase", "min_over_time", "offset", "on", "or", "rate", "sum",
    "time", "unless", "vector",
}  # fmt: skip


def table(heading: str) -> dict[str, str]:
    """The rows of the first table behind these words: what stands in backquotes in the first column, and the last."""
    _, found, rest = PAGE.partition(heading)
    assert found, heading
    rows: dict[str, str] = {}
    for line in rest.splitlines():
        if match := re.match(r"\| `([^`]+)` \|.*?([^|]*) \|$", line):
            rows[match[1]] = match[2].strip()
        elif rows:
            break
    return rows


def test_the_fields_of_a_turn() -> None:
    record = replace(TURN, intent=Intent("HassTurnOn", {"name": "light"}))
    fields = table("### `turn`")
    with_texts = json.loads(messages.turn(record, at=AT, transcripts=True))
    assert list(fields) == list(with_texts)
    without = json.loads(messages.turn(record, at=AT, transcripts=False))
    only_with = {name for name, words in fields.items() if "transcripts = true" in words}
    assert set(with_texts) - set(without) == only_with
    assert all(f"`{outcome}`" in fields["outcome"] for outcome in get_args(Outcome))


def test_the_fields_of_metrics_and_the_counters() -> None:
    sent = json.loads(messages.metrics(Metrics(SystemClock()).sample(), record_id="m1"))
    assert list(table("### `metrics`")) == list(sent)
    assert list(table("Counters run")) == list(sent["counters"]) == list(get_args(CounterName))
    assert set(sent["outcomes"]) == set(get_args(Outcome))


def test_the_fields_of_an_event_and_every_kind_that_the_code_reports() -> None:
    sent = json.loads(messages.event("wake", {}, record_id="e1", at=AT, transcripts=False))
    fields = table("### `event`")
    assert set(fields) == set(sent)
    kinds, further = set[str](), set[str]()
    for path in (ROOT / "edge").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "event":
                kind, given = node.args[:2]
                kinds |= {str(kind.value)} if isinstance(kind, ast.Constant) else {"timer", "alarm"}  # of a `Ring`
                if isinstance(given, ast.Dict):
                    further |= {str(key.value) for key in given.keys if isinstance(key, ast.Constant)}
    assert kinds == set(re.findall(r"`([a-z]+)`", fields["event"]))
    section = PAGE.partition("### `event`")[2].partition("###")[0]
    assert {name for name in further - {"name"} if f"`{name}`" not in section} == set()
    assert {name for name in messages.PUBLIC_TEXTS if f"`{name}`" not in section} == set()


def test_the_example_is_a_turn() -> None:
    example = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0])
    assert list(example) == list(json.loads(messages.turn(TURN, at=AT, transcripts=False)))


def test_the_rules_have_the_numbers_of_the_code() -> None:
    spool_mb = TelemetrySettings().spool_mb
    for words in (
        f"more than {messages.LATE_S:g} s after it was reported",
        f"at most {messages.MAX_BYTES // 1024} KiB",
        f"at most {outbox.RATE_PER_S:g} a second after a burst of {outbox.BURST}",
        f"sent again after {outbox.AGAIN_S['broker-busy']:g} s",
        f"`[telemetry] spool_mb` ({spool_mb} MB",
        f"Up to {MAX_IN_MEMORY} records are kept in memory",
        f"`{SPOOL}`",
        '`"late": true`',
    ):
        assert words in " ".join(PAGE.split()), words
    assert DISK_AGAIN_S == 60, "a minute"
    week, day = 604_800, 86_400
    assert {"turn": week, "event": week, "metrics": day} == outbox.EXPIRY_S
    assert set(outbox.EXPIRY_S) == set(get_args(messages.Kind))


def test_every_topic_is_in_the_page_of_the_broker() -> None:
    topics = set(
        re.findall(
            r"^\| `([a-z]+)(?:/<name>)?` \|",
            BROKER_PAGE.partition("## Topics")[2].partition("## Commands")[0],
            re.MULTILINE,
        )
    )
    assert topics == {"status", "state", "timers", "command", *get_args(messages.Kind)}


def test_every_code_of_trouble_is_explained() -> None:
    for path in (ROOT / "edge/telemetry").glob("*.py"):
        for code in re.findall(r'"((?:telemetry|records|report)-[a-z-]+)"', path.read_text(encoding="utf-8")):
            if code not in {"telemetry-failed", "telemetry-on-disk", "report-waits"} and not re.search(
                rf'name="{code}"', path.read_text(encoding="utf-8")
            ):
                assert f"`{code}`" in PAGE, code


def test_the_metrics_of_prometheus() -> None:
    rows = table("| metric | type |")
    assert [name.partition("{")[0] for name in rows] == [family.name for family in FAMILIES]
    rendered = render(Metrics(SystemClock()).sample(), device="d", muted=True, degraded={"stt": "x"}, connected=True)
    for name in rows:
        family, _, labels = name.partition("{")
        found = set(re.findall(rf"^{family}{{(.*)}} ", rendered, re.MULTILINE))
        names = {tuple(re.findall(r'(\w+)="', one)) for one in found}
        assert names == ({tuple(labels.rstrip("}").split(","))} if labels else set()), name


# The dashboard and the alerts


def queries() -> list[tuple[str, str]]:
    panels = [(panel["title"], target["expr"]) for panel in DASHBOARD["panels"] for target in panel["targets"]]
    return panels + [(rule["alert"], rule["expr"]) for rule in RULES]


def series() -> dict[str, set[str]]:
    """The names that the file exposes, each with its labels."""
    rendered = render(Metrics(SystemClock()).sample(), device="d", muted=True, degraded={"stt": "x"}, connected=True)
    found: dict[str, set[str]] = {}
    for line in rendered.splitlines():
        if not line.startswith("#"):
            name = re.split(r"[{ ]", line)[0]
            found.setdefault(name, set()).update(re.findall(r'(\w+)="', line))
    return found


@pytest.mark.parametrize(("place", "query"), queries(), ids=lambda it: it[:30])
def test_a_query_names_only_what_exists(place: str, query: str) -> None:
    exposed = series()
    matched = re.findall(r"(\w+)\{([^}]*)\}", query)
    for name, matchers in matched:
        labels = set(re.findall(r"(\w+)\s*=", matchers)) - {"instance", "file"}
        assert labels <= exposed.get(name, set()), place
    plain = re.sub(r"\{[^}]*\}|\[[^\]]*\]|\"[^\"]*\"|offset \d+\w", " ", query)
    grouped = {label for labels in re.findall(r"(?:by|on|ignoring) \(([^)]*)\)", plain) for label in labels.split(", ")}
    assert grouped <= {"instance", "le", *(label for labels in exposed.values() for label in labels)}
    words = set(re.findall(r"[a-z_]\w*", re.sub(r"(?:by|on|ignoring) \([^)]*\)", " ", plain)))
    assert words - PROMQL - set(exposed) - OF_NODE_EXPORTER == set(), place
    assert words & (set(exposed) | OF_NODE_EXPORTER), place
    assert query.count("(") == query.count(")")


def test_the_dashboard_is_one_that_grafana_can_import() -> None:
    panels: list[dict[str, Any]] = DASHBOARD["panels"]
    assert len({panel["id"] for panel in panels}) == len({panel["title"] for panel in panels}) == len(panels)
    assert {panel["type"] for panel in panels} <= {"stat", "timeseries"}
    variables = {variable["name"] for variable in DASHBOARD["templating"]["list"]}
    assert set(re.findall(r"\$\{?(\w+)", json.dumps(DASHBOARD))) - {"__all"} == variables
    cells = [
        (x, y)
        for panel in panels
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(cells) == len(set(cells)), "no panel lies on another"
    assert max(x for x, _ in cells) == 23
    for panel in panels:
        references = [target["refId"] for target in panel["targets"]]
        assert len(references) == len(set(references)) > 0


def test_the_alerts_are_complete_and_use_labels_that_their_query_has() -> None:
    assert len({rule["alert"] for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in {"info", "warning", "critical"}
        used = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
        exposed = series()
        known = {label for name in re.findall(r"edge_voice_\w+", rule["expr"]) for label in exposed[name]}
        assert used <= known | {"instance"}, rule["alert"]


def test_a_dashboard_with_a_misspelt_metric_would_be_noticed() -> None:
    with pytest.raises(AssertionError):
        test_a_query_names_only_what_exists("wrong", "rate(edge_voice_wake_total[1h])")
    with pytest.raises(AssertionError):
        test_a_query_names_only_what_exists("wrong", 'edge_voice_turns_total{result="failed"}')
