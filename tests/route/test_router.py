from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edge.events import (
    ASK_CLOUD,
    LISTENING,
    MODEL,
    Chooser,
    CloudState,
    Context,
    Decision,
    Intent,
    Match,
    PendingQuestion,
)
from edge.nlu import IntentMatch
from edge.nlu.home_names import HomeNames, NamedEntity
from edge.nlu.kinds import OPEN, Kind
from edge.nlu.suggestions import SUGGESTION
from edge.route import open_router
from edge.route.fitness import EVERYTHING
from edge.route.policy import Consent
from edge.route.router import GrammarFirstRouter
from edge.settings import CloudSettings, Escalate, LlmSettings, RouteSettings, Settings
from tests.fakes.language import ENGLISH

STOP = Intent("EdgeStop")


class OneCommand:
    """An `IntentRecognizer` that knows "stop"."""

    def recognize(self, text: str) -> IntentMatch | None:
        known = {"stop": IntentMatch(STOP), "stob": IntentMatch(STOP, "sounds-like", 0.8)}
        return known.get(text)


def router(
    escalate: Escalate = "hard-only",
    *,
    cloud: CloudState = "no-key",
    fit: AbstractSet[Kind] = OPEN,
    names: HomeNames | None = None,
    choosers: Sequence[Chooser] = (),
) -> GrammarFirstRouter:
    return GrammarFirstRouter(
        lambda _: OneCommand(),
        names,
        ENGLISH,
        wake_words=["alexa"],
        escalate=escalate,
        cloud=lambda: cloud,
        fit=fit,
        choosers=choosers,
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
    assert router().decide("Alexa, why is the Sea deep?") == Decision(
        "llm", "open-question", "why is the Sea deep?", kind="world"
    )


COFFEE = HomeNames((NamedEntity("Coffee Machine", "switch"),))


@pytest.mark.parametrize("escalate", ["never", "ask", "hard-only", "prefer"])
def test_what_may_be_a_wish_of_the_home_is_offered_before_a_model_or_the_cloud_is_asked(escalate: Escalate) -> None:
    asked = router(escalate, cloud="ready", names=COFFEE).decide("make us some coffee")
    assert (asked.answerer, asked.reason) == ("home", "suggested")
    assert asked.intent is not None
    assert asked.intent.name == SUGGESTION
    assert router(escalate, cloud="ready").decide("make us some coffee").reason != "suggested"


def test_a_wish_that_asks_for_the_cloud_gets_the_cloud() -> None:
    assert router(cloud="ready", names=COFFEE).decide("ask the cloud to make us some coffee").answerer == "cloud"


def test_asking_for_the_cloud_is_no_part_of_the_question() -> None:
    decision = router("prefer", cloud="ready").decide("ask the cloud why the sea is deep")
    assert decision == Decision("cloud", "asked-for-cloud", "Why the sea is deep", kind="world")


def test_the_opened_router_knows_commands_and_where_the_settings_let_questions_go(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("secret", encoding="utf-8")
    key.chmod(0o600)
    prefer = RouteSettings(escalate="prefer")
    local = open_router(Settings(route=prefer), fit=OPEN)
    cloud = open_router(Settings(route=prefer, llm=LlmSettings(cloud=CloudSettings(api_key_file=key))), fit=OPEN)
    keyless = open_router(
        Settings(route=prefer, llm=LlmSettings(cloud=CloudSettings(api_key_file=tmp_path / "none"))), fit=OPEN
    )
    for router in (local, cloud, keyless):
        decision = router.decide("Alexa, what time is it?")
        assert (decision.answerer, decision.reason) == ("home", "intent")
    assert [router.decide("Why is the sea deep?").answerer for router in (local, cloud, keyless)] == [
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
        cloud=lambda: "no-key",
        fit=OPEN,
    )
    assert read == [first]
    router.use(second)
    assert read == [first, second]
    assert router.decide("stop").intent == STOP


def test_the_opened_router_knows_the_names_of_the_home() -> None:
    names = HomeNames((NamedEntity("Blue Lantern", "light"),))
    decision = open_router(Settings(), names=names, fit=None).decide("turn on the blue lantern")
    assert decision.intent == Intent("HassTurnOn", {"name": "Blue Lantern"})


def test_the_endpoints_that_are_open_count_more_than_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "cloud-api-key").write_text("secret", encoding="utf-8")
    hard = "Who is the president of France?"
    easy = "Why is the sea deep?"

    def answerers(fit: AbstractSet[Kind] | None, cloud: CloudState | None = None) -> list[str]:
        state = None if cloud is None else lambda: cloud
        router = open_router(Settings(), cloud=state, fit=fit)
        return [router.decide(question).answerer for question in (hard, easy)]

    assert answerers(OPEN) == ["cloud", "llm"]
    assert answerers(OPEN, "down") == ["home", "llm"]
    assert answerers(frozenset({"creative"})) == ["cloud", "cloud"]
    assert answerers(None) == ["cloud", "cloud"]
    assert answerers(None, "over-budget") == ["home", "llm"]


def test_a_match_of_the_first_of_two_commands_does_not_swallow_the_second() -> None:
    router = open_router(Settings(), names=HomeNames((NamedEntity("Lamp", "light"),)), fit=OPEN)
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
    ("text", "topic"),
    [
        ("what's the weather", "weather"),
        ("who won the match", "news"),
    ],
)
@pytest.mark.parametrize("fit", [OPEN, EVERYTHING])
def test_what_a_service_knows_goes_to_the_cloud_or_is_refused(text: str, topic: str, fit: AbstractSet[Kind]) -> None:
    assert refused(router(fit=fit).decide(text)) == ("cannot-know", topic)
    assert refused(router("never", cloud="ready", fit=fit).decide(text)) == ("cannot-know", topic)
    assert router(cloud="ready", fit=fit).decide(text) == Decision(
        "cloud", "fresh-knowledge", text, refusal=topic, kind=topic
    )


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("is anyone home", "home"),
        ("where are my keys", "personal"),
        ("how full is your battery", "itself"),
    ],
)
@pytest.mark.parametrize("escalate", ["never", "ask", "hard-only", "prefer"])
def test_what_only_this_speaker_could_know_is_asked_of_no_model(text: str, topic: str, escalate: Escalate) -> None:
    assert refused(router(escalate, cloud="ready").decide(text)) == ("cannot-know", topic)


@pytest.mark.parametrize("escalate", ["never", "ask", "hard-only", "prefer"])
def test_what_can_be_computed_is_asked_of_no_model(escalate: Escalate) -> None:
    asked = router(escalate, cloud="ready", fit=EVERYTHING)
    sum_ = asked.decide("um, Alexa, what's 15 percent of 80")
    assert (sum_.answerer, sum_.reason) == ("exact", "exact-question")
    assert sum_.intent is not None
    more = asked.decide("plus ten", context=Context(asked=sum_.intent))
    assert more.answerer == "exact"
    assert more.intent is not None
    assert str(sum_.intent.slots["expression"]) in str(more.intent.slots["expression"])
    assert refused(asked.decide("calculate the usual for seven")) == ("not-understood", "exact")


def test_a_small_model_is_asked_about_the_world_and_for_texts_only() -> None:
    assert refused(router(fit=EVERYTHING).decide("is the dishwasher done")) == ("cannot-know", "home")
    assert refused(router().decide("banana split")) == ("not-understood", "fragment")
    assert router(fit=EVERYTHING).decide("banana split") == Decision(
        "llm", "open-question", "banana split", kind="fragment"
    )
    assert router("prefer", cloud="ready").decide("banana split").answerer == "cloud"
    assert router().decide("why is the sea deep").answerer == "llm"
    assert router().decide("tell me a story").answerer == "llm"


def test_after_an_answer_of_a_model_a_short_question_goes_on_with_it() -> None:
    assert router().decide("and why").answerer == "home"
    assert router().decide("and why", context=Context(chatting=True)).answerer == "llm"
    assert refused(router().decide("and tomorrow", context=Context(chatting=True)))[0] == "not-understood"


@pytest.mark.parametrize("text", ["calculate the usual for seven", "what time is it on the far side of Narnia"])
@pytest.mark.parametrize("escalate", ["never", "ask", "hard-only", "prefer"])
def test_what_looks_computable_and_was_not_understood_is_asked_of_no_model(text: str, escalate: Escalate) -> None:
    assert refused(router(escalate, cloud="ready").decide(text))[0] == "not-understood"


ASKED = PendingQuestion(Intent(ASK_CLOUD, {"text": "who won the match"}), confirmation=True)


def test_the_speaker_asks_before_it_asks_the_cloud() -> None:
    decision = router("ask", cloud="ready").decide("who won the match")
    assert decision == Decision("home", "ask-first", "who won the match", ASKED.intent, kind="news")
    assert router("ask", cloud="down").decide("who won the match").reason == "cannot-know"


def test_a_yes_lets_the_question_go_and_a_no_does_not() -> None:
    asking = router("ask", cloud="ready")
    yes = asking.decide("yes please", context=Context(ASKED))
    assert (yes.answerer, yes.text, yes.consent) == ("cloud", "who won the match", "yes")
    no = asking.decide("no thanks", context=Context(ASKED))
    assert (no.answerer, no.reason, no.consent) == ("home", "cannot-know", "no")
    assert asking.decide("what's the weather", context=Context(ASKED)).reason == "ask-first"


def test_what_was_allowed_is_not_asked_again_nor_what_was_not() -> None:
    asking = router("ask", cloud="ready")
    assert asking.decide("who won the match", context=Context(consent="yes")).answerer == "cloud"
    assert asking.decide("who won the match", context=Context(consent="no")).reason == "cannot-know"


def test_a_private_question_is_not_for_the_cloud() -> None:
    deciding = router("prefer", cloud="ready", fit=frozenset())
    assert deciding.decide("what is a mortgage").answerer == "cloud"
    decision = deciding.decide("what is wrong with my knee, it hurts")
    assert (decision.answerer, decision.why["private"]) == ("home", 1)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("call an ambulance", "emergency"),
        ("I want to die", "despair"),
        ("remember my pin, it is 4821", "secret"),
        ("who made you", "identity"),
        ("tell me your features", "abilities"),
    ],
)
def test_what_has_one_true_answer_gets_it_whatever_may_be_asked(text: str, kind: str) -> None:
    for escalate in ("never", "prefer"):
        decision = open_router(
            Settings(route=RouteSettings(escalate=escalate)), cloud=lambda: "ready", fit=EVERYTHING
        ).decide(text)
        assert decision.answerer == "home"
        assert decision.intent is not None
        assert decision.intent.slots.get("response") == f"edge:{kind}"
        assert ENGLISH.replies.about_itself(f"edge:{kind}", datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize("text", ["are you always listening", "who gets my voice recordings"])
@pytest.mark.parametrize("escalate", ["never", "ask", "hard-only", "prefer"])
def test_what_is_said_about_listening_is_true_for_this_speaker(text: str, escalate: Escalate) -> None:
    settings = Settings(route=RouteSettings(escalate=escalate))
    with_cloud = open_router(settings, cloud=lambda: "ready", fit=OPEN).decide(text).intent
    without = open_router(settings, cloud=lambda: "no-key", fit=OPEN).decide(text).intent
    assert with_cloud == Intent("HassRespond", {"response": LISTENING, "sends": escalate})
    assert without == Intent("HassRespond", {"response": LISTENING, "sends": "never"})


WISH = "somebody put a brew on for me"
A_LAMP = HomeNames((NamedEntity("Reading Lamp", "light"),))


@pytest.mark.parametrize(
    ("escalate", "cloud", "choosers", "consent", "by"),
    [
        ("hard-only", "ready", ["cloud"], "unasked", "cloud"),
        ("prefer", "ready", ["cloud"], "unasked", "cloud"),
        ("ask", "ready", ["cloud"], "yes", "cloud"),
        ("ask", "ready", ["cloud"], "unasked", None),
        ("ask", "ready", ["cloud"], "no", None),
        ("never", "ready", ["cloud"], "unasked", None),
        ("hard-only", "over-budget", ["cloud"], "unasked", None),
        ("hard-only", "down", ["cloud", "llm"], "unasked", "llm"),
        ("never", "no-key", ["llm", "cloud"], "unasked", "llm"),
        ("prefer", "ready", [], "unasked", None),
    ],
)
def test_which_model_may_choose_a_command(
    escalate: Escalate, cloud: CloudState, choosers: list[Chooser], consent: Consent, by: str | None
) -> None:
    deciding = router(escalate, cloud=cloud, names=A_LAMP, choosers=choosers)
    decision = deciding.decide(WISH, context=Context(consent=consent))
    assert decision.answerer == "home"
    assert decision.intent is not None
    assert decision.intent.slots.get("by") == by
    assert decision.reason == (f"chosen-by-{by}" if by else "not-understood")


@pytest.mark.parametrize("text", ["why is the hall so dark", "do something about my son and his fever", "hall"])
def test_the_cloud_chooses_for_wishes_that_are_not_private(text: str) -> None:
    decision = router("hard-only", cloud="ready", names=A_LAMP, choosers=["cloud"]).decide(text)
    assert not decision.reason.startswith("chosen-by-")


def test_without_a_home_there_is_no_menu() -> None:
    assert router().menu(WISH) is None
    menu = router(names=A_LAMP).menu(WISH)
    assert menu is not None
    assert menu.things == ("Reading Lamp (light)",)


@pytest.mark.parametrize("text", ["which model are you", "what language model do you use", "are you chatgpt"])
def test_who_asks_for_the_model_hears_the_one_that_is_open_and_what_goes_to_a_cloud(text: str) -> None:
    named = open_router(Settings(), cloud=lambda: "no-key", fit=OPEN, model="smollm2-135m").decide(text).intent
    without = open_router(Settings(), cloud=lambda: "no-key", fit=None).decide(text).intent
    assert named == Intent("HassRespond", {"response": MODEL, "sends": "never", "model": "smollm2-135m"})
    assert without == Intent("HassRespond", {"response": MODEL, "sends": "never"})


def test_what_goes_on_from_an_exact_question_is_computed_before_a_command_is_corrected() -> None:
    asked = router().decide("what's a 15 percent tip on 40 dollars").intent
    heating = Intent("HassClimateSetTemperature", {"temperature": 20})
    later = Context(last=heating, asked=asked, asked_since=True)
    assert router().decide("no, make it 60 dollars", context=later).answerer == "exact"
    assert router().decide("why is the sea deep", context=later).answerer != "exact"
    before = Context(last=heating, asked=asked)
    assert router().decide("make it 21", context=before).intent == Intent(heating.name, {"temperature": 21})


@pytest.mark.parametrize("escalate", ["never", "hard-only", "prefer"])
def test_a_fact_that_can_be_looked_up_is_asked_of_no_model(escalate: Escalate) -> None:
    asked = router(escalate, cloud="ready", fit=EVERYTHING)
    for text in ("what's the capital of Kenya", "Alexa, who wrote nineteen eighty four"):
        decision = asked.decide(text)
        assert (decision.answerer, decision.reason) == ("exact", "looked-up")
        assert decision.intent is not None
        assert str(decision.intent.slots["response"]).endswith(("is Nairobi.", "wrote Nineteen Eighty-Four."))


def test_a_fact_is_gone_on_from_until_something_else_is_meant() -> None:
    first = router().decide("what's the capital of Kenya")
    context = Context(asked=first.intent, asked_since=True)
    decision = router().decide("Alexa, and of Spain", context=context)
    assert (decision.answerer, decision.reason, decision.text) == ("exact", "looked-up", "and of Spain")
    assert decision.intent is not None
    assert decision.intent.slots["response"] == "The capital of Spain is Madrid."
    assert router().decide("stop", context=context).intent == STOP
    assert router().decide("and of Spain", context=Context(asked=first.intent)).reason != "looked-up"


def test_a_fact_that_the_user_asks_the_cloud_is_not_looked_up() -> None:
    text = "ask the cloud what's the capital of Kenya"
    assert router("hard-only", cloud="ready").decide(text).answerer == "cloud"
    assert router("never", cloud="ready").decide(text).reason == "looked-up"
