"""Which questions the model in the home is asked."""

from pathlib import Path

from edge.nlu.kinds import OPEN
from edge.route.fitness import EVERYTHING, fit_kinds
from edge.settings import LlmSettings, ModelSettings
from edge.store import open_store

STORE = open_store(ModelSettings(folder=Path("none")))
LOCAL = LlmSettings()


def test_a_model_of_the_store_is_asked_what_its_manifest_says() -> None:
    assert fit_kinds(LOCAL, STORE, "smollm2-135m") == {"creative", "smalltalk"}
    assert "world" in (fit_kinds(LOCAL, STORE, "qwen2.5-coder-1.5b") or set())


def test_a_model_that_nobody_measured_states_nothing() -> None:
    assert fit_kinds(LOCAL, STORE, "gemma3-270m") == {"creative", "smalltalk"}


def test_who_chose_a_model_knows_it() -> None:
    assert fit_kinds(LOCAL, STORE, "own-model") == OPEN
    server = LlmSettings.model_validate({"engine": "server", "url": "http://localhost:8080/v1", "model": "any"})
    assert fit_kinds(server, STORE, "any") == EVERYTHING


def test_without_an_open_model_there_is_nothing_to_ask() -> None:
    assert fit_kinds(LOCAL, STORE, None) is None


def test_the_owner_may_want_a_model_to_be_asked_everything() -> None:
    assert fit_kinds(LOCAL.model_copy(update={"fit_only": False}), STORE, "smollm2-135m") == OPEN
