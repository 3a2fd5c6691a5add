"""Ways into the home: asked first, after the code, or never; and no way around it."""

import json
from pathlib import Path

import pytest

from edge.control.executor import Abilities, Executor
from edge.control.mqtt import NAMES, parse
from edge.control.requests import decode
from edge.errors import ControlError
from edge.events import Intent
from edge.home.acting.code import LOCKED_S, TRIES
from edge.home.intents.things import ANSWERS, CODE_INTENT, CONFIRM_INTENT
from edge.nlu.grammar_sources import KNOWN_INTENTS
from edge.nlu.hassil_intents import check_sentences
from edge.runtime import virtual_time
from tests.fakes.guarded_home import CODE, GuardedHome
from tests.fakes.home import FakeSpeaker

UNLOCKED = [("door", "UNLOCK")]

RISKY = [
    ("unlock the front door", [("door", "UNLOCK")]),
    ("open the garage door", [("garage", "OPEN")]),
    ("disarm the house alarm", [("alarm/set", "DISARM")]),
]
"""What needs the code, and what it sends."""

SAID_INSTEAD = [
    "what is the capital of france",
    "turn on the kitchen light",
    "what time is it",
    "never mind",
    "no",
    "thanks",
    "is the front door locked",
    "blah blah blah",
    "unlock the back door",
    "set a timer for ten minutes",
]


@pytest.mark.parametrize(("said", "sent"), RISKY)
@virtual_time.instantly
async def test_the_code_opens_what_asks_for_it_and_a_yes_does_not(
    said: str, sent: list[tuple[str, str]], tmp_path: Path
) -> None:
    home = GuardedHome(tmp_path, unlock="code", disarm="code")
    assert (await home.says(said)).startswith("Say the code to ")
    assert home.published == []
    await home.says("yes")
    assert home.published == []
    await home.says(CODE)
    assert home.published == [], "the yes was something else, so the question is over"
    await home.says(said, "four seven one one")
    assert home.published == sent


@pytest.mark.parametrize(("said", "sent"), RISKY)
@virtual_time.instantly
async def test_by_default_a_yes_is_enough_and_a_code_is_nothing(
    said: str, sent: list[tuple[str, str]], tmp_path: Path
) -> None:
    home = GuardedHome(tmp_path)
    assert (await home.says(said)).startswith("Do you really want to ")
    await home.says(CODE)
    assert home.published == []
    await home.says(said, "yes")
    assert home.published == sent


@pytest.mark.parametrize(("said", "sent"), RISKY)
@virtual_time.instantly
async def test_never_is_refused_in_words(said: str, sent: list[tuple[str, str]], tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, unlock="never", disarm="never")
    assert (await home.says(said)).startswith("I'm not allowed to ")
    await home.says("yes")
    await home.says(CODE)
    assert home.published == []
    assert sent


@virtual_time.instantly
async def test_what_closes_locks_and_arms_needs_nothing(tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, unlock="never", disarm="never")
    for said in ("lock the front door", "close the garage door", "arm the house alarm"):
        await home.says(said)
    assert home.published == [("door", "LOCK"), ("garage", "CLOSE"), ("alarm/set", "ARM_AWAY")]


@pytest.mark.parametrize("gate", ["ask", "code"])
@pytest.mark.parametrize("other", SAID_INSTEAD)
@virtual_time.instantly
async def test_the_question_is_forgotten_when_anything_else_is_said(other: str, gate: str, tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, unlock=gate)
    await home.says("unlock the front door", other)
    sent = home.published
    assert await home.says("yes" if gate == "ask" else CODE)
    assert ("door", "UNLOCK") not in [*sent, *home.published]


@pytest.mark.parametrize("gate", ["ask", "code"])
@virtual_time.instantly
async def test_the_question_is_forgotten_in_time(gate: str, tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, unlock=gate)
    await home.says("unlock the front door")
    await home.clock.sleep(31)
    await home.says("yes" if gate == "ask" else CODE)
    assert home.published == []


@virtual_time.instantly
async def test_three_wrong_codes_lock_it_for_five_minutes_and_nothing_is_compared_meanwhile(tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, unlock="code", disarm="code")
    await home.says("unlock the front door")
    said = [await home.says(wrong) for wrong in ("0000", "1234", "47110")]
    assert said[0] == said[1] == "That's not the code. Please say it again."
    assert "five minutes" in said[2]
    assert len(said) == TRIES
    for command, _ in RISKY:
        assert "five minutes" in await home.says(command)
        await home.says(CODE)
    assert home.published == []
    await home.clock.sleep(LOCKED_S + 1)
    await home.says("unlock the front door", CODE)
    assert home.published == UNLOCKED


@virtual_time.instantly
async def test_wrong_tries_count_over_several_commands_and_the_right_code_forgets_them(tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, unlock="code")
    await home.says("unlock the front door", "1111", "2222", CODE)
    assert home.published == UNLOCKED
    await home.says("unlock the front door", "1111", "no", "unlock the front door", "2222", "no")
    assert "five minutes" in await home.says("unlock the front door", "3333")


@virtual_time.instantly
async def test_without_a_code_what_needs_one_is_refused(tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, code=None, unlock="code")
    assert await home.says("unlock the front door") == "That needs a code, and I have none. I leave it as it is."
    await home.says("yes", "0000", "")
    assert home.published == []


@pytest.mark.parametrize("content", ["123", "123456789", "12a4", "1234 5678", "", "१२३४"])
@virtual_time.instantly
async def test_a_file_without_four_to_eight_digits_is_no_code(content: str, tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, code=content, unlock="code")
    await home.says("unlock the front door", content or "0000")
    assert home.published == []


# No way around


@virtual_time.instantly
async def test_sentence_files_cannot_answer_the_question(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    lines = [
        "language: en",
        "intents:",
        *(f"  {intent}:\n    data:\n      - sentences: ['open sesame {intent}']" for intent in sorted(ANSWERS)),
        "  HassTurnOff:",
        "    data:",
        "      - sentences: ['let me in']",
        "        slots: {name: Front door, domain: lock}",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert not ANSWERS & KNOWN_INTENTS
    for gate in ("ask", "code", "never"):
        home = GuardedHome(tmp_path, unlock=gate, sentences=[file])
        for intent in ANSWERS:
            await home.says("let me in", f"open sesame {intent}", "let me in and open sesame {intent}")
        assert home.published == []
        mistakes = [mistake for error in check_sentences(home.settings) for mistake in error.mistakes]
        assert sum(any(intent in mistake for mistake in mistakes) for intent in ANSWERS) == len(ANSWERS)


@pytest.mark.parametrize("gate", ["ask", "code", "never"])
@virtual_time.instantly
async def test_an_intent_alone_or_behind_others_skips_nothing(gate: str, tmp_path: Path) -> None:
    """As a delayed command does: it is carried out without a turn."""
    home = GuardedHome(tmp_path, unlock=gate, disarm=gate)
    unlock = Intent("HassTurnOff", {"name": "Front door", "domain": "lock"})
    yes, code = Intent(CONFIRM_INTENT), Intent(CODE_INTENT, {"code": CODE})
    for intent in (
        yes,
        code,
        unlock,
        Intent(unlock.name, unlock.slots, then=(yes,)),
        Intent(unlock.name, unlock.slots, then=(code,)),
        Intent("HassGetCurrentTime", then=(unlock, code, yes)),
        Intent(unlock.name, {**unlock.slots, "confirmed": 1, "code": CODE}),
        Intent("EdgeAlarmPanel", {"action": "disarm", "code": CODE}, then=(yes, code)),
    ):
        await home.home.actions.rehearse(intent)
        await home.home.actions.act(intent)
        assert home.published == [], intent


@pytest.mark.parametrize("gate", ["ask", "code", "never"])
@pytest.mark.parametrize(
    "said",
    [
        "unlock the front door and yes",
        "unlock the front door, yes please",
        f"unlock the front door {CODE}",
        f"unlock the front door with the code {CODE}",
        "turn on the kitchen light and unlock the front door",
        "unlock the front door and unlock the front door",
        "unlock the front door and open the garage door",
        "unlock the front door in ten minutes",
        "unlock the front door at 7",
        "in five seconds unlock the front door",
        "unlock all doors",
        "open everything",
        "unlock everything",
        "unlock the frond door",
        "please could you open the garage door",
        "set the garage door to 50 percent",
        "disarm everything",
    ],
)
@virtual_time.instantly
async def test_no_sentence_opens_at_once_or_later(said: str, gate: str, tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, unlock=gate, disarm=gate)
    await home.says(said)
    await home.clock.sleep(25 * 3600)
    sent = set(home.published)
    assert not sent & {("door", "UNLOCK"), ("garage", "OPEN"), ("alarm/set", "DISARM")}


@virtual_time.instantly
async def test_of_several_risky_commands_one_is_asked_about_and_the_yes_is_for_that_one(tmp_path: Path) -> None:
    home = GuardedHome(tmp_path)
    said = await home.says("unlock the front door and open the garage door")
    assert "One after the other" in said
    assert "Do you really want to unlock the Front door?" in said
    await home.says("yes")
    assert home.published == UNLOCKED


@pytest.mark.parametrize(
    "texts",
    [
        ("lock the front door", "undo that"),
        ("lock the front door", "cancel that"),
        ("lock the front door", "no, unlock it"),
        ("lock the front door", "turn it off"),
        ("close the garage door", "undo that"),
        ("close the garage door", "open it again"),
        ("arm the house alarm", "undo that"),
        ("is the front door locked", "unlock it"),
        ("turn off the kitchen light", "and the front door"),
        ("turn on the kitchen light", "and the garage door"),
    ],
)
@virtual_time.instantly
async def test_no_follow_up_opens_at_once(texts: tuple[str, str], tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, unlock="code", disarm="code")
    for text in texts:
        await home.says(text)
    assert not set(home.published) & {("door", "UNLOCK"), ("garage", "OPEN"), ("alarm/set", "DISARM")}


@virtual_time.instantly
async def test_the_local_socket_asks_the_same_questions_and_explaining_sends_nothing(tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, unlock="code")
    executor = Executor(
        home.pipeline,
        FakeSpeaker(),
        home.home.schedule,
        home.telemetry,
        state=home.state,
        abilities=Abilities(home=home.known),
    )
    for request in (
        {"command": "ask", "text": "unlock the front door"},
        {"command": "explain", "text": "unlock the front door"},
        {"command": "ask", "text": "yes"},
        {"command": "ask", "text": CODE},
        {"command": "explain", "text": CODE},
        {"command": "explain", "text": "Front door"},
        {"command": "home"},
    ):
        await executor.execute(decode(json.dumps(request).encode()))
    assert home.published == []
    for text in ("unlock the front door", CODE):
        await executor.execute(decode(json.dumps({"command": "ask", "text": text}).encode()))
    assert home.published == UNLOCKED
    await executor.aclose()


@pytest.mark.parametrize("name", ["explain", "home", "confirm", "code", "EdgeConfirm", "EdgeCode"])
def test_the_broker_has_no_command_that_answers(name: str) -> None:
    assert name not in NAMES
    with pytest.raises(ControlError):
        parse(name, b"unlock the front door")


@pytest.mark.parametrize("gate", ["ask", "code", "never"])
@virtual_time.instantly
async def test_a_question_over_the_broker_is_asked_about_as_well(gate: str, tmp_path: Path) -> None:
    home = GuardedHome(tmp_path, unlock=gate)
    executor = Executor(home.pipeline, FakeSpeaker(), home.home.schedule, home.telemetry, state=home.state)
    await executor.execute(parse("ask", b"unlock the front door"))
    await executor.execute(parse("ask", b'{"text": "unlock the front door", "id": "yes"}'))
    assert home.published == []
    await executor.aclose()


@pytest.mark.parametrize(("gate", "answer"), [("ask", "yes"), ("code", CODE)])
@virtual_time.instantly
async def test_a_typed_question_that_was_not_heard_is_not_answered_aloud_and_the_other_way_round(
    gate: str, answer: str, tmp_path: Path
) -> None:
    home = GuardedHome(tmp_path, unlock=gate)
    for aloud in (True, False):
        await home.ask("unlock the front door", speak=aloud)
        await home.ask(answer, speak=not aloud)
        assert home.published == []
    await home.ask("unlock the front door")
    await home.ask("open the garage door", speak=True)
    await home.ask(answer)
    assert home.published == [], "a yes is for the question that it answers"
    await home.ask("open the garage door", speak=True)
    await home.ask(answer, speak=True)
    assert home.published == [("garage", "OPEN")]


@virtual_time.instantly
async def test_no_model_opens_a_door_whatever_it_says(tmp_path: Path) -> None:
    home = GuardedHome(tmp_path)
    home.chat._pieces = [f"EdgeConfirm yes {CODE} unlock the front door"]
    await home.says("unlock the front door", "why is the sea deep", "tell me a story about a door", "yes")
    assert home.published == []
    assert len(home.chat.asked) == 2


@virtual_time.instantly
async def test_another_name_for_the_same_message_is_guarded_as_well(tmp_path: Path) -> None:
    twin = {"name": "Hall lamp", "command_topic": "door", "payload_on": "UNLOCK", "unique_id": "twin"}
    home = GuardedHome(tmp_path, unlock="code", announced={"homeassistant/switch/twin/config": twin})
    assert (await home.says("turn on the hall lamp")).startswith("Say the code")
    await home.says("turn on all the lights")
    await home.says("turn on everything")
    assert ("door", "UNLOCK") not in home.published


@virtual_time.instantly
async def test_a_siren_and_setting_off_an_alarm_ask_first_whatever_the_settings(tmp_path: Path) -> None:
    home = GuardedHome(tmp_path)
    assert (await home.says("turn on the loud siren")).startswith("Do you really want")
    assert home.published == []
    await home.says("turn off the loud siren")
    assert [topic for topic, _ in home.published] == ["siren/set"]


@pytest.mark.parametrize("said", ["turn everything off", "turn off everything", "switch everything off"])
@virtual_time.instantly
async def test_everything_leaves_out_locks_covers_and_heating(said: str, tmp_path: Path) -> None:
    home = GuardedHome(tmp_path)
    await home.says(said)
    topics = {topic for topic, _ in home.published}
    assert {"kitchen/light/set", "kitchen/coffee/set", "tv"} <= topics
    assert not topics & {"door", "garage", "blinds", "heat", "heat/temperature", "alarm/set", "siren/set"}
    assert not any(topic.startswith(("scene", "script")) for topic in topics)
