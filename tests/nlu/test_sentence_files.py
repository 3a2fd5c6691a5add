from pathlib import Path

import pytest

from edge.events import Intent
from edge.nlu import open_language
from edge.nlu.grammar_sources import KNOWN_INTENTS
from edge.nlu.hassil_intents import HassilRecognizer, check_sentences
from edge.nlu.intent_slots import SLOTS, unknown_slots
from edge.nlu.sentence_files import shipped_sentences
from edge.nlu.sentence_mistakes import wording_mistakes
from edge.nlu.slot_mistakes import said_slots
from edge.settings import RouteSettings, Settings
from tests.fakes.language import ENGLISH

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
    elsewhere = recognizer.intent("make it cosy in the attic")
    assert elsewhere is not None
    assert elsewhere.name == "EdgeNotUnderstood"


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
            "intents: {HassTurnOn: {data: [{sentences: [xyzzy], slots: {a: [1]}}]}}",
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


RESPOND = 'intents: {{HassRespond: {{data: [{{sentences: ["what is the door code"], response: {}}}]}}}}'
TURN_ON = "intents: {{HassTurnOn: {{data: [{{sentences: [{}], slots: {{name: TV}}}}]}}}}"


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("0042", "0042"),
        ("007", "007"),
        ("12:30", "12:30"),
        ("2026-11-27", "2026-11-27"),
        ("1_000", "1_000"),
        ('"7"', "7"),
    ],
)
def test_a_response_is_spoken_as_it_is_written(written: str, spoken: str, tmp_path: Path) -> None:
    settings = with_files(write(tmp_path, RESPOND.format(written)))
    assert check_sentences(settings) == []
    assert HassilRecognizer(settings).intent("what is the door code") == Intent("HassRespond", {"response": spoken})


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (RESPOND.format("42"), "response: 42 is not a text: put it in quotes"),
        (RESPOND.format("1.10"), "response: 1.1 is not a text: put it in quotes"),
        (RESPOND.format("yes"), "response: True is not a text: put it in quotes"),
        (RESPOND.format('" "'), "response: is empty"),
        ("intents: {HassRespond: {data: [{sentences: [hi there]}]}}", "needs 'response:' with the text to say"),
        (RESPOND.format("\"{{ states('sensor.oncall') }}\""), "nothing fills {{ states('sensor.oncall') }}"),
        (RESPOND.format('"{% if x %}a{% endif %}"'), "nothing fills {% if x %}"),
        (RESPOND.format('"noted {thing}"'), "nothing fills {thing}"),
        (RESPOND.format('"it is {slots.code}."'), "nothing fills {slots.code}"),
    ],
)
def test_a_response_that_would_be_spoken_wrongly_is_a_mistake(text: str, part: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    (error,) = check_sentences(with_files(path))
    assert error.code == "sentences-without-effect"
    assert error.mistakes[0].startswith(f"{path}: intents.HassRespond.data[1]: ")
    assert part in error.message


@pytest.mark.parametrize(
    ("sentence", "instead"),
    [
        ('"scene twenty one"', "write 'scene 21'"),
        ('"cinema style!"', "write 'cinema style'"),
        ('"movie time."', "write 'movie time'"),
        ('"led-strip on"', "write 'led strip on'"),
        ('"half an hour of light"', "never matches"),
        ('"(one|2) lamps"', "with 'one': write '1'"),
        ('"lamp [number] two"', "with 'two': write '2'"),
        ('"hey, it is dark"', "write 'hey it is dark'"),
        ('"please dim it"', "leave them out"),
        ('"(could|would) you dim it [now]"', "leave them out"),
    ],
)
def test_a_sentence_that_can_never_match_is_a_mistake_that_says_what_to_write(
    sentence: str, instead: str, tmp_path: Path
) -> None:
    settings = with_files(write(tmp_path, TURN_ON.format(f'{sentence}, "it is dark"')))
    (error,) = check_sentences(settings)
    assert "never matches" in error.message
    assert instead in error.message
    assert HassilRecognizer(settings).intent("it is dark") == Intent("HassTurnOn", {"name": "TV"})


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("scene 21", "scene twenty one"),
        ("(please|do) dim it", "do dim it"),
        ("[please] dim it [please]", "please dim it"),
        ("make it {0..100:brightness}[%| percent]", "make it 20 %"),
        ("TV time", "tv time"),
        ("what's on", "What's on?"),
        ("kid's lamp", "kid\u2019s lamp"),
        ("[please] (Küchenlampe|lamp)", "küchenlampe"),
    ],
)
def test_a_sentence_in_any_form_that_matches_is_good(sentence: str, said: str, tmp_path: Path) -> None:
    settings = with_files(write(tmp_path, TURN_ON.format(f'"{sentence}"')))
    assert check_sentences(settings) == []
    assert HassilRecognizer(settings).intent(said) is not None


def test_a_value_of_a_list_that_can_never_match_is_a_mistake(tmp_path: Path) -> None:
    text = TURN_ON.format('"channel {ch}"') + "\nlists: {ch: {values: [one, '2', {in: twenty-five, out: x}]}}"
    (error,) = check_sentences(with_files(write(tmp_path, text)))
    assert [mistake.partition(": ")[2] for mistake in error.mistakes] == [
        "lists.ch: 'one' never matches: write '1'",
        "lists.ch: 'twenty-five' never matches: write '25'",
    ]


def test_the_shipped_sentences_can_all_match() -> None:
    language = open_language("en")
    assert wording_mistakes(shipped_sentences(language), language) == []


@pytest.mark.parametrize(
    ("intent", "slots", "part"),
    [
        ("HassLightSet", "name: TV, brightness: 250", "slots.brightness: 250 is not between 0 and 100"),
        ("HassSetPosition", "name: TV, position: -1", "slots.position: -1 is not between 0 and 100"),
        ("HassFanSetSpeed", "name: TV, percentage: 100.5", "slots.percentage: 100.5 is not"),
        ("HassSetVolume", "volume_level: 101", "slots.volume_level: 101 is not"),
        ("HassSetVolumeRelative", "volume_step: -150", "slots.volume_step: -150 is not"),
        ("EdgeSetAlarm", "hour: 27", "slots.hour: 27 is not between 0 and 24"),
        ("EdgeSetAlarm", "hour: 13, meridiem: pm", "slots.hour: 13 has no am or pm"),
        ("EdgeSetAlarm", "hour: 7, minute: 60", "slots.minute: 60 is not between 0 and 59"),
        ("EdgeSetAlarm", "hour: seven", "slots.hour: 'seven' is not a number"),
        ("EdgeSetAlarm", "hour: 07", "slots.hour: '07' is not a number"),
        ("EdgeSetAlarm", "hour: 7, meridiem: noon", "slots.meridiem: 'noon' is none of am, pm"),
        ("HassStartTimer", "minutes: -5", "slots.minutes: -5 is not"),
        ("HassStartTimer", "hours: 200", "slots.hours: 200 is not between 0 and 168"),
    ],
)
def test_a_fixed_value_out_of_range_is_a_mistake(intent: str, slots: str, part: str, tmp_path: Path) -> None:
    text = f"intents: {{{intent}: {{data: [{{sentences: [go], slots: {{{slots}}}}}]}}}}"
    (error,) = check_sentences(with_files(write(tmp_path, text)))
    assert part in error.message


@pytest.mark.parametrize("listed", ["{b:brightness}", "{0..255:brightness}"])
def test_a_list_with_values_out_of_range_is_a_mistake(listed: str, tmp_path: Path) -> None:
    light = TURN_ON.replace("HassTurnOn", "HassLightSet")
    text = light.format(f'"lamp to {listed}"') + "\nlists: {b: {range: {from: 0, to: 255}}}"
    (error,) = check_sentences(with_files(write(tmp_path, text)))
    assert "brightness is between 0 and 100, not between 0 and 255" in error.message


@pytest.mark.parametrize("limits", ["{from: 3}", "{to: 3}", "{}", "{from: a, to: b}", "3"])
def test_a_range_without_its_ends_is_named(limits: str, tmp_path: Path) -> None:
    text = TURN_ON.format('"lamp to {b}"') + f"\nlists: {{b: {{range: {limits}}}}}"
    (error,) = check_sentences(with_files(write(tmp_path, text)))
    assert "lists.b: range: needs 'from:' and 'to:' with numbers" in error.message


@pytest.mark.parametrize(
    ("text", "key", "lines"),
    [
        (
            "intents:\n  EdgeStop: {data: [{sentences: [a]}]}\n  EdgeStop: {data: [{sentences: [b]}]}",
            "EdgeStop",
            (3, 2),
        ),
        ("intents: {}\nlanguage: en\nintents: {}", "intents", (3, 1)),
        ("intents:\n  EdgeStop:\n    data:\n      - sentences: [a]\n        sentences: [b]", "sentences", (5, 4)),
    ],
)
def test_a_key_that_is_there_twice_is_a_mistake_with_its_line(
    text: str, key: str, lines: tuple[int, int], tmp_path: Path
) -> None:
    (error,) = check_sentences(with_files(write(tmp_path, text)))
    assert f"line {lines[0]}: '{key}' is also in line {lines[1]}" in error.message


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(COSY, encoding="utf-8-sig")
    assert check_sentences(with_files(path)) == []
    assert HassilRecognizer(with_files(path)).intent("make it cosy") is not None


@pytest.mark.parametrize(
    ("intent", "block", "part"),
    [
        (
            "HassTurnOn",
            "sentences: [xyzzy], slots: {naem: TV}",
            "data[1]: HassTurnOn has no slot 'naem', did you mean name?",
        ),
        ("HassTurnOff", "sentences: [xyzzy], slots: {domain: cover, nam: Blinds}", "no slot 'nam', did you mean name?"),
        ("HassTurnOn", "sentences: ['xyzzy {name:nmae}']", "no slot 'nmae', did you mean name?"),
        ("HassTurnOn", "sentences: ['xyzzy <duration>'], slots: {domain: light}", "HassTurnOn has no slot 'hours'"),
        ("HassLightSet", "sentences: [xyzzy], slots: {name: TV, brightnes: 3}", "did you mean brightness?"),
        ("HassStartTimer", "sentences: [xyzzy], slots: {minuts: 3}", "did you mean minutes?"),
        ("HassGetCurrentTime", "sentences: [xyzzy], slots: {zone: x}", "it has none"),
        (
            "HassTurnOff",
            "sentences: [xyzzy], slots: {domain: lihgt}",
            "slots.domain: 'lihgt' is none of alarm_control_panel, climate,",
        ),
        (
            "HassTurnOff",
            "sentences: [xyzzy], slots: {domain: lights, area: Kitchen}",
            "slots.domain: 'lights' is none of",
        ),
    ],
)
def test_a_misspelt_slot_or_kind_is_a_mistake_with_its_place_and_switches_nothing(
    intent: str, block: str, part: str, tmp_path: Path
) -> None:
    path = write(tmp_path, f"intents: {{{intent}: {{data: [{{{block}}}]}}}}")
    settings = with_files(path)
    [error] = check_sentences(settings)
    assert part in error.message
    assert f"intents.{intent}.data[1]" in error.message
    assert HassilRecognizer(settings).intent("xyzzy") is None


def test_every_slot_of_the_shipped_sentences_is_known() -> None:
    shipped = shipped_sentences(ENGLISH)
    for name, intent in shipped.intents.items():
        for block in intent.data:
            rules = {**shipped.expansion_rules, **block.expansion_rules}
            said = {slot for sentence in block.sentences for slot in said_slots(sentence.expression, rules)}
            assert unknown_slots(name, {*block.slots, *said}) == []
    assert SLOTS.keys() <= KNOWN_INTENTS
