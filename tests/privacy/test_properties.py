"""What holds for every text."""

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.en.numbers import SMALL, TENS, said_forms
from edge.privacy import PrivacyGate
from edge.settings import PrivacySettings
from tests.fakes.language import ENGLISH

GATE = PrivacyGate(ENGLISH, PrivacySettings(names=["Anna"]))
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DIGITS = st.text("0123456789", min_size=10, max_size=15)
FRAMES = st.sampled_from(["ring me on {}", "what is {}", "{} please", "is {} his, or not?", "my card is {} and I left"])


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4))
def test_what_was_replaced_comes_back(texts: list[str]) -> None:
    redacted = GATE.redact(texts)
    values: dict[str, set[str]] = {}
    for it in redacted.placeholders:
        values.setdefault(it.kind, set()).add(it.value)
    restorer = redacted.restorer()
    restored = tuple(restorer.feed(text) + restorer.finish() for text in redacted.texts)
    assert [text.casefold().split() for text in restored] == [text.casefold().split() for text in texts]


@pytest.mark.parametrize(
    "text", ["9" * 5000 + ", 1" + "9" * 5000, "+" * 5000 + "5551234567", "my PIN is " + "1" * 9999]
)
def test_a_hostile_number_is_replaced(text: str) -> None:
    assert not any(map(str.isdecimal, GATE.redact([text]).texts[0].replace("_1]", "")))


@given(DIGITS, FRAMES, st.sampled_from(["", " ", "-", ".", " dash "]))
def test_no_digit_of_a_long_number_is_sent(digits: str, frame: str, gap: str) -> None:
    said = digits if not gap else gap.join([digits[:4], digits[4:7], digits[7:]])
    (text,) = GATE.redact([frame.format(said)]).texts
    rest = text.replace("_1]", "")
    assert not any(map(str.isdecimal, rest)), text


@given(DIGITS, FRAMES, st.booleans())
def test_no_word_for_a_digit_of_a_spoken_number_is_sent(digits: str, frame: str, double: bool) -> None:
    said = " ".join(WORDS[int(digit)] for digit in digits)
    if double:
        for word in WORDS:
            said = said.replace(f"{word} {word}", f"double {word}", 1)
    (text,) = GATE.redact([frame.format(said)]).texts
    assert not {*WORDS, "double"} & set(text.split()), text


@pytest.mark.parametrize(
    "part",
    [
        "1",
        "a",
        "[",
        "@",
        "a.",
        "1 ",
        "double ",
        "at dot com ",
        "my ",
        "my name is Al ",
        "1:",
        "street ",
        "12 Baker Street, ",
        "rue de la ",
        "a-n-n-a ",
        "London SW7 5PE ",
        "corner of x and ",
        "my wife Ada King, Ada, ",
    ],
)
def test_the_time_grows_with_the_length_and_not_with_its_square(part: str) -> None:
    def seconds(length: int) -> float:
        text = (part * length)[:length]
        began = time.perf_counter()
        GATE.check(text)
        GATE.redact([text])
        return time.perf_counter() - began

    seconds(1000)
    short, long = min(seconds(4000) for _ in range(3)), min(seconds(32_000) for _ in range(3))
    assert long < 40 * short + 0.05


def _said(digits: str, chance: random.Random) -> str:
    """Digits as somebody may say them: one by one, doubled, in pairs, in hundreds."""
    words, at = [], 0
    while at < len(digits):
        rest, draw = digits[at:], chance.random()
        if len(rest) > 1 and rest[0] == rest[1] and draw < 0.6:
            words.append(f"double {WORDS[int(rest[0])]}")
            at += 2
        elif len(rest) > 3 and rest[0] != "0" and rest[1:3] == "00":
            words.append(f"{WORDS[int(rest[0])]} hundred")
            at += 3
        elif len(rest) > 1 and rest[0] != "0" and draw < 0.8:
            words.append(said_forms(int(rest[:2]))[0])
            at += 2
        else:
            words.append("oh" if rest[0] == "0" else WORDS[int(rest[0])])
            at += 1
    return chance.choice([" ", " ", ", ", " dash "]).join(words)


@given(DIGITS, FRAMES, st.randoms(use_true_random=False))
def test_a_number_is_replaced_however_it_is_said(digits: str, frame: str, chance: random.Random) -> None:
    (text,) = GATE.redact([frame.format(_said(digits, chance))]).texts
    numbers = {*WORDS, *TENS, *SMALL, "double", "oh", "hundred"}
    assert not numbers & set(re.findall(r"[a-z]+", text)), text
