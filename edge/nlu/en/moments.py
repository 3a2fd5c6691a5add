"""Questions whose answers change with time: the weather, the news, dates. Pure patterns.

A language model on the board cannot know these answers and would make one up. The patterns match plain questions only:
"how does a weather vane work" is a question like any other.
"""

import re
from typing import Final


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)


_ELSEWHERE: Final = r"in (?!here|this|my|our|\d|the (?!uk|us|usa|united|states|netherlands|philippines|bahamas))"

_OF_THE_MOMENT: Final = (
    (
        "weather",
        _any(
            r"(?:what|how)(?:'s| is| will) (?:the|today's|tomorrow's|your|this) (?:\w+ ){0,2}?(?:weather|forecast)\b"
            r"(?! (?:vane|balloon|station|app))",
            r"(?:tell|give|show) me (?:the |today's |tomorrow's )(?:\w+ )?(?:weather|forecast)\b",
            r"weather (?:forecast|report|today|tomorrow|tonight|now|this week|for)\b",
            r"(?:will|is|does|did) it (?:going to )?(?:be )?(?:rain|snow|sunny|storm|cloudy|windy|freez|foggy|hail)",
            r"(?:is it|it is|it's) (?:raining|snowing|sunny|windy|cloudy|freezing) (?:now|outside|today|out)\b",
            r"need (?:an umbrella|a jacket|a coat|sunscreen)\b",
            r"(?:temperature|how (?:warm|cold|hot)) (?:is it )?(?:outside|today|tomorrow|tonight|right now"
            r"|out there)\b",
            r"how (?:warm|cold|hot) (?:is it|will it be|is it going to be)(?: (?:outside|today|tomorrow|tonight"
            r"|out))?\W*$",
            r"chance of (?:rain|snow)\b",
            r"(?:when is|what time is|when's|when does the) (?:the )?(?:sunset|sunrise|sun ?set|sun ?rise"
            r"|sun (?:set|rise))",
        ),
    ),
    (
        "news",
        _any(
            r"(?:what's|what is|any|tell me|read|give me|today's|latest|play) (?:in |on )?(?:the )?(?:latest "
            r"|today's )?"
            r"(?:news|headlines)\b",
            r"(?:stock|share|bitcoin|gold|oil|gas|petrol|ethereum) (?:price|market)s?\b",
            r"price of (?:gold|oil|gas|petrol|bitcoin|silver|apple|tesla|ethereum)\b",
            r"(?:exchange|interest) rates?\b",
            r"how(?:'s| is| are) (?:the )?(?:stock market|stocks|traffic|market)\b",
            r"(?:what was|what's|what is) the (?:final )?score\b",
            r"who(?: is|'s) winning\b",
            r"(?:how is|how's|is there) (?:the |any )?traffic\b",
            r"when (?:is|does) (?:the|my) next (?:bus|train|tram|flight)\b",
        ),
    ),
    (
        "elsewhere",
        _any(
            rf"what time is it (?:now )?{_ELSEWHERE}",
            rf"(?:what's|what is) the (?:current )?time (?:now )?{_ELSEWHERE}",
            r"(?:what's|what is) the local time in\b",
        ),
    ),
    (
        "outside",
        _any(
            r"(?:what's|what is|how (?:high|low|bad) is) the (?:humidity|air quality|pollen count|uv index|air pressure"
            r"|co2(?: level)?|noise level|barometric pressure)\b(?! of\b)",
            r"(?:what's|what is) the temperature\W*$",
            r"what(?:'s| is) my (?:heart rate|blood pressure|weight|temperature|location|battery)\b",
            r"how (?:much|long) (?:battery|charge) (?:do you|is|does) ",
            r"where am i(?: right now)?\W*$",
        ),
    ),
    (
        "presence",
        _any(
            r"is (?:anyone|anybody|someone|somebody|everyone|everybody|no one|nobody) (?:at )?(?:home|here"
            r"|in the house)\b",
            r"who(?:'s| is) (?:at )?home\b",
        ),
    ),
    (
        "moment",
        _any(
            r"what (?:day|date|month|year|weekday) (?:is|was|will) (?:it |be )*(?:tomorrow|yesterday|next|last"
            r"|the day|in \d|on)\b",
            r"what (?:day|date|weekday) (?:will it be|was it)\b",
            r"(?:what's|what is|what was|what will be) (?:the )?(?:date|day|weekday|tomorrow's|yesterday's)(?: of)?"
            r" (?:the day |on |next |last )?(?:tomorrow|yesterday|date|day|after|before|week|monday|tuesday|wednesday"
            r"|thursday|friday|saturday|sunday)\b",
            r"(?:what|which) (?:day|weekday|date) (?:is|does) (?:christmas|easter|thanksgiving|halloween|new year"
            r"|ramadan"
            r"|hanukkah|diwali|mother's day|father's day|valentine)",
            r"how (?:many|much) (?:\w+ )?(?:days|weeks|months|hours|minutes|time|longer|long) (?:is it "
            r"|are there |are left "
            r"|left |is left |do we have |remain )?(?:until|till|to|before|since|ago)\b",
            r"how long (?:is it )?(?:until|till|before|since)\b",
            r"(?:what|which) week (?:of the year )?is (?:it|this)\b|what week number\b",
            r"is (?:it|today|tomorrow|this year) (?:a )?(?:monday|tuesday|wednesday|thursday|friday|saturday"
            r"|sunday|weekend"
            r"|leap year|holiday|public holiday)\b",
            r"how old am i\b|when is my (?:birthday|anniversary)\b",
        ),
    ),
)
"""The topic, a word of `Replies.unsupported`, and the patterns of its questions."""


def of_the_moment(text: str) -> str | None:
    """The topic of a question whose answer changes with time, None for other questions; see `Question`."""
    return next((what for what, pattern in _OF_THE_MOMENT if pattern.search(text)), None)
