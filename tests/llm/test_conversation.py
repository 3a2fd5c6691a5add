from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from edge.llm.conversation import Conversation
from edge.settings import CloudMemory
from tests.fakes.language import ENGLISH


class StillClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 17, 5, tzinfo=UTC) + timedelta(seconds=self.seconds)

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def conversation(
    clock: StillClock | None = None, turns: int = 4, area: str | None = "kitchen", *, small: bool = False
) -> Conversation:
    return Conversation(ENGLISH.chat, turns=turns, minutes=5, clock=clock or StillClock(), area=area, small=small)


def texts(conversation: Conversation, question: str) -> list[str]:
    return [message.text for message in conversation.messages(question)]


def test_a_prompt_begins_with_who_it_is_and_ends_with_the_question() -> None:
    messages = conversation().messages("Why do cats purr?")
    assert messages[0].text == ENGLISH.chat.system_prompt
    assert messages[-1].text == "Why do cats purr?"
    assert [m.role for m in messages] == ["system", *["user", "assistant"] * ((len(messages) - 2) // 2), "user"]


def test_the_time_is_told_with_a_question_about_it_only() -> None:
    assert texts(conversation(), "What should I do today?")[-1] == (
        "What should I do today? (It is Monday, November 23, 2026, 5:05 PM.)"
    )
    assert texts(conversation(), "What is a rainbow?")[-1] == "What is a rainbow?"


def test_the_room_is_told_with_a_question_about_it_only() -> None:
    assert texts(conversation(), "Is it warm in this room?")[-1] == "Is it warm in this room? (You are in the kitchen.)"
    assert texts(conversation(area=None), "Is it warm in this room?")[-1] == "Is it warm in this room?"


def test_a_small_model_is_told_neither_the_time_nor_the_room() -> None:
    for question in ("What should I do today?", "Is it warm in this room?"):
        assert texts(conversation(small=True), question)[-1] == question


def test_a_small_model_is_not_told_what_it_made_up() -> None:
    for small, remembered in ((True, False), (False, True)):
        talk = conversation(small=small)
        talk.remember("Tell me a joke.", "A horse walks into a bar.", creative=True)
        talk.remember("What is a bar?", "A place for drinks.")
        assert ("A horse walks into a bar." in texts(talk, "Why?")) == remembered
        assert "A place for drinks." in texts(talk, "Why?")


def test_noon_and_midnight_are_twelve() -> None:
    clock = StillClock()
    clock.seconds = 7 * 3600
    assert "12:05 AM" in texts(conversation(clock), "what time is it")[-1]
    clock.seconds = 19 * 3600
    assert "12:05 PM" in texts(conversation(clock), "what time is it")[-1]


def test_only_the_last_exchanges_are_remembered() -> None:
    memory = conversation(turns=2)
    for i in range(5):
        memory.remember(f"question {i}", f"reply {i}")
    assert texts(memory, "next")[-5:] == ["question 3", "reply 3", "question 4", "reply 4", "next"]


def test_memory_fades() -> None:
    clock = StillClock()
    memory = conversation(clock)
    memory.remember("old", "old reply")
    clock.seconds = 200
    memory.remember("new", "new reply")
    clock.seconds = 301
    assert "old" not in texts(memory, "next")
    assert "new" in texts(memory, "next")


def test_no_memory_where_the_owner_wants_none() -> None:
    memory = conversation(turns=0)
    memory.remember("question", "reply")
    assert "question" not in texts(memory, "next")


def test_an_exchange_without_a_reply_is_not_kept() -> None:
    memory = conversation()
    memory.remember("question", " ")
    memory.remember("", "reply")
    assert memory.head() == conversation().head()


def test_the_cloud_is_told_only_what_it_was_told_before() -> None:
    memory = conversation()
    memory.remember("private", "at home")
    memory.remember("public", "away", shared=True)
    assert [m.text for m in memory.messages_for_cloud("next")] == [ENGLISH.chat.system_prompt, "public", "away", "next"]


@given(st.lists(st.booleans(), max_size=8), st.sampled_from(["none", "cloud", "all"]))
def test_every_answerer_sees_its_part_of_the_conversation_in_order(shared: list[bool], sees: CloudMemory) -> None:
    memory = Conversation(ENGLISH.chat, turns=4, minutes=5, clock=StillClock(), cloud_memory=sees)
    for number, with_cloud in enumerate(shared):
        memory.remember(f"question {number}", f"reply {number}", shared=with_cloud)
    kept = list(enumerate(shared))[-4:]
    at_home = [number for number, _ in kept]
    away = [number for number, with_cloud in kept if sees == "all" or (sees == "cloud" and with_cloud)]

    def told(numbers: list[int]) -> list[str]:
        return [text for number in numbers for text in (f"question {number}", f"reply {number}")]

    assert texts(memory, "next")[len(conversation().head()) :] == [*told(at_home), "next"]
    assert [it.text for it in memory.messages_for_cloud("next")][1:] == [*told(away), "next"]


def test_what_is_ours_stands_at_the_head_of_the_prompt_for_the_cloud() -> None:
    """What the user said may be changed before it is sent; the date must stay."""
    head, question = conversation().messages_for_cloud("what is today in history")
    assert head.text.startswith(ENGLISH.chat.system_prompt)
    assert "November 23, 2026" in head.text
    assert question.text == "what is today in history"


def test_forgetting_leaves_the_head() -> None:
    memory = conversation()
    memory.remember("question", "reply")
    memory.forget()
    assert memory.head() == conversation().head()


@given(
    st.lists(st.tuples(st.text(max_size=50), st.text(max_size=50)), max_size=6),
    st.text(max_size=100),
    st.integers(0, 10**6),
)
def test_the_head_is_the_same_bytes_whatever_is_asked_and_whatever_the_clock_says(
    exchanges: list[tuple[str, str]], question: str, second: int
) -> None:
    clock = StillClock()
    memory = conversation(clock)
    for asked, replied in exchanges:
        memory.remember(asked, replied)
    head = memory.head()
    clock.seconds = second % 299
    assert memory.messages(question)[: len(head)] == head
    assert len(memory.messages(question)) == len(head) + 1
