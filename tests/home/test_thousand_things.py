from edge.home.naming import with_names
from edge.nlu import open_language
from tests.home.thousand_things import ROOMS, announcements, read


def test_a_home_of_a_thousand_things_is_read_and_each_thing_has_an_id_and_a_name() -> None:
    entities = read(announcements())
    assert len(entities) > 1000
    assert len({entity.id for entity in entities}) == len(entities)
    named = with_names(entities, ROOMS, open_language("en"))
    assert all(entity.name for entity in named)
    assert sum(entity.spoken for entity in named) > 600
