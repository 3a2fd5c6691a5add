"""The endpoint profiles: which one is chosen, and that each suits what its provider documents."""

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from edge.errors import LlmError, ModelError, SettingsError
from edge.llm import Delta, Finished, Message
from edge.llm.endpoint_profile import EndpointProfile, Target, choose_target, read_profiles, shipped_profiles, targets
from edge.llm.openai_endpoint import OpenAiEndpoint
from edge.runtime.clock import SystemClock
from edge.settings import CloudSettings
from edge.store import shipped
from tests.llm.fake_cloud import fake_cloud
from tests.llm.providers import ANSWER, PROVIDERS

PROFILES = shipped_profiles()
OPENAI = "https://api.openai.com/v1"
GROQ = "https://api.groq.com/openai/v1"
BEFORE, LAST_DAY, SHUTDOWN = date(2026, 11, 27), date(2027, 1, 13), date(2027, 1, 14)
MESSAGES = (Message("system", "Be short."), Message("user", "What is a volcano?"))


def target(model: str, url: str = OPENAI, today: date = BEFORE) -> tuple[str, str]:
    chosen = choose_target(PROFILES, url=url, model=model, today=today)
    return chosen.model, chosen.profile.name


class Dated(SystemClock):
    def __init__(self, today: date) -> None:
        self.today = today

    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "model"),
    [
        (BEFORE, "gpt-4o-mini"),
        (LAST_DAY, "gpt-4o-mini"),
        (SHUTDOWN, "gpt-6-luna"),
        (date(2030, 1, 1), "gpt-6-luna"),
    ],
)
def test_auto_moves_to_the_successor_on_the_day_of_the_shutdown(today: date, model: str) -> None:
    assert target("auto", today=today) == (model, model)


def test_auto_moves_while_the_speaker_runs() -> None:
    clock = Dated(LAST_DAY)
    choose = targets(CloudSettings().url, CloudSettings().model, clock)
    assert choose().model == "gpt-4o-mini"
    clock.today = SHUTDOWN
    assert choose().model == "gpt-6-luna"


def test_a_model_that_is_named_is_never_replaced() -> None:
    assert target("gpt-4o-mini", today=date(2030, 1, 1)) == ("gpt-4o-mini", "gpt-4o-mini")


@pytest.mark.parametrize(
    ("model", "url", "profile"),
    [
        ("gpt-6-luna", OPENAI, "gpt-6-luna"),
        ("gpt-6-luna", OPENAI + "/", "gpt-6-luna"),
        ("gpt-7", OPENAI, "openai"),
        ("llama-3.3-70b", GROQ, "groq"),
        ("gpt-4o-mini", GROQ, "groq"),
        ("claude-haiku", "https://api.anthropic.com/v1/", "anthropic"),
        ("qwen3", "http://192.168.1.20:11434/v1", "ollama"),
        ("qwen3", "http://box.local:8080/v1", "llama-server"),
        ("qwen3", "http://box.local:8000/v1", "vllm"),
        ("qwen3", "https://models.example.org/v1", "compatible"),
        ("gpt-4o-mini", "http://proxy.local:8000/v1", "gpt-4o-mini"),
        ("gpt-6-luna", "https://proxy.example.org/v1", "gpt-6-luna"),
    ],
)
def test_the_profile_follows_from_the_address_and_the_model(model: str, url: str, profile: str) -> None:
    assert target(model, url) == (model, profile)


def test_auto_is_openais_at_a_proxy_and_nothing_at_another_provider() -> None:
    assert target("auto", "http://127.0.0.1:9/v1") == ("gpt-4o-mini", "gpt-4o-mini")
    with pytest.raises(SettingsError, match="not of Groq") as raised:
        targets(GROQ, "auto", SystemClock())
    assert raised.value.code == "cloud-model-missing"


@pytest.mark.parametrize("name", sorted(PROFILES))
async def test_a_provider_takes_what_its_profile_writes(name: str) -> None:
    profile = PROFILES[name]
    model = profile.model or ("gpt-4o-mini" if name == "compatible" else "some-model")
    async with fake_cloud(PROVIDERS[name]) as cloud:
        endpoint = OpenAiEndpoint(
            url=cloud.url, target=lambda: Target(model, profile), api_key=None, first_token_timeout_s=5
        )
        pieces = [piece async for piece in endpoint.stream(MESSAGES, max_tokens=100)]
        await endpoint.aclose()
    *deltas, finished = pieces
    assert "".join(it.text for it in deltas if isinstance(it, Delta)).strip() == ANSWER
    assert isinstance(finished, Finished)
    assert (finished.reason, finished.usage.prompt_tokens, finished.usage.reply_tokens) == ("stop", 30, 7)
    (request,) = cloud.requests
    assert request.body["model"] == model
    assert 100 in {request.body.get("max_tokens"), request.body.get("max_completion_tokens")}


LENIENT = {"anthropic", "llama-server"}
"""They take whatever one of our profiles writes."""


@pytest.mark.parametrize("name", sorted(PROFILES.keys() - LENIENT))
async def test_the_fakes_notice_the_profile_of_another_provider(name: str) -> None:
    noticed = 0
    async with fake_cloud(PROVIDERS[name]) as cloud:
        for other in PROFILES.values():
            chosen = partial(Target, "gpt-4o-mini", other)
            endpoint = OpenAiEndpoint(url=cloud.url, target=chosen, api_key=None, first_token_timeout_s=5)
            try:
                pieces = [it async for it in endpoint.stream(MESSAGES, max_tokens=100)]
                noticed += "".join(it.text for it in pieces if isinstance(it, Delta)).strip() != ANSWER
            except LlmError:
                noticed += 1
            await endpoint.aclose()
    assert 0 < noticed < len(PROFILES)


def test_a_reply_is_never_longer_than_the_model_allows() -> None:
    assert PROFILES["gpt-4o-mini"].parameters(99_999)["max_tokens"] == 16_384
    assert PROFILES["ollama"].parameters(99_999)["max_tokens"] == 99_999


def test_the_list_prices() -> None:
    prices = PROFILES["gpt-6-luna"].prices
    assert prices is not None
    cost = prices.cost_usd(prompt=1_000_000, cached=400_000, written=100_000, reply=200_000)
    assert cost == pytest.approx(0.5 * 0.10 + 0.4 * 0.01 + 0.1 * 0.125 + 0.2 * 0.50)
    assert prices.worst_usd(prompt=1_000_000, reply=1_000_000) == pytest.approx(0.125 + 0.50)
    assert PROFILES["openai"].prices is None


def test_the_days_until_a_shutdown() -> None:
    assert PROFILES["gpt-4o-mini"].days_left(date(2026, 11, 15)) == 60
    assert PROFILES["gpt-4o-mini"].days_left(SHUTDOWN) == 0
    assert PROFILES["gpt-6-luna"].days_left(BEFORE) is None


def test_the_profiles_ship_with_the_models() -> None:
    assert shipped("models") / "endpoints" / "openai.toml" in (shipped("models") / "endpoints").iterdir()
    assert read_profiles(shipped("models") / "endpoints") == PROFILES


HEAD, REQUEST = "name = 'x'\nsummary = 's'\n", "[request]\nreply_limit = 'max_tokens'\n"
ENDS = "model = 'x'\nvalid_until = 2027-01-01\nsuccessor = 'x'\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (HEAD, "request: Field required"),
        (f"{HEAD.replace('x', 'y')}{REQUEST}", "belongs in a file called y.toml"),
        (f"{HEAD}[request]\nreply_limit = 'tokens'", "request.reply_limit"),
        (f"{HEAD}successor = 'x'\n{REQUEST}", "from which day"),
        (f"{HEAD}{ENDS}{REQUEST}", "leads nowhere"),
        (f"{HEAD}{REQUEST}[prices]\nprompt = 1\ncached = 1\nreply = 1", "of one model"),
        ("name", "not TOML"),
        ("#" * 1_100_000, "longer than 1 MB"),
    ],
)
def test_a_profile_with_a_mistake_is_named(text: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(text)
    with pytest.raises(ModelError, match=what) as raised:
        read_profiles(tmp_path)
    assert raised.value.code == "profile-invalid"


def test_a_chain_of_successors_is_followed_to_its_end() -> None:
    chain = {
        name: EndpointProfile.model_validate(
            {
                "name": name,
                "summary": name,
                "model": name,
                "valid_until": until,
                "successor": successor,
                "request": {"reply_limit": "max_tokens"},
            }
        )
        for name, until, successor in [
            ("gpt-4o-mini", SHUTDOWN, "second"),
            ("second", date(2028, 1, 1), "third"),
            ("third", date(2029, 1, 1), None),
        ]
    }
    days = [date(year, 6, 1) for year in (2026, 2027, 2028, 2031)]
    chosen = [choose_target(chain, url=OPENAI, model="auto", today=day).model for day in days]
    assert chosen == ["gpt-4o-mini", "second", "third", "third"]
