from collections.abc import Mapping

from edge.bench.made_home import ROOMS, announcements
from edge.home.model import Entity
from edge.home.modelling.naming import with_names
from edge.home.sources.discovery.registry import Registry
from edge.home.sources.tasmota import TasmotaRegistry, without_twins
from edge.nlu import open_language


def read(messages: Mapping[str, bytes]) -> tuple[Entity, ...]:
    """The entities of all announcements. Fails if one is refused."""
    registry, devices = Registry("homeassistant"), TasmotaRegistry()
    for topic, payload in messages.items():
        registry.feed(topic, payload)
        devices.feed(topic, payload)
    assert registry.refused == ()
    assert devices.refused == ()
    return (*without_twins(registry.entities, devices.entities), *devices.entities)


def test_a_home_of_a_thousand_things_is_read_and_each_thing_has_an_id_and_a_name() -> None:
    entities = read(announcements())
    assert len(entities) > 1000
    assert len({entity.id for entity in entities}) == len(entities)
    named = with_names(entities, ROOMS, open_language("en"))
    assert all(entity.name for entity in named)
    assert sum(entity.spoken for entity in named) > 600


def test_a_home_of_another_size() -> None:
    assert 90 < len(read(announcements(0.1))) < 120
