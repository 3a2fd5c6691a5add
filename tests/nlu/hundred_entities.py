"""A home of a hundred entities as people name them: rooms, brands, people, scenes."""

from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity

_ROOMS = """
    Kitchen, Living room, Dining room, Bedroom, Guest room, Bathroom, Hallway, Office, Nursery, Garage, Attic, Cellar,
    Garden, Balcony, Laundry, Zenithium, Genkan, Stüberl
"""

_ENTITIES = {
    "light": """
        Kitchen light, Kitchen counter light, Dining table lamp, Living room lamp, Living room ceiling light,
        Reading lamp,
        Bedside lamp left, Bedside lamp right, Bedroom light, Hallway light,
        Stairs light, Office desk lamp, Office light,
        Attic light, Cellar light, Garage light, Balcony light, Garden lights, Porch light, Bathroom mirror light,
        Bathroom light, Nursery night light, Christmas tree lights, Lava lamp, Wardrobe light, Xochitl's lamp,
        Siobhan's lamp, Joaquín's lamp, Björn's lamp, Nguyen's lamp, Nanoleaf, Govee strip, Ikea Trådfri, Lightify,
        Hue Iris, Playbar light
    """,
    "switch": """
        Coffee machine, Espresso machine, Kettle, Dishwasher, Washing machine, Dryer, Printer, Aquarium pump, Pond pump,
        Sprinkler, Router plug, Meross plug, Tapo plug, Shelly plug, Sonoff switch, De'Longhi, Xiaomi purifier,
        Dyson purifier, Miele oven, Fountain, Heating blanket, Towel rail
    """,
    "cover": """
        Kitchen blind, Living room blinds, Bedroom shutters, Office blind, Awning, Garage door, Garden gate,
        Velux window, Nursery curtain, Somfy shade
    """,
    "fan": "Ceiling fan, Bathroom fan, Office fan, Vornado",
    "lock": "Front door, Back door, Cellar door, Yale lock, Nuki",
    "climate": "Thermostat, Bedroom radiator, Tado, Netatmo valve",
    "media_player": "TV, Kitchen radio, Sonos, Chromecast, Bedroom speaker, Denon receiver",
    "scene": "Movie night, Good morning, Romantic dinner, Party time, Hygge",
    "script": "Bedtime, Leaving home, Khruangbin, Sigur Rós",
    "vacuum": "Roborock, Rosie",
}


def _listed(text: str) -> list[str]:
    return [" ".join(name.split()) for name in text.split(",")]


HUNDRED = HomeNames(
    entities=tuple(NamedEntity(name, domain) for domain, names in _ENTITIES.items() for name in _listed(names)),
    areas=tuple(NamedArea(name) for name in _listed(_ROOMS)),
    here="Living room",
)
