"""When a question is for the cloud. Pure: patterns on the text, no model, English.

A small model on a board answers everyday questions; it knows nothing new, few facts, and cannot reason at length. The
patterns name what it fails at. A question that none of them finds stays on the board: what is missed costs a weaker
answer, what is found wrongly sends a text away that need not have left.
"""

import re
from typing import Final, Literal

from edge.events import Answerer

_CLOUD = r"(?:the\s+)?(?:cloud|chat\s?gpt|gpt(?:[\s-]?(?:\d+o?|four|mini))*|open\s?ai|internet|web)"
_POLITE = r"(?:(?:please|hey|okay|ok|now|then|and|so|can you|could you|would you|will you|you can)[\s,]+)*"

_ASKED: Final = (
    re.compile(
        rf"^{_POLITE}(?:ask|use|check with|let|have|try|consult|look on|search|look it up on|check)\s+{_CLOUD}\b[\s,:]*"
        r"(?:please\s+)?(?:to\s+|and\s+|for\s+|that\s+)?(?P<rest>.*)$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?P<rest>.+?)[\s,.;:?!]+(?:please[\s,]+)?(?:and\s+)?(?:ask|use|using|with|according to|via|from|on)\s+{_CLOUD}"
        r"(?:[\s,]+please)?[.?!]?$",
        re.IGNORECASE,
    ),
    re.compile(rf"^{_POLITE}(?:search online for|look up online|google)\s+(?P<rest>.+)$", re.IGNORECASE),
)
_ABOUT: Final = re.compile(r"^(?:about|on)\s+", re.IGNORECASE)

_NUMBER = (
    r"(?:\d[\d.,]*|(?:a |one |two |three |four |five |six |seven |eight |nine )?hundred|zero|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)"
)

_HARD: Final[tuple[tuple[str, str], ...]] = (
    ("translation", r"\btranslat\w+|\bhow (?:do|would|can) (?:you|i|we) say\b|\b(?:in|into|to) (?:french|german|spanish"
                    r"|italian|portuguese|dutch|polish|turkish|russian|arabic|hindi|chinese|mandarin|japanese|korean)$"),
    ("code", r"\b(?:python|javascript|typescript|java|rust|sql|regex|regular expression|bash|html|css)\b"
             r"|\bwrite (?:me )?(?:a |an |some )?(?:\w+ )?(?:code|program|script|function|query)\b|\bdebug\b"),
    ("maths", rf"\b{_NUMBER}\s+(?:times|plus|minus|multiplied by|divided by|over|to the power of|percent of)\s+"
              rf"(?:a\s+|the\s+)?{_NUMBER}\b|\d\s*[-+*/x×÷^]\s*\d|\b{_NUMBER}\s*(?:%|percent) of\b"
              r"|\b(?:square|cube) root\b|\bfactorial\b|\bprime (?:number|factor)\w*|\b(?:derivative|integral) of\b"
              r"|\bsolve\b.*\b(?:equation|for [xyz])\b|\bcalculate\b|\bequation\b|\bconvert \d"),
    ("fresh-knowledge", r"\bnews\b|\bheadlines?\b|\bweather\b|\bforecast\b|\b(?:will|is|did|does) it (?:going to )?(?:be )?"
                        r"(?:rain|snow|sunny|storm|cold|hot|warm|windy|freez)\w*\b(?! (?:in|on) mars)|\bneed an umbrella\b"
                        r"|\btemperature (?:outside|today|tomorrow|in)\b|\bstocks?\b|\bshare price\b|\bstock market\b"
                        r"|\b(?:bitcoin|ethereum|exchange rate|mortgage rates?|interest rates?|inflation)\b"
                        r"|\b(?:price|cost) of\b|\bhow much (?:is|are|does|do|did)\b.*\b(?:cost|worth|pay|today|now)\b"
                        r"|\bhow much (?:is|are) (?:a|an|the)\b.*\b(?:ticket|iphone|phone|car|house|gas|petrol|gold)\w*\b"
                        r"|\b(?:scores?|standings|final score|playoffs?)\b|\bwho(?:'s| is| has)? (?:won|winning|win|playing)\b"
                        r"|\bdid .+ (?:win|lose|beat)\b|\b(?:latest|newest|most recent|recently|breaking|trending|upcoming)\b"
                        r"|\bcurrent(?:ly)?\b|\bright now\b|\bthese days\b|\bnowadays\b|\belections?\b|\btraffic\b"
                        r"|\bflight [a-z]*\s?\d+|\b(?:is|are) .+ open (?:now|today|tonight|tomorrow|on sunday)\b"
                        r"|\b(?:this|last|next) (?:week|month|year|season)(?:'s)?\b|\byesterday's\b|\blast night's\b"
                        r"|\b20(?:2[4-9]|[3-9]\d)\b|\bwho(?:'s| is) the (?:new |acting )?(?:president|prime minister|chancellor"
                        r"|king|queen|pope|mayor|governor|ceo|head|champion|leader|manager|coach)\b"
                        r"|\brelease date\b|\bcom(?:e|es|ing) out\b|\bon tv\b|\bin (?:the )?(?:cinemas?|theaters?)\b"),
    ("world-knowledge", r"\bpopulation of\b|\bhow many people\b|\bnet worth\b|\bgdp\b|\b(?:what|which) year\b"
                        r"|\bwhen (?:was|were|did)\b|\bwho (?:invented|discovered|founded|directed|composed|designed|built"
                        r"|starred|sang|sings|played|plays)\b|\bhistory of\b|\bbiography\b"
                        r"|\bhow (?:tall|high|deep|old|far|fast|long|big|heavy) (?:is|was|are)\b(?! (?:it|this|that|the timer)\b)"
                        r"|\b(?:capital|currency|language|president|area) of (?!france\b|the alphabet)\w+"
                        r"|\b(?:tallest|largest|biggest|longest|highest|deepest|fastest|oldest|richest)\b"),
    ("writing", r"\bwrite (?:me |us |my )?(?:a|an|some|my)\b|\bcompose (?:a|an)\b|\bdraft (?:a|an|my)\b"
                r"|\b(?:essay|cover letter|haiku|sonnet|limerick|blog post)\b|\bproofread\b|\brewrite\b|\brephrase\b"),
    ("long-reasoning", r"\bstep[\s-]by[\s-]step\b|\bin (?:more |great )?detail\b|\bpros and cons\b"
                       r"|\badvantages and disadvantages\b|\bcompare\b|\bcomparison\b|\bsummari[sz]e\b|\bsummary of\b"
                       r"|\bitinerary\b|\bplan (?:a|an|my|our|me)\b|\bmeal plan\b|\bwork(?:out)? plan\b|\bprove that\b"
                       r"|\briddle\b.*\bsolve\b|\banaly[sz]e\b|\bbrainstorm\b|\bif .+ then .+ how (?:many|much|long|far)\b"
                       r"|\bhow many .+ if\b|\bwhat would happen if\b"),
)  # fmt: skip
_PATTERNS: Final = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _HARD)

LONG_WORDS = 40
"""From this length a question is more than a small model can keep in mind."""


def choose(
    text: str, *, escalate: Literal["never", "hard", "always"], cloud_ready: bool, local_ready: bool
) -> tuple[Answerer, str, str]:
    """The answerer ("llm" or "cloud"), the reason, and the text without "ask the cloud".

    Reasons: "asked-for-cloud", "translation", "code", "maths", "fresh-knowledge", "world-knowledge", "writing",
    "long-reasoning", "long-text", "always", "no-local-model" for the cloud; "open-question", "cloud-not-allowed"
    and "cloud-not-ready" (it was asked for, in vain) for the model on the board.
    """
    text = " ".join(text.split())
    asked, text = _asked_for_cloud(text)
    allowed = escalate != "never"
    if asked and not (allowed and cloud_ready):
        return "llm", "cloud-not-ready" if allowed else "cloud-not-allowed", text
    if not (allowed and cloud_ready):
        return "llm", "open-question", text
    if asked:
        return "cloud", "asked-for-cloud", text
    hard = _why_hard(text)
    if hard is not None:
        return "cloud", hard, text
    if escalate == "always":
        return "cloud", "always", text
    if not local_ready:
        return "cloud", "no-local-model", text
    return "llm", "open-question", text


def _asked_for_cloud(text: str) -> tuple[bool, str]:
    for pattern in _ASKED:
        found = pattern.match(text)
        if found is None:
            continue
        rest = found["rest"].strip(" ,:;")
        if not any(c.isalnum() for c in rest):
            return False, text  # nothing is left to ask: the words themselves are the question
        rest = _ABOUT.sub("tell me about ", rest)
        return True, rest[0].upper() + rest[1:]
    return False, text


def _why_hard(text: str) -> str | None:
    for reason, pattern in _PATTERNS:
        if pattern.search(text):
            return reason
    return "long-text" if len(text.split()) >= LONG_WORDS else None
