"""Which chat model "auto" is: pull and run agree, and a start never fails for want of the larger model."""

import pytest
from structlog.testing import capture_logs

from edge.hardware.profile import shipped_boards
from edge.hardware.tuned import ChatSpeed, Tuned, write_tuned
from edge.llm import open_llm
from edge.settings import LlmSettings
from edge.store import ModelStore, choose_chat_model, shipped
from edge.store.chat_model import CANDIDATES, Candidate
from edge.store.manifest import read_manifest
from tests.store.shop import Shop

LARGE, SMALL = "qwen2.5-coder-1.5b", "smollm2-135m"
GB = 1_000_000_000
AUTO = LlmSettings()


@pytest.fixture
def models(shop: Shop) -> Shop:
    for name in (LARGE, SMALL):
        shop.local_model(name, {f"{name}.gguf": b"GGUF and more"})
    return shop


def choose(store: ModelStore, free: float) -> tuple[str, str]:
    """The best one and the one to use."""
    choice = choose_chat_model(AUTO, store, free=round(free * GB))
    return choice.best, choice.name


def test_every_candidate_has_a_manifest_and_the_last_one_fits_everywhere() -> None:
    assert [it.name for it in CANDIDATES] == [LARGE, SMALL]
    assert CANDIDATES[-1].fits(0, here=False)


@pytest.mark.parametrize(("free", "best"), [(0, SMALL), (3.9, SMALL), (4.0, LARGE), (64, LARGE)])
def test_memory_decides_what_is_fetched(models: Shop, free: float, best: str) -> None:
    store = models.open()
    assert choose(store, free)[0] == best
    store.pull([best])
    assert choose(store, free) == (best, best)


@pytest.mark.parametrize(("free", "best"), [(4.0, LARGE), (2.5, LARGE), (2.4, SMALL)])
def test_a_large_model_that_is_here_stays_in_use_while_it_fits(models: Shop, free: float, best: str) -> None:
    store = models.open()
    store.pull([LARGE, SMALL])
    assert choose(store, free) == (best, best)


def test_the_smaller_one_is_used_while_the_larger_one_is_missing_or_damaged(models: Shop) -> None:
    store = models.open()
    store.pull([SMALL])
    assert choose(store, 8) == (LARGE, SMALL)
    store.pull([LARGE])
    assert choose(store, 8) == (LARGE, LARGE)
    (models.models / LARGE / f"{LARGE}.gguf").write_bytes(b"damaged")
    assert choose(store, 8) == (LARGE, SMALL)


def test_the_only_one_that_is_here_is_used_even_where_memory_is_short(models: Shop) -> None:
    store = models.open()
    store.pull([LARGE])
    assert choose(store, 1) == (SMALL, LARGE)


def test_with_none_here_the_error_names_the_one_to_fetch(models: Shop) -> None:
    assert choose(models.open(), 8) == (LARGE, LARGE)


def test_the_settings_override_memory(models: Shop) -> None:
    for name in (SMALL, "~/own.gguf"):
        choice = choose_chat_model(LlmSettings(model=name), models.open(), free=64 * GB)
        assert (choice.best, choice.name, choice.smaller) == (name, name, ())


def test_the_reason_holds_the_figures(models: Shop) -> None:
    store = models.open()
    assert choose_chat_model(AUTO, store, free=3 * GB).reason == f"3.0 GB of memory are free; {LARGE} needs 4.0 GB"
    store.pull([LARGE])
    assert choose_chat_model(AUTO, store, free=3 * GB).reason == f"3.0 GB of memory are free; {LARGE} needs 2.5 GB"


@pytest.mark.parametrize("candidate", CANDIDATES)
def test_what_each_candidate_is_good_for_is_known(candidate: Candidate) -> None:
    assert read_manifest(shipped("models") / f"{candidate.name}.toml").good_for


async def test_a_start_without_the_larger_model_is_one_line_with_what_to_do(
    models: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge.store.chat_model.free_memory", lambda: 8 * GB)
    store = models.open()
    store.pull([SMALL])
    with capture_logs() as logs:
        endpoint = open_llm(AUTO, store)
    assert endpoint is not None
    assert endpoint.name == SMALL
    await endpoint.aclose()
    (line,) = [entry for entry in logs if entry["log_level"] == "warning"]
    assert line["event"] == "better-chat-model-missing"
    assert (line["using"], line["better"]) == (SMALL, LARGE)
    assert line["hint"] == "run: edge-voice models pull"


async def test_a_start_with_the_best_model_says_which_and_why(models: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.store.chat_model.free_memory", lambda: 8 * GB)
    store = models.open()
    store.pull([LARGE])
    with capture_logs() as logs:
        endpoint = open_llm(AUTO, store)
    assert endpoint is not None
    assert endpoint.name == LARGE
    await endpoint.aclose()
    (line,) = [entry for entry in logs if entry["event"] == "chat-model"]
    assert line["log_level"] == "info"
    assert "8.0 GB of memory are free" in line["reason"]


def test_a_store_without_these_models_has_none_of_them_here(shop: Shop) -> None:
    assert choose(shop.open(), 8) == (LARGE, LARGE)


def test_a_model_that_was_measured_to_be_slow_is_not_chosen(models: Shop) -> None:
    store = models.open()
    store.folder.mkdir(parents=True, exist_ok=True)
    slow = ChatSpeed(first_word_s=2.0, tokens_per_s=1.5, threads=2)
    write_tuned(store.folder, Tuned(chat={LARGE: slow}), {LARGE: store.identity(LARGE)})
    choice = choose_chat_model(AUTO, store, free=64 * GB)
    assert choice.best == SMALL
    assert choice.reason == f"{LARGE} writes fewer than 5 tokens a second here (`edge-voice tune`)"
    fast = ChatSpeed(first_word_s=0.5, tokens_per_s=12, threads=2)
    write_tuned(store.folder, Tuned(chat={LARGE: fast}), {LARGE: store.identity(LARGE)})
    assert choose_chat_model(AUTO, store, free=64 * GB).best == LARGE


def test_a_board_that_is_expected_to_be_slow_gets_the_smaller_one_until_it_was_measured(
    models: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = shipped_boards()["raspberry-pi-4"]
    monkeypatch.setattr("edge.hardware.profile.profile_of_this_machine", lambda: board)
    store = models.open()
    choice = choose_chat_model(AUTO, store, free=8 * GB)
    assert (choice.best, choice.smaller) == (SMALL, ())
    assert choice.reason == f"{LARGE} is expected to be slow on this board (`edge-voice tune` measures it)"
    store.folder.mkdir(parents=True, exist_ok=True)
    fast = ChatSpeed(first_word_s=0.5, tokens_per_s=6, threads=4)
    write_tuned(store.folder, Tuned(chat={LARGE: fast}), {LARGE: store.identity(LARGE)})
    assert choose_chat_model(AUTO, store, free=8 * GB).best == LARGE


@pytest.mark.parametrize(
    ("board", "best"), [("raspberry-pi-5", LARGE), ("raspberry-pi-zero-2-w", SMALL), (None, LARGE)]
)
def test_other_boards_go_by_memory_alone(
    board: str | None, best: str, models: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = shipped_boards()[board] if board else None
    monkeypatch.setattr("edge.hardware.profile.profile_of_this_machine", lambda: profile)
    assert choose(models.open(), 8 if best == LARGE else 0.4)[0] == best
