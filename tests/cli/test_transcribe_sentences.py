"""`transcribe --sentences` and `--explain`: the words of an explanation with made-up scores, then the real engine."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from edge.bench.intent import SHIPPED
from edge.cli.app import app
from edge.cli.explain import Explanation, as_data, explain
from edge.errors import EdgeError
from edge.events import Candidate, Intent, Match, Progress, Transcript
from edge.nlu.en.surface import canonical
from edge.settings import ModelSettings
from edge.store import ModelStore, open_store
from edge.store.tuning import read_tuning
from edge.stt.moonshine.tuning import Tuning
from edge.stt.moonshine.verdict import Verdict

SENTENCES = SHIPPED / "sentences.yaml"
LATTE = Intent("order", {"drink": "latte"})
VERDICT = Verdict(read_tuning(Tuning, open_store(ModelSettings()).manifest("moonshine-tiny-en")))
FREE = Candidate("Make me a tea.", -1.0, -30.0, 6)


def sentence(text: str, log_prob: float, prior: float = -30.0, intent: Intent = LATTE) -> Candidate:
    return Candidate(text, log_prob, prior, 5, intent)


def explained(
    text: str,
    *candidates: Candidate,
    match: Match | None = None,
    progress: Progress = "no-command",
    nearest: tuple[Candidate, ...] = (),
) -> Explanation:
    transcript = Transcript(text, 0.9, final=True, match=match, progress=progress, candidates=candidates)
    return explain(transcript, match, VERDICT, nearest)


def test_a_near_miss_names_the_best_sentence_and_how_far_it_is_below() -> None:
    far = sentence("make me a latte", -16.5)
    why = explained("Make me a tea.", FREE, far, sentence("make me a mocha", -30.0)).why
    assert why.startswith("No sentence is close enough: the best, 'make me a latte', is 3.1 below the free text")
    assert f"Its probability is {VERDICT.probability(far, FREE):.0%};" in why
    assert why.endswith("Free text won.")


def test_a_command_says_how_close_it_is_and_what_the_next_best_meant() -> None:
    best = sentence("make me a latte", -1.0)
    same = sentence("make me one latte", -2.0)
    other = sentence("make me a mocha", -11.0, intent=Intent("order", {"drink": "mocha"}))
    match = Match("make me a latte", LATTE, 0.97)
    found = explained("make me a latte", FREE, best, same, other, match=match)
    assert found.why == (
        "'make me a latte' is as close to the audio as free text; its probability is 97%. "
        "The next best command, 'make me a mocha', scores 10.0 lower."
    )
    assert [one.won for one in found.weighed] == [False, True, False, False]
    further = explained("make me a latte", FREE, sentence("make me a latte", -3.0), match=match)
    assert further.why == "'make me a latte' is only 0.4 below free text per token; its probability is 97%."


def test_what_only_a_wider_search_finds_is_explained_as_that() -> None:
    far = explained("Make me a tea.", FREE, nearest=(sentence("make me a latte", -16.5),))
    assert far.why.startswith("No sentence is close enough: the best, 'make me a latte', is 3.1 below")
    near = explained("Make me a tea.", FREE, nearest=(sentence("make me a latte", -6.0),))
    assert near.why.startswith("The nearest sentence, 'make me a latte', is 1.0 below the free text per token,")
    assert [one.won for one in near.weighed] == [True, False]


def test_a_beginning_is_called_one() -> None:
    why = explained("Make me a", FREE, sentence("make me a latte", -30.0), progress="could-go-on").why
    assert "The text is the beginning of a sentence. Free text won." in why


def test_a_sentence_that_is_close_in_noise_is_not_said() -> None:
    why = explained("", FREE, sentence("make me a latte", -1.0)).why
    assert why == (
        "'make me a latte' is close, but noise would explain the audio nearly as well. "
        "The free text is not better: nothing was said."
    )


@pytest.mark.parametrize(
    ("text", "candidates", "match", "why"),
    [
        ("", [], None, "Nothing was said."),
        ("", [FREE], None, "No sentence is close to the audio. Nothing was said."),
        ("Make me a tea.", [FREE], None, "No sentence is close to the audio. Free text won."),
        ("Make me a tea.", [], None, "Its text is not a sentence of the grammar."),
        ("Make me a latte.", [], Match("Make me a latte.", LATTE, 0.8), "Its text is a sentence of the grammar."),
    ],
)
def test_every_other_outcome_has_its_words(
    text: str, candidates: Sequence[Candidate], match: Match | None, why: str
) -> None:
    transcript = Transcript(text, 0.8, final=True, candidates=tuple(candidates))
    assert explain(transcript, match, VERDICT).why.endswith(why)


def test_the_data_has_every_score() -> None:
    far = sentence("make me a latte", -16.5)
    free, one = as_data(explained("Make me a tea.", FREE, far))["candidates"]
    assert free == {
        "text": "Make me a tea.",
        "intent": None,
        "slots": {},
        "log_prob": -1.0,
        "prior": -30.0,
        "score": round(VERDICT.score(FREE), 3),
        "pmi_per_token": 4.833,
        "gap_per_token": None,
        "probability": None,
        "won": True,
    }
    assert (one["intent"], one["slots"], one["won"]) == ("order", {"drink": "latte"}, False)
    assert one["gap_per_token"] == 3.1
    assert one["probability"] == round(VERDICT.probability(far, FREE), 3)


def run(store: ModelStore, *arguments: str | Path) -> tuple[int, str, str]:
    assert store.names()
    result = CliRunner().invoke(app, ["transcribe", *map(str, arguments)])
    if isinstance(result.exception, EdgeError):
        return result.exception.exit_status, result.stdout, str(result.exception)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_stands_behind_the_text(store: ModelStore) -> None:
    status, out, _ = run(store, SHIPPED / "two-croissants.flac", "--sentences", SENTENCES)
    assert status == 0
    assert canonical(out).split()[:5] == ["give", "me", "two", "croissants", "please"]
    assert "  [orderBread bread=croissant, count=2; " in out
    assert len(out.splitlines()) == 1
    assert run(store, SHIPPED / "minute.flac", "--sentences", SENTENCES) == (
        0,
        "Give me a minute to think about it.  [no sentence]\n",
        "",
    )


def test_json_has_the_command_and_on_request_what_it_was_chosen_from(store: ModelStore, tmp_path: Path) -> None:
    files = [SHIPPED / "price-roll.flac", tmp_path / "none.wav", SHIPPED / "ticket.flac"]
    status, out, _ = run(store, *files, "--sentences", SENTENCES, "--json")
    assert status == 1
    price, missing, ticket = [json.loads(line) for line in out.splitlines()]
    assert price["intent"] == "askPrice"
    assert price["slots"] == {"size": "large", "bread": "poppy seed roll"}
    assert 0.7 < price["probability"] <= 1
    assert missing["error"]["code"] == "recording-missing"
    assert (ticket["intent"], ticket["slots"], ticket["probability"]) == (None, {}, None)
    assert ticket["text"].startswith("How much is a ticket")
    assert "candidates" not in price

    _, out, _ = run(store, *files, "--sentences", SENTENCES, "--json", "--explain")
    price, missing, ticket = [json.loads(line) for line in out.splitlines()]
    assert price["candidates"][0]["intent"] is None
    (won,) = [one for one in price["candidates"] if one["won"]]
    assert won["text"].split() == canonical(price["text"]).split()
    assert "its probability is " in price["why"]
    assert ticket["candidates"][0]["won"]
    assert len(ticket["candidates"]) > 1
    assert " below the free text" in ticket["why"]
    assert "why" not in missing


def test_an_explanation_is_a_table_with_its_reason_and_a_legend(store: ModelStore) -> None:
    status, out, err = run(store, SHIPPED / "cancel.flac", "--sentences", SENTENCES, "--explain")
    assert (status, err) == (0, "")
    assert "  [cancelOrder; " in out.splitlines()[0]
    assert "free text" in out
    assert "'cancel my order please' is " in out
    assert out.count("log prob: log probability of the text given the audio") == 1


def test_without_sentences_there_is_nothing_to_explain(store: ModelStore) -> None:
    status, out, err = run(store, SHIPPED / "cancel.flac", "--explain")
    assert (status, out) == (2, "")
    assert "explain-needs-sentences" in err


def test_a_broken_sentence_file_is_one_error_and_nothing_is_heard(store: ModelStore, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("intents: {a: {data: [{sentences: ['hi {x}']}]}}")
    for path in (broken, tmp_path / "none.yaml"):
        status, out, err = run(store, SHIPPED / "cancel.flac", "--sentences", path)
        assert (status, out) == (1, "")
        assert "sentences-invalid" in err
        assert str(path) in err
