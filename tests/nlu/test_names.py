"""Names are the owner's: any text must be usable, none may break the grammar."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from edge.events import Intent
from edge.nlu.hassil_intents import HassilRecognizer
from edge.nlu.home_names import name_mistakes
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


def test_names_that_differ_in_a_sign_a_dot_or_a_number_stay_two() -> None:
    names = ("Zone 2.4", "Zone 24", "Zone 2.5", "Lamp 1/2", "Lamp 12", "Room 1.2", "Room 12", "Zone -1", "Zone 1")
    recognizer = HassilRecognizer(home_settings(*map(entity, names)))
    for name in names:
        assert recognizer.intent(f"turn on {name}") == Intent("HassTurnOn", {"name": name})
    assert recognizer.intent("turn on zone two point four") == Intent("HassTurnOn", {"name": "Zone 2.4"})
    assert recognizer.intent("turn on zone twenty four") == Intent("HassTurnOn", {"name": "Zone 24"})
    assert recognizer.intent("turn on zone minus one") == Intent("HassTurnOn", {"name": "Zone -1"})


def test_a_number_that_no_name_has_is_never_taken_for_another() -> None:
    recognizer = HassilRecognizer(home_settings(entity("Zone 2.4"), entity("Lamp 2"), entity("Pump 24")))
    for said in ("zone 24", "zone 2.5", "lamp 3", "lamp 22", "lamp 2.2", "pump 2.4"):
        intent = recognizer.intent(f"turn on {said}")
        assert intent is not None
        assert intent.slots["name"] == said


def test_an_apostrophe_need_not_be_written() -> None:
    recognizer = HassilRecognizer(
        home_settings(entity("Kid's lamp"), entity("O\u2019Brien\u2019s desk"), entity("Guests fan"))
    )
    for said, name in (
        ("kids lamp", "Kid's lamp"),
        ("kid's lamp", "Kid's lamp"),
        ("kids' lamp", "Kid's lamp"),
        ("obriens desk", "O\u2019Brien\u2019s desk"),
        ("o'brien's desk", "O\u2019Brien\u2019s desk"),
        ("guest's fan", "Guests fan"),
    ):
        assert recognizer.intent(f"turn on the {said}") == Intent("HassTurnOn", {"name": name})


def test_names_that_are_said_alike_come_out_as_they_were_said_and_are_mistakes() -> None:
    settings = home_settings(entity("TV/AV"), entity("TV-AV"), entity("Lamp", area="Living Room"), entity("Desk"))
    assert HassilRecognizer(settings).intent("turn on the tv av") == Intent("HassTurnOn", {"name": "tv av"})
    assert name_mistakes(settings) == ["'TV/AV' and 'TV-AV' are said alike: give one of them another name"]
