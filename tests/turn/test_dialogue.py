"""The speaker asks, the next turn answers; and short words refer to the last command."""

import pytest

from edge.events import Intent, PendingQuestion, ReplySentence
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import Settings, TurnSettings
from edge.turn.dialogue import LAST_S, QUESTION_S, Dialogue
from tests.fakes.engines import SILENT, VOICED, WAKE
from tests.fakes.speaker import FakeChat, FakeHome, FakeSpeaker, speaker

COMMAND = [(SILENT, 960.0), (WAKE, 32.0), (SILENT, 320.0), (VOICED, 960.0)]
ANSWER = [(SILENT, 3200.0), (VOICED, 640.0)]
ONE_TURN = Settings(turn=TurnSettings(followup_ms=0))

LIGHT, LAMP = (Intent("HassTurnOn", {"name": name}) for name in ("ceiling light", "floor lamp"))
WHICH = ReplySentence(
    "Which one?", question=PendingQuestion(Intent("HassTurnOn"), (("ceiling light", LIGHT), ("floor lamp", LAMP)))
)


class AskingHome(FakeHome):
    """Asks which light is meant, and carries out what names one."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(clock)
        self.carried_out: list[Intent] = []

    async def act(self, intent: Intent) -> ReplySentence | None:
        self.carried_out.append(intent)
        return await super().act(intent)

    async def rehearse(self, intent: Intent) -> ReplySentence | None:
        if intent.name == "HassTurnOn" and intent.slots.get("name") == "light":
            return WHICH
        return await super().rehearse(intent)


async def heard(*texts: str, script: list[tuple[float, float]]) -> FakeSpeaker:
    clock = VirtualClock()
    home = AskingHome(clock)
    chat = FakeChat(clock, ["That is a nice word."])
    async with speaker(script, texts, clock=clock, settings=ONE_TURN, home=home, local=chat) as speaking:
        pass
    return speaking


def carried_out(speaking: FakeSpeaker) -> list[Intent]:
    assert isinstance(speaking.home, AskingHome)
    return [intent for intent in speaking.home.carried_out if intent.slots.get("what") not in {"unclear", "fragment"}]


@instantly
async def test_a_question_is_answered_without_the_wake_word_and_then_the_conversation_is_over() -> None:
    script = [*COMMAND, *ANSWER, *ANSWER, (SILENT, 9600.0)]
    speaking = await heard("turn on the light", "the floor lamp", "what time is it", script=script)
    assert carried_out(speaking)[1:] == [LAMP]
    assert [turn.reason for turn in speaking.turns] == ["intent", "follow-up"]


@instantly
async def test_a_question_without_an_answer_ends_the_conversation_after_the_time_to_begin_to_speak() -> None:
    speaking = await heard("turn on the light", script=[*COMMAND, (SILENT, 16_000.0)])
    assert len(speaking.turns) == 1
    assert speaking.telemetry.phases[-1] == "idle"


@pytest.mark.parametrize(("wait_s", "reason"), [(QUESTION_S - 5, "follow-up"), (QUESTION_S + 5, "not-understood")])
@instantly
async def test_an_answer_after_the_wake_word_counts_for_half_a_minute(wait_s: float, reason: str) -> None:
    script = [*COMMAND, (SILENT, wait_s * 1000), *COMMAND, (SILENT, 9600.0)]
    speaking = await heard("turn on the light", "the floor lamp", script=script)
    assert speaking.turns[1].reason == reason


@instantly
async def test_another_command_instead_of_an_answer_is_carried_out_and_the_question_is_forgotten() -> None:
    script = [*COMMAND, *ANSWER, (SILENT, 3200.0), *COMMAND, (SILENT, 9600.0)]
    speaking = await heard("turn on the light", "what time is it", "the floor lamp", script=script)
    assert [intent.name for intent in carried_out(speaking)[1:]] == ["HassGetCurrentTime"]
    assert [turn.reason for turn in speaking.turns] == ["intent", "intent", "not-understood"]


@instantly
async def test_a_question_to_the_model_instead_of_an_answer_forgets_what_was_asked() -> None:
    script = [*COMMAND, *ANSWER, (SILENT, 9600.0), *COMMAND, (SILENT, 9600.0)]
    speaking = await heard("turn on the light", "tell me a story", "the floor lamp", script=script)
    assert [turn.reason for turn in speaking.turns] == ["intent", "open-question", "not-understood"]


@instantly
async def test_never_mind_answers_every_question() -> None:
    speaking = await heard("turn on the light", "no never mind", script=[*COMMAND, *ANSWER, (SILENT, 9600.0)])
    assert [intent.name for intent in carried_out(speaking)] == ["HassTurnOn", "HassNevermind"]


@instantly
async def test_the_other_one_is_the_one_that_was_not_chosen() -> None:
    script = [*COMMAND, *ANSWER, (SILENT, 6400.0), *COMMAND, (SILENT, 9600.0)]
    speaking = await heard("turn on the light", "the floor lamp", "no the other one", script=script)
    assert carried_out(speaking)[1:] == [LAMP, LIGHT]


@pytest.mark.parametrize(("wait_s", "acted"), [(LAST_S - 20, 2), (LAST_S + 5, 1)])
@instantly
async def test_the_last_command_can_be_taken_back_for_two_minutes(wait_s: float, acted: int) -> None:
    long_command = [*COMMAND, (VOICED, 320.0)]
    script = [*long_command, (SILENT, wait_s * 1000), *COMMAND, (SILENT, 9600.0)]
    speaking = await heard("turn on the light in the kitchen", "undo that", script=script)
    assert len(carried_out(speaking)) == acted


@instantly
async def test_a_typed_question_is_answered_by_a_typed_text() -> None:
    clock = VirtualClock()
    home = AskingHome(clock)
    async with speaker([], [], clock=clock, home=home, run=False) as speaking:
        await speaking.pipeline.ask("turn on the light", speak=False)
        record = await speaking.pipeline.ask("the floor lamp", speak=False)
    assert record.reason == "follow-up"
    assert home.carried_out[1:] == [LAMP]


@instantly
async def test_after_several_commands_that_means_the_last_one() -> None:
    dialogue = Dialogue(VirtualClock())
    timer = Intent("HassStartTimer", {"minutes": 10})
    dialogue.acted(Intent(LIGHT.name, LIGHT.slots, (timer,)), ReplySentence("Ceiling light on. Timer set."))
    assert dialogue.context.last == timer


SUM = Intent("EdgeCalculate", {"expression": "12 * 7", "said": "12 times 7", "question": "12 times 7"})


@instantly
async def test_an_exact_question_takes_the_place_of_no_command_and_is_gone_on_from_behind_one() -> None:
    dialogue = Dialogue(VirtualClock())
    dialogue.acted(LIGHT, None)
    dialogue.acted(SUM, None)
    assert (dialogue.context.last, dialogue.context.asked, dialogue.context.asked_since) == (LIGHT, SUM, True)
    dialogue.acted(Intent("EdgeThanks"), None)
    assert dialogue.context.asked_since
    dialogue.acted(LAMP, None)
    assert (dialogue.context.last, dialogue.context.asked, dialogue.context.asked_since) == (LAMP, SUM, False)


@instantly
async def test_a_question_to_a_model_ends_what_an_exact_one_can_be_gone_on_from() -> None:
    dialogue = Dialogue(VirtualClock())
    dialogue.acted(SUM, None)
    dialogue.chatted()
    assert dialogue.context.asked is None


@instantly
async def test_an_exact_question_is_forgotten_like_a_command() -> None:
    clock = VirtualClock()
    dialogue = Dialogue(clock)
    dialogue.acted(SUM, None)
    await clock.sleep(LAST_S)
    assert dialogue.context.asked == SUM
    await clock.sleep(1.0)
    assert dialogue.context.asked is None
