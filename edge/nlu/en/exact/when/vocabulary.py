"""The words of questions about days and times, and what each asks: one symbol for all that mean the same. Pure."""

from collections.abc import Mapping
from typing import Final

FILLER: Final = ""
"""The symbol of what changes nothing."""

_FILLERS: Final = (
    "a an the of on in at for by is are was were be am will would shall can could may might do does did i we you"
    " he she they it that there this these those me us one please thanks um uh er erm hm hmm oh ah hey hi hello ok"
    " okay so well like just really actually quickly right alright now then again exactly precisely roughly"
    " approximately about currently today's tell give show let know say says said find out figure check look want"
    " wanna need needing wonder wondering curious share provide report going gonna got"
    " think asking ask quick question info information idea any still already yet even mate sorry with as here's"
    " there's wanted forgot forgotten remember trying calculate calendar total altogether such thing ever present"
    " moment kindly also too maybe perhaps possibly mind telling hear see supposed keep soon straight offhand wait"
    " listen guess mention fetch display state read confirm bit tad whole uses use using used being checking"
    " needed expect expecting finally different applicable own specific particular type here located"
    " reside resides based period must wish"
)
_SYMBOLS: Final[Mapping[str, str]] = {
    FILLER: "to know|to find out|to figure out|to check|to see|to be|to tell|to hear|look up|looking up|search"
    "|search for|bring up|pull up|given my time|traveled to|travelled to|flew to|moved to|went to|lived in|live in"
    "|move to|travel to|in line|from here|over in|over there|over here|over at|out in|down in|do you have"
    "|have you got|have you|you got|do you know|by the way|at the moment|at the minute|at this moment|this minute"
    "|at present|i would like|i'd like|in total"
    "|real quick|once again|one more time|as of|as well|or so|you know|i mean|or not|or what|right now|out loud"
    "|get me|get the|can i get|could i get|may i have|can i have|could i have|i've got|for real|going to|gonna be"
    "|going to be|want to|need to|like to|trying to|able to|supposed to|happen to be|happens to be|happen to|used to",
    "twelve": "normal time|regular time|civilian time|12 hour clock|12 hour time|12 hour format|standard time"
    "|am pm|12 hour",
    "military": "military time|24 hour clock|24 hour time|24 hour format|military|24 hour",
    "what": "what|which|whats",
    "when": "when",
    "if": "if|suppose|given|assuming",
    "many": "in how many|count|count the|count up the|count all the|how many|how many more|number of|count of"
    "|amount of|how many full|how many whole",
    "long": "how long|how far off|how far away|how long away|how much time|how much longer|how far|how soon"
    "|how much more time|how long more|how long again|length of time|how much",
    "countdown": "countdown|count down|counting down",
    "until": "in how many|until|till|til|up to|up until|leading up to|up till",
    "before": "before|prior to",
    "after": "after|past|following|plus|later|from now",
    "less": "less|than|more|fewer|under|within",
    "minus": "minus|earlier",
    "left": "left|remaining|remain|remains|to go|to come|still to come|rest|yet to come|left over|to wait"
    "|leftover",
    "away": "how far off|how far away|how soon|how long away|how much longer|away from now|away|off|from today"
    "|far off|far away",
    "since": "since|ever since",
    "ago": "ago|back",
    "passed": "passed|gone by|gone|been|elapsed|went by|gone past|pass|passed by",
    "from": "from|starting|starting from|starting on|counting from",
    "between": "between",
    "to": "to|through|ending|ending on",
    "and": "and|or|,",
    "weekday": "day of the week|weekday|week day|day of week|days of the week|weekday name",
    "date": "day of the month|date|dates|calendar date|full date",
    "day": "day",
    "week": "week|calendar week|week number|week of the year|number of the week|number week|week of this year",
    "month": "month",
    "year": "year",
    "quarter": "quarter|quarter of the year|fiscal quarter",
    "century": "century",
    "day-number": "day of the year|day number|number day|days into the year",
    "falls": "happens|happen|happening|belong|belongs|fall|falls|falling|fell|land|lands|landed|occur|occurs|come"
    "|comes|celebrated"
    "|celebrate|observed|held|coming|coming up|comming up|take place|takes place|be on|marked|mark|fall on|arrive"
    "|arrives|around|come around|comes around",
    "starts": "goes in|go in|goes on|start|starts|begin|begins|started|began|beginning|officially start"
    "|officially begin|officially|first day of|1st day of|start of|beginning of|kick off|kicks off",
    "ends": "be over|is over|over|end|ends|finish|finishes|over with|end of|last day of",
    "next": "next|upcoming|soonest|nearest|closest|following one",
    "last": "last|previous|most recent|latest",
    "have": "have|has|had|contain|contains|get|gets|having",
    "my": "my|our|mine|your|his|her|their",
    "old": "old|how old|what age|age|years old|year old|aged",
    "born": "born|birth|birth year|year of birth|birthdate",
    "turn": "turn|turns|turned|turning|reach|reaches|reached",
    "make": "make|makes|made",
    "who": "someone|somebody|anyone|person|people|who|who's|who is|man|woman|kid|child|baby|mom|mum|dad|mother"
    "|father|daughter|son|brother|sister|wife|husband|grandma|grandpa|grandmother|grandfather|granddaughter"
    "|grandson|friend|uncle|aunt|nephew|niece|cousin|boss|boy|girl|partner|nan|gran|granddad",
    "leap": "leap year|leap years",
    "workday": "working day|work day|workday|business day|school day",
    "weekend": "weekend|on a weekend|at the weekend|on the weekend|on weekend|weekend day",
    "time": "your watch|your clock|my watch|my clock|the clock|hour and minute|time|clock|watch|o'clock|times"
    "|local time|current time|exact time|time of day|hour",
    "current": "current|local|exact|actual|precise|correct|real|whole|standard|official|present",
    "same": "same|the same",
    "zone": "time zone|timezone|time zones|timezones",
    "ahead": "how much later|how much earlier|later|earlier|ahead|ahead of|in front|in front of|behind|difference"
    "|differences|gap|time gap|apart|time difference|time differences|offset|compared|compared to"
    "|compared with|difference in time|hour difference|hours difference",
    "convert": "convert|translate|express|converted|write|put",
    "clocks": "clocks|daylight saving|daylight savings|daylight saving time|daylight savings time|summer time"
    "|winter time|dst|clock change|time change",
    "turned": "put|change|changes|changed|go back|go forward|go forwards|going back|going forward|spring forward"
    "|fall back|turn back|turned back|put back|put forward|switch|forward|forwards|backward|backwards|set back|move",
    "sun": "sun",
    "rise": "rise|rises|rising|rose|come up|comes up|coming up|up|risen",
    "set": "set|sets|setting|go down|goes down|going down|down",
    "sunrise": "sunrise|sun rise|sunup|sun up|first sunlight",
    "sunset": "sunset|sun set|sundown|sun down|nightfall",
    "dawn": "dawn|daybreak|first light|light|light outside|bright|light out",
    "dusk": "dusk|dark|darkness|twilight|dark outside|dark out|last light",
    "gets": "get|gets|getting|become|becomes|becoming",
    "daylight": "daylight|hours of daylight|hours of sunlight|sunlight|light hours|length of the day"
    "|length of day",
    "moon": "moon|the moon|moon's",
    "full": "full|full moon",
    "new": "new|new moon",
    "phase": "phase|phases|moon phase|phase of the moon|lunar phase|shape|look|looking|doing|waxing|waning"
    "|visible|lit",
    "tonight": "tonight|today|now|this evening|this morning|this afternoon",
    "holiday": "holiday|holidays|holiday's",
    "public": "public|bank|national|federal|state|statutory|stat|legal|official|federally recognized|religious"
    "|major|big|scheduled|recognized|recognised",
    "school": "school holidays|school holiday|school break|summer holidays|summer holiday|summer break"
    "|winter break|half term|winter holidays|easter holidays|christmas holidays|summer vacation|spring break"
    "|autumn break",
    "floating": "ramadan|eid|eid al fitr|eid al adha|diwali|chinese new year|lunar new year|holi|vesak"
    "|mid autumn festival",
    "season": "season|seasons|time of year|time of the year|season of the year",
    "day-time": "daytime|day time|night|nighttime|night time|day|dark|light|morning|afternoon|evening|late|early"
    "|middle of the night|the middle of the night|bright|morning already",
    "late": "how late|how early",
    "off-day": "i am off|i off|am i off|be off|have off|get off|i have off|off again|are we off|we have off"
    "|off next|scheduled off|have the day off|day off|days off|time off|vacation|vacation day|vacation days"
    "|free day|off work|day away from work|paid holiday|paid day off|personal day|off day|holiday from work"
    "|leave day|off from work|holiday with pay|office holiday|work holiday|day off work|holiday at work"
    "|company holiday|three day weekend|3 day weekend|long weekend",
    "call": "call|phone|ring|text|talk to|meet|facetime|video call|message|speak to",
    "sleep": "sleep|asleep|go to bed|in bed|go to sleep|get up|wake up|work|am i there|working",
    "takes": "work for|works for|working for|stay for|stays for|am there for|going for|for another|takes|take"
    "|lasts|last|runs|runs for|goes on|goes on for|needs|lasting|it lasts|cooks for|bakes for",
    "arrive": "arrive|arrives|get there|be there|be done|be finished|be ready|finish|finishes|end|ends|over|done"
    "|ready|finished|come out|land|out|back",
    "leave": "leave|set off|start|begin|head out|set out|go|depart|put it in|put in|start cooking|get going"
    "|wake up|get up",
}  # fmt: skip


def _by_phrase() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = dict.fromkeys(_FILLERS.split(), (FILLER,))
    for symbol, phrases in _SYMBOLS.items():
        for phrase in phrases.split("|"):
            found[phrase] = (*found.get(phrase, ()), symbol)
    return found


SYMBOLS: Final = _by_phrase()
"""The symbols that words or phrases may have, by the phrase; the likeliest first."""
LONGEST: Final = max(phrase.count(" ") for phrase in SYMBOLS) + 1
"""The number of words of the longest phrase."""
