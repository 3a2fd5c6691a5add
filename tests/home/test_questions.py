"""Questions of the speaker's and their answers, with the real grammar, home, timers and alarms."""

from functools import cache
from pathlib import Path

import pytest

from edge.events import Context
from edge.nlu.hassil_intents import HassilRecognizer
from edge.nlu.kinds import OPEN
from edge.route.router import GrammarFirstRouter
from edge.runtime import virtual_time
from edge.settings import EntitySettings
from edge.turn.dialogue import Dialogue
from tests.fakes.home import A_HOME, home_settings
from tests.fakes.language import ENGLISH
from tests.fakes.resident import Resident

HOMES: dict[tuple[str, ...], tuple[EntitySettings, ...]] = {}
"""By the names of their things."""


@cache
def router(area: str | None, names: tuple[str, ...]) -> GrammarFirstRouter:
    entities = HOMES[names]
    return GrammarFirstRouter(
        lambda _: HassilRecognizer(home_settings(*entities, area=area)),
        None,
        ENGLISH,
        wake_words=["alexa"],
        escalate="never",
        cloud=lambda: "no-key",
        fit=OPEN,
    )


class Conversation:
    """Says typed texts, as turns do; "" is a question to the model."""

    def __init__(
        self, folder: Path, *, area: str | None = "Living Room", entities: tuple[EntitySettings, ...] = A_HOME
    ) -> None:
        names = tuple(entity.name for entity in entities)
        HOMES[names] = entities
        self.resident = Resident(folder, area=area, entities=entities)
        self.router = router(area, names)
        self.dialogue = Dialogue(self.resident.clock)

    async def says(self, text: str) -> str:
        context: Context = self.dialogue.context
        decision = self.router.decide(text, None, context)
        if decision.intent is None:
            self.dialogue.chatted()
            return "to the model"
        reply = await self.resident.home.act(decision.intent)
        self.dialogue.acted(decision.intent, reply)
        return reply.text if reply else ""


CONVERSATIONS = [
    ("Set a timer.", "For how long?", "Ten minutes.", "Timer set for 10 minutes."),
    ("Set a pasta timer.", "For how long?", "Nine.", "Pasta timer set for 9 minutes."),
    ("Set an alarm.", "For what time?", "Seven tomorrow morning.", "Alarm set for 7 AM tomorrow."),
    ("Remind me to call Mum.", "When?", "At six PM.", "I'll remind you at 6 PM today to call Mum."),
    ("Remind me to call Mum.", "When?", "In ten minutes.", "I'll remind you in 10 minutes to call Mum."),
    ("Remind me about the cake.", "When?", "Tomorrow at nine.", "I'll remind you at 9 AM tomorrow about the cake."),
    (
        "Set a timer for ten minutes.",
        "Timer set for 10 minutes.",
        "Make it twelve.",
        "10 minute timer changed to 12 minutes.",
    ),
    (
        "Set a pasta timer for ten minutes.",
        "Pasta timer set for 10 minutes.",
        "No, make it an hour.",
        "Pasta timer changed to 1 hour.",
    ),
    (
        "Set an alarm for seven tomorrow.",
        "Alarm set for 7 AM tomorrow.",
        "Make it eight.",
        "Alarm changed to 8 AM tomorrow.",
    ),
    (
        "Remind me in ten minutes to eat.",
        "I'll remind you in 10 minutes to eat.",
        "Cancel that.",
        "Reminder to eat cancelled.",
    ),
    ("Set the volume to thirty percent.", "Volume 30 percent.", "Make it fifty.", "Volume 50 percent."),
    ("Turn on the floor lamp.", "Floor lamp on.", "Turn it off again.", "Floor lamp off."),
    ("Turn on the floor lamp.", "Floor lamp on.", "No, the ceiling lamp.", "Ceiling lamp on."),
    ("Lock the front door.", "Locking Front door.", "Undo that.", "Please say the whole command for that."),
    ("Set a timer for ten minutes.", "Timer set for 10 minutes.", "Cancel that.", "10 minute timer cancelled."),
    ("Set an alarm for 7 am.", "Alarm set for 7 AM tomorrow.", "Cancel that.", "Alarm for 7 AM tomorrow cancelled."),
    ("What time is it?", "It's 8 AM.", "Undo that.", "I can't take that back."),
    ("Set a timer.", "For how long?", "What time is it?", "It's 8 AM."),
    ("Set a timer.", "For how long?", "No thanks.", ""),
    ("Set a timer.", "For how long?", "Why is the sea deep?", "to the model"),
]


@pytest.mark.parametrize("turns", CONVERSATIONS, ids=lambda turns: " ".join(turns[::2]))
@virtual_time.instantly
async def test_the_second_turn_means_what_the_first_one_left_open(turns: tuple[str, ...], tmp_path: Path) -> None:
    conversation = Conversation(tmp_path)
    assert (await conversation.says(turns[0]), await conversation.says(turns[2])) == (turns[1], turns[3])


@virtual_time.instantly
async def test_two_timers_of_one_length_can_be_told_apart(tmp_path: Path) -> None:
    conversation = Conversation(tmp_path)
    for text in ("set a timer for ten minutes", "set a timer for ten minutes", "set a pasta timer for five minutes"):
        await conversation.says(text)
    assert (await conversation.says("cancel the timer")).endswith("Which one?")
    assert await conversation.says("the last one") == "Second 10 minute timer cancelled."
    assert (await conversation.says("cancel the timer")).endswith("Which one?")
    assert await conversation.says("the pasta timer") == "Pasta timer cancelled."
    assert await conversation.says("no, the other one") == "10 minute timer cancelled."


@virtual_time.instantly
async def test_the_alarm_that_is_meant_is_asked_for_and_cancelled(tmp_path: Path) -> None:
    conversation = Conversation(tmp_path)
    for text in ("set an alarm for 7 am", "set an alarm for noon"):
        await conversation.says(text)
    assert (await conversation.says("cancel the alarm")).endswith("Which one?")
    assert await conversation.says("the one at seven") == "Alarm for 7 AM tomorrow cancelled."
    assert [str(alarm.at.time()) for alarm in conversation.resident.schedule.alarms.all()] == ["12:00:00"]


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        ("The floor lamp.", "Floor lamp on."),
        ("In the kitchen.", "Kitchen light on."),
        ("The bedroom.", "Bedroom lamp on."),
    ],
)
@virtual_time.instantly
async def test_a_light_that_is_meant_is_asked_for(answer: str, reply: str, tmp_path: Path) -> None:
    conversation = Conversation(tmp_path, area=None)
    asked = await conversation.says("turn on the light")
    assert asked == "Which one: Kitchen light, Ceiling lamp, Floor lamp or Bedroom lamp?"
    assert await conversation.says(answer) == reply


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        ("The one in the hall.", "Light + on."),
        ("In the attic.", "Light on."),
        ("The first one.", "Light + on."),
        ("No thanks.", ""),
    ],
)
@virtual_time.instantly
async def test_of_things_that_are_called_alike_the_room_tells_which_is_meant(
    answer: str, reply: str, tmp_path: Path
) -> None:
    rooms = (("Light +", "Hall"), ("Light", "Attic"))
    things = tuple(EntitySettings(name=name, area=area, topic=area) for name, area in rooms)
    conversation = Conversation(tmp_path, area="Kitchen", entities=things)
    asked = await conversation.says("turn on the light, and set a timer for ten minutes")
    assert asked == "Timer set for 10 minutes. Which one: Light + in the Hall or Light in the Attic?"
    assert await conversation.says(answer) == reply
