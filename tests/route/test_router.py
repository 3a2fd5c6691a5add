from pathlib import Path
from typing import Literal

import pytest

from edge.events import Context, Decision, Intent, Match
from edge.nlu import IntentMatch
from edge.nlu.home_names import HomeNames, NamedEntity
from edge.route import open_router
from edge.route.router import GrammarFirstRouter
from edge.settings import CloudSettings, LlmSettings, RouteSettings, Settings
from tests.fakes.language import ENGLISH

STOP = Intent("EdgeStop")


class OneCommand:
    """An `IntentRecognizer` that knows "stop"."""

    def recognize(self, text: str) -> IntentMatch | None:
        known = {"stop": IntentMatch(STOP), "stob": IntentMatch(STOP, "sounds-like", 0.8)}
        return known.get(text)


def router(
    escalate: Literal["never", "hard", "always"] = "hard", *, cloud_ready: bool = False, small_model: bool = True
) -> GrammarFirstRouter:
    return GrammarFirstRouter(
        lambda _: OneCommand(),
        None,
        ENGLISH,
        wake_words=["alexa"],
        escalate=escalate,
        cloud_ready=cloud_ready,
        local_ready=True,
        small_model=small_model,
    )


def test_a_command_that_was_heard_needs_no_second_parse() -> None:
    heard = Match("turn on the lamp", Intent("HassTurnOn", {"name": "Lamp"}), 0.93)
    decision = router().decide("Alexa, burn on the lamb", heard)
    assert decision == Decision("home", "intent", "burn on the lamb", heard.intent, 0.93)


def test_a_command_goes_to_the_home_without_its_wake_word() -> None:
    assert router().decide("Alexa, stop") == Decision("home", "intent", "stop", Intent("EdgeStop"))


def test_a_command_with_a_name_spelled_by_ear_says_so_and_how_alike() -> None:
    assert router().decide("stob") == Decision("home", "sounds-like", "stob", STOP, 0.8)


def test_anything_else_goes_to_the_model_as_it_was_said() -> None:
    assert router().decide("Alexa, why is the Sky blue?") == Decision("llm", "open-question", "why is the Sky blue?")


def test_asking_for_the_cloud_is_no_part_of_the_question() -> None:
    decision = router("always", cloud_ready=True).decide("ask the cloud why the sky is blue")
    assert decision == Decision("cloud", "asked-for-cloud", "Why the sky is blue")


def test_the_opened_router_knows_commands_and_where_the_settings_let_questions_go(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("secret", encoding="utf-8")
    key.chmod(0o600)
    always = RouteSettings(escalate="always")
    local = open_router(Settings(route=always))
    cloud = open_router(Settings(route=always, llm=LlmSettings(cloud=CloudSettings(api_key_file=key))))
    keyless = open_router(Settings(route=always, llm=LlmSettings(cloud=CloudSettings(api_key_file=tmp_path / "none"))))
    for router in (local, cloud, keyless):
        decision = router.decide("Alexa, what time is it?")
        assert (decision.answerer, decision.reason) == ("home", "intent")
    assert [router.decide("Who wrote Hamlet?").answerer for router in (local, cloud, keyless)] == [
        "llm",
        "cloud",
        "llm",
    ]


def test_the_router_reads_the_names_it_is_given_and_later_new_ones() -> None:
    read: list[HomeNames | None] = []

    def recognizer(names: HomeNames | None) -> OneCommand:
        read.append(names)
        return OneCommand()

    first, second = (HomeNames((NamedEntity(name, "light"),)) for name in ("Lamp", "Lantern"))
    router = GrammarFirstRouter(
        recognizer,
        first,
        ENGLISH,
        wake_words=[],
        escalate="never",
        cloud_ready=False,
        local_ready=True,
        small_model=True,
    )
    assert read == [first]
    router.use(second)
    assert read == [first, second]
    assert router.decide("stop").intent == STOP


def test_the_opened_router_knows_the_names_of_the_home() -> None:
    names = HomeNames((NamedEntity("Blue Lantern", "light"),))
    decision = open_router(Settings(), names=names, cloud_ready=False, local_ready=False).decide(
        "turn on the blue lantern"
    )
    assert decision.intent == Intent("HassTurnOn", {"name": "Blue Lantern"})


def test_the_endpoints_that_are_open_count_more_than_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "cloud-api-key").write_text("secret", encoding="utf-8")
    hard = "Who is the president of France?"
    easy = "Why is the sky blue?"

    def answerers(settings: Settings, *, cloud_ready: bool | None = None, local_ready: bool | None = None) -> list[str]:
        router = open_router(settings, cloud_ready=cloud_ready, local_ready=local_ready)
        return [router.decide(question).answerer for question in (hard, easy)]

    settings = Settings(route=RouteSettings(escalate="hard"))
    assert answerers(settings) == ["cloud", "llm"]
    assert answerers(settings, cloud_ready=False) == ["llm", "llm"]
    assert answerers(settings, local_ready=False) == ["cloud", "cloud"]
    without_model = settings.model_copy(update={"llm": LlmSettings(engine="none")})
    assert answerers(without_model) == ["cloud", "cloud"]
    assert answerers(without_model, local_ready=True) == ["cloud", "llm"]


def test_a_match_of_the_first_of_two_commands_does_not_swallow_the_second() -> None:
    router = open_router(
        Settings(), names=HomeNames((NamedEntity("Lamp", "light"),)), cloud_ready=False, local_ready=True
    )
    on = Intent("HassTurnOn", {"name": "Lamp"})
    heard = Match("turn on the lamp", on, 0.9)
    both = router.decide("Turn on the lamp and set a timer for ten minutes.", heard)
    assert both.intent == Intent(on.name, on.slots, (Intent("HassStartTimer", {"minutes": 10}),))
    for text in ("Turn on the lamp.", "Turn on, the lamb.", "Turn on the lamp, no, and now."):
        assert router.decide(text, heard).intent == on


def refused(decision: Decision) -> tuple[str, object]:
    """The reason of a refusal and its topic."""
    assert decision.answerer == "home"
    assert decision.intent is not None
    assert decision.intent.name == "EdgeUnsupported"
    assert ENGLISH.replies.unsupported(str(decision.intent.slots["what"]))
    return decision.reason, decision.intent.slots["what"]


@pytest.mark.parametrize(
    ("text", "topic", "hard"),
    [
        ("what's the weather", "weather", "fresh-knowledge"),
        ("who won the match", "news", "fresh-knowledge"),
        ("what's 15 percent of 80", "sums", "maths"),
    ],
)
@pytest.mark.parametrize("small", [True, False])
def test_what_a_service_or_a_calculator_knows_goes_to_the_cloud_or_is_refused(
    text: str, topic: str, hard: str, *, small: bool
) -> None:
    assert refused(router(small_model=small).decide(text)) == ("cannot-know", topic)
    assert refused(router("never", cloud_ready=True, small_model=small).decide(text)) == ("cannot-know", topic)
    assert router(cloud_ready=True, small_model=small).decide(text) == Decision("cloud", hard, text, refusal=topic)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what time is it in Tokyo", "elsewhere"),
        ("how many days until christmas", "moment"),
        ("is anyone home", "presence"),
        ("flip a coin", "chance"),
        ("how full is your battery", "itself"),
    ],
)
@pytest.mark.parametrize("escalate", ["never", "hard", "always"])
def test_what_only_this_speaker_could_know_is_asked_of_no_model(
    text: str, topic: str, escalate: Literal["never", "hard", "always"]
) -> None:
    assert refused(router(escalate, cloud_ready=True).decide(text)) == ("cannot-know", topic)


def test_a_small_model_is_asked_about_the_world_and_for_texts_only() -> None:
    for text, topic in (("is the dishwasher done", "unknown"), ("banana split", "unclear")):
        assert refused(router().decide(text)) == ("not-understood", topic)
        assert router(small_model=False).decide(text) == Decision("llm", "open-question", text)
        assert router("always", cloud_ready=True).decide(text).answerer == "cloud"
    assert router().decide("why is the sky blue").answerer == "llm"
    assert router().decide("tell me a story").answerer == "llm"


def test_after_an_answer_of_a_model_a_short_question_goes_on_with_it() -> None:
    assert router().decide("and why").answerer == "home"
    assert router().decide("and why", context=Context(chatting=True)).answerer == "llm"
    assert refused(router().decide("and tomorrow", context=Context(chatting=True)))[0] == "not-understood"
