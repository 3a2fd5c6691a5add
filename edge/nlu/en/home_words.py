"""The English words for features, units, states and measurements of a home, and the verbs of its commands."""

from typing import Final

UNITS: Final = {
    "%": "percent",
    "°C": "degrees",
    "°F": "degrees Fahrenheit",
    "K": "kelvin",
    "W": "watts",
    "kW": "kilowatts",
    "Wh": "watt hours",
    "kWh": "kilowatt hours",
    "V": "volts",
    "A": "amps",
    "lx": "lux",
    "hPa": "hectopascals",
    "bar": "bar",
    "ppm": "parts per million",
    "ppb": "parts per billion",
    "µg/m³": "micrograms per cubic metre",
    "m³": "cubic metres",
    "L": "litres",
    "mm": "millimetres",
    "m/s": "metres per second",
    "km/h": "kilometres per hour",
    "h": "hours",
    "min": "minutes",
    "s": "seconds",
    "dB": "decibels",
    "dBm": "dBm",
}
FEATURES: Final = {
    "brightness": "brightness",
    "colour": "colour",
    "colour-temperature": "colour",
    "effect": "effect",
    "fan-mode": "fan",
    "mode": "mode",
    "position": "position",
    "preset": "mode",
    "speed": "speed",
    "target-humidity": "humidity",
    "target-temperature": "temperature",
    "tilt": "slats",
    "value": "value",
    "volume": "volume",
    "oscillation": "oscillation",
}
UNABLE: Final = {
    "arm_away": "arm {name} for when you are away",
    "arm_custom_bypass": "arm {name} with a bypass",
    "arm_home": "arm {name} for when you are at home",
    "arm_night": "arm {name} for the night",
    "arm_vacation": "arm {name} for your holidays",
    "dock": "send {name} back",
    "locate": "locate {name}",
    "pause": "pause {name}",
    "spot": "let {name} clean one spot",
    "start": "start {name}",
    "stop": "stop {name}",
    "trigger": "set off {name}",
}
"""What cannot be done, behind "I can't"."""

NUMBERS: Final = frozenset(
    {"brightness", "position", "speed", "target-humidity", "target-temperature", "tilt", "value", "volume"}
)
MOVES: Final = {"open": "Opening", "close": "Closing", "stop": "Stopping"}
LOCKS: Final = {"lock": "Locking", "unlock": "Unlocking", "open": "Opening"}
ACTIVITIES: Final = {
    "start": "{name} is starting.",
    "pause": "{name} paused.",
    "stop": "{name} stopped.",
    "dock": "{name} is going back to its dock.",
    "locate": "{name} is making itself heard.",
    "spot": "{name} is cleaning this spot.",
}
PLAYBACK: Final = {
    "play": "{name} is playing.",
    "pause": "{name} paused.",
    "stop": "{name} stopped.",
    "next": "Next on {name}.",
    "previous": "Back to the one before on {name}.",
}
ALARMS: Final = {"disarm": "{name} disarmed.", "trigger": "{name} triggered."}
REALLY: Final = {
    ("lock", "unlock"): "unlock",
    ("lock", "open"): "open",
    ("alarm", "disarm"): "disarm",
    ("alarm", "trigger"): "set off",
    ("alarm", "arm_away"): "arm",
    ("alarm", "arm_home"): "arm",
    ("alarm", "arm_night"): "arm",
    ("alarm", "arm_vacation"): "arm",
    ("activity", "start"): "start",
    ("activity", "stop"): "stop",
    ("activity", "pause"): "pause",
    ("lock", "lock"): "lock",
    ("movement", "open"): "open",
    ("movement", "close"): "close",
    ("movement", "stop"): "stop",
}
BINARY: Final = {
    "battery": ("low", "fine"),
    "carbon_monoxide": ("detecting carbon monoxide", "clear"),
    "cold": ("cold", "not cold"),
    "connectivity": ("connected", "not connected"),
    "door": ("open", "closed"),
    "garage_door": ("open", "closed"),
    "gas": ("detecting gas", "clear"),
    "lock": ("unlocked", "locked"),
    "moisture": ("wet", "dry"),
    "motion": ("detecting motion", "quiet"),
    "moving": ("moving", "not moving"),
    "occupancy": ("occupied", "clear"),
    "opening": ("open", "closed"),
    "plug": ("plugged in", "unplugged"),
    "power": ("powered", "without power"),
    "presence": ("occupied", "clear"),
    "problem": ("reporting a problem", "fine"),
    "running": ("running", "not running"),
    "safety": ("unsafe", "safe"),
    "smoke": ("detecting smoke", "clear"),
    "sound": ("detecting sound", "quiet"),
    "tamper": ("reporting tampering", "fine"),
    "vibration": ("vibrating", "still"),
    "window": ("open", "closed"),
}
MEASURES: Final = {
    "temperature": "temperature",
    "humidity": "humidity",
    "power": "power",
    "energy": "energy",
    "battery": "battery",
    "illuminance": "brightness",
    "carbon_dioxide": "carbon dioxide",
    "pressure": "pressure",
    "moisture": "moisture",
    "voltage": "voltage",
    "current": "current",
    "pm25": "fine dust",
    "aqi": "air quality",
    "signal_strength": "signal",
    "water": "water",
    "gas": "gas",
}
"""Home Assistant's device classes that people ask for, and their names."""

TRACKED: Final = frozenset(
    [
        "android",
        "ble",
        "bluetooth",
        "iphone",
        "keys",
        "mobile",
        "phone",
        "pixel",
        "tag",
        "tile",
        "tracker",
        "watch",
        "wallet",
    ]
)

VERB_OF: Final = {
    "turning": "turn", "switching": "switch", "putting": "put", "shutting": "shut", "opening": "open",
    "closing": "close", "raising": "raise", "lowering": "lower", "locking": "lock", "dimming": "dim",
    "setting": "set", "making": "make", "starting": "start", "stopping": "stop", "brightening": "brighten",
}  # fmt: skip
"""The verb of a gerund that begins a command: "turning off the light"."""
