"""What people write into a settings file by mistake, and what they are told to write instead."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.errors import SettingsError
from edge.runtime.config_file import load_settings
from edge.runtime.settings_mistakes import not_toml

BROKER = '[mqtt]\nhost = "broker.local"\n'
LAMP = BROKER + '[[home.entities]]\nname = "Lamp"\ntopic = "lamp/set"\n'

MISTAKES = {
    "[mqtt]\nhost = broker.local\n": '2: a text stands in quotes: host = "..."',
    "[device]\nname = Kitchen speaker\n": '2: a text stands in quotes: name = "..."',
    "[audio]\nvolume = 50%\n": "2: volume: a number has no unit",
    "[mqtt]\nport = 01883\n": "2: port: a number has no unit and no leading zero",
    '[mqtt]\nhost: "broker"\n': "2: write host = ..., with = instead of :",
    "mqtt:\n  host: broker\n": "1: write a section as [mqtt]",
    "[mqtt]\nhost == 'a'\n": "2: write host = ..., with one =",
    "[mqtt]\ntls = True\n": "2: write tls = true or tls = false",
    "[mqtt]\ntls = yes\n": "2: write tls = true or tls = false",
    "[mqtt]\nhost =\n": "2: host has no value: leave the line out for the default",
    '[device]\nname = "Kitchen\n': "2: a text has no quote at its end",
    '[device]\nname = """Kitchen\n': ": a text has no quotes at its end",
    "[device]\nname = \u201cKitchen\u201d\n": '2: a text stands in straight quotes: "..."',
    '[tts]\nmodel = "C:\\voices\\x.onnx"\n': "2: a text with \\ stands in single quotes",
    '[route]\nsentences = "a", "b"\n': '2: one text only; several stand in a list: sentences = ["...", "..."]',
    '[route]\nsentences = ["a.yaml"\n[mqtt]\n': "3: a list has no ] at its end",
    '[mqtt\nhost = "b"\n': "1: a header has no ] at its end",
    "[[home.entities]\n": "1: a header has no ]] at its end",
    "// hello\n": "1: a line is a [section], key = value, or a comment",
    BROKER + "[mqtt]\nport = 1\n": "3: the section [mqtt] is there already",
    BROKER + 'host = "c"\n': "3: host is set already",
    LAMP + '[home.entities]\nname = "Bulb"\n': "6: write [[home.entities]], as for the others",
    "a = " + "[" * 5000 + "\n": ": too many brackets",
    'host = "broker"\n': "1: host stands in no section; it belongs below [mqtt]",
    "[turn]\nring_minutes = 3\n": "2: unknown key turn.ring_minutes; it belongs below [home]",
    '[MQTT]\nhost = "b"\n': "1: unknown section [MQTT], did you mean 'mqtt'?",
    '[audio]\nvolume = "50%"\n': "2: audio.volume: must be a whole number (it is '50%')",
    "[audio]\nvolume = 1.5\n": "2: audio.volume: must be a whole number",
    '[audio]\ninput = ["USB"]\n': "2: audio.input: must be a part of the device's name",
    "[audio]\noutput = -1\n": "2: audio.output: must be a part of the device's name",
    "[audio]\noutput = true\n": "2: audio.output: must be a part of the device's name",
    '[wake]\nwords = ["alexa"]\n': "2: wake.words: must be a section: [wake.words]",
    '[wake.words]\nalexa = "alexa"\n': "2: wake.words.alexa: must be a section: [wake.words.alexa]",
    BROKER + '[home.entities]\nname = "Lamp"\n': "3: home.entities: must be a list of sections: [[home.entities]]",
    '[route]\nsentences = "a.yaml"\n': "2: route.sentences: must be a list",
    '[device]\nlanguage = "german"\n': "2: device.language: must be a code of two or three small letters",
    '[mqtt]\nhost = "h"\ntls = true\nca_file = "a\\u0000b"\n': "4: mqtt.ca_file: has a NUL character",
    "[device]\nname = 5\n": "2: device.name: must be a text in quotes",
    "[device]\nname = ''\n": "2: device.name: must not be empty",
    BROKER + '[[home.entities]]\nname = "Lamp"\n': "3: home.entities[0].topic: is missing",
}


def mistakes(text: str, folder: Path, environment: dict[str, str] | None = None) -> tuple[str, ...]:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(path, environment or {})
    return tuple(one.removeprefix(f"{path}:") for one in caught.value.mistakes)


@pytest.mark.parametrize(("text", "said"), MISTAKES.items())
def test_the_line_and_what_to_write_there_are_named(text: str, said: str, tmp_path: Path) -> None:
    (mistake,) = mistakes(text, tmp_path)
    assert mistake.startswith(said.removeprefix(":"))


def test_a_section_that_only_the_environment_names_is_placed_there(tmp_path: Path) -> None:
    assert "EDGE_VOICE__NO__X: unknown section [no]" in mistakes("", tmp_path, {"EDGE_VOICE__NO__X": "1"})


@pytest.mark.parametrize(
    "line", ["password = hunter2", 'password = "hunter2', "password: hunter2", "password == hunter2"]
)
def test_a_secret_in_a_file_that_is_not_toml_is_not_repeated(line: str, tmp_path: Path) -> None:
    assert "hunter2" not in str(mistakes(f"[mqtt]\n{line}\n", tmp_path))


@given(st.text(), st.integers(0, 50))
def test_any_message_about_any_text_has_words(text: str, line: int) -> None:
    for message in ("Invalid value", "Cannot declare ('x',) twice", "Something new", "Illegal character '\\n'"):
        assert not_toml(f"{message} (at line {line}, column 3)", text)[1]
    assert not_toml("Something new", text) == (None, "Something new")
