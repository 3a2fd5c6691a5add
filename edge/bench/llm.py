"""The chat model: time to the first word, with a fresh process and with the beginning of the prompt in its cache."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edge.bench.common import machine, percentiles
from edge.errors import UsageError
from edge.llm import ChatEndpoint, Finished, Message, Usage, open_llm
from edge.llm.conversation import Conversation
from edge.nlu import open_language
from edge.runtime.clock import SystemClock
from edge.runtime.processes import children, memory_mb
from edge.settings import Settings
from edge.store import open_store

PROMPTS = (
    "What is the capital of France?",
    "Why is the sky blue?",
    "How do I boil an egg?",
    "What is a volcano?",
    "Tell me a joke.",
    "Why do cats purr?",
    "Is it healthy to eat fish?",
    "What should I do tonight?",
    "What do cows eat?",
    "How are you?",
)
_COLD_RUNS = 3
_TRIED = 3


async def bench_llm(settings: Settings, *, prompts: Path | None = None) -> dict[str, object]:
    """`ttft_ms` {cold, warm}, `tokens_per_s`, `prefix_hit_rate`, `rss_mb` of the child (None for a server).

    Cold: a child that was just started. Warm: one conversation; before each question, the last one was answered and the
    beginning of the next prompt was read ahead, as in the speaker. `prefix_hit_rate` is the share of warm prompt tokens
    that came from the cache. `prompts`: a file with one question per line.
    Raises `UsageError`: "llm-off", "prompts-unreadable".
    """
    questions = PROMPTS if prompts is None else _lines(prompts)
    cold = [(await _converse(settings, questions[:1], warm=False)).first_ms[0] for _ in range(_COLD_RUNS)]
    talk = await _converse(settings, questions, warm=True)
    prompt_tokens = sum(usage.prompt_tokens for usage in talk.usages)
    cached_tokens = sum(usage.cached_tokens for usage in talk.usages)
    return {
        "n": len(questions),
        "engine": f"{settings.llm.engine} {talk.model}",
        "machine": machine(),
        "ttft_ms": {"cold": percentiles(cold), "warm": percentiles(talk.first_ms)},
        "tokens_per_s": round(talk.further_tokens / talk.further_s, 1) if talk.further_s else None,
        "prefix_hit_rate": round(cached_tokens / prompt_tokens, 3) if prompt_tokens else None,
        "rss_mb": talk.rss_mb,
    }


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a chat model is in a speaker that has run for a while. `first_word_s` is the median."""

    first_word_s: float
    tokens_per_s: float


async def try_speed(settings: Settings) -> Speed:
    """Let the chat model of the settings answer a few questions: seconds for a small one, longer for a large one.

    Raises what `open_llm` and the endpoint raise.
    """
    talk = await _converse(settings, PROMPTS[:_TRIED], warm=True)
    return Speed(statistics.median(talk.first_ms) / 1000, talk.further_tokens / max(talk.further_s, 1e-3))


@dataclass(slots=True)
class _Talk:
    """The measurements of one conversation; `further` counts the tokens after the first of each answer."""

    model: str
    first_ms: list[float] = field(default_factory=list)
    usages: list[Usage] = field(default_factory=list)
    further_tokens: int = 0
    further_s: float = 0.0
    rss_mb: float | None = None


async def _converse(settings: Settings, questions: Sequence[str], *, warm: bool) -> _Talk:
    llm = settings.llm
    endpoint = open_llm(llm, open_store(settings.models))
    if endpoint is None:
        raise UsageError("llm-off", "no chat model is configured", "set engine in [llm]")
    talk = _Talk(endpoint.name)
    texts = open_language(settings.device.language).chat
    small = llm.engine == "local"
    clock = SystemClock()
    conversation = Conversation(texts, turns=llm.memory_turns, minutes=llm.memory_minutes, clock=clock, small=small)
    try:
        await endpoint.warm((Message("user", "Hi"),))  # the model is loaded, the prompt is not read
        for question in questions:
            if warm:
                await endpoint.warm(conversation.head())
            text = await _ask(endpoint, conversation.messages(question), llm.max_reply_tokens, talk)
            conversation.remember(question, text)
        talk.rss_mb = sum(memory_mb(pid)["rss_mb"] for pid in children()) if llm.engine == "local" else None
    finally:
        await endpoint.aclose()
    return talk


async def _ask(endpoint: ChatEndpoint, messages: Sequence[Message], max_tokens: int, talk: _Talk) -> str:
    text = ""
    began = time.perf_counter()
    first = 0.0
    async for piece in endpoint.stream(messages, max_tokens=max_tokens):
        if isinstance(piece, Finished):
            talk.usages.append(piece.usage)
            if piece.usage.reply_tokens > 1:
                talk.further_tokens += piece.usage.reply_tokens - 1
                talk.further_s += time.perf_counter() - began - first
        else:
            if not text:
                first = time.perf_counter() - began
                talk.first_ms.append(first * 1000)
            text += piece.text
    return text


def _lines(path: Path) -> Sequence[str]:
    try:
        questions = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("prompts-unreadable", f"{path}: {error}", "give a text file, one question a line") from error
    if not questions:
        raise UsageError("prompts-unreadable", f"{path} holds no questions", "give a text file, one question a line")
    return questions
