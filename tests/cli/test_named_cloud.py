"""What `check` and `doctor` say of the model in the cloud."""

from datetime import date
from pathlib import Path

import pytest

from edge.cli.named_cloud import look_ahead, look_at_cloud
from edge.settings import CloudSettings, LlmSettings, Settings

IN_TIME, SIXTY_DAYS, AFTER = date(2026, 11, 14), date(2026, 11, 15), date(2027, 2, 1)


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    monkeypatch.setattr("edge.cli.named_cloud.SERVICE_SECRETS", tmp_path)


def lines(today: date, *, key: bool = True, **cloud: str) -> list[str]:
    chosen = CloudSettings.model_validate(cloud | ({"api_key_file": "/key"} if key else {}))
    settings = Settings(llm=LlmSettings(cloud=chosen))
    found = list(look_at_cloud(settings)) or list(look_ahead(settings, today))
    return [("" if one.certain else "warning: ") + one.line() for one in found]


def test_sixty_days_ahead_a_shutdown_is_reported() -> None:
    assert lines(IN_TIME) == []
    ends = "gpt-4o-mini will be shut down on 2027-01-14"
    assert lines(SIXTY_DAYS) == [f"warning: {ends} - nothing to do: 'auto' then asks gpt-6-luna"]
    assert lines(SIXTY_DAYS, model="gpt-4o-mini") == [f"warning: {ends} - set model = 'auto' or 'gpt-6-luna'"]


def test_afterwards_only_a_model_that_was_named_is_reported() -> None:
    assert lines(AFTER) == []
    (line,) = lines(AFTER, model="gpt-4o-mini")
    assert line.startswith("warning: gpt-4o-mini was shut down on 2027-01-14")


def test_without_a_key_there_is_no_cloud_to_look_at() -> None:
    assert lines(AFTER, key=False, model="gpt-4o-mini") == []


def test_a_key_of_the_service_counts(tmp_path: Path) -> None:
    (tmp_path / "edge-voice.cloud-api-key").touch()
    assert len(lines(AFTER, key=False, model="gpt-4o-mini")) == 1


def test_another_provider_needs_the_name_of_a_model() -> None:
    (line,) = lines(IN_TIME, url="https://api.groq.com/openai/v1")
    assert line == "model = 'auto' is a model of OpenAI, not of Groq - name the model"


def test_what_a_provider_says_of_its_own_route_is_passed_on() -> None:
    (line,) = lines(IN_TIME, url="https://api.anthropic.com/v1", model="claude")
    assert "not for production" in line
