"""Roman numerals as words: of rulers as ordinals, of wars, chapters and sequels as numbers. Pure."""

import re
from typing import Final

from edge.nlu.en.number_words import cardinal, ordinal_words

_RULERS = (
    "Albert|Alexander|Alfonso|Amenhotep|Artaxerxes|Benedict|Boniface|Carl|Catherine|Charles|Christian|Clement|Cleopatra"
    "|Constantine|Darius|David|Edward|Elizabeth|Felipe|Ferdinand|Francis|Frederick|George|Gregory|Gustav|Harald|Henri"
    "|Henry|Innocent|Ivan|James|John Paul|John|Juan Carlos|Julius|Leo|Leopold|Louis|Margrethe|Mary|Napoleon|Nicholas"
    "|Otto|Paul|Peter|Philip|Philippe|Pius|Ptolemy|Rameses|Ramesses|Ramses|Richard|Robert|Sixtus|Thutmose|Umberto|Urban"
    "|Victor Emmanuel|Wilhelm|Willem|William|Xerxes"
)
_NUMBERED = (
    "[Ww]ar|[Cc]hapter|[Pp]art|[Aa]ct|[Ss]cene|[Pp]hase|[Tt]ype|[Ss]tage|[Cc]lass|[Vv]olume|[Bb]ook|[Ss]ection|[Gg]rade"
    "|[Ll]evel|[Tt]itle|[Ee]pisode|[Aa]rticle|[Aa]ppendix|[Bb]owl|[Oo]lympiad|[Mm]ark"
)
_TENS = "(?:X{1,3}|XL|LX{0,3}|XC)"
_ONES = "(?:I{1,3}|IV|VI{0,3}|IX)"
_NUMERAL = rf"(?:C{{0,3}}{_TENS}{_ONES}?|C{{0,3}}{_ONES})"
_END = r"(?![\w'\u2019-])"

_RULER: Final = re.compile(rf"\b((?:{_RULERS})) (?!I{_END}(?! of [A-Z]))({_NUMERAL}){_END}")
_THING: Final = re.compile(rf"\b((?:{_NUMBERED})) ({_NUMERAL}){_END}|\b([A-Z][a-z]+) (?=[IVX]{{2}})({_NUMERAL}){_END}")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def read_roman(text: str) -> str:
    """`text` with the Roman numerals behind names in words."""
    text = _RULER.sub(lambda m: f"{m[1]} the {ordinal_words(_value(m[2]))}", text)
    return _THING.sub(lambda m: f"{m[1] or m[3]} {cardinal(_value(m[2] or m[4]))}", text)


def _value(numeral: str) -> int:
    digits = [_VALUES[sign] for sign in numeral]
    return sum(-one if one < following else one for one, following in zip(digits, [*digits[1:], 0], strict=True))
