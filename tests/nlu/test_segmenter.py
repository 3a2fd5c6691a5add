import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import ReplySentence
from edge.nlu.segmenter import MAX_CHARS, FirstPiece, Segmenter
from tests.fakes.language import ENGLISH

RULES = ENGLISH.sentence_rules


def split(text: str, *, step: int | None = None, first: FirstPiece = "sentence") -> list[str]:
    segmenter = Segmenter(RULES, first)
    step = step or max(1, len(text))
    pieces = [piece for at in range(0, len(text), step) for piece in segmenter.feed(text[at : at + step])]
    return [piece.text for piece in pieces + segmenter.finish()]


def written(*deltas: str, max_sentences: int | None = None, cut: bool = False) -> list[str]:
    """What comes out of a text that a model writes, delta by delta."""
    segmenter = Segmenter(RULES, "phrase", max_sentences=max_sentences)
    pieces = [piece for delta in deltas for piece in segmenter.feed(delta)]
    return [piece.text for piece in pieces + segmenter.finish(cut=cut)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It is 3.5 degrees.", "That is cold."],
        ["Dr. Smith came at 5 p.m. on Monday.", "Mrs. Jones left."],
        ["We meet at 5 p.m.", "The train is late."],
        ["The meeting is at 5 p.m. Tuesday."],
        ["Use a tool, e.g. a saw.", "Ok."],
        ["J. K. Rowling wrote it.", "So did I.", "He did not."],
        ["The U.S. Army left the U.S.", "It was cold."],
        ["Wait... what?", "Ok."],
        ["Wait...", "What is that?"],
        ["Really?!", "Yes!", "No."],
        ['"Yes," she said.', '"No!" he cried.', "“Maybe.”", "Fine."],
        ["(He left.)", "Then [she stayed.]", "Ok."],
        ["See https://example.com/a.b?c=1.5 now.", "Then go."],
        ["Mail me@example.com today.", "Ok."],
        ["No. 5 is alive.", "No.", "Never."],
        ["Jones Inc. makes it.", "It costs $5.99.", "Buy it."],
        ["**It is bold.**", "_So is this._", "Ok."],
        ["Version 2.0 is out.", "192.168.1.1 is an address."],
        ["It ended in 2024.", "Then came 2025."],
        ["Christmas Eve is Dec. 24th.", "It is a Thursday."],
        ["From Jan. 5 to Apr. 6 and from Jun. 7 to Jul. 8 it is open.", "On Sept. 9 it closes."],
        ["We meet on Tue. 5 May, Thu. 7 May or Fri. 8 May.", "Not on Sun. 10 May."],
        ["Come on Sat. 3 Oct. at noon.", "The cat sat.", "The sun is up."],
        ["See pp. 3 to 5, vol. 2, ch. 12.", "Then stop."],
        ["Add 2 oz. Parmesan and 1 tbsp. Worcestershire sauce.", "Stir."],
    ],
)
def test_a_sentence_ends_where_a_reader_would_say_so(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Steps:\n1. Boil water.\n2. Add tea. Stir.", ["Steps:", "1. Boil water.", "2. Add tea.", "Stir."]),
        ("# Tea\nGood tea\n- black\n- green", ["# Tea", "Good tea", "- black", "- green"]),
        ("```python\nprint(1.5)\n```\nDone.", ["```python", "print(1.5)", "```", "Done."]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["| a | b |", "|---|---|", "| 1 | 2 |"]),
        ("One\n\nTwo", ["One", "Two"]),
    ],
)
def test_lists_headings_tables_and_code_are_cut_by_lines(text: str, pieces: list[str]) -> None:
    assert split(text) == pieces


def test_a_wrapped_paragraph_is_not_cut_at_its_line_breaks() -> None:
    text = "This paragraph was wrapped by an editor at about sixty\ncharacters and goes on here. Then it ends"
    assert split(text) == [text[: text.index(" Then")], "Then it ends"]


def test_a_sentence_comes_out_as_soon_as_the_next_one_begins() -> None:
    segmenter = Segmenter(RULES)
    assert segmenter.feed("The light is on. ") == []
    assert segmenter.feed("It") == []
    assert segmenter.feed(" is") == [ReplySentence("The light is on.")]
    assert segmenter.finish() == [ReplySentence("It is")]


def test_of_a_text_that_is_written_a_sentence_need_not_wait_for_the_next_word() -> None:
    segmenter = Segmenter(RULES, "phrase")
    assert segmenter.feed("Fish do not sleep. ") == [ReplySentence("Fish do not sleep.")]
    assert segmenter.feed("Ask Dr. ") == []
    assert segmenter.feed("Smith at 9 a.m. ") == []
    assert segmenter.feed("or later. ") == [ReplySentence("Ask Dr. Smith at 9 a.m. or later.")]


def test_of_a_text_that_is_written_a_sentence_comes_when_its_mark_is_sure() -> None:
    assert written("It is 3", ".5 degrees", ". Cold", "!") == ["It is 3.5 degrees.", "Cold!"]


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ("In autumn, the days get shorter.", "In autumn,"),
        ("The sky is blue because air scatters blue light.", "The sky is blue because air scatters blue light."),
        ("A volcano is a natural phenomenon where magma rises.", "A volcano is a natural phenomenon"),
        ("Dogs wag their tails when they are happy.", "Dogs wag their tails"),
        ("The capital of France is Paris.", "The capital of France"),
        ("The desert is home to a variety of animals that cannot live elsewhere.", None),
        ("Yes, it is.", "Yes, it is."),
        ("Well, then, as you like.", "Well, then,"),
        ("Dr. Smith, who lives here, is a friend.", "Dr. Smith,"),
    ],
)
def test_the_voice_begins_with_the_first_phrase_while_the_rest_is_written(answer: str, first: str | None) -> None:
    segmenter = Segmenter(RULES, "phrase")
    pieces = [piece for word in re.findall(r"\s*\S+", answer) for piece in segmenter.feed(word)] + segmenter.finish()
    assert " ".join(piece.text for piece in pieces) == answer
    assert [piece.goes_on for piece in pieces] == [True] * (len(pieces) - 1) + [False]
    if first is not None:
        assert pieces[0].text == first
    assert not re.search(r"\b(a|the|of|to|that|is)$", pieces[0].text)


def test_a_later_clause_waits_for_its_sentence() -> None:
    assert written("Yes. ", "In autumn the days get shorter and colder, and ", "leaves fall", cut=True) == ["Yes."]


@pytest.mark.parametrize("first", ["clause", "phrase"])
def test_a_long_first_sentence_that_is_there_already_begins_with_its_first_clause(first: FirstPiece) -> None:
    timers = "You have 3 timers: 5 minutes on the pasta timer, 9 minutes on the tea timer and an hour."
    segmenter = Segmenter(RULES, first)
    begin, rest, again = segmenter.feed(f"{timers} {timers.replace('3', '4')} Done. ")[:3]
    assert (begin, rest.goes_on) == (ReplySentence("You have 3 timers:", goes_on=True), False)
    assert f"{begin.text} {rest.text}" == timers
    assert again.text == timers.replace("3", "4")
    assert split(timers, first="sentence") == [timers]


@pytest.mark.parametrize(
    "text",
    [
        "You have 3 timers: one, two, three.",
        f"No, {'a lot of words ' * 5}and so on, and on.",
        "See [this, that](https://a.b) and all the other pages about the same kind of thing.",
    ],
)
def test_a_short_sentence_a_word_and_a_link_are_not_cut(text: str) -> None:
    assert split(text, first="clause") == [text]


def test_a_cut_text_without_a_whole_sentence_is_better_than_nothing() -> None:
    assert written("The sky is", " blue because", cut=True) == ["The sky is blue because"]


def test_a_cut_text_that_happens_to_end_with_its_sentence_is_whole() -> None:
    assert written("One. ", "Two.", cut=True) == ["One.", "Two."]
    assert written("One. ", "We meet at 5 p.m.", cut=True) == ["One.", "We meet at 5 p.m."]


def test_a_cut_text_ends_with_what_was_begun() -> None:
    assert written("Dogs wag their tails when", " they are", cut=True) == ["Dogs wag their tails"]


def test_a_repeated_sentence_ends_a_text_that_is_written() -> None:
    repeated = ["I am here. ", "I can sing. ", "I'm here. ", "I am here! ", "More. "]
    assert written(*repeated) == ["I am here.", "I can sing.", "I'm here."]
    assert len(split("".join(repeated))) == len(repeated)


def test_a_repeated_sentence_is_found_when_its_first_clause_came_before() -> None:
    first = "In autumn the days get shorter and colder, and leaves fall. "
    assert " ".join(written(first[:45], first[45:], first, "More.")) == first.strip()


def test_only_so_many_sentences() -> None:
    segmenter = Segmenter(RULES, "phrase", max_sentences=2)
    assert [piece.text for piece in segmenter.feed("One cat. Two cats. Three cats.")] == ["One cat.", "Two cats."]
    assert segmenter.ended
    assert segmenter.feed(" More. ") == segmenter.finish() == []


def test_an_abbreviation_is_not_counted_as_a_sentence() -> None:
    assert written("Ask Dr. Smith. ", "He knows. ", "Go now. ", max_sentences=2) == ["Ask Dr. Smith.", "He knows."]


def test_quotes_belong_to_their_sentence() -> None:
    assert written('He said "no." ', "Then left.") == ['He said "no."', "Then left."]


def test_a_sentence_without_an_end_is_cut_at_a_clause_then_at_a_word_then_anywhere() -> None:
    clauses = split("and then, " * 60)
    words = split("word " * 100)
    letters = split("x" * 1000)
    assert all(piece.endswith(",") for piece in clauses)
    assert all(set(piece.split()) == {"word"} for piece in words)
    assert "".join(letters) == "x" * 1000
    assert max(map(len, clauses + words + letters)) <= MAX_CHARS


def test_a_piece_without_an_end_says_that_its_sentence_goes_on() -> None:
    segmenter = Segmenter(RULES)
    pieces = segmenter.feed("word " * 100) + segmenter.finish()
    assert [piece.goes_on for piece in pieces] == [True, True, False]


FIRST_PIECES: tuple[FirstPiece, ...] = ("sentence", "clause")
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                ". ",
                "! ",
                "?!",
                "...",
                "…",
                "\n",
                "\n\n",
                " ",
                "  ",
                ", ",
                " and ",
                "Dr.",
                "p.m.",
                "e.g.",
                "3.5",
                "1. ",
                "No. ",
                '"',
                ")",
                "**",
                "- ",
                "# ",
                "```",
                "|",
                "the",
                "The",
                "A.",
                "word",
                "x" * 90,
                " " * 70,
                "。",
                "😀",
                "https://a.b/c.d",
                "\r\n",
                "\t",
                "U.S.",
            ]
        ),
        st.text(max_size=8),
    ),
    max_size=60,
).map("".join)


@given(text=TEXTS, cuts=st.lists(st.integers(1, 40), max_size=200))
def test_the_pieces_do_not_depend_on_how_the_text_arrives(text: str, cuts: list[int]) -> None:
    for first in FIRST_PIECES:
        whole = split(text, first=first)
        segmenter, at, pieces = Segmenter(RULES, first), 0, list[ReplySentence]()
        for cut in cuts:
            pieces += segmenter.feed(text[at : at + cut])
            at += cut
        pieces += segmenter.feed(text[at:]) + segmenter.finish()
        assert [piece.text for piece in pieces] == whole
        assert split(text, step=1, first=first) == whole


@given(text=TEXTS)
def test_nothing_is_lost_or_reordered_and_no_piece_is_empty_or_long(text: str) -> None:
    for first in FIRST_PIECES:
        pieces = split(text, first=first)
        assert "".join("".join(pieces).split()) == "".join(text.split())
        assert all(piece == piece.strip() and 0 < len(piece) <= MAX_CHARS for piece in pieces)


@given(text=TEXTS, step=st.integers(1, 30), cut=st.booleans())
def test_of_a_text_that_is_written_nothing_is_invented_and_it_ends_only_where_it_repeats_itself(
    text: str, step: int, *, cut: bool
) -> None:
    segmenter = Segmenter(RULES, "phrase")
    pieces = [piece for at in range(0, len(text), step) for piece in segmenter.feed(text[at : at + step])]
    pieces += segmenter.finish(cut=cut)
    out, whole = ("".join("".join(it).split()) for it in ([piece.text for piece in pieces], text))
    assert whole.startswith(out)
    assert segmenter.ended or cut or out == whole
    assert all(piece.text == piece.text.strip() and 0 < len(piece.text) <= MAX_CHARS for piece in pieces)
    assert segmenter.began == bool(pieces)


@given(text=TEXTS)
def test_memory_is_bounded(text: str) -> None:
    for first in get_args(FirstPiece):
        segmenter = Segmenter(RULES, first)
        for char in text * 3:
            segmenter.feed(char)
            assert len(segmenter._buffer) <= MAX_CHARS + 200


@pytest.mark.parametrize("first", get_args(FirstPiece))
@pytest.mark.parametrize("dash", ["–", "—"])  # noqa: RUF001 - dashes are meant
def test_a_dash_between_numbers_is_no_end_of_a_clause(dash: str, first: FirstPiece) -> None:
    text = f"Bake all of this for about 20 {dash} 25 minutes, then leave it to cool down for 5 minutes on a rack."
    assert any(f"20 {dash} 25" in piece for piece in split(text, step=1, first=first))
