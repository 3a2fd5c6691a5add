"""What a chat model gets right: questions of each kind, put one by one to the product's own prompt and checks.

The model writes each answer once. What the speaker would say of it is then found for any certainty that may be required
of it, because the same tokens are given to the same `ChatService` again.
"""

import re
import time
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from edge.bench.common import machine, percentiles, read_rows
from edge.errors import UsageError
from edge.events import Decision, ReplySentence
from edge.llm import ChatEndpoint, Delta, Finished, Message, Tool, open_llm
from edge.llm.chat_service import CHECKED_KIND, ChatService
from edge.nlu import Language, open_language
from edge.runtime.clock import SystemClock
from edge.settings import Settings
from edge.store import open_store

QUESTIONS = Path(__file__).with_name("questions.jsonl")
"""Questions about the world from common to rare, definitions, how-to, texts to write, small talk; written for this."""

MAX_WRONG = 0.05
"""The share of wrong answers about the world that the certainty is chosen for."""

_CERTAINTIES = tuple(round(0.02 * step, 2) for step in range(50))

Verdict = Literal["right", "wrong", "declined"]


@dataclass(frozen=True, slots=True)
class Question:
    """`right` are patterns that a right answer has, all of them; `level` is how well known a fact is."""

    kind: str
    text: str
    right: tuple[re.Pattern[str], ...]
    level: str | None = None


@dataclass(frozen=True, slots=True)
class _Written:
    """What the model wrote; the moments, in ms from the question on, at which the pieces came."""

    pieces: Sequence[Delta | Finished]
    moments_ms: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    verdict: Verdict
    first_ms: float | None


async def bench_quality(settings: Settings, *, manifest: Path | None = None, every: int = 1) -> dict[str, object]:
    """Ask each row, or every n-th, `{kind, text, right}` of a JSONL manifest, `right` a list of regular expressions.

    `kinds` and `levels` are the shares of right, wrong and declined answers as the speaker would say them; an answer is
    right if every pattern is found in it, else declined if it says so. `certainties` are the same shares of the
    questions about the world for any certainty that may be required, and `certain_from` the lowest at which at most
    `MAX_WRONG` are wrong, None if there is none. `first_ms` is the time to the first piece for the voice.
    Raises `UsageError` "llm-off", and what `read_rows` raises.
    """
    questions = _read(manifest or QUESTIONS)[::every]
    endpoint = open_llm(settings.llm, open_store(settings.models), weighs=True)
    if endpoint is None:
        raise UsageError("llm-off", "no chat model is configured", "set engine in [llm]")
    language = open_language(settings.device.language)
    try:
        written = await _write(endpoint, questions, settings, language)
    finally:
        await endpoint.aclose()

    async def said_from(certain_from: float, asked: Sequence[Question]) -> list[_Said]:
        return [await _say(written[it.text], it, certain_from, settings, language) for it in asked]

    said = await said_from(endpoint.certain_from, questions)
    checked = [it for it in questions if it.kind == CHECKED_KIND]
    curve = [{"certain_from": it, **_shares(await said_from(it, checked))} for it in _CERTAINTIES if checked]
    answers = list(zip(questions, said, strict=True))
    first_ms = [it.first_ms for it in said if it.first_ms is not None]
    return {
        "n": len(questions),
        "engine": f"{settings.llm.engine} {endpoint.name}",
        "machine": machine(),
        "certain_from": next((it["certain_from"] for it in curve if it["wrong"] <= MAX_WRONG), None),
        "first_ms": percentiles(first_ms),
        "kinds": _by("kind", answers),
        "levels": _by("level", answers),
        "certainties": curve,
        "wrong": [{"kind": q.kind, "text": q.text, "said": a.text} for q, a in answers if a.verdict == "wrong"],
    }


async def _write(
    endpoint: ChatEndpoint, questions: Iterable[Question], settings: Settings, language: Language
) -> dict[str, _Written]:
    writing = _Writing(endpoint)
    chat = ChatService(writing, None, settings=settings.llm, language=language, clock=SystemClock())
    await chat.warm()
    written = {}
    for question in questions:
        writing.begin()
        async for _ in chat.reply(Decision("llm", "open-question", question.text)):
            pass
        written[question.text] = _Written(writing.pieces, writing.moments_ms)
    return written


class _Writing:
    """The chat model, and what it has written since `begin`. The speaker stops it where it has heard enough."""

    certain_from = 0.0

    def __init__(self, endpoint: ChatEndpoint) -> None:
        self.name = endpoint.name
        self._endpoint = endpoint
        self.begin()

    def begin(self) -> None:
        """Forget what was written."""
        self.pieces: list[Delta | Finished] = []
        self.moments_ms: list[float] = []
        self._began = time.perf_counter()

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, tool: Tool | None = None
    ) -> AsyncGenerator[Delta | Finished, None]:
        """See `ChatEndpoint.stream`."""
        answer = self._endpoint.stream(messages, max_tokens=max_tokens, tool=tool)
        stream = cast("AsyncGenerator[Delta | Finished, None]", answer)
        async with aclosing(stream):
            async for piece in stream:
                self.pieces.append(piece)
                self.moments_ms.append((time.perf_counter() - self._began) * 1000)
                yield piece

    async def warm(self, messages: Sequence[Message], begun: str = "") -> None:
        """See `ChatEndpoint.warm`."""
        await self._endpoint.warm(messages, begun)

    async def aclose(self) -> None:
        """Does nothing: the model belongs to the benchmark."""


class _Again:
    """A chat endpoint that writes what was written before."""

    name = "again"

    def __init__(self, written: _Written, certain_from: float) -> None:
        self.certain_from = certain_from
        self.now_ms = 0.0
        """The moment of the piece that was given last."""
        self._written = written

    async def stream(
        self,
        messages: Sequence[Message],  # noqa: ARG002 - the answer is written already
        *,
        max_tokens: int,  # noqa: ARG002 - the same
        tool: Tool | None = None,  # noqa: ARG002 - the same
    ) -> AsyncGenerator[Delta | Finished, None]:
        """See `ChatEndpoint.stream`."""
        for piece, moment_ms in zip(self._written.pieces, self._written.moments_ms, strict=True):
            self.now_ms = moment_ms
            yield piece

    async def warm(self, messages: Sequence[Message], begun: str = "") -> None:
        """Does nothing: there is no prompt to read."""

    async def aclose(self) -> None:
        """Does nothing: there is nothing to close."""


async def _say(
    written: _Written, question: Question, certain_from: float, settings: Settings, language: Language
) -> _Said:
    again = _Again(written, certain_from)
    chat = ChatService(again, None, settings=settings.llm, language=language, clock=SystemClock())
    sentences: list[ReplySentence] = []
    first_ms: float | None = None
    async for piece in chat.reply(Decision("llm", "open-question", question.text, kind=question.kind)):
        if isinstance(piece, ReplySentence):
            sentences.append(piece)
            first_ms = again.now_ms if first_ms is None else first_ms
    text = " ".join(it.text for it in sentences)
    return _Said(text, _verdict(question, sentences, text, language), first_ms)


def _verdict(question: Question, sentences: Sequence[ReplySentence], text: str, language: Language) -> Verdict:
    if all(pattern.search(text) for pattern in question.right):
        return "right"
    return "declined" if any(it.fixed for it in sentences) or language.chat.hedges(text) else "wrong"


def _shares(said: Sequence[_Said]) -> dict[str, float]:
    verdicts = [it.verdict for it in said]
    return {it: round(verdicts.count(it) / len(verdicts), 3) for it in ("right", "wrong", "declined")}


def _by(key: Literal["kind", "level"], answers: Sequence[tuple[Question, _Said]]) -> list[dict[str, Any]]:
    groups: dict[str, list[_Said]] = {}
    for question, said in answers:
        group = getattr(question, key)
        if group is not None:
            groups.setdefault(group, []).append(said)
    return [{key: group, "n": len(said), **_shares(said)} for group, said in groups.items()]


def _read(manifest: Path) -> list[Question]:
    return [_question(row, manifest) for row in read_rows(manifest, "kind", "text")]


def _question(row: dict[str, Any], manifest: Path) -> Question:
    right = row.get("right")
    try:
        patterns = [re.compile(it, re.IGNORECASE) for it in right] if isinstance(right, list) else []
    except (TypeError, re.error):
        patterns = []
    if not patterns:
        message = f"{manifest}: the row '{row['text']}' has no list of regular expressions under 'right'"
        raise UsageError("manifest-invalid", message, 'write "right": ["..."]')
    return Question(row["kind"], row["text"], tuple(patterns), row.get("level"))
