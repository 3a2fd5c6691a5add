"""Commands from the broker are checked byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.control import Command, Mute, Say, SetVolume, Stop, checks
from edge.control import mqtt as commands
from edge.errors import ControlError


@pytest.mark.parametrize(
    ("name", "payload", "command"),
    [
        ("stop", b"", Stop()),
        ("stop", b"PRESS", Stop()),
        ("volume", b"0", SetVolume(0)),
        ("volume", b"100", SetVolume(100)),
        ("mute", b"ON", Mute(True)),
        ("mute", b"OFF", Mute(False)),
        ("say", b"  Dinner is ready.\n", Say("Dinner is ready.")),
        ("say", "Grüß Gott".encode(), Say("Grüß Gott")),
    ],
)
def test_a_command_is_understood(name: str, payload: bytes, command: Command) -> None:
    assert commands.parse(name, payload) == command


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("stop", b"now"),
        ("volume", b""),
        ("volume", b"101"),
        ("volume", b"-1"),
        ("volume", b"5.0"),
        ("volume", b" 5"),
        ("volume", "\N{ARABIC-INDIC DIGIT FIVE}".encode()),
        ("volume", b"5\n"),
        ("mute", b"on"),
        ("mute", b"1"),
        ("say", b""),
        ("say", b" \n "),
        ("say", b"\xff"),
        ("say", b"bell \x07"),
        ("say", b"x" * 501),
        ("say", b"x" * 3000),
        ("stop", b"x" * 3000),
        ("shutdown", b""),
        ("", b""),
    ],
)
def test_anything_else_is_refused(name: str, payload: bytes) -> None:
    with pytest.raises(ControlError) as caught:
        commands.parse(name, payload)
    assert caught.value.code in {"command-invalid", "command-unknown"}


def test_a_retained_command_is_refused() -> None:
    with pytest.raises(ControlError, match="retained"):
        commands.parse("stop", b"", retained=True)


def outcome(name: str, payload: bytes) -> Command | ControlError:
    try:
        return commands.parse(name, payload)
    except ControlError as error:
        return error


@given(name=st.sampled_from([*commands.NAMES, "other"]) | st.text(), payload=st.binary(max_size=3000))
def test_any_bytes_are_a_command_or_an_error_that_does_not_repeat_them(name: str, payload: bytes) -> None:
    result = outcome(name, payload)
    assert isinstance(result, ControlError) or name in commands.NAMES
    assert len(payload) <= 20 or payload.decode("latin-1") not in str(result) or isinstance(result, Say)


@given(text=st.text(min_size=1, max_size=checks.MAX_SAY_CHARS))
def test_what_is_said_is_never_empty_long_or_with_control_characters(text: str) -> None:
    result = outcome("say", text.encode("utf-8", "surrogatepass"))
    if isinstance(result, Say):
        assert 1 <= len(result.text) <= checks.MAX_SAY_CHARS
        assert "\x1b" not in result.text
