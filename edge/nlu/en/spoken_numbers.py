"""Number words to digits, the way English says them: "twenty five" is 25, "seven thirty" is 7 and 30.

Pure. Digits that are already there stay, so that doing it twice changes nothing.
"""

import re

_BELOW_TWENTY = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

_VALUES = {word: value for value, word in enumerate(_BELOW_TWENTY.split())} | {
    word: value * 10 for value, word in enumerate(_TENS.split(), start=2)
}
_SCALES = {"hundred": 100, "thousand": 1000}
_ZERO_IN_A_TIME = {"oh", "o"}
_INTEGER = re.compile(r"\d{1,6}")
_LAST_HOUR = 23


def words_to_digits(words: list[str]) -> list[str]:
    """Replace number words by digits; every other word stays as it is.

    "two hundred and five" gives 205, "three point five" 3.5, "seven oh five" 7 and 05. Two numbers that do not make
    one ("five thirty") stay two.
    """
    found: list[str] = []
    at = 0
    while at < len(words):
        is_one = words[at] == "a" and _word(words, at + 1) in _SCALES  # "a hundred"
        value, used = _number(words, at + is_one)
        used += is_one
        if used:
            found.append(str(value))
            at += used
        elif _is_zero_in_a_time(found, words, at):
            found.append(f"0{_VALUES.get(words[at + 1], words[at + 1])}")
            at += 2
        else:
            found.append(words[at])
            at += 1
    return _join_points(found)


def _number(words: list[str], at: int) -> tuple[int, int]:
    """The number that begins at `at` and how many words it takes; 0 words where none begins.

    A digit group only counts as a beginning when "hundred" or "thousand" follows it.
    """
    total = 0
    used = 0
    while True:
        part, part_used = _below_hundred(words, at + used)
        scale = _SCALES.get(_word(words, at + used + part_used))
        if scale is None:
            break
        if not part_used and total:
            break
        if total and scale >= 1000:  # noqa: PLR2004 - "five thousand" was the largest part there can be
            break
        total += (part if part_used else 1) * scale
        used += part_used + 1
        # "two hundred AND five": only a number after "and" belongs to it.
        if _word(words, at + used) == "and" and _below_hundred(words, at + used + 1)[1]:
            used += 1
    if total:
        return (total + part, used + part_used) if part_used and not _is_digits(words, at + used) else (total, used)
    return (0, 0) if _is_digits(words, at) else (part, part_used)


def _below_hundred(words: list[str], at: int) -> tuple[int, int]:
    word = _word(words, at)
    value = _VALUES.get(word)
    if value is None:
        return (int(word), 1) if _INTEGER.fullmatch(word) and len(word) <= 2 else (0, 0)  # noqa: PLR2004 - below 100
    unit = _VALUES.get(_word(words, at + 1), 0)
    if word in _TENS and 0 < unit < 10:  # noqa: PLR2004 - a single digit
        return value + unit, 2
    return value, 1


def _is_digits(words: list[str], at: int) -> bool:
    return _word(words, at).isdigit()


def _is_zero_in_a_time(found: list[str], words: list[str], at: int) -> bool:
    following = _word(words, at + 1)
    digit = _VALUES.get(following, int(following) if following.isdecimal() and following.isascii() else 0)
    return (
        words[at] in _ZERO_IN_A_TIME
        and 0 < digit < 10  # noqa: PLR2004 - a single digit
        and bool(found)
        and _INTEGER.fullmatch(found[-1]) is not None
        and int(found[-1]) <= _LAST_HOUR
    )


def _join_points(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if len(joined) > 1 and joined[-1] == "point" and _INTEGER.fullmatch(word) and _INTEGER.fullmatch(joined[-2]):
            joined[-2:] = [f"{joined[-2]}.{word}"]
        else:
            joined.append(word)
    return joined


def _word(words: list[str], at: int) -> str:
    return words[at] if at < len(words) else ""
