"""What the real model has read of every prompt is kept on the disk, and nothing that was said is."""

import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from edge.llm import Finished, Message
from edge.llm.conversation import Conversation, opening
from edge.llm.kept_prompt import KeptPrompt
from edge.llm.local import LocalEndpoint
from edge.runtime.clock import SystemClock
from edge.store import ModelStore
from tests.fakes.language import ENGLISH

CONTEXT_TOKENS = 512
OPENING = opening(ENGLISH.chat)
QUESTION = (*OPENING, Message("user", "What is a volcano?"))


@pytest.fixture(scope="module")
def gguf(store: ModelStore) -> Path:
    return next(store.locate("smollm2-135m").glob("*.gguf"))


@pytest.fixture
def kept(gguf: Path, tmp_path: Path) -> KeptPrompt:
    return KeptPrompt(tmp_path / "prompt", OPENING, gguf, CONTEXT_TOKENS)


@asynccontextmanager
async def started(gguf: Path, kept: KeptPrompt) -> AsyncIterator[LocalEndpoint]:
    endpoint = LocalEndpoint(gguf, name="smollm2-135m", context_tokens=CONTEXT_TOKENS, threads=2, kept=kept)
    try:
        yield endpoint
    finally:
        await endpoint.aclose()


async def read_for(endpoint: LocalEndpoint, messages: tuple[Message, ...]) -> int:
    """The number of tokens of a prompt that were not read before."""
    async for piece in endpoint.stream(messages, max_tokens=4):
        if isinstance(piece, Finished):
            return piece.usage.prompt_tokens - piece.usage.cached_tokens
    raise AssertionError


async def test_after_a_start_the_first_question_costs_its_own_words(gguf: Path, kept: KeptPrompt) -> None:
    async with started(gguf, kept) as endpoint:
        await endpoint.warm(OPENING)
        assert kept.exists
        of_a_later_question = await read_for(endpoint, QUESTION)
    async with started(gguf, kept) as endpoint:
        assert await read_for(endpoint, QUESTION) == of_a_later_question < 20


async def test_only_its_owner_can_read_it(gguf: Path, kept: KeptPrompt) -> None:
    async with started(gguf, kept) as endpoint:
        await endpoint.warm(OPENING)
    file = kept.folder / kept.name
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept.folder, file)] == [0o700, 0o600]


async def test_nothing_that_was_said_is_kept(gguf: Path, kept: KeptPrompt) -> None:
    conversation = Conversation(ENGLISH.chat, turns=4, minutes=5, clock=SystemClock())
    conversation.remember("Where is Lima?", "Lima is in Peru.")
    async with started(gguf, kept) as endpoint:
        await endpoint.warm(conversation.head())
        await read_for(endpoint, QUESTION)
    assert not kept.exists


async def test_what_was_said_before_is_not_in_the_file(gguf: Path, kept: KeptPrompt) -> None:
    """The model has other texts in its cache when the opening is read again."""
    async with started(gguf, kept) as endpoint:
        await endpoint.warm(OPENING)
    clean = (kept.folder / kept.name).stat().st_size
    kept.remove()
    async with started(gguf, kept) as endpoint:
        await read_for(endpoint, QUESTION)
        await endpoint.warm(OPENING)
    assert (kept.folder / kept.name).stat().st_size == clean


@pytest.mark.parametrize("damage", ["empty", "cut", "other"])
async def test_a_damaged_file_is_made_anew(gguf: Path, kept: KeptPrompt, damage: str) -> None:
    async with started(gguf, kept) as endpoint:
        await endpoint.warm(OPENING)
    file = kept.folder / kept.name
    whole = file.read_bytes()
    file.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "other": b"\xff" * len(whole)}[damage])
    async with started(gguf, kept) as endpoint:
        assert await read_for(endpoint, QUESTION) > 100
        assert not kept.exists
        await endpoint.warm(OPENING)
    assert file.stat().st_size == len(whole)


async def test_another_prompt_or_another_context_has_another_file(gguf: Path, kept: KeptPrompt, tmp_path: Path) -> None:
    others = (
        KeptPrompt(tmp_path / "prompt", OPENING[:-2], gguf, CONTEXT_TOKENS),
        KeptPrompt(tmp_path / "prompt", OPENING, gguf, 2 * CONTEXT_TOKENS),
    )
    assert len({it.name for it in (kept, *others)}) == 3
    for it in (kept, *others):
        it.make_room()
        (it.folder / it.name).touch()
    assert [it.exists for it in (kept, *others)] == [False, False, True]


async def test_where_nothing_can_be_written_the_model_answers_as_well(gguf: Path, kept: KeptPrompt) -> None:
    kept.folder.write_text("a file where the folder is to be")
    async with started(gguf, kept) as endpoint:
        await endpoint.warm(OPENING)
        assert await read_for(endpoint, QUESTION) < 20
