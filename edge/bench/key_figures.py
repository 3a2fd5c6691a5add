"""The figures that stand for a benchmark in one line each, picked from its result."""

from collections.abc import Iterator, Mapping
from typing import Any

from edge.bench.plots import percent

_FIGURES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "turn": (
        ("first sound after the end of speech, p50", "first_audio_ms.p50", "ms"),
        ("the same, p95", "first_audio_ms.p95", "ms"),
        ("turns as expected", "ok", "%"),
    ),
    "endpoint": (
        ("end of the utterance sure after, p50", "latency_ms.p50", "ms"),
        ("the same, p95", "latency_ms.p95", "ms"),
        ("utterances cut off", "cutoff_rate", "%"),
        ("patience", "patience", ""),
    ),
    "wake": (
        ("wake words missed", "miss_rate", "%"),
        ("false accepts an hour", "false_accepts_per_hour", ""),
        ("heard without the word", "hours", "h"),
        ("processor", "cpu_percent_of_core", "% of a core"),
    ),
    "stt": (
        ("word error rate", "wer", "%"),
        ("real-time factor", "rtf", ""),
        ("text after the end of speech, p50", "latency_ms.p50", "ms"),
        ("the same, p95", "latency_ms.p95", "ms"),
    ),
    "intent": (
        ("orders with every value right", "accuracy", "%"),
        ("rejected", "rejected", "%"),
        ("other speech taken for an order", "false_accept_rate", "%"),
        ("match after the end of speech, p50", "latency_ms.p50", "ms"),
    ),
    "tts": (
        ("first sound of a sentence, p50", "first_audio_ms.p50", "ms"),
        ("the same, p95", "first_audio_ms.p95", "ms"),
        ("real-time factor", "rtf", ""),
    ),
    "llm": (
        ("first word, warm, p50", "ttft_ms.warm.p50", "ms"),
        ("the same, p95", "ttft_ms.warm.p95", "ms"),
        ("first word, cold, p50", "ttft_ms.cold.p50", "ms"),
        ("speed", "tokens_per_s", "tokens a second"),
        ("prompt not computed again", "prefix_hit_rate", "%"),
    ),
    "idle": (
        ("processor", "cpu_percent_of_core", "% of a core"),
        ("resident memory", "rss_mb", "MB"),
        ("the language model's process", "llm.rss_mb", "MB"),
    ),
    "route": (
        ("routed right", "accuracy", "%"),
        ("escalated to the cloud", "escalated", "%"),
        ("decided after, p50", "latency_ms.p50", "ms"),
    ),
}


def key_figures(kind: str, result: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is measured and the figure with its unit, for those that the result has."""
    if "n" in result:
        yield "measured", f"n = {result['n']}"
    for words, path, unit in _FIGURES.get(kind, ()):
        value = _at(result, path)
        if value is not None:
            yield words, _shown(value, unit)
    by = result.get("first_audio_ms_by_answerer") if kind == "turn" else None
    for answerer, spread in (by or {}).items():
        yield f"answered by {answerer}, p50 / p95", f"{_shown(spread['p50'], 'ms')} / {_shown(spread['p95'], 'ms')}"


def _at(result: Any, path: str) -> Any:
    for key in path.split("."):
        result = result.get(key) if isinstance(result, Mapping) else None
    return result


def _shown(value: Any, unit: str) -> str:
    if not isinstance(value, int | float):
        return str(value)
    if unit == "%":
        return percent(value)
    number = f"{value:.0f}" if unit in {"ms", "MB"} and value >= 10 else f"{round(value, 4):g}"  # noqa: PLR2004
    return f"{number} {unit}".rstrip()
