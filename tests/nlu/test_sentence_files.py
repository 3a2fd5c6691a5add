from pathlib import Path

import pytest

from edge.events import Intent
from edge.nlu.hassil_intents import HassilRecognizer, check_sentences
from edge.settings import RouteSettings, Settings

COSY = """
language: en
intents:
  HassTurnOn:
    data:
      - sentences: ["make it (cosy|cozy) [in {place}]"]
        slots: {name: reading light}
  HassRespond:
    data:
      - sentences: ["what's the wifi password"]
        response: "Swordfish."
lists:
  place:
    values: [here, the den]
"""


def with_files(*paths: Path) -> Settings:
    return Settings(route=RouteSettings(sentences=list(paths)))


def write(folder: Path, text: str, name: str = "own.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_sentences_of_one_s_own_are_commands(tmp_path: Path) -> None:
    recognizer = HassilRecognizer(with_files(write(tmp_path, COSY)))
    assert recognizer.intent("Make it cosy, please!") == Intent("HassTurnOn", {"name": "reading light"})
    assert recognizer.intent("What's the WiFi password?") == Intent("HassRespond", {"response": "Swordfish."})
    assert recognizer.intent("make it cosy in the den") is not None
    assert recognizer.intent("make it cosy in the attic") is None


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    write(tmp_path, COSY)
    write(tmp_path, "intents: {EdgeStop: {data: [{sentences: [basta]}]}}", "more.yml")
    write(tmp_path, "not a sentence file", "readme.txt")
    recognizer = HassilRecognizer(with_files(tmp_path))
    assert recognizer.intent("basta") == Intent("EdgeStop")
    assert recognizer.intent("make it cozy") is not None
    assert not recognizer.mistakes


def test_one_s_own_sentence_goes_before_the_shipped_ones(tmp_path: Path) -> None:
    path = write(tmp_path, "intents: {EdgeThanks: {data: [{sentences: [what time is it]}]}}")
    assert HassilRecognizer(with_files(path)).intent("What time is it?") == Intent("EdgeThanks")


def test_one_s_own_sentences_may_use_the_shipped_rules_and_numbers(tmp_path: Path) -> None:
    path = write(tmp_path, 'intents: {HassStartTimer: {data: [{sentences: ["ping me in <duration>"]}]}}')
    assert HassilRecognizer(with_files(path)).intent("Ping me in an hour and a half.") == Intent(
        "HassStartTimer", {"hours": 1, "minutes": 30}
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "at least one intent"),
        ("[1, 2]", "at least one intent"),
        ("intents: {HassTurnOn: [", "not YAML"),
        ("intents: {}", "at least one intent"),
        ("intents: {HassTurnOnn: {data: [{sentences: [hi]}]}}", "did you mean HassTurnOn?"),
        ("intents: {HassTurnOn: {}}", "intents.HassTurnOn: needs 'data:'"),
        ("intents: {HassTurnOn: {data: [{}]}}", "data[1]: needs 'sentences:'"),
        ("intents: {HassTurnOn: {data: [{sentences: [3]}]}}", "data[1]: needs 'sentences:'"),
        (
            "intents: {HassTurnOn: {data: [{sentences: [hi], slots: {a: [1]}}]}}",
            "slots.a: must be a text (in quotes) or a number",
        ),
        ("intents: {HassTurnOn: {data: [{sentences: ['make it {nice}']}]}}", "there is no list {nice}"),
        ("intents: {HassTurnOn: {data: [{sentences: ['make it <nice>']}]}}", "there is no rule <nice>"),
        ("intents: {HassTurnOn: {data: [{sentences: ['make (it']}]}}", "invalid sentence"),
        ("intents: {HassTurnOn: {data: [{sentences: ['[please']}]}}", "invalid sentence"),
        (
            "{intents: {HassTurnOn: {data: [{sentences: ['<a1>']}]}}, expansion_rules: {a1: 'x <a1>'}}",
            "<a1> contains itself",
        ),
        (
            "{intents: {EdgeThanks: {data: [{sentences: ['{x}']}]}}, lists: {x: {wildcard: true}}}",
            "would match everything",
        ),
        ("{language: de, intents: {EdgeThanks: {data: [{sentences: [hi]}]}}}", "'de' is not 'en'"),
        ("{intents: {EdgeThanks: {data: [{sentences: [hi]}]}}, lists: {x: {}}}", "invalid list or rule"),
        ("{intents: {EdgeThanks: {data: [{sentences: [hi]}]}}, lists: [x]}", "lists: must be a table"),
    ],
)
def test_a_bad_file_is_refused_with_its_place_and_costs_only_itself(text: str, part: str, tmp_path: Path) -> None:
    bad = write(tmp_path, text, "bad.yaml")
    settings = with_files(bad, write(tmp_path, COSY))
    recognizer = HassilRecognizer(settings)
    assert recognizer.intent("make it cosy") is not None
    assert recognizer.intent("what time is it") is not None
    (error,) = check_sentences(settings)
    assert error.code == "sentences-invalid"
    assert part in error.message
    assert all(mistake.startswith(str(bad)) for mistake in error.mistakes)


def test_missing_huge_and_binary_files_are_refused(tmp_path: Path) -> None:
    huge = write(tmp_path, "#" * 300_000, "huge.yaml")
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    empty = tmp_path / "empty"
    empty.mkdir()
    errors = check_sentences(with_files(tmp_path / "missing.yaml", huge, binary, empty))
    assert [error.message.rpartition(": ")[2] for error in errors[:2]] == [
        "No such file or directory",
        "larger than 256 kB",
    ]
    assert "not YAML" in errors[2].message
    assert "contains no .yaml file" in errors[3].message


def test_several_mistakes_are_said_together(tmp_path: Path) -> None:
    path = write(tmp_path, "{language: fr, intents: {Nope: {data: [{}]}, Other: 3}}")
    (error,) = check_sentences(with_files(path))
    assert len(error.mistakes) == 5
