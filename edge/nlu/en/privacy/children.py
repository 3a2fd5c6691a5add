"""Whether a text is about a child of the home, or a child speaks, in English. Pure."""

import re
from typing import Final

from edge.nlu.en.numbers import SMALL
from edge.nlu.en.privacy.sentence import Sentence
from edge.nlu.en.privacy.words import CHILD

_GROWN: Final = 18
_YOUNG: Final = "|".join([*SMALL[3:_GROWN], *map(str, range(3, _GROWN))])
_OWN: Final = re.compile(
    r" (?:my|our) (?:[\w-]+ ){0,3}?(?:(?:year|month|week)s? olds?|little (?:ones?|boy|girl|man)|boys|girls) "
)
_AT_HOME: Final = re.compile(
    r" (?:the (?:baby|kids|twins|toddler|little one) (?:is|are|has|have|will|can|keeps?|does|do|was|were|got|needs?)"
    r"|(?:is|are|does|do|did|has|have) the (?:baby|kids|twins|toddler|little one)) "
)
_SPEAKS: Final = re.compile(
    rf" i (?:am|will be|turned) (?:only )?(?:{_YOUNG})(?: years? old | and | but | $)"
    r"|i am in (?:the )?(?:\w+ grade|year \w+|kindergarten|preschool|nursery|primary school|elementary school)"
    r"|(?:my|our) (?:mummy|daddy|mommy)"
    r"|my (?:mum|mom|dad|parents) (?:said|says|told|(?:will|do|does) not let)"
    r"|home alone"
)


def is_children(sentence: Sentence) -> bool:
    """Whether it is about the user's child, grandchild or pupil, or tells that the user is a child."""
    if sentence.owns(CHILD, distance=4):
        return True
    plain = sentence.plain
    return bool(_OWN.search(plain) or _AT_HOME.search(plain) or _SPEAKS.search(plain))
