"""Which models `ansible/prepare` fetches for a fleet; the program that fetches them is a script here."""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ANSIBLE = Path(__file__).resolve().parents[1] / "ansible"
Fetched = Callable[[bool], Sequence[str]]


@pytest.fixture
def prepare(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ANSIBLE))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = spec_from_loader("prepare", SourceFileLoader("prepare", str(ANSIBLE / "prepare")))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def fetched(prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fetched:
    """The models asked for, one call in each line, with or without the reference works; wordnet-en cannot be had."""
    program, calls = tmp_path / ".venv/bin/edge-voice", tmp_path / "calls"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\necho "$@" >> {calls}\ncase "$*" in *wordnet-en*) exit 1;; esac\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(prepare, "ROOT", tmp_path)

    def fetch(works: bool) -> Sequence[str]:
        options = Namespace(
            out=tmp_path, model=["piper-joe"], accept_noncommercial_models=False, no_reference_works=not works
        )
        prepare._models(options)
        return calls.read_text(encoding="utf-8").splitlines()

    return fetch


MODELS = "models pull moonshine-tiny-en silero-vad smollm2-135m microwakeword-alexa piper-joe"


def test_reference_works_come_along_and_the_lack_of_one_is_no_failure(
    fetched: Fetched, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetched(True) == [MODELS, "models pull wikipedia-en", "models pull wordnet-en"]
    assert "the bundle lacks wordnet-en, so its speakers look up less" in capsys.readouterr().err


def test_reference_works_can_be_left_out(fetched: Fetched) -> None:
    assert fetched(False) == [MODELS]


def test_the_works_are_those_of_the_speaker(prepare: ModuleType) -> None:
    from edge.store.needs import REFERENCE_WORKS

    assert REFERENCE_WORKS["en"] == prepare.REFERENCE_WORKS
