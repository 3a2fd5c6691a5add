"""Whether a text tells or asks for a secret: passwords, codes, hiding places, confidences. In English. Pure."""

import re
from typing import Final

from edge.nlu.en.privacy.sentence import Sentence

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
_TELLS: Final = re.compile(
    rf" {_WHOSE} (?:\w+ ){{0,4}}?{_WORD} (?:\w+ ){{0,4}}?(?:is|was|are|starts|begins|equals) (?!not |too |wrong |\s*$)"
    r"|the (?:answer|reply) to (?:\w+ ){0,2}security question"
    r"|(?:code|combination|number|password|pin) (?:for|to|of|at) (?:\w+ ){0,5}?(?:is|was) "
    rf"|{_LOCKED} (?:code|combination|pin|key code)(?: \w+){{0,5}}? (?:is|was) "
    rf"|is (?!what|the )\S+ (?:a |an )?(?:\w+ )?(?:good |strong |safe |secure ){_WORD} "
    rf"|{_LOCKED} (?:opens|unlocks|is opened|is unlocked|can be opened) (?:with|by|using) "
    r"|(?:spare|house|door|car|shed|safe|office|back door|garage|cellar|cottage) keys? (?:is|are|lies|hangs?) "
    r"(?:\w+ )?(?:under|behind|in|inside|beneath|above|on|with|at|next|below|hidden)"
)
_ASKS: Final = re.compile(
    r" (?:what|which) (?:is|was|are|were) (?:my|our|his|her|the) (?:\w+ ){0,4}?"
    rf"(?:{_WORD}|{_LOCKED} (?:code|combination)) "
    r"|what (?:is|was) the (?:code|combination|password) (?:for|to|of|i|we|you) (?!a |the da |this (?:book|film|movie))"
    r"|where (?:is|are|do we keep|did i (?:put|hide)) (?:my|our|the) (?:spare|house|safe) keys?"
)
_HAS: Final = re.compile(rf" (?:my|our|his|her) (?:\w+ ){{0,3}}?(?:{_WORD}|{_LOCKED} (?:code|combination)) ")
_HOW_TO: Final = re.compile(
    r" (?:how|where|can|should|why) (?:do|can|should|would|to|i|did|does)(?: \w+){0,3} "
    r"(?:change|reset|recover|choose|create|pick|protect|remember|set|manage|store|forget|forgot|forgotten|update) "
)
"""A question about passwords in general, though it says "my password"."""
_CONFIDED: Final = re.compile(
    r" (?:do not tell (?:anyone|anybody|a soul|my|him|her|them|mum|mom|dad)"
    r"|(?:just )?between (?:you and me|us|ourselves)"
    r"|keep (?:this|that|it) (?:a )?(?:secret|between|to yourself|quiet|private|confidential)"
    r"|(?:this|that|it) is (?:\w+ )?(?:confidential|a secret|secret|private)|in confidence|off the record"
    r"|(?:nobody|no one|noone) (?:else )?(?:knows|must know|should know|can know|may know|has to know)"
    r"|(?:i|we) (?:have|had) (?:a|this) (?:\w+ )?secret|my (?:\w+ )?secret) "
)


def is_secret(sentence: Sentence) -> bool:
    """Whether it tells or asks for a code, a password or a hiding place, or is told in confidence."""
    plain = sentence.plain
    if _TELLS.search(plain) or _ASKS.search(plain) or _CONFIDED.search(plain):
        return True
    return bool(_HAS.search(plain)) and not _HOW_TO.search(plain)
