"""A home with some of everything that announces itself, and devices that answer."""

from collections.abc import Mapping
from typing import Any

from tests.fakes.home_broker import HomeBroker

CLIMATE = {
    "temperature_command_topic": "heat/set",
    "temperature_state_topic": "heat/state",
    "modes": ["off", "heat"],
    "mode_command_topic": "heat/mode",
    "mode_state_topic": "heat/modes",
}
THINGS: Mapping[str, tuple[str, str, str, dict[str, Any]]] = {
    "lamp": (
        "light",
        "Lamp",
        "Kitchen",
        {"brightness_command_topic": "lamp/bri", "brightness_state_topic": "lamp/bris"},
    ),
    "spot": ("light", "Spot", "Hall", {"rgb_command_topic": "spot/rgb"}),
    "door": ("lock", "Front door", "Hall", {}),
    "garage": ("cover", "Garage door", "Garage", {"device_class": "garage"}),
    "blind": ("cover", "Blind", "Kitchen", {"position_topic": "blind/pos", "set_position_topic": "blind/setpos"}),
    "gate": ("switch", "Gate", "Garden", {}),
    "siren": ("siren", "Siren", "Hall", {}),
    "alarm": ("alarm_control_panel", "Alarm", "Hall", {}),
    "warm": ("sensor", "Warm", "Kitchen", {"device_class": "temperature", "unit_of_measurement": "°C"}),
    "win": ("binary_sensor", "Window", "Kitchen", {"device_class": "window"}),
    "alex": ("device_tracker", "Alex phone", "", {}),
    "heat": ("climate", "Heating", "Kitchen", CLIMATE),
}
"""By base topic: component, name, room, and more keys."""

ECHO = {
    "lamp/set": "lamp/state",
    "lamp/bri": "lamp/bris",
    "gate/set": "gate/state",
    "siren/set": "siren/state",
    "heat/set": "heat/state",
}
ANSWERS = {
    ("door/set", "LOCK"): ("door/state", "LOCKED"),
    ("door/set", "UNLOCK"): ("door/state", "UNLOCKED"),
    ("blind/set", "OPEN"): ("blind/state", "opening"),
    ("blind/set", "CLOSE"): ("blind/state", "closing"),
    ("garage/set", "OPEN"): ("garage/state", "opening"),
    ("spot/set", "ON"): ("spot/state", "ON"),
}


def answers(topic: str, payload: str) -> Mapping[str, str]:
    """What the devices report after a command."""
    if topic in ECHO:
        return {ECHO[topic]: payload}
    answer = ANSWERS.get((topic, payload))
    return {} if answer is None else dict([answer])


async def announced_home() -> HomeBroker:
    broker = HomeBroker()
    for base, (component, name, room, more) in THINGS.items():
        config = {
            "name": name,
            "unique_id": base,
            "command_topic": f"{base}/set",
            "state_topic": f"{base}/state",
            "availability_topic": f"{base}/up",
            "device": {"identifiers": [base], "suggested_area": room},
            **more,
        }
        await broker.keep(f"homeassistant/{component}/{base}/config", config)
    await broker.keep("lamp/state", "OFF")
    await broker.keep("spot/state", "ON")
    broker.devices.append(answers)
    return broker
