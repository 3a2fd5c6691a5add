"""Money, measures and lengths of time as words. Pure.

A number is only said here if a unit or a currency stands beside it.
"""

import re

from edge.nlu.en.number_words import AMOUNT, NUMBER, amount_words, cardinal, is_one, plain_number
from edge.nlu.en.units import CURRENCIES, SCALES, UNITS, any_of

_LONG_TIME = re.compile(
    r"(?<![\w.,:])(\d{1,3})\s?h\s?(\d{1,2})(?:\s?(?:m|min|mins)\b)?(?:\s?(\d{1,2})\s?s(?:ec)?\b)?(?!\w)"
)
_CLOCK_TIME = re.compile(r"(?<![\w.,:])(\d{1,3}):([0-5]\d)\s?(?:h|hrs?|hours?)\b\.?")
_SHORT_TIME = re.compile(r"(?<![\w.,:])(\d{1,3})\s?m(?:in)?\s?(\d{1,2})\s?s(?:ec)?(?!\w)")
_ARC = re.compile(r"(?<![\w.])(\d{1,3})°\s?(\d{1,2})['\u2019]\s?(?:(\d{1,2}(?:\.\d+)?)[\"\u201d]\s?)?")
_HEIGHT = re.compile(r"(?<![\w'])(\d{1,2})(?:'|\u2019|\s?ft\.?\s)\s?(\d{1,2}(?:\.\d)?)(?:\"|”|''|\s?in\b\.?)")
_FEET = re.compile(r"(?<![\w'])(\d{1,3})'(?=\s[a-z]|[.,;)]|\Z)")
_INCHES = re.compile(rf"(?<![\w'\"])({AMOUNT})\"(?![\w])")
_SIZE = "tall|wide|long|deep|high|thick|across|by|equals|is|in diameter|of rain|of snow"
_INCH_WORD = re.compile(
    rf"(?<![\w.,])({AMOUNT})(?:in\b|\s?in\.(?=\s[a-z\d]|[,;)]|\Z)|\sin(?=[,;)]|\s?\Z|\s(?:{_SIZE})\b))"
)
"""With a blank, "in" is an inch only where nothing, or a word of size, follows."""

_SCALE = rf"(?:{any_of(SCALES)})"
_NAMES = {word.split()[-1] for names in (*UNITS.values(), *CURRENCIES.values()) for word in names if word}
_MONEY = re.compile(
    rf"(?<![\w])({any_of(CURRENCIES)})\s?({NUMBER})(?:\s?({_SCALE})(?!\w))?"
    rf"|(?<![\w.,/])({NUMBER})(?:\s?({_SCALE}))?\s?({any_of(CURRENCIES)})(?!\w)(?!\d)"
)
_NO_PER = frozenset(("in", "ac", "doz"))
_PER_WORDS = "month|year|day|hour|week|night|minute|second|person|mile|gallon|unit|serving"
_PER = re.compile(rf"(?<=[a-z])\s?/\s?({any_of(UNITS)}|{_PER_WORDS})(?!\w)")
_PER_UNIT = re.compile(
    rf"\bper\s({any_of(unit for unit in UNITS if len(unit) > 1 and unit.isalpha() and unit not in _NO_PER)})\b"
)
_MEASURES = any_of({*UNITS, "T"} - {"in"})
_QUANTITY = re.compile(
    rf"(?<![\w.,/$])({AMOUNT})(\s(?:hundred|thousand|million|billion|trillion)(?=\s))?(\s?|-)({_MEASURES})"
    rf"(?:\s?/\s?({any_of(UNITS)}|{_PER_WORDS}))?(\.?)(?![\w²³^°/])"
)
_PER_AMOUNT = re.compile(r"(\d\s?(?:[lLgW]|k?g|ml|mL|kWh|gal))/(?=\d+\s?(?:k?m|k?g|m[lL]|[lLh]|mi)\b)")
_OR = re.compile(r"(?<=[^\s\d])\s+/\s+(?=\d)|(?<=[\d°][CF])/(?=\d)")
"""68°F / 20°C: the same twice."""
_BARE = re.compile(r"(?<![\w/])(km|mi|m|ft)/(h|hr|s|min)(?![\w²/])")
_LETTERED = re.compile(
    r"\b(?:room|flat|seat|gate|apartment|apt\.?|unit|suite|platform|row|building|block|bus|line|number|floor|level|"
    r"terminal|house|section|table|page|grade|class|type|size|figure|exit)\s\Z",
    re.IGNORECASE,
)
"""Words behind which 12A is a number and a letter."""
_APART = frozenset(("ac", "d"))
"""802.11ac and 3d are names."""
_KITCHEN = {"C": "c", "T": "tbsp", "t": "tsp"}
_FOOD = re.compile(
    r"\.?\s(?:of\s)?(?:\w+\s)?(?:flour|milk|sugar|water|butter|rice|oil|cream|broth|stock|oats|cheese|salt|vanilla|honey"
    r"|cinnamon|pepper|vinegar|yeast|soda)\b"
)
"""Before food, C is a cup, T a tablespoon and t a teaspoon."""
_ALONE = re.compile(r"\s*(?:\Z|[.,;:)]|(?:equals|is|are|was|to|and|or|minus|plus)\b)")
_AMPS = re.compile(r"A\s(?:fuse|charger|current|circuit|breaker|socket|adapter|of)\b")


def read_lengths(text: str) -> str:
    """Lengths in two units in their words, with digits: "1h 30m" is "1 hour 30 minutes", 5'10" "5 ft 10 inches"."""

    def said(counts: dict[str, str | None]) -> str:
        return " ".join(
            f"{int(count)} {unit}{'' if int(count) == 1 else 's'}" for unit, count in counts.items() if count
        )

    text = _CLOCK_TIME.sub(lambda m: said({"hour": m[1], "minute": m[2]}), text)
    text = _LONG_TIME.sub(lambda m: said({"hour": m[1], "minute": m[2], "second": m[3]}), text)
    text = _SHORT_TIME.sub(lambda m: said({"minute": m[1], "second": m[2]}), text)
    text = _ARC.sub(lambda m: _arc(m[1], m[2], m[3]), text)
    return _HEIGHT.sub(r"\1 ft \2 inches", text)


def _arc(degrees: str, minutes: str, seconds: str | None) -> str:
    return f"{degrees} degrees {minutes} minutes " + (f"{seconds} seconds " if seconds else "")


def read_quantities(text: str) -> str:
    """`text` with its money and measures in words. Signs before the numbers are words already."""
    text = _inches(_MONEY.sub(_money, text))
    text = _QUANTITY.sub(_quantity, _PER_AMOUNT.sub(r"\1 per ", _OR.sub(", ", text)))
    text = _PER_UNIT.sub(lambda m: f"per {UNITS[m[1]][0]}", text)
    return _BARE.sub(lambda m: f"{UNITS[m[1]][1]} per {UNITS[m[2]][0]}", _PER.sub(_per, text))


def _inches(text: str) -> str:
    text = _FEET.sub(r"\1 ft", text)
    if text.count('"') % 2:
        text = _INCHES.sub(lambda m: f"{m[1]} {'inch' if is_one(m[1]) else 'inches'}", text)
    return _INCH_WORD.sub(lambda m: f"{m[1]} {'inch' if is_one(m[1]) else 'inches'}", text)


def _money(match: re.Match[str]) -> str:
    sign, number, scale = (match[1], match[2], match[3]) if match[1] else (match[6], match[4], match[5])
    one, more, hundredth, hundredths = CURRENCIES[sign]
    plain = plain_number(number)
    if scale:
        return f"{amount_words(number)} {SCALES[scale]} {more}"
    whole, _, parts = plain.partition(".")
    if len(parts) != 2 or not hundredth:  # noqa: PLR2004 - hundredths
        return f"{amount_words(number)} {one if plain == '1' else more}"
    pieces = []
    if int(whole or 0) or not int(parts):
        pieces.append(f"{amount_words(whole or '0')} {one if int(whole or 0) == 1 else more}")
    if int(parts):
        pieces.append(f"{cardinal(int(parts))} {hundredth if int(parts) == 1 else hundredths}")
    return " and ".join(pieces)


def _quantity(match: re.Match[str]) -> str:
    amount, scale, gap, unit, per, stop = match.groups()
    rest = match.string[match.end() :]
    if not gap and len(unit) == 1 and _LETTERED.search(match.string, 0, match.start()):
        return match[0]
    if not gap and unit in _APART:
        return match[0]
    if unit == "T" and not _FOOD.match(stop + rest):
        return match[0]
    if unit in {"A", "K"} and not (gap and _ALONE.match(rest)) and not _AMPS.match(unit + rest):
        return match[0]
    if unit in _KITCHEN and _FOOD.match(stop + rest):
        unit, stop = _KITCHEN[unit], ""
    one, more = UNITS[unit]
    word = one if gap == "-" or (is_one(amount) and not scale) else more
    if unit == "pt" and re.match(r"\s?font", rest):
        word = "point"
    behind = f" per {UNITS.get(per, (per,))[0]}" if per else ""
    ends = stop if not stop or not unit.isalpha() or re.match(r"\s*(?:\Z|[A-Z\"')])", rest) else ""
    return f"{amount_words(amount)}{scale or ''} {word}{behind}{ends}"


def _per(match: re.Match[str]) -> str:
    """A slash behind what is counted: "thirty cents/kWh"; not in "and/or"."""
    word = re.search(r"[a-z]+\Z", match.string[: match.start()])
    counted = word is not None and (word[0] in _NAMES or word[0].endswith("s"))
    return f" per {UNITS.get(match[1], (match[1],))[0]}" if counted else match[0]
