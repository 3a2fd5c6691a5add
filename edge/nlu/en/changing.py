"""Whether the answer to a question changes, where its form tells: pure patterns.

What is so now or near here, what is sold and who holds an office changes; how big a thing is, why it is so and what was
long ago does not.
"""

import re
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern

_NOW = (
    r"right now|at (?:the moment|present)|currently|nowadays|these days|today's|last night|(?:lat|new)est"
    r"|up to date|up-?coming|trending|this (?:week|month|year|season|weekend|morning|evening|afternoon)(?:'s)?"
)
_NEAR = (
    r"near(?:by|est)|(?:near|close to|around) (?:me|here|us|my \w+)|closest|locally|(?:my|our|any) local"
    r"|in (?:my|our|this) (?:city|town|area|state|region|neighbou?rhood)"
    r"|(?:phone number|e-?mail address|(?:opening|business|office|store) hours) (?:of|for|to|at)"
)
_SOLD = (
    r"(?:the|current|average|lowest|going|cheapest|best) (?:price|cost|rent|fare|fee|rate)s? (?:of|for|to|at|on)"
    r"|how much (?:is|are|do|does|would|will) (?:.* )?(?:cost|sell for|go for)"
    r"|what(?:'s| is| are) .* (?:going|selling) for"
    r"|cheapest|(?:on|for) sale|in stock|discounts?|coupons?|(?:top|best)[ -](?:selling|rated|reviewed)|prices of"
    r"|compare prices?|(?:which|what) brands?|who (?:\w+ )?(?:sells|offers|repairs|fixes|delivers|rents|teaches)"
    r"|(?:where (?:can|could|do|should|would) (?:i|we|you|one)|where to|can i) (?:buy|rent|get|purchase|order|hire"
    r"|sell)"
)
_DUE = (
    r"when (?:will|does|is) .* (?:come out|coming out|come back|due out|released|premiere|air|on sale)"
    r"|what time (?:is|are|does|do|will) .* (?:showing|open|close|play|playing|on)|showtimes?"
    r"|(?:the|when is|'s) next (?:\w+ )?(?:season|episode|game|match|election|concert|movie|film|album|version|model"
    r"|race)"
    r"|new (?:releases?|albums?|seasons?|episodes?)"
    r"|(?:last|latest|most recent) (?:world cup|olympics|election|season|episode|game|match|race|final|super ?bowl)"
    r"|(?:which|what) (?:airlines?|trains?|bus(?:es)?|ferry|ferries) (?:\w+ )?(?:to|from|between)"
    r"|(?:rules?|restrictions?|requirements?) (?:for|on) (?:flying|travell?ing|entering|visiting)"
)
_STANDING = (
    r"(?:who is|who's) (?:the |our )?(?:\w+ )?(?:president|ceo|prime minister|governor|mayor|chancellor|head coach"
    r"|senator|(?:pope|king|queen|manager|leader|head|champion)s?(?= of\b))s?"
    r"|standings|rankings?|box office|net worth|highest[ -]paid|running for (?:office|president|mayor|governor|senate)"
    r"|(?:followers|subscribers|fans|wins|goals|titles|trophies|medals|caps|points) (?:does|do|has|have)"
    r"|unemployed|jobless|how many (?:(?:covid|flu|new|active|confirmed) cases|.* now)"
    r"|who (?:owns|runs|leads|chairs|heads|coaches|manages|sponsors)|(?:rich|wealthi)est"
    r"|the (?:\w+ )?(?:interest|mortgage|exchange|inflation|unemployment|birth|crime) rates? (?:of|in|at|for)"
    r"|how high is the (?:water|river|tide|lake)|\w+est (?:computer|phone|laptop|car|company|airline|app|person|player)"
)
_CHANGES: Final = LazyPattern(rf"\b(?:{_NOW}|{_NEAR}|{_SOLD}|{_DUE}|{_STANDING})\b", re.IGNORECASE)
_SEARCH: Final = LazyPattern(
    r"(?!(?:where|how|what|when|why|who|which)\b).*\b(?:find|look for|search for|looking for) (?:me |us )?"
    r"(?:an?|some|someone|somebody) (?!.*\b(?:recipe|way|method|joke|fact|description|explanation|instruction|idea|word"
    r"|rhyme|story|list|plan)s?\b)\w+",
    re.IGNORECASE,
)
"""Wants a thing or a person to be found, and not what anyone could tell."""
_OVER: Final = LazyPattern(r"\b(?:in history|of all time|ever|in (?:the )?(?:1\d{3}|\d0)s?)\b", re.IGNORECASE)
"""Asks for what was so at another time."""

_ASKED: Final = LazyPattern(
    r"(?:(?:please|hey|so|and|um|okay|ok|now|can you|could you|would you|will you|tell me|show me|give me|find out"
    r"|look up|do you know|i want to know|i'd like to know|i need to know|let me know|just|to)[ ,]+)*",
    re.IGNORECASE,
)
_MEASURE = r"(?:area|height|length|depth|size|diameter|width|weight|location|population|history|meaning|origins?)"
_ASPECT = (
    r"(?:differences?|formula|purpose|benefits?|causes?|symptoms?|rules?|definition|role|function|effects?|point|opposite"
    r"|plural|advantages?|disadvantages?|pros|side effects)"
)
_NO_SUPERLATIVE = (
    r"(?:(?:near|clos|cheap|lat|new|b)est|interest|forest|harvest|contest|protest|request|guest|quest|arrest|digest"
    r"|(?:north|south|mid)?west|test|nest|chest|rest|pest|vest)"
)
"""Words in "est" of which there is no greatest, and superlatives of the day."""
_SHOWN = r"(?:movies?|films?|books?|novels?|plays?|songs?|albums?|paintings?|(?:tv )?(?:shows?|series))"
_LASTS: Final = LazyPattern(
    r"(?:(?:why|how come|define|explain (?!that|this|it|further|more|again))\b|what does .* (?:mean|stand for)$"
    rf"|(?:what(?:'s| is| are| were| was) )(?:an? (?!good|great|nice|fun|safe)|(?:the |some )?{_ASPECT}\b)"
    r"|(?:the )?difference between\b|who (?:was|were) (?:he|she|they)$"
    r"|how (?:do|does|did) (?!i\b)\w+ .*(?:work|form|grow|happen|affect\b.*|make\b.*|move|live|survive|reproduce)$"
    r"|how (?:is|are|was|were) \w+ .*(?:played|made|built|formed|grown|produced|caught|measured)$"
    r"|how (?:big|large|tall|high|deep|wide|long|heavy|fast|strong) (?:is|are|was|were|can) (?!it\b)"
    rf"|(?:(?:what|how much)(?:'s| is| was| are) )?(?:the )?{_MEASURE} of\b"
    r"|(?:(?:what|when)(?:'s| is| was) )?(?:the )?(?:birth ?(?:date|day|place)|date of birth) (?:of|for)\b"
    rf"|(?:what|which|where)(?:'s| is| are) (?:the )?(?!{_NO_SUPERLATIVE}\b)\w+est (?!rated\b)\w+"
    r"|(?:who|which \w+) (?:\w+ )?(?:invented|wrote|discovered|painted|composed|founded|built|designed|caused) (?!to\b)"
    rf"|(?:what|which|how many) {_SHOWN} (?:is|was|did|do|does|has|have|are|were)"
    r" .* (?:in|on|written?|ma[dk]e|appeared|paint)$"
    r"|(?:(?:some )?(?:info|information|facts?|details)|what are the (?:facts|details)|(?:a |the )?wikipedia \w+)"
    r" (?:about|on|of)\b)",
    re.IGNORECASE,
)
"""Why, how big, by whom: such an answer stays, whatever the question is about."""
_OF_THE_DAY: Final = LazyPattern(
    r"\b(?:my|mine|ours?|us|i|i'm|we|(?<!to )me|your|yours|yourself|you|here|there|this|these|today|tonight|tomorrow"
    r"|now|(?:yester|sun|mon|tues|wednes|thurs|fri|satur)day|last|next|recent(?:ly)?|still|yet|so far|open|wait|line"
    r"|queue|drive|flight|walk|trip|traffic|commute|ride|journey|way|route|stocks?|shares?|market|index|scores?|news|weather"
    r"|temperature|forecast|costs?|prices?|worth|\d+)\b",
    re.IGNORECASE,
)
"""Words of the day, of the people here and of traffic and trade, whose questions are not about the world at large."""


def lasts(text: str) -> bool:
    """Whether a question is about the world, and its answer stays. Numbers in `text` are digits."""
    asked = _ASKED.match(text)
    rest = text[asked.end() :] if asked else text
    return _LASTS.match(rest) is not None and _OF_THE_DAY.search(rest) is None and not changes(text)


def changes(text: str) -> bool:
    """Whether the answer to a question about the world is another one next year, or elsewhere."""
    found = _CHANGES.search(text) is not None or _SEARCH.match(text) is not None
    return found and _OVER.search(text) is None
