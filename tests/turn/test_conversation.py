"""What a user meets in a conversation when something goes wrong, is interrupted, or is said at the wrong moment."""

import asyncio

import pytest

from edge.errors import AudioError
from edge.events import FRAME_SAMPLES, AudioFrame, Intent, ReplySentence, Speech, Transcript, WakeDetected
from edge.runtime.hosted import DEADLINE_S
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.schedule import Ring
from edge.settings import LlmSettings, Settings, SttSettings, TurnSettings
from edge.tts.earcons import Earcon, load_earcon
from edge.turn.announcer import Announcer
from edge.turn.playback import Playback
from tests.fakes.audio import FakeSink
from tests.fakes.engines import SILENT, VOICED, WAKE, FakeStt, FakeSttStream, FakeWake
from tests.fakes.speaker import FakeChat, FakeSpeaker, speaker
from tests.fakes.worker import HangingWorker, SlowWorker

COMMAND = [(SILENT, 960.0), (WAKE, 32.0), (SILENT, 320.0), (VOICED, 960.0), (SILENT, 3200.0)]
STORY = ["Once upon a time there were " + "very " * 42 + "many words. "]
ONE_TURN = Settings(turn=TurnSettings(followup_ms=0))


def earcons(speaking: FakeSpeaker) -> list[str]:
    """The earcons that were played, in order, without the cue that it listens."""
    names: tuple[Earcon, ...] = ("done", "nothing", "error", "ring", "muted", "unmuted")
    by_sound = {id(load_earcon(name)): name for name in names}
    return [by_sound[id(it.speech)] for it in speaking.sink.written if id(it.speech) in by_sound]


def tasks() -> set[str]:
    return {task.get_name() for task in asyncio.all_tasks()}


# Interruptions


@instantly
async def test_a_timer_that_is_due_in_a_conversation_can_be_stopped_when_it_rings() -> None:
    """The user says the wake word while a reply is spoken and a timer waits: the timer rings behind it, and obeys."""
    clock = VirtualClock()
    script = [*COMMAND, (WAKE, 32.0), (SILENT, 320.0), (VOICED, 960.0), (SILENT, 60_000.0)]
    chat = FakeChat(clock, [*STORY, *["And on it goes. "] * 100])
    async with speaker(
        script, ["tell me a story", "what time is it"], clock=clock, settings=ONE_TURN, local=chat, run=False
    ) as speaking:
        await clock.sleep(3.5)
        ringing = asyncio.create_task(speaking.pipeline.ring(Ring("timer", "pasta", "Your pasta timer is done.")))
        await clock.sleep(10)
        assert [turn.transcript for turn in speaking.turns] == ["tell me a story", "what time is it"]
        assert "ring" in tasks()
        await speaking.pipeline.stop()
        assert "ring" not in tasks()
        assert ringing.done()


@instantly
async def test_an_announcement_is_not_spoken_over_a_command() -> None:
    clock = VirtualClock()
    async with speaker(COMMAND, ["turn on the light"], clock=clock, settings=ONE_TURN) as speaking:
        dinner = asyncio.create_task(speaking.pipeline.announce(ReplySentence("Dinner is ready at the big table.")))
        await clock.sleep(0.5)
        assert "announcement" in tasks()
    await dinner
    assert speaking.home.acted == ["HassTurnOn"]
    assert speaking.tts.said == ["Dinner is ready at the big table.", "Done HassTurnOn."]


@instantly
async def test_a_command_begun_while_the_reply_ends_is_heard_whole() -> None:
    said = "turn on the light in the kitchen"
    for early_ms in (64, 320, 640):
        clock = VirtualClock()
        reply = FakeChat(clock, ["One two three four five six seven eight nine ten. "])
        # The reply begins 1,120 ms after the speech (an open question) and takes one second.
        script = [*COMMAND[:-1], (SILENT, 2120 - early_ms), (VOICED, 160 * len(said.split())), (SILENT, 9600.0)]
        texts = ["tell me a story", said, said]  # the listener for "stop" may have begun to recognise it too
        async with speaker(script, texts, clock=clock, local=reply, carries_echo=False) as speaking:
            pass
        assert [turn.transcript for turn in speaking.turns] == ["tell me a story", said], early_ms


@instantly
async def test_what_was_said_and_over_during_the_reply_is_no_command() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, STORY)
    script = [*COMMAND[:-1], (SILENT, 1600.0), (VOICED, 960.0), (SILENT, 12_000.0)]
    async with speaker(
        script, ["tell me a story", "turn on the light", ""], clock=clock, local=chat, carries_echo=False
    ) as speaking:
        pass
    assert [turn.transcript for turn in speaking.turns] == ["tell me a story"]
    assert speaking.home.acted == []


@instantly
async def test_the_reply_s_own_echo_is_no_command() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, ["One two three four five six seven eight nine ten. "])
    # Until 100 ms after its end the microphone hears the reply.
    script = [*COMMAND[:-1], (SILENT, 1120.0), (VOICED, 1088.0), (SILENT, 12_000.0)]
    async with speaker(script, ["tell me a story", "turn on the light"], clock=clock, local=chat) as speaking:
        pass
    assert [turn.transcript for turn in speaking.turns] == ["tell me a story"]


@pytest.mark.parametrize(("text", "stopped"), [("stop", True), ("never mind", True), ("what time is it", False)])
@instantly
async def test_only_stop_ends_a_reply_without_the_wake_word(text: str, stopped: bool) -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, STORY)
    script = [*COMMAND[:-1], (SILENT, 1600.0), (VOICED, 640.0), (SILENT, 9600.0)]
    async with speaker(
        script, ["tell me a story", text], clock=clock, settings=ONE_TURN, local=chat, carries_echo=False
    ) as speaking:
        pass
    (turn,) = speaking.turns
    assert turn.outcome == ("cancelled" if stopped else "answered")
    assert speaking.home.acted == []


@pytest.mark.parametrize(
    ("text", "stopped"), [("cancel the timer", True), ("thanks", True), ("turn on the light", False)]
)
@instantly
async def test_a_ring_ends_with_the_words_that_people_say_to_it(text: str, stopped: bool) -> None:
    clock = VirtualClock()
    script = [(SILENT, 6400.0), (VOICED, 640.0), (SILENT, 20_000.0)]
    async with speaker(script, [text], clock=clock, settings=ONE_TURN, carries_echo=False) as speaking:
        ringing = asyncio.create_task(speaking.pipeline.ring(Ring("timer", "pasta", "Your pasta timer is done.")))
        await clock.sleep(9)
        assert ringing.done() == stopped
        await speaking.pipeline.stop()
        await ringing


@instantly
async def test_a_turn_has_its_record_whenever_the_wake_word_cuts_it() -> None:
    """Also when it comes while the turn is being tidied up after its reply."""
    for after_ms in range(2200, 2700, 8):
        clock = VirtualClock()
        chat = FakeChat(clock, ["One two. "])
        async with speaker(
            COMMAND, ["tell me a story"], clock=clock, settings=ONE_TURN, local=chat, run=False
        ) as speaking:
            await clock.sleep(after_ms / 1000)
            await speaking.pipeline.listen()
            await speaking.pipeline.stop()
        assert len([turn for turn in speaking.turns if turn.wake_word]) == 1, after_ms
        assert tasks() == {asyncio.current_task().get_name()}  # type: ignore[union-attr]


# Failures


@instantly
async def test_a_recogniser_that_crashes_is_a_failed_turn_with_a_sound_and_the_next_one_works() -> None:
    class Crashing(FakeStt):
        def next_text(self) -> str:
            if len(self._texts) == 2:
                self._texts.pop(0)
                raise RuntimeError("out of memory")
            return super().next_text()

    stt = Crashing(["lost", "turn on the light"])
    async with speaker([*COMMAND, *COMMAND], [], clock=VirtualClock(), settings=ONE_TURN, stt=stt) as speaking:
        pass
    assert [(turn.outcome, turn.error) for turn in speaking.turns] == [("failed", "engine-crashed"), ("answered", None)]
    assert earcons(speaking) == ["error"]


@instantly
async def test_a_recogniser_that_hangs_is_a_failed_turn_and_ends_the_watchdog_s_food() -> None:
    clock = VirtualClock()
    worker = HangingWorker(clock)
    script = [*COMMAND, (SILENT, 1000 * DEADLINE_S)]
    async with speaker(script, ["turn on the light"], clock=clock, settings=ONE_TURN, stt_worker=worker) as speaking:
        await clock.sleep(1.5)
        worker.hang = True
    (turn,) = speaking.turns
    assert (turn.outcome, turn.error) == ("failed", "engine-hung")
    assert earcons(speaking) == ["error"]
    assert not speaking.pipeline.engines.healthy
    assert set(speaking.pipeline.engines.degraded.values()) == {"engine-hung"}


@instantly
async def test_a_stop_word_listener_that_crashes_does_not_cut_the_reply(capsys: pytest.CaptureFixture[str]) -> None:
    class CrashingLater(FakeStt):
        def next_text(self) -> str:
            if not self._texts:
                raise RuntimeError("out of memory")
            return super().next_text()

    clock = VirtualClock()
    script = [*COMMAND[:-1], (SILENT, 1600.0), (VOICED, 320.0), (SILENT, 9600.0)]
    async with speaker(
        script,
        [],
        clock=clock,
        settings=ONE_TURN,
        stt=CrashingLater(["tell me a story"]),
        local=FakeChat(clock, STORY),
        carries_echo=False,
    ) as speaking:
        pass
    (turn,) = speaking.turns
    assert (turn.outcome, turn.error) == ("answered", None)
    assert turn.reply == STORY[0].strip()
    assert "stop-word-listener-failed" in capsys.readouterr().out


@instantly
async def test_without_a_recogniser_the_user_is_told_and_the_record_says_why() -> None:
    clock = VirtualClock()
    async with speaker(COMMAND, [], clock=clock, settings=ONE_TURN, without_stt=True) as speaking:
        pass
    (turn,) = speaking.turns
    assert (turn.outcome, turn.error) == ("failed", "stt-missing")
    assert speaking.heard() == "Sorry, I can't understand speech at the moment."


@instantly
async def test_a_mistake_of_ours_in_a_turn_is_a_failed_turn_with_a_sound(capsys: pytest.CaptureFixture[str]) -> None:
    clock = VirtualClock()
    async with speaker(COMMAND, ["turn on the light"], clock=clock, settings=ONE_TURN) as speaking:
        speaking.home.act = None  # type: ignore[assignment, method-assign]
    (turn,) = speaking.turns
    assert (turn.outcome, turn.error) == ("failed", "internal-error")
    assert earcons(speaking) == ["error"]
    assert "internal-error" in capsys.readouterr().out


@instantly
async def test_a_typed_question_that_fails_says_why_in_its_record() -> None:
    clock = VirtualClock()
    async with speaker([], [], clock=clock, run=False) as speaking:
        speaking.home.act = None  # type: ignore[assignment, method-assign]
        record = await speaking.pipeline.ask("turn on the light", speak=False)
    assert (record.outcome, record.error) == ("failed", "internal-error")


@instantly
async def test_an_output_that_cannot_even_play_the_error_does_not_end_the_listening() -> None:
    class Full(FakeSink):
        async def write(self, speech: Speech) -> None:
            raise AudioError("disk-full", f"no space is left for {speech.duration_ms} ms")

    clock = VirtualClock()
    async with speaker(
        [*COMMAND, *COMMAND], ["turn on the light"] * 2, clock=clock, settings=ONE_TURN, sink=Full(clock)
    ) as speaking:
        pass
    assert [turn.error for turn in speaking.turns] == ["disk-full", "disk-full"]
    assert speaking.home.acted == ["HassTurnOn", "HassTurnOn"]


# Muting


@instantly
async def test_a_wake_word_under_way_while_the_microphone_is_switched_off_was_never_heard() -> None:
    clock = VirtualClock()
    script = [(SILENT, 960.0), (WAKE, 32.0), (SILENT, 4000.0), (VOICED, 960.0), (SILENT, 3200.0)]
    async with speaker(
        script, ["turn on the light"], clock=clock, settings=ONE_TURN, ears_worker=SlowWorker(clock, 0.01)
    ) as speaking:
        began = clock.monotonic()
        for muted in (True, False):
            await speaking.pipeline.mute(muted)
        await clock.sleep(
            began + 0.992 + 0.006 - clock.monotonic()
        )  # the frame has arrived, the detector is at work on it
        await speaking.pipeline.mute(True)
        await clock.sleep(3)
        await speaking.pipeline.mute(False)
    assert speaking.turns == []
    assert speaking.home.acted == []


@instantly
async def test_what_was_said_before_the_microphone_was_off_is_forgotten_and_the_detector_begins_anew() -> None:
    clock = VirtualClock()
    # "... the light" 64 ms before it is switched off, the wake word 64 ms after it is on again.
    script = [(SILENT, 960.0), (VOICED, 640.0), (SILENT, 64.0), (WAKE, 32.0), (VOICED, 480.0), (SILENT, 6400.0)]
    stt = FakeStt(["turn on light"])
    wake = FakeWake()
    async with speaker(script, [], clock=clock, settings=ONE_TURN, stt=stt, wake=wake) as speaking:
        await clock.sleep(1.6)
        await speaking.pipeline.mute(True)
        await speaking.pipeline.mute(False)
        assert wake.resets == 1
    assert max(stt.heard_ms) < 640 + 300


@instantly
async def test_switching_the_microphone_off_ends_a_conversation_and_not_a_ring() -> None:
    clock = VirtualClock()
    async with speaker(COMMAND, ["turn on the light"], clock=clock, run=False) as speaking:
        await clock.sleep(1.5)
        await speaking.pipeline.mute(True)
        assert "conversation" not in tasks()
        await speaking.pipeline.mute(False)
        ringing = asyncio.create_task(speaking.pipeline.ring(Ring("timer", "", "Your timer is done.")))
        await clock.sleep(1)
        await speaking.pipeline.mute(True)
        assert "ring" in tasks()
        await speaking.pipeline.stop()
        await ringing


@instantly
async def test_a_button_does_nothing_while_the_microphone_is_off_but_say_so() -> None:
    clock = VirtualClock()
    async with speaker([], [], clock=clock, run=False) as speaking:
        await speaking.pipeline.mute(True)
        with pytest.raises(AudioError, match="microphone-muted"):
            await speaking.pipeline.listen()


@instantly
async def test_the_switch_of_the_microphone_and_a_button_while_it_is_off_are_heard() -> None:
    clock = VirtualClock()
    async with speaker([], [], clock=clock, run=False) as speaking:
        for switch in (True, True, False, False):  # the second time nothing changes
            await speaking.pipeline.mute(switch)
            await speaking.pipeline.idle()
        assert earcons(speaking) == ["muted", "unmuted"]
        await speaking.pipeline.mute(True, cue=False)
        await speaking.pipeline.idle()
        assert earcons(speaking) == ["muted", "unmuted"]
        with pytest.raises(AudioError):
            await speaking.pipeline.listen()
        await speaking.pipeline.idle()
        assert earcons(speaking) == ["muted", "unmuted", "muted"]


@instantly
async def test_a_cue_of_the_microphone_does_not_wait_behind_a_ring() -> None:
    clock = VirtualClock()
    async with speaker([(SILENT, 9600.0)], [], clock=clock, run=False) as speaking:
        ringing = asyncio.create_task(speaking.pipeline.ring(Ring("timer", "", "Your timer is done.")))
        await clock.sleep(1)
        await speaking.pipeline.mute(True)
        await speaking.pipeline.stop()
        await ringing
        await speaking.pipeline.idle()
        assert "muted" not in earcons(speaking)


# Hearing


@instantly
async def test_a_text_below_the_confidence_that_is_set_was_not_said() -> None:
    for wanted, outcome in ((0.91, "nothing-said"), (0.9, "answered")):
        settings = ONE_TURN.model_copy(update={"stt": SttSettings(min_confidence=wanted)})
        async with speaker(COMMAND, ["turn on the light"], clock=VirtualClock(), settings=settings) as speaking:
            pass
        assert [turn.outcome for turn in speaking.turns] == [outcome]
        assert earcons(speaking) == (["nothing"] if outcome == "nothing-said" else [])


@instantly
async def test_a_command_in_one_breath_with_the_wake_word_is_heard_whole() -> None:
    """The detector is certain 320 ms late: what was said until then comes from the pre-roll."""

    class Late:
        words: tuple[str, ...] = ("alexa",)
        step_samples = FRAME_SAMPLES

        def stream(self) -> "Late":
            return self

        def feed(self, frame: AudioFrame) -> list[WakeDetected]:
            found = frame.start == 80 * FRAME_SAMPLES
            return [WakeDetected("alexa", 0.9, frame.end, frame.start - 320 * 16)] if found else []

        def reset(self) -> None:
            pass

    # 640 ms of wake word, then the command; the detector fires in its middle.
    script = [(SILENT, 1600.0), (VOICED, 1632.0), (SILENT, 3200.0)]
    stt = FakeStt(["alexa turn on the light"])
    async with speaker(script, [], clock=VirtualClock(), settings=ONE_TURN, stt=stt, wake=Late()) as speaking:
        pass
    assert speaking.turns[0].transcript == "turn on the light"
    assert max(stt.heard_ms) >= 960 + 32 + 640


@instantly
async def test_a_command_that_comes_after_the_wake_word_alone_is_heard() -> None:
    script = [(SILENT, 960.0), (WAKE, 32.0), (VOICED, 320.0), (SILENT, 1600.0), (VOICED, 640.0), (SILENT, 3200.0)]
    async with speaker(script, ["Alexa.", "turn on the light"], clock=VirtualClock(), settings=ONE_TURN) as speaking:
        pass
    assert [turn.transcript for turn in speaking.turns] == ["turn on the light"]
    assert speaking.home.acted == ["HassTurnOn"]


@instantly
async def test_the_cue_does_not_hold_up_the_hearing() -> None:
    """The user begins to speak while the cue is played: the end is stamped with the voice's own time."""
    clock = VirtualClock()
    script = [(SILENT, 960.0), (WAKE, 32.0), (SILENT, 480.0), (VOICED, 960.0), (SILENT, 3200.0)]
    async with speaker(script, ["turn on the light"], clock=clock, settings=ONE_TURN) as speaking:
        await clock.sleep(0.96 + 0.032 + 0.48 + 0.064)
        reader, _ = speaking.pipeline.room.ears._readers[0]
        assert len(reader._frames) <= 1
    assert speaking.sink.written[0].speech is load_earcon("listening")
    assert speaking.turns[0].first_audio_ms == pytest.approx(192, abs=32)


# Replies


@instantly
async def test_a_command_that_says_nothing_ends_with_a_sound() -> None:
    async with speaker(COMMAND, ["stop"], clock=VirtualClock(), settings=ONE_TURN) as speaking:
        pass
    assert earcons(speaking) == ["done"]


@instantly
async def test_what_the_home_says_in_the_end_is_spoken_and_not_what_it_was_expected_to_say() -> None:
    clock = VirtualClock()
    async with speaker(COMMAND, ["turn on the light"], clock=clock, settings=ONE_TURN) as speaking:
        speaking.home.answers["HassTurnOn"] = "The light does not answer."
    (turn,) = speaking.turns
    assert "Done HassTurnOn." in speaking.tts.said  # prepared in the pause
    assert speaking.heard() == turn.reply == "The light does not answer."


@instantly
async def test_a_command_waits_for_no_voice() -> None:
    """A slow voice prepares the sentence; the light goes on at the end of the utterance all the same."""
    clock = VirtualClock()
    async with speaker(
        COMMAND, ["turn on the light"], clock=clock, settings=ONE_TURN, tts_worker=SlowWorker(clock, 2.0)
    ) as speaking:
        pass
    speech_end = 1000 + (960 + 32 + 320 + 960) / 1000
    assert speaking.home.acted_at[0] - speech_end < 0.3
    assert speaking.turns[0].reply == "Done HassTurnOn."


@instantly
async def test_a_server_of_one_s_own_is_not_asked_before_the_end_is_certain() -> None:
    clock = VirtualClock()
    server = FakeChat(clock, ["It is ", "blue. "])
    settings = ONE_TURN.model_copy(update={"llm": LlmSettings(engine="server", url="http://server", model="m")})
    script = [*COMMAND[:-1], (SILENT, 224.0), (VOICED, 320.0), (SILENT, 3200.0)]
    async with speaker(script, ["write a poem about today"], clock=clock, settings=settings, local=server) as it:
        pass
    (messages,) = server.asked
    assert messages[-1].text.startswith("write a poem about today (")
    assert it.turns[0].outcome == "answered"


@instantly
async def test_the_same_words_heard_as_another_command_are_prepared_anew() -> None:
    """The text of the pause and of the end agree, the commands heard in the audio do not: the last one counts."""

    class Wavering(FakeStt):
        def stream(self) -> "FakeSttStream":
            return WaveringStream(self)

    class WaveringStream(FakeSttStream):
        def finish(self) -> Transcript:
            return self._as("HassTurnOn")

        def partial(self) -> Transcript | None:
            said = self._as("HassTurnOff")
            return Transcript(said.text, said.confidence, final=False, match=said.match, progress="complete")

        def _as(self, name: str) -> Transcript:
            said = super().finish()
            assert said.match is not None
            match = type(said.match)(said.match.sentence, Intent(name), 0.9)
            return Transcript("turn on the light", 0.9, final=True, match=match, progress="complete")

    stt = Wavering(["turn on the light"], {"turn on the light": Intent("HassTurnOn")})
    async with speaker(COMMAND, [], clock=VirtualClock(), settings=ONE_TURN, stt=stt) as speaking:
        pass
    assert speaking.home.acted == ["HassTurnOn"]


@instantly
async def test_the_cloud_is_told_again_only_what_it_was_told_before() -> None:
    clock = VirtualClock()
    local, cloud = FakeChat(clock, ["It is blue."]), FakeChat(clock, ["Nothing happened."])
    texts = ["why is the sea deep", "what is the latest news", "what is the newest phone"]
    async with speaker(COMMAND * 3, texts, clock=clock, settings=ONE_TURN, local=local, cloud=cloud) as speaking:
        pass
    assert [turn.answerer for turn in speaking.turns] == ["llm", "cloud", "cloud"]
    first, second = ([message.text for message in asked] for asked in cloud.asked)
    assert not any("sky" in text or "blue" in text for text in (*first[-2:], *second[-4:]))
    assert second[-3:-1] == ["what is the latest news", "Nothing happened."]


@instantly
async def test_the_model_is_stopped_at_the_end_of_a_turn_that_was_cut() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, [*STORY, *["word "] * 1000])
    async with speaker(COMMAND, ["tell me a story"], clock=clock, local=chat, run=False) as speaking:
        await clock.sleep(5)
        await speaking.pipeline.stop()
        assert chat.stopped_early
        assert speaking.turns[0].outcome == "cancelled"


@instantly
async def test_a_ring_without_an_end_is_over_after_the_time_that_is_set() -> None:
    clock = VirtualClock()
    async with speaker([], [], clock=clock, run=False) as speaking:
        playback = Playback(speaking.sink, speaking.pipeline.engines.voice, speaking.telemetry)
        announcer = Announcer(playback, None, speaking.home, speaking.telemetry, clock, ring_minutes=10)
        began = clock.monotonic()
        await announcer.ring(Ring("timer", "", "Your timer is done."))
        assert 600 <= clock.monotonic() - began < 606
    assert speaking.telemetry.phases[-1] == "idle"


@instantly
async def test_an_answer_that_the_model_was_not_certain_of_is_not_remembered() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, ["The capital of France is Lyon. "])
    for certain_from, remembered in ((0.0, True), (0.8, False)):
        chat.certain_from, chat.asked = certain_from, []
        async with speaker([], [], clock=clock, local=chat, run=False) as speaking:
            record = await speaking.pipeline.ask("what was the capital of old france", speak=False)
            await speaking.pipeline.ask("what was the capital of old spain", speak=False)
        assert (record.reason == "not-certain") != remembered
        assert any("capital of old france" in message.text for message in chat.asked[-1][:-1]) == remembered
