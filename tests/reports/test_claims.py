"""Public reports of speakers that claim what they did not do or do not know, with inputs of our own.

Each case names the threads in which users met it. A text that no model may answer is decided here by the real grammar
and carried out by the real home, so that the answer and what was published are seen together.
"""

from functools import cache
from pathlib import Path

import pytest

from edge.events import Decision, ReplySentence
from edge.llm.chat_service import ChatService
from edge.nlu.en.claims import claim, repeats_example
from edge.nlu.kinds import OPEN
from edge.route import Router, open_router
from edge.runtime.clock import SystemClock
from edge.runtime.virtual_time import instantly
from edge.settings import EntitySettings, LlmSettings
from tests.fakes.home import A_HOME, home_settings
from tests.fakes.language import ENGLISH
from tests.fakes.resident import Resident
from tests.llm.fakes import Script, ScriptedEndpoint
from tests.reports import everyday

LAMPS = tuple(EntitySettings(name=f"Lamp {number}", topic=f"lamp/{number}") for number in (2, 12))
HOME = (*A_HOME, *LAMPS)


@cache
def router() -> Router:
    return open_router(home_settings(*HOME), cloud=lambda: "no-key", fit=OPEN)


async def answer(text: str, folder: Path) -> tuple[str, list[tuple[str, str]]]:
    """What is answered, "" for nothing, and what was published. A model must not be asked."""
    decision = router().decide(text)
    assert decision.intent is not None, f"{decision.answerer} is asked"
    resident = Resident(folder, entities=HOME)
    reply = await resident.home.act(decision.intent)
    return reply.text if reply else "", resident.publisher.published


HONEST = (
    "I can",
    "I don't know",
    "I didn't understand",
    "I did not understand",
    "Sorry,",
    "Which one",
    "Do you want me to",
)
"""How answers begin that claim nothing."""
UNKNOWN = "hasn't reported its state."


@pytest.mark.parametrize(
    "text",
    [
        # NickMonrad/kernel-ai-assistant#331, #614; home-assistant/core#177156; acon96/home-llm#301
        "turn on lamp 7",
        "switch lamp 40 on",
        "open the garage door a third of the way",
        "leave the garage door open a crack",
        "make the floor lamp pulse",
        "put the floor lamp on party mode",
        "have you shut the blinds",
        "did you switch the coffee machine off",
        "are the bedroom lamps still on",
        "paint the shed",
        "take the bins out",
        "fold the laundry",
    ],
)
@instantly
async def test_what_cannot_be_done_is_said_and_nothing_is_published(text: str, tmp_path: Path) -> None:
    said, published = await answer(text, tmp_path)
    assert said.startswith(HONEST) or said.endswith(UNKNOWN), said
    assert published == []


@instantly
async def test_of_two_commands_the_one_that_can_be_done_is_done_and_the_other_named(tmp_path: Path) -> None:
    """OHF-Voice/intents#829; AndBobsYourUncle/hassio-addons#31; nuttyartist/jarvis#4."""
    said, published = await answer("turn on the floor lamp and open the skylight", tmp_path)
    assert said.startswith("Floor lamp on. I ")
    assert published == [("living/floor/set", "ON")]
    said, published = await answer("lock the front door and switch off the floor lamp", tmp_path)
    assert said == "Locking Front door. Floor lamp off."
    assert published == [("door", "LOCK"), ("living/floor/set", "OFF")]
    said, published = await answer("turn on the floor lamp and set a timer for six minutes", tmp_path)
    assert said == "Floor lamp on. Timer set for 6 minutes."


@pytest.mark.parametrize(
    "text",
    [
        # spaceamoeba-t/tapq#18; OHF-Voice/intents#1969; MycroftAI/mycroft-core#1274
        "don't switch the floor lamp on",
        "please do not close the garage door",
        "never unlock the front door",
        "turn off the tv, forget it",
        "switch on the coffee machine, no, never mind",
        "turn on the kitchen light, scratch that",
        "don't start a timer for five minutes",
    ],
)
@instantly
async def test_a_command_that_is_taken_back_does_nothing(text: str, tmp_path: Path) -> None:
    said, published = await answer(text, tmp_path)
    assert published == []
    assert said == "" or said.startswith(HONEST)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # MycroftAI/mycroft-skills#486
        ("set an alarm for march 9th at 6", "Alarm set for 6 AM on March 9th."),
        ("set an alarm for tuesday and friday at 8", "Alarms set for 8 AM tomorrow and 8 AM on Friday."),
        ("change my 9 am alarm to 10", "No alarm is set."),
        ("set an alarm for every other thursday at 7", "I can't repeat an alarm like that, only on days of the week."),
        ("remind me in twelve minutes to turn the roast", "I'll remind you in 12 minutes to turn the roast."),
        ("set a timer for two minutes thirty", "Timer set for 2 minutes and 30 seconds."),
        ("set a timer for a while", "For how long?"),
        ("when will my next alarm ring", "No alarm is set."),
    ],
)
@instantly
async def test_dates_and_changes_are_set_or_honestly_refused(text: str, said: str, tmp_path: Path) -> None:
    assert await answer(text, tmp_path) == (said, [])


@pytest.mark.parametrize(("example", "answer_"), ENGLISH.chat.examples)
@pytest.mark.parametrize("question", ["where are my keys", "play a game with me", "who turned the heating up"])
async def test_an_example_of_the_prompt_is_no_answer(example: str, answer_: str, question: str) -> None:
    """vectorize-io/hindsight#4280; Mininglamp-OSS/octo-server#12."""
    for leaked in (example, answer_):
        assert await spoken([leaked], question) == ["I don't know that."]


async def spoken(script: Script, question: str) -> list[str]:
    """What is spoken of a model's answer."""
    chat = ChatService(ScriptedEndpoint(script), None, settings=LlmSettings(), language=ENGLISH, clock=SystemClock())
    pieces = [piece async for piece in chat.reply(Decision("llm", "open-question", question))]
    return [piece.text for piece in pieces if isinstance(piece, ReplySentence)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # skye-harris/hass_local_openai_llm#21; VapiAI/client-sdk-web#49; ollama/ollama#6686
        ("good evening", "Good evening."),
        ("good morning", "Good morning."),
        ("sleep well", "Good night."),
        ("what day is it tomorrow", "Tomorrow is Tuesday, March 3rd."),
        ("what was the date yesterday", "Yesterday was Sunday, March 1st."),
        ("what's today's date", "It's Monday, March 2nd."),
        ("what time is it", "It's 8 AM."),
        ("what date is it in two weeks", "That's Monday, March 16th."),
        ("how many days until easter", "It's 34 days until Sunday, April 5th."),
        ("what time is it in madrid", "It's 9 AM in Madrid."),
        ("how's the weather", "I don't know the weather. For that I need a weather entity of Home Assistant."),
        ("how hot is it outside", "I don't know the weather. For that I need a weather entity of Home Assistant."),
        ("what's the share price of siemens", "I can't look up news, prices or scores."),
    ],
)
@instantly
async def test_the_date_and_the_time_are_those_of_the_clock_and_only_when_asked(
    text: str, said: str, tmp_path: Path
) -> None:
    assert await answer(text, tmp_path) == (said, [])


NOT_UNDERSTOOD = "I didn't understand what to calculate. Say it in one short sentence."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # OHF-Voice/intents#3078; MycroftAI/mycroft-core#93; tinyhumansai/openhuman#3603
        ("what's 35 plus 18", "35 plus 18 is 53."),
        ("what's 40 percent of 65", "40% of 65 is 26."),
        ("6 * 7", "6 times 7 is 42."),
        ("half of ninety", "Half of 90 is 45."),
        ("what's the square root of 49", "The square root of 49 is 7."),
        ("calculate the cosine of the moon", NOT_UNDERSTOOD),
        ("Solve x squared equals nine", NOT_UNDERSTOOD),
        ("what's 15 percent of my salary", NOT_UNDERSTOOD),
    ],
)
@instantly
async def test_a_sum_is_not_guessed(text: str, said: str, tmp_path: Path) -> None:
    assert await answer(text, tmp_path) == (said, [])


@pytest.mark.parametrize("topic", everyday.GUARDED)
def test_of_everyday_talk_no_model_is_asked_what_it_cannot_know(topic: str) -> None:
    decided = {text: router().decide(text) for text in everyday.GUARDED[topic]}
    assert [text for text, decision in decided.items() if decision.intent is None] == []


@pytest.mark.parametrize("topic", everyday.OPEN)
def test_of_everyday_talk_the_model_is_asked_about_the_world(topic: str) -> None:
    decided = {text: router().decide(text) for text in everyday.OPEN[topic]}
    assert [text for text, decision in decided.items() if not (decision.answerer == "llm" or looked_up(decision))] == []


def looked_up(decision: Decision) -> bool:
    return decision.reason == "looked-up"


@pytest.mark.slow
@pytest.mark.usefixtures("store")
async def test_the_whole_speaker_with_its_model_claims_nothing() -> None:
    guarded = [text for texts in everyday.GUARDED.values() for text in texts[::6]]
    open_ = [text for texts in everyday.OPEN.values() for text in texts]
    async for text, turn in everyday.answers([*guarded, *open_]):
        assert turn.outcome == "answered", text
        if text in guarded:
            assert turn.answerer in {"home", "exact"}, text
        else:
            assert turn.answerer == "llm" or turn.reason in {"no-fit-model", "looked-up"}, text
        if text in open_:
            assert turn.reply, text
            assert claim(turn.reply) is None or turn.reason == "claim-refused", (text, turn.reply)
            assert not repeats_example(text, turn.reply, ENGLISH.chat.examples), (text, turn.reply)
