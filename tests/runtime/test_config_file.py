from pathlib import Path

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.errors import SettingsError
from edge.runtime.config_file import load_settings
from edge.settings import Settings

FIVE_MISTAKES = """\
[device]
id = "Kitchen!"

[wake]
engin = "openwakeword"

[wake.words.alexa]
model = "alexa"
threshold = 1.5

[telemtry]
host = "broker"

[llm]
engine = "server"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(path: Path, environment: dict[str, str] | None = None) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(path, environment or {})
    return caught.value.mistakes


def test_without_a_file_the_defaults_hold() -> None:
    assert load_settings(None, {}) == Settings()


def test_five_mistakes_are_all_named_with_their_lines(tmp_path: Path) -> None:
    path = write(tmp_path, FIVE_MISTAKES)
    found = mistakes(path)
    assert len(found) == 5
    for line, piece in [
        (2, "device.id"),
        (5, "unknown key wake.engin, did you mean 'engine'?"),
        (9, "wake.words.alexa.threshold"),
        (11, "unknown section [telemtry], did you mean 'telemetry'?"),
        (14, "llm: engine = 'server' and url belong together"),
    ]:
        assert any(text.startswith(f"{path}:{line}: ") and piece in text for text in found), (line, piece, found)


def test_a_contradiction_between_sections_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, '[[home.entities]]\nname = "lamp"\ntopic = "lamp/set"\n')
    assert "names no broker" in mistakes(path)[0]


def test_a_list_entry_has_its_own_line(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[mqtt]\nhost = "h"\n[[home.entities]]\nname = "a"\ntopic = "a"\n[[home.entities]]\nname = "b"\ntopic = "#"\n',
    )
    assert mistakes(path) == (
        f"{path}:8: home.entities[1].topic: a topic to publish to must not be empty or contain '+' or '#' (it is '#')",
    )


def test_broken_toml_names_the_place(tmp_path: Path) -> None:
    path = write(tmp_path, "[device\n")
    assert mistakes(path) == (f"{path}:1: a header has no ] at its end",)


def test_a_missing_file_is_one_clear_mistake(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path / "none.toml", {})
    assert caught.value.code == "settings-unreadable"


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "[audio]\nvolume = 10\n")
    read = load_settings(path, {"EDGE_VOICE__AUDIO__VOLUME": "70", "EDGE_VOICE__DEVICE__NAME": "Kitchen speaker"})
    assert read.audio.volume == 70
    assert read.device.name == "Kitchen speaker"


def test_a_mistake_in_the_environment_names_the_variable(tmp_path: Path) -> None:
    found = mistakes(write(tmp_path, ""), {"EDGE_VOICE__AUDIO__VOLUME": "loud", "EDGE_VOICE__": "x"})
    assert any(text.startswith("EDGE_VOICE__AUDIO__VOLUME: audio.volume") for text in found)
    assert any(text.startswith("EDGE_VOICE__: write") for text in found)


@pytest.mark.parametrize("key", ["api_key", "password", "token", "client_secret"])
def test_a_secret_in_the_settings_is_refused_and_not_repeated(tmp_path: Path, key: str) -> None:
    path = write(tmp_path, f'[llm.cloud]\n{key} = "hunter2"\n')
    found = mistakes(path)
    assert f"{key}_file" in found[0]
    assert "hunter2" not in str(found)


def test_a_secret_in_the_environment_is_refused_and_not_repeated(tmp_path: Path) -> None:
    found = mistakes(write(tmp_path, ""), {"EDGE_VOICE__TELEMETRY__PASSWORD": "hunter2"})
    assert found[0].startswith("EDGE_VOICE__TELEMETRY__PASSWORD: ")
    assert "hunter2" not in str(found)


@pytest.mark.parametrize("value", ["audio = 3\n", "[audio]\nvolume = [1]\n", "[wake]\nwords = 5\n", "[wake.words]\n"])
def test_wrong_types_are_mistakes_not_crashes(tmp_path: Path, value: str) -> None:
    assert mistakes(write(tmp_path, value))


_SCALARS = st.one_of(st.integers(-(2**31), 2**31), st.text(max_size=20), st.booleans(), st.floats(allow_nan=False))
_TREES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
_SECTIONS = st.sampled_from([*Settings.model_fields, "telemtry", ""])


@settings(max_examples=60)
@given(st.dictionaries(_SECTIONS, st.dictionaries(st.text(max_size=12), _TREES, max_size=4), max_size=4))
def test_any_toml_is_read_or_refused_with_every_mistake_named(
    tmp_path_factory: pytest.TempPathFactory, tree: dict[str, object]
) -> None:
    path = tmp_path_factory.mktemp("settings") / "config.toml"
    path.write_bytes(tomli_w.dumps(tree).encode())
    found: tuple[str, ...] = ("read",)
    try:
        load_settings(path, {})
    except SettingsError as error:
        found = error.mistakes
    assert found
    assert all(mistake.isprintable() for mistake in found)


def test_every_setting_is_described_by_a_default_that_is_valid() -> None:
    assert Settings.model_validate(Settings().model_dump()) == Settings()


@pytest.mark.parametrize("text", ['[device]\nname = "Kitchen"\n', "", "# nothing\n"])
def test_a_byte_order_mark_is_no_mistake(text: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8-sig")
    with_mark = load_settings(path, {})
    assert with_mark == load_settings(write(tmp_path, text), {})


@pytest.mark.parametrize(
    ("host", "instead"),
    [
        ("mqtt://127.0.0.1:1883", "write host = '127.0.0.1', and port = 1883"),
        ("mqtts://broker.local", "write host = 'broker.local', and tls = true"),
        ("tcp://user:word@broker/x", "write host = 'broker', and username"),
        ("127.0.0.1:1883", "write host = '127.0.0.1', and port = 1883"),
        ("broker.local:1883", "write host = 'broker.local', and port = 1883"),
        ("[::1]:1883", "write host = '::1', and port = 1883"),
        ("[fe80::1]", "write host = 'fe80::1'"),
        ("broker.local/mqtt", "write host = 'broker.local'"),
        ("http://", "only a name or an address"),
        ("192.168.1.256", "not a host name or an address"),
        ("192.168.1", "not a host name or an address"),
        ("my broker", "not a host name or an address"),
        ("broker..local", "not a host name or an address"),
        ("a" * 300, "not a host name or an address"),
        (" ", "must not be empty"),
        ("", "must not be empty"),
    ],
)
def test_a_broker_that_is_no_host_is_named_with_what_to_write(host: str, instead: str, tmp_path: Path) -> None:
    path = write(tmp_path, f'[mqtt]\nhost = "{host}"\n')
    (mistake,) = mistakes(path)
    assert mistake.startswith(f"{path}:2: mqtt.host: ")
    assert instead in mistake


@pytest.mark.parametrize(
    "host", ["broker", "broker.local", "broker.local.", "küche.example", "10.0.0.1", "::1", "fe80::1%eth0", "my_host-2"]
)
def test_names_and_addresses_of_brokers_are_good(host: str, tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, f'[mqtt]\nhost = "{host}"\n'), {}).mqtt.host == host


@pytest.mark.parametrize(
    "url", ["http://", "http://server:99999/v1", "http://my server/v1", "ftp://server/v1", "server"]
)
def test_an_address_of_a_server_that_is_none_is_a_mistake(url: str, tmp_path: Path) -> None:
    (mistake,) = mistakes(write(tmp_path, f'[llm]\nengine = "server"\nmodel = "m"\nurl = "{url}"\n'))
    assert "llm.url: must be an address like http" in mistake


@pytest.mark.parametrize(("former", "now"), [("hard", "hard-only"), ("always", "prefer")])
def test_a_former_word_still_works(former: str, now: str, tmp_path: Path) -> None:
    path = write(tmp_path, f'[route]\nescalate = "{former}"\n')
    assert load_settings(path, {}).route.escalate == now
