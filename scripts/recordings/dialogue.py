"""The recordings of `edge/bench/recordings`: the demo, commands, the wake word, and what is neither."""

from typing import Any

from scripts.recordings.take import ONE_BREATH, Take

NO_LIGHTS = "I don't control any lights yet. You can add them in my settings."


def dialogue(name: str, text: str, *, intent: str | None, reply: str | None = None, **how: Any) -> Take:
    """A turn of the demo: time to settle before it, and a second of silence for the endpoint after it."""
    expect = {"transcript": text, "intent": intent, "reply": reply}
    return Take(name, text, lead_ms=900, tail_ms=1000, expect=expect, **how)


DIALOGUE = (
    dialogue("01-time", "What time is it?", intent="HassGetCurrentTime", pause_ms=250),
    dialogue(
        "02-set-timer",
        "Set a timer for ten minutes.",
        intent="HassStartTimer",
        reply="Timer set for 10 minutes.",
        pause_ms=ONE_BREATH,
        speed=0.95,
        pitch=1.06,
    ),
    dialogue(
        "03-timer-left",
        "How much time is left on the timer?",
        intent="HassTimerStatus",
        voice="joe",
        speed=1.05,
        pitch=0.95,
        pause_ms=300,
    ),
    dialogue(
        "04-cancel-timer",
        "Cancel the timer.",
        intent="HassCancelTimer",
        reply="10 minute timer cancelled.",
        voice="joe",
        extra={"follow_up": True},
    ),
    dialogue(
        "05-volume",
        "Set the volume to forty percent.",
        intent="HassSetVolume",
        reply="Volume 40 percent.",
        pause_ms=ONE_BREATH,
        pitch=0.9,
    ),
    dialogue(
        "06-light-on", "Turn on the kitchen light.", intent="HassTurnOn", reply=NO_LIGHTS, pause_ms=150, pitch=0.9
    ),
    dialogue("07-never-mind", "Never mind.", intent="HassNevermind", pause_ms=400, pitch=0.9),
    dialogue("08-story", "Tell me a story about a mouse.", intent=None, pause_ms=300, pitch=1.05),
    dialogue("09-poem", "Write a poem about the sea.", intent=None, speed=0.95, pause_ms=150),
)

_COMMANDS = (
    ("turn-off-living-room", "Turn off the lights in the living room.", "heart", 1.0, 1.0),
    ("set-brightness", "Set the bedroom light to fifty percent.", "heart", 0.95, 0.95),
    ("pause-timer", "Pause the timer.", "heart", 1.0, 0.9),
    ("timer-pasta", "Set a timer for twelve minutes for the pasta.", "joe", 1.05, 1.0),
    ("alarm", "Wake me up at seven thirty tomorrow morning.", "heart", 1.1, 1.0),
    ("what-day", "What day is it today?", "joe", 1.0, 1.0),
    ("volume-up", "Turn the volume up.", "heart", 0.95, 1.05),
    ("stop", "Stop.", "heart", 1.0, 1.0),
    ("repeat", "Can you repeat that, please?", "joe", 0.95, 1.0),
    ("open-blinds", "Open the blinds in the office.", "heart", 1.05, 0.92),
    ("temperature", "What is the temperature in the bedroom?", "heart", 1.0, 1.08),
    ("weather", "Is it going to rain this afternoon?", "joe", 1.0, 0.95),
)
COMMANDS = tuple(Take(f"command-{n}", t, voice=v, speed=s, pitch=p) for n, t, v, s, p in _COMMANDS)

_WAKES = (("heart", 0.85, 1.0), ("heart", 1.15, 1.0), ("heart", 1.0, 0.85), ("heart", 1.0, 1.1), ("joe", 1.0, 1.0))
WAKES = tuple(
    Take(f"wake-{i}", "", voice=v, speed=s, pitch=p, pause_ms=0, lead_ms=700, tail_ms=700)
    for i, (v, s, p) in enumerate(_WAKES, 1)
)

_NEGATIVES = (
    ("recipe", "Mix the flour with the butter until it feels like sand.", "heart"),
    ("exam", "Call the exam office about the election results.", "joe"),
    ("news", "The library will stay open until nine on weekdays.", "joe"),
    ("letter", "A relaxed walk, a letter, and then a long lunch.", "heart"),
)
NEGATIVES = tuple(Take(f"negative-{n}", t, voice=v, lead_ms=400, tail_ms=300) for n, t, v in _NEGATIVES)

PARTS = {"dialogue": DIALOGUE, "command": COMMANDS, "wake": WAKES, "negative": NEGATIVES}
