"""A home of many entities with names as people give them, for measurements."""

import itertools

from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity

_ROOMS = (
    "Living Room", "Kitchen", "Bedroom", "Hall", "Office", "Bathroom", "Garage", "Attic", "Basement", "Dining Room",
    "Nursery", "Guest Room", "Laundry Room", "Pantry", "Library", "Conservatory", "Workshop", "Gym", "Cinema", "Porch",
    "Front Yard", "Back Garden", "Pool House", "Wine Cellar", "Study", "Loft", "Sauna", "Stairwell", "Emma's Room",
    "Noah's Room", "Master Bedroom", "Ensuite", "Utility Room", "Boot Room", "Terrace", "Balcony", "Greenhouse",
    "Mud Room", "Playroom", "Music Room",
)  # fmt: skip
_KINDS = (
    ("ceiling light", "light"), ("floor lamp", "light"), ("spotlights", "light"), ("LED strip", "light"),
    ("bedside lamp 2", "light"), ("socket", "switch"), ("coffee machine", "switch"), ("heater plug", "switch"),
    ("left blind", "cover"), ("curtain", "cover"), ("roller shutter", "cover"), ("fan", "fan"),
    ("radiator", "climate"), ("air conditioner", "climate"), ("TV", "media_player"), ("speaker", "media_player"),
    ("temperature", "sensor"), ("humidity", "sensor"), ("window", "binary_sensor"), ("motion", "binary_sensor"),
    ("door lock", "lock"), ("evening scene", "scene"), ("cleaning routine", "script"), ("Wi-Fi", "switch"),
    ("robot", "vacuum"),
)  # fmt: skip


def home_of(count: int) -> HomeNames:
    """A home of `count` entities, a third of them with an alias, in as many rooms as it takes."""
    rooms = _ROOMS[: max(2, min(len(_ROOMS), count // 10))]
    names = [(f"{room} {what}", domain, room) for (what, domain), room in itertools.product(_KINDS, rooms)]
    step = max(1, len(names) // count)
    chosen = names[::step][:count]
    entities = tuple(
        NamedEntity(name, domain, (f"the {name.split()[-1]} in {room}",) if number % 3 == 0 else (), room)
        for number, (name, domain, room) in enumerate(chosen)
    )
    floors = (NamedArea("Ground floor", ("downstairs",)), NamedArea("2nd floor", ("upstairs",)))
    return HomeNames(entities, tuple(NamedArea(room) for room in rooms), floors, rooms[0])
