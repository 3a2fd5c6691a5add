"""Whether a text is about the money of the user or of a person around, in English. Pure."""

from typing import Final

from edge.nlu.en.privacy.sentence import Sentence, either
from edge.nlu.en.privacy.words import POSSESSIVES, WORDS

_OWN: Final = WORDS["money_own"]
"""Words for the money that a person has: "my salary"."""
_OWNERS: Final = POSSESSIVES | {"his", "her"}
_PERSONAL: Final = WORDS["money_personal"]
"""Of money, where "I" or "we" is in the same text."""
_ONLINE: Final = WORDS["money_online"]
_SAID: Final = either(
    r"(?:can|could|do|did) not (?:\w+ )?(?:pay|afford)",
    r"behind (?:on|with) (?:the |our |my )?(?:rent|bills|payments|mortgage)",
    r"(?:raised|raising|pay|paying|paid|owe|late with|increase[ds]?) (?:\w+ )?(?:the|our|my|in) rent",
    r"how much (?:money |tax |rent |interest )?(?:do|did|have|should|can|will) (?:i|we) (?:\w+ )?(?:have|spend"
    r"|spent|save|saved|owe|earn|make|invest|put|borrow|pay|get paid)",
    r"(?:did|have|do) (?:i|we) (?:\w+ )?(?:spend|spent|owe|earn)",
    r"(?:(?:am|are) (?:i|we)|(?:i|we) (?:am|are)) (?:\w+ )?(?:rich|poor|broke|bankrupt|in debt)",
    r"(?:i|we) (?:spent|spend) (?:\w+ )?too much",
    r"(?:should|can|could) (?:i|we) (?:\w+ )?(?:retire|invest|sell my|buy (?:a )?(?:house|flat|home|shares"
    r"|stocks|bitcoin|crypto))",
    r"(?:paid|pay|pays|paying) me",
    r"side (?:job|hustle)",
    r"second job",
    r"(?:tax|benefits) office",
    r"food stamps",
    r"universal credit",
    r"(?:housing|child|unemployment) benefits?",
    r"eligible for",
    r"net worth",
    r"student loan",
    r"(?:take|taking|took) out a loan",
    r"costs? (?:me|us)",
    r"in the bank",
    r"in savings",
    r"(?:enough|got|have|much) to live on",
    r"final demand",
    r"hid(?:e|es|ing|den)? money",
    r"tax (?:refund|bill|return|code)",
    r"loan is",
    r"lost (?:his|her|my) job",
    r"(?:gas|electricity|energy|water|phone|tax|credit card) (?:bill|bills|company|debt)",
    r"(?:sell|selling|sold|remortgage) (?:the|our|my) (?:house|flat|home|apartment)",
    r"on (?:my|our) (?:card|credit)",
    r"(?:pay|owe|from|with) the bank",
    r"the bank (?:said|says|wants|refused|called|took|charged)",
    r"owes? (?:me|us)",
    r"(?:get|got|getting|was|were) (?:fired|laid off|sacked)",
    r"lost my job",
    r"credit (?:score|rating|limit|report|history)",
    r"when (?:do|will) i get paid",
    r"get(?:ting)? paid",
    r"pay ?(?:day|check)",
    r"pay off",
    r"savings account",
    r"tax return",
    r"rental income",
    r"from (?:my|our) (?:bank|account|checking|savings)",
    r"(?:refused|rejected|approved|denied) (?:\w+ ){0,2}(?:loan|mortgage|credit)",
)
_HAVE: Final = either(
    r"(?:i|we) (?:\w+ ){0,2}(?:have|had|lost|make|made|spent|saved|got|won|need|put|invested|invest|borrowed"
    r"|borrow|owe|paid|pay) (?!(?:with|in) )(?:\w+ ){0,4}?(?:\$|pounds|dollars|euros|grand|quid|bucks|thousand|k|\d+k"
    r"|million|\u20ac|\u00a3)",
)
_GIVEN: Final = either(
    r"(?:give|gives|gave|lend|lends|lent|left|leaves?|offers?|offered|pays?|paid|charged?) (?:me|us) (?:\w+ "
    r"){0,4}?(?:\$|pounds|dollars|euros|grand|quid|bucks|thousand|\d+k|million|\u20ac|\u00a3)",
)
_EARN: Final = either(
    r"(?:i|we) (?:\w+ )?(?:make|earn|owe|borrowed|save|saved|pay|spend) (?:\w+ )?\d{3,}k?",
)
_BALANCE: Final = either(
    r"(?:los\w+|keep\w*|kept) (?:my|his|her) balance",
)
_ACCOUNTS: Final = frozenset({"account", "accounts"})
_CARDS: Final = frozenset({"card", "cards"})
_CARD_WORDS: Final = WORDS["money_card_words"]


def is_money(sentence: Sentence) -> bool:
    """Whether it is about what the user or a relative has, earns, owes, pays or can afford."""
    if (sentence.owns(_OWN, owners=_OWNERS) and not _BALANCE.search(sentence.plain)) or _owns_account(sentence):
        return True
    if not sentence.says_i and not sentence.has_relative:
        return False
    return not _PERSONAL.isdisjoint(sentence.told) or any(
        it.search(sentence.plain) for it in (_SAID, _HAVE, _EARN, _GIVEN)
    )


def _owns_account(sentence: Sentence) -> bool:
    """Whether it is about a person's account or card at a bank."""
    if not _ONLINE.isdisjoint(sentence.words):
        return False
    return sentence.owns(_ACCOUNTS, owners=_OWNERS) or (
        sentence.owns(_CARDS, owners=_OWNERS) and not _CARD_WORDS.isdisjoint(sentence.words)
    )
