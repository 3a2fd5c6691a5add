"""What the speaker says about itself and to small talk. See `edge.nlu.replies`."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from edge import __version__
from edge.settings import Escalate

ABOUT_ITSELF: Final = {
    "edge:hello": "Hello.",
    "edge:okay": "Okay.",
    "edge:abilities": (
        "You can ask me for the time or the date, set timers, alarms and reminders, change the volume, switch your"
        " lights, or just ask me something."
    ),
    "edge:help": (
        "If this is an emergency, call 112, 911 or 999 from a phone: I can't call anyone. To hear what I can do, ask:"
        " what can you do?"
    ),
    "edge:identity": f"I'm edge-voice, version {__version__}: a computer program and no person.",
    "edge:version": f"I'm edge-voice, version {__version__}.",
    "edge:good-morning": "Good morning.",
    "edge:good-afternoon": "Good afternoon.",
    "edge:good-evening": "Good evening.",
    "edge:good-night": "Good night.",
    "edge:goodbye": "Goodbye.",
    "edge:welcome-back": "Welcome back.",
    "edge:how-are-you": "I'm only a program, but thank you for asking.",
    "edge:program": "I'm a computer program.",
    "edge:no-feelings": "I'm only a program. I have no feelings and no favorites.",
    "edge:pleased": "Nice to meet you too.",
    "edge:praise": "Thank you.",
    "edge:wishes": "Thank you, the same to you.",
    "edge:blame": "I'm sorry.",
    "edge:forgiven": "That's all right.",
    "edge:present": "Yes, I'm here.",
    "edge:no-singing": "I can't sing.",
    "edge:secret": "I can't keep codes or passwords, and I never tell one.",
    "edge:emergency": "I can't call anyone. Call 112, 911 or 999 from a phone.",
    "edge:despair": (
        "I'm sorry that you feel this way. You don't have to be alone with it. From a phone you can call 988 in"
        " America, 116 123 in Britain and Ireland, or 112 in Europe."
    ),
}

JOKES: Final = (
    "Why don't eggs tell jokes? They would crack each other up.",
    "What do you call a bear without teeth? A gummy bear.",
    "Why did the bicycle fall over? It was two tired.",
    "What does a cloud wear under its coat? Thunderwear.",
    "Why was the math book sad? It had too many problems.",
    "What do you call cheese that is not yours? Nacho cheese.",
    "Why can't you trust stairs? They are always up to something.",
)

_HEARS: Final = (
    "I listen for my wake word. I hear and speak on this device without the internet, and sound never leaves it."
)
_MUTE: Final = "The command edge-voice mute on switches my microphone off."
SENDS: Final[Mapping[Escalate, str]] = {
    "never": "No question goes to a cloud.",
    "ask": "A question goes to a cloud only if you say yes when I ask.",
    "hard-only": "The text of a question that your home cannot answer goes to a cloud.",
    "prefer": "The text of your questions goes to a cloud, your commands don't.",
}
"""What goes to a cloud, by the escalation mode; "never" without a cloud."""


def about_itself(topic: str, now: datetime) -> str | None:
    """See `Replies.about_itself`. Each minute has its joke."""
    if topic == "edge:joke":
        return JOKES[now.minute % len(JOKES)]
    return ABOUT_ITSELF.get(topic)


def listening(sends: Escalate | None) -> str:
    """See `Replies.listening`."""
    return f"{_HEARS} {_MUTE}" if sends is None else f"{_HEARS} {SENDS[sends]} {_MUTE}"


def model(name: str | None, sends: Escalate | None) -> str:
    """See `Replies.model`."""
    said = (
        "No language model is open." if name is None else f"The language model in your home is {_spoken_model(name)}."
    )
    return said if sends is None else f"{said} {SENDS[sends]}"


def _spoken_model(name: str) -> str:
    """The name of a model or of its file, "qwen2.5-coder-1.5b", as it is said."""
    return re.sub(r"[-_:/]+", " ", name.removesuffix(".gguf"))
