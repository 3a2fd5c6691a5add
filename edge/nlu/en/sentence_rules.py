"""Rules for the ends of English sentences, and for the places where a voice may pause."""

import re
from typing import Final

from edge.nlu.segmenter import SentenceRules


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TIED = "a|an|the|of|to|and|or|but|in|on|at|by|for|from|with|as|is|are|was|that|its|his|her|your|my|our|their|no"
"""Words that must not be separated from the next word."""
_BEGINS = (
    "although|and|as|at|because|before|but|by|can|during|for|from|has|have|if|in|into|is|are|on|or|since|so|that|"
    "through|unless|until|was|were|when|where|which|while|who|will|with"
)
"""Words that begin a phrase."""

SENTENCE_RULES: Final = SentenceRules(
    never_last=_words("dr mr mrs ms prof st mt ft gen capt lt sgt rev hon gov sen vs e.g i.e cf fig eq approx"),
    before_number=_words("no nos mar sat sun pp vol ch sec art"),
    seldom_last=_words(
        "jr sr inc ltd co corp etc dept est ave blvd rd ph.d jan feb apr jun jul aug sep sept oct nov dec "
        "mon tue tues wed thu thur thurs fri tsp tbsp oz lb lbs pkg"
    ),
    starters=_words(
        "a after all also an and another any are as at because before both but by can did do does each even "
        "every first for from has have he her here his how however i if in is it its just let many maybe may "
        "most my next no not now of on once one only or other our perhaps please second she should since so "
        "some sometimes still such that the their then there therefore these they this those though through "
        "thus to today tomorrow until was we well were what when where whether which while who why will with "
        "would yes yesterday yet you your"
    ),
    phrase=re.compile(
        rf"(?<!\w)(?!(?:{_TIED})\s)[\w'\u2019-]+(?P<cut>\s+)(?=(?:{_BEGINS})\s)",
        re.IGNORECASE,
    ),
)
