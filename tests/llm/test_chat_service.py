import asyncio
from collections.abc import Sequence
from math import log
from typing import Literal

import pytest

from edge.errors import LlmError, ModelError
from edge.events import Answerer, Decision, ReplySentence
from edge.llm import Delta, Finished, Message, Token, Usage
from edge.llm.chat_service import ChatService, ReplyRecord
from edge.runtime.clock import SystemClock
from edge.settings import CloudSettings, LlmSettings
from tests.fakes.language import ENGLISH
from tests.llm.fakes import Script, ScriptedEndpoint

APOLOGY, NOT_FINISHED = ENGLISH.chat.apology, ENGLISH.chat.not_finished
TOO_LONG, NO_MODEL = ENGLISH.chat.too_long, ENGLISH.chat.no_model
CANNOT_DO, CANNOT_KNOW = "I can't do that.", "I don't know that."
NO_WEATHER = ENGLISH.replies.unsupported("weather")
NOT_SURE = ENGLISH.chat.not_sure
FIXED = {NOT_SURE, APOLOGY, NOT_FINISHED, TOO_LONG, NO_MODEL, CANNOT_DO, CANNOT_KNOW, NO_WEATHER}
LOST = LlmError("llm-cut-off", "cut")


def answering(
    local: ScriptedEndpoint | None, cloud: ScriptedEndpoint | None, settings: LlmSettings | None = None
) -> ChatService:
    return ChatService(local, cloud, settings=settings or LlmSettings(), language=ENGLISH, clock=SystemClock())


async def collect(
    answers: ChatService,
    answerer: Answerer,
    text: str = "Why?",
    *,
    refusal: str | None = None,
    kind: str | None = None,
) -> tuple[list[str], ReplyRecord]:
    reason = "fresh-knowledge" if answerer == "cloud" else "open-question"
    pieces = [piece async for piece in answers.reply(Decision(answerer, reason, text, refusal=refusal, kind=kind))]
    record = pieces.pop()
    assert isinstance(record, ReplyRecord)
    sentences = [piece for piece in pieces if isinstance(piece, ReplySentence)]
    assert all(sentence.fixed == (sentence.text in FIXED) for sentence in sentences)
    return [sentence.text for sentence in sentences], record


async def test_the_model_on_the_board_answers_in_whole_sentences() -> None:
    local = ScriptedEndpoint(["Cats ", "purr. They ", "are ha", "ppy."])
    said, record = await collect(answering(local, None), "llm")
    assert said == ["Cats purr.", "They are happy."]
    assert record == ReplyRecord("llm", "open-question", Usage(prompt_tokens=10, reply_tokens=5))


async def test_the_cloud_answers_what_was_decided_for_it() -> None:
    cloud = ScriptedEndpoint(["Sunny."])
    local = ScriptedEndpoint()
    said, record = await collect(answering(local, cloud), "cloud")
    assert (said, record.answerer, record.reason, record.error) == (["Sunny."], "cloud", "fresh-knowledge", None)
    assert local.asked == []


@pytest.mark.parametrize("code", ["timeout", "unavailable", "refused", "rate-limited", "context-exceeded", "cut-off"])
async def test_when_the_cloud_fails_the_board_answers_in_the_same_turn(code: str) -> None:
    cloud = ScriptedEndpoint([LlmError(f"llm-{code}", "failed")])
    local = ScriptedEndpoint(["I do not know."])
    said, record = await collect(answering(local, cloud), "cloud")
    assert said == ["I do not know."]
    assert (record.answerer, record.reason, record.error) == ("llm", f"cloud-{code}", None)


async def test_when_the_cloud_is_cut_before_anything_was_spoken_the_board_answers() -> None:
    cloud = ScriptedEndpoint(["It will be", LOST])
    local = ScriptedEndpoint(["I do not know."])
    said, record = await collect(answering(local, cloud), "cloud")
    assert said == ["I do not know."]
    assert record.reason == "cloud-cut-off"


async def test_when_the_cloud_is_cut_later_what_was_said_stays_and_one_honest_sentence_follows() -> None:
    cloud = ScriptedEndpoint(["It is sunny. Tomorrow", LOST])
    local = ScriptedEndpoint(["never asked"])
    said, record = await collect(answering(local, cloud), "cloud")
    assert said == ["It is sunny.", NOT_FINISHED]
    assert (record.answerer, record.error) == ("cloud", "llm-cut-off")
    assert local.asked == []


async def test_a_cloud_that_says_nothing_has_failed() -> None:
    cloud = ScriptedEndpoint([" "])
    said, record = await collect(answering(ScriptedEndpoint(["I do not know."]), cloud), "cloud")
    assert said == ["I do not know."]
    assert record.reason == "cloud-empty"


async def test_without_a_cloud_the_board_answers() -> None:
    _, record = await collect(answering(ScriptedEndpoint(["Hm."]), None), "cloud")
    assert (record.answerer, record.reason) == ("llm", "cloud-missing")


@pytest.mark.parametrize(
    ("script", "closing", "code"),
    [
        ([LlmError("llm-unavailable", "died")], [APOLOGY], "llm-unavailable"),
        (["The sky", LlmError("llm-unavailable", "died")], [APOLOGY], "llm-unavailable"),
        (["It is blue. Beca", LlmError("llm-unavailable", "died")], ["It is blue.", NOT_FINISHED], "llm-unavailable"),
        ([LlmError("llm-context-exceeded", "long")], [TOO_LONG], "llm-context-exceeded"),
        ([ModelError("model-damaged", "broken")], [APOLOGY], "model-damaged"),
        (["\n"], [APOLOGY], "llm-empty"),
    ],
)
async def test_when_everything_fails_an_apology_is_spoken(script: Script, closing: list[str], code: str) -> None:
    said, record = await collect(answering(ScriptedEndpoint(script), None), "llm")
    assert said == closing
    assert record.error == code


async def test_both_fail_and_the_record_names_both() -> None:
    cloud = ScriptedEndpoint([LlmError("llm-timeout", "slow")])
    local = ScriptedEndpoint([LlmError("llm-unavailable", "died")])
    said, record = await collect(answering(local, cloud), "cloud")
    assert said == [APOLOGY]
    assert (record.answerer, record.reason, record.error) == ("llm", "cloud-timeout", "llm-unavailable")


async def test_without_any_model_it_says_so() -> None:
    said, record = await collect(answering(None, None), "llm")
    assert (said, record.error) == ([NO_MODEL], "llm-missing")


async def test_an_answer_that_ran_out_of_tokens_ends_with_its_last_whole_sentence() -> None:
    local = ScriptedEndpoint(["One. Two. And thr", Finished("length", Usage())])
    said, record = await collect(answering(local, None), "llm")
    assert said == ["One.", "Two."]
    assert record.error is None


async def test_a_small_model_that_goes_on_is_stopped_after_three_sentences() -> None:
    local = ScriptedEndpoint(["One. ", "Two. ", "Three. ", "Four. ", "Five."])
    said, _ = await collect(answering(local, None), "llm")
    assert said == ["One.", "Two.", "Three."]
    assert local.stopped == 1


async def test_a_model_on_a_server_may_say_more() -> None:
    settings = LlmSettings(engine="server", url="http://127.0.0.1:1/v1", model="any")
    said, _ = await collect(answering(ScriptedEndpoint(["One. Two. Three. Four."]), None, settings), "llm")
    assert said == ["One.", "Two.", "Three.", "Four."]


def weighed(*tokens: tuple[str, float]) -> list[Delta]:
    """Deltas of one token each, with the token's probability."""
    return [Delta(text, (Token(text, log(probability)),)) for text, probability in tokens]


PARIS = weighed(("The", 0.4), (" capital", 0.9), (" of", 1), (" France", 0.9), (" is", 0.9), (" Par", 0.9), ("is", 1))
LYON = [*PARIS[:-2], *weighed((" Ly", 0.5), ("on", 1))]
END = weighed((".", 0.3), (" It is old.", 0.9))
CAPITAL = "What is the capital of France?"


async def test_an_answer_about_the_world_is_spoken_where_the_model_is_certain_of_it() -> None:
    local = ScriptedEndpoint([*PARIS, *END], certain_from=0.8)
    said, record = await collect(answering(local, None), "llm", CAPITAL, kind="world")
    assert (said, record.reason) == (["The capital of France", "is Paris."], "open-question")
    assert local.stopped == 1, "one sentence is enough"


async def test_an_answer_of_which_the_model_is_not_certain_is_not_spoken() -> None:
    local = ScriptedEndpoint([*LYON, *END], certain_from=0.8)
    said, record = await collect(answering(local, None), "llm", CAPITAL, kind="world")
    assert (said, record.reason) == (["The capital of France", NOT_SURE], "not-certain")


async def test_a_text_of_which_the_model_chooses_the_words_is_spoken_however_unlikely_they_are() -> None:
    local = ScriptedEndpoint([*LYON, *END], certain_from=0.8)
    said, record = await collect(answering(local, None), "llm", "Make up a capital.", kind="creative")
    assert (said, record.reason) == (["The capital of France", "is Lyon.", "It is old."], "open-question")


async def test_a_model_that_nobody_calibrated_is_taken_as_it_is() -> None:
    said, _ = await collect(answering(ScriptedEndpoint([*LYON, *END]), None), "llm", CAPITAL, kind="world")
    assert said == ["The capital of France", "is Lyon.", "It is old."]


async def test_a_runtime_that_tells_no_probabilities_makes_no_answer_certain() -> None:
    local = ScriptedEndpoint(["The capital of France is Paris."], certain_from=0.8)
    said, record = await collect(answering(local, None), "llm", CAPITAL, kind="world")
    assert (said, record.reason) == (["The capital of France", NOT_SURE], "not-certain")


async def test_closing_the_answer_stops_the_model() -> None:
    local = ScriptedEndpoint(["One. ", "Two. ", "Three."])
    answer = answering(local, None).reply(Decision("llm", "open-question", "Count"))
    assert await anext(answer) == ReplySentence("One.")
    await answer.aclose()
    assert local.stopped == 1


async def test_a_new_conversation_knows_nothing_of_the_old_one() -> None:
    local = ScriptedEndpoint(["Yes."])
    answers = answering(local, None)
    answers.remember("Who am I?", "You are Ada.")
    answers.forget()
    await collect(answers, "llm", "What is my name?")
    assert not any("Ada" in message.text for message in local.asked[0])
    await answers.aclose()


async def test_what_was_said_is_remembered_and_the_cloud_hears_only_its_own_part() -> None:
    local = ScriptedEndpoint(["Hello."])
    cloud = ScriptedEndpoint(["Sunny."])
    answers = answering(local, cloud)
    answers.remember("Who am I?", "You are Ada.")
    answers.remember("Weather in Rome?", "It is warm.", answerer="cloud")
    await collect(answers, "llm", "And now?")
    await collect(answers, "cloud", "And in Paris?")
    at_home = [message.text for message in local.asked[0]]
    away = [message.text for message in cloud.asked[0]]
    assert at_home[-5:-1] == ["Who am I?", "You are Ada.", "Weather in Rome?", "It is warm."]
    assert away[1:] == ["Weather in Rome?", "It is warm.", "And in Paris?"]
    assert not any("Ada" in text for text in away)


async def test_each_endpoint_may_say_as_much_as_the_settings_allow() -> None:
    class Counting(ScriptedEndpoint):
        tokens = 0

        def stream(self, messages, *, max_tokens, tool=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - as its base
            self.tokens = max_tokens
            return super().stream(messages, max_tokens=max_tokens, tool=tool)

    local, cloud = Counting(["A."]), Counting(["B."])
    settings = LlmSettings(max_reply_tokens=33, cloud=CloudSettings(max_reply_tokens=77))
    answers = answering(local, cloud, settings)
    await collect(answers, "llm")
    await collect(answers, "cloud")
    assert (local.tokens, cloud.tokens) == (33, 77)


async def test_warming_reads_the_head_of_the_next_prompt_and_never_fails() -> None:
    local = ScriptedEndpoint(["Hello."])
    answers = answering(local, None)
    answers.remember("Hi", "Hello")
    await answers.warm()
    await collect(answers, "llm")
    assert local.asked[0][:-1] == local.warmed[0]

    class Broken(ScriptedEndpoint):
        async def warm(self, messages: object, begun: str = "") -> None:
            _ = messages, begun
            raise ModelError("model-damaged", "broken")

    await answering(Broken(), None).warm()
    await answering(None, None).warm()


async def test_what_was_said_is_read_ahead_of_the_next_question() -> None:
    local = ScriptedEndpoint()
    answers = answering(local, None)
    answers.remember("Hi", "Hello")
    answers.remember("How are you?", "Fine")
    await asyncio.sleep(0)
    await answers.aclose()
    assert [m.text for m in local.warmed[-1]][-4:] == ["Hi", "Hello", "How are you?", "Fine"]
    assert len(local.warmed) == 1


async def test_a_question_is_read_while_it_is_asked_but_for_its_last_word() -> None:
    local = ScriptedEndpoint()
    answers = answering(local, None)
    for so_far in ("Why", "Why is", "Why is the sk"):
        answers.read_along(so_far)
        await asyncio.sleep(0)
    await answers.aclose()
    assert [messages[-1].text for messages in local.warmed] == ["Why", "Why is the"]


async def test_reading_along_waits_for_what_is_being_read_and_asks_no_server() -> None:
    class Slow(ScriptedEndpoint):
        async def warm(self, messages: Sequence[Message], begun: str = "") -> None:
            await super().warm(messages, begun)
            await asyncio.Event().wait()

    local, server = Slow(), ScriptedEndpoint()
    answers = answering(local, None)
    answers.read_along("Why is")
    await asyncio.sleep(0)
    answers.read_along("Why is the")
    await asyncio.sleep(0)
    await answers.aclose()
    assert [messages[-1].text for messages in local.warmed] == ["Why"]
    elsewhere = answering(server, None, LlmSettings(engine="server", url="http://x", model="x"))
    elsewhere.read_along("Why is the sky")
    await elsewhere.aclose()
    assert server.warmed == []


async def test_closing_closes_both() -> None:
    local, cloud = ScriptedEndpoint(), ScriptedEndpoint()
    await answering(local, cloud).aclose()
    assert local.closed
    assert cloud.closed


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (["I turned on the light. ", "Anything else?"], [CANNOT_DO]),
        (["Sure, ", "I'll open the garage door halfway."], [CANNOT_DO]),
        (["It's Friday, November 28."], [CANNOT_KNOW]),
        (["The Mona Lisa."], [CANNOT_KNOW]),
        (["Good night. ", "It is 3 PM."], ["Good night."]),
        (["Cats purr. ", "They are happy. ", "I set a timer."], ["Cats purr.", "They are happy."]),
        (["Cats purr. ", "They are happy."], ["Cats purr.", "They are happy."]),
    ],
)
async def test_the_model_on_the_board_claims_no_deed_and_knows_nothing_of_now(script: Script, said: list[str]) -> None:
    local = ScriptedEndpoint(script)
    heard, record = await collect(answering(local, None), "llm", "good night")
    assert heard == said
    claimed = record.reason == "claim-refused"
    assert claimed == (heard != ["Cats purr.", "They are happy."] or len(script) == 3)
    assert record.error is None


async def test_a_model_that_claims_a_deed_is_stopped() -> None:
    local = ScriptedEndpoint(["I turned on the light. ", "Anything ", "else?"])
    await collect(answering(local, None), "llm")
    assert local.stopped == 1


async def test_a_claim_behind_a_clause_that_was_spoken_is_taken_back() -> None:
    local = ScriptedEndpoint(["Well, in the living room of the house that you live in, ", "it is 20 degrees outside."])
    heard, record = await collect(answering(local, None), "llm")
    assert heard[-1] == CANNOT_KNOW
    assert record.reason == "claim-refused"


SERVER = LlmSettings(engine="server", url="http://127.0.0.1:9/v1", model="large")


@pytest.mark.parametrize("claim", ["I turned on the light.", "It's Friday.", "The Mona Lisa."])
@pytest.mark.parametrize("answerer", ["llm", "cloud"])
async def test_no_other_model_may_claim_more_than_the_one_on_the_board(
    claim: str, answerer: Literal["llm", "cloud"]
) -> None:
    model = ScriptedEndpoint([claim])
    said, record = await collect(answering(model, model, SERVER), answerer)
    assert said == [CANNOT_DO if "light" in claim else CANNOT_KNOW]
    assert (record.answerer, record.reason, record.error) == (answerer, "claim-refused", None)


async def test_the_cloud_may_know_the_weather_that_it_was_asked_for_but_still_has_no_hands() -> None:
    cloud = ScriptedEndpoint(["It's raining today. ", "I closed the windows."])
    said, record = await collect(answering(None, cloud), "cloud", "what's the weather", refusal="weather")
    assert said == ["It's raining today."]
    assert (record.answerer, record.reason) == ("cloud", "claim-refused")


async def test_what_only_the_cloud_may_answer_is_refused_when_the_cloud_fails() -> None:
    local, cloud = ScriptedEndpoint(["It is sunny."]), ScriptedEndpoint([LlmError("llm-timeout", "slow")])
    said, record = await collect(answering(local, cloud), "cloud", "what's the weather", refusal="weather")
    assert said == [NO_WEATHER]
    assert (record.answerer, record.reason, record.error) == ("home", "cloud-timeout", None)
    assert local.asked == []
