"""What a told sum asks for. Pure."""

import re
from typing import Final, Literal

from edge.nlu.en.exact.stories.facts import Facts
from edge.nlu.en.exact.stories.roles import PERSONS
from edge.nlu.en.exact.unit_words import WORDS

Asked = Literal["each", "tip", "saved", "change", "left", "missing", "original", "of-one", "one", "total", "net", ""]
"""What everyone pays, a tip or tax alone, what is saved, the change, what is left of something, the price of one of
many and of a unit of them, what is still needed, what it was before a discount, what is paid, and what it is without
its tax; empty for nothing that is known."""

_OPENS: Final = r"(?:what|what's|whats|how much|how many|calculate)"
_EACH: Final = (
    r"(?:each(?: of (?:us|them))?|per (?:person|head)|every(?:one|body)|(?:each|every|1|one) (?:person|of us"
    r"|friend|guest)"
    r"|everyone|apiece|a head|a person|my (?:share|part))"
)
_UNITS: Final = "|".join(sorted((it for it in WORDS if it.isalpha()), key=len, reverse=True))
_IS: Final = r"(?:is|are|was|do|does|did|would|will|should|can|could|'s)"
_WHO: Final = r"(?:i|we|you|he|she|they|it|that|this)"

_PATTERNS: Final[tuple[tuple[Asked, str], ...]] = (
        ("", rf"\bhow many (?:{PERSONS}|persons?)(?!\S)"),
        ("change", rf"{_OPENS}\b(?:(?! (?:if|when) ).)*\b(?:change|back)\b"),
        ("left", rf"{_OPENS}\b(?:(?! (?:if|when) ).)*\b(?:left|remains?|remaining|over|still have|the rest)\b"),
        ("saved", rf"{_OPENS}\b(?:(?! (?:if|when) ).)*\b(?:save|saved|savings?|discount)\b"),
        ("missing", r"how (?:much|many) more\b"),
        ("original", rf"{_OPENS}\b.*\b(?:original|originally|before (?:the|that) (?:discount|sale|rise)|full price)\b"),
        ("of-one", rf"(?:{_OPENS}|per|by)\b.* (?:per|an?|each|every|1|one|the) (?:{_UNITS})$"),
        ("net", r"\bgross\b.*\bnet\b|\bnet\b.*\bgross\b"),
        ("net", rf"{_OPENS}\b(?:(?! (?:if|when) ).)*\b(?:without|before|excluding)\b"),
        ("each", rf"{_OPENS}\b.*\b{_EACH}\b|{_EACH} (?:pays?|owes?|gets?)\b|\bsplit #"),
        ("tip", (rf"{_OPENS}\b(?: {_IS})*(?: {_WHO})?(?: (?:need|have) to)? (?:(?:the|my|a|an) )?(?:service |sales )?"
                r"(?:tip|vat|tax|gst|gratuity|service|leave)\b(?! included)")),
        ("one", (rf"{_OPENS}\b(?: {_IS})* (?:for )?(?:just )?(?:1|one|a single|an?)\b(?: [a-z]+){{0,2}}?(?: cost"
                rf"| costs| come to| be)?(?= if|$)")),
        ("one", rf"{_OPENS}\b.* (?:per|each|every|an?) [a-z]+$"),
        ("total", (rf"{_OPENS}\b(?:(?: {_IS}| {_WHO}| have to| need to| end up| the| all| in| a| my| final"
                   rf"| full| total)*)"
                  r" (?:cost|costs|pay|paying|spend|total|price|bill|come to|comes to|owe|be|make|earn|that|it"
                  r"|this|altogether|sum|get|"
                  r"they|amount)\b")),
        ("total", rf"{_OPENS}$"),
        ("total", rf"{_OPENS}(?: {_IS}| {_WHO})* (?:for |is |are )?(?:an? )?#(?!people)"),
)  # fmt: skip
_FORMS: Final = tuple((asked, re.compile(pattern)) for asked, pattern in _PATTERNS)


_MONEY: Final = re.compile(
    r"#(?:off|tip|tax|more|cheaper)\b|(?<!#)\b(?:split|bill|check|tab|rent|costs?|meal|total|price)\b"
)
"""What a text has that asks nothing and is about money: tables and trains are booked for so many at some time."""

_TIP: Final = re.compile(
    rf"{_OPENS}(?: {_IS})*(?: (?:an?|the))? #(?:tip|tax)\b"
    r"|^(?:leave |add )?(?:an? )?#tip(?: tip)?(?: (?:on|for))?(?: (?:an?|the|my|our))? #price"
)


def asked_for(facts: Facts) -> Asked:
    """What the words around the facts ask for."""
    text = facts.left
    if _TIP.search(text) or facts.of("part"):
        return "tip"
    for asked, pattern in _FORMS:
        if pattern.search(text):
            return asked
    if facts.strange or re.search(r"\b(?:what|how)\b", text):
        return ""
    if not any(it.value.money for it in facts.found) and not _MONEY.search(text):
        return ""
    if facts.of("people"):
        return "each"
    return "total" if len(facts.of("price", "one")) == 1 else ""
