import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing

import numpy as np
import pytest

from edge.errors import EngineError
from edge.events import ReplySentence, Speech
from edge.runtime import virtual_time
from edge.runtime.worker import ThreadWorker
from edge.tts.voice import CLAUSE_PAUSE_MS, PAUSE_MS, PHRASE_PAUSE_MS, Voice
from tests.fakes.hosted import hosted
from tests.fakes.language import ENGLISH

RATE_HZ = 1000


class FakeTts:
    """100 ms of sound a word, in two chunks; refuses a text with "unspeakable" in it."""

    name = "fake"
    rate_hz = RATE_HZ

    def __init__(self) -> None:
        self.asked: list[str] = []

    def synthesise(self, text: str) -> Iterator[Speech]:
        self.asked.append(text)
        if "unspeakable" in text:
            raise EngineError("tts-failed", "cannot")
        if "inaudible" not in text:
            yield Speech(np.full(50 * len(text.split()), 0.5, np.float32), RATE_HZ)
            yield Speech(np.full(50 * len(text.split()), 0.5, np.float32), RATE_HZ)


async def reply(*texts: str, fixed: bool = False, gap_s: float = 0.0) -> AsyncGenerator[ReplySentence, None]:
    for text in texts:
        await asyncio.sleep(gap_s)
        yield ReplySentence(text, fixed=fixed)


async def say_whole(voice: Voice, text: str, *, fixed: bool = False) -> list[tuple[str, float]]:
    """A reply that is there already, as a command's is."""
    async with aclosing(voice.speak(voice.cut(ReplySentence(text, fixed=fixed)))) as spoken:
        heard = [(sentence, speech.duration_ms) async for sentence, speech in spoken]
    assert all(sentence.fixed == fixed for sentence, _ in heard)
    return [(sentence.text, duration_ms) for sentence, duration_ms in heard]


async def say(voice: Voice, *texts: str, fixed: bool = False) -> list[tuple[str, float]]:
    async with aclosing(voice.speak(reply(*texts, fixed=fixed))) as spoken:
        return [(sentence.text, speech.duration_ms) async for sentence, speech in spoken]


@virtual_time.instantly
async def test_sentences_are_spoken_in_order_with_a_pause_between_them() -> None:
    spoken = await say(Voice(hosted(FakeTts()), ENGLISH), "One two,", "three.", "Four five six.")
    assert spoken == [("One two,", 200), ("three.", 100 + CLAUSE_PAUSE_MS), ("Four five six.", 300 + PAUSE_MS)]


@virtual_time.instantly
async def test_the_engine_gets_words_and_the_record_keeps_the_sentence() -> None:
    tts = FakeTts()
    spoken = await say(Voice(hosted(tts), ENGLISH), "It is **on** 😀.", "🎉", "---", "See [this](https://a.b).")
    assert tts.asked == ["It is on.", "See this."]
    assert [text for text, _ in spoken] == ["It is **on** 😀.", "See [this](https://a.b)."]


@virtual_time.instantly
async def test_a_long_text_is_spoken_in_sentences() -> None:
    tts = FakeTts()
    spoken = await say_whole(Voice(hosted(tts), ENGLISH), "First one. Second one.\n- third")
    assert [text for text, _ in spoken] == ["First one.", "Second one.", "- third"]
    assert tts.asked == ["First one.", "Second one.", "third."]


@virtual_time.instantly
async def test_a_long_first_sentence_begins_with_its_first_clause() -> None:
    timers = "You have 3 timers: 5 minutes on the pasta timer, 9 minutes on the tea timer and an hour."
    tts = FakeTts()
    rest = timers.removeprefix("You have 3 timers: ")
    spoken = await say_whole(Voice(hosted(tts), ENGLISH), f"{timers} {timers}")
    assert spoken == [("You have 3 timers:", 400), (rest, 1500 + CLAUSE_PAUSE_MS), (timers, 1900 + PAUSE_MS)]
    linked = "See [this, that](https://a.b) and all the other pages about the same kind of thing."
    for whole in ("You have 3 timers: one, two, three.", f"No, {'a lot of words ' * 5}and so on, and on.", linked):
        assert [text for text, _ in await say_whole(Voice(hosted(tts), ENGLISH), whole)] == [whole]
    assert len(await say_whole(Voice(hosted(tts), ENGLISH), timers, fixed=True)) == 1, "it was synthesised before"


@virtual_time.instantly
async def test_one_sentence_is_ready_while_another_is_spoken_and_no_more() -> None:
    tts = FakeTts()
    async with aclosing(Voice(hosted(tts), ENGLISH).speak(reply("A.", "B.", "C.", "D."))) as spoken:
        await anext(spoken)
        await asyncio.sleep(60)
        assert tts.asked == ["A.", "B."]
        await anext(spoken)
        await asyncio.sleep(60)
        assert tts.asked == ["A.", "B.", "C."]


@virtual_time.instantly
async def test_the_first_sentence_is_heard_before_the_second_is_written() -> None:
    began = asyncio.get_running_loop().time()
    async with aclosing(Voice(hosted(FakeTts()), ENGLISH).speak(reply("A.", "B.", gap_s=5))) as spoken:
        await anext(spoken)
        assert asyncio.get_running_loop().time() - began == pytest.approx(5)


@virtual_time.instantly
async def test_closing_a_reply_ends_its_sentences_and_its_work() -> None:
    tts, closed = FakeTts(), list[str]()

    async def endless() -> AsyncGenerator[ReplySentence, None]:
        try:
            while True:
                yield ReplySentence("On and on.")
        finally:
            closed.append("yes")

    async with aclosing(Voice(hosted(tts), ENGLISH).speak(endless())) as spoken:
        await anext(spoken)
    asked = len(tts.asked)
    await asyncio.sleep(60)
    assert closed == ["yes"]
    assert len(tts.asked) == asked


@virtual_time.instantly
async def test_cancelling_a_speaker_that_waits_for_words_ends_everything() -> None:
    voice = Voice(hosted(FakeTts()), ENGLISH)
    task = asyncio.create_task(say(voice, "A.", "B."))
    hung = asyncio.create_task(_collect(voice, reply("A.", gap_s=1e6)))
    await asyncio.sleep(1)
    hung.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hung
    assert len(await task) == 2
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def _collect(voice: Voice, sentences: AsyncGenerator[ReplySentence, None]) -> None:
    async with aclosing(voice.speak(sentences)) as spoken:
        async for _ in spoken:
            pass


@virtual_time.instantly
async def test_an_error_of_the_reply_comes_after_what_was_said_before_it() -> None:
    async def broken() -> AsyncGenerator[ReplySentence, None]:
        yield ReplySentence("So far.")
        raise EngineError("gone", "it broke")

    async with aclosing(Voice(hosted(FakeTts()), ENGLISH).speak(broken())) as spoken:
        sentence, _ = await anext(spoken)
        with pytest.raises(EngineError, match="it broke"):
            await anext(spoken)
    assert sentence.text == "So far."


@virtual_time.instantly
async def test_a_sentence_that_cannot_be_spoken_is_left_out() -> None:
    voice = Voice(hosted(FakeTts()), ENGLISH)
    assert [text for text, _ in await say(voice, "A.", "unspeakable", "B.")] == ["A.", "B."]


@virtual_time.instantly
async def test_a_reply_of_which_nothing_can_be_spoken_is_an_error() -> None:
    with pytest.raises(EngineError) as caught:
        await say(Voice(hosted(FakeTts()), ENGLISH), "unspeakable", "also unspeakable")
    assert caught.value.code == "tts-failed"


@virtual_time.instantly
async def test_the_beginning_of_a_sentence_sounds_as_if_more_came_and_the_rest_follows_at_once() -> None:
    async def sentences() -> AsyncGenerator[ReplySentence, None]:
        yield ReplySentence("Dogs wag their tails", goes_on=True)
        yield ReplySentence("when they are happy.")
        yield ReplySentence("Cats, however,", goes_on=True)
        yield ReplySentence("do not.")

    tts = FakeTts()
    async with aclosing(Voice(hosted(tts), ENGLISH).speak(sentences())) as spoken:
        heard = [(sentence.text, round(speech.duration_ms)) async for sentence, speech in spoken]
    assert tts.asked == ["Dogs wag their tails,", "when they are happy.", "Cats, however,", "do not."]
    assert heard[0] == ("Dogs wag their tails", 400)
    assert heard[1] == ("when they are happy.", 400 + PHRASE_PAUSE_MS)
    assert heard[3] == ("do not.", 200 + CLAUSE_PAUSE_MS)


@virtual_time.instantly
async def test_a_missing_engine_lets_the_reply_run_to_its_end_and_says_so() -> None:
    acted = []

    async def acting() -> AsyncGenerator[ReplySentence, None]:
        yield ReplySentence("I turn it on.")
        acted.append("on")

    with pytest.raises(EngineError) as caught:
        async with aclosing(Voice(None, ENGLISH).speak(acting())) as spoken:
            assert [s async for s in spoken] == []
    assert caught.value.code == "tts-missing"
    assert acted == ["on"]


@virtual_time.instantly
async def test_a_reply_without_words_is_silent_and_no_error() -> None:
    assert await say(Voice(hosted(FakeTts()), ENGLISH), "😀", "inaudible") == []
    assert await say(Voice(None, ENGLISH), "😀") == []


@virtual_time.instantly
async def test_only_fixed_replies_are_remembered() -> None:
    tts = FakeTts()
    voice = Voice(hosted(tts), ENGLISH)
    for fixed in (True, True, False):
        await say(voice, "Done.", fixed=fixed)
    for _ in range(2):
        await say(voice, "The capital is Paris.")
    assert tts.asked == ["Done.", "The capital is Paris.", "The capital is Paris."]


@virtual_time.instantly
async def test_warm_replies_are_there_at_the_first_time_as_far_as_there_is_room() -> None:
    tts = FakeTts()
    voice = Voice(hosted(tts), ENGLISH, cache_s=0.4)
    await voice.warm(["Done. OK.", "unspeakable", "One two.", "Three."])
    assert tts.asked == ["Done.", "OK.", "unspeakable", "One two."]
    await Voice(None, ENGLISH).warm(["Done."])


@virtual_time.instantly
async def test_a_text_of_a_hundred_thousand_characters_is_spoken_to_its_end() -> None:
    text = "It was the best of times, it was the worst of times. " * 1900
    tts = FakeTts()
    spoken = await say_whole(Voice(hosted(tts), ENGLISH), text)
    assert len(spoken) == len(tts.asked) == 1900
    assert await say_whole(Voice(hosted(FakeTts()), ENGLISH), "word" * 25_000) == []


async def test_a_real_worker_speaks_while_the_loop_goes_on() -> None:
    worker = ThreadWorker("tts")
    try:
        assert await say(Voice(hosted(FakeTts(), worker), ENGLISH), "One two.", "Three.") == [
            ("One two.", 200),
            ("Three.", 260),
        ]
    finally:
        await worker.aclose()
