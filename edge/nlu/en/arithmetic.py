"""Signs between and before numbers as words; the numbers stay as they are. Pure.

"15 - 7 = 8" becomes "15 minus 7 equals 8", "5-10 minutes" "5 to 10 minutes", "-3°" "minus 3°".
"""

import re
from typing import Final

from edge.nlu.en.number_words import AMOUNT, FRACTION, NUMBER, plain_number
from edge.nlu.en.units import CURRENCIES, UNITS, any_of

MINUS: Final = "\u2212"

_MONEY = any_of(sign for sign in CURRENCIES if not sign.isalpha())
_UNIT = any_of(UNITS)
_OPERAND = rf"(?:[({MINUS}+±√∛-]\s?)*(?:(?:{_MONEY})\s?)?\.?\d"
"""What a number with its signs begins with."""
_CLAUSE = re.compile(r"[,;:.!?](?=\s|\Z)")
_SUM = re.compile(r"[=≠≈≤≥<>+\u00d7÷*⋅√±]")
_GOES_ON = re.compile(r"[)\s]*(?:[=≠≈<>≤≥]|[+\u00d7÷*]\s*[\d(√$€£]|\s/\s|\s[-\u2013]\s+[\d(])")
_WENT_ON = re.compile(r"(?:\d\)*\s*[+\u00d7÷*])[\s(]*\Z")
_EQUALS = re.compile(r"=[\s(]*\Z")
_ASKED = re.compile(r"\b(?:what(?:'s| is)|calculate|compute|subtract|minus)\b", re.IGNORECASE)
_SCORE = re.compile(
    r"\b(?:w[io]ns?|los[et]s?|lost|beats?|scores?|scored|leads?|led|draw|drew|tied|tie)\b", re.IGNORECASE
)
_LENGTH = "inch(?:es)?|in|[cm]?m|f(?:oo|ee)?t|yards?|px|pixels"
_RESULT = re.compile(r"\s*(?:=|is\b|are\b|makes\b|equals\b|leaves\b)")

_TEAM_BEFORE = re.compile(r"[A-Z]\w+ \d{1,3}\Z")
_TEAM_AFTER = re.compile(r" [A-Z][a-z]")

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n")
_POWERS = {"2": " squared", "3": " cubed"}
_POWER = re.compile(
    rf"(?<=[\w)])(?:\s?\^\s?\(?([-+{MINUS}]?\d+|[a-z])\)?|([⁺⁻]?[⁰¹⁴-⁹²³ⁿ]+))(?![\w])",
)
_UNIT_BEFORE = re.compile(r"(?:\d[\s-]?|/)(?:[kdcmµ]?m|ft|in|yd|mi|s)\Z")
_SPACED_HYPHEN = re.compile(rf"(?<=[\w)%°²³])\s+(?:[-\u2013]\s+|{MINUS}\s*)(?={_OPERAND}|[a-z](?![\w']))")
_NUMBER_BEFORE = re.compile(rf"((?<!\w)[-\u2013{MINUS}])?(?:(?:{_MONEY})\s?)?({NUMBER})\s?(?:{_UNIT})?[)\s]*\Z")
_NUMBER_AFTER = re.compile(rf"[\s(]*([-\u2013{MINUS}])?\W*?({NUMBER})")
_VARIABLE = re.compile(r"(?<![\w'])[a-z]\Z")
_TIGHT_HYPHEN = re.compile(
    rf"(?<![\w.,/\u2013])(?<![\w.,/\u2013-]-)((?:{_MONEY})?)({NUMBER}|\d{{1,3}}/\d{{1,3}})(\s?(?:{_UNIT})|[kKmMbB]n?)?[-\u2013]"
    rf"(?=((?:-|{MINUS})?(?:{_MONEY})?)(?:{FRACTION}|{NUMBER}(?![\d/]|-\d|\u2013\d)))"
)
_SCIENTIFIC = re.compile(rf"(?<![\w.,])(\d+(?:[.,]\d+)?)[eE]([-+{MINUS}]?\d{{1,3}})(?![\w.,]\d|\w)")
_MIXED_HYPHEN = re.compile(r"(?<![\w.,/-])(\d{1,3})-(\d{1,2})/(\d{1,3})(?![\d/])")
_SLASH = re.compile(rf"({AMOUNT}|\))\s+/\s+(?={_OPERAND})|(?<![\w./])(\d{{1,6}})/(?=(\d{{1,6}})\s?[=≠≈<>≤≥])")

_TYPED = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"<-+>|<=>", "\u2194"),
        (r"(?<!-)-{1,2}>|=>", "→"),
        (r">=", "≥"),
        (r"<=", "≤"),
        (r"!=|=/=", "≠"),
        (r"~=", "≈"),
        (r"\+/-|\+-(?=\d)", "±"),
    )
)
"""Signs that are typed as two characters."""

_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (rf"((?:{_MONEY})\s?)[-{MINUS}](?=\.?\d)", r" minus \1"),
        (rf"(?:(?<=[(\[\"'“\u2018])|(?<!.)){MINUS}\s*(?=\S)", "minus "),
        (rf"\s*{MINUS}\s*(?=\S)", " minus "),
        (rf"(?<![\w.)%°\u2019'\u2013-])[-\u2013](?=(?:(?:{_MONEY})\s?)?[√(]?\.?\d)", "minus "),
        (r"(?<=UTC|GMT)[-\u2013](?=\d)", " minus "),
        (r"\s*±\s*", " plus or minus "),
        (r"\s*\u2213\s*", " minus or plus "),
        (r"(?<=[A-Z])\+(?=\d)", " plus "),
        (r"(?<=\d)\s?(?=[√∛])", " times"),
        (r"(?<=\d)\((?=\d)", " times ("),
        (r"√\s*", " the square root of "),
        (r"∛\s*", " the cube root of "),
        (r"\s*≠\s*", " is not equal to "),
        (r"(?<=[\w)%°])\s*[≈≅]\s*", " is about "),
        (r"(?<!\w)[~≈≅](?=\s?[\d$€£])\s?", "about "),
        (r"\s*[≤⩽]\s*", " is less than or equal to "),
        (r"\s*[≥⩾]\s*", " is greater than or equal to "),
        (r"(?<=[\d)%°])\s*<\s*(?=[\d(]|minus)", " is less than "),
        (r"(?<=[\d)%°])\s*>\s*(?=[\d(]|minus)", " is greater than "),
        (r"(?<!\S)<\s?(?=(?:minus )?[\d$€£])", "less than "),
        (r"(?<!\S)>\s?(?=(?:minus )?[\d$€£])", "more than "),
        (r"\s+[<\u226a]\s+(?=[\w(])", " is less than "),
        (r"\s+[>\u226b]\s+(?=[\w(])", " is greater than "),
        (r"(?<![:=])\s*==?\s*(?=[^\s=])", " equals "),
        (r"(?<=[\w)%°])\s*\u00d7\s*(?=[\d($€£]|[a-z]\b|the (?:square|cube) root)", " times "),
        (r"(?<=[\d)])\s*[⋅·]\s*(?=[\d(])", " times "),
        (r"\s*[⋅·]\s+", ", "),
        (r"(?<=[a-z'\"])\s+x\s+(?=\d)", " by "),
        (r"(?<=\d)\s?\u00d7(?!\w)", " times"),
        (r"\s*÷\s*", " divided by "),
        (r"(?<=\w)\s+\+\s+(?=\S)|(?<=[\d)%°])\s*\+\s*(?=[\d($€£])", " plus "),
        (r"(?<![\w+])\+(?=[\d$€£])", "plus "),
        (r"(?<=\d)\+(?!\w)", " plus"),
        (r"\s*[→⇒⟶➔\u2194]\s*", " to "),
        (r"↑\s?(?=[\d$€£])", "up "),
        (r"↓\s?(?=[\d$€£])", "down "),
        (r"∞", " infinity "),
        (r"(?<=equals )[-\u2013](?=[a-z](?![\w']))", "minus "),
        (rf"(?<=\d)\s+x\s+(?={NUMBER}\s?(?:{_LENGTH})\b)", " by "),
        (r"(?<=\d)x(?=\d)|(?<=\d[\"'])\s?x\s?(?=\d)", " by "),
        (r"(?<=\d)\s+x\s+(?=\d)|(?<=\d)\s?x(?=\s[a-z]{2,})(?!\s(?:plus|minus|equals|is|times)\b)", " times "),
    )
)


def read_signs(text: str) -> str:
    """`text` with the signs of arithmetic, ranges and negative numbers in words."""
    for typed, written in _TYPED:
        text = typed.sub(written, text)
    text = _MIXED_HYPHEN.sub(_mixed, _SCIENTIFIC.sub(_scientific, text))
    text = _SLASH.sub(_divided, text)
    text = _SPACED_HYPHEN.sub(_minus_or_to, text)
    text = _TIGHT_HYPHEN.sub(_range, text)
    text = _POWER.sub(_power, text)
    for sign, said in _SIGNS:
        text = sign.sub(said, text)
    return text


def _mixed(match: re.Match[str]) -> str:
    """1-1/2 is one and a half; "1-3/2" is left alone."""
    return f"{match[1]} {match[2]}/{match[3]}" if int(match[2]) < int(match[3]) else match[0]


def _divided(match: re.Match[str]) -> str:
    if match[2] is None:
        return f"{match[1]} divided by "
    return match[0] if int(match[2]) < int(match[3]) else f"{match[2]} divided by "


def _minus_or_to(match: re.Match[str]) -> str:
    """Between blanks: minus in a sum and if the first number is the larger one, otherwise a range."""
    text, start, end = match.string, match.start(), match.end()
    if MINUS in match[0]:
        return " minus "
    before = _NUMBER_BEFORE.search(text[max(0, start - 40) : start])
    after = _NUMBER_AFTER.match(text, end)
    if before is None or after is None:
        variables = (before or _VARIABLE.search(text, 0, start)) is not None
        return " minus " if variables and _is_sum(text, start, end) else match[0]
    if _SCORE.search(text, max(0, start - 40), start) or _between_names(text, start, after.end()):
        return " to "
    first = max(0, start - 40) + before.start()
    descends = _signed(before) > _signed(after)
    asked = text[:start].endswith(")") or _ASKED.search(_clause(text, start, end)) or _RESULT.match(text, after.end())
    return " minus " if descends or asked or _in_a_sum(text, first, after.end()) else " to "


def _between_names(text: str, start: int, end: int) -> bool:
    """Whether the numbers of a score stand between two teams: "Rovers 3 - 1 United"."""
    return _TEAM_BEFORE.search(text, 0, start) is not None and _TEAM_AFTER.match(text, end) is not None


def _range(match: re.Match[str]) -> str:
    text, money, number, unit = match.string, match[1], match[2], match[3] or ""
    after = _NUMBER_AFTER.match(text, match.end())
    if after and not unit and _in_a_sum(text, match.start(), after.end()):
        return f"{money}{number} minus "
    if money and not match[4]:  # $5-10, $1-2 million: the currency belongs to both
        return f"{number} to {money}" if number.isdecimal() and not unit else f"{money}{number}{unit} to {money}"
    return f"{money}{number}{unit} to "


def _in_a_sum(text: str, start: int, end: int) -> bool:
    """Whether arithmetic goes on beside two numbers: "= 240-480 ml" is a range, "= 3-10" is not."""
    if _GOES_ON.match(text, end) or _WENT_ON.search(text, 0, start):
        return True
    return _EQUALS.search(text, 0, start) is not None and not re.match(rf"\s?(?:{_UNIT})(?!\w)", text[end:])


def _signed(number: re.Match[str]) -> float:
    return float(plain_number(number[2])) * (-1 if number[1] else 1)


def _clause(text: str, start: int, end: int) -> str:
    begins = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    stop = _CLAUSE.search(text, end)
    return text[begins : stop.start() if stop else len(text)]


def _is_sum(text: str, start: int, end: int) -> bool:
    """Whether the clause that holds `start` to `end` is arithmetic."""
    clause = _clause(text, start, end)
    return bool(_SUM.search(clause) or _ASKED.search(clause) or _RESULT.match(text, end))


def _scientific(match: re.Match[str]) -> str:
    return f"{match[1]} times 10 to the power of {match[2].replace('-', 'minus ').replace(MINUS, 'minus ').lstrip('+')}"


def _power(match: re.Match[str]) -> str:
    if _UNIT_BEFORE.search(match.string, 0, match.start()):
        return match[0]  # 20 m², 5 m/s²
    power = (match[1] or match[2].translate(_RAISED)).replace(MINUS, "-")
    if power in _POWERS:
        return _POWERS[power]
    sign = {"-": "minus ", "+": ""}.get(power[0], "")
    return f" to the power of {sign}{power.lstrip('+-')}"
