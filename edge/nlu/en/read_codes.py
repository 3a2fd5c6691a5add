"""Telephone numbers, codes, addresses and versions as words: digits without a value, one by one. Pure."""

import re

from edge.nlu.en.number_words import cardinal, digit_words, year

_PHONE = re.compile(
    r"(?<![\w.,/+-])(?<!\d )(?:"
    r"\+\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){1,5}"
    r"|(?:1[ -])?\(\d{3}\)\s?\d{3}[-. ]\d{4}"
    r"|(?:1[-. ])?\d{3}[-. ]\d{3}[-. ]\d{4}"
    r"|[2-9]\d{2}-\d{4}(?!\s?(?:[a-z%°]|[kMG][A-Za-z]))"
    r"|(?:\(0\d{2,4}\)\s?|0\d{2,4}[ /-])(?:\d{5,8}|\d{3,4}(?:[ -]\d{3,4})?)"
    r")(?![\w-]|[.,]\d)"
)
_LOCAL = re.compile(r"\d{3}-\d{4}")
_TELEPHONE = re.compile(r"\b(?:call|dial|ring|phone|telephone|number|text|fax)\b", re.IGNORECASE)
_NOT_COUNTED = (
    r"(?!\d|[.,]\d|[ '\u2019]\d{3}(?!\d))(?!\s(?!(?:is|was|has|as|does|this)\b)(?:[a-z]+s|people|men|women|children)\b)"
)
"""No more digits and no plural: "911 people" are counted."""
_CODE_NAME = (
    r"zip(?:\scode)?|post(?:al\s)?code|pin(?:\scode)?|(?:pass|area|access|door|security|bar|country)?\s?code|password"
    r"|combination|confirmation|tracking|serial|(?:tele)?phone|fax|mobile|emergency|hotline"
)
_PLACE_NAME = (
    r"extension|ext\.?|flight|room|suite|apartment|apt\.?|unit|account|reference|booking|licen[cs]e|box|route|highway"
    r"|hwy|interstate"
)
_NUMBER_OF_IT = r"(?:\snumbers?|\sno\.?|\sid)?"
_IS = r"(?:\s(?:of|for|in|to)\s[^.,;:!?\d]{1,60}?(?=\s(?:is|are|was)\b))?(?:\s(?:is|are|was|of))?:?"
_CODE = re.compile(
    rf"(?<!\w)((?:(?:{_CODE_NAME}){_NUMBER_OF_IT}{_IS}|(?:{_PLACE_NAME}){_NUMBER_OF_IT}:?)\s?#?)"
    rf"(\d{{3,12}}(?:-\d{{4}})?){_NOT_COUNTED}",
    re.IGNORECASE,
)
_DIALLED = re.compile(
    r"\b((?:call|dial|ring|phone|text|press) (?:the (?:police|fire brigade|ambulance) (?:at|on) )?)"
    rf"(\d{{3,6}})(?![:/-]|°|%){_NOT_COUNTED}",
    re.IGNORECASE,
)
_URGENT = re.compile(
    r"\b(?:emergenc(?:y|ies)|police|ambulance|fire (?:brigade|department)|call|dial|ring|crisis)\b", re.IGNORECASE
)
_SHORT = re.compile(
    rf"(?<![\w.,/-])(?<!\d[ '\u2019])(911|999|112|000|988|11[0-9]|101|[2-8]11)(?![\w/:%°-]){_NOT_COUNTED}"
)
"""Numbers of emergency and information services in many countries."""
_NINE_ONE_ONE = re.compile(rf"(?<![\w.,/$€£-])(?<!\d[ '\u2019])911(?![\w/:%°-]){_NOT_COUNTED}")
_STATES = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
)
_STATE_ZIP = re.compile(rf"(?<!\w)((?:{_STATES})\s)(\d{{5}}(?:-\d{{4}})?)(?![\w-]|[.,]\d)")
_ZIP_PLUS = re.compile(r"(?<![\w.,-])\d{5}-\d{4}(?![\w-]|[.,]\d|\s?[a-z%°$€£])")
_ISBN = re.compile(r"(?<=ISBN[ :])\s?(?:\d+[- ]){3,4}[\dX](?!\w)|(?<=ISBN[ :])\s?\d{9,13}(?!\w)")
_CITY_ZIP = re.compile(r"(?<=, )\d{5}(?= [A-Z]\w+(?:[.,;]|\Z))")
_FLIGHT = re.compile(r"\b([Ff]light (?:[A-Z]{2,3}|[A-Z]\d))\s?(\d{2,4})(?![\w-]|[.,]\d)")
_STREET = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Court|Ct|Place|Pl|Square|Terrace|Close|Crescent"
    "|Parkway|Pkwy|Highway|Hwy"
)
_HOUSE = re.compile(
    r"(?<![\w.,/$€£-])(\d{3,5})([A-Za-z]?)(?= (?:[NSEW]\.? |North |South |East |West )?"
    rf"(?:[A-Z][\w'\u2019.]+ |\d+(?:st|nd|rd|th) ){{1,3}}(?:{_STREET})\b)"
)
_ADDRESS = re.compile(r"(?<![\w.])(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})(?!\w|\.\d)")
_VERSION = re.compile(r"(?<![\w.,])([vV]?)((?:\d{1,4}\.){2,4}\d{1,4})(?!\w|[.,]\d)")
_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_HEXADECIMAL = re.compile(r"\b0x([0-9a-fA-F]{1,16})\b")


_CUT = "\x1f"
"""Between what was said before and the text: white space for patterns, and in no text."""


def read_codes(text: str, before: str = "") -> str:
    """`text` with what is no amount in words, digit by digit.

    `before` stands in front of the text: behind "the emergency number in the UK", "is 999" is read digit by digit.
    """
    text = before.replace(_CUT, " ") + _CUT + text.replace(_CUT, " ")
    for pattern, said in (
        (_HEXADECIMAL, _hexadecimal),
        (_PHONE, _phone),
        (_CODE, _code),
        (_DIALLED, _code),
        (_STATE_ZIP, _code),
        (_ZIP_PLUS, _grouped),
        (_ISBN, _grouped),
        (_CITY_ZIP, _digits),
        (_FLIGHT, _flight),
        (_HOUSE, _house),
        (_ADDRESS, _address),
        (_VERSION, _version),
        (_NINE_ONE_ONE, _digits),
    ):
        text = pattern.sub(said, text)
    if _URGENT.search(text):
        text = _SHORT.sub(_digits, text)
    return text.rpartition(_CUT)[2]


def _digits(match: re.Match[str]) -> str:
    return digit_words(match[0])


def _hexadecimal(match: re.Match[str]) -> str:
    said = (digit_words(char) if char.isdecimal() else char.upper() for char in match[1])
    return " ".join(["zero x", *said])


def _phone(match: re.Match[str]) -> str:
    if _LOCAL.fullmatch(match[0]) and match[0].endswith("00") and not _TELEPHONE.search(match.string):
        return match[0]  # 500-1500 is a range
    digits = sum(char.isdecimal() for char in match[0])
    if not 7 <= digits <= 15:  # noqa: PLR2004 - as E.164 has them
        return match[0]
    said = ", ".join(digit_words(group) for group in re.findall(r"\d+", match[0]))
    return f"plus {said}" if match[0].startswith("+") else said


def _code(match: re.Match[str]) -> str:
    return match[1] + ", ".join(digit_words(group) for group in match[2].split("-"))


def _grouped(match: re.Match[str]) -> str:
    return ", ".join(digit_words(group) if group.isdecimal() else group for group in re.findall(r"\d+|X", match[0]))


def _flight(match: re.Match[str]) -> str:
    return f"{match[1]} {digit_words(match[2])}"


def _house(match: re.Match[str]) -> str:
    number = int(match[1])
    said = digit_words(match[1]) if number % 100 else year(number) if number % 1000 else cardinal(number)
    return f"{said} {match[2]}".rstrip()


def _address(match: re.Match[str]) -> str:
    groups = match[0].split(".")
    return match[0] if any(int(group) > 255 for group in groups) else " point ".join(map(digit_words, groups))  # noqa: PLR2004 - a byte


def _version(match: re.Match[str]) -> str:
    """2.4.1; a number in groups (1.234.567) is something else."""
    groups = match[2].split(".")
    if _GROUPS.fullmatch(match[2]):
        return match[0]
    letter = f"{match[1]} " if match[1] else ""
    return letter + " point ".join(cardinal(int(group)) for group in groups)
