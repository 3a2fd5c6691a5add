import dataclasses

from edge.events import Intent
from edge.nlu.grammar_sources import grammar_sources
from edge.nlu.hassil_intents import HassilRecognizer
from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity, names_of
from edge.nlu.slot_lists import name_lists
from edge.settings import Settings
from tests.fakes.home import A_HOME, home_settings
from tests.fakes.language import ENGLISH
from tests.nlu.package_grammar import FURNISHED

LAMP = NamedEntity("Kitchen light", "light", ("The Giant",), "Kitchen")


def said(names: HomeNames, which: str) -> list[tuple[str, str]]:
    return [(value.text_in.text, value.value_out) for value in name_lists(names, ENGLISH)[which].values]


def test_the_settings_name_entities_and_the_areas_they_are_in() -> None:
    names = names_of(home_settings(*A_HOME, area="Hall"))
    assert names.here == "Hall"
    assert [area.name for area in names.areas] == ["Hall", "Kitchen", "Living Room", "Bedroom"]
    assert names.entities[2] == NamedEntity("Floor lamp", "light", ("reading light",), "Living Room")
    assert names_of(Settings()) == HomeNames()


def test_a_home_knows_what_kinds_of_entities_it_has_and_where() -> None:
    names = HomeNames(entities=(LAMP,))
    assert names.has("switch", "light")
    assert names.has("light", area="KITCHEN")
    assert not names.has("light", area="Hall")
    assert not names.has("switch")


def test_entities_answer_to_aliases_and_to_the_plural() -> None:
    assert said(HomeNames(entities=(LAMP,)), "name") == [
        ("kitchen light", "Kitchen light"),
        ("giant", "Kitchen light"),
        ("kitchen lights", "Kitchen light"),
    ]


def test_a_fuller_name_tells_which_one_of_two_with_one_name() -> None:
    ceilings = [NamedEntity("Ceiling", "light", (f"{room} Ceiling",), room) for room in ("Hall", "Attic")]
    forms = said(HomeNames(entities=tuple(ceilings)), "name")
    assert forms == [("ceiling", "Ceiling"), ("hall ceiling", "Hall Ceiling"), ("attic ceiling", "Attic Ceiling")]
    shops = [NamedEntity("Bob's", "todo", ("Bobs",)), NamedEntity("Bob's", "todo", ("Bobs",))]
    assert {out for _, out in said(HomeNames(entities=tuple(shops)), "name")} == {"Bob's"}


def test_the_lights_of_a_room_are_not_one_light_of_that_name() -> None:
    names = HomeNames(entities=(LAMP,), areas=(NamedArea("Kitchen", ("Galley",)),))
    assert ("kitchen lights", "Kitchen light") not in said(names, "name")
    assert said(names, "area") == [("kitchen", "Kitchen"), ("galley", "Kitchen")]
    recognize = HassilRecognizer(Settings(), names).intent
    assert recognize("turn off the galley lights") == Intent("HassTurnOff", {"domain": "light", "area": "Kitchen"})


def test_two_things_may_share_a_name_when_their_kinds_differ() -> None:
    names = HomeNames(entities=(NamedEntity("Oven", "switch"), NamedEntity("Oven", "sensor")))
    recognize = HassilRecognizer(Settings(), names).intent
    assert recognize("turn on the oven") == Intent("HassTurnOn", {"name": "Oven"})
    assert recognize("what is the value of oven") == Intent("HassGetState", {"name": "Oven"})


def test_only_sentences_that_can_mean_something_are_sources() -> None:
    everything = sources_size(FURNISHED)
    assert sources_size(dataclasses.replace(FURNISHED, floors=())) < everything
    assert sources_size(HomeNames()) < everything / 2


def sources_size(names: HomeNames) -> int:
    return sum(len(intent.data) for intent in grammar_sources(names, ENGLISH).grammars[-1].intents.values())
