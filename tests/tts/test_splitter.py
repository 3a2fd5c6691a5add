import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.tts.splitter import MAX_CHARS, Splitter


def split(text: str, *, step: int | None = None) -> list[str]:
    splitter = Splitter()
    step = step or max(1, len(text))
    pieces = [piece for at in range(0, len(text), step) for piece in splitter.feed(text[at : at + step])]
    return pieces + splitter.finish()


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
    splitter = Splitter()
    assert splitter.feed("The light is on. ") == []
    assert splitter.feed("It") == []
    assert splitter.feed(" is") == ["The light is on."]
    assert splitter.finish() == ["It is"]


def test_who_hands_in_whole_sentences_need_not_wait_for_the_next_word() -> None:
    splitter = Splitter()
    assert splitter.feed("Fish do not sleep. ") == []
    assert splitter.settle() == ["Fish do not sleep."]
    assert splitter.feed("Ask Dr. ") == []
    assert splitter.settle() == []
    assert splitter.feed("Smith at 9 a.m. ") == []
    assert splitter.settle() == []
    assert splitter.finish() == ["Ask Dr. Smith at 9 a.m."]


def test_a_sentence_without_an_end_is_cut_at_a_clause_then_at_a_word_then_anywhere() -> None:
    clauses = split("and then, " * 60)
    words = split("word " * 100)
    letters = split("x" * 1000)
    assert all(piece.endswith(",") for piece in clauses)
    assert all(set(piece.split()) == {"word"} for piece in words)
    assert "".join(letters) == "x" * 1000
    assert max(map(len, clauses + words + letters)) <= MAX_CHARS


def test_a_finished_splitter_takes_another_text() -> None:
    splitter = Splitter()
    for _ in range(2):
        assert splitter.feed("Yes, it is. No ") == ["Yes, it is."]
        assert splitter.finish() == ["No"]


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
    whole = split(text)
    splitter, at, pieces = Splitter(), 0, list[str]()
    for cut in cuts:
        pieces += splitter.feed(text[at : at + cut])
        at += cut
    pieces += splitter.feed(text[at:]) + splitter.finish()
    assert pieces == whole
    assert split(text, step=1) == whole


@given(text=TEXTS)
def test_nothing_is_lost_or_reordered_and_no_piece_is_empty_or_long(text: str) -> None:
    pieces = split(text)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece == piece.strip() and 0 < len(piece) <= MAX_CHARS for piece in pieces)


@given(text=TEXTS)
def test_memory_is_bounded(text: str) -> None:
    splitter = Splitter()
    for char in text * 3:
        splitter.feed(char)
        assert len(splitter._buffer) <= MAX_CHARS + 200
