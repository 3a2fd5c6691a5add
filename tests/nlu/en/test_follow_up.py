"""What a text means after a question of the speaker's, or after a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import UNDO, Context, Intent, PendingQuestion, SlotValue
from edge.nlu.en.follow_up import DECLINED, NEVERMIND, follow_up
from edge.nlu.hassil_intents import HassilRecognizer
from edge.settings import EntitySettings, HomeSettings, MqttSettings, Settings

LIGHTS = [
    EntitySettings(name=name, domain="light", area=area, topic=f"home/{name}/set".replace(" ", "_"))
    for name, area in (("Desk lamp", "Study"), ("Ceiling", "Kitchen"), ("Floor lamp", "Kitchen"))
]
COMMANDS = HassilRecognizer(Settings(home=HomeSettings(entities=LIGHTS), mqtt=MqttSettings(host="broker")))

PASTA = Intent("HassCancelTimer", {"id": 1})
EGGS = Intent("HassCancelTimer", {"id": 2})
TEN = Intent("HassCancelTimer", {"id": 3})
WHICH_TIMER = PendingQuestion(
    Intent("HassCancelTimer"), (("pasta timer", PASTA), ("eggs timer", EGGS), ("10 minute timer", TEN))
)


def meaning(text: str, context: Context) -> Intent | None:
    return follow_up(text, context, command)


def command(text: str) -> Intent | None:
    found = COMMANDS.recognize(text)
    return found.intent if found is not None and found.reason == "intent" else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The pasta timer.", PASTA),
        ("pasta", PASTA),
        ("the pasta one please", PASTA),
        ("The egg timer", EGGS),
        ("ten minutes", TEN),
        ("the ten minute one", TEN),
        ("the first one", PASTA),
        ("The second.", EGGS),
        ("number three", TEN),
        ("the last one", TEN),
        ("none", NEVERMIND),
        ("neither of them", NEVERMIND),
        ("No, never mind.", NEVERMIND),
        ("the timer", None),
        ("the blue one", None),
        ("the seventh one", None),
        ("what time is it", None),
        ("turn on the desk lamp", None),
        ("", None),
        ("?!", None),
    ],
)
def test_an_answer_selects_one_of_the_choices_or_none(text: str, wanted: Intent | None) -> None:
    assert meaning(text, Context(WHICH_TIMER)) == wanted


def lacking(intent: str, /, **slots: SlotValue) -> Context:
    return Context(PendingQuestion(Intent(intent, slots)))


@pytest.mark.parametrize(
    ("context", "text", "slots"),
    [
        (lacking("HassStartTimer", name="pasta"), "ten minutes", {"name": "pasta", "minutes": 10}),
        (lacking("HassStartTimer"), "For an hour and a half, please.", {"hours": 1, "minutes": 30}),
        (lacking("HassStartTimer"), "Twelve.", {"minutes": 12}),
        (lacking("EdgeSetAlarm"), "half past six", {"hour": 6, "minute": 30}),
        (
            lacking("EdgeSetAlarm"),
            "at seven am tomorrow",
            {"hour": 7, "minute": 0, "meridiem": "am", "day": "tomorrow"},
        ),
        (lacking("HassLightSet", name="Ceiling"), "fifty percent", {"name": "Ceiling", "brightness": 50}),
        (lacking("HassLightSet", name="Ceiling"), "To thirty.", {"name": "Ceiling", "brightness": 30}),
        (lacking("HassClimateSetTemperature"), "21.5 degrees", {"temperature": 21.5}),
        (lacking("HassTurnOn", area="here", domain="light"), "The desk lamp.", {"name": "Desk lamp"}),
        (lacking("HassTurnOn", domain="light"), "the kitchen", {"area": "Kitchen"}),
        (lacking("HassTurnOff", domain="light"), "the ones in the kitchen", {"area": "Kitchen"}),
    ],
)
def test_an_answer_completes_the_command(context: Context, text: str, slots: dict[str, SlotValue]) -> None:
    found = meaning(text, context)
    assert found is not None
    assert context.question is not None
    assert found.name == context.question.intent.name
    assert found.slots.items() >= slots.items()


@pytest.mark.parametrize(
    ("context", "text"),
    [
        (lacking("HassStartTimer"), "turn on the desk lamp"),
        (lacking("HassStartTimer"), "why is the sky blue"),
        (lacking("EdgeSetAlarm"), "ten minutes"),
        (lacking("HassLightSet", name="Ceiling"), "blue"),
        (lacking("HassTurnOn", domain="light"), "the moon"),
    ],
)
def test_what_is_no_answer_is_a_text_of_its_own(context: Context, text: str) -> None:
    assert meaning(text, context) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Yes.", Intent("HassTurnOff", {"name": "Front door"})),
        ("yes please", Intent("HassTurnOff", {"name": "Front door"})),
        ("sure, go ahead", Intent("HassTurnOff", {"name": "Front door"})),
        ("No!", DECLINED),
        ("no don't do it", DECLINED),
        ("cancel that", DECLINED),
        ("wait, no", DECLINED),
        ("keep them", DECLINED),
        ("both of them please", Intent("HassTurnOff", {"name": "Front door"})),
        ("maybe", None),
        ("yesterday", None),
        ("yes but not now", None),
    ],
)
def test_only_a_clear_yes_confirms(text: str, wanted: Intent | None) -> None:
    question = PendingQuestion(Intent("HassTurnOff", {"name": "Front door"}), confirmation=True)
    assert meaning(text, Context(question)) == wanted


def last(intent: str, /, **slots: SlotValue) -> Context:
    return Context(last=Intent(intent, slots))


@pytest.mark.parametrize(
    ("context", "text", "wanted"),
    [
        (last("HassSetVolume", volume_level=30), "make it fifty", Intent("HassSetVolume", {"volume_level": 50})),
        (
            last("HassSetVolume", volume_level=30),
            "No, make that fifty percent.",
            Intent("HassSetVolume", {"volume_level": 50}),
        ),
        (
            last("HassLightSet", name="Ceiling", brightness=30),
            "no, I said eighty",
            Intent("HassLightSet", {"name": "Ceiling", "brightness": 80}),
        ),
        (last("HassTurnOn", name="Desk lamp"), "no, the floor lamp", Intent("HassTurnOn", {"name": "Floor lamp"})),
        (
            last("HassTurnOn", name="Desk lamp"),
            "sorry, I meant the floor lamp",
            Intent("HassTurnOn", {"name": "Floor lamp"}),
        ),
        (
            last("HassTurnOn", name="Desk lamp"),
            "turn it off again",
            Intent("HassTurnOff", {"name": "Desk lamp", UNDO: 1}),
        ),
        (last("HassTurnOn", name="Desk lamp"), "cancel that", Intent("HassTurnOff", {"name": "Desk lamp", UNDO: 1})),
        (
            last("HassTurnOn", name="Desk lamp"),
            "Undo that, please.",
            Intent("HassTurnOff", {"name": "Desk lamp", UNDO: 1}),
        ),
        (
            last("HassStartTimer", name="pasta", minutes=9),
            "cancel that",
            Intent("HassCancelTimer", {"name": "pasta", "which": "newest"}),
        ),
        (
            last("HassStartTimer", minutes=9),
            "cancel it",
            Intent("HassCancelTimer", {"start_minutes": 9, "which": "newest"}),
        ),
        (
            last("EdgeSetAlarm", hour=7, minute=0, wake=1),
            "cancel that",
            Intent("EdgeCancelAlarm", {"hour": 7, "minute": 0, "which": "newest"}),
        ),
        (last("HassGetCurrentTime"), "undo that", Intent("EdgeUnsupported", {"what": "undo"})),
        (last("HassTurnOn", name="Desk lamp"), "no", None),
        (last("HassTurnOn", name="Desk lamp"), "no, why is the sky blue", None),
        (last("HassTurnOn", name="Desk lamp"), "what time is it", None),
        (last("HassTurnOn", name="Desk lamp"), "cancel the timer", None),
        (last("HassSetVolume", volume_level=30), "make it snow", None),
        (Context(), "make it twelve", None),
        (Context(), "cancel that", None),
    ],
)
def test_a_correction_refers_to_the_last_command(context: Context, text: str, wanted: Intent | None) -> None:
    assert meaning(text, context) == wanted


@pytest.mark.parametrize(
    "text",
    ["turn on the desk lamp and set it to 40 percent", "turn on the floor lamp, then make it red"],
)
def test_it_is_the_thing_of_its_own_sentence_and_not_of_the_last_one(text: str) -> None:
    assert meaning(text, last("HassTurnOn", name="Ceiling")) is None


def test_a_whole_command_is_not_about_the_last_thing() -> None:
    text = "please could you switch on the desk lamp for me"
    assert meaning(text, last("HassTurnOn", name="Ceiling")) is None


def test_a_number_is_that_of_a_name_before_it_is_a_place_in_the_list() -> None:
    lamps = tuple((f"Lamp {number}", Intent("HassTurnOn", {"name": f"Lamp {number}"})) for number in (3, 1, 13))
    question = Context(PendingQuestion(Intent("HassTurnOn"), lamps))
    assert meaning("number three", question) == lamps[0][1]
    assert meaning("the second one", question) == lamps[1][1]


def test_the_first_word_may_take_back_the_last_command() -> None:
    found = meaning("no wait, turn them off", last("HassTurnOn", name="Ceiling"))
    assert found == Intent("HassTurnOff", {"name": "Ceiling", UNDO: 1})


def test_a_sentence_about_it_may_go_on_with_another_thing() -> None:
    found = meaning("turn it off and turn on the desk lamp", last("HassTurnOn", name="Ceiling"))
    off = Intent("HassTurnOff", {"name": "Ceiling", UNDO: 1}, (Intent("HassTurnOn", {"name": "Desk lamp"}),))
    assert found == off


def test_the_other_one_is_the_one_that_was_not_chosen() -> None:
    context = Context(last=PASTA, other_choices=(("eggs timer", EGGS),))
    assert meaning("No, the other one.", context) == EGGS
    assert meaning("no, the eggs timer", context) == EGGS
    assert meaning("the other one", Context(last=PASTA)) is None


@given(st.text(max_size=100))
def test_any_text_in_any_context_is_harmless(text: str) -> None:
    for context in (Context(WHICH_TIMER), lacking("HassStartTimer"), last("HassTurnOn", name="x")):
        follow_up(text, context, lambda _: None)


SUM = Intent("EdgeCalculate", {"expression": "12 * 7", "said": "12 times 7", "question": "12 times 7"})
LAMP_ON = Intent("HassTurnOn", {"name": "Desk lamp"})


@pytest.mark.parametrize("text", ["cancel that", "undo that", "no, take that back please"])
@pytest.mark.parametrize("last", [None, LAMP_ON])
def test_after_an_answer_there_is_nothing_to_cancel(text: str, last: Intent | None) -> None:
    """Not even the command before it: nobody means a lamp by "that" behind a sum."""
    found = meaning(text, Context(last=last, asked=SUM, asked_since=True))
    assert found == Intent("EdgeUnsupported", {"what": "nothing-to-undo"})


def test_after_an_answer_it_is_still_the_thing_of_the_command_before() -> None:
    found = meaning("turn it off", Context(last=LAMP_ON, asked=SUM, asked_since=True))
    assert found is not None
    assert (found.name, found.slots["name"]) == ("HassTurnOff", "Desk lamp")


def test_a_command_after_the_answer_is_taken_back() -> None:
    found = meaning("undo that", Context(last=LAMP_ON, asked=SUM))
    assert found is not None
    assert found.name == "HassTurnOff"
