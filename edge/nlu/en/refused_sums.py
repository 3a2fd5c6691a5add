"""Sums and conversions of units, which a language model guesses. Pure patterns."""

from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern

_N = r"(?:minus )?\d[\d.,/]*"
UNIT: Final = (
    r"(?:(?:square |cubic )?(?:milli|centi|kilo|deci|micro|nano|mega|giga|tera)?(?:met(?:er|re)|lit(?:er|re)|gram"
    r"|gramme|byte|watt|joule|bit|calorie|hertz)s?|kilos?|km|cm|mm|kg|ml|inch(?:es)?|f(?:oo|ee)t|yards?|miles?|acres?"
    r"|hectares?"
    r"|(?:fluid )?ounces?|pounds?|lbs?|stones?|tons?|tonnes?|cups?|pints?|quarts?|gallons?|(?:tea|table)spoons?|tsps?"
    r"|tbsps?|celsius|centigrade|fahrenheit|kelvin|degrees?|seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?"
    r"|years?|decades?|century|centuries|mph|kph|knots?|dozens?|carats?|psi|light ?years?"
    r"|square (?:feet|foot|inch(?:es)?|yards?|miles?))"
)
_PART = r"(?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|1/\d+|\d+/\d+)s?"

_SIGNS: Final = LazyPattern(r"\d\s*(?:[+*/^=\u00d7\u00f7%]|[-\u2212\u2013])\s*\(?\d|\d\s*%\s*of\b|√\s*\d|\d[²³]")
_SUM: Final = LazyPattern(
    rf"\b(?:{_N}(?: \w+)? (?:times|plus|minus|multiplied by|divided by|over|into|modulo|mod|take away|to the power of"
    r"|x|less than"
    rf"|more than) (?:an? |the )?{_N}|{_N} (?:squared|cubed|factorial|to the (?:power|nearest)|to the \w+ power)"
    rf"|(?:square|cube|fourth) roots? of|(?:factorial|logarithm|log|sine|cosine|tangent|cube|square|reciprocal"
    r"|prime factors?"
    rf"|multiples?|factors|divisors?) of {_N}"
    rf"|{_N} percent (?:of|off|on|tip|discount|vat|tax|interest|more|less)|percent(?:age)? (?:of {_N}|is {_N})"
    rf"|(?:an?|one|1|2|3|two|three)? ?{_PART} (?:of|from) {_N}|(?:double|triple|twice|quadruple|half|halve) {_N}"
    rf"|(?:add|subtract|take|multiply|divide|deduct|sum|share)\b.*{_N}.* (?:and|from|by|to|with|between|among|off"
    rf"|away)\b.*{_N}?|(?:calculate|compute|work out|add up|sum up|evaluate)\b"
    rf"|(?:split|divide|share) (?:a bill of |the bill of )?{_N}|(?:what|how much) tip\b|{_N}.*\btip\b|\btip\b.*{_N}"
    rf"|(?:average|mean|median|sum|product|difference|total|remainder|quotient|ratio|greatest|least common"
    r"|highest common"
    rf"|lowest common)\b.* {_N} (?:\w+ )?(?:and|or) {_N}|(?:average|mean|median|sum) of {_N}"
    rf"|is {_N} (?:an? )?(?:\w+ )?(?:prime|factor|even|odd|divisible|square|number|multiple|(?:more|less|bigger"
    r"|smaller|greater|larger)"
    rf" than)|round(?: up| down| off)? {_N}|how much change\b|(?:divided|multiplied) by\b|interest (?:on|of|for) {_N}"
    rf"|how many (?:quarters|dimes|nickels|pennies|cents|coins)\b|{_N} (?:dollars |pounds |euros )?(?:each|apiece)\b"
    rf"|(?:how much|what)(?:'s| is| are| makes?| does)? {_N} and {_N}|how (?:many|much)\b.*{_N}.*{_N}"
    rf"|{_N}.* how (?:many|much)\b"
    rf"|{_N} (?:in|as|to|into) (?:binary|hex\w*|octal|decimal|roman numerals?|words|percent|a fraction)"
    rf"|(?:which|what)(?:'s| is)? (?:number )?(?:is |comes? )?(?:bigger|larger|smaller|greater|after|before"
    rf"|next)\b.*{_N}|(?:what|which) (?:fraction|percentage|percent|decimal) (?:is|of)\b.*{_N}|gas mark\b|{_N} dozen\b"
    rf"|^(?:what|how (?:many|much|long|far|fast|old|big)|if|is)\b.*\b(?!1\d\d\d\b|20\d\d\b)\d[\d.]*\b.*\b(?!1\d\d\d\b"
    r"|20\d\d\b)\d[\d.]*\b"
    rf"|(?:square|cube|double|halve) (?:of )?{_N}|how many (?:times|digits|zeros|zeroes)\b.* (?:{_N}|million|billion"
    r"|trillion)"
    rf"|(?:compound|simple) interest\b.*{_N}|solve\b.*{_N})"
)
_CONVERSION: Final = LazyPattern(
    rf"\bconvert\b|\bhow (?:many|much) {UNIT} (?:(?:is|are|were|make|makes|equals?|do|does|go|fit|will) )?(?:there )?"
    rf"(?:in|into|to|make|makes|is|are|equals?|per|an?|{_N})\b(?! (?:it|you|people|we|they|i)\b)"
    rf"|\b{UNIT}(?: (?:{_N} )?(?:an?|per|and|{_N}) ?(?:{UNIT})?)? ?(?:\d+ )?(?:in|into|to|as) (?:an? "
    rf"|the )?(?:degrees )?{UNIT}\b"
    rf"|\bhow (?:tall|heavy|long|far|fast|hot|cold|big|much|old|warm|wide|deep|high|large) (?:is|are) "
    rf"(?:an? )?{_N} (?:\w+ )?{UNIT}\b|\b{_N} (?:foot|feet|ft) {_N}\b|\b{_N} (?:degrees )?(?:{UNIT}) (?:in|into|to) "
    rf"|\bhow (?:much|big|long|heavy|far|large) is (?:an?|one) {UNIT}$"
    rf"|\bhow many (?:\w+ )?(?:are |is )?(?:in )?(?:a|two|half a|{_N}) dozen\b"
)


def is_sum(asked: str, normalised: str) -> bool:
    """Whether a text wants a calculation: `asked` in lower case with its signs, and `normalised`, without them."""
    return any(
        pattern.search(text) is not None
        for pattern, text in ((_SIGNS, asked), (_SUM, normalised), (_CONVERSION, normalised))
    )
