"""What is prepared before the end is sure: with every pause that a user may make, and every speed of the engines.

The speaker of these tests is real but for its engines. Somebody says the beginning of something, pauses for any number
of frames, and goes on. What was prepared for a pause that was not the end must leave no trace.
"""

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

import pytest

from edge.errors import LlmError
from edge.events import FRAME_MS, Decision, Intent, Progress, ReplySentence, Transcript
from edge.llm.conversation import Conversation
from edge.runtime.clock import SystemClock
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import Settings, TurnSettings
from edge.turn.endpointer import SILENCE_TIMEOUTS
from edge.turn.reply import Reply, Responder
from edge.turn.speculation import Speculation
from tests.fakes.engines import SILENT, VOICED, WAKE, WORD_MS, FakeStt
from tests.fakes.language import ENGLISH
from tests.fakes.speaker import FakeChat, FakeSpeaker, speaker
from tests.fakes.worker import SlowWorker

ONE_TURN = Settings(turn=TurnSettings(followup_ms=0))
MAX_MS = SILENCE_TIMEOUTS["normal"].open
PAUSES_MS = [frames * FRAME_MS for frames in range(1, int(MAX_MS / FRAME_MS) + 4)]
SPEEDS_S = [(0.0, 0.0), (0.05, 0.02), (0.2, 0.1), (0.02, 0.4)]
"""How long a call of the recogniser and one of the voice take."""


def said(begin: str, pause_ms: float, rest: str) -> tuple[list[tuple[float, float]], list[str]]:
    """The sound and the text of `begin` and `rest` with a pause in between."""
    voiced = [(VOICED, WORD_MS * len(words.split())) for words in (begin, rest) if words]
    sound = [(SILENT, 960.0), (WAKE, 32.0), (SILENT, 320.0), *voiced[:1], (SILENT, pause_ms), *voiced[1:]]
    return [*sound, (SILENT, 6400.0)], [f"{begin} {rest}".strip()]


async def hear(
    begin: str,
    pause_ms: float,
    rest: str,
    speed_s: tuple[float, float],
    pieces: Sequence[str | LlmError] = ("The sky ", "is blue. ", "Light is ", "scattered."),
) -> tuple[FakeSpeaker, FakeChat]:
    """Say it to a speaker whose model answers with `pieces`; what came of it."""
    sound, texts = said(begin, pause_ms, rest)
    clock = VirtualClock()
    chat = FakeChat(clock, pieces)
    stt_worker, tts_worker = (SlowWorker(clock, seconds) for seconds in speed_s)
    async with speaker(
        sound, texts, clock=clock, settings=ONE_TURN, local=chat, stt_worker=stt_worker, tts_worker=tts_worker
    ) as speaking:
        pass
    assert len(asyncio.all_tasks()) == 1
    return speaking, chat


def remembered(chat: FakeChat) -> str:
    """What the model was told in the end of what was said before."""
    fixed = len(Conversation(ENGLISH.chat, turns=1, minutes=1, clock=SystemClock()).head())
    return " ".join(message.text for message in chat.warmed[-1][fixed:]) if chat.warmed else ""


@pytest.mark.parametrize("speed_s", SPEEDS_S)
@pytest.mark.parametrize(
    ("begin", "rest", "first", "whole"),
    [
        ("turn on the light", "in the kitchen", "HassTurnOn", "HassTurnOnThere"),
        ("what time is it", "in the kitchen please", "HassGetCurrentTime", "EdgeUnsupported"),
        ("why is the sky", "not as green as grass", "llm", "llm"),
        ("why is the sea so deep", "turn", "llm", "llm"),
        ("turn on the", "light", "EdgeUnsupported", "HassTurnOn"),
    ],
)
@instantly
async def test_whoever_goes_on_is_answered_once_for_all_he_said(
    begin: str, rest: str, first: str, whole: str, speed_s: tuple[float, float]
) -> None:
    for pause_ms in PAUSES_MS:
        speaking, chat = await hear(begin, pause_ms, rest, speed_s)
        (turn,) = speaking.turns
        assert turn.transcript in {begin, f"{begin} {rest}"}, pause_ms
        answered = whole if turn.transcript == f"{begin} {rest}" else first
        if answered == "llm":
            assert speaking.home.acted == []
            assert turn.answerer == "llm"
            assert turn.reply == "The sky is blue. Light is scattered."
            assert remembered(chat) == f"{turn.transcript} {turn.reply}"
        else:
            assert speaking.home.acted == [answered]
            assert turn.reply == f"Done {answered}."
            assert remembered(chat) == ""
        assert speaking.heard() == turn.reply
        assert speaking.telemetry.events == ["wake"]
        assert speaking.telemetry.phases == ["listening", "thinking", "speaking", "idle"]
        counted = speaking.telemetry.counters
        assert counted["speculations"] - counted.get("speculations_discarded", 0) <= 1
        asked = [messages[-1].text for messages in chat.asked]
        assert len([text for text in asked if text.endswith(turn.transcript)]) <= 1


@pytest.mark.parametrize("speed_s", SPEEDS_S)
@instantly
async def test_whoever_goes_on_is_heard_to_the_end_while_the_pause_is_shorter_than_the_wait(
    speed_s: tuple[float, float],
) -> None:
    for begin, wait_ms in (
        ("turn on the", SILENCE_TIMEOUTS["normal"].open),
        ("turn on the light", SILENCE_TIMEOUTS["normal"].complete),
    ):
        for pause_ms in (ms for ms in PAUSES_MS if ms < wait_ms):
            speaking, _ = await hear(begin, pause_ms, "in the kitchen", speed_s)
            assert speaking.turns[0].transcript == f"{begin} in the kitchen", pause_ms


@pytest.mark.parametrize("pause_ms", PAUSES_MS)
@instantly
async def test_a_conversation_that_is_stopped_in_any_pause_leaves_nothing_behind(pause_ms: float) -> None:
    clock = VirtualClock()
    sound, texts = said("why is the sky so blue", pause_ms, "")
    chat = FakeChat(clock, ["The sky ", "is blue. "] * 20)
    async with speaker(sound, texts, clock=clock, settings=ONE_TURN, local=chat, run=False) as speaking:
        await clock.sleep((960 + 32 + 320 + WORD_MS * 6 + pause_ms) / 1000)
        began = clock.monotonic()
        await speaking.pipeline.stop()
        assert clock.monotonic() - began < 0.05
        if not speaking.heard():
            assert remembered(chat) == ""
    assert len(asyncio.all_tasks()) == 1


@instantly
async def test_discarded_work_ends_at_its_next_step() -> None:
    """The model is cancelled where the user goes on, and has been asked once more for the whole."""
    speaking, chat = await hear("tell me a story", 160, "about a frog and then", (0.0, 0.0), ["One. ", "Two. "] * 50)
    assert chat.stopped_early
    assert [messages[-1].text.endswith("and then") for messages in chat.asked] == [False, True]
    assert speaking.telemetry.counters["speculations_discarded"] == 1
    (turn,) = speaking.turns
    assert {span.discarded for span in turn.spans} == {True, False}


@instantly
async def test_the_cloud_is_not_asked_before_the_end_is_sure() -> None:
    clock = VirtualClock()
    cloud = FakeChat(clock, ["It will ", "rain."])
    sound, texts = said("what is the latest news", 224, "from the capital")
    async with speaker(sound, texts, clock=clock, settings=ONE_TURN, cloud=cloud) as speaking:
        pass
    assert len(cloud.asked) == 1
    assert cloud.asked[0][-1].text.endswith("from the capital")
    assert speaking.turns[0].answerer == "cloud"


@instantly
async def test_the_reply_is_ready_when_the_end_is_sure() -> None:
    """Engines that need 120 ms for each step are no slower than ones that need none: they work in the pause."""
    for speed_s in ((0.0, 0.0), (0.06, 0.06)):
        speaking, _ = await hear("turn on the light", 0, "", speed_s)
        (turn,) = speaking.turns
        assert turn.first_audio_ms == pytest.approx(SILENCE_TIMEOUTS["normal"].complete, abs=FRAME_MS)


@instantly
async def test_a_model_that_fails_early_is_apologised_for_once() -> None:
    speaking, chat = await hear(
        "tell me a story", 160, "about a frog and then", (0.0, 0.0), [LlmError("llm-unavailable", "gone")]
    )
    (turn,) = speaking.turns
    assert (turn.outcome, turn.error) == ("failed", "llm-unavailable")
    assert speaking.heard() == "Sorry, I can't answer that right now."
    assert remembered(chat) == ""


@instantly
async def test_an_announcement_is_not_disturbed_by_what_is_prepared() -> None:
    clock = VirtualClock()
    sound, texts = said("turn on the light", 160, "in the kitchen")
    async with speaker(sound, texts, clock=clock, settings=ONE_TURN) as speaking:
        await clock.sleep(1.6)
        await speaking.pipeline.announce(ReplySentence("Dinner is ready."))
    assert speaking.heard() == "Done HassTurnOnThere. Dinner is ready."


@instantly
async def test_a_command_that_can_only_be_read_is_a_command_all_the_same() -> None:
    """Recognisers without a grammar write text; what the router makes of it tells how long the end needs."""
    sound, texts = said("turn on the light", 0, "")
    async with speaker(sound, texts, clock=VirtualClock(), settings=ONE_TURN, stt=FakeStt(texts)) as speaking:
        pass
    assert speaking.turns[0].first_audio_ms == pytest.approx(SILENCE_TIMEOUTS["normal"].complete, abs=FRAME_MS)


@pytest.mark.parametrize(
    ("reason", "found"), [("intent", True), ("sounds-like", True), ("not-understood", False), ("suggested", False)]
)
def test_a_text_that_was_not_understood_is_no_command_and_may_go_on(reason: str, found: bool) -> None:
    said = Transcript("set a timer for", 0.9, final=False)
    decision = Decision("home", reason, said.text, Intent("EdgeUnsupported", {"what": "timer-unclear"}))
    reply = SimpleNamespace(said=said, log=SimpleNamespace(decision=decision))
    speculation = Speculation(lambda _said, _early: cast("Reply", reply))
    speculation.eager_end(said)
    assert (speculation.intent is not None) is found


@pytest.mark.parametrize(("text", "read"), [("why is the sky", True), ("set a timer for", False)])
def test_a_model_reads_along_unless_a_command_begins_like_that(text: str, read: bool) -> None:
    along: list[str] = []
    progress: Progress = "no-command" if read else "could-go-on"
    responder = SimpleNamespace(is_private=lambda _text: False, chat=SimpleNamespace(read_along=along.append))
    Responder.read_along(cast("Responder", responder), Transcript(text, 0.9, final=False, progress=progress))
    assert along == ([text] if read else [])


def test_no_model_reads_what_may_be_a_code() -> None:
    along: list[str] = []
    responder = SimpleNamespace(is_private=lambda _text: True, chat=SimpleNamespace(read_along=along.append))
    Responder.read_along(cast("Responder", responder), Transcript("the code is one two", 0.9, final=False))
    assert along == []
