"""Questions that only a clock, a sensor, a service or a calculator can answer: no language model may. Pure patterns.

The patterns match plain questions only: "how does a weather vane work" is a question like any other.
"""

from typing import Final

from edge.nlu.en.home_questions import OF_THE_HOME, anywhere
from edge.nlu.en.normalise import normalise
from edge.nlu.en.refused_sums import UNIT, is_sum

OF_SERVICES: Final = frozenset({"weather", "news", "lookup"})
"""Topics that a cloud model may be asked about, if there is one: it may reach the service."""


_IS = r"(?:'s| is| was| will be| are| were)"
_SOON = (
    r"(?:outside|out(?: there)?|today|tonight|tomorrow|yesterday|now|right now|later|soon|currently|last night"
    r"|next week"
    r"|at the moment|(?:this|in the|on the|at the|over the|on) (?:\w+ )?(?:morning|afternoon|evening|night|week ?end"
    r"|week|\w+day))"
)
_WEATHER = (
    r"(?:rain|snow|storm|thunder|lightning|frost|freez|fog|foggy|ice\b|icy|hail|sleet|cloud|sunny|sunshine|wind|windy"
    r"|gale|drizzl|mist\b|humid|muggy|slippery|pollen)\w*"
)
_FELT = r"(?:warm|hot|cold|chilly|cool|nice|wet|dry|dark|light|bright|mild|pleasant|lovely|awful)(?:er)?"
_CLOTHES = (
    r"(?:umbrella|jacket|coat|raincoat|sun ?screen|sun ?glasses|hat|gloves|scarf|boots|jumper|sweater|shorts|sandals"
    r"|wellies)"
)
_ELSEWHERE = (
    r"in (?!(?:\w+ ){1,2}(?:seconds?|minutes?|hours?|days?|fortnights?|weeks?|months?|years?)\b|here|this|my"
    r"|our|\d|the (?!uk|us|usa|united|states|netherlands|philippines|bahamas))"
)
_HOLIDAY = (
    r"(?:christmas|easter|thanksgiving|halloween|new year|ramadan|eid|passover|hanukkah|diwali|lent|pentecost|carnival"
    r"|mother's day|father's day|valentine|black friday|good friday|pancake day|bonfire night|independence day"
    r"|(?:the )?(?:next )?(?:bank|public|school|summer|winter|spring|autumn|half term|national)? ?holidays?"
    r"|(?:the )?(?:next )?(?:weekend|leap year|solstice|equinox|full moon|new moon|eclipse)"
    r"|the (?:start|beginning|end|first day|last day) of (?:spring|summer|autumn|fall|winter|term|the)"
    r"|(?:my|your|his|her|our|their) (?:\w+ )?(?:birthday|anniversary))"
)
_LENGTHS = (
    r"(?:seconds?|minutes?|hours?|days?|nights?|sleeps?|weeks?|weekends?|months?|years?|(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)days?)"
)
_SPORT = (
    r"(?:game|match|race|cup|league|final|finals|derby|tournament|championship|marathon|fight|grand prix|series"
    r"|election|title)s?"
)
_SHOPS = (
    r"(?:pharmacy|chemist|shops?|stores?|supermarket|bank|post office|library|museum|restaurant|cafe|bar|pub|gym|pool"
    r"|zoo|cinema|bakery|hairdresser|doctor|dentist|hospital|school|office|market|mall|park|station|airport)"
)
_RIDES = r"(?:bus|train|tram|flight|plane|ferry|subway|metro|boat|taxi|coach)(?:es|s)?"
_COINS = r"(?:bitcoin|ethereum|crypto\w*|gold|silver|oil|stocks?|shares?|petrol|gas(?:oline)?|diesel|electricity)"
_MONEY = r"(?:dollars?|euros?|pounds?|yen|rupees?|francs?|kron\w+|pesos?|yuan|quid|bucks|sterling|zlotys?|lira)"

_TOPICS: Final = (
    (
        "weather",
        anywhere(
            rf"(?:what|how)(?:{_IS}|'ll be) (?:the |today's |tomorrow's |your |this )?(?:\w+ ){{0,2}}?(?:weather"
            r"|forecast)\b"
            r"(?! (?:vane|balloon|station|app|front|system))",
            r"(?:tell|give|show|read) (?:me|us) (?:the |today's |tomorrow's )(?:\w+ )?(?:weather|forecast)\b",
            r"(?:will|is|was) the (?:sun|weather|rain|snow|wind|storm|sky|fog)\b.*"
            r"\b(?:shin\w*|com\w*|stop|stay|last|better|worse|clear\w*|get|be|up|out|over)\b",
            r"(?:is|was|isn't) (?:today|tomorrow|it|the weekend|\w+day) (?:going to be |gonna be |supposed to be )?"
            r"(?:sunny|rainy|cloudy|windy|stormy|snowy|foggy|icy|dry|wet)\b|shovel snow\b",
            r"^(?:the )?(?:weather|forecast|temperature|sunset|sunrise)\b|(?:today|tomorrow|tonight|week ?end"
            r"|\w+day)(?:'s)? (?:weather|forecast|temperature)",
            r"(?:what's|what is|how's|how is) the (?:wind|air|sun|sky|sea|tide|snow|road|ice|rain)(?: like| doing"
            r"| outside| today| now)\b",
            r"is the (?:sun|moon) (?:still |already )?(?:out|up|shining|down|full)\b|(?:tide|sunset|sunrise) times?\b"
            r"|any (?:rain|snow|storms?|frost|fog|ice)\b",
            r"(?:what's|what is) the (?:\w+ (?:\w+ )?)?temperature\b(?! of\b| in (?:the|my|our)\b)(?! (?:to|for|do"
            r"|does|at which)\b)(?= \w)|(?:feels like|sea|water) temperature\b",
            r"how many degrees (?:is it|will it|was it|outside)|is it (?:below|above) (?:zero|freezing|\d+)",
            r"(?:should|can|could|shall) (?:i|we) .*\b(?:outside|outdoors)\b",
            r"weather (?:forecast|report|update|today|tomorrow|tonight|now|like|this|for|outside)\b",
            rf"(?:will|is|does|did|has|was|would) it (?:going to |gonna |be |get |have |been |still "
            rf"|likely to )*(?:{_WEATHER})",
            rf"(?:will|is|was|did) it (?:going to |be |get |stay |turn |really |still |too |very |that "
            rf"|already )*{_FELT}\b.*{_SOON}",
            rf"(?:is it|it's|isn't it) (?:too |very |quite |already |still |nice and )*{_FELT} (?:out|outside)\b",
            rf"how (?:hot|cold|warm|cool|wet|dark|windy|bad|deep|high) (?:is|was|will|'s|does|did"
            r"|would) it\b(?! (?:need|have))"
            rf"(?:(?: going to)? (?:be|get))?(?: {_SOON}.*)?\W*$",
            rf"(?:is|are|was|were|will) there (?:be |going to be |still |any |a |some |much |more "
            rf"|lots of )*(?:{_WEATHER})"
            rf"(?:\b.*{_SOON}| coming| on the way| in the (?:mountains|alps|hills|air)|\W*$)",
            rf"(?:do|does|should|shall|will|would|must) (?:i|we|the kids) (?:need|want|wear|take|bring|have|put"
            rf"|pack)\b.*\b{_CLOTHES}",
            rf"need (?:an? |my |our )?{_CLOTHES}",
            r"what(?:'s|'ll| is| will) it (?:be )?(?:like|doing) (?:out|outside|today|tomorrow|tonight|out there)\b",
            r"what should (?:i|we) wear (?:today|tomorrow|tonight|outside)\b",
            rf"temperature (?:is it |will it be |be )*(?:outside|{_SOON})",
            r"how (?:much|many \w+ of|many) (?:rain|snow|sun|wind)\b.*(?:will|did|do|have|had|is|was|there|fall|fell"
            r"|get)",
            r"(?:chances?|risk|probability) of (?:rain|snow|frost|storm|thunder)",
            r"(?:when|what time|how late|how early)\b.*\b(?:sun ?(?:set|rise)s?|sun (?:go|goes|going|come|comes|coming"
            r"|set|sets|rise|rises)"
            r"|dusk|dawn|get(?:s|ting)? (?:dark|light)|moon ?(?:rise|set))\b",
            r"(?:what|which) (?:phase|moon)\b.*\b(?:moon|tonight)\b|phase of the moon|is (?:it|there) a (?:full"
            r"|new) moon",
            r"when(?:'s| is) the next (?:full|new) moon",
        ),
    ),
    (
        "lookup",
        anywhere(
            r"(?:what(?:'s| is)|anything|something) (?:good |on )*on (?:the )?(?:tv|telly|television|netflix|radio"
            r"|bbc)\b",
            r"(?:what|which) (?:films?|movies?|shows?|plays?|concerts?)\b.*\b(?:cinemas?|theat(?:re|er)s?|tonight"
            r"|today|showing|playing)",
            r"what(?:'s| is) (?:on|playing|showing) (?:tonight|today|at the (?:cinema|theat(?:re|er)|movies))",
            rf"(?:is|are|was|will) (?:the |my |our |our local |your )?(?:\w+ )?{_SHOPS} (?:still "
            r"|already )?(?:be )?(?:open|closed|shut|busy|full)\b",
            rf"(?:when|what time|how late|until when)\b.*\b{_SHOPS}\b.*\b(?:open|close|shut)",
            rf"(?:when|what time)(?:'s| is| are| does| do| will)? (?:the |my |our )?(?:next |last |first "
            rf"|\w+ )?{_RIDES}\b",
            rf"(?:when|how long|what time|which)\b.*\bnext (?:\w+ )?{_RIDES}\b",
            rf"(?:is|are|was|will|has|did) (?:the |my |our )(?:\w+ )?{_RIDES} (?:on time|late|delayed|cancell?ed"
            r"|running|be|left|land|arrive)",
            r"(?:which|what) (?:bus|train|tram|line|platform|exit)\b(?! is (?:the )?(?:longest|fastest|oldest))",
            r"(?:is|was|will) flight \w+",
            r"(?:how(?:'s| is| was)|is there (?:any |much |a lot of )?|how (?:much|bad|heavy"
            r"|busy) is )(?: ?the )?(?:traffic|motorway|highway|road|rush hour)",
            r"how (?:busy|full|crowded) (?:is|are|was) (?!your|my|our)",
            r"(?:how long|is there) (?:is )?(?:the |a )(?:queue|line|wait|waiting time)\b|(?:on|in|playing"
            r"|showing) (?:at |in )?the (?:cinema|theat(?:re|er))\b",
            r"(?:lottery|lotto|winning) numbers",
            r"how (?:long|far) (?:does it take|is it|will it take|would it take) (?:me |us )?(?:to (?:get |drive "
            r"|walk |cycle )?(?:home|work|school|there|town|the)|from here)\b",
            r"how do (?:i|we) get (?:home|to work|to the|there|into town)\b",
            r"(?:where|which)(?:'s| is| are)? (?:the |a )?(?:nearest|closest)\b|^(?:nearest|closest) \w+|near (?:me"
            r"|here|us|by)\b",
            r"(?:phone |telephone )number (?:of|for) (?:the |my |our |a )",
        ),
    ),
    (
        "news",
        anywhere(
            r"(?:what's|what is|what are|any|tell me|tell us|read|give me|today's|latest|play|hear|check) (?:in "
            r"|on )?(?:me |us )?(?:the |any |some )?"
            r"(?:latest |today's |local |world |evening |morning |sports? )*(?:news|headlines)\b",
            r"(?:what's|what is|what has|anything) (?:been )?(?:happening|happened|going on|new|trending)\b",
            rf"(?:did|have|has|will|are|is) (?!you\b|i\b)\S.* (?:win|won|winning|lose|lost|losing|beat|qualify"
            r"|qualified|score|scored)\b"
            rf"(?: {_SOON}| last|\W*$| the {_SPORT}| against| yet| at)",
            r"(?:what was|what's|what is|what were|tell me|give me) (?:the )?(?:final |current |latest "
            r"|half time )*(?:scores?|results?|standings|table)\b",
            r"who(?: is|'s| are) (?:winning|leading|ahead|top|playing|in the lead|through)\b",
            rf"who (?:won|lost|wins|scored|leads|plays|got through)\b(?!.*\b(?:1\d|20)\d\d\b).*(?:\b{_SPORT}\b|{_SOON}"
            r"|last (?:week|weekend|night))",
            rf"how(?:'s| is| did| are| were| was| do) (?:the |our |my )?(?:[\w']+ ){{1,3}}?(?:do|get on|end|go|finish"
            rf"|play|doing|getting on|going)(?: {_SOON}|\W*$| on the| in the)",
            rf"when(?:'s| is| does| do| are) (?:the |our )?next (?:\w+ )?{_SPORT}\b",
            rf"(?:stock|share|{_COINS}|house|fuel) (?:price|market)s?\b|{_COINS} (?:trading|worth|doing|at)\b|how(?:'s"
            rf"| is| are) (?:the )?{_COINS}\b",
            r"(?:price|cost|value|rate) of (?!freedom|fame|war|love|living|success|pi\b|e\b)",
            r"(?:exchange|interest|mortgage|inflation|going) rates?\b"
            r"|what(?:'s| is) the (?:euro|dollar|pound|yen) (?:at|doing|worth)\b",
            r"who (?:scored|plays|played|won) for \w+",
            r"how(?:'s| is| are| did) (?:the )?(?:stock )?(?:stocks|markets?|dow|nasdaq|dax|footsie|economy)\b"
            r"|the (?:dow(?: jones)?|nasdaq|dax|ftse|footsie|s and p)\b",
            r"who got (?:knocked out|sent off|relegated|promoted|elected|eliminated|voted)",
            r"how much (?:is|are|does|do|would|will|did|was|'s)\b.*\b(?:cost|costs|worth|price|charge)\b",
            rf"(?:how much|what) (?:is|are|does|do|'s)(?: it)? (?:a |an |the |one |some )?(?:(?:litre|liter|gallon"
            rf"|barrel|ounce|kilo|pint|tank|loaf|cup|bottle|ticket|carton|pack)s? )?(?:of )?(?:{_COINS}|milk|bread"
            r"|beer|coffee|eggs)\b(?: (?:cost|worth|today|now|at|going for).*)?\W*$",
            rf"^how much (?:is|are) (?:an?|the|one|two) (?!{UNIT}\b|half|third|quarter)\w+(?: \w+)?\W*$",
            r"how much (?:is|are|do|does) (?:a |an |the )?(?:new |used )?(?:\w+ )?(?:tickets?|phone|iphone|car|house"
            r"|flat|flight|room|subscription|tesla|playstation)\b",
            rf"(?:\d|\ba|\ban|\bone|hundred|thousand|fifty|twenty|ten) {_MONEY} (?:in|into|to|worth in) {_MONEY}",
            rf"how (?:many|much) {_MONEY} (?:is|are|do|does|in|for|to) .*{_MONEY}",
        ),
    ),
    (
        "elsewhere",
        anywhere(
            rf"(?:what|which) time (?:is it|will it be|would it be|was it) .*{_ELSEWHERE}|what time is it {_ELSEWHERE}",
            rf"(?:what's|what is|tell me|give me) the (?:current |local |exact )?time (?:now |right now )?{_ELSEWHERE}",
            r"what time (?:is it|do they have) (?:over )?(?:there|where)\b|local time (?:in|at)\b",
            rf"(?:how late|what day|what date|which day) is it (?:now |already )?{_ELSEWHERE}",
            rf"is it (?:already |still |now )?(?:\w+ )?(?:midnight|noon|morning|afternoon|evening|night|night ?time"
            r"|day ?time|daylight|dark|late|early"
            rf"|tomorrow|\w+day|\d+(?: [ap]m)?) {_ELSEWHERE}",
            r"time ?zones?\b.*\b(?:i|we|in|is|are|between|does)\b|(?:what|which) time ?zone\b|time difference\b"
            r"|hours (?:ahead|behind)\b",
            r"(?:if|when) it(?:'s| is) .*\bwhat time\b|(?:gmt|utc)\b.*\btime\b|\btime\b.*\b(?:gmt|utc)\b",
        ),
    ),
    (
        "moment",
        anywhere(
            r"(?:what|which) (?:\w+ )?(?:day|date|weekday|month|year|days)(?: of the (?:week|month|year))? (?:is|was"
            r"|were|are|will|would|does|did|do|comes|came|falls?)\b"
            r"(?! (?:a|the) (?:week|year) (?:divided|made))(?!.* (?:invented|discovered|founded|die|died|signed|built"
            r"|war|battle|revolution|titanic|berlin wall)\b)",
            r"(?:what's|what is|what was|what will be|tell me) (?:the )?(?:date|day|weekday|tomorrow's|yesterday's"
            r"|today's)\b.*"
            r"\b(?:tomorrow|yesterday|date|day|after|before|week|plus|minus|month|(?:mon|tues|wednes|thurs|fri|satur"
            r"|sun)day|in \w+ days)\b",
            rf"when(?:'s| is| was| are| will| does| do| did) (?:this year's |next year's "
            rf"|last )?(?:it be )?{_HOLIDAY}\b",
            r"when(?:'s| is| do| does| will| did) (?:the )?(?:clocks? (?:go|change|turn)|daylight saving|summer time"
            r"|winter time|spring|summer|autumn|fall|winter)\b(?! of)",
            r"how (?:many|much|long) (?:(?!you\b)\w+ ){0,5}?(?:until|till|before|since|ago|left|remain\w*|to go"
            r"|from now)\b(?! (?:i|you|one|they) (?:should|can|need|have))",
            r"how (?:many|much) (?:\w+ )?(?:days|weeks|months|hours|minutes|time)\b.* (?:between|from)\b",
            r"how (?:far|long) (?:away|off|ago) (?:is|was|are) "
            rf"(?:{_HOLIDAY}|the (?:weekend|end)|\w+day|last|next)",
            r"how long (?:is it )?(?:until|till|before|since)\b",
            r"(?:what|which) (?:week|season|century|decade|millennium|quarter|moon)\b(?: (?:of the year"
            r"|number))? ?(?:is|are|do|was|were|will)\b (?:it|we|this|now|today)?",
            r"(?:is|isn't|was|will) (?:it|today|tomorrow|this|this year|next year|last year|the year \d+|20\d\d"
            r"|yesterday) (?:be |already |still |really |not )*(?:a |an |the )?(?:\w+ )?"
            r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|weekday|leap year|holiday|work ?day"
            r"|odd|spring|summer|autumn|winter|christmas|easter"
            r"|january|february|march|april|may|june|july|august|september|october|november|december|morning|afternoon"
            r"|evening|night|noon|midnight|late|early)\b",
            r"how old (?:am i|will i|was i|is (?:some|any)(?:one|body)|would|are (?:people|we|they)|is (?:my|our|he"
            r"|she)|were|will)\b",
            r"how old is .* born\b",
            rf"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten) {_LENGTHS} (?:from|before|after) (?:now"
            r"|today|tomorrow|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|christmas|\w+ \d)",
            rf"(?:what|which)\b.*\b(?:in|ago) (?:\d+|an?|two|three|four|five|six|seven|eight|nine|ten) {_LENGTHS}\b"
            rf"|(?:what|which)\b.*{_LENGTHS} ago\b",
            r"what time (?:will it be|was it|would it be)\b",
            r"when will (?:i|we) be \d+|when did (?:i|we) ",
        ),
    ),
)
"""The topics, words of `Replies.unsupported`, and the patterns of their questions, in lower case."""

_OF_TIMETABLES: Final = (
    (
        "lookup",
        anywhere(
            r"^(?:and |so )?when(?:'s| is| are| does| will)\b(?! (?:it (?:best|better|safe)|the (?:best|right) time"
            r"|a \w+ (?:ripe|done|ready)))",
            r"what time (?:is|does|should|will|did|can|are)\b",
        ),
    ),
)
"""What is left that asks when something is."""


def refused_question(text: str) -> str | None:
    """The topic of a question that no language model may answer, None for other questions; see `Question`."""
    asked = text.casefold().replace("\u2019", "'")
    for topic, pattern in (*_TOPICS, *OF_THE_HOME, *_OF_TIMETABLES):
        if pattern.search(asked):
            return topic
    return "sums" if is_sum(asked, normalise(text)) else None
