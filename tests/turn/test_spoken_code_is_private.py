"""A spoken code: it reaches the home once, and neither the record of the turn nor a model."""

import pytest

from edge.events import Intent, PendingQuestion, ReplySentence
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import HomeSettings, Settings, TurnSettings
from edge.turn.dialogue import QUESTION_S
from tests.fakes.engines import SILENT, VOICED
from tests.fakes.speaker import FakeChat, FakeHome, FakeSpeaker, speaker
from tests.turn.test_dialogue import COMMAND

ANSWER = [(SILENT, 3200.0), (VOICED, 2560.0)]

CODE = ReplySentence("Say the code.", question=PendingQuestion(Intent("EdgeCode", {"question": 7}), secret=True))


class GuardedHome(FakeHome):
    """Asks for the code, and remembers what it was given."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(clock)
        self.got: list[Intent] = []

    async def act(self, intent: Intent) -> ReplySentence | None:
        self.got.append(intent)
        return await super().act(intent)

    async def rehearse(self, intent: Intent) -> ReplySentence | None:
        return CODE if intent.name == "HassTurnOn" else await super().rehearse(intent)


async def heard(*texts: str, script: list[tuple[float, float]], uses_code: bool = True) -> tuple[FakeSpeaker, FakeChat]:
    clock = VirtualClock()
    chat = FakeChat(clock, ["That is a nice number."])
    home = HomeSettings(unlock="code" if uses_code else "ask")
    settings = Settings(turn=TurnSettings(followup_ms=0), home=home)
    async with speaker(script, texts, clock=clock, settings=settings, home=GuardedHome(clock), local=chat) as speaking:
        pass
    return speaking, chat


def got(speaking: FakeSpeaker) -> list[Intent]:
    assert isinstance(speaking.home, GuardedHome)
    return speaking.home.got


@pytest.mark.parametrize("said", ["four seven one one", "4711", "The code is 4 7 1 1."])
@instantly
async def test_the_code_reaches_the_home_and_not_the_record(said: str) -> None:
    speaking, chat = await heard("turn on the light", said, script=[*COMMAND, *ANSWER, (SILENT, 9600.0)])
    assert got(speaking)[-1] == Intent("EdgeCode", {"question": 7, "code": "4711"})
    assert [turn.transcript for turn in speaking.turns] == ["turn on the light", ""]
    assert speaking.turns[1].intent == Intent("EdgeCode")
    assert "4711" not in repr((speaking.turns, speaking.telemetry.fields, speaking.tts.said))
    assert chat.asked == []


@pytest.mark.parametrize("said", ["won to tree for", "who wrote hamlet", "four seven"])
@instantly
async def test_what_is_said_instead_of_a_code_is_not_recorded_and_no_model_is_asked(said: str) -> None:
    speaking, chat = await heard("turn on the light", said, script=[*COMMAND, *ANSWER, (SILENT, 9600.0)])
    assert speaking.turns[1].transcript == ""
    assert (speaking.turns[1].answerer, speaking.turns[1].reason) == ("home", "not-understood")
    assert chat.asked == []


@instantly
async def test_a_late_code_is_not_recorded_either() -> None:
    script = [*COMMAND, (SILENT, (QUESTION_S + 5) * 1000), *COMMAND, (SILENT, 9600.0)]
    speaking, chat = await heard("turn on the light", "four seven one one", script=script)
    assert [turn.transcript for turn in speaking.turns] == ["turn on the light", ""]
    assert "EdgeCode" not in {intent.name for intent in got(speaking)}
    assert chat.asked == []


@instantly
async def test_where_no_code_is_used_digits_are_recorded() -> None:
    script = [*COMMAND, (SILENT, 9600.0)]
    speaking, _ = await heard("four seven one one", script=script, uses_code=False)
    assert speaking.turns[0].transcript == "four seven one one"
