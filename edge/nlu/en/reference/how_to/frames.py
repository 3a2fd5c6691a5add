"""What is asked of a task, and the words that name it: "how long do I boil eggs". Pure."""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.asking import bare_questions
from edge.runtime.folding import folded


class Ask(StrEnum):
    """What may be asked of a task."""

    HOW = "how"
    LONG = "long"
    """How long something takes or keeps."""
    HEAT = "heat"
    """At which temperature."""
    OFTEN = "often"
    MUCH = "much"
    """How much, how many, and in which ratio."""
    MAY = "may"
    """Whether something can or should be done."""
    WHEN = "when"
    TELL = "tell"
    """How it is seen that something is done, ripe or bad."""
    INSTEAD = "instead"
    """What can take the place of something."""
    NEED = "need"
    """What is needed for it."""


Task = tuple[Ask, str]

_I = r"(?:i|you|we|one|people|they|someone|somebody)"
_DO = r"(?:do|does|can|could|should|would|might|must|shall|will)"
_BEST = r"(?:(?:best|go about|properly|safely|quickly|easily|actually|even|ever|have to|need to|get to|go and) )*"
_GOOD = (
    r"(?:(?:a|an|the|any|some|your|really|very|most|good|best|better|easy|easiest|simple|simplest|quick|quickest|fast"
    r"|fastest|right|correct|proper|safe|safest|cheap|cheapest|effective|natural|great|basic|few|other) )*"
)
_WAY = (
    r"(?:ways?|methods?|process|procedure|tricks?|tips?|advice|techniques?|steps|instructions|directions|suggestions"
    r"|ideas|hacks?|secret|help)"
)
_ASKED = r"(?:(?:what is|what are|is there|are there|do you have|do you know|have you got|give me|i need) )?"
_DEGREES = r"(?:oven |internal |inside |cooking |core |right |correct |best |safe )*(?:temperature|temp|heat|gas mark)"
_TELL = r"(?:(?:(?:can|could|would|will) you )?(?:please )?(?:tell me|show me|teach me|explain(?: to me)?|describe) )?"
_INSTEAD_OF = r"(?:substitutes?|replacements?|alternatives?|substitution) (?:for|to)"
_ABOUT = r"(?: (?:about|for|against|with|on|in case of|(?:if|when)(?: (?:i|you) (?:get|have|feel)(?: got)?)?))"
_CURE = r"(?:home )?(?:remedy|remedies|cure|treatment|first aid|solution)"
_TIMES = r"(?:long|many (?:minutes|hours|days|weeks|months)|much time)"
_FINE = r"(?:ok|okay|safe|possible|fine|alright|bad|good|dangerous)"
_FRIDGE = r"(?:fridge|freezer|refrigerator)"


def _frame(ask: Ask, pattern: str, task: str = "{s}") -> tuple[LazyPattern, Callable[[re.Match[str]], Task]]:
    return LazyPattern(pattern), lambda found: (ask, task.format_map(found.groupdict("")))


_FRAMES: Final = (
    _frame(Ask.TELL, rf"how {_DO} {_I} (?:know|tell|check|see|test|find out) (?:if|when|whether|that) (?P<s>.+)"),
    _frame(Ask.TELL, r"when (?:is|are) (?P<s>.+ (?:done|ready|cooked|ripe|bad))"),
    _frame(Ask.INSTEAD, rf"what (?:else )?{_DO} {_I} use (?:instead of|in place of) (?P<s>.+)"),
    _frame(Ask.INSTEAD, rf"{_ASKED}{_GOOD}{_INSTEAD_OF} (?P<s>.+)"),
    _frame(Ask.INSTEAD, rf"(?:how|what) {_DO} {_I} (?:substitute|replace)(?: for| with)? (?P<s>.+?)(?: with)?"),
    _frame(Ask.INSTEAD, r"what can (?:replace|substitute for|be used instead of) (?P<s>.+)"),
    _frame(
        Ask.INSTEAD,
        r"(?:i (?:don't|do not) have(?: any)?|i(?:'m| am| have)? (?:ran |run )?out of)"
        rf" (?P<s>.+?) what {_DO} i use(?: instead)?",
    ),
    _frame(Ask.HOW, rf"what {_DO} {_I} (?:do|take|try|use|say){_ABOUT} (?P<s>.+)", "treat {s}"),
    _frame(Ask.HOW, rf"what {_DO} {_I} (?:do|use|take|try) to (?P<s>.+)"),
    _frame(Ask.HOW, rf"what {_DO} {_I} (?P<s>(?:clean|wash|remove|treat|polish) .+?) with"),
    _frame(Ask.HOW, rf"what (?:to do|helps|is good|works|is best){_ABOUT}? (?P<s>.+)", "treat {s}"),
    _frame(Ask.HOW, rf"{_ASKED}{_GOOD}{_CURE} (?:for|against) (?P<s>.+)", "treat {s}"),
    _frame(Ask.HOW, r"what (?P<s>(?:removes|gets|takes|cleans|kills|stops|dissolves|softens) .+)"),
    _frame(Ask.HOW, rf"(?P<s>.+?) (?:and )?(?:what {_DO} i do|what now|help)(?: about it| with it| now)?", "treat {s}"),
    _frame(Ask.HOW, r"(?:my|our|the) (?P<s>.+ (?:is|are|won't|keeps?) .+)", "treat {s}"),
    _frame(Ask.HOW, r"i (?:can't|cannot) (?P<s>sleep|fall asleep|get to sleep)(?: at night)?", "treat {s} can't"),
    _frame(Ask.HOW, r"i(?: just| have|'ve)* (?P<s>(?:burned|burnt|scalded|sprained|twisted) .+)", "treat {s}"),
    _frame(
        Ask.HOW,
        r"(?:i have|i've|i've got|i got|i have got) (?P<s>.+?)"
        r" how do i (?:get rid of|stop|treat) (?:it|them|that|this)",
        "treat {s}",
    ),
    _frame(Ask.HOW, r"there(?: is|'s| are) (?P<s>.+?) (?:on|in|stuck in|stuck to) (?P<on>.+)", "remove {s} {on}"),
    _frame(
        Ask.HOW,
        r"(?:i|we|someone|somebody|he|she|my \w+)(?: have|'ve| has|'s| just)* (?:spilled|spilt|dropped|got|splashed)"
        r" (?P<s>.+?) (?:on|onto|over|in|into) (?P<on>.+?)(?: (?:what|how|help) .*)?",
        "remove {s} {on}",
    ),
    _frame(
        Ask.HOW,
        r"(?:(?:there is|there's|there are|i have|i've|i've got|i got) )?(?P<s>.+?) (?:on|in|stuck in|stuck to|under)"
        rf" (?P<on>.+?) how {_DO} i (?:get|take|clean|remove|wash) (?:it|them|that|this)(?: out| off| up| away)?",
        "remove {s} {on}",
    ),
    _frame(
        Ask.OFTEN,
        rf"how (?:often|frequently|many times (?:a|per) \w+) (?:{_DO} {_I}|{_DO}|to|is|are) {_BEST}(?P<s>.+)",
    ),
    _frame(
        Ask.LONG,
        r"(?:how (?:long|soon) (?:until|before|till|does it take|will it take)|when (?:do|does|will))"
        r" (?P<s>.+?) (?:to )?(?:expires?|goe?s? (?:bad|off)|spoils?)",
        "store {s}",
    ),
    _frame(
        Ask.LONG,
        r"how long (?:is|are|will|can|does|do) (?P<s>.+?) (?:be |stay |remain )?(?:good|fresh|safe|edible|fine|ok|okay)"
        rf"(?: for| to eat)?(?: in the (?P<in>{_FRIDGE}))?",
        "store {s} {in}",
    ),
    _frame(
        Ask.LONG,
        r"how long (?:is it (?:safe|ok|okay) to|(?:can|do|should) (?:i|you|we)) leave (?P<s>.+?)"
        rf" in the (?P<in>{_FRIDGE})(?: for| before .+)?",
        "store {s} {in}",
    ),
    _frame(
        Ask.LONG,
        rf"(?:for )?how {_TIMES} (?:{_DO} (?:{_I}|it take to)|{_DO}|to|is|are|it takes to) {_BEST}(?P<s>.+?)"
        r"(?: for| before .+)?",
    ),
    _frame(
        Ask.LONG,
        r"(?:what is )?(?:the )?(?P<v>cooking|boiling|baking|roasting|steaming|cook) time (?:for|of) (?P<s>.+)",
        "{v} {s}",
    ),
    _frame(
        Ask.HEAT,
        rf"(?:at |to |on |in )?(?:what|which) {_DEGREES} (?:{_DO} {_I}|{_DO}|to|is|are|for) {_BEST}(?P<s>.+?)"
        r"(?: at| to| be)*",
    ),
    _frame(Ask.HEAT, rf"(?:what is )?(?:the )?{_DEGREES} (?:to|for|of|should) (?P<s>.+)"),
    _frame(Ask.HEAT, r"how hot (?:should|does|must) (?:my|the|an) oven (?:need to |have to )?be (?:for|to) (?P<s>.+)"),
    _frame(Ask.HEAT, rf"how hot (?:{_DO} {_I}|{_DO}|to|is|are) (?P<s>.+)"),
    _frame(Ask.MUCH, rf"{_ASKED}{_GOOD}(?:ratio|proportions?) (?:of|for|between) (?P<s>.+)"),
    _frame(Ask.MUCH, r"(?:what is )?(?:the )?(?P<s>.+) ratio"),
    _frame(Ask.MUCH, r"how (?:much|many) (?P<s>.+)"),
    _frame(Ask.NEED, rf"what (?:ingredients )?{_DO} {_I} (?:need|use)(?: for| to)? (?P<s>.+)"),
    _frame(Ask.NEED, r"(?:what are )?(?:the )?ingredients (?:for|of|in) (?P<s>.+)", "make {s}"),
    _frame(
        Ask.HOW,
        rf"how {_DO} {_I} (?:make|get|keep) (?P<s>.+?) (?:to )?(?:last|stay fresh|keep fresh|fresh)"
        r"(?: for)?(?: longer)?",
        "store {s}",
    ),
    _frame(
        Ask.HOW,
        rf"how (?:exactly |on earth )?(?:{_DO}|am|are) {_I} (?:supposed to |meant to )?{_BEST}(?P<s>.+)",
    ),
    _frame(Ask.HOW, rf"{_TELL}how (?:{_I} {_DO}|to) {_BEST}(?P<s>.+)"),
    _frame(Ask.HOW, r"(?:(?:can|could|will) you )?(?:teach|help) me (?:how )?(?:to |with )?(?P<s>.+)"),
    _frame(Ask.HOW, r"(?:(?:can|could|will) you )?(?:walk|talk|guide|take) me through (?P<s>.+)"),
    _frame(Ask.HOW, r"i (?:want|need|would like) to (?:learn|know) (?:how )?to (?P<s>.+)"),
    _frame(Ask.HOW, r"i(?: need|'m trying| am trying) to (?P<s>.+)"),
    _frame(Ask.HOW, rf"{_ASKED}{_GOOD}{_WAY} (?:to|for|of|on|about|with) (?P<s>.+)"),
    _frame(Ask.HOW, rf"{_ASKED}{_GOOD}recipe (?:for|of) (?P<s>.+)", "make {s}"),
    _frame(Ask.HOW, rf"{_GOOD}(?P<s>.+) recipe", "make {s}"),
    _frame(Ask.HOW, r"how (?:is|are) (?P<s>.+ (?:made|cooked|prepared|brewed))"),
    _frame(Ask.HOW, rf"where {_DO} {_I} (?P<s>(?:store|keep) .+)"),
    _frame(Ask.WHEN, rf"when {_DO} {_I} {_BEST}(?P<s>.+)"),
    _frame(
        Ask.WHEN,
        r"(?:when is|what is) the (?:best|right) (?:time|month|season)(?: of (?:the )?year)? (?:to|for) (?P<s>.+)",
    ),
    _frame(Ask.MAY, rf"(?:{_DO} {_I}|is it {_GOOD}{_FINE} (?:to|if {_I})) {_BEST}(?P<s>.+)"),
    _frame(Ask.MAY, rf"{_DO} (?P<s>.+)"),
    _frame(Ask.HOW, r"(?P<s>[a-z]{2,}ing .+)"),
)


def tasks(text: str) -> Iterator[Task]:
    """All that a text may ask of a task, the likeliest first: the task is folded text."""
    for said in dict.fromkeys((folded(text), bare_questions(text)[0])):
        for pattern, read in _FRAMES:
            if (found := pattern.fullmatch(said)) is not None:
                yield read(found)
