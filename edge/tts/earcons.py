"""The earcons, made by `scripts/make_earcons.py`."""

from functools import cache
from importlib import resources
from typing import Literal

from edge.events import Speech

Earcon = Literal["listening", "done", "nothing", "error", "ring", "muted", "unmuted", "announcement"]


@cache
def load_earcon(name: Earcon) -> Speech:
    """The sound of an earcon.

    "nothing": nothing was heard; "ring" lasts two seconds and is repeated; "muted": the microphone is off;
    "announcement": a text follows that was not asked for.
    """
    import soundfile

    sound = resources.files("edge.tts") / "earcon_sounds" / f"{name}.flac"
    with resources.as_file(
        sound
    ) as path:  # a path: soundfile reads other objects through callbacks, which the sandbox forbids
        samples, rate_hz = soundfile.read(path, dtype="float32")
    samples.flags.writeable = False
    return Speech(samples, rate_hz)
