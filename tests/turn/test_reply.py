"""The reply: what is prepared, what is used of it, and what the record says about the time."""

import pytest

from edge.errors import LlmError
from edge.events import Intent, ReplySentence, Transcript
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import Settings, TurnSettings
from tests.fakes.engines import SILENT, VOICED, WAKE, FakeStt, FakeSttStream
from tests.fakes.speaker import FakeChat, FakeHome, FakeSpeaker, speaker
from tests.fakes.worker import SlowWorker

COMMAND = [(SILENT, 960.0), (WAKE, 32.0), (SILENT, 320.0), (VOICED, 960.0), (SILENT, 3200.0)]
ONE_TURN = Settings(turn=TurnSettings(followup_ms=0))


class Clockwork(FakeHome):
    """Says something new each time, so that nothing is in the voice's cache; counts the rehearsals."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(clock)
        self.rehearsals = 0

    async def rehearse(self, intent: Intent) -> ReplySentence | None:  # noqa: ARG002 - the protocol's
        self.rehearsals += 1
        return ReplySentence("It is ten past nine.")

    async def act(self, intent: Intent) -> ReplySentence | None:
        self.acted.append(intent.name)
        return ReplySentence("It is ten past nine.")


@instantly
async def test_a_command_heard_in_the_audio_is_carried_out_whatever_its_text_looks_like() -> None:
    stt = FakeStt(["turn on delight"], {"turn on delight": Intent("HassTurnOn")})
    async with speaker(COMMAND, [], clock=VirtualClock(), settings=ONE_TURN, stt=stt) as speaking:
        pass
    assert speaking.home.acted == ["HassTurnOn"]


@instantly
async def test_a_reply_that_was_rehearsed_right_is_synthesised_once() -> None:
    clock = VirtualClock()
    async with speaker(COMMAND, ["what time is it"], clock=clock, settings=ONE_TURN, home=Clockwork(clock)) as speaking:
        pass
    assert speaking.heard() == "It is ten past nine."
    assert speaking.tts.said == ["It is ten past nine."]


@instantly
async def test_a_typed_command_is_not_rehearsed() -> None:
    clock = VirtualClock()
    home = Clockwork(clock)
    async with speaker([(SILENT, 9600.0)], [], clock=clock, home=home, run=False) as speaking:
        await speaking.pipeline.ask("what time is it", speak=True)
    assert (home.rehearsals, home.acted) == (0, ["HassGetCurrentTime"])


@instantly
async def test_a_command_that_is_certain_before_the_router_knows_it_is_not_rehearsed_any_more() -> None:
    clock = VirtualClock()
    home = Clockwork(clock)
    async with speaker(
        COMMAND,
        ["what time is it"],
        clock=clock,
        settings=ONE_TURN,
        home=home,
        router_worker=SlowWorker(clock, 1.5),
    ) as speaking:
        pass
    assert (home.rehearsals, home.acted) == (0, ["HassGetCurrentTime"])
    assert speaking.heard() == "It is ten past nine."


@instantly
async def test_a_reply_without_a_word_to_speak_ends_with_a_sound() -> None:
    async with speaker(COMMAND, ["turn on the light"], clock=VirtualClock(), settings=ONE_TURN) as speaking:
        speaking.home.answers["HassTurnOn"] = "***"
    assert [(turn.outcome, turn.error) for turn in speaking.turns] == [("answered", None)]


def tts_ms(speaking: FakeSpeaker) -> list[float]:
    return [span.end - span.begin for span in speaking.turns[0].spans if span.stage == "tts"]


@instantly
async def test_the_voice_s_time_in_the_record_is_that_of_the_first_sentence() -> None:
    """It does not count the time in which the model wrote the sentence, or that of the next sentences."""
    clock = VirtualClock()
    chat = FakeChat(clock, ["The sky ", "is blue. ", "Light is ", "scattered."])
    async with speaker(
        COMMAND,
        ["why is the sea deep"],
        clock=clock,
        settings=ONE_TURN,
        local=chat,
        tts_worker=SlowWorker(clock, 0.25),
    ) as speaking:
        pass
    assert tts_ms(speaking) == [pytest.approx(250, abs=5)]
    assert [span.stage for span in speaking.turns[0].spans].count("llm") == 1


@instantly
async def test_a_reply_that_makes_no_sound_has_no_time_of_the_voice() -> None:
    async with speaker(COMMAND, ["stop"], clock=VirtualClock(), settings=ONE_TURN) as speaking:
        pass
    assert tts_ms(speaking) == []


@instantly
async def test_the_record_of_a_model_s_answer_counts_its_tokens() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, ["It is blue."])
    async with speaker(COMMAND, ["why is the sea deep"], clock=clock, settings=ONE_TURN, local=chat) as speaking:
        pass
    details = speaking.turns[0].details
    assert (details["prompt_tokens"], details["cached_tokens"]) == (10, 8)
    assert details["reply_tokens"] == Settings().llm.max_reply_tokens


@instantly
async def test_the_record_of_a_model_that_failed_says_what_to_do_next() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, [LlmError("llm-unavailable", "the process died", "look into its log")])
    async with speaker(COMMAND, ["why is the sea deep"], clock=clock, settings=ONE_TURN, local=chat) as speaking:
        pass
    assert speaking.turns[0].error == "llm-unavailable"
    assert speaking.turns[0].details["hint"] == "look into its log"


class AtTheEndOnly(FakeStt):
    """An engine without partial texts: nothing can be prepared."""

    def stream(self) -> FakeSttStream:
        class Stream(FakeSttStream):
            def partial(self) -> Transcript | None:
                return None

        return Stream(self)


@instantly
async def test_a_command_that_was_not_prepared_is_not_rehearsed_when_it_is_certain() -> None:
    clock = VirtualClock()
    home = Clockwork(clock)
    stt = AtTheEndOnly(["what time is it"], {"what time is it": Intent("HassGetCurrentTime")})
    async with speaker(COMMAND, [], clock=clock, settings=ONE_TURN, home=home, stt=stt) as speaking:
        pass
    assert (home.rehearsals, home.acted) == (0, ["HassGetCurrentTime"])
    assert speaking.telemetry.counters["speculations"] == 0


@instantly
async def test_each_pause_behind_which_the_user_goes_on_costs_one_prepared_reply() -> None:
    clock = VirtualClock()
    chat = FakeChat(clock, ["It is blue."])
    pause = [(SILENT, 96.0), (VOICED, 480.0)]
    script = [*COMMAND[:-1], *pause, *pause, (SILENT, 3200.0)]
    text = "why is the sky so blue and the grass so green today"
    async with speaker(script, [text], clock=clock, settings=ONE_TURN, local=chat) as speaking:
        pass
    assert speaking.turns[0].transcript == text
    assert speaking.turns[0].details["speculations"] == 3
    assert speaking.turns[0].details["speculations_discarded"] == 2
