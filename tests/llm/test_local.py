"""The real model in its real child process."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import cast

import httpx
import pytest
import pytest_asyncio

from edge.errors import LlmError, ModelError
from edge.events import Decision, ReplySentence
from edge.llm import Delta, Finished, Message, Tool, Usage, open_llm
from edge.llm.chat_service import ChatService, ReplyRecord
from edge.llm.conversation import Conversation
from edge.llm.local import LocalEndpoint
from edge.nlu.home_names import HomeNames, NamedEntity
from edge.nlu.suggestions import Suggestions
from edge.runtime.clock import SystemClock
from edge.runtime.supervisor import RestartBudget
from edge.settings import LlmSettings
from edge.store import ModelStore
from tests.fakes.language import ENGLISH

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONTEXT_TOKENS = 1024


@pytest.fixture(scope="module")
def gguf(store: ModelStore) -> Path:
    return next(store.locate("smollm2-135m").glob("*.gguf"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def endpoint(gguf: Path) -> AsyncIterator[LocalEndpoint]:
    budget = RestartBudget(restarts=20)
    endpoint = LocalEndpoint(gguf, name="smollm2-135m", context_tokens=CONTEXT_TOKENS, threads=2, budget=budget)
    yield endpoint
    await endpoint.aclose()


def a_conversation() -> Conversation:
    return Conversation(ENGLISH.chat, turns=4, minutes=5, clock=SystemClock())


async def ask(
    endpoint: LocalEndpoint, messages: tuple[Message, ...], max_tokens: int = 60
) -> tuple[str, Finished, int]:
    text, finished, pieces = "", None, 0
    async for piece in endpoint.stream(messages, max_tokens=max_tokens):
        if isinstance(piece, Delta):
            text, pieces = text + piece.text, pieces + 1
        else:
            finished = piece
    assert finished is not None
    return text, finished, pieces


def stream(endpoint: LocalEndpoint, question: str, max_tokens: int = 500) -> AsyncGenerator[Delta | Finished, None]:
    messages = a_conversation().messages(question)
    return cast("AsyncGenerator[Delta | Finished, None]", endpoint.stream(messages, max_tokens=max_tokens))


def of_process(pid: int | None, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text()


async def slots_are_free(endpoint: LocalEndpoint) -> None:
    address = await endpoint.supervisor.get()
    async with httpx.AsyncClient(trust_env=False) as http, asyncio.timeout(10):
        while True:
            answer = await http.get(f"{address.url}/slots", headers={"Authorization": f"Bearer {address.token}"})
            if not any(slot["is_processing"] for slot in answer.json()):
                return


async def test_a_model_that_weighs_tells_the_tokens_of_its_answer(gguf: Path) -> None:
    endpoint = LocalEndpoint(gguf, name="smollm2-135m", context_tokens=CONTEXT_TOKENS, threads=2, weighs=True)
    try:
        pieces = [piece async for piece in stream(endpoint, "What is the capital of France?", max_tokens=12)]
    finally:
        await endpoint.aclose()
    deltas = [piece for piece in pieces if isinstance(piece, Delta)]
    assert deltas
    for delta in deltas:
        assert "".join(token.text for token in delta.tokens) == delta.text
        assert all(token.log_probability <= 0 for token in delta.tokens)


async def test_an_answer_is_streamed_right_short_and_finished(endpoint: LocalEndpoint) -> None:
    text, finished, pieces = await ask(endpoint, a_conversation().messages("What is the capital of France?"))
    assert text == "The capital of France is Paris."
    assert finished.reason == "stop"
    assert pieces > 4
    assert finished.usage.reply_tokens >= pieces


@pytest.mark.parametrize(
    "question",
    [
        "Why is the sky blue?",
        "Tell me a joke.",
        "How are you?",
        "What is a volcano?",
        "What do cows eat?",
        "Good night",
    ],
)
async def test_everyday_questions_get_finished_answers_of_a_few_sentences(
    endpoint: LocalEndpoint, question: str
) -> None:
    answering = ChatService(endpoint, None, settings=LlmSettings(), language=ENGLISH, clock=SystemClock())
    pieces = [piece async for piece in answering.reply(Decision("llm", "open-question", question))]
    record = pieces.pop()
    said = " ".join(piece.text for piece in pieces if isinstance(piece, ReplySentence))
    assert isinstance(record, ReplyRecord)
    assert record.error is None
    assert 0 < len(said.split()) < 90
    assert said[-1] in '.!?"'
    assert "\n" not in said
    assert "**" not in said


async def test_the_same_question_gets_the_same_answer(endpoint: LocalEndpoint) -> None:
    messages = a_conversation().messages("Tell me about Mars.")
    assert (await ask(endpoint, messages))[0] == (await ask(endpoint, messages))[0]


async def test_the_prefix_is_not_computed_again_over_several_turns(endpoint: LocalEndpoint) -> None:
    conversation = a_conversation()
    await endpoint.warm(conversation.head())
    prompt = cached = 0
    for question in ("What is a volcano?", "Can it be dangerous today?", "What is a rainbow?", "Why?"):
        text, finished, _ = await ask(endpoint, conversation.messages(question))
        prompt, cached = prompt + finished.usage.prompt_tokens, cached + finished.usage.cached_tokens
        conversation.remember(question, text)
    assert cached / prompt > 0.8
    await endpoint.warm(conversation.head())
    _, finished, _ = await ask(endpoint, conversation.messages("And why is that?"))
    assert finished.usage.prompt_tokens - finished.usage.cached_tokens < 24


async def test_of_a_question_that_was_prepared_for_only_its_own_words_are_read(endpoint: LocalEndpoint) -> None:
    conversation = a_conversation()
    await endpoint.warm(conversation.head())
    _, finished, _ = await ask(endpoint, conversation.messages("Why?"), max_tokens=1)
    own_words, line_break, end_of_message = 2, 1, 5
    assert finished.usage.prompt_tokens - finished.usage.cached_tokens <= own_words + line_break + end_of_message


async def test_what_was_read_of_a_question_while_it_was_asked_is_not_read_again(endpoint: LocalEndpoint) -> None:
    conversation = a_conversation()
    question = "Why do the leaves of most trees turn red and yellow in the autumn?"
    await endpoint.warm(conversation.head(), "Why do the leaves of most trees turn red and yellow")
    _, finished, _ = await ask(endpoint, conversation.messages(question), max_tokens=1)
    last_words, end_of_message = 5, 6
    assert finished.usage.prompt_tokens - finished.usage.cached_tokens <= last_words + end_of_message


async def test_a_question_does_not_wait_for_warming(endpoint: LocalEndpoint) -> None:
    conversation = a_conversation()
    for i in range(4):
        conversation.remember(f"Question {i}", "A long reply with many words. " * 8)
    warming = asyncio.create_task(endpoint.warm(conversation.head()))
    await asyncio.sleep(0)
    assert endpoint._warming is not None
    text, _, _ = await ask(endpoint, a_conversation().messages("What is the capital of France?"))
    assert "Paris" in text
    await warming


async def test_stopping_to_listen_stops_the_generation(endpoint: LocalEndpoint) -> None:
    async with aclosing(stream(endpoint, "Count to a thousand.")) as answer:
        assert isinstance(await anext(answer), Delta)
    await slots_are_free(endpoint)
    starts = endpoint.supervisor.starts

    async def listen() -> None:
        async for _ in stream(endpoint, "Tell me a very long story."):
            heard.set()

    heard = asyncio.Event()
    listening = asyncio.create_task(listen())
    await heard.wait()
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    await slots_are_free(endpoint)
    assert endpoint.supervisor.starts == starts


async def test_a_child_killed_in_the_middle_of_an_answer_is_an_error_and_the_next_question_works(
    endpoint: LocalEndpoint,
) -> None:
    starts = endpoint.supervisor.starts
    answer = stream(endpoint, "Tell me a long story about a cat.")
    assert isinstance(await anext(answer), Delta)
    assert endpoint.supervisor.pid is not None
    os.kill(endpoint.supervisor.pid, signal.SIGKILL)
    with pytest.raises(LlmError) as raised:
        async for _ in answer:
            pass
    assert raised.value.code == "llm-unavailable"
    text, _, _ = await ask(endpoint, a_conversation().messages("What is the capital of France?"))
    assert "Paris" in text
    assert endpoint.supervisor.starts == starts + 1


async def test_a_child_killed_in_the_middle_of_an_answer_is_apologised_for(endpoint: LocalEndpoint) -> None:
    settings = LlmSettings(engine="server", url="http://x", model="x")
    answering = ChatService(endpoint, None, settings=settings, language=ENGLISH, clock=SystemClock())
    await answering.warm()
    said: list[str] = []
    async for piece in answering.reply(Decision("llm", "open-question", "Tell me a long story about a cat.")):
        if isinstance(piece, ReplyRecord):
            assert piece.error == "llm-unavailable"
            break
        said.append(piece.text)
        if endpoint.supervisor.pid is not None and len(said) == 1:
            os.kill(endpoint.supervisor.pid, signal.SIGKILL)
    assert said[-1] in {ENGLISH.chat.not_finished, ENGLISH.chat.apology}


async def test_a_child_that_died_unnoticed_does_not_cost_the_question(endpoint: LocalEndpoint) -> None:
    await endpoint.warm(a_conversation().head())
    assert endpoint.supervisor.pid is not None
    os.kill(endpoint.supervisor.pid, signal.SIGKILL)
    text, _, _ = await ask(endpoint, a_conversation().messages("What is the capital of France?"))
    assert "Paris" in text


async def test_a_choice_is_constrained_to_the_menu(endpoint: LocalEndpoint) -> None:
    """Its text is none of the model's: even the smallest one writes nothing else than what is on the menu."""
    names = HomeNames(entities=(NamedEntity("Kettle", "switch"), NamedEntity("Reading Lamp", "light")))
    menu = Suggestions(names, ENGLISH).menu("turn on the kettle", 40)
    messages = (Message("system", ENGLISH.chat.chooses(menu.things)), Message("user", "Turn on the kettle."))
    tool = Tool("choose_command", ENGLISH.chat.choice, menu.parameters)
    text = "".join(
        [it.text async for it in endpoint.stream(messages, max_tokens=80, tool=tool) if isinstance(it, Delta)]
    )
    choice = json.loads(text)
    assert choice["thing"] in menu.things
    assert choice.keys() <= {"action", "thing", "value"}


async def test_a_question_longer_than_the_context_is_refused(endpoint: LocalEndpoint) -> None:
    for question in ("why " * 1500, "why " * 100_000):
        with pytest.raises(LlmError) as raised:
            await ask(endpoint, (Message("user", question),))
        assert raised.value.code == "llm-context-exceeded"


async def test_memory_makes_room_for_a_long_question(endpoint: LocalEndpoint) -> None:
    conversation = a_conversation()
    for i in range(4):
        conversation.remember(f"Question {i}", "A reply that goes on for quite a while. " * 20)
    question = "What is the capital of France? " + "I would like to know. " * 60
    text, finished, _ = await ask(endpoint, conversation.messages(question), max_tokens=20)
    assert text
    assert finished.usage.prompt_tokens <= CONTEXT_TOKENS - 20


async def test_nobody_gets_in_without_the_token(endpoint: LocalEndpoint) -> None:
    address = await endpoint.supervisor.get()
    pid = endpoint.supervisor.pid
    async with httpx.AsyncClient(trust_env=False) as http:
        for path in ("/slots", "/v1/models", "/props", "/tokenize"):
            assert (await http.get(address.url + path)).status_code in {401, 404}, path
        body = {"messages": [{"role": "user", "content": "hi"}]}
        assert (await http.post(f"{address.url}/v1/chat/completions", json=body)).status_code == 401
    assert address.token not in of_process(pid, "cmdline")
    assert address.token not in of_process(pid, "environ")


async def test_the_child_is_small(endpoint: LocalEndpoint) -> None:
    await ask(endpoint, a_conversation().messages("What is a volcano?"))
    status = of_process(endpoint.supervisor.pid, "status")
    resident_kb = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
    assert resident_kb < 300_000


async def test_the_child_is_the_first_to_go_when_memory_runs_out(endpoint: LocalEndpoint) -> None:
    await ask(endpoint, (Message("user", "Hello."),), max_tokens=16)
    assert of_process(endpoint.supervisor.pid, "oom_score_adj") == "500\n"
    child, speaker = (int(of_process(pid, "oom_score")) for pid in (endpoint.supervisor.pid, os.getpid()))
    assert child > speaker


async def test_closing_ends_the_child(gguf: Path) -> None:
    endpoint = LocalEndpoint(gguf, name="smollm2-135m", context_tokens=512, threads=1)
    await endpoint.warm(())
    pid = endpoint.supervisor.pid
    assert pid is not None
    await endpoint.aclose()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize("kept", [0, 3, 60_000, 60_000_000])
async def test_a_damaged_model_says_what_to_do(gguf: Path, tmp_path: Path, kept: int) -> None:
    damaged = tmp_path / "damaged.gguf"
    with gguf.open("rb") as whole:
        damaged.write_bytes(whole.read(kept))

    async def use() -> None:
        endpoint = open_llm(LlmSettings(model=str(damaged)), store=cast("ModelStore", None))
        assert endpoint is not None
        try:
            await endpoint.warm((Message("user", "hi"),))
        finally:
            await endpoint.aclose()

    with pytest.raises(ModelError) as raised:
        await use()
    assert raised.value.code == "model-damaged"
    assert raised.value.hint


async def test_a_library_that_the_system_lacks_is_named(
    gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = "libgomp.so.1: cannot open shared object file"
    (tmp_path / "xllamacpp.py").write_text(f"raise ImportError({missing!r})\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}")
    endpoint = open_llm(LlmSettings(model=str(gguf)), store=cast("ModelStore", None))
    assert endpoint is not None
    try:
        with pytest.raises(ModelError) as raised:
            await endpoint.warm((Message("user", "hi"),))
    finally:
        await endpoint.aclose()
    assert raised.value.code == "library-missing"
    assert missing in raised.value.message
    assert "apt-get install libgomp1" in (raised.value.hint or "")


async def test_a_model_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as raised:
        LocalEndpoint(tmp_path / "none.gguf", name="none", context_tokens=512, threads=1)
    assert raised.value.code == "model-missing"


async def test_usage_counts_what_was_read_and_said(endpoint: LocalEndpoint) -> None:
    _, finished, _ = await ask(endpoint, a_conversation().messages("What is the capital of France?"))
    assert finished.usage.prompt_tokens > finished.usage.cached_tokens > 0
    assert finished.usage.cost_usd == Usage().cost_usd


async def test_the_endpoint_has_the_name_of_its_model(gguf: Path, store: ModelStore, tmp_path: Path) -> None:
    own = tmp_path / "my-model-2.5.gguf"
    own.symlink_to(gguf)
    for model, name in (("smollm2-135m", "smollm2-135m"), (str(own), "my-model-2.5")):
        endpoint = open_llm(LlmSettings(model=model), store)
        assert endpoint is not None
        assert endpoint.name == name
        await endpoint.aclose()
