"""What comes in on `command/<name>`: short, checked byte for byte, never trusted. Pure."""

import re
import unicodedata

from edge.errors import HomeError
from edge.telemetry import Command, Mute, Say, SetVolume, Stop

MAX_BYTES = 2048
"""A longer payload is refused before it is looked at."""

MAX_TEXT = 500
"""Characters of a text to say: about half a minute of speech."""

NAMES = ("mute", "say", "stop", "volume")


def parse(name: str, payload: bytes, *, retained: bool = False) -> Command:
    """The command that a message spells; raises `HomeError` "command-unknown" or "command-invalid".

    stop: nothing, or `PRESS` (Home Assistant's button). volume: 0 to 100 in digits. mute: `ON` or `OFF`.
    say: UTF-8 text, 1 to `MAX_TEXT` characters. A retained command is refused: it would be carried out again at every
    connection. The payload is never part of an error.
    """
    if retained:
        raise HomeError("command-invalid", "a command came retained", "publish commands without the retain flag")
    if len(payload) > MAX_BYTES:
        raise _invalid(name if name in NAMES else "command", f"at most {MAX_BYTES} bytes")
    match name:
        case "stop":
            if payload not in {b"", b"PRESS"}:
                raise _invalid(name, "nothing, or PRESS")
            return Stop()
        case "volume":
            if not re.fullmatch(rb"[0-9]{1,3}", payload) or int(payload) > 100:  # noqa: PLR2004 - percent
                raise _invalid(name, "a whole number from 0 to 100")
            return SetVolume(int(payload))
        case "mute":
            if payload not in {b"ON", b"OFF"}:
                raise _invalid(name, "ON or OFF")
            return Mute(payload == b"ON")
        case "say":
            return Say(_spoken(payload))
        case _:
            raise HomeError("command-unknown", "a message came on a command topic that has no meaning", _hint())


def _spoken(payload: bytes) -> str:
    try:
        text = payload.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise _invalid("say", "UTF-8 text") from None
    if not 1 <= len(text) <= MAX_TEXT:
        raise _invalid("say", f"1 to {MAX_TEXT} characters")
    if any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text):
        raise _invalid("say", "text without control characters")
    return text


def _invalid(name: str, wanted: str) -> HomeError:
    return HomeError("command-invalid", f"command/{name} takes {wanted}", _hint())


def _hint() -> str:
    return f"commands are {', '.join(NAMES)}; see docs/mqtt.md"
