import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import Intent, Match, SlotValue, Transcript
from edge.nlu.en.completeness import COMMA, LACKING, PERHAPS_LACKING, STATEMENT, completeness


def command(text: str, intent: str, **slots: SlotValue) -> Transcript:
    match = Match(text.lower().rstrip(".,?"), Intent(intent, slots), 0.9)
    return Transcript(text, 0.9, final=True, match=match, progress="complete")


def text(words: str) -> Transcript:
    return Transcript(words, 0.9, final=True)


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        (command("Turn on the lamp.", "HassTurnOn", name="lamp"), 1.0),
        (command("Turn on the lamp,", "HassTurnOn", name="lamp"), PERHAPS_LACKING),
        (command("Turn on the lamp", "HassTurnOn", name="lamp"), LACKING),
        (command("turn on the lamp", "HassTurnOn", name="lamp"), 1.0),
        (command('"Turn on the lamp."', "HassTurnOn", name="lamp"), 1.0),
        (command("Turn on the Series X", "HassTurnOn", name="Series X"), LACKING),
        (command("Living room.", "HassTurnOff", domain="light", area="living room"), 1.0),
        (command("Enough", "EdgeStop"), LACKING),
        (command("Turn off the lights.", "HassTurnOff", domain="light", area="kitchen"), PERHAPS_LACKING),
        (command("Turn off the kitchen lights.", "HassTurnOff", domain="light", area="kitchen"), 1.0),
        (command("Turn off the Kitchen lights.", "HassTurnOff", domain="light", area="Kitchen"), 1.0),
        (command("Turn off the living lights.", "HassTurnOff", domain="light", area="living room"), PERHAPS_LACKING),
        (command("Turn off all lights.", "HassTurnOff", domain="light"), PERHAPS_LACKING),
        (command("Turn off the upstairs lights.", "HassTurnOff", domain="light", floor="upstairs"), 1.0),
        (command("Close the blinds.", "HassTurnOff", device_class="blind"), PERHAPS_LACKING),
        (command("Turn off the desk light.", "HassTurnOff", domain="light", name="desk light"), 1.0),
        (command("Set a timer for twenty seconds.", "HassStartTimer", seconds=20), 1.0),
        (command("Add an hour.", "HassIncreaseTimer", hours=1), LACKING),
        (command("Take an hour off.", "HassDecreaseTimer", hours=1), LACKING),
        (command("Take two minutes off.", "HassDecreaseTimer", minutes=2), LACKING),
        (command("Take two minutes off the timer.", "HassDecreaseTimer", minutes=2), 1.0),
        (command("What timers?", "HassTimerStatus"), LACKING),
        (command("Show timers.", "HassTimerStatus"), 1.0),
        (command("Which timers ring?", "HassTimerStatus"), 1.0),
        (command("Stop.", "EdgeStop"), 1.0),
        (command("Never mind.", "HassNevermind"), 1.0),
        (command("Cancel.", "HassNevermind"), LACKING),
        (command("Okay.", "HassNevermind"), LACKING),
        (command("Pause.", "HassMediaPause"), LACKING),
        (command("Which timers?", "HassTimerStatus"), LACKING),
        (command("Set a timer.", "HassStartTimer"), LACKING),
        (command("Set a timer for an hour.", "HassStartTimer", hours=1), LACKING),
        (command("Set a timer for an hour and a half.", "HassStartTimer", hours=1, minutes=30), 1.0),
        (command("Set a timer for ten minutes.", "HassStartTimer", minutes=10), 1.0),
        (command("Set the volume to fifty.", "HassSetVolume", volume_level=50), LACKING),
        (command("Set the volume to fifty percent.", "HassSetVolume", volume_level=50), 1.0),
        (command("Wake me up.", "EdgeSetAlarm", wake=1), LACKING),
        (command("Remind me to call mum.", "EdgeSetReminder", message="call mum"), LACKING),
        (command("Remind me at noon to call mum.", "EdgeSetReminder", message="call mum", hour=12), 1.0),
        (command("Change my alarm.", "EdgeChangeAlarm"), LACKING),
        (command("Move my alarm to Friday.", "EdgeChangeAlarm", day="friday"), 1.0),
        (command("Change the timer to an hour.", "EdgeChangeTimer", hours=1), LACKING),
        (command("Wake me up at seven thirty.", "EdgeSetAlarm", hour=7, minute=30), LACKING),
        (command("Wake me up at seven o'clock.", "EdgeSetAlarm", hour=7, minute=0), PERHAPS_LACKING),
        (command("Wake me at seven tomorrow.", "EdgeSetAlarm", hour=7, day="tomorrow"), 1.0),
    ],
)
def test_a_command_is_the_less_finished_the_more_people_usually_say(said: Transcript, sure: float) -> None:
    assert completeness(said) == sure


@pytest.mark.parametrize(
    ("words", "sure"),
    [
        ("It was late.", STATEMENT),
        ("It was late!", STATEMENT),
        ("It was late,", COMMA),
        ("Was it late?", 1.0),
        ("Tell me a joke.", 1.0),
        ("Tell me a joke!", 1.0),
        ("Tell me a joke,", COMMA),
        ("Tell me a joke", 0.0),
        ("Malcolm X", 0.0),
        ("Where is it from?", 1.0),
        ("What about my?", 0.0),
        ("What is it for.", 0.0),
        ("And it was for?", 0.0),
    ],
)
def test_a_text_that_is_no_command_is_as_finished_as_its_last_word_and_mark(words: str, sure: float) -> None:
    assert completeness(text(words)) == sure


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Turn on the", "It was late."),
        ("What is the", "What is the time?"),
        ("So we went to.", "So we went home."),
        ("It was late,", "It was late."),
        ("It was late.", "Was it late?"),
        ("", "Yes."),
        ("Why did you", "Why did you do that?"),
    ],
)
def test_the_second_is_more_finished_than_the_first(first: str, second: str) -> None:
    assert completeness(text(first)) < completeness(text(second))


def test_a_question_in_quotes_is_a_question() -> None:
    assert (
        completeness(text("\"'Can you explain what a volcano is?'")) == completeness(text("Why is the sky blue?")) == 1
    )


def test_what_the_router_reads_as_a_command_is_judged_as_one() -> None:
    said = text("Turn on the kitchen light,")
    assert completeness(said) < 1
    assert completeness(said, Intent("EdgeUnsupported", {"name": "kitchen light"})) == PERHAPS_LACKING
    assert completeness(text("Turn on the kitchen light."), Intent("EdgeUnsupported")) == 1


@given(st.text(), st.one_of(st.none(), st.builds(Intent, st.sampled_from(["HassTurnOn", "EdgeStop", "EdgeSetAlarm"]))))
def test_any_text_has_a_completeness(said: str, intent: Intent | None) -> None:
    assert 0 <= completeness(text(said), intent) <= 1


@pytest.mark.parametrize(
    ("said", "intent", "sure"),
    [
        ("Turn on the kitchen light and.", Intent("EdgeNotUnderstood", {"name": "Kitchen light"}), LACKING),
        ("Open the garage door a bit.", Intent("EdgeNotUnderstood", {"name": "Garage door"}), STATEMENT),
        ("Call my.", Intent("EdgeUnsupported", {"what": "calls"}), LACKING),
        ("Call my mother.", Intent("EdgeUnsupported", {"what": "calls"}), 1.0),
        ("Lamp on and set a timer.", Intent("HassTurnOn", {"name": "Lamp"}, (Intent("HassStartTimer"),)), LACKING),
        (
            "Lamp on and set a timer for ten minutes.",
            Intent("HassTurnOn", {"name": "Lamp"}, (Intent("HassStartTimer", {"minutes": 10}),)),
            1.0,
        ),
        (
            "Lamp on and the.",
            Intent("HassTurnOn", {"name": "Lamp"}, (Intent("EdgeNotUnderstood", {"said": "the"}),)),
            LACKING,
        ),
    ],
)
def test_of_several_commands_the_last_one_counts_and_a_refusal_may_go_on(
    said: str, intent: Intent, sure: float
) -> None:
    assert completeness(text(said), intent) == sure
