from pathlib import Path

import pytest

from edge.bench.llm import bench_llm
from edge.errors import UsageError
from edge.settings import LlmSettings, Settings
from edge.store import ModelStore


async def test_it_measures_the_real_model(store: ModelStore, tmp_path: Path) -> None:
    assert store.locate("smollm2-135m")
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("What is the capital of France?\n\nWhat do cows eat?\n")
    result = await bench_llm(Settings(llm=LlmSettings(model="smollm2-135m")), prompts=prompts)
    assert set(result) == {"n", "engine", "machine", "ttft_ms", "tokens_per_s", "prefix_hit_rate", "rss_mb"}
    assert result["n"] == 2
    assert result["engine"] == "local smollm2-135m"
    times = result["ttft_ms"]
    assert isinstance(times, dict)
    assert set(times) == {"cold", "warm"}
    assert isinstance(result["prefix_hit_rate"], float)
    assert 0.5 < result["prefix_hit_rate"] < 1
    assert isinstance(result["rss_mb"], float)
    assert 50 < result["rss_mb"] < 320


async def test_without_a_model_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        await bench_llm(Settings(llm=LlmSettings(engine="none")))
    assert raised.value.code == "llm-off"
    empty = tmp_path / "empty.txt"
    empty.write_text("\n")
    for path in (empty, tmp_path / "missing.txt"):
        with pytest.raises(UsageError) as raised:
            await bench_llm(Settings(), prompts=path)
        assert raised.value.code == "prompts-unreadable"
