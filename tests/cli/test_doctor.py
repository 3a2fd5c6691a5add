"""`edge-voice doctor`: what it finds, without sound devices; with real ones see tests/system."""

import asyncio
import json
import os
import socket
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edge.audio.wav_source import WavSource
from edge.cli import doctor as command
from edge.cli.findings import Finding
from edge.cli.listening import SILENT_DBFS, Heard, Shown, hear, verdict
from edge.control import Command, Reply, SpeakerStatus, Status
from edge.control.socket import ControlServer
from edge.errors import BrokerError, HomeError, ModelError
from edge.events import Samples
from edge.runtime import paths
from edge.runtime.clock import SystemClock
from edge.settings import HomeAssistantSettings, Settings, WakeSettings
from edge.store import ModelStore, open_store
from edge.wake import open_scorer
from tests.fakes.command_line import edge_voice
from tests.mqtt.mosquitto import Mosquitto, free_port

RECORDINGS = Path(__file__).parents[2] / "edge" / "bench" / "recordings"


def heard_from(*frames: Samples) -> Heard:
    heard = Heard()
    for frame in frames:
        heard.take(frame, {})
    return heard


def tone(amplitude: float) -> Samples:
    return np.asarray(amplitude * np.sin(np.arange(512) * 0.2), np.float32)


@pytest.mark.parametrize(
    ("heard", "spoken", "code", "certain"),
    [
        (heard_from(), False, "microphone-unusable", True),
        (heard_from(tone(0)), False, "microphone-silent", True),
        (heard_from(tone(1.5).clip(-1, 1)), False, "microphone-too-loud", False),
        (heard_from(tone(0.002)), True, "microphone-quiet", False),
    ],
)
def test_a_microphone_with_a_fault_is_named_with_what_to_do(
    heard: Heard, spoken: bool, code: str, certain: bool
) -> None:
    (finding,) = verdict(heard, spoken=spoken)
    assert (finding.code, finding.certain) == (code, certain)
    assert finding.hint


@pytest.mark.parametrize(("heard", "spoken"), [(heard_from(tone(0.002)), False), (heard_from(tone(0.3)), True)])
def test_a_quiet_room_and_a_clear_voice_are_no_fault(heard: Heard, spoken: bool) -> None:
    assert list(verdict(heard, spoken=spoken)) == []


def test_levels_are_in_decibels_below_full_scale() -> None:
    heard = heard_from(*[tone(0)] * 9, tone(1.0))
    assert heard.loudest_dbfs == pytest.approx(0, abs=0.01)
    assert heard.room_dbfs == SILENT_DBFS
    assert heard_from(tone(0.1)).loudest_dbfs == pytest.approx(-20, abs=0.01)
    assert Shown(-30.0, {"alexa": 0.934}).line() == f"   -30 dBFS |{'#' * 15:30}|  alexa 0.93"


async def test_the_wake_word_s_best_score_and_the_level_are_found(store: ModelStore) -> None:
    settings = WakeSettings()
    scorer = open_scorer(settings, store)
    source = WavSource(RECORDINGS / "wake-1.flac", clock=SystemClock(), paced=False, trailing_silence_ms=1000)
    heard, shown = Heard(), list[Shown]()
    await hear(source, 60, heard=heard, scorer=scorer, show=shown.append)
    assert heard.best["alexa"] >= scorer.defaults["alexa"].threshold
    assert -40 < heard.loudest_dbfs <= 0
    assert max(one.scores.get("alexa", 0.0) for one in shown) == heard.best["alexa"]
    document = json.loads(json.dumps(heard.document()))
    assert document["wake_scores"]["alexa"] > 0.5
    assert list(verdict(heard, spoken=True)) == []


async def test_it_listens_for_as_long_as_it_was_told() -> None:
    source = WavSource(RECORDINGS / "01-time.flac", clock=SystemClock(), paced=False)
    heard = Heard()
    await hear(source, 0.5, heard=heard)
    assert heard.samples == 16 * 512
    await source.aclose()


async def test_a_microphone_that_is_missing_was_not_heard() -> None:
    heard = Heard()
    await hear(WavMissing(RECORDINGS / "01-time.flac"), 0.2, heard=heard)
    assert [finding.code for finding in verdict(heard, spoken=False)] == ["microphone-unusable"]


class WavMissing(WavSource):
    """Frames come, as silence would, but no microphone is open."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, clock=SystemClock(), paced=False)
        self.missing = True


def allow(monkeypatch: pytest.MonkeyPatch, allowed: int) -> None:
    """This user may do no more than that with files."""
    monkeypatch.setattr(os, "access", lambda _, wanted: not wanted & ~allowed)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed service; its models folder."""
    state = tmp_path / "state"
    (state / "models").mkdir(parents=True)
    monkeypatch.setattr(paths, "SERVICE_STATE", state)
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    return state / "models"


def test_it_looks_at_the_models_of_the_service_and_not_of_who_types(
    service: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings().models
    store, findings = command._store(settings)
    assert (store.folder, findings) == (service, [])
    allow(monkeypatch, os.R_OK | os.X_OK)
    assert open_store(settings).folder != service
    store, findings = command._store(settings)
    assert (store.folder, findings) == (service, [])


def test_a_user_who_cannot_look_there_is_told_what_to_type(service: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    allow(monkeypatch, 0)
    store, (finding,) = command._store(Settings().models)
    assert store.folder != service
    assert (finding.code, finding.certain) == ("models-folder-hidden", False)
    assert finding.hint.startswith("sudo ")
    assert finding.hint.endswith(" doctor")


@pytest.mark.usefixtures("service")
def test_models_that_are_named_in_the_settings_stay_there(tmp_path: Path) -> None:
    settings = Settings().models.model_copy(update={"folder": tmp_path / "own"})
    assert command._store(settings)[0].folder == tmp_path / "own"


def test_root_fetches_for_the_service_also_into_a_folder_that_is_not_there_yet(service: Path) -> None:
    assert paths.models_folder() == service
    service.rmdir()
    assert paths.models_folder() == service


@pytest.mark.usefixtures("service")
def test_hints_name_the_program_as_it_was_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "my home" / "bin" / "edge-voice"
    installed.parent.mkdir(parents=True)
    installed.write_text("#!/bin/sh\n", encoding="utf-8")
    installed.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(installed)])
    monkeypatch.setenv("PATH", "/usr/bin")
    assert paths.program() == f"'{installed}'"
    monkeypatch.setenv("PATH", f"/usr/bin:{installed.parent}")
    assert paths.program() == "edge-voice"
    monkeypatch.setattr(sys, "argv", ["/srv/edge/__main__.py"])
    assert paths.program() == f"{sys.executable} -m edge"
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(ModelError) as caught:
        open_store(Settings().models).locate("silero-vad")
    assert caught.value.hint == f"run: sudo {sys.executable} -m edge models pull silero-vad"


def test_a_chat_server_that_does_not_answer_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        llm = {"engine": "server", "model": "m", "url": f"http://127.0.0.1:{server.getsockname()[1]}/v1"}
        settings = Settings.model_validate({"llm": llm})
        assert command._server(settings) == []
    (finding,) = command._server(settings)
    assert finding.code == "llm-unavailable"


def test_a_password_that_only_root_can_read_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(_: Settings) -> list[BrokerError]:
        return [BrokerError("broker-not-authorised", "the broker refuses the user 'kitchen'", "check")]

    monkeypatch.setattr("edge.mqtt.probe.probe", refused)
    monkeypatch.setattr(command, "SERVICE_SECRETS", tmp_path)
    allow(monkeypatch, 0)
    settings = Settings.model_validate({"mqtt": {"host": "h", "username": "kitchen"}})
    (finding,) = command._broker(settings)
    assert not finding.certain
    assert "sudo " in finding.hint


def test_root_tries_the_broker_with_the_secrets_of_the_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Settings] = []

    async def remember(settings: Settings) -> list[BrokerError]:
        tried.append(settings)
        return []

    monkeypatch.setattr("edge.mqtt.probe.probe", remember)
    monkeypatch.setattr(command, "SERVICE_SECRETS", tmp_path)
    mqtt = {"host": "h", "username": "kitchen", "tls": True, "cert_file": "client.crt"}
    settings = Settings.model_validate({"mqtt": mqtt})
    for name in ("mqtt-password", "mqtt-key"):
        assert command._broker(settings) == []
        (tmp_path / f"edge-voice.{name}").touch()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))  # the service itself
    command._broker(settings)
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    command._broker(settings)
    password, key = (tmp_path / f"edge-voice.{name}" for name in ("mqtt-password", "mqtt-key"))
    used = [(settings.mqtt.password_file, settings.mqtt.key_file) for settings in tried]
    assert used == [(None, None), (password, None), (None, None), (password, key)]


def test_home_assistant_is_tried_with_the_token_of_the_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Path | None] = []

    async def remember(settings: HomeAssistantSettings) -> list[HomeError]:
        tried.append(settings.token_file)
        return [HomeError("home-assistant-token-refused", "it does not accept the token", "make a new one")]

    monkeypatch.setattr("edge.home.sources.home_assistant.probe.probe", remember)
    monkeypatch.setattr(command, "SERVICE_SECRETS", tmp_path)
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    assert command._home_assistant(Settings()) == []
    settings = Settings.model_validate({"home": {"home_assistant": {"url": "ws://home"}}})
    kept = tmp_path / "edge-voice.home-assistant-token"
    (finding,) = command._home_assistant(settings)
    assert (finding.code, finding.key) == ("home-assistant-token-refused", ("home", "home_assistant", "url"))
    kept.touch()
    command._home_assistant(settings)
    assert tried == [None, kept]


@pytest.mark.slow  # starts the command line
def test_a_broker_is_tried_and_the_reason_is_said(tmp_path: Path, mosquitto: Mosquitto) -> None:
    path = tmp_path / "config.toml"
    for port, reached in ((mosquitto.port, True), (free_port(), False)):
        path.write_text(f'[mqtt]\nhost = "127.0.0.1"\nport = {port}\n', encoding="utf-8")
        document = json.loads(edge_voice("-c", path, "doctor", "--json").stdout)
        codes = {finding["code"]: finding["message"] for finding in document["findings"]}
        assert ("broker-unreachable" not in codes) is reached
        assert document["settings"] == str(path)
    assert "nothing listens" in codes["broker-unreachable"]


@pytest.mark.slow  # starts the command line
def test_what_check_finds_is_found_too_and_warnings_do_not_fail(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[stt]\nmodel = "moonshine-huge-en"\n[route]\nsentences = ["/none.yaml"]\n', encoding="utf-8")
    ran = edge_voice("-c", path, "doctor", "--json")
    assert ran.returncode == 1
    keys = {finding["key"] for finding in json.loads(ran.stdout)["findings"]}
    assert {"stt.model", "route.sentences.0"} <= keys
    lines = edge_voice("-c", path, "doctor").stdout.splitlines()
    assert any(line.startswith(f"{path}:4: route.sentences[0]: /none.yaml: No such file") for line in lines)


@pytest.mark.parametrize(
    ("status", "codes"),
    [
        (SpeakerStatus(muted=True, volume=0), ["microphone-muted", "volume-zero"]),
        (SpeakerStatus(muted=False, volume=40), []),
        (SpeakerStatus(muted=False, volume=40, degraded={"microphone": "microphone-missing"}), ["microphone-missing"]),
    ],
)
async def test_a_running_speaker_that_is_switched_off_is_noticed(
    status: SpeakerStatus, codes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def execute(asked: Command) -> Reply:
        assert asked == Status()
        return status

    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(paths, "SERVICE_RUNTIME", tmp_path / "service")  # this machine may have a speaker of its own
    async with ControlServer(tmp_path / "edge-voice" / "control.sock", execute):
        said, known, findings = await asyncio.to_thread(command._speaker)
    assert said == ("running, without microphone" if status.degraded else "running")
    assert known == asdict(status)
    assert [finding.code for finding in findings] == codes
    assert [finding.code for finding in findings if finding.certain] == list(status.degraded.values())
    assert await asyncio.to_thread(command._speaker) == ("not running", None, [])


@pytest.mark.parametrize(
    ("status", "listen", "said"),
    [
        (None, False, ["the microphone delivers no sound"]),
        ({"degraded": {"microphone": "microphone-missing"}}, False, ["the microphone delivers no sound"]),
        ({"degraded": {}}, False, []),
        ({}, False, []),  # a speaker of another user, or of an earlier version
        ({"degraded": {}}, True, ["the running speaker uses the microphone"]),
    ],
)
def test_a_microphone_that_the_running_speaker_holds_is_no_fault(
    status: dict[str, Any] | None, listen: bool, said: list[str]
) -> None:
    silent = list(verdict(Heard(), spoken=listen))
    found = command._beside(silent, status, listen=listen)
    assert [one.message for one in found] == said
    quiet = [Finding("microphone-quiet", "the microphone is very quiet")]
    assert command._beside(quiet, status, listen=listen) == quiet


def test_a_user_without_a_name_is_named_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 1234")

    monkeypatch.setattr("getpass.getuser", nameless)
    monkeypatch.setattr(os, "getuid", lambda: 1234)
    assert paths.user() == "1234"


def test_sound_cards_that_this_user_may_not_open_are_no_missing_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "SOUND_CARDS", tmp_path)
    finding = Finding("microphone-missing", "this machine has no microphone", "plug one in")
    assert command._with_rights(finding) == finding
    (tmp_path / "pcmC0D0c").touch()
    assert command._with_rights(finding) == finding
    allow(monkeypatch, 0)
    changed = command._with_rights(finding)
    assert "usermod -aG audio" in changed.hint
    assert not changed.certain
