"""Strips what stands around an exact question: "um, can you quickly tell me what ... is, please". Pure."""

import re
from typing import Final

_BEFORE: Final = re.compile(
    r"""(?:
      ah|oh|so|hey|hi|hello|ok|okay|well|right|alright|now|and|then|but|also|please|just|actually|look
    | listen|sorry|wait|thanks|basically|honestly
    | (?:a\ )?quick(?:ly)?(?:\ (?:question|maths?|one|1|sum))?|maths?\ (?:question|problem)
    | question|real\ quick|is\ it\ true(?:\ that)?|here's\ (?:a\ question|one|1)|i\ have\ a(?:\ quick)?\ question
    | let's\ see|for\ (?:me|us)(?=\ the\ )|i\ need(?=\ (?:half|double|twice|\d+/\d+|an?\ (?:third|half))\ )
    | let\ me\ see|say|my\ question\ is|(?:please\ )?provide(?:\ me\ with|\ me)?|resolve
    | (?:do|would)\ you\ (?:reckon|say|think)(?:\ that)?|do(?=\ \d)
    | (?:(?:how\ much|what)\ )?(?:is|are)\ (?:left|remaining)\ (?:after|when|if)(?:\ you|\ i|\ we)?
    | (?:i(?:'m|\ am)\ |just\ )?curious(?:\ about)?
    | i\ was\ hoping(?:\ that)?(?=\ you\ )|if(?=\ you\ (?:can|could|would)\ )
    | (?:any\ chance|is\ there\ any\ way)(?=\ (?:you|we|i)\ )
    | do\ (?:me|us)\ a\ favou?r(?:\ and)?|are\ you\ able\ to|(?:would\ you\ )?mind(?=\ telling\ )
    | (?:i|we)\ (?:need\ (?:some\ |a\ bit\ of\ )?help|could\ use\ help)(?:\ with|\ working\ out|\ figuring\ out)
    | (?:my|our)\ \w+\ (?:wants|needs|would\ like)\ to\ know|(?:i|we)\ can(?:'t|not)\ (?:remember|work\ out|figure\ out)
    | (?:inform|advise|telling)\ (?:me|us)(?:\ (?:of|about|on|as\ to))?(?:\ the\ (?:value|amount)\ of)?
    | (?:(?:can|could|would|will)\ (?:you|we|i)|you\ (?:can|could|would))(?:\ please|\ just|\ quickly|\ kindly|\ also)*
      (?=\ (?:tell|inform|advise
      |work|calculate|compute|figure|give|say|help|do|add|convert|check|find|solve|let|remind|multiply
      |divide|subtract|split|round|simplify|change|turn|show|spell|reverse|count|list|name|pick|choose|roll|flip|toss
      |throw|generate|write|put|express|double|halve|square|share|take|sort|draw|get))
    | do\ you\ (?:happen\ to\ )?know|any\ idea|(?:i|we)(?:\ am|'m)\ (?:just\ )?(?:wondering|trying\ to\ work\ out)
    | i\ (?:was|am)\ wondering|i\ wonder|i\ (?:don't|do\ not)\ know|i\ forgot|i've\ forgotten
    | (?:i|we)(?:'d|\ would)?\ (?:need|want|like|have)\ (?:you\ )?to\ (?:know|work\ out|calculate|find\ out|figure\ out
      |find|convert)
    | (?:tell|let|help|remind)\ (?:me|us)(?:\ please)?(?:\ (?:know|work\ out|figure\ out|with|calculate))?
    | (?:i|we|let's|let\ us)(?:'d|\ would)?(?:\ (?:want|need|like|have))?(?:\ to)?
      (?=\ (?:split|divide|share|convert|add|multiply|subtract|flip|roll|toss|pick|choose|count))
    | (?:give|show|get)\ (?:me|us)|work\ (?:me\ )?out|figure\ out|find(?:\ out|\ me)?|calculate|compute|evaluate|solve
    | do\ the\ maths?\ (?:on|for)
    | (?:what's\ |what\ is\ )?(?:the\ )?(?:answer|solution|result)\ (?:to|of|for)
    | (?:answer\ |with\ )?(?:this|the|my|an?)\ (?:maths?\ )?(?:equation|problem|calculation)
    | how\ (?:do|could|would|can|should|did)\ (?:i|we|you)(?:\ go\ about)?
      (?=\ (?:convert|converting|change|turn|switch|get|go|calculate|work\ out|solve|multiply|divide|add|subtract)\ )
    | how\ do\ you(?=\ (?:say|write)\ (?:the\ number\ )?[\d.]+\ (?:in|as)\ )|my(?=\ \d)
    | get(?=\ the\ (?:answer|result)\ )|tell(?=\ (?:what|how)\ )
    | how\ to(?=\ (?:convert|change|calculate|solve|multiply|divide|add|subtract))
    | i\ (?:wanna|want)\ (?:to\ )?know|i\ (?:need|want)(?:\ you\ to|\ to)?
      (?=\ (?:convert|roll|flip|toss|spell|know|calculate|the\ (?:conversion|answer|result|square|sum|number|spelling)))
    | go\ ahead\ and|assist\ me\ to|try\ to
    )(?=\ )[\ ,]+""",
    re.VERBOSE,
)
_FILLER: Final = re.compile(
    r"(?<!\S)(?:um+|uh+|erm?|hm+|(?<!do )you know(?= (?:\d|what|how))"
    r"|like(?= (?:\d|what(?!ever)|how|half|minus )))(?: ,)?(?: |$)"
)
"""What fills a pause, wherever it stands."""
_ASKED: Final = re.compile(
    r"(?:what(?:'s|'re| is| are| was| were| would| will|'ll| does| do)?(?: be)?"
    r"(?: (?:number|amount) (?:is|would be)| (?:comes out|happens|is it|results) (?:if|when) (?:you|i|we))?"
    r"(?: (?:you|i|we) get (?:if|when) (?:you|i|we))?"
    r"(?: the (?:answer (?:to|of|for)|result of|value of|total (?:of|for)(?! [\w.]+ and)))?"
    r"|how (?:much|many)(?:'s| is| are| does| do| would| will)?(?: be)?|whats|hows|how's|if (?:you|i|we))(?= )"
)
_AFTER: Final = re.compile(
    r"(?<=\S)(?<! from)(?<!\bof)[ ,]+(?:please|thanks|thank you|for me|again|exactly|precisely|roughly"
    r"|approximately|about|right now|now"
    r"|then|do you know|can you tell me|in total|altogether|all together|(?:added )?together|combined|added up"
    r"|(?:so )?what do (?:i|you|we) get|what's the (?:result|answer)|what is the (?:result|answer)"
    r"|what does (?:it|that) make|all up|by the way|as well|too|or so|ish|mate"
    r"|(?:since |because )?i (?:do not|don't|need to|want to) know(?: how it's (?:spelt|spelled))?)$"
)
_EQUALS: Final = re.compile(
    r"(?<=\S) (?:equals?(?: to)?|is equal to|is|are|be|makes?|comes? (?:to|out (?:to|as|at))"
    r"|works? out (?:as|at|to)|adds? up to|gives?(?: you| me| us)?|amount to|total)(?: what| how much)?$"
)


_ASK = (
    r"(?P<ask>when|what(?: (?:time|day|date|year|month|season))?|which (?:day|date|year)|how (?:old|long|far|"
    r"(?:many|much)(?: \w+)?))"
)
_VERB_LAST: Final = re.compile(rf"{_ASK} (?P<what>.+) (?P<verb>is|are|was|were|will be)")
_IT_BEFORE: Final = re.compile(
    rf"{_ASK} (?P<it>it|there|that) (?P<verb>is|are|was|were|has been|will be)(?P<rest>( .+)?)"
)
_ACTS: Final = re.compile(r"when (?P<what>.+) (?P<verb>start|begin|set|rise|fall|end|change)s?(?P<rest>( .+)?)")


def direct(text: str) -> str | None:
    """The question in an indirect one: "when the sun sets" is "when does the sun set"; None for other texts."""
    if (found := _IT_BEFORE.fullmatch(text)) is not None:
        verb, _, more = found["verb"].partition(" ")
        return f"{found['ask']} {verb} {found['it']}{' ' + more if more else ''}{found['rest']}"
    if (found := _VERB_LAST.fullmatch(text)) is not None:
        return f"{found['ask']} {found['verb']} {found['what']}"
    if (found := _ACTS.fullmatch(text)) is not None:
        return f"when does {found['what']} {found['verb']}{found['rest']}"
    return None


def bare(text: str) -> str:
    """A canonical text without politeness around it and fillers in it; the question's own words remain."""
    text = _FILLER.sub("", text).strip(" ,")
    while (shorter := _AFTER.sub("", _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text)) != text:
        text = shorter.strip(" ,")
    return text


def asked_for(text: str) -> str:
    """A bare text without "what is" before it and "equals" or "come to" behind it, for what is calculated."""
    found = _ASKED.match(text)
    rest = text[found.end() :].strip(" ,") if found else text
    return _EQUALS.sub("", bare(rest)).strip(" ,")
