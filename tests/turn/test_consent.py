"""The speaker asks before it asks the cloud, and remembers the answer."""

from edge.events import ASK_CLOUD, Intent, PendingQuestion, ReplySentence
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import RouteSettings, Settings
from tests.fakes.speaker import FakeChat, FakeHome, FakeSpeaker, speaker

ASKING = Settings(route=RouteSettings(escalate="ask", consent_minutes=60))
NEWS = "who won the match"
FACT = "why is the sea deep"


class AskingHome(FakeHome):
    """Asks whether the cloud may be asked."""

    async def rehearse(self, intent: Intent) -> ReplySentence | None:
        if intent.name == ASK_CLOUD:
            question = PendingQuestion(Intent(ASK_CLOUD, intent.slots), confirmation=True)
            return ReplySentence("Shall I ask the cloud?", question=question)
        return await super().rehearse(intent)


async def answerers(speaking: FakeSpeaker, *texts: str) -> list[tuple[str | None, str]]:
    """Who answers each text, and why."""
    records = [await speaking.pipeline.ask(text, speak=False) for text in texts]
    return [(record.answerer, record.reason) for record in records]


@instantly
async def test_a_yes_sends_the_question_and_counts_for_the_next_ones_until_it_is_old() -> None:
    clock = VirtualClock()
    cloud = FakeChat(clock, ["Arsenal won."])
    local = FakeChat(clock, ["It is blue."])
    async with speaker(
        [], [], clock=clock, settings=ASKING, home=AskingHome(clock), local=local, cloud=cloud, run=False
    ) as speaking:
        asked = ("home", "ask-first")
        sent = ("cloud", "fresh-knowledge")
        assert await answerers(speaking, NEWS, "yes please", NEWS) == [asked, sent, sent]
        assert cloud.asked[0][-1].text == NEWS
        await clock.sleep(59 * 60)
        assert await answerers(speaking, NEWS) == [sent]
        await clock.sleep(2 * 60)
        assert await answerers(speaking, NEWS) == [asked]


@instantly
async def test_a_no_keeps_the_question_here_and_is_not_asked_again() -> None:
    clock = VirtualClock()
    cloud = FakeChat(clock, ["Arsenal won."])
    local = FakeChat(clock, ["It is blue."])
    async with speaker(
        [], [], clock=clock, settings=ASKING, home=AskingHome(clock), local=local, cloud=cloud, run=False
    ) as speaking:
        kept = ("home", "cannot-know")
        assert await answerers(speaking, NEWS, "no thanks", NEWS) == [("home", "ask-first"), kept, kept]
        assert await answerers(speaking, FACT) == [("llm", "open-question")]
        assert cloud.asked == []


@instantly
async def test_what_is_private_is_not_even_asked_about() -> None:
    clock = VirtualClock()
    cloud = FakeChat(clock, ["See a doctor."])
    async with speaker(
        [], [], clock=clock, settings=ASKING, home=AskingHome(clock), cloud=cloud, run=False
    ) as speaking:
        assert await answerers(speaking, NEWS, "yes") == [("home", "ask-first"), ("cloud", "fresh-knowledge")]
        (answer,) = await answerers(speaking, "how do I tell my wife that I have cancer")
        assert answer[0] != "cloud"
        assert len(cloud.asked) == 1
