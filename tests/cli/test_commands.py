"""The command line as a user meets it: help, exit statuses, one error, nothing on the wrong stream."""

import json
from pathlib import Path

import pytest
import typer

from edge.cli.app import app
from tests.fakes.command_line import edge_voice

pytestmark = pytest.mark.slow  # starts the command line with its engines

FIXED = {
    *("run", "demo", "ask", "say", "transcribe", "models", "check", "doctor", "bench"),
    *("stop", "mute", "volume", "timers", "listen", "home", "budget", "telemetry", "tune"),
}
KINDS = {"stt", "intent", "wake", "endpoint", "tts", "llm", "turn", "idle", "route", "home"}


def test_every_command_of_the_contract_is_there_and_explains_itself() -> None:
    command = typer.main.get_command(app)
    commands = getattr(command, "commands", {})
    assert set(commands) == FIXED
    assert set(commands["bench"].commands) == KINDS
    for name, one in commands.items():
        assert one.help, name
        for sub, inner in getattr(one, "commands", {}).items():
            assert inner.help, f"{name} {sub}"


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["run", "--fast"], 2, "fast-needs-source"),
        (["run", "--source", "none.wav"], 1, "recording-missing"),
        (["ask", " "], 2, "text-empty"),
        (["ask", "caf\udce9"], 2, "text-invalid"),
        (["ask", "--dry-run", "caf\udce9"], 2, "text-invalid"),
        (["say", ""], 2, "text-empty"),
        (["home", "explain", ""], 2, "text-empty"),
        (["bench", "stt", "--manifest", "none.jsonl"], 2, "manifest-unreadable"),
        (["bench", "--report", "/dev/null/x.html"], 2, "file-unusable"),
        (["bench", "--report", "/dev/null/x.html", "turn"], 2, "file-unusable"),
        (["bench", "turn", "--trace", "/dev/null/x.json"], 2, "file-unusable"),
        (["ask", "what time is it", "--trace", "/dev/null/x.json"], 2, "file-unusable"),
        (["models", "info", "nothing"], 2, "model-unknown"),
        (["demo", "--replies", "/dev/null/x"], 2, "folder-unusable"),
        (["nonsense"], 2, "No such command"),
        (["--log-level", "loud", "check"], 2, "--log-level"),
    ],
)
def test_wrong_use_is_one_error_that_says_what_to_do(arguments: list[str], status: int, code: str) -> None:
    ran = edge_voice(*arguments)
    assert ran.returncode == status, ran.stderr
    assert ran.stdout == ""
    assert code in ran.stderr
    assert "Traceback" not in ran.stderr


def test_check_finds_nothing_wrong_with_the_defaults_and_names_what_is_wrong(tmp_path: Path) -> None:
    good = tmp_path / "good.toml"
    good.write_text('[device]\nname = "Kitchen"\n')
    assert edge_voice("-c", good, "check").returncode == 0
    bad = tmp_path / "bad.toml"
    bad.write_text("[audio]\nvolume = 200\n[tts]\nspeed = 9\n")
    ran = edge_voice("-c", bad, "check", "--json")
    assert ran.returncode == 1
    assert len(json.loads(ran.stdout)["mistakes"]) == 2


def test_a_broken_settings_file_has_an_exit_status_that_systemd_does_not_restart(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("[audio]\nvolume = 200\n")
    ran = edge_voice("-c", bad, "run")
    assert ran.returncode == 78
    assert f"{bad}:2: audio.volume" in ran.stderr


def test_a_language_that_is_not_there_is_a_broken_setting(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('[device]\nlanguage = "xx"\n')
    assert json.loads(edge_voice("-c", bad, "check", "--json").stdout)["mistakes"] == [
        f"{bad}:2: device.language: there is no language 'xx' - use language = \"en\""
    ]
    assert edge_voice("-c", bad, "run").returncode == 78


def test_doctor_says_what_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    ran = edge_voice("doctor", "--json", EDGE_VOICE__MODELS__FOLDER=str(tmp_path))
    assert ran.returncode == 1
    findings = json.loads(ran.stdout)["findings"]
    assert "model-missing" in {finding["code"] for finding in findings}
    assert all(finding["hint"] for finding in findings)


def test_a_typed_command_gives_its_record(tmp_path: Path) -> None:
    ran = edge_voice("ask", "what time is it", "--json", "--standalone", XDG_STATE_HOME=str(tmp_path))
    record = json.loads(ran.stdout)
    assert (record["answerer"], record["outcome"]) == ("home", "answered")
    assert record["intent"]["name"] == "HassGetCurrentTime"
    assert list(tmp_path.iterdir()) == []


def test_without_a_speaker_timers_are_kept_for_it_and_the_reply_says_that_it_must_run(tmp_path: Path) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    assert edge_voice("ask", "cancel all timers", **state).stdout == "No timer is running.\n"
    ran = edge_voice("ask", "set a pasta timer for ten minutes", **state)
    assert ran.stdout == "Pasta timer set for 10 minutes. The speaker has to be running by then.\n"
    assert "left" in edge_voice("ask", "how much time is left on the pasta timer", **state).stdout
    assert edge_voice("ask", "cancel the pasta timer", **state).stdout == "Pasta timer cancelled.\n"
    assert edge_voice("ask", "cancel all timers", **state).stdout == "No timer is running.\n"


def test_without_a_speaker_timers_that_cannot_be_kept_are_refused(tmp_path: Path) -> None:
    (tmp_path / "edge-voice").write_text("no folder")
    ran = edge_voice("ask", "wake me at seven", XDG_STATE_HOME=str(tmp_path), XDG_RUNTIME_DIR=str(tmp_path))
    assert ran.stdout == "I can't do that here: timers and alarms need the running speaker.\n"


def test_beside_a_speaker_timers_are_refused(tmp_path: Path) -> None:
    for text in ("set a timer for ten minutes", "wake me at seven", "how much time is left"):
        ran = edge_voice("ask", text, "--standalone", XDG_STATE_HOME=str(tmp_path))
        assert ran.stdout == "I can't do that here: timers and alarms need the running speaker.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_trace_of_a_typed_turn_holds_its_stages_and_none_of_its_words(tmp_path: Path) -> None:
    file = tmp_path / "trace.json"
    ran = edge_voice("ask", "volume ten percent", "--standalone", "--trace", file, XDG_STATE_HOME=str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    found = {event["name"] for event in json.loads(file.read_text())["traceEvents"]}
    assert {"process_name", "typed", "route", "home"} <= found
    assert "ten" not in file.read_text()


def test_a_report_is_written_beside_what_is_printed(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    ran = edge_voice("bench", "--report", file, "route", "--json")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["engine"] == "hassil"
    page = file.read_text()
    assert "accuracy" in page
    assert f"edge-voice bench --report {file} route --json" in page


def test_a_question_longer_than_the_context_is_refused(tmp_path: Path) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path), "EDGE_VOICE__LLM__FIT_ONLY": "false"}
    ran = edge_voice("ask", "why is the sky blue " * 2000, "--standalone", **state)
    assert ran.returncode == 1
    assert "llm-context-exceeded" in ran.stderr
    assert "ask a shorter one" in ran.stderr


def test_lines_of_input_are_one_conversation(tmp_path: Path) -> None:
    typed = "set the volume to thirty percent\n\n  make it fifty  \nwhat's the volume"
    ran = edge_voice("ask", "-", "--json", "--standalone", typed=typed, XDG_STATE_HOME=str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    records = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [record["reply"] for record in records] == ["Volume 30 percent.", "Volume 50 percent.", "Volume 50 percent."]
    assert not list(tmp_path.rglob("home.json"))


def test_no_input_is_no_turn(tmp_path: Path) -> None:
    ran = edge_voice("ask", "-", "--standalone", typed="\n \n", XDG_STATE_HOME=str(tmp_path))
    assert (ran.returncode, ran.stdout) == (0, "")
