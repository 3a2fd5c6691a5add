"""Whether a text is about a child of the home, or a child speaks, in English. Pure."""

from typing import Final

from edge.nlu.en.numbers import SMALL
from edge.nlu.en.privacy.sentence import Sentence, either
from edge.nlu.en.privacy.words import CHILD

_GROWN: Final = 18
_YOUNG: Final = "|".join([*SMALL[3:_GROWN], *map(str, range(3, _GROWN))])
_OWN: Final = either(
    r"(?:my|our) (?:[\w-]+ ){0,3}?(?:(?:year|month|week)s? olds?|little (?:ones?|boy|girl|man)|boys|girls)",
    r"(?:year|month|week) olds? (?:like|as) (?:mine|ours)",
)
_NEXT: Final = (
    r"(?:is|are|has|have|will|can|could|should|keeps?|does|do|did|was|were|got|gets?|needs?|wants?|eats?|sleeps?|goes|go"
    r"|wakes?|cry|cries|likes?|loves?|to|from|home|back|today|tonight|tomorrow|at|up|this|that|while|when|if|and)"
)
_AT_HOME: Final = either(
    rf"the (?:kids|twins|toddler|little ones?) {_NEXT}",
    r"the (?:baby|children) (?:will|keeps?|needs?|can not|got|to bed)",
    r"(?:is|are|does|do|did|has|have|with|for|put) the (?:baby|kids|twins|toddler|little ones?)",
)
_SPEAKS: Final = either(
    rf"i (?:am|will be|turned) (?:only )?(?:{_YOUNG})(?= (?:years? old|and|but|can|how|what|so|$))",
    r"i am in (?:the )?(?:\w+ grade|year \w+|kindergarten|preschool|nursery|primary school|elementary school)",
    r"(?:my|our) (?:mummy|daddy|mommy)",
    r"my (?:mum|mom|dad|parents) (?:said|says|told|(?:will|do|does) not let)",
    r"home alone",
)


def is_children(sentence: Sentence) -> bool:
    """Whether it is about the user's child, grandchild or pupil, or tells that the user is a child."""
    if sentence.owns(CHILD, distance=4):
        return True
    plain = sentence.plain
    own = _OWN.search(plain) and not sentence.has_pet
    return bool(own or _AT_HOME.search(plain) or _SPEAKS.search(plain))
