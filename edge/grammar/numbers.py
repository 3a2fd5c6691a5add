"""How numbers are said and written, and what a spoken number is worth. Canonical text only: "7 5" stands for 7.5."""

from collections.abc import Iterable

from edge.grammar.network import Builder

SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HUNDRED, _THOUSAND, _MAX = 100, 1000, 100_000
_HALF = 5
"""Tenths."""

_VALUES = {word: value for value, word in enumerate(SMALL)} | {
    word: 10 * value for value, word in enumerate(TENS) if word
}


def number_forms(value: float) -> tuple[str, ...]:
    """How a number below 100,000 is written or said: "25", "twenty five"; 7.5 also as "seven and a half"."""
    if value < 0:
        return tuple(f"minus {form}" for form in number_forms(-value))
    whole = int(value)
    if whole == value:
        digits = (str(whole), f"{whole // _THOUSAND} {whole % _THOUSAND:03}") if whole >= _THOUSAND else (str(whole),)
        return tuple(dict.fromkeys((*digits, *_said(whole))))
    tenth = round((value - whole) * 10)
    forms = [f"{whole} {tenth}", f"{whole} point {tenth}"]
    forms += [f"{said} point {SMALL[tenth]}" for said in _said(whole)]
    if tenth == _HALF:
        forms += [f"{said} and a half" for said in (str(whole), *_said(whole))]
    return tuple(dict.fromkeys(forms))


def number_value(text: str, *, fractions: bool = False) -> float | None:
    """What a form of a number is worth, None for what is none. `fractions`: whether "7 5" is 7.5."""
    words = text.split()
    if words[:1] == ["minus"]:
        value = number_value(" ".join(words[1:]), fractions=fractions)
        return None if value is None else -value
    if words[-3:] == ["and", "a", "half"]:
        return _plus(_whole(words[:-3]), _HALF)
    if words[-2:-1] == ["point"]:
        return _plus(_whole(words[:-2]), _whole(words[-1:]))
    if fractions and len(words) == 2 and all(map(str.isdigit, words)) and len(words[1]) == 1:  # noqa: PLR2004 - "7 5"
        return _plus(_whole(words[:1]), _whole(words[1:]))
    return _whole(words)


def number_network(builder: Builder, numbers: Iterable[float], target: int) -> int:
    """The node from which every form of one of the `numbers` leads to `target`."""
    large: dict[int, list[int]] = {}
    texts: list[tuple[str, int]] = []
    for number in dict.fromkeys(numbers):
        if number == int(number) and _THOUSAND <= number < _MAX:
            large.setdefault(int(number) // _THOUSAND, []).append(int(number) % _THOUSAND)
        elif number < _MAX:
            texts += [(form, target) for form in number_forms(number)]
    behind: dict[tuple[int, ...], tuple[int, int]] = {}
    for thousands, rests in large.items():
        key = tuple(rests)
        if key not in behind:
            behind[key] = _behind_thousands(builder, rests, target)
        written, said = behind[key]
        heads = (str(thousands), *_said(thousands), *(("a", "") if thousands == 1 else ()))
        texts += [(str(thousands), written), *((f"{head} thousand".strip(), said) for head in heads)]
        for rest in rests:
            hundreds, ones = divmod(thousands * _THOUSAND + rest, _HUNDRED)
            if not ones and hundreds < _HUNDRED and hundreds % 10:
                texts.append((f"{_said(hundreds)[0]} hundred", target))
    return builder.tree(texts)


def _behind_thousands(builder: Builder, rests: Iterable[int], target: int) -> tuple[int, int]:
    """What follows the digits of the thousands, and what follows "thousand"."""
    written: list[tuple[str, int]] = []
    said: list[tuple[str, int]] = []
    for rest in rests:
        written += [(f"{rest:03}", target), (f" {rest:03}", target)]
        joints = (" ", " and ") if rest < _HUNDRED else (" ",)
        said += [(joint + form, target) for joint in joints for form in _rest(rest)] if rest else [("", target)]
    return builder.tree(written), builder.tree(said)


def _plus(whole: float | None, tenths: float | None) -> float | None:
    return None if whole is None or tenths is None else round(whole + tenths / 10, 1)


def _whole(words: list[str]) -> float | None:
    """Whole numbers: "25", "2 700", "twenty five", "a hundred and five", "two thousand and seven"."""
    for word, scale in (("thousand", _THOUSAND), ("hundred", _HUNDRED)):
        if word in words:
            return _times(words, word, scale)
    match [_VALUES.get(word, int(word) if word.isdecimal() else None) for word in words]:
        case [int(value)]:
            return float(value)
        case [int(tens), int(unit)] if words[0] in TENS and 0 < unit < len(TENS) and words[1] in SMALL:
            return float(tens + unit)
        case [int(thousands), int(rest)] if "".join(words).isdecimal() and len(words[1]) == 3:  # noqa: PLR2004 - "2 700"
            return float(thousands * _THOUSAND + rest)
    return None


def _times(words: list[str], word: str, scale: int) -> float | None:
    at = words.index(word)
    head, rest = words[:at], words[at + 1 :]
    count = 1.0 if head in ([], ["a"]) else _whole(head)
    more = 0.0 if not rest else _whole(rest[1:] if rest[0] == "and" else rest)
    return None if count is None or more is None or more >= scale else count * scale + more


def _said(value: int) -> tuple[str, ...]:
    if value < len(SMALL):
        return (SMALL[value],)
    if value < _HUNDRED:
        tens, unit = divmod(value, 10)
        return (f"{TENS[tens]} {SMALL[unit]}" if unit else TENS[tens],)
    if value < _THOUSAND:
        return _scaled(value, _HUNDRED, "hundred")
    if value < _MAX:
        thousands = _scaled(value, _THOUSAND, "thousand")
        hundreds, rest = divmod(value, _HUNDRED)
        is_spoken = not rest and hundreds < _HUNDRED and hundreds % 10
        return (*thousands, f"{_said(hundreds)[0]} hundred") if is_spoken else thousands
    return ()


def _scaled(value: int, scale: int, word: str) -> tuple[str, ...]:
    count, rest = divmod(value, scale)
    heads = [f"{said} {word}" for said in _said(count)]
    if count == 1:
        heads.append(f"a {word}")
    if not rest:
        return (*heads, word) if count == 1 else tuple(heads)
    joints = (" ", " and ") if rest < _HUNDRED else (" ",)
    return tuple(f"{head}{joint}{said}" for head in heads for joint in joints for said in _rest(rest))


def _rest(value: int) -> tuple[str, ...]:
    """What is said behind thousands or hundreds: "a thousand one hundred", never "a thousand a hundred"."""
    return tuple(form for form in _said(value) if not form.startswith(("a ", "hundred")))
