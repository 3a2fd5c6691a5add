"""Names are the owner's: any text must be usable, none may break the grammar."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from edge.events import Intent
from edge.nlu.hassil_intents import HassilRecognizer
from edge.settings import EntitySettings
from tests.fakes.home import home_settings

_PLAIN = st.lists(st.text("abcdefghijklmnopqrstuvwxyzäöüßéèñøåçž", min_size=2, max_size=8), min_size=1, max_size=3).map(
    " ".join
)


def entity(name: str, area: str | None = None) -> EntitySettings:
    return EntitySettings(name=name, area=area, topic="t")


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=20))
@settings(max_examples=15)
def test_any_name_and_area_leaves_the_grammar_whole(name: str, area: str) -> None:
    recognizer = HassilRecognizer(home_settings(entity(name, area), entity("kitchen light"), area=area))
    assert recognizer.intent("what time is it") == Intent("HassGetCurrentTime")
    recognizer.intent(f"turn on the {name}")


@given(_PLAIN)
@settings(max_examples=15)
def test_an_entity_answers_to_any_name_made_of_letters(name: str) -> None:
    assume(not {"on", "off", "to", "in", "the", "at", "all", "my", "our"} & set(name.split()))
    intent = HassilRecognizer(home_settings(entity(name))).intent(f"Turn on the {name}.")
    assert intent is not None
    assert intent.name == "HassTurnOn"
    assert str(intent.slots.get("name", name)).casefold() == name.casefold()


def test_signs_of_the_template_language_are_only_letters() -> None:
    recognizer = HassilRecognizer(home_settings(entity("[all] (lights|lamps) {area} <in>")))
    intent = recognizer.intent("turn on all lights lamps area in")
    assert intent == Intent("HassTurnOn", {"name": "[all] (lights|lamps) {area} <in>"})
    assert recognizer.intent("turn on lights lamps") != intent


def test_numbers_in_names_match_however_they_are_spelled() -> None:
    recognizer = HassilRecognizer(home_settings(entity("Lamp Two"), entity("Light 3")))
    assert recognizer.intent("Turn on lamp 2.") == Intent("HassTurnOn", {"name": "Lamp Two"})
    assert recognizer.intent("turn on light three") == Intent("HassTurnOn", {"name": "Light 3"})
    assert recognizer.intent("set lamp two to fifty percent") == Intent(
        "HassLightSet", {"name": "Lamp Two", "brightness": 50}
    )


def test_a_name_that_cannot_be_said_is_left_out() -> None:
    recognizer = HassilRecognizer(home_settings(entity("🔥"), entity("lamp")))
    assert recognizer.intent("turn on the lamp") == Intent("HassTurnOn", {"name": "lamp"})
