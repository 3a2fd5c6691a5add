"""Texts whose answer must not depend on their wording: emergencies, despair, codes that are kept or told. Pure.

The classifier of questions knows the words of such texts; these rules know their form. An emergency tells that a person
was hurt or that there is a danger, and asks nothing; despair names nothing that it is about; a code belongs to a
person. A question about the world has another form: "who was shot", "how does a password manager work".
"""

from collections.abc import Mapping
from typing import Final

from edge.nlu.en.emergency_words import DANGER, EMERGENCY, STORY
from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.privacy.sentence import either, sentence_of
from edge.nlu.kinds import Kind

_CRY: Final = LazyPattern(
    r"(?:(?:please|oh god|oh no|god|somebody|someone|anybody|anyone) )*"
    r"(?:help(?: me| us)?|(?:send|get|call for|call|need|i need|we need|get me|send me) (?:some )?(?:help|an"
    r" ambulance))"
    r"(?: (?:please|somebody|someone|help|me|us|now|quick|quickly|right now|hurry|it is urgent|urgently|i am "
    r"(?:hurt|injured"
    r"|dying)))*"
)
"""Cries for help, but for "help" and "help me", which may ask what can be said."""
_ASKED: Final = LazyPattern(
    r"(?:who|what|when|where|why|how|which|is|are|was|were|do|does|did|can|could|should|would|tell|explain|describe|write"
    r"|play|sing|read|show|define|spell|translate|imagine|if|name|list|give|set|turn|switch|open|close|remind|add|make"
    r"|help me)\b"
)
"""How questions, commands and wishes for a text begin."""
_ASKS_FOR_HELP: Final = LazyPattern(
    r"(?:can|could|would) (?:you|someone|somebody|anybody) (?:please )?(?:help (?:me|us)$|call|send|get)"
)

_END = r"(?: (?:anymore|any more|any longer|like this|this way|much longer|at all|either|right now))*$"
_DESPAIR: Final = either(
    r"i (?:just |really |simply )?(?:can not|could not) (?:go on|carry on|keep going|(?:keep )?(?:do|doing) "
    r"(?:this|it)|cope|live"
    rf"|take (?:it|this)|bear (?:it|this)|take|face (?:it|tomorrow|another day)){_END}",
    r"i (?:just |really )?(?:do not|no longer|would rather not|would sooner not) ?(?:want to|wish to|care to|)? ?"
    r"(?:be here|live"
    rf"|exist|be alive|wake up(?: tomorrow)?|go on|be anymore|carry on){_END}",
    r"i (?:do not|can not) see (?:the|a|any) (?:point|way out|way forward|future)(?: (?:in|of) (?:living|life|anything"
    rf"|going on))?{_END}",
    r"i (?:just |only )?(?:wish|want|would like|wanted) (?:i |to )?(?:could |would |had )*(?:just |never )?(?:"
    r"(?:go|fall|gone) (?:to sleep|asleep)"
    r" .*(?:not|never) (?:to )?wake up|disappear|vanish|not be here|never been born|not exist)(?: again| anymore)?$",
    r"(?:nobody|no one|noone) (?:would|will|even|really|would even) (?:notice|care|miss me)(?: (?:if|whether) i .*"
    r"| anyway)?$",
    r"(?:nobody|no one|noone) (?:needs|wants|loves|cares about|would miss) me" + _END,
    r"(?:it|they|everyone|everybody|the world|my (?:family|kids|children|parents|wife|husband)) (?:would|will"
    r"|might) (?:all )?be"
    r" (?:better|better off|happier|easier) (?:for \w+(?: \w+)? )?(?:if i (?:was|were|am) (?:not|gone|dead|no longer)"
    r"|without me).*",
    r"i (?:have|have got|see) (?:no|nothing|no more) (?:reason|left|point|will|hope|strength|to live for)(?: (?:to"
    r" (?:live|get up|go on|carry on"
    rf"|be here|keep going)|left|in (?:living|life|going on)|for me))*{_END}",
    r"there (?:is )?(?:no|nothing) (?:way out|hope|way forward|future|left)(?: left| here)?(?: for me)" + _END,
    r"there (?:is )?no (?:way out|hope|future)(?: left)?" + _END,
    r"(?:there (?:is )?nothing|i have (?:got )?nothing) (?:left )?to (?:look forward to|live for)" + _END,
    r"there (?:is )?no point (?:in (?:living|going on|anything|carrying on|life|me)|to (?:life|living|anything|my"
    r" life))" + _END,
    r"(?:what is|what) (?:even |really )?the point (?:of|in) (?:me|living|going on|being alive)" + _END,
    r"(?:everything|it all|life|my life|living) (?:is|feels|seems) (?:just |so |all )?(?:hopeless|pointless|meaningless"
    r"|unbearable|not worth (?:it|living))(?: and i (?:give up|can not.*|want.*))?" + _END,
    r"nothing (?:will )?(?:ever )?(?:get|gets|be|matters) ?(?:better|good|worth it)?(?: again)?"
    + _END
    + r"(?<!get)(?<!be)",
    r"i (?:just )?(?:feel|am feeling|am) (?:so |completely |utterly |just |totally )*(?:hopeless|worthless|suicidal"
    r"|empty(?: i could .*| inside)?)$",
    r"(?:think|thinking|thought|thoughts|dream|dreaming) (?:a lot )?(?:about|of) (?:(?:ending|finishing) "
    r"(?:everything|it|it all"
    r"|things|my life|myself)|dying|death|being dead|suicide)(?: all the time| a lot| every day| again)?$",
    r"i (?:just )?want (?:it|this|everything|the pain) (?:all )?to (?:end|stop|be over|go away for ever)$",
    rf"i do not know how to (?:carry on|go on|cope|keep going|live|get through (?:this|the day)){_END}",
    r"(?:hurt|hurting|cut|cutting|harm|harming|harmed|starving) myself(?: (?:again|on purpose|every day|last night"
    r"|today))?$",
    r"(?:might|could|will|would|going to|want to) (?:do|hurt|harm|cut|kill)(?: something| anything)?(?: to)? myself",
    r"(?:tired|sick|had enough) of (?:living|life|being alive)(?: like this)?(?: anymore)?$",
    r"i (?:am )?(?:finished|done|give up) (?:with|on) (?:life|living|everything|myself)$",
    r"i (?:am |feel like )(?:a burden|just a burden|only a burden)(?: (?:to|for|on) .*)?$",
)

_ABOUT_SOMETHING: Final = either(
    r"dead (?:serious|tired|set|right)",
    r"no point in (?!living|life|going|carrying|anything|me\b)\w+",
    r"the (?:point|meaning) of (?!me\b|living|going|being|it\b)\w+",
)
"""What looks hopeless is one thing, and not life."""

_KEEP = (
    r"(?:(?:write|note|jot|put|take|mark)(?: down)?|remember|memori[sz]e|save|store|keep|record|hold on to|do not"
    r" forget"
    r"|keep in mind|log|(?:make|keep|take) a note (?:of|that)|remember that|note that)"
)
_TELL = (
    r"(?:what (?:is|was|were|are)|which|what|tell \w+(?: \w+)?|read (?:me|us|out|back)(?: back| out)?|say|give "
    r"(?:me|us)|repeat"
    r"|do you (?:still |even )?(?:know|remember|have)|remind (?:me|us) (?:of|what)|i (?:have )?(?:forgot"
    r"|forgotten)|show me"
    r"|did i say)"
)
_LOCKED = (
    r"(?:entry|door|front door|back door|alarm|gate|garage|access|security|safe|lock|key ?safe|lock ?box|key ?pad"
    r"|key|bank|card"
    r"|credit card|debit card|wifi|router|guest network|network|locker|padlock|shed|office|phone|sim|e ?mail"
    r"|account|laptop"
    r"|tablet|computer|netflix|building|letterbox|mailbox|vault|intercom)"
)
_CODE = (
    r"(?:codes?|pin ?codes?|pins?|pin numbers?|passwords?|pass ?codes?|combinations?|log ?ins?|key ?codes?"
    r"|secret numbers?)"
)
_OWN = r"(?:the|my|our|his|her|your|this|that|a)"
_ITS_CODE = (
    rf"(?:{_OWN} (?:new |secret |old |current )?(?:\w+ )?{_LOCKED} {_CODE}|{_OWN} (?:new |secret )?{_CODE} (?:for"
    rf"|of|to|on|at)"
    rf" (?:the|my|our|your) (?:\w+ )?{_LOCKED}|(?:my|our|his|her) (?:\w+ )?{_CODE}"
    r"|(?:the|my|our) (?:number|numbers) (?:for|of|to) (?:the|my|our) (?:safe|alarm|lock|gate|vault|door))"
)
_SECRET: Final = either(
    rf"{_KEEP} (?:for me )?(?:\w+ )?{_ITS_CODE}",
    rf"{_KEEP} (?:the|this|that|a) (?:secret |new )?(?:passwords?|pass ?codes?|pin|pin number|combination|log ?in"
    rf"|secret code"
    r"|code it is|code is)",
    rf"{_TELL} (?:back )?{_ITS_CODE}(?! (?:stand|mean|work|for a|invented))",
    rf"(?:changed|set|reset) {_OWN} (?:\w+ )?(?:pin|password|pass ?code|{_LOCKED} code) to",
    rf"{_ITS_CODE} (?:is|was) (?!a |an |the |too |not |what|called|made)\w+",
    r"(?:code|pin|password|combination|passcode) (?:that )?(?:did )?(?:i|we) (?:told|gave|said|set|chose|use|used)",
    r"(?:which|what) (?:code|pin|number|password|combination|passcode) (?:opens|unlocks|do i need for|is for|goes with)"
    r" (?:the|my|our) (?:\w+ )?\w+",
)
_ABOUT_CODES: Final = either(
    r"how (?:do|does|can|should|would|to)",
    r"(?:stand|stands) for",
    r"difference between",
    r"what (?:is|are) (?:a|an) (?:\w+ )?(?:code|pin|password|combination|passcode)",
)
"""Questions about codes in general."""
_CODE_WORD: Final = either(
    r"(?:codes?|pins?|passwords?|pass ?codes?|combinations?|log ?ins?|secrets?|numbers?|keys?|credentials|details)"
)
_DESPAIR_WORD: Final = either(
    r"(?:die|dying|died|death|dead|kill|killing|suicide|suicidal|alive|live|lived|living|life|lives|myself|himself|herself"
    r"|themselves|hopeless|hope|worthless|worth|pointless|point|gone|without me|miss me|born|hate|hurt|end|ending"
    r"|over|pain"
    r"|empty|alone|anymore|any more|any longer|go on|give up|depressed|despair|desperate|burden|unbearable|cope|matters"
    r"|wake up|disappear|exist|harm|cut|starve|jump|pills|overdose|goodbye|better off|nobody|no one|way out)"
)


def grave_kind(text: str) -> Kind | None:
    """The kind of a text that is an emergency, despair or about a code, by its form; None for other texts."""
    said = sentence_of(text).plain.strip()
    if said not in {"help", "help me"} and _CRY.fullmatch(said):
        return "emergency"
    if _ASKED.match(said) is None or _ASKS_FOR_HELP.match(said) is not None:
        if EMERGENCY.search(said) and not STORY.search(said):
            return "emergency"
        if _DESPAIR.search(said):
            return "despair"
    elif _DESPAIR.search(said) and said.startswith("what"):
        return "despair"
    return "secret" if _SECRET.search(said) and not _ABOUT_CODES.search(said) else None


_ACHE: Final = LazyPattern(
    r"(?:oh |ow |ouch )?my (?:\w+ )?(?:back|necks?|shoulders?|knees?|foot|feet|legs?|arms?|hands?|wrists?|ankles?|hips?"
    r"|tooth|teeth|throat|head|tummy|muscles?)(?: really| still)? (?:hurts?|aches?|is sore|are sore|is killing me)"
    r"(?: so much| a (?:bit|lot|little)| again| today)?"
)
"""What hurts and is no emergency by itself. The chest is left out on purpose."""


def without_grave(text: str, probabilities: Mapping[Kind, float]) -> Mapping[Kind, float]:
    """The probabilities of the classifier, without a grave kind of which the text has no word.

    It takes "the baby is sleeping now" for an emergency, because babies are in many of them.
    """
    said = sentence_of(text).plain.strip()
    words = {"emergency": DANGER, "despair": _DESPAIR_WORD, "secret": _CODE_WORD}
    unfounded = {kind for kind, word in words.items() if not word.search(said)}
    if STORY.search(said) or _ACHE.fullmatch(said):
        unfounded.add("emergency")
    if _ABOUT_CODES.search(said):
        unfounded.add("secret")
    if _ABOUT_SOMETHING.search(said):
        unfounded.add("despair")
    rest = sum(value for kind, value in probabilities.items() if kind not in unfounded)
    return {kind: 0.0 if kind in unfounded else value / rest for kind, value in probabilities.items()}
