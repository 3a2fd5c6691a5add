"""`edge-voice check`: what can never work is a mistake, what may differ for the service is a warning."""

import base64
import json
import os
import shutil
import tempfile
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import typer

from edge.cli import named_files, named_models
from edge.cli.app import Context
from edge.cli.check import check, look_at_settings
from edge.cli.findings import Finding
from edge.runtime.commands import pip_install
from edge.runtime.config_file import load_settings, locate
from edge.settings import Settings
from tests.fakes.command_line import edge_voice
from tests.home.test_owner import ANNOUNCED
from tests.mqtt.mosquitto import make_certificates


def found(text: str, folder: Path, *, settings_file: Path | None = None) -> list[Finding]:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return list(look_at_settings(load_settings(path, {}), settings_file or path))


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text("swordfish\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def test_the_defaults_are_good() -> None:
    assert list(look_at_settings(Settings(), None)) == []


@pytest.mark.parametrize(
    ("text", "key", "part"),
    [
        ('[wake.words.alexa]\nmodel = "alexxa"', "wake.words.alexa.model", "did you mean 'alexa'?"),
        ('[wake.words.hey]\nmodel = "Hey Jarvish"', "wake.words.hey.model", "did you mean 'hey-jarvis'?"),
        ('[wake.words.nabu]\nmodel = "okay_nabu"', "wake.words.nabu.model", "set engine = 'microwakeword' in [wake]"),
        ('[wake.words.x]\nmodel = "features"', "wake.words.x.model", "there is no model 'features'"),
        ('[wake.words.x]\nmodel = "./none.onnx"', "wake.words.x.model", "No such file"),
        ('[wake.words.x]\nmodel = "/none/word.tflite"', "wake.words.x.model", "openwakeword takes a .onnx file"),
        ('[wake.words.x]\nmodel = "word.json"', "wake.words.x.model", "set engine = 'microwakeword'"),
        ('[stt]\nmodel = "moonshine-huge-en"', "stt.model", "did you mean 'moonshine-tiny-en'?"),
        ('[stt]\nmodel = "whisper-tiny"', "stt.model", "set engine = 'whisper' in [stt]"),
        ('[stt]\nmodel = "piper-joe"', "stt.model", "is a model for [tts]"),
        ('[stt]\nmodel = "/none/model"', "stt.model", "No such file"),
        ('[tts]\nmodel = "piper-joe"', "tts.model", "hibari has no voice 'piper-joe'"),
        ('[tts]\nmodel = "/none/voice.onnx"', "tts.model", "No such file"),
        ('[llm]\nmodel = "qwen9"', "llm.model", "there is no model 'qwen9'"),
        ('[llm]\nmodel = "moonshine-tiny-en"', "llm.model", "is a model for [stt]"),
        ('[llm]\nmodel = "/none/model.gguf"', "llm.model", "No such file"),
        ('[models]\nfind_links = "/none"', "models.find_links", "No such file"),
        ('[mqtt]\nhost = "h"\npassword_file = "/none"', "mqtt.password_file", "No such file"),
        ('[mqtt]\nhost = "h"\ntls = true\nca_file = "/none"', "mqtt.ca_file", "No such file"),
        ('[mqtt]\nhost = "h"\ntls = true\nca_file = "~/ca.crt"', "mqtt.ca_file", "without ~"),
        ('[mqtt]\nhost = "h"\ntls = true\nca_file = "/etc"', "mqtt.ca_file", "is a folder"),
        (f'[mqtt]\nhost = "h"\ntls = true\nca_file = "/{"x" * 300}"', "mqtt.ca_file", "File name too long"),
        (f'[route]\nsentences = ["/{"x" * 300}"]', "route.sentences.0", "File name too long"),
        ('[llm.cloud]\napi_key_file = "/none"', "llm.cloud.api_key_file", "No such file"),
    ],
)
def test_what_does_not_exist_or_does_not_belong_is_a_mistake(text: str, key: str, part: str, tmp_path: Path) -> None:
    (finding,) = found(text, tmp_path)
    assert ".".join(map(str, finding.key)) == key
    assert part in finding.line()
    assert finding.certain
    assert finding.hint


@pytest.mark.parametrize(
    "text",
    [
        '[wake.words.a]\nmodel = "alexa"\n[wake.words.b]\nmodel = "hey_jarvis"',
        '[wake.words.a]\nmodel = "openwakeword-alexa"',
        '[stt]\nmodel = "moonshine-tiny-en"',
        '[tts]\nmodel = "heart"',
        '[llm]\nmodel = "smollm2-360m"',
        '[llm]\nengine = "none"',
    ],
)
def test_models_of_the_store_are_good_before_they_are_fetched(text: str, tmp_path: Path) -> None:
    assert found(text, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[stt]\nengine = "vosk"', ("stt", "engine")),
        ('[stt]\nengine = "whisper"', ("stt", "engine")),
        ('[tts]\nengine = "piper"', ("tts", "engine")),
        ('[wake]\nengine = "microwakeword"\n[wake.words.a]\nmodel = "alexa"', ("wake", "engine")),
    ],
)
def test_an_engine_that_is_not_installed_is_a_mistake_with_the_command_that_installs_it(
    text: str, key: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(named_models, "find_spec", lambda _: None)
    findings = {finding.key: finding for finding in found(text, tmp_path)}
    extra = load_settings(tmp_path / "config.toml", {}).model_dump()[key[0]]["engine"]
    assert findings[key].code == "engine-missing"
    assert findings[key].hint == pip_install(f"edge-voice[{extra}]")


def test_every_engine_has_a_package_and_installed_ones_are_found() -> None:
    names = {(stage, engine) for stage, engine in named_models.PACKAGES if stage != "vad"}
    for stage, engines in (("wake", 2), ("stt", 3), ("tts", 2), ("llm", 3)):
        section = Settings.model_fields[stage].annotation
        assert section is not None
        choices = set(section.model_fields["engine"].annotation.__args__)
        assert len(choices) == engines
        assert {(stage, one) for one in choices - {"none"}} <= names
    assert named_models.is_installed("onnxruntime")
    assert not named_models.is_installed("no_such_engine")
    assert not named_models.is_installed("no_such.engine")


@pytest.mark.parametrize(
    ("content", "mode", "code"),
    [(b"two words", 0o600, "secret-invalid"), (b"", 0o600, "secret-invalid"), (b"word", 0o644, "secret-exposed")],
)
def test_a_password_file_that_would_be_refused_is_a_mistake(
    content: bytes, mode: int, code: str, secret: Path, tmp_path: Path
) -> None:
    secret.write_bytes(content)
    secret.chmod(mode)
    (finding,) = found(f'[mqtt]\nhost = "h"\npassword_file = "{secret}"', tmp_path)
    assert (finding.code, finding.key) == (code, ("mqtt", "password_file"))
    assert "word" not in finding.message.replace("password", "").replace("one word", "")


def test_a_file_that_this_user_may_not_read_is_a_warning(
    secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens = Path.open

    def refuse(path: Path, *arguments: str, **named: str) -> object:
        if path == secret:
            raise PermissionError(13, "Permission denied")
        return opens(path, *arguments, **named)  # type: ignore[call-overload]  # handed on

    monkeypatch.setattr(Path, "open", refuse)
    (finding,) = found(f'[mqtt]\nhost = "h"\npassword_file = "{secret}"', tmp_path)
    assert finding.code == "file-unreadable"
    assert not finding.certain


def test_certificates_that_do_not_belong_together_or_are_none(tmp_path: Path) -> None:
    make_certificates(tmp_path)
    head = f'[mqtt]\nhost = "h"\ntls = true\nca_file = "{tmp_path}/'
    pair = f'\ncert_file = "{tmp_path}/client.crt"\nkey_file = "{tmp_path}/'
    assert found(f'{head}ca.crt"{pair}client.key"', tmp_path) == []
    (mixed,) = found(f'{head}ca.crt"{pair}server.key"', tmp_path)
    assert "cannot be used together: key values mismatch" in mixed.message
    (none,) = found(f'{head}config.toml"{pair}client.key"', tmp_path)
    assert "holds no certificate" in none.message


def test_the_key_of_a_certificate_may_be_a_credential_or_lie_with_the_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_certificates(tmp_path)
    text = f'[mqtt]\nhost = "h"\ntls = true\nca_file = "{tmp_path}/ca.crt"\ncert_file = "{tmp_path}/client.crt"'
    (elsewhere,) = found(text, tmp_path)
    assert not elsewhere.certain  # the service may have it
    with monkeypatch.context() as root:
        root.setattr(named_files, "SERVICE_SECRETS", tmp_path)
        shutil.copy(tmp_path / "client.key", tmp_path / "edge-voice.mqtt-key")
        assert found(text, tmp_path) == []
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
    (missing,) = found(text, tmp_path)
    assert missing.certain
    (tmp_path / "credentials").mkdir()
    shutil.copy(tmp_path / "server.key", tmp_path / "credentials/mqtt-key")
    (mixed,) = found(text, tmp_path)
    assert "key values mismatch" in mixed.message
    shutil.copy(tmp_path / "client.key", tmp_path / "credentials/mqtt-key")
    assert found(text, tmp_path) == []
    (tmp_path / "credentials/mqtt-key").unlink()
    with (tmp_path / "client.crt").open("ab") as both:
        both.write((tmp_path / "client.key").read_bytes())
    assert found(text, tmp_path) == []


def test_a_credential_that_is_no_secret_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "mqtt-password").write_text("two words", encoding="utf-8")
    (finding,) = found('[mqtt]\nhost = "h"', tmp_path)
    assert (finding.code, finding.certain) == ("secret-invalid", True)


def test_what_the_service_does_not_see_is_a_warning(
    secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    monkeypatch.setattr(named_files, "SYSTEM_SETTINGS", path)
    monkeypatch.setattr("edge.board.layout._HIDDEN", (str(tmp_path / "home"),))
    text = '[mqtt]\nhost = "h"\npassword_file = "{}"'
    hidden = tmp_path / "home" / "password"
    hidden.parent.mkdir()
    shutil.copy(secret, hidden)
    (finding,) = found(text.format(hidden), tmp_path)
    assert (finding.code, finding.certain) == ("file-hidden", False)
    monkeypatch.chdir(tmp_path)
    (finding,) = found(text.format("password"), tmp_path)
    assert (finding.code, finding.certain) == ("file-relative", False)


def test_a_file_that_the_service_may_not_reach_has_a_hint_that_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    certificate = tmp_path / "closed" / "ca.crt"
    certificate.write_text("x", encoding="utf-8")
    nobody = SimpleNamespace(pw_name="nobody", pw_uid=65534, pw_gid=65534)
    monkeypatch.setattr("pwd.getpwnam", lambda _: nobody)
    monkeypatch.setattr("os.getgrouplist", lambda *_: [65534])
    monkeypatch.setattr("edge.board.layout._HIDDEN", ())
    monkeypatch.setattr(named_files, "SYSTEM_SETTINGS", tmp_path / "config.toml")
    temporary = Path(tempfile.gettempdir())
    for folder in certificate.parents:
        if temporary in folder.parents:
            folder.chmod(0o755)
    certificate.chmod(0o600)
    look = partial(named_files.look_at, certificate, ("mqtt", "ca_file"), tmp_path / "config.toml")
    (finding,) = look()
    assert finding.hint == f"sudo chown edge-voice {certificate}"
    certificate.chmod(0o644)
    assert list(look()) == []
    certificate.parent.chmod(0o700)
    (finding,) = look()
    assert finding.hint == f"put it into {tmp_path}"


@pytest.mark.parametrize(
    ("area", "near"), [("Kichen", "Kitchen"), ("Livingroom", "Living room"), ("Kitchen", None), ("Shed", None)]
)
def test_a_room_of_the_speaker_that_is_almost_one_of_the_home_is_a_warning(
    area: str, near: str | None, tmp_path: Path
) -> None:
    home = "".join(
        f'[[home.entities]]\nname = "{it} light"\narea = "{it}"\ntopic = "t"\n' for it in ("Kitchen", "Living room")
    )
    findings = found(f'[device]\narea = "{area}"\n[mqtt]\nhost = "h"\n{home}', tmp_path)
    assert [finding.hint for finding in findings] == ([f"did you mean '{near}'?"] if near else [])
    assert not any(finding.certain for finding in findings)


@pytest.mark.slow  # starts the command line
def test_a_language_that_there_is_not_is_named_with_its_place_by_every_command(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[device]\nlanguage = "de"\n', encoding="utf-8")
    for command in ("check", "run", "doctor"):
        assert f"{path}:2: device.language: there is no language 'de'" in edge_voice("-c", path, command).stderr


def test_a_metrics_file_that_the_service_cannot_write_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '[telemetry]\nprometheus_file = "{}"'
    elsewhere = text.format("/var/lib/prometheus/node-exporter/edge_voice.prom")
    assert found(elsewhere, tmp_path) == []
    monkeypatch.setattr(named_files, "SYSTEM_SETTINGS", tmp_path / "config.toml")
    (finding,) = found(elsewhere, tmp_path)
    assert (finding.code, finding.certain) == ("file-unwritable", False)
    assert found(text.format("/var/lib/edge-voice/metrics/edge_voice.prom"), tmp_path) == []


@pytest.mark.parametrize(
    ("mode", "groups", "readable"), [(0o600, set[int](), False), (0o640, {7}, True), (0o604, {8}, True)]
)
def test_whether_a_mode_lets_another_user_read(mode: int, groups: set[int], readable: bool) -> None:
    status = os.stat_result((0o100000 | mode, 0, 0, 1, 1, 7, 0, 0, 0, 0))
    assert named_files._allows(status, 4, 2, groups) is readable
    assert named_files._allows(status, 4, 1, set())


def test_a_chat_model_of_one_s_own_must_be_a_gguf_file(tmp_path: Path) -> None:
    model = tmp_path / "model.gguf"
    model.write_bytes(b"<!doctype html>")
    (finding,) = found(f'[llm]\nmodel = "{model}"', tmp_path)
    assert (finding.code, finding.key) == ("model-invalid", ("llm", "model"))
    model.write_bytes(b"GGUF\3")
    assert found(f'[llm]\nmodel = "{model}"', tmp_path) == []


def test_a_place_is_a_line_or_a_variable(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[mqtt]\n\nhost = "h"\n', encoding="utf-8")
    assert locate(path, ("mqtt", "host"), {}) == f"{path}:3"
    assert locate(path, ("mqtt", "ca_file"), {}) == f"{path}:1"
    assert locate(path, ("stt", "model"), {}) == str(path)
    assert locate(None, ("stt", "model"), {"EDGE_VOICE__STT__MODEL": "x"}) == "EDGE_VOICE__STT__MODEL"


@pytest.mark.slow  # starts the command line
def test_mistakes_of_every_kind_are_reported_together_with_their_lines(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text('intents: {HassTurnOn: {data: [{sentences: ["scene twenty one"]}]}}', encoding="utf-8")
    path = tmp_path / "config.toml"
    path.write_text(
        f'[wake.words.x]\nmodel = "alexxa"\n[mqtt]\nhost = "h"\npassword_file = "/none"\n[route]\n'
        f'sentences = ["{own}", "/none.yaml"]\n',
        encoding="utf-8-sig",
    )
    ran = edge_voice("-c", path, "check", "--json")
    assert ran.returncode == 1
    document = json.loads(ran.stdout)
    assert document["warnings"] == []
    assert [mistake.split(": ")[0] for mistake in document["mistakes"]] == [
        f"{path}:2",
        f"{path}:5",
        f"{path}:7",
        str(own),
    ]
    plain = edge_voice("-c", path, "check")
    assert plain.returncode == 1
    assert plain.stdout == ""
    assert len(plain.stderr.splitlines()) == 4


def test_warnings_alone_are_no_failure(
    secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[mqtt]\nhost = "h"\npassword_file = "{secret}"', encoding="utf-8")
    monkeypatch.setattr(named_files, "SYSTEM_SETTINGS", path)
    monkeypatch.setattr("edge.board.layout._HIDDEN", (str(tmp_path),))
    context = cast("typer.Context", SimpleNamespace(obj=Context(path)))
    check(context)
    written = capsys.readouterr()
    assert written.out == f"{path}: OK\n"
    assert written.err.startswith(f"warning: {path}:3: mqtt.password_file: {secret}: the service's sandbox hides")
    check(context, as_json=True)
    document = json.loads(capsys.readouterr().out)
    assert (len(document["warnings"]), document["mistakes"]) == (1, [])


def home_of(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch, saved: object = None) -> list[Finding]:
    monkeypatch.setenv("STATE_DIRECTORY", str(folder))
    if saved is not None:
        kept = {topic: base64.b64encode(json.dumps(it).encode()).decode() for topic, it in ANNOUNCED.items()}
        (folder / "home.json").write_text(json.dumps(kept), encoding="utf-8")
    broker = '[mqtt]\nhost = "broker.local"\n'
    return [it for it in found(broker + text, folder) if it.key[:1] == ("home",)]


A_HOME = """
[[home.things]]
match = "Hall Lamp"
[[home.things]]
match = "Hal Lamp"
[[home.things]]
match = "temperature"
[[home.groups]]
name = "two lamps"
members = ["Attic Lamp", "Spot 99"]
"""


def test_a_match_that_fits_nothing_known_is_a_warning_where_the_home_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home_of(A_HOME, tmp_path, monkeypatch) == [], "nothing is known yet"
    warnings = home_of(A_HOME, tmp_path, monkeypatch, ANNOUNCED)
    assert [(it.code, ".".join(map(str, it.key)), it.certain) for it in warnings] == [
        ("thing-unknown", "home.things.1.match", False),
        ("thing-unknown", "home.things.2.match", False),
        ("thing-unknown", "home.groups.0.members.1", False),
    ]
    (tmp_path / "home.json").write_text("{", encoding="utf-8")
    assert home_of(A_HOME, tmp_path, monkeypatch) == [], "nothing can be read"


@pytest.mark.parametrize(
    ("content", "codes"),
    [("4711", []), ("123", ["code-invalid"]), ("12345678a", ["code-invalid"]), ("a b", ["secret-invalid"])],
)
def test_a_code_is_4_to_8_digits_and_is_never_shown(
    content: str, codes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "code"
    file.write_text(content, encoding="utf-8")
    file.chmod(0o600)
    findings = home_of(f'[home]\nunlock = "code"\ncode_file = "{file}"', tmp_path, monkeypatch)
    assert [it.code for it in findings] == codes
    assert content not in "".join(it.line() for it in findings)
    file.chmod(0o644)
    findings = home_of(f'[home]\nunlock = "code"\ncode_file = "{file}"', tmp_path, monkeypatch)
    assert [it.code for it in findings] == ["secret-exposed"]


def test_a_code_that_is_missing_or_not_asked_for_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.cli.named_things.SERVICE_SECRETS", tmp_path / "none")
    (missing,) = home_of('[home]\ndisarm = "code"', tmp_path, monkeypatch)
    assert (missing.code, missing.certain) == ("code-missing", False)
    file = tmp_path / "code"
    file.write_text("4711", encoding="utf-8")
    file.chmod(0o600)
    (unused,) = home_of(f'[home]\ncode_file = "{file}"', tmp_path, monkeypatch)
    assert (unused.code, unused.certain) == ("code-unused", False)
