"""English numbers: their written and spoken forms, and the values of these. Pure.

`number_forms` and `number_value` work on canonical text (`edge.nlu.en.surface`), in which "7 5" stands for 7.5 and
"2 700" for 2,700. `words_to_digits` works on the words of a normalised text: "twenty five" becomes 25, "seven thirty" 7
and 30. Digits are kept, so it is idempotent.
"""

import re
from typing import Final

SMALL: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
"""0 to 19."""

TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
"""Indexed by the first digit."""

SCALES: Final = {"hundred": 100, "thousand": 1000}

LARGE: Final = {"thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
"""What the words behind a number below a thousand multiply it by."""

MAX_SAID = 100_000
"""Numbers from here on have digits only, no spoken form."""

_UNITS = "|".join(SMALL[1:10])
BELOW_HUNDRED_PATTERN: Final = "|".join(
    [rf"(?:{'|'.join(TENS[2:])})[ -](?:{_UNITS})", *TENS[2:], *sorted(SMALL, key=len, reverse=True)]
)
"""A regular expression of the words for 0 to 99."""

_VALUES = {word: value for value, word in enumerate(SMALL)} | {
    word: 10 * value for value, word in enumerate(TENS) if word
}
_HUNDRED, _THOUSAND = SCALES.values()
_LIMIT = 10**15
_HALF = 5
"""Tenths."""
_ZERO_IN_A_TIME = {"oh", "o"}
_LAST_HOUR = 23
_INTEGER = re.compile(r"\d{1,6}")


def is_number_word(word: str) -> bool:
    """Whether a word is a number or a part of one: "25", "twenty", "hundred"."""
    return word.isdecimal() or word in _VALUES or word in SCALES


def number_forms(value: float) -> tuple[str, ...]:
    """The written and spoken forms of a number below `MAX_SAID`: "25", "twenty five"; "seven and a half" for 7.5."""
    if value < 0:
        return tuple(f"minus {form}" for form in number_forms(-value))
    whole = int(value)
    if whole == value:
        digits = (str(whole), f"{whole // _THOUSAND} {whole % _THOUSAND:03}") if whole >= _THOUSAND else (str(whole),)
        return tuple(dict.fromkeys((*digits, *said_forms(whole))))
    tenth = round((value - whole) * 10)
    forms = [f"{whole} {tenth}", f"{whole} point {tenth}"]
    forms += [f"{said} point {SMALL[tenth]}" for said in said_forms(whole)]
    if tenth == _HALF:
        forms += [f"{said} and a half" for said in (str(whole), *said_forms(whole))]
    return tuple(dict.fromkeys(forms))


def said_forms(value: int) -> tuple[str, ...]:
    """The spoken forms of a whole number, 0 or more; none from `MAX_SAID` on."""
    if value < len(SMALL):
        return (SMALL[value],)
    if value < _HUNDRED:
        tens, unit = divmod(value, 10)
        return (f"{TENS[tens]} {SMALL[unit]}" if unit else TENS[tens],)
    if value < _THOUSAND:
        return _scaled(value, _HUNDRED, "hundred")
    if value < MAX_SAID:
        thousands = _scaled(value, _THOUSAND, "thousand")
        hundreds, rest = divmod(value, _HUNDRED)
        is_spoken = not rest and hundreds < _HUNDRED and hundreds % 10
        return (*thousands, f"{said_forms(hundreds)[0]} hundred") if is_spoken else thousands
    return ()


def said_behind(value: int) -> tuple[str, ...]:
    """The spoken forms after thousands or hundreds: "a thousand one hundred", never "a thousand a hundred"."""
    return tuple(form for form in said_forms(value) if not form.startswith(("a ", "hundred")))


def number_value(text: str, *, fractions: bool = False) -> float | None:
    """The value of a form of a number; None for other texts. With `fractions`, "7 5" is 7.5."""
    words = text.split()
    if words[:1] == ["minus"]:
        value = number_value(" ".join(words[1:]), fractions=fractions)
        return None if value is None else -value
    if words[-3:] == ["and", "a", "half"]:
        return _plus(_whole(words[:-3]), _HALF)
    if words[-2:-1] == ["point"]:
        return _plus(_whole(words[:-2]), _whole(words[-1:]))
    if fractions and len(words) == 2 and all(map(str.isdecimal, words)) and len(words[1]) == 1:  # noqa: PLR2004 - "7 5"
        return _plus(_whole(words[:1]), _whole(words[1:]))
    return _whole(words)


def words_to_digits(words: list[str]) -> list[str]:
    """Replace number words by digits; other words are unchanged.

    "two hundred and five" becomes 205, "three point five" 3.5, "seven oh five" 7 and 05. Two numbers that do not form
    one ("five thirty") remain two.
    """
    found: list[str] = []
    at = 0
    while at < len(words):
        value, used = _number_at(words, at)
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


def _whole(words: list[str]) -> float | None:
    """Whole numbers: "25", "2 700", "twenty five", "a hundred and five", "two thousand and seven"."""
    if all(map(str.isdecimal, words)):
        match words:
            case [number]:
                return float(number)
            case [thousands, rest] if len(rest) == 3:  # noqa: PLR2004 - "2 700"
                return float(thousands + rest)
        return None
    value, used = _number_at(words, 0)
    return float(value) if used == len(words) else None


def _plus(whole: float | None, tenths: float | None) -> float | None:
    return None if whole is None or tenths is None else round(whole + tenths / 10, 1)


def _scaled(value: int, scale: int, word: str) -> tuple[str, ...]:
    count, rest = divmod(value, scale)
    heads = [f"{said} {word}" for said in said_forms(count)]
    if count == 1:
        heads.append(f"a {word}")
    if not rest:
        return (*heads, word) if count == 1 else tuple(heads)
    joints = (" ", " and ") if rest < _HUNDRED else (" ",)
    return tuple(f"{head}{joint}{said}" for head in heads for joint in joints for said in said_behind(rest))


def _number_at(words: list[str], at: int) -> tuple[int, int]:
    """The number that begins at `at` and how many words it takes; 0 words if none begins there.

    A group of digits begins one only if "hundred" or a larger word follows it.
    """
    is_one = _word(words, at) == "a" and _word(words, at + 1) in {"hundred", *LARGE}  # "a hundred"
    start = at
    at += is_one
    total = group = 0
    limit = _LIMIT
    while True:
        part, part_used = _below_hundred(words, at)
        word = _word(words, at + part_used)
        scale = _HUNDRED if word == "hundred" else LARGE.get(word)
        if scale is None:
            break
        if scale >= limit or (scale == _HUNDRED and group) or (total and not group and not part_used):
            part_used = 0  # "two hundred | three hundred": the part belongs to the next number
            break
        if scale == _HUNDRED:
            group = (part if part_used else 1) * scale
        else:
            total += (group + (part if part_used else not group)) * scale
            group, limit = 0, scale
        at += part_used + 1
        # "two hundred AND five": only a number after "and" belongs to it.
        if _word(words, at) == "and" and _below_hundred(words, at + 1)[1]:
            at += 1
    if part_used and not _word(words, at).isdecimal():
        return total + group + part, at + part_used - start
    return total + group, at - start


def _below_hundred(words: list[str], at: int) -> tuple[int, int]:
    word = _word(words, at)
    value = _VALUES.get(word)
    if value is None:
        return (int(word), 1) if _INTEGER.fullmatch(word) and len(word) <= 2 else (0, 0)  # noqa: PLR2004 - below 100
    unit = _VALUES.get(_word(words, at + 1), 0)
    if word in TENS and 0 < unit < 10:  # noqa: PLR2004 - a single digit
        return value + unit, 2
    return value, 1


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
    """Put "3 point 1 4" together as 3.14: behind the point one number, or single digits."""
    joined: list[str] = []
    in_decimals = False
    for word in words:
        if len(joined) > 1 and joined[-1] == "point" and _INTEGER.fullmatch(word) and joined[-2].isdecimal():
            joined[-2:] = [f"{joined[-2]}.{word}"]
            in_decimals = len(word) == 1
        elif in_decimals and len(word) == 1 and word.isdecimal():
            joined[-1] += word
        else:
            joined.append(word)
            in_decimals = False
    return joined


def _word(words: list[str], at: int) -> str:
    return words[at] if at < len(words) else ""
