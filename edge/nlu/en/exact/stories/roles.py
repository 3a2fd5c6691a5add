"""What the numbers of a told sum may be, and the words that say so. Pure."""

import re
from collections.abc import Sequence
from typing import Final, Literal

from edge.nlu.en.exact.money import CURRENCIES
from edge.nlu.en.exact.tokens import NUMBER
from edge.nlu.en.exact.unit_words import WORDS

Role = Literal[
    "price",
    "one",
    "count",
    "people",
    "off",
    "tip",
    "tax",
    "more",
    "part",
    "percent",
    "cheaper",
    "paid",
    "have",
    "spent",
]
"""What a number is: an amount of money, the price of one, how many, how many share; percent that are taken off, given
as a tip, are a tax, are added, are a part that is paid, or are just percent; money that is taken off, paid with,
owned, or spent."""
RATES: Final[Sequence[Role]] = ("tip", "tax", "more", "off", "part", "percent")
"""The roles of percentages."""


_CURRENCY: Final = "|".join(sorted(CURRENCIES, key=len, reverse=True))
_COINS: Final = "|".join(word for word, (_, parts) in CURRENCIES.items() if parts != 1)
N: Final = rf"(?P<n>{NUMBER})"
PERSONS: Final = (
    r"(?:people|persons|friends|guests|diners|adults|kids|children|housemates|flatmates|colleagues|roommates|mates"
    r"|coworkers|buddies|students|players|siblings|of us|of them|of you)"
)
_NO_PRICE: Final = rf"(?! (?:percent|ways|{PERSONS})(?!\S))"
"""What cannot stand behind a price."""
PRICE: Final = (
    rf"(?P<n>{NUMBER}(?:"
    rf" (?:{_CURRENCY})(?!\S)(?! (?:of|and \w+ of) )(?: (?:and )?\d\d?(?: (?:{_COINS})(?!\S)|(?!\S)){_NO_PRICE})?"
    rf"| \d\d(?!\S)(?! (?:dollar|pound|euro)(?!\S)){_NO_PRICE}(?: (?:{_CURRENCY})(?!\S))?"
    rf"|){_NO_PRICE})"
)
"""An amount of money: "12", "12 50", "12 dollars 50", "75 cents"."""
_UNNAMED_PRICE: Final = PRICE.replace("?P<n>", "?:")
_MEASURES: Final = r"kilo|kilogram|kg|pound|litre|liter|ounce|gallon|metre|meter|yard|foot"
_ANY_UNIT: Final = "|".join(sorted((it for it in WORDS if it not in CURRENCIES), key=len, reverse=True))
_UNIT_OF_ONE: Final = r"[a-z]+"
_TIP: Final = r"(?:tip|gratuity|service charge|service)"
_TAX: Final = r"(?:vat|sales tax|tax|gst)"
_OFF: Final = (
    r"(?:off(?: of)?|discount(?:ed)?(?: on)?|reduction(?: on)?|cheaper(?: than)?|reduced|less than|rebate|markdown)"
)
_WE_ARE: Final = (
    r"(?:we're|we are|we were|there's|there are|there were|there (?:is|are|were) a|party of|group of|table of)"
)
_PART_OFF: Final = r"(?:(?:an? )?(?P<part>[1-9]/[1-9]\d?|half|quarter) (?:is )?off|(?P<half>half) price)(?: of)?"
_MORE: Final = r"(?:more than|markup|extra|on top(?: of)?|increase|surcharge)"

_ROLE_PATTERNS: Final[tuple[tuple[Role, str], ...]] = (
        ("tip", (rf"(?:(?:an? |the )?{_TIP} (?:of |is |at |was )?(?:an? )?)?{N} percent(?: (?:for |as )?(?:an? "
                rf"|the )?{_TIP})")),
        ("tip", rf"(?:an? |the )?{_TIP} (?:of |is |at |was )?(?:an? )?{N} percent"),
        ("tip", rf"(?:leave|leaving|give|giving|tip|tipping|tipped|left)(?: them| him| her)?(?: an?)? {N} percent"),
        ("tax", rf"{N} percent(?: (?:for |as )?(?:an? |the |in )?{_TAX})"),
        ("tax", rf"(?:an? |the )?{_TAX} (?:of |is |at |rate is )?(?:an? )?{N} percent"),
        ("off", rf"(?:reduced|discounted|marked down|down|lowered) (?:by )?{N} percent"),
        ("off", _PART_OFF),
        ("off", rf"(?:an? )?(?:discount|reduction) (?:of |is )?{N} percent"),
        ("off", rf"{N} percent (?:is |gets? |comes |taken )?{_OFF}"),
        ("more", rf"(?:plus|increased by|raised by|up by|goes up by|went up by|up) {N} percent"),
        ("more", rf"{N} percent {_MORE}"),
        ("part", rf"{N} percent (?:deposit|down payment|commission|cut)"),
        ("percent", rf"{N} percent"),
        ("count", (rf"(?:packs?|packet|box|set|bag|case|tray|crate|carton|bundle|multipack"
                  rf"|bunch) of {N}(?! (?:{_CURRENCY})(?!\S))")),
        ("count", rf"{N}(?= (?:of (?:them|those|these) )?(?:costs?|sell for|go for)(?!\S))"),
        ("count", rf"{N}(?= (?:at|for) {_UNNAMED_PRICE} (?:each|apiece|an?|per|every)(?!\S))"),
        ("count", rf"{N}(?= for {_UNNAMED_PRICE}(?: (?:so|how|what)|$))"),
        ("cheaper", rf"{PRICE} off(?: of)?"),
        ("people", rf"(?P<more>\d+) (?:other )?{PERSONS} and (?:me|i|myself)(?!\S)"),
        ("people", rf"(?:(?:there (?:is|are|were)|there's) )?{N} (?:other )?{PERSONS}(?: of us)?"),
        ("people", rf"(?:me|i|myself) and (?:my )?(?P<more>\d+) (?:other )?{PERSONS}"),
        ("people", rf"{_WE_ARE} {N}(?= (?:and|so|but|for|in|at|the|how|what|split|splitting|sharing)(?!\S)|,| ,|$)"),
        ("people", r"between (?P<two>me|us|myself) and (?:my|a|the) [a-z]+"),
        ("people", rf"{N} ways"),
        ("people", rf"(?:between|among|amongst) (?:the |us )?{N}(?: of us)?"),
        ("one", rf"(?:(?:at|for|costing|costs?|is|are|pay) )?{PRICE} (?:each|apiece|a piece|a pop|every 1|per 1)"),
        ("one", (rf"(?:(?:at|for|costing|costs?|is|are|pay) )?{PRICE} (?:an?|per|every"
                rf"|the) (?P<of>{_UNIT_OF_ONE})(?! (?:bill|note))")),
        ("one", (rf"(?:an?|1|the) (?P<of>{_MEASURES})(?: of [a-z]+)? (?:costs?|is|was) {PRICE}"
                 rf"(?! (?:{_ANY_UNIT})(?!\S))")),
        ("one", rf"(?:each|every)(?: (?:of us|of them|1|one|[a-z]+))? (?:costs?|is|pays?|paid|was) {PRICE}"),
        ("paid", (rf"(?:from|out of|with|using|hand(?:ed)? over|g[ai]ve(?: them| him"
                 rf"| her)?) (?:an? )?{PRICE}(?! off)(?: (?:note|bill))?")),
        ("paid", rf"(?:an? ){PRICE} (?:note|bill)(?= (?:how|what|to|for|and))"),
        ("spent", (rf"(?:spend|spent|spending|use|used|eat|ate|lose|lost|give away|gave away|sold|sell|pay|paid"
                   rf"|drink|drank"
                  rf"|donate|donated|withdraw|take out|took out) (?:another )?{PRICE}")),
        ("have", (rf"(?:have|had|'ve got|'ve|got|start(?:ed)? (?:out )?with|began with|begin with|own|saved(?: up)?"
                 rf"|(?:left|remains|remaining) (?:of|from|out of)) (?:an? )?{PRICE}(?! {_TIP}| off)")),
        ("price", (rf"(?:costs?(?: me| us)?|price(?:s|d)?(?: is| of| was)?|for|at|is|was|bill(?: of| is| was|'s)?"
                   rf"|comes? to"
                   rf"|came to|of|on|to"
                  rf"|pay|that's|it's|total(?: is| of| was)?|were|charged?(?: me| us)?|split|share|divide) (?:about "
                  rf"|an? |the )?{PRICE}(?! off)(?! (?!each)[a-z]+ at )")),
)  # fmt: skip
ROLES: Final = tuple((role, re.compile(pattern)) for role, pattern in _ROLE_PATTERNS)
"""The patterns of each role; the first that fits is meant."""
