"""Compiled networks on disk: read back as they were, compiled again when anything is wrong, a few kept."""

import functools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hassil import Intents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edge.events import Intent
from edge.grammar import Grammar
from edge.grammar.cache import MAX_FILES, cached, fingerprint
from edge.grammar.network import Network
from edge.grammar.templates import Source, compile_network
from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity
from edge.nlu.spoken_grammar import open_grammar
from edge.settings import RouteSettings, Settings
from tests.fakes.language import ENGLISH


@functools.cache
def small() -> Network:
    intents = Intents.from_dict(
        {
            "language": "en",
            "intents": {
                "Dim": {
                    "data": [
                        {
                            "sentences": ["dim {name} to {level} [percent]", "dim it [in {room}]"],
                            "slots": {"how": "slowly", "by": 1.5},
                            "requires_context": {"kind": ["lamp"], "room": {"slot": True}},
                            "excludes_context": {"mode": "night"},
                            "response": "dimmed",
                        }
                    ]
                },
                "Say": {"data": [{"sentences": ["say {words}"]}]},
            },
            "lists": {
                "name": {"values": [{"in": "désk (lamp|light)", "out": "Desk", "context": {"kind": "lamp"}}]},
                "room": {"values": [{"in": "the attic", "out": 7, "context": {"room": "attic", "kind": "lamp"}}]},
                "level": {"range": {"from": 0, "to": 3000, "step": 10, "multiplier": 0.5}},
                "words": {"wildcard": True},
            },
        }
    )
    return compile_network([Source(intents)], ENGLISH.surface, {"room": "hall"})


def never() -> Network:
    raise AssertionError("compiled again")


def made_again(folder: Path) -> bool:
    made: list[bool] = []

    def make() -> Network:
        made.append(True)
        return small()

    assert cached(folder, "k", make) == small()
    return bool(made)


def test_a_network_is_read_back_as_it_was(tmp_path: Path) -> None:
    assert made_again(tmp_path / "not" / "there")
    kept = cached(tmp_path / "not" / "there", "k", never)
    assert kept == small()
    assert Grammar(kept, ENGLISH.surface, {"room": "hall"}).match("dim desk light to 300") == Intent(
        "Dim", {"how": "slowly", "by": 1.5, "name": "Desk", "level": 150, "room": "hall"}
    )
    assert [file.name for file in (tmp_path / "not" / "there").iterdir()] == ["grammar-k.json"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"nodes": 1e400}']
)
def test_what_is_no_network_is_made_again(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "grammar-k.json").write_bytes(content)
    assert made_again(tmp_path)
    assert cached(tmp_path, "k", never) == small()


def test_a_file_cut_anywhere_is_made_again(tmp_path: Path) -> None:
    made_again(tmp_path)
    file = tmp_path / "grammar-k.json"
    whole = file.read_bytes()
    for length in range(0, len(whole), 997):
        file.write_bytes(whole[:length])
        assert made_again(tmp_path)


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_again(tmp_path)
    monkeypatch.setattr("edge.grammar.cache.MAX_BYTES", 1000)
    assert made_again(tmp_path)


_CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a cycle": lambda it: it["targets"].__setitem__(0, len(it["arcs"]) - 1),
    "a start that is not there": lambda it: it.update(start=10**6),
    "a negative node": lambda it: it["targets"].__setitem__(0, -1),
    "a node that is no number": lambda it: it["targets"].__setitem__(0, "1"),
    "a call of a list that is not there": lambda it: it["calls"][0].__setitem__(1, 99),
    "a call that leads up": lambda it: it["calls"][0].__setitem__(3, len(it["arcs"]) - 1),
    "a list that reads itself": lambda it: it["lists"][0].__setitem__(2, it["start"]),
    "a kind of list that is not there": lambda it: it["lists"][0].__setitem__(1, "pickle"),
    "an end that is not there": lambda it: it["ends"][0].__setitem__(1, 10**6),
    "a slot that is a table": lambda it: it["values"][0].__setitem__(0, {}),
    "fewer characters": lambda it: it.update(characters=it["characters"][1:]),
    "no nodes": lambda it: it.update(arcs=[], widths=[], targets=[], characters=""),
}


@pytest.mark.parametrize("change", _CHANGES.values(), ids=_CHANGES.keys())
def test_a_network_that_would_lead_astray_is_made_again(
    change: Callable[[dict[str, Any]], object], tmp_path: Path
) -> None:
    made_again(tmp_path)
    file = tmp_path / "grammar-k.json"
    content = json.loads(file.read_bytes())
    change(content)
    file.write_text(json.dumps(content), encoding="utf-8")
    assert made_again(tmp_path)


@given(data=st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_in_a_file_a_grammar_works(data: st.DataObject, tmp_path: Path) -> None:
    """One number of a good file is another one: the grammar is another one too, or made again; nothing breaks."""
    file = tmp_path / "grammar-k.json"
    file.unlink(missing_ok=True)
    cached(tmp_path, "k", small)
    content = json.loads(file.read_bytes())
    numbers = data.draw(st.sampled_from([content["arcs"], content["widths"], content["targets"]]))
    numbers[data.draw(st.integers(0, len(numbers) - 1))] = data.draw(st.integers(-2, len(content["arcs"]) + 2))
    file.write_text(json.dumps(content), encoding="utf-8")
    grammar = Grammar(cached(tmp_path, "k", small), ENGLISH.surface, {"room": "hall"})
    for text in ("dim desk light to 300", "say hello", "dim it in the attic"):
        grammar.match(text)
        grammar.progress(text)


def test_a_folder_that_cannot_be_written_costs_only_the_cache(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert cached(blocked, "k", small) == small()
    assert blocked.read_text() == "in the way"


def test_a_few_files_are_kept_those_used_last(tmp_path: Path) -> None:
    (tmp_path / ".grammar-cut.part").write_text("a power cut")
    (tmp_path / "other.json").write_text("not ours")
    for number in range(MAX_FILES + 3):
        cached(tmp_path, f"k{number}", small)
        os.utime(tmp_path / f"grammar-k{number}.json", (number, number))
        if number == MAX_FILES - 1:
            cached(tmp_path, "k0", never)  # used again: the newest now
    left = {file.name for file in tmp_path.iterdir()}
    newest = {f"grammar-k{number}.json" for number in (0, *range(MAX_FILES, MAX_FILES + 3))}
    assert left == {"other.json", *newest}


def test_a_key_is_that_of_all_its_parts() -> None:
    names = HomeNames(areas=(NamedArea("Hall"),))
    keys = {
        fingerprint([]),
        fingerprint(["a", "b"]),
        fingerprint(["ab"]),
        fingerprint([b"ab"]),
        fingerprint(["b", "a"]),
        fingerprint([names]),
        fingerprint([HomeNames(areas=(NamedArea("Hall", ("lobby",)),))]),
        fingerprint(["ab"], packages=("edge.grammar", "edge.route")),
    }
    assert len(keys) == 8
    assert fingerprint(["ab"]) == fingerprint(["ab"])


def test_a_home_that_changes_is_compiled_again(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("intents: {EdgeStop: {data: [{sentences: [zip it]}]}}")
    listed = Settings(route=RouteSettings(sentences=[own]))
    home = HomeNames(entities=(NamedEntity("Desk", "light"),))
    folder = tmp_path / "cache"
    for _ in range(2):
        assert open_grammar(listed, home, folder).match("zip it") == Intent("EdgeStop", {})
    assert len(list(folder.iterdir())) == 1
    own.write_text("intents: {EdgeStop: {data: [{sentences: [pipe down]}]}}")
    changed = open_grammar(listed, home, folder)
    assert (changed.match("zip it"), changed.match("pipe down")) == (None, Intent("EdgeStop", {}))
    more = HomeNames(entities=(NamedEntity("Desk", "light"), NamedEntity("Shelf", "light")))
    assert open_grammar(listed, more, folder).match("turn on the shelf") == Intent("HassTurnOn", {"name": "Shelf"})
    assert len(list(folder.iterdir())) == 3
