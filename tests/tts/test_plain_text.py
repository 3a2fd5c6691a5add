import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.tts.plain_text import PlainText
from tests.fakes.language import ENGLISH


def heard(text: str) -> list[str]:
    cleaner = PlainText(ENGLISH.plain_text_rules)
    return [words for line in text.split("\n") if (words := cleaner.clean(line))]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("## Weather", "Weather."),
        ("- buy **milk**", "buy milk."),
        ("* [x] done", "done."),
        ("2. Add _fresh_ tea!", "two: Add fresh tea!"),
        ("> quoted", "quoted"),
        ("~~no~~ `yes`", "no yes"),
        ("See [the manual](https://a.b/c_(d)) or https://a.b/c?d=e, ok.", "See the manual or a link, ok."),
        ("Visit www.example.com/x.", "Visit a link."),
        ("<https://a.b> and ![a cat](cat.png)", "a link and a cat"),
        ("It is true[1] and known.[^2]", "It is true and known."),
        ("| tea | 5 min |", "tea, five minutes."),
        ("<b>Hi</b><br/> there &amp; <a href='x'>here</a><!-- no -->", "Hi there & here"),
        ("<script>evil()</script>Fine.<|im_end|>", "Fine."),
        ("Good morning ☀️ 👍🏽!", "Good morning!"),
        ("a\u200bb\x07 c\u00a0d\ufeff", "ab c d"),
        ("snake_case", "snake case"),
        (
            "3 < 5 and 2*3*4 and 7 > 6",
            "three is less than five and two times three times four and seven is greater than six",
        ),
        ("20°C, 10%, C#", "twenty degrees Celsius, ten percent, C#"),
        (
            "5€ e.g. No. 5, ~3 km, 24/7",
            "five euros for example, number five, about three kilometers, twenty four seven",
        ),
        ("Zürich, naïve café ½", "Zürich, naïve café one half"),
        ("Wow!!! What??", "Wow! What?"),
        ("12345678901234567890", " ".join(2 * ["one two three four five six seven eight nine zero"])),
        ("It reads Привет and 你好 there.", "It reads and there."),
        ("٣ apples", "three apples"),
    ],
)
def test_only_words_reach_the_ear(written: str, said: str) -> None:
    assert heard(written) == [said]


@pytest.mark.parametrize(
    "written", ["", "---", "***", "|---|:-:|", "😀", "привет", "你好。", "...", "![](x)", "\u200b", "x" * 100]
)
def test_what_has_no_words_is_silent(written: str) -> None:
    assert heard(written) == []


def test_code_is_mentioned_but_not_read() -> None:
    text = "Try this:\n```python\nprint('hello')\n# a comment\n```\nIt says hello."
    assert heard(text) == ["Try this:", "A block of code.", "It says hello."]


def test_a_text_begins_outside_code() -> None:
    first = PlainText(ENGLISH.plain_text_rules)
    first.clean("```")
    assert first.clean("x = 1") == ""
    assert PlainText(ENGLISH.plain_text_rules).clean("x = 1") == "x equals one"


@given(st.text(max_size=240))
def test_any_text_becomes_one_line_of_latin_letters_and_signs(text: str) -> None:
    words = PlainText(ENGLISH.plain_text_rules).clean(text)
    assert words == " ".join(words.split())
    assert words == "" or any(c.isalnum() for c in words)
    assert all(c.isprintable() for c in words)
    assert all("LATIN" in unicodedata.name(c) or c in "Ωπµ" for c in words if c.isalpha())


def test_a_voice_of_another_script_reads_its_own_letters() -> None:
    russian = replace(ENGLISH.plain_text_rules, scripts=frozenset({"CYRILLIC"}))
    assert PlainText(russian).clean("Привет, 你好!") == "Привет,!"


def test_hostile_markup_takes_no_time() -> None:
    for hostile in ("[" * 240, "<a " * 80, "](" * 120, "*_" * 120, "<a b=" * 48, "https://" * 30, "|" * 240):
        PlainText(ENGLISH.plain_text_rules).clean(hostile)
