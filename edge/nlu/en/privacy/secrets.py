"""Whether a text tells or asks for a secret: passwords, codes, hiding places, confidences. In English. Pure."""

from typing import Final

from edge.nlu.en.numbers import BELOW_HUNDRED_PATTERN
from edge.nlu.en.privacy.sentence import Sentence, either

_WORD: Final = (
    r"(?:password|passwords|passphrase|passcode|pass code|pin|pins|pin number|pin code|login|log in|credentials"
    r"|recovery phrase|recovery key|seed phrase|private key|api key|secret key|encryption key|access token|otp"
    r"|security question|security answer|one time code|verification code)"
)
_LOCKED: Final = (
    r"(?:door|doors|garage|gate|alarm|safe|vault|lock|padlock|locker|entry|access|shed|house|home|building|cabinet"
    r"|suitcase|bike|office|flat|apartment|wifi|phone|sim|security|key ?pad|front|back)"
)
_WHOSE: Final = r"(?:my|our|his|her|their|mum|mom|dad|the)"
_TELLS: Final = either(
    rf"{_WHOSE} (?:\w+ ){{0,4}}?{_WORD} (?:\w+ ){{0,4}}?(?:is|was|are|starts|begins|equals)(?! (?:not|too|wrong|$))",
    r"the (?:answer|reply) to (?:\w+ ){0,2}security question",
    r"(?:code|combination|number|password|pin) (?:for|to|at) (?:\w+ ){0,5}?(?:is|was|starts|begins|ends)",
    rf"{_LOCKED} (?:code|combination|pin|key code)(?: \w+){{0,5}}? (?:is|was)",
    rf"is (?!what|the )\S+ (?:a |an )?(?:\w+ )?(?:good |strong |safe |secure ){_WORD}",
    rf"{_LOCKED} (?:opens|unlocks|is opened|is unlocked|can be opened) (?:with|by|using)",
    rf"(?:code|combination|pin|password) (?:for|to) (?:my|our|his|her|the) (?:\w+ )?{_LOCKED}",
    r"keys? (?:to|for) (?:the|my|our) (?:\w+ ){1,2}?(?:is|are|hangs?|lies?) (?:\w+ )?(?:under|behind|in|on"
    r"|above|at|next)",
    rf"(?:code|combination|pin|password) (?:is|was) (?:{BELOW_HUNDRED_PATTERN}|\d+)",
    r"(?:keep|keeps|kept|hide|hid|put|store|stash|leave|left) (?:the|my|our|a|some) (?:\w+ )?(?:keys?|cash"
    r"|money|gun|jewellery|jewelry|valuables|savings)",
    r"(?:spare|house|door|car|shed|safe|office|back door|garage|cellar|cottage) keys? (?:is|are|lies|hangs?) "
    r"(?:\w+ )?(?:under|behind|in|inside|beneath|above|on|with|at|next|below|hidden)",
)
_ASKS: Final = either(
    rf"(?:what|which) (?:is|was|are|were) (?:my|our|his|her|the) (?:\w+ ){{0,4}}?(?:{_WORD}|{_LOCKED} (?:code"
    r"|combination))(?! scene\b)",
    r"what (?:is|was) the (?:code|combination|password) (?:for|to|i|we|you)(?! (?:a|the da|this (?:book|film"
    r"|movie))\b)",
    r"where (?:is|are|do we keep|did i (?:put|hide)) (?:my|our|the) (?:spare|house|safe) keys?",
)
_HAS: Final = either(
    rf"(?:my|our|his|her) (?:\w+ ){{0,3}}?(?:{_WORD}|{_LOCKED} (?:code|combination))",
)
_HOW_TO: Final = either(
    r"(?:how|where|can|should|why) (?:do|can|should|would|to|i|did|does)(?: \w+){0,3} (?:change|reset|recover"
    r"|choose|create|pick|protect|remember|set|manage|store|forget|forgot|forgotten|update)",
)
"""A question about passwords in general, though it says "my password"."""
_CONFIDED: Final = either(
    r"do not tell (?:anyone|anybody|a soul|my|him|her|them|mum|mom|dad)",
    r"between you and me",
    r"(?:just|stays?|strictly) between (?:us|ourselves)",
    r"keep (?:this|that|it) (?:a )?(?:secret|between|to yourself|quiet|private|confidential)",
    r"(?:this|that|it) is (?:\w+ )?(?:confidential|a secret|secret|private)",
    r"in confidence",
    r"off the record",
    r"(?:never|not) told (?:anyone|anybody|a soul)",
    r"(?:nobody|no one|noone) (?:else )?(?:knows|must know|should know|can know|may know|has to know)(?! about (?!me|us"
    r"|it|my|our|this|that))",
    r"(?:i|we) (?:have|had|will tell you|tell you|told you) (?:a|this) (?:\w+ )?secret",
    r"my (?:\w+ )?secret",
)


_TRANSLATED: Final = either(
    r"(?:how|what) (?:do|would|does|can|is|are) .{0,60} in (?:the (?:film|movie|book|novel|song|bible)|french|german"
    r"|spanish|italian|latin|japanese|english|dutch|polish|chinese)",
)
"""What is asked of a language or a story, though it says "don't tell anyone"."""


def is_secret(sentence: Sentence) -> bool:
    """Whether it tells or asks for a code, a password or a hiding place, or is told in confidence."""
    plain = sentence.plain
    if _TELLS.search(plain) or _ASKS.search(plain):
        return True
    if _CONFIDED.search(plain) and not _TRANSLATED.search(plain):
        return True
    return bool(_HAS.search(plain)) and not _HOW_TO.search(plain)
