import json
from pathlib import Path

import pytest

from edge.bench.route import bench_route
from edge.errors import UsageError
from edge.settings import Settings


def test_the_shipped_texts_are_routed_right() -> None:
    result = bench_route(Settings())
    assert result["wrong"] == []
    assert result["accuracy"] == 1.0
    assert result["cost_usd"] == 0.0


def test_misses_are_listed(tmp_path: Path) -> None:
    manifest = tmp_path / "rows.jsonl"
    rows = [{"text": "stop", "expect": "EdgeStop"}, {"text": "stop", "expect": "model"}]
    manifest.write_text("\n\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    result = bench_route(Settings(), manifest=manifest)
    assert result["accuracy"] == 0.5
    assert result["wrong"] == [{"text": "stop", "expect": "model", "got": "EdgeStop", "reason": "intent"}]


def test_texts_that_a_sentence_matches_are_timed_apart(tmp_path: Path) -> None:
    manifest = tmp_path / "rows.jsonl"
    manifest.write_text('{"text": "stop", "expect": "EdgeStop"}', encoding="utf-8")
    result = bench_route(Settings(), manifest=manifest)
    assert result["latency_match_ms"] == result["latency_ms"]
    assert result["latency_other_ms"] == {"p50": None, "p95": None}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "manifest-unreadable"),
        ("", "manifest-empty"),
        ("{", "manifest-invalid"),
        ('{"text": 1}', "manifest-invalid"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused(content: str | None, code: str, tmp_path: Path) -> None:
    manifest = tmp_path / "rows.jsonl"
    if content is not None:
        manifest.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        bench_route(Settings(), manifest=manifest)
    assert caught.value.code == code
