"""Sentence files with mistakes that users of other assistants found by their effects: `check` names each."""

from pathlib import Path

import pytest

from edge.nlu.hassil_intents import check_sentences
from edge.settings import RouteSettings, Settings
from tests.reports.reported import typed


def mistakes(text: str, folder: Path) -> tuple[Path, str]:
    """The file with this text, and what `check` says about it."""
    file = folder / "own.yaml"
    file.write_text(text, encoding="utf-8")
    errors = check_sentences(Settings(route=RouteSettings(sentences=[file])))
    return file, "\n".join(mistake for error in errors for mistake in error.mistakes)


@pytest.mark.parametrize(
    ("intent", "slots", "named"),
    [
        ("HassTurnOn", "{naem: TV}", "no slot 'naem', did you mean name?"),
        ("HassTurnOff", "{naem: TV}", "no slot 'naem', did you mean name?"),
        ("HassTurnOn", "{domain: cover, nam: Blinds}", "no slot 'nam', did you mean name?"),
        ("HassTurnOff", "{domain: light, aera: Kitchen}", "no slot 'aera', did you mean area?"),
        ("HassTurnOn", "{domian: light}", "no slot 'domian', did you mean domain?"),
        ("HassTurnOn", "{domain: lights}", "slots.domain: 'lights' is none of"),
        ("HassTurnOff", "{domain: Light}", "slots.domain: 'Light' is none of"),
        ("HassTurnOn", "{Name: TV}", "no slot 'Name', did you mean name?"),
        ("HassTurnOn", "{entity: TV}", "no slot 'entity'"),
        ("HassTurnOn", "{room: Kitchen, domain: light}", "no slot 'room'"),
        ("HassLightSet", "{brigthness: 20, domain: light}", "no slot 'brigthness', did you mean brightness?"),
        ("HassTurnOn", "{devise_class: blind, domain: cover}", "no slot 'devise_class', did you mean device_class?"),
    ],
)
def test_a_misspelt_key_is_named_and_never_means_the_whole_home(
    intent: str, slots: str, named: str, tmp_path: Path
) -> None:
    """Reported in home-assistant/core#155024 and #87166, OHF-Voice/intents#863."""
    file, found = mistakes(f"intents: {{{intent}: {{data: [{{sentences: [abracadabra], slots: {slots}}}]}}}}", tmp_path)
    assert found.count(named) == 1
    assert typed(tmp_path, "abracadabra", sentences=[file]).published == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{EdgeStop: {data: [{sentences: ['basta {x}']}]}}\nlists: {x: {values: [on, off]}}", "is not a text"),
        ("{EdgeStop: {data: [{sentences: ['basta {x}']}]}}\nlists: {x: [one, two]}", "lists.x: needs 'values:'"),
        ("{EdgeStop: {data: {sentences: [basta]}}}", "needs 'data:' with a list of blocks"),
        ("{EdgeStop: {data: [{sentences: [<a>]}]}}\nexpansion_rules: {a: 'b <a>'}", "the rule <a> contains itself"),
        ("{EdgeStop:\t{data: [{sentences: [basta]}]}}\n\tx: 1", "not YAML"),
        ("{EdgeStop: {data: [{sentences: [basta]}]}}\nlanguage: de", "language: 'de' is not 'en'"),
        ("{EdgeStop: {data: [{sentences: ['basta {x}']}]}}\nlists: {x: {range: {from: 1}}}", "needs 'from:' and 'to:'"),
        ("{EdgeStop: {data: [{sentences: basta}]}}", "needs 'sentences:' with a list of texts"),
        ("{EdgeStop: {data: [{sentences: [basta <b>]}]}}", "there is no rule <b>"),
        ("{EdgeStop: {data: [{sentences: ['basta {b}']}]}}", "there is no list {b}"),
        ("{EdgeStpo: {data: [{sentences: [basta]}]}}", "unknown intent 'EdgeStpo', did you mean EdgeStop?"),
        ("{}", "needs 'intents:' with at least one intent"),
        ("{EdgeStop: {data: [{sentences: ['basta (now']}]}}", "invalid sentence"),
    ],
)
def test_a_file_of_the_wrong_shape_is_named_with_the_place(text: str, named: str, tmp_path: Path) -> None:
    """Reported in OHF-Voice/intents#1107, rhasspy/rhasspy-speech#1, home-assistant/core#147995,

    and snipsco/snips-nlu#772.
    """
    file, found = mistakes(f"intents: {text}", tmp_path)
    assert named in found
    assert typed(tmp_path, "what time is it", sentences=[file]).reply == "It's 10 AM."


@pytest.mark.parametrize(
    ("response", "reply"),
    [
        ("0042", "0042"),
        ("'0042'", "0042"),
        ("007", "007"),
        ("'12:30'", "12:30"),
        ("It is 0042.", "It is 0042."),
        ("2026-11-27", "2026-11-27"),
        ("0x1f", "0x1f"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
    ],
)
def test_a_code_is_spoken_with_its_zeros_or_named(response: str, reply: str, tmp_path: Path) -> None:
    """Reported in yaml/pyyaml#107, home-assistant/core#12787 and #16748."""
    block = f"{{sentences: [what is the door code], response: {response}}}"
    file, found = mistakes(f"intents: {{HassRespond: {{data: [{block}]}}}}", tmp_path)
    said = typed(tmp_path, "what is the door code", sentences=[file]).reply
    assert said == reply or "response:" in found


@pytest.mark.parametrize(
    ("block", "named"),
    [
        ("{sentences: [scene twenty one], response: 'Yes.'}", "write 'scene 21'"),
        ("{sentences: ['cinema style!'], response: 'Yes.'}", "write 'cinema style'"),
        ("{sentences: [fifty percent party], response: 'Yes.'}", "write '50 percent party'"),
        ("{sentences: [please be kind], response: 'Yes.'}", "are left out of what is heard"),
        ("{sentences: [noon], response: \"{{ states('sensor.oncall') }}\"}", "nothing fills"),
        ("{sentences: [noon], response: 'noted {thing}'}", "nothing fills {thing}"),
        ("{sentences: [noon], response: ''}", "response: is empty"),
        ("{sentences: [noon]}", "needs 'response:'"),
        ("{sentences: [noon], response: [one, two]}", "is not a text"),
    ],
)
def test_a_sentence_that_cannot_match_and_a_response_that_is_no_text_are_named(
    block: str, named: str, tmp_path: Path
) -> None:
    """Reported in OHF-Voice/speech-to-phrase#5 and home-assistant/core#125290."""
    assert named in mistakes(f"intents: {{HassRespond: {{data: [{block}]}}}}", tmp_path)[1]


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("in the den please start the show", True),
        ("start the show in the den", True),
        ("start the show please in the den", True),
        ("in the den start the show", True),
        ("start the den", False),
        ("tell anna that dinner is ready", True),
        ("tell that dinner", False),
    ],
)
def test_parts_in_any_order_and_free_words_match_as_in_hassil(text: str, understood: bool, tmp_path: Path) -> None:
    """Reported in OHF-Voice/hassil#30 and OHF-Voice/intents#1479."""
    file, found = mistakes(
        """
intents:
  HassRespond:
    data:
      - sentences: ["(in the den;[please];start the show)", "tell {who:anything} that {what:anything}"]
        response: "Done."
lists:
  who: {wildcard: true}
  what: {wildcard: true}
""",
        tmp_path,
    )
    assert found == ""
    assert (typed(tmp_path, text, sentences=[file]).reply == "Done.") is understood
