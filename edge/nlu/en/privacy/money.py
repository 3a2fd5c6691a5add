"""Whether a text is about the money of the user or of a person around, in English. Pure."""

import re
from typing import Final

from edge.nlu.en.privacy.sentence import Sentence
from edge.nlu.en.privacy.words import POSSESSIVES, WORDS

_OWN: Final = WORDS["money_own"]
"""Of money, where somebody has it: "my salary"."""
_OWNERS: Final = POSSESSIVES | {"his", "her"}
_PERSONAL: Final = WORDS["money_personal"]
"""Of money, where "I" or "we" is in the same text."""
_ONLINE: Final = WORDS["money_online"]
_SAID: Final = re.compile(
    r" (?:can|could|do|did) not (?:\w+ )?(?:pay|afford)"
    r"|behind (?:on|with) (?:the |our |my )?(?:rent|bills|payments|mortgage)"
    r"|(?:raised|raising|pay|paying|paid|owe|late with|increase[ds]?) (?:\w+ )?(?:the|our|my|in) rent"
    r"|how much (?:money |tax |rent |interest )?(?:do|did|have|should|can|will) (?:i|we) (?:\w+ )?"
    r"(?:have|spend|spent|save|saved|owe|earn|make|invest|put|borrow|pay|get paid)"
    r"|(?:did|have|do) (?:i|we) (?:\w+ )?(?:spend|spent|owe|earn)"
    r"|(?:(?:am|are) (?:i|we)|(?:i|we) (?:am|are)) (?:\w+ )?(?:rich|poor|broke|bankrupt|in debt)"
    r"|(?:i|we) (?:spent|spend) (?:\w+ )?too much"
    r"|(?:should|can|could) (?:i|we) (?:\w+ )?(?:retire|invest|sell my"
    r"|buy (?:a )?(?:house|flat|home|shares|stocks|bitcoin|crypto))"
    r"|credit (?:score|rating|limit|report|history)|when (?:do|will) i get paid|get(?:ting)? paid|pay ?(?:day|check)"
    r"|pay off|savings account|tax return|rental income|from (?:my|our) (?:bank|account|checking|savings)"
    r"|(?:refused|rejected|approved|denied) (?:\w+ ){0,2}(?:loan|mortgage|credit)"
)
_HAVE: Final = re.compile(
    r" (?:i|we) (?:\w+ ){0,2}"
    r"(?:have|had|lost|make|made|spent|saved|got|won|need|put|invested|invest|borrowed|borrow|owe|paid|pay) "
    r"(?:\w+ ){0,4}?(?:\$|pounds|dollars|euros|grand|quid|bucks|thousand|k|million|\u20ac|\u00a3) "
)
_ACCOUNTS: Final = frozenset({"account", "accounts"})
_CARDS: Final = frozenset({"card", "cards"})
_CARD_WORDS: Final = WORDS["money_card_words"]


def is_money(sentence: Sentence) -> bool:
    """Whether it is about what the user or a relative has, earns, owes, pays or can afford."""
    if sentence.owns(_OWN, owners=_OWNERS) or _owns_account(sentence):
        return True
    if not sentence.about_user and not sentence.has_relative:
        return False
    return not _PERSONAL.isdisjoint(sentence.told) or bool(_SAID.search(sentence.plain) or _HAVE.search(sentence.plain))


def _owns_account(sentence: Sentence) -> bool:
    """Whether it is about somebody's account or card at a bank."""
    if not _ONLINE.isdisjoint(sentence.words):
        return False
    return sentence.owns(_ACCOUNTS, owners=_OWNERS) or (
        sentence.owns(_CARDS, owners=_OWNERS) and not _CARD_WORDS.isdisjoint(sentence.words)
    )
