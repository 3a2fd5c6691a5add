"""Whole turns on virtual time: what is said, acted on, reported and remembered, and when."""

import asyncio

import pytest

from edge.errors import EngineError, LlmError
from edge.events import ReplySentence, TurnRecord
from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.schedule import Ring
from edge.settings import HomeSettings, Settings, TurnSettings
from edge.turn.endpointer import SILENCE_TIMEOUTS
from edge.turn.stop_word import STOP_INTENTS
from tests.fakes.engines import SILENT, VOICED, WAKE, FakeStt, FakeWake
from tests.fakes.speaker import INTENTS, FakeChat, speaker

COMMAND = [(SILENT, 960), (WAKE, 32), (SILENT, 320), (VOICED, 960), (SILENT, 3200)]
LONG_SENTENCE = "Once upon a time there were " + "very " * 40 + "many words. "
ONE_TURN = Settings(turn=TurnSettings(followup_ms=0))


@instantly
async def test_a_command_is_heard_carried_out_and_answered() -> None:
    async with speaker(COMMAND, ["Turn on the light."], clock=VirtualClock(), settings=ONE_TURN) as speaking:
        pass
    (turn,) = speaking.turns
    assert (turn.transcript, turn.answerer, turn.outcome) == ("Turn on the light.", "home", "answered")
    assert turn.reply == "Done HassTurnOn."
    assert turn.wake_word == "alexa"
    assert speaking.home.acted == ["HassTurnOn"]
    assert speaking.tts.said == ["Done HassTurnOn."]
    assert speaking.telemetry.phases == ["listening", "thinking", "speaking", "idle"]


@instantly
async def test_the_record_says_where_the_time_went() -> None:
    async with speaker(COMMAND, ["Turn on the light."], clock=VirtualClock(), settings=ONE_TURN) as speaking:
        pass
    (turn,) = speaking.turns
    assert turn.first_audio_ms is not None
    assert turn.first_audio_ms == pytest.approx(sum(turn.stages_ms.values()), abs=1)
    assert turn.stages_ms["turn"] == pytest.approx(SILENCE_TIMEOUTS["normal"].complete, abs=1)


@instantly
async def test_silence_after_the_wake_word_ends_with_a_sound_and_a_record() -> None:
    script = [(SILENT, 960), (WAKE, 32), (SILENT, 6400)]
    async with speaker(script, [], clock=VirtualClock()) as speaking:
        pass
    (turn,) = speaking.turns
    assert (turn.outcome, turn.answerer, turn.reply) == ("nothing-said", None, "")
    assert speaking.tts.said == []
    assert len(speaking.sink.written) == 2  # the sign that it listens, and the one that it gave up


@instantly
async def test_without_the_wake_word_nothing_is_heard() -> None:
    stt = FakeStt(["turn on the light"])
    async with speaker([(SILENT, 960), (VOICED, 3200), (SILENT, 960)], [], clock=VirtualClock(), stt=stt) as speaking:
        pass
    assert speaking.turns == []
    assert stt.heard_ms == []


@instantly
async def test_after_a_reply_the_user_goes_on_without_the_wake_word() -> None:
    script = [*COMMAND[:-1], (SILENT, 3200), (VOICED, 960), (SILENT, 9600)]
    async with speaker(script, ["turn on the light", "what time is it"], clock=VirtualClock()) as speaking:
        pass
    assert [turn.wake_word for turn in speaking.turns] == ["alexa", None]
    assert speaking.home.acted == ["HassTurnOn", "HassGetCurrentTime"]
    assert speaking.telemetry.phases[-1] == "idle"


@instantly
async def test_never_mind_ends_the_conversation_without_a_word() -> None:
    script = [*COMMAND[:-1], (SILENT, 3200), (VOICED, 960), (SILENT, 3200)]
    async with speaker(script, ["never mind", "what time is it"], clock=VirtualClock()) as speaking:
        pass
    assert len(speaking.turns) == 1
    assert speaking.tts.said == []


@instantly
async def test_a_question_is_answered_by_the_model_sentence_by_sentence() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, ["The sky ", "is blue. ", "Light is ", "scattered."])
    async with speaker(COMMAND, ["why is the sea deep"], clock=clock, settings=ONE_TURN, local=chat) as speaking:
        pass
    (turn,) = speaking.turns
    assert (turn.answerer, turn.reason) == ("llm", "open-question")
    assert turn.reply == "The sky is blue. Light is scattered."
    assert speaking.tts.said == ["The sky is blue.", "Light is scattered."]
    assert turn.stages_ms["llm"] <= 400


@instantly
async def test_the_wake_word_cuts_a_reply_off_and_the_model_is_stopped() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, [LONG_SENTENCE, "And on it goes. ", *["word "] * 1000])
    script = [*COMMAND[:-1], (SILENT, 1600), (WAKE, 32), (SILENT, 320), (VOICED, 960), (SILENT, 6400)]
    async with speaker(script, ["tell me a story", "stop"], clock=clock, settings=ONE_TURN, local=chat) as speaking:
        pass
    assert [turn.outcome for turn in speaking.turns] == ["cancelled", "answered"]
    assert chat.stopped_early
    assert speaking.sink.flushed


@instantly
async def test_what_was_spoken_of_a_cut_answer_is_remembered_and_no_more() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, ["One two three four five six seven eight nine ten. ", "Two. ", "Three. ", "Four. "])
    script = [
        *COMMAND[:-1],
        *[(SILENT, 1280), (WAKE, 32), (SILENT, 320), (VOICED, 960), (SILENT, 6400)],
    ]
    async with speaker(
        script, ["why is the sea deep", "go on"], clock=clock, settings=ONE_TURN, local=chat
    ) as speaking:
        pass
    # Each word takes 100 ms; the wake word came 160 ms into the sentence.
    assert [message.text for message in chat.asked[1][-3:-1]] == ["why is the sea deep", "One"]
    assert speaking.turns[0].reply == "One"


@instantly
async def test_a_model_that_dies_in_the_middle_is_apologised_for() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, [LlmError("llm-unavailable", "the process died")])
    async with speaker(COMMAND, ["why is the sea deep"], clock=clock, settings=ONE_TURN, local=chat) as speaking:
        pass
    (turn,) = speaking.turns
    assert (turn.outcome, turn.error) == ("failed", "llm-unavailable")
    assert speaking.tts.said == ["Sorry, I can't answer that right now."]


@instantly
async def test_a_cloud_that_fails_is_replaced_by_the_board_in_the_same_turn() -> None:
    clock = VirtualClock()
    cloud = FakeChat(clock, [LlmError("llm-timeout", "slow")])
    local = FakeChat(clock, ["I am not sure."])
    async with speaker(
        COMMAND, ["ask the cloud why the sea is deep"], clock=clock, settings=ONE_TURN, local=local, cloud=cloud
    ) as speaking:
        pass
    (turn,) = speaking.turns
    assert (turn.answerer, turn.reason, turn.outcome) == ("llm", "cloud-timeout", "answered")
    assert turn.reply == "I am not sure."


@instantly
async def test_a_slow_cloud_is_bridged_by_a_filler_that_is_heard_and_not_remembered() -> None:
    clock = VirtualClock()
    cloud = FakeChat(clock, [*[""] * 9, "Nobody is sure."])
    asked = ["ask the cloud why cats purr", "ask the cloud why dogs bark"]
    async with speaker(COMMAND * 2, asked, clock=clock, settings=ONE_TURN, cloud=cloud) as speaking:
        pass
    assert [turn.reply for turn in speaking.turns] == ["Let me ask. Nobody is sure."] * 2
    assert speaking.turns[0].details["aside"] is True
    remembered = [message.text for message in cloud.asked[1]][1:]
    assert remembered == ["Why cats purr", "Nobody is sure.", "Why dogs bark"]


@instantly
async def test_stop_ends_a_reply_where_the_microphone_does_not_hear_the_speaker() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, [LONG_SENTENCE, "And on it goes. ", "And on. "])
    script = [*COMMAND[:-1], (SILENT, 1600), (VOICED, 320), (SILENT, 3200)]
    async with speaker(
        script, ["tell me a story", "stop"], clock=clock, settings=ONE_TURN, local=chat, carries_echo=False
    ) as speaking:
        pass
    (turn,) = speaking.turns
    assert turn.outcome == "cancelled"
    assert speaking.sink.flushed


@instantly
async def test_a_recogniser_that_fails_costs_the_turn_and_not_the_speaker() -> None:
    class Broken(FakeStt):
        def next_text(self) -> str:
            raise EngineError("stt-failed", "out of memory")

    script = [*COMMAND, *COMMAND]
    async with speaker(script, [], clock=VirtualClock(), settings=ONE_TURN, stt=Broken([])) as speaking:
        pass
    assert [(turn.outcome, turn.error) for turn in speaking.turns] == [("failed", "stt-failed")] * 2


@instantly
async def test_what_the_recogniser_is_not_sure_of_was_not_said() -> None:
    class Unsure(FakeStt):
        def next_text(self) -> str:
            return ""

    async with speaker(COMMAND, [], clock=VirtualClock(), settings=ONE_TURN, stt=Unsure([])) as speaking:
        pass
    assert [turn.outcome for turn in speaking.turns] == ["nothing-said"]


@instantly
async def test_a_timer_rings_until_the_wake_word() -> None:
    clock = VirtualClock()
    script = [(SILENT, 12_800), (WAKE, 32), (SILENT, 320), (VOICED, 320), (SILENT, 3200)]
    async with speaker(script, ["stop"], clock=clock, settings=ONE_TURN) as speaking:
        began = clock.monotonic()
        await speaking.pipeline.ring(Ring("timer", "pasta", "Your pasta timer is done."))
        assert clock.monotonic() - began == pytest.approx(12.8, abs=0.2)
    assert speaking.tts.said.count("Your pasta timer is done.") >= 1
    assert speaking.telemetry.events[0] == "timer"


@pytest.mark.parametrize("text", ["snooze", "snooze and turn on the light"])
@pytest.mark.parametrize("carries_echo", [False, True])
def test_snooze_ends_a_ring_without_the_wake_word_only_where_the_microphone_does_not_hear_it(
    text: str, carries_echo: bool
) -> None:
    async def scenario() -> None:
        clock = VirtualClock()
        script = [(SILENT, 6_400), (VOICED, 320 * len(text.split())), (SILENT, 120_000)]
        settings = Settings(home=HomeSettings(ring_minutes=1))
        async with speaker(script, [text], clock=clock, settings=settings, carries_echo=carries_echo) as speaking:
            began = clock.monotonic()
            await speaking.pipeline.ring(Ring("alarm", "", "This is your alarm."))
            assert (clock.monotonic() - began < 30) is not carries_echo
        assert speaking.home.acted == ([] if carries_echo else ["EdgeSnooze"])
        assert ("Done EdgeSnooze." in speaking.tts.said) is not carries_echo

    virtual_time.run(scenario())


@instantly
async def test_the_wake_word_and_snooze_end_a_ring_and_snooze() -> None:
    clock = VirtualClock()
    script = [(SILENT, 12_800), (WAKE, 32), (SILENT, 320), (VOICED, 320), (SILENT, 3200)]
    async with speaker(script, ["snooze"], clock=clock, settings=ONE_TURN) as speaking:
        await speaking.pipeline.ring(Ring("alarm", "", "This is your alarm."))
    assert speaking.home.acted == ["EdgeSnooze"]
    assert speaking.tts.said[-1] == "Done EdgeSnooze."


@instantly
async def test_a_timer_that_nobody_hears_rings_for_the_set_time() -> None:
    clock = VirtualClock()
    settings = Settings(home=HomeSettings(ring_minutes=1))
    async with speaker([(SILENT, 100_000)], [], clock=clock, settings=settings, run=False) as speaking:
        began = clock.monotonic()
        await speaking.pipeline.ring(Ring("timer", "", "Your timer is done."))
        assert clock.monotonic() - began == pytest.approx(60, abs=5)


@instantly
async def test_without_a_voice_a_timer_rings_all_the_same() -> None:
    clock = VirtualClock()
    settings = Settings(home=HomeSettings(ring_minutes=1))
    async with speaker([(SILENT, 100_000)], [], clock=clock, settings=settings, run=False, voiceless=True) as speaking:
        began = clock.monotonic()
        await speaking.pipeline.ring(Ring("timer", "", "Your timer is done."))
        assert clock.monotonic() - began == pytest.approx(60, abs=5)
        assert len(speaking.sink.written) > 10


@instantly
async def test_a_reminder_rings_and_says_its_text_once() -> None:
    clock = VirtualClock()
    async with speaker([(SILENT, 20_000)], [], clock=clock, run=False) as speaking:
        await speaking.pipeline.ring(Ring("timer", "", "Reminder: check the oven.", once=True))
        assert speaking.tts.said == ["Reminder: check the oven."]
        assert len(speaking.sink.written) == 2  # the ring and the text


@instantly
async def test_a_missed_timer_is_said_once_and_does_not_ring() -> None:
    clock = VirtualClock()
    async with speaker([(SILENT, 20_000)], [], clock=clock, run=False) as speaking:
        await speaking.pipeline.ring(Ring("timer", "", "Your timer ended an hour ago.", missed=True))
        assert speaking.tts.said == ["Your timer ended an hour ago."]
        assert len(speaking.sink.written) == 1


@instantly
async def test_an_announcement_waits_for_the_turn_under_way() -> None:
    clock = VirtualClock()
    async with speaker(COMMAND, ["turn on the light"], clock=clock, settings=ONE_TURN) as speaking:
        await clock.sleep(1.5)
        await speaking.pipeline.announce(ReplySentence("Dinner is ready."))
    assert speaking.tts.said == ["Done HassTurnOn.", "Dinner is ready."]
    assert speaking.telemetry.phases[-1] == "idle"


@instantly
async def test_a_muted_speaker_hears_nothing_and_hears_again() -> None:
    clock = VirtualClock()
    script = [*COMMAND, *COMMAND]
    async with speaker(script, ["turn on the light"], clock=clock, settings=ONE_TURN) as speaking:
        await speaking.pipeline.mute(True)
        await clock.sleep(3)
        await speaking.pipeline.mute(False)
    assert len(speaking.turns) == 1


@instantly
async def test_a_muted_speaker_that_is_called_makes_the_sound_of_it_if_the_owner_wants_that() -> None:
    for cue_when_muted in (True, False):
        clock = VirtualClock()
        settings = Settings.model_validate({**ONE_TURN.model_dump(), "wake": {"cue_when_muted": cue_when_muted}})
        async with speaker([*COMMAND, *COMMAND], ["turn on the light"], clock=clock, settings=settings) as speaking:
            await speaking.pipeline.mute(True, cue=False)
            await clock.sleep(3)
            heard = len(speaking.sink.written)
            assert speaking.turns == []
            await speaking.pipeline.mute(False, cue=False)
        assert heard == (1 if cue_when_muted else 0)
        assert len(speaking.turns) == 1


@instantly
async def test_a_typed_question_needs_no_sound() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, ["A big ", "cat."])
    async with speaker([], [], clock=clock, local=chat, run=False) as speaking:
        record = await speaking.pipeline.ask("what is a lion", speak=False)
    assert record.reply == "A big cat."
    assert speaking.sink.written == []


@instantly
async def test_stopping_in_the_middle_of_anything_is_prompt_and_clean() -> None:
    for after_ms in range(0, 4000, 250):
        clock = VirtualClock()
        chat = FakeChat(clock, ["A long answer that goes on. "] * 20)
        async with speaker(COMMAND, ["tell me a story"], clock=clock, local=chat, run=False) as speaking:
            await clock.sleep(after_ms / 1000)
            began = clock.monotonic()
            await speaking.pipeline.stop()
            assert clock.monotonic() - began < 0.05
        assert len(asyncio.all_tasks()) == 1


def test_the_words_that_stop_a_reply_are_intents_of_the_home() -> None:
    assert {INTENTS[text].name for text in ("stop", "never mind")} == STOP_INTENTS


@instantly
async def test_a_typed_question_may_be_answered_aloud() -> None:
    clock = VirtualClock()
    async with speaker([(SILENT, 9600)], [], clock=clock, run=False) as speaking:
        record = await speaking.pipeline.ask("what time is it", speak=True)
        assert (record.outcome, record.wake_word, record.reply) == ("answered", None, "Done HassGetCurrentTime.")
        assert speaking.heard() == record.reply
        assert speaking.turns == [record]


@instantly
async def test_a_typed_question_that_is_answered_aloud_ends_a_ring_and_waits_for_nothing() -> None:
    clock = VirtualClock()
    async with speaker([(SILENT, 60_000)], [], clock=clock, run=False) as speaking:
        ringing = asyncio.create_task(speaking.pipeline.ring(Ring("timer", "pasta", "Your pasta timer is done.")))
        await clock.sleep(1)
        record = await speaking.pipeline.ask("what time is it", speak=True)
        assert record.outcome == "answered"
        await ringing


@instantly
async def test_a_typed_question_whose_answer_is_cut_off_has_a_record_and_the_asker_is_told() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, [LONG_SENTENCE, *["word "] * 1000])
    async with speaker([(SILENT, 60_000)], [], clock=clock, local=chat, run=False) as speaking:
        asking = asyncio.create_task(speaking.pipeline.ask("tell me a story", speak=True))
        await clock.sleep(1.5)
        await speaking.pipeline.stop()
        record = await asking
        assert record.outcome == "cancelled"
        assert 0 < len(record.reply.split()) < len(LONG_SENTENCE.split())
        await speaking.pipeline.floor.aclose()
        with pytest.raises(EngineError, match="turn-cancelled"):
            await speaking.pipeline.ask("tell me a story", speak=True)


@instantly
async def test_a_button_begins_a_turn_that_hears_nothing_from_before() -> None:
    clock = VirtualClock()
    script = [(VOICED, 960), (SILENT, 640), (VOICED, 960), (SILENT, 3200)]
    stt = FakeStt(["turn on the light"], INTENTS)
    async with speaker(script, [], clock=clock, settings=ONE_TURN, stt=stt) as speaking:
        await clock.sleep(1.2)
        await speaking.pipeline.listen()
    (turn,) = speaking.turns
    assert (turn.wake_word, turn.transcript, turn.outcome) == (None, "turn on the light", "answered")
    assert max(stt.heard_ms) < 960 + 640
    assert speaking.telemetry.events == []
    assert "wakes" not in speaking.telemetry.counters


@instantly
async def test_the_wake_word_is_reported_with_its_score_and_counted() -> None:
    async with speaker(
        COMMAND, ["turn on the light"], clock=VirtualClock(), settings=ONE_TURN, wake=FakeWake(0.87654)
    ) as speaking:
        pass
    assert speaking.telemetry.events == ["wake"]
    assert speaking.telemetry.fields == [{"word": "alexa", "score": 0.877}]
    assert speaking.telemetry.counters["wakes"] == 1


@pytest.mark.parametrize("missed", [True, False])
@instantly
async def test_a_ring_is_reported_with_its_name_and_whether_it_was_missed(missed: bool) -> None:
    clock = VirtualClock()
    async with speaker([(SILENT, 60_000)], [], clock=clock, run=False) as speaking:
        ringing = asyncio.create_task(
            speaking.pipeline.ring(Ring("alarm", "school", "This is your alarm.", missed=missed))
        )
        await clock.sleep(1)
        assert (speaking.telemetry.phases[-1] == "ringing") == (not missed)
        await speaking.pipeline.stop()
        await ringing
    assert speaking.telemetry.events == ["alarm"]
    assert speaking.telemetry.fields == [{"name": "school", "missed": missed}]


@instantly
async def test_an_announcement_returns_when_it_is_over() -> None:
    clock = VirtualClock()
    async with speaker([(SILENT, 60_000)], [], clock=clock, run=False) as speaking:
        began = clock.monotonic()
        await speaking.pipeline.announce(ReplySentence("One two three four five."))
        assert clock.monotonic() - began == pytest.approx(0.5, abs=0.05)
        await speaking.pipeline.idle()
        assert clock.monotonic() - began == pytest.approx(0.5, abs=0.05)


@instantly
async def test_without_the_home_s_grammar_and_a_voice_a_turn_still_ends() -> None:
    clock = VirtualClock()
    async with speaker(COMMAND, ["turn on the light"], clock=clock, settings=ONE_TURN, voiceless=True) as speaking:
        pass
    (turn,) = speaking.turns
    assert (turn.outcome, turn.error) == ("failed", "tts-missing")
    assert speaking.home.acted == ["HassTurnOn"]


@instantly
async def test_a_conversation_that_is_over_reads_no_more_frames() -> None:
    clock = VirtualClock()
    async with speaker([*COMMAND, (SILENT, 9600)], ["turn on the light"], clock=clock, settings=ONE_TURN) as speaking:
        await clock.sleep(9)
        assert len(speaking.turns) == 1
        assert speaking.pipeline.room.ears._readers == []


@instantly
async def test_each_turn_s_record_goes_to_the_one_who_asked_for_them() -> None:
    records: list[TurnRecord] = []
    async with speaker(
        COMMAND, ["turn on the light"], clock=VirtualClock(), settings=ONE_TURN, on_turn=records.append
    ) as speaking:
        pass
    assert records == speaking.turns
    assert len(records) == 1


@instantly
async def test_the_floor_says_what_holds_it() -> None:
    clock = VirtualClock()
    async with speaker([(SILENT, 60_000)], [], clock=clock, run=False) as speaking:
        floor = speaking.pipeline.floor

        def holder() -> str | None:
            return floor.current.name if floor.current else None

        assert holder() is None
        await speaking.pipeline.listen()
        assert holder() == "conversation"
        await speaking.pipeline.stop()
        asking = asyncio.create_task(speaking.pipeline.ask("what time is it", speak=True))
        await clock.sleep(0.1)
        assert holder() == "typed turn"
        await asking
