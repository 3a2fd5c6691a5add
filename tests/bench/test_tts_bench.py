from pathlib import Path

import pytest

from edge.bench.tts import bench_tts
from edge.errors import UsageError
from edge.settings import Settings


def test_the_result_has_what_the_design_promises(tmp_path: Path) -> None:
    texts = tmp_path / "texts.txt"
    texts.write_text("It is on.\n\nThe time is 5:30 PM. Good night.\n")
    result = bench_tts(Settings(), texts=texts)
    assert {"n", "engine", "machine", "rtf", "first_audio_ms", "rss_mb"} <= result.keys()
    assert result["n"] == 2
    assert result["engine"] == "hibari"


@pytest.mark.parametrize("content", [None, b"", b"\n \n", b"\xff\xfe"])
def test_a_file_without_texts_is_refused(tmp_path: Path, content: bytes | None) -> None:
    texts = tmp_path / "texts.txt"
    if content is not None:
        texts.write_bytes(content)
    with pytest.raises(UsageError):
        bench_tts(Settings(), texts=texts)
