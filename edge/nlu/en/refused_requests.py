"""Requests that this speaker always refuses: calls, music, lists, cameras, its own settings. Pure patterns.

The patterns match the beginning of a normalised text: "how do I call a taxi" is a question.
"""

from typing import Final

from edge.nlu.en.free_text import is_plausible
from edge.nlu.en.lazy_pattern import LazyPattern


def _begins(*patterns: str) -> LazyPattern:
    return LazyPattern(rf"^(?:{'|'.join(patterns)})")


def _words(most: int) -> str:
    """So many words at most, and nothing more."""
    return rf"\S+(?: \S+){{0,{most - 1}}}$"


_REFUSED: Final = (
    (
        "calls",
        _begins(
            r"(?:call|phone|dial|facetime|skype|video call|redial)(?: up)? (?!it\b|this\b|that\b|of\b|a\b|me\b"
            rf"|off\b|in\b|number|around\b|out\b|and\b|to\b){_words(6)}",
            rf"ring (?:up |my |our |the (?!bell|doorbell)|mom|mum|dad|grand){_words(4)}",
            r"give (?:\S+ ){1,4}a (?:call|ring|buzz)\b",
            r"(?:get|put) (?:\S+ ){1,5}on the (?:phone|line)\b",
            r"(?:shoot|drop|send|write) (?!me\b)(?:\S+ ){1,4}a (?:text|message|line|note|email|mail)\b",
            r"what did (?:\S+ ){1,3}(?:write|text|send|message) (?:me|us)\b",
            r"any (?:new )?(?:messages|texts|emails|mail|missed calls|notifications)\b",
            r"call me(?: on .*| back.*)?$",
            r"call (?:him|her|them|back)\b",
            r"(?:text|message|email|e mail|whatsapp|sms) (?!me\b|to\b|in\b|is\b|me a\b|from\b|of\b|and\b|editor"
            r"|book|file"
            rf"|format|message|box|client){_words(12)}",
            r"(?:send|leave|read|check|delete|forward|show|play|answer|get)(?: me| us)?(?: \S+){0,3} (?:messages?"
            r"|texts?"
            r"|emails?|e mails?|mails?|sms|voice ?mails?)\b",
            r"send (?:\S+ ){1,4}(?:that|saying|to say)\b",
            r"(?:make|place|start) (?:a |an |the )?(?:\w+ )?(?:phone )?call\b",
            r"(?:answer|take|reject|decline|ignore|accept|pick up)(?: the| that| this)? (?:phone|call)\b",
            r"record a (?:voice )?(?:message|memo|note)\b",
            r"hang up\b",
            r"tell (?:mom|dad|mum|my \w+) ",
            r"reply to\b",
            r"(?:do i have|have i got|have i had|did i get|is there|are there) (?:any )?(?:new |missed |more )?"
            r"(?:messages|texts|emails?|mail|calls|notifications)\b",
        ),
    ),
    (
        "reminder-unclear",
        _begins(
            r"don't let (?:me|us) forget ",
            r"give (?:me|us) an? (?:shout|nudge|ping|heads up|sign|signal|call|warning) (?:when|in|at|if) ",
            r"(?:ping|alert|notify|warn|call) (?:me|us) (?:when|in|at|if|as soon as) ",
            r"(?:let (?:me|us) know|tell (?:me|us)) (?:when|at|as soon as|in(?= \d)) (?!to use|was|were|did"
            r"|do you|does (?:an?|one)\b|\d+ (?:words?|sentences?))",
        ),
    ),
    ("alarm-unclear", _begins(r"wake (?:up )?(?:him|her|them|my|the|our)\b", r"(?:give me )?(?:a )?wake up call\b")),
    ("timer-unclear", _begins(r"time (?:me|\d+|this|it)\b")),
    (
        "announcements",
        _begins(
            r"(?:announce|broadcast) ",
            r"tell (?:everyone|everybody|the (?:kids|children|family|others))\b",
            r"make an announcement\b",
        ),
    ),
    (
        "music",
        _begins(
            r"(?:skip|next|previous|shuffle|rewind|fast forward|pause|resume|unpause|replay|stop|like|love|repeat)"
            r"(?: this| that| the| my| to the)*(?: next| last| previous)? (?:song|track|music|album|playlist"
            r"|episode|video"
            r"|movie|podcast|radio|audiobook|playback|chapter)s?$",
            r"(?:shuffle|fast forward|rewind|next song|next track)(?: it| that)?$",
            r"(?:turn|put|switch) on (?:some |the |my )?(?:\w+ )?(?:music|songs?|radio|jazz|playlist|podcast"
            r"|spotify)\b",
            r"(?:what|which) (?:song|track|music|album) is (?:this|that|playing|on)",
            r"what's (?:playing|this song)",
            r"who (?:sings|is singing|wrote|plays) this\b|(?:who is|who's|what's) this (?:song |music |track )?by",
            r"(?:start|watch|stream) (?:a|the|my) (?:movie|film|show|series|video)\b",
            rf"(?:listen to|put on|queue) (?!your\b|me\b|a (?:coat|jacket)){_words(6)}",
        ),
    ),
    (
        "lists",
        _begins(
            r"(?:add|put|remove|delete|take|cross|check|write|get|place) (?!yourself|myself|me\b|him|her\b|us\b"
            r"|them).+ (?:to|on|onto|from|off|in|into) (?:the|my|our|a)"
            r" (?:\w+ ){0,2}(?:list|lists|basket|cart|notes?|wish ?list)\b",
            r"(?:what's|what is|what do i have|is there anything|read|show|clear|delete|empty|open|create|make|start)"
            r"(?: me| us)?(?: \w+){0,3} (?:shopping|grocery|groceries|to do|todo|task|packing"
            r"|wish) ?list(?: please| now|$)",
            r"(?:scratch|strike|tick|cross) .+ off (?:the|my|our) (?:\w+ )?list\b|(?:tick|cross) off ",
            r"what (?:else )?(?:do|did|should) (?:i|we) (?:still |also )?(?:need|have|want)"
            r"(?: to (?:buy|get))?(?: (?:from|at|in) the \w+)?$",
            r"(?:create|make|start) (?:a |an |my )?(?:new )?list(?: called| named| for|$)",
            r"(?:is|are|was|were|did i put|have i got|do i have) (?:there )?(?:\w+ ){0,4}"
            r"on (?:my|our|the) (?:\w+ )?lists?$",
            r"(?:add|put) .+ (?:to|on|in) (?:the|my|our) (?:\w+ )?(?:tasks?|to dos?|todos?|errands|chores)$",
        ),
    ),
    (
        "orders",
        _begins(
            r"(?:order|buy|purchase|reorder) (?!of\b|the (?:planets|numbers|words|letters|events)|these\b|those\b"
            rf"|by\b|or\b){_words(6)}",
            r"(?:book|reserve|call|get|find)(?: me| us)? (?:a|an|the) (?:\w+ )?(?:table|taxi|cab|uber|lyft|ride"
            r"|flight|hotel|tickets?)\b",
        ),
    ),
    (
        "notes",
        _begins(
            r"(?:make|take|create|write down|add|leave) (?:a |this |my )?(?:new )?(?:notes?|memos?)\b",
            r"note (?:that|down)\b",
            r"(?:save|store|write down) (?:the|this|that|my|our) (?:\w+ )?(?:number|address|name|code|password|idea)\b",
            r"remember (?:that|my|this|to|i)\b",
            r"don't forget (?:that|to|my)\b",
            r"write (?:this|that|it) down",
            r"write down (?:that|my|the)\b",
        ),
    ),
    (
        "calendar",
        _begins(
            r"(?:what's|what is|read|show|check|open|clear"
            r"|is there anything)(?: me)?(?: happening)?(?: on)? (?:my|our|the)"
            r" (?:calendar|agenda|schedule|diary|appointments?)\b",
            r"(?:add|put|schedule|create|make|book|move|cancel) (?:\S+ ){1,8}?(?:appointment|meeting|calendar"
            r"|event|diary)\b",
            r"(?:do i have|what are my|when is my next|what|which) (?:any )?(?:appointments?|meetings?|events?)"
            r"(?: do i have.*| today| tomorrow| this week| today's)?$",
            r"(?:when|what time|where)(?:'s| is| are) (?:my|our|the) (?:next )?(?:\w+ )?"
            r"(?:appointments?|meetings?|exams?|interview|party|wedding|lesson|class)$",
            r"(?:what|when) (?:have|do|am) (?:i|we) (?:got|have|doing|supposed to do)"
            r"(?: on| planned| scheduled| coming up)?"
            r"(?: today| tomorrow| tonight| this \w+| next \w+| on \w+day| at \S+.*)?$",
            r"(?:am|are|will) (?:i|we) (?:be )?(?:free|busy|available|booked)\b",
            r"what(?:'s| is) (?:next|coming up|planned|my plan|the plan)(?: today| tomorrow| this \w+"
            r"| for .*| on .*)?$",
        ),
    ),
    (
        "camera",
        _begins(
            r"(?:show|display|pull up|view|stream|open)(?: me| us)? (?:\S+ ){0,4}(?:cameras?|cam|doorbell"
            r"|video feed)\b",
            r"(?:take|snap|shoot|record|make) (?:a |an |another |some |the |my )?(?:\w+ )?(?:pictures?|photos?|selfies?"
            r"|videos?|screenshots?|recordings?|voice memo)\b",
            r"(?:who's|who is|is someone|is anyone|is somebody|is anybody|is there (?:someone|anyone)) (?:at"
            r"|in front of)"
            r" (?:the|my|our) (?:\w+ )?(?:door|gate)\b",
            r"(?:start|stop) (?:recording|filming)\b",
            r"(?:show|display)(?: me| us)? (?:the |my |some )?(?:pictures?|photos?|videos?) of (?:my|our|us|me)\b",
            r"who (?:rang|is ringing|is at) the (?:door|bell|doorbell)",
            r"show (?:me |us )?who\b",
            r"what (?:can|do) you see\b",
            r"can you see (?:me|us|who|what)\b",
        ),
    ),
    (
        "settings",
        _begins(
            r"(?:restart|reboot|shut ?down|update|upgrade|reset|turn off|turn on|switch off|power off|power down"
            r"|disable)"
            r" (?:yourself|this speaker|the speaker|your speaker|this device|the device|the system|edge voice"
            r"|your software)\b",
            r"(?:shut|power|turn) (?:yourself|this speaker|the speaker) (?:off|down)",
            r"(?:restart|reboot|shut ?down|power off|power down|factory reset|check for updates|install updates"
            r"|go to sleep|sign (?:in|out)|log (?:in|out)|update)$",
            r"(?:update|upgrade|restart|reset) (?:your|the) (?:firmware|software|system|settings)\b",
            r"join (?:the |my )?(?:\S+ )?(?:wi ?fi|network)\b",
            r"switch to (?:english|german|french|spanish|italian|dutch|polish|turkish|chinese|japanese"
            r"|another language)\b",
            r"(?:connect|pair|disconnect|unpair)(?: to| with| from)? (?:\S+ ){0,4}(?:wi ?fi|bluetooth|phone"
            r"|speaker|network"
            r"|internet|headphones|tv)\b",
            r"(?:turn|switch) (?:on|off) (?:the |your )?(?:wi ?fi|bluetooth|internet)\b",
            r"(?:make|turn) your voice\b",
            r"(?:change|set|switch|use) (?:your|the|a) (?:different )?(?:voice|name|language|wake word|accent|speed"
            r"|time ?zone|location|pitch)\b",
            r"(?:speak|talk)(?: a (?:bit|little))? (?:slower|faster|more slowly|more quickly)$",
            r"(?:speak|talk) (?:in|to me in) \w+$",
        ),
    ),
    (
        "services",
        _begins(
            r"(?:navigate|directions|give me directions|take me|drive me|get directions) (?:to (?!your)|home\b)",
            rf"(?:pay|transfer|donate) (?!attention|tribute|respect){_words(6)}",
            r"(?:find|locate|ring|where is|where's|where are) my (?:phone|keys|tablet|iphone|car|wallet|watch"
            r"|glasses)\b",
            r"(?:open|launch|close|quit|install|download|cast|mirror) (?:the |my )?(?:spotify|youtube|netflix"
            r"|browser|chrome"
            r"|facebook|whatsapp|instagram|google|maps|hulu|twitter|tiktok|\w+ app|app)\b",
            rf"(?:print|scan) (?:the|my|this|a) {_words(4)}",
            rf"track my {_words(3)}",
        ),
    ),
    (
        "robots",
        _begins(
            rf"(?:vacuum|hoover|mop|sweep|mow|clean|water) (?:the|my|our) {_words(3)}",
            r"(?:start|begin) (?:vacuuming|cleaning|mowing|mopping)\b",
        ),
    ),
)
"""The topic, a word of `Replies.unsupported`, and the patterns of its requests."""


def refused_request(text: str) -> str | None:
    """The topic of a request (normalised), None for other texts."""
    if text.startswith("play "):
        return "music" if is_plausible("search_query", text.removeprefix("play "), frozenset()) else None
    return next((what for what, pattern in _REFUSED if pattern.search(text)), None)
