import pytest

from edge.bench.home import bench_home
from edge.settings import Settings

pytestmark = pytest.mark.slow  # compiles three grammars

TIMES = {"typed_ms", "command_ms", "confirmed_ms"}
PROMISED = {
    "n",
    "names",
    "engine",
    "machine",
    "loaded_ms",
    "longest_block_ms",
    "from_disk_ms",
    "grammar_ms",
    "renamed_ms",
}


async def test_a_small_home_is_announced_commanded_and_renamed() -> None:
    result = await bench_home(Settings(), entities=250)
    assert set(result) == PROMISED | TIMES | {"rss_mb"}
    assert isinstance(result["n"], int)
    assert 200 < result["n"] < 300
    assert result["renamed_ms"] is not None, "speech and typed text know the new name"
    for key in TIMES:
        measured = result[key]
        assert isinstance(measured, dict)
        assert measured["p95"] is not None, key
