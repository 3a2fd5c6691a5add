import json
from collections.abc import AsyncGenerator, Sequence
from math import log
from pathlib import Path
from typing import Any, get_args

import pytest

from edge.bench.quality import MAX_WRONG, QUESTIONS, bench_quality
from edge.errors import UsageError
from edge.llm import Delta, Finished, Message, Token, Tool, Usage
from edge.settings import LlmSettings, Settings
from edge.store.manifest import QuestionKind

ANSWERS = {
    "Where is Rome?": [("Rome is in", 0.9), (" Italy.", 0.9)],
    "Where is Oslo?": [("Oslo is in", 0.9), (" Peru.", 0.4)],
    "Where is Kyiv?": [("Kyiv is in", 0.9), (" Ukraine.", 0.6)],
    "Where is Lhasa?": [("I don't know", 0.9), (" that.", 0.9)],
    "Write a line about Rome.": [("Roads", 0.1), (" to Rome.", 0.1)],
    "Write a line about Oslo.": [("Oh.", 0.1)],
}


class Writer:
    name = "writer"
    certain_from = 0.0
    closed = False

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, tool: Tool | None = None
    ) -> AsyncGenerator[Delta | Finished, None]:
        assert (max_tokens > 0, tool) == (True, None)
        for text, probability in ANSWERS[messages[-1].text]:
            yield Delta(text, (Token(text, log(probability)),))
        yield Finished("stop", Usage())

    async def warm(self, messages: Sequence[Message], begun: str = "") -> None:
        assert messages or begun

    async def aclose(self) -> None:
        self.closed = True


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> Writer:
    writer = Writer()
    monkeypatch.setattr("edge.bench.quality.open_llm", lambda *_, **__: writer)
    return writer


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    where = zip(ANSWERS, ("italy", "norway", "ukraine", "tibet", "rome", "oslo"), strict=True)
    rows = [
        {"kind": "world" if text[0] == "W" and "?" in text else "creative", "text": text, "right": [right]}
        for text, right in where
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


async def measure(manifest: Path, every: int = 1) -> dict[str, Any]:
    return dict(await bench_quality(Settings(), manifest=manifest, every=every))


async def test_answers_are_right_wrong_or_declined(writer: Writer, manifest: Path) -> None:
    result = await measure(manifest)
    assert result["kinds"] == [
        {"kind": "world", "n": 4, "right": 0.5, "wrong": 0.25, "declined": 0.25},
        {"kind": "creative", "n": 2, "right": 0.5, "wrong": 0.5, "declined": 0.0},
    ]
    assert [row["text"] for row in result["wrong"]] == ["Where is Oslo?", "Write a line about Oslo."]
    assert result["engine"] == "local writer"
    assert writer.closed


@pytest.mark.usefixtures("writer")
async def test_the_lowest_certainty_that_keeps_wrong_answers_rare_is_found(manifest: Path) -> None:
    result = await measure(manifest)
    shares = {row["certain_from"]: (row["right"], row["wrong"], row["declined"]) for row in result["certainties"]}
    assert shares[0.4] == (0.5, 0.25, 0.25)
    assert shares[0.42] == (0.5, 0.0, 0.5)
    assert shares[0.62] == (0.25, 0.0, 0.75)
    assert result["certain_from"] == 0.42


async def test_what_the_speaker_says_depends_on_the_certainty_of_the_model(writer: Writer, manifest: Path) -> None:
    writer.certain_from = 0.65
    kinds = (await measure(manifest))["kinds"]
    assert kinds[0] == {"kind": "world", "n": 4, "right": 0.25, "wrong": 0.0, "declined": 0.75}
    assert kinds[1]["right"] == 0.5, "texts are not checked"


@pytest.mark.usefixtures("writer")
async def test_a_sample_is_every_nth_question_of_each_kind(manifest: Path) -> None:
    assert [row["n"] for row in (await measure(manifest, every=3))["kinds"]] == [2]
    assert (await measure(manifest, every=3))["n"] == 2


def test_the_questions_of_the_project_are_of_every_kind_and_none_is_there_twice() -> None:
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    assert {row["kind"] for row in rows} == set(get_args(QuestionKind))
    assert len({row["text"].casefold() for row in rows}) == len(rows)
    assert 0 < MAX_WRONG < 0.1


@pytest.mark.parametrize("right", [None, "italy", ["("], 5])
async def test_rows_without_patterns_are_refused(writer: Writer, tmp_path: Path, right: object) -> None:
    manifest = tmp_path / "rows.jsonl"
    manifest.write_text(json.dumps({"kind": "world", "text": "Where is Rome?", "right": right}))
    with pytest.raises(UsageError) as raised:
        await measure(manifest)
    assert raised.value.code == "manifest-invalid"
    assert not writer.closed, "no model was opened"


async def test_without_a_model_it_says_so() -> None:
    with pytest.raises(UsageError) as raised:
        await bench_quality(Settings(llm=LlmSettings(engine="none")))
    assert raised.value.code == "llm-off"
