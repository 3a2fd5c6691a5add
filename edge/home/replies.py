"""Everything the home says, in one place. Short, in whole sentences, true."""

from typing import Final

YOU_ARE_WELCOME: Final = "You're welcome."
HELP: Final = (
    "You can ask me for the time or the date, set timers and alarms, change the volume, switch your lights,"
    " or just ask me something."
)
PRIVACY: Final = (
    "I listen for my wake word, and sound never leaves this device. The text of a hard question may go to the cloud,"
    " if your settings allow it."
)
HELLO: Final = "Hello."
MAKER: Final = "I'm edge-voice, an open source speaker."
ABOUT_ITSELF: Final = {"edge:hello": HELLO, "edge:help": HELP, "edge:maker": MAKER, "edge:privacy": PRIVACY}
"""By the slot `response` of HassRespond."""

NOTHING_TO_REPEAT: Final = "I haven't said anything yet."
FAILED: Final = "Sorry, that didn't work."
NOT_KNOWN: Final = "I don't know how to do that yet."

AT_MAX_VOLUME: Final = "That's as loud as I get."
AT_MIN_VOLUME: Final = "That's as quiet as I get."
ONLY_MY_VOLUME: Final = "I can only change my own volume."

HOW_LONG: Final = "For how long? Say, for example, set a timer for ten minutes."
TIMER_TOO_LONG: Final = "A timer can run for at most seven days."
TIMER_TOO_SHORT: Final = "A timer needs at least one second."
TOO_MANY_TIMERS: Final = "I can't keep any more timers."
NO_TIMERS: Final = "No timer is running."
ALL_TIMERS_CANCELLED: Final = "All timers cancelled."

WHAT_TIME: Final = "For what time? Say, for example, set an alarm for seven AM."
TOO_MANY_ALARMS: Final = "I can't keep any more alarms."
ALREADY_PAST: Final = "That time has already passed today."
NO_ALARMS: Final = "No alarm is set."
ALL_ALARMS_CANCELLED: Final = "All alarms cancelled."

NOTHING_RINGS: Final = "Timers and alarms need the running speaker."

HOME_UNREACHABLE: Final = "I can't reach the home right now."
STATE_UNKNOWN: Final = "I can't see that yet. I can only switch things."
NO_COLOURS: Final = "I can't change the colour of lights yet, only their brightness."
HOW_BRIGHT: Final = "How bright? Say, for example, dim the light to 30 percent."
HOW_FAST: Final = "How fast? Say, for example, set the fan to 50 percent."
HOW_WARM: Final = "How warm? Say, for example, set the temperature to 21 degrees."
WHICH_ONE: Final = "Which one? Say its name or its room."

UNSUPPORTED: Final = {
    "music": "I can't play music yet.",
    "lists": "I can't keep lists yet.",
    "reminders": "I can't do reminders yet, but I can set a timer or an alarm.",
    "microphone": "I can't switch my microphone by voice yet.",
    "snooze": "I can't snooze yet, but I can set a timer.",
    "calls": "I can't make calls or send messages.",
    "later": "I can only do that right away, not later.",
}
"""By the slot `what` of EdgeUnsupported."""

_PLAYERS = "I can't control what is playing yet."
_LISTS = "I can't keep lists yet."
_SHOPPING_LISTS = "I can't keep shopping lists yet."
_LAWN_MOWERS = "I can't control lawn mowers yet."
_VACUUMS = "I can't control vacuum cleaners yet."

NOT_YET: Final = {
    "HassBroadcast": "I can't make announcements yet.",
    "HassClimateSetFanMode": "I can't set how the heating's fan runs yet.",
    "HassGetWeather": "I can't look up the weather yet.",
    "HassLawnMowerDock": _LAWN_MOWERS,
    "HassLawnMowerStartMowing": _LAWN_MOWERS,
    "HassListAddItem": _LISTS,
    "HassListCompleteItem": _LISTS,
    "HassListRemoveItem": _LISTS,
    "HassMediaNext": _PLAYERS,
    "HassMediaPause": _PLAYERS,
    "HassMediaPrevious": _PLAYERS,
    "HassMediaSearchAndPlay": UNSUPPORTED["music"],
    "HassMediaUnpause": _PLAYERS,
    "HassShoppingListAddItem": _SHOPPING_LISTS,
    "HassShoppingListCompleteItem": _SHOPPING_LISTS,
    "HassVacuumCleanArea": _VACUUMS,
    "HassVacuumReturnToBase": _VACUUMS,
    "HassVacuumStart": _VACUUMS,
}
"""What Home Assistant's sentences may ask for and nothing here can do, by intent."""

KINDS: Final = {
    "light": "lights",
    "switch": "devices",
    "fan": "fans",
    "cover": "blinds or doors",
    "lock": "locks",
    "scene": "scenes",
    "script": "scenes",
    "climate": "heating",
    "media_player": "players",
    "everything": "devices",
}
NONE_CONFIGURED: Final = {
    domain: f"I don't control any {kind} yet. You can add them in my settings." for domain, kind in KINDS.items()
}

FIXED: Final = frozenset(
    [
        *(value for name, value in list(globals().items()) if name.isupper() and isinstance(value, str)),
        *UNSUPPORTED.values(),
        *NOT_YET.values(),
        *NONE_CONFIGURED.values(),
    ]
)
"""The sentences that never change: worth caching as speech."""
