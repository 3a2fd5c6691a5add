"""What of a prompt reaches the cloud, and what comes back."""

from edge.events import Decision, ReplySentence
from edge.llm import Message
from edge.llm.chat_service import ChatService, ReplyRecord
from edge.llm.outgoing import outgoing
from edge.privacy import PrivacyGate
from edge.runtime.clock import SystemClock
from edge.settings import LlmSettings, PrivacySettings
from tests.fakes.language import ENGLISH
from tests.llm.fakes import ScriptedEndpoint

GATE = PrivacyGate(ENGLISH, PrivacySettings())
SYSTEM = Message("system", "Be short.")


def chat(local: ScriptedEndpoint | None, cloud: ScriptedEndpoint) -> ChatService:
    return ChatService(local, cloud, settings=LlmSettings(), language=ENGLISH, clock=SystemClock())


async def replies(service: ChatService, text: str, reason: str = "asked-for-cloud") -> tuple[str, ReplyRecord]:
    pieces = [piece async for piece in service.reply(Decision("cloud", reason, text))]
    record = pieces.pop()
    assert isinstance(record, ReplyRecord)
    return " ".join(piece.text for piece in pieces if isinstance(piece, ReplySentence)), record


def test_a_private_question_has_nothing_to_send() -> None:
    assert outgoing([SYSTEM, Message("user", "my son has a fever")], GATE) is None


def test_nothing_is_sent_without_a_question() -> None:
    assert outgoing([SYSTEM], GATE) is None


def test_a_private_exchange_before_the_question_is_left_out() -> None:
    earlier = [Message("user", "what is my PIN"), Message("assistant", "I do not know.")]
    open_question = [Message("user", "who was Ada Lovelace"), Message("assistant", "A mathematician.")]
    question = Message("user", "and her father?")
    out = outgoing([SYSTEM, *earlier, *open_question, question], GATE)
    assert out is not None
    assert out.messages == (SYSTEM, *open_question, question)


def test_an_exchange_with_a_private_reply_is_left_out() -> None:
    earlier = [Message("user", "go on"), Message("assistant", "Your note says: my PIN is 4471.")]
    out = outgoing([SYSTEM, *earlier, Message("user", "who was Bach")], GATE)
    assert out is not None
    assert [it.text for it in out.messages] == ["Be short.", "who was Bach"]


def test_an_exchange_that_makes_the_question_private_is_left_out() -> None:
    earlier = [Message("user", "what is a mortgage"), Message("assistant", "A loan for a house.")]
    out = outgoing([SYSTEM, *earlier, Message("user", "could we get one")], GATE)
    assert out is not None
    assert out.messages == (SYSTEM, Message("user", "could we get one"))


def test_a_name_from_an_exchange_that_is_left_out_is_replaced() -> None:
    earlier = [Message("user", "my daughter is called Lena"), Message("assistant", "Hello, Lena.")]
    out = outgoing([SYSTEM, *earlier, Message("user", "what does Lena mean")], GATE)
    assert out is not None
    assert out.messages[-1].text == "what does [PERSON_1] mean"


def test_the_model_is_told_what_placeholders_are_only_if_there_are_any() -> None:
    plain = outgoing([SYSTEM, Message("user", "who was Bach")], GATE)
    redacted = outgoing([SYSTEM, Message("user", "write to ada at example dot com")], GATE)
    assert plain is not None
    assert redacted is not None
    assert plain.messages[0] == SYSTEM
    assert redacted.messages[0].text == f"Be short. {ENGLISH.privacy.note}"


async def test_the_values_come_back_in_the_reply_and_were_not_sent() -> None:
    cloud = ScriptedEndpoint(["Write to [EMA", "IL_1] at", " once."])
    said, record = await replies(chat(None, cloud), "how do I greet ada dot king at example dot com")
    assert said == "Write to ada dot king at example dot com at once."
    assert record.answerer == "cloud"
    assert cloud.asked[0][-1].text == "how do I greet [EMAIL_1]"


async def test_the_reply_that_is_remembered_is_redacted_again() -> None:
    cloud = ScriptedEndpoint(["It is [PHONE_1]."], ["Yes."])
    service = chat(None, cloud)
    await replies(service, "say 07700 900123 slowly")
    service.remember("say 07700 900123 slowly", "It is 07700 900123.", answerer="cloud")
    await replies(service, "is that British")
    assert "900" not in "".join(message.text for message in cloud.asked[1])
    await service.aclose()


async def test_a_private_question_is_answered_at_home_even_if_the_cloud_was_asked_for() -> None:
    cloud, local = ScriptedEndpoint(), ScriptedEndpoint(["Drink water."])
    said, record = await replies(chat(local, cloud), "my son has a fever")
    assert (said, record.answerer, record.reason) == ("Drink water.", "llm", "private")
    assert cloud.asked == []


async def test_a_private_question_that_nothing_at_home_can_answer_is_refused() -> None:
    cloud = ScriptedEndpoint()
    said, record = await replies(chat(None, cloud), "can I afford my mortgage")
    assert (said, record.answerer, record.reason) == (ENGLISH.replies.unsupported("private"), "home", "private")
    assert (cloud.asked, record.error) == ([], None)
