"""Other words for blinds, heating, fans, machines, locks, and questions. See `edge.nlu.en.home_phrases`."""

from typing import Final

from edge.nlu.en.home_phrase_parts import AMOUNT, COVERINGS, IN, THE, WARM, X

REWRITES: Final = (
    # batteries
    (
        (
            rf"is (?:the )?battery (?:of|in|on) {X} (?:low|flat|empty|dead|okay|ok|fine)"
            rf"|(?:how is|how's) the battery (?:of|in|on) {X.replace('<x>', '<y>')}"
        ),
        "BATTERY",
    ),
    # covers
    (rf"(?:open|raise) {X} (?:all the way|completely|fully|right up)(?: up| open)?", r"open \g<x>"),
    (rf"(?:close|lower|shut) {X} (?:all the way|completely|fully|right down)(?: down| shut)?", r"close \g<x>"),
    (rf"(?:put|bring|roll|let|pull|wind) {X} up (?:a (?:bit|little)|slightly)", r"open \g<x> a bit"),
    (rf"(?:put|bring|roll|let|pull|wind) {X} down (?:a (?:bit|little)|slightly)", r"close \g<x> a bit"),
    (
        (
            r"(?:draw|pull|drop|shut|bring down|pull down|roll down|wind down"
            rf"|let down) {X} (?:closed|shut|together|down)"
        ),
        r"close \g<x>",
    ),
    (
        (
            rf"(?:draw|pull) {X} (?:open|back|apart|up)|(?:draw back|pull "
            r"back|pull up|roll up|wind up|lift|lift up|put up|bring up) (?P<y>.+)"
        ),
        "OPEN",
    ),
    (rf"(?:put|bring|roll|let|pull|wind) {X} (?P<way>up|down)", "MOVE"),
    (rf"(?:draw|pull down|roll down|wind down|let down|bring down|drop|pull shut|put down) {X}", r"close \g<x>"),
    (
        (
            r"(?:i(?:'d| would)? (?:want|like|need)|i want|i need|make sure"
            rf"|can i have) {X} (?:is |are |to be )*(?P<state>open|opened"
            r"|closed|shut|locked)"
        ),
        "STATE",
    ),
    (
        rf"(?:open|raise) {X} (?:to )?(?:a (?:bit|little|crack|touch|tad)|slightly|partly|part way)",
        r"open \g<x> a bit",
    ),
    (
        rf"(?:close|lower|shut) {X} (?:to )?(?:a (?:bit|little|touch|tad)|slightly|partly|part way)",
        r"close \g<x> a bit",
    ),
    (rf"crack(?: open)? {X}(?: open)?", r"open \g<x> a bit"),
    (
        (
            r"(?:open|raise|close|lower|set|put|move|bring|shut|pull|roll) "
            rf"{X}(?: up| down)? (?:to )?(?:half ?way|half(?: way| open| closed"
            r"| shut)?|the middle|50 50)(?: up| down| open)?"
        ),
        r"open \g<x> halfway",
    ),
    (rf"(?:half (?:open|close|shut)|(?:open|close) half(?: of)?) {X}", r"open \g<x> halfway"),
    (
        (
            rf"(?:open|raise|close|lower|put|move|bring) {X}(?: up| down)? "
            rf"(?:(?:to|at|by) {AMOUNT} percent|to {AMOUNT.replace('<n>', '<m>')})"
        ),
        "POSITION",
    ),
    (rf"(?P<v>open|close) (?:the |its )?(?:slats|vanes|louvres|louvers)(?: (?:of|in|on|for) {X})?", "SLATS"),
    (rf"(?:stop|hold) {X} (?:there|right there|where (?:it is|they are))", r"stop \g<x>"),
    (rf"(?:let|roll|wind|pull|bring) {X} (?:down|up) to {AMOUNT}(?: percent)?", r"set \g<x> to \g<n> percent"),
    (rf"(?:extend|unfurl|roll out|wind out) {X}", r"open \g<x>"),
    (rf"(?:retract|fold in|roll in|wind in) {X}", r"close \g<x>"),
    (rf"(?P<x>{THE}?{COVERINGS}) up{IN}", r"open \g<x>\g<in>"),
    (rf"(?P<x>{THE}?{COVERINGS}) down{IN}", r"close \g<x>\g<in>"),
    (rf"(?:wind|roll|pull|fold|bring) {X} (?:back )?in", r"close \g<x>"),
    (rf"(?:wind|roll|pull|fold|bring) {X} out", r"open \g<x>"),
    # water
    (rf"(?:stop|quit|finish) (?:watering|irrigating|sprinkling) {X}", r"close \g<x>"),
    (r"(?:start (?:watering|irrigating|sprinkling)|water|irrigate) (?P<x>(?:the|my|our) .+)", r"open \g<x>"),
    # heating
    (
        rf"(?:drop|lower|reduce|decrease) (?:the )?{WARM} (?:by )?{AMOUNT} degrees?",
        r"turn down the heating by \g<n> degrees",
    ),
    (
        rf"(?:raise|increase|up) (?:the )?{WARM} (?:by )?{AMOUNT} degrees?",
        r"turn up the heating by \g<n> degrees",
    ),
    (
        (r"set (?:the |my )?(?:house|home|place|apartment|flat|whole house" rf"|room) to {AMOUNT}(?: degrees)?"),
        r"set the heating to \g<n> degrees",
    ),
    (r"(?:warm|heat) (?:the |my )?(?:house|home|place|room|flat)(?: up)?", "make it warmer"),
    (r"cool (?:the |my )?(?:house|home|place|room|flat)(?: down)?", "make it cooler"),
    (
        (
            r"(?:i'm|i am|we're|it's|it is|i feel|feels) (?:a bit |a little "
            r"|so |really |very |too |much too |far too |way too |bloody "
            r"|absolutely )*(?:cold|freezing|chilly|frozen|freezing cold|baltic"
            r"|nippy)(?: in here| here)?"
        ),
        "make it warmer",
    ),
    (
        (
            r"(?:i'm|i am|we're|it's|it is|i feel|feels) (?:a bit |a little "
            r"|so |really |very |too |much too |far too |way too |absolutely "
            r")*(?:hot|boiling|roasting|sweltering|sweating|warm|boiling hot"
            r"|toasty)(?: in here| here)?"
        ),
        "make it cooler",
    ),
    (
        (
            r"(?:it's|it is)(?: a bit| a little| so| really| very| too| much "
            r"too| far too| way too)* (?:cold|freezing|chilly) (?:in|upstairs "
            rf"in) {X}"
        ),
        r"make \g<x> warmer",
    ),
    (
        (
            r"(?:it's|it is)(?: a bit| a little| so| really| very| too| much "
            r"too| far too| way too)* (?:hot|warm|boiling) (?:in|upstairs "
            rf"in) {X}"
        ),
        r"make \g<x> cooler",
    ),
    (
        (
            r"make it (?P<b>a (?:bit|little) )?(?P<w>warmer|hotter|cooler"
            rf"|colder|brighter|darker|dimmer)(?: in| on) {X}"
        ),
        r"make \g<x> \g<b>\g<w>",
    ),
    (
        rf"{X} (?:is|are) (?:far |much |way |a (?:bit|little) )?too (?:cold|chilly)",
        r"make \g<x> warmer",
    ),
    (rf"{X} (?:is|are) (?:far |much |way |a (?:bit|little) )?too (?:hot|warm)", r"make \g<x> cooler"),
    (
        rf"make it {AMOUNT} degrees? (?P<w>warmer|hotter|cooler|colder)(?: in| on) {X}",
        r"make \g<x> \g<n> degrees \g<w>",
    ),
    (
        (
            r"(?:(?:can|could|may) it be|(?:i|we)(?:'d| would) like it) (?P<b>a (?:bit|little|touch|tad) )?"
            rf"(?P<w>warmer|hotter|cooler|colder|brighter|darker|dimmer)(?: in| on) {X}"
        ),
        r"make \g<x> \g<b>\g<w>",
    ),
    (
        (
            rf"(?:raise|increase|up|warm up) {X} by {AMOUNT} degrees?"
            rf"|set {X.replace('<x>', '<y>')} (?P<m>\d+(?:\.\d+)?) degrees? (?:higher|warmer|hotter)"
        ),
        "WARMER",
    ),
    (
        (
            rf"(?:lower|decrease|reduce|drop|cool down) {X} by {AMOUNT} degrees?"
            rf"|set {X.replace('<x>', '<y>')} (?P<m>\d+(?:\.\d+)?) degrees? (?:lower|cooler|colder)"
        ),
        "COOLER",
    ),
    (rf"(?P<v>set|switch|turn|put|change) {X} (?:to|on|onto) (?P<m>cooling|heating)(?: mode)?", "HEATS"),
    (rf"(?:warm|heat) up {X}|(?:warm|heat) {X.replace('<x>', '<y>')} up(?: a bit| a little)?", "WARM"),
    (rf"cool down {X}|cool {X.replace('<x>', '<y>')} down(?: a bit| a little)?", "COOL"),
    (
        (
            rf"(?:turn|set|put|bump|knock|crank|bring) (?:the |my )?{WARM} "
            rf"(?:up |down )?(?:to|at) {AMOUNT}(?: degrees)?{IN}"
        ),
        r"set the heating\g<in> to \g<n> degrees",
    ),
    (
        (
            rf"(?:bump|knock|nudge|crank|bring|put|turn) {X} (?P<w>up|down) "
            rf"(?:by )?{AMOUNT} degrees?(?P<rest>{IN}?)"
        ),
        r"turn \g<x> \g<w> by \g<n> degrees",
    ),
    (rf"(?:bump|knock|nudge|crank) {X} (?P<w>up|down)(?: a (?:bit|notch|touch))?", r"turn \g<x> \g<w>"),
    (rf"(?:turn|bring|put) {X} (?P<w>up|down) a notch", r"turn \g<x> \g<w>"),
    (
        (
            rf"(?:set|turn on) (?P<o>\w+) mode (?:on|for|of) {X}|(?:set|put) "
            rf"{X.replace('<x>', '<y>')} (?:in|into|to|on) (?P<p>\w+) mode"
        ),
        "MODE",
    ),
    (rf"boost {X}", r"set \g<x> to boost"),
    # fans
    (rf"(?:set|turn|put|run|have) {X} (?:on |to |at )?(?:fan )?speed {AMOUNT}", r"set \g<x> to \g<n>"),
    (rf"{X} (?P<f>fan speed) (?:to|at|on) (?P<o>\w+)", r"set \g<x> \g<f> to \g<o>"),
    (
        (
            rf"(?:set|turn|put) {X} (?:on )?(?:to |on |at )?(?:the )?(?P<sp>low"
            r"|medium|high|max|maximum|full)(?:est)? (?:speed|setting|power)"
        ),
        r"set \g<x> to \g<sp>",
    ),
    (rf"{X} (?:on )?(?P<sp>low|medium|high|max|maximum|full)(?: speed| power| blast)?", r"set \g<x> to \g<sp>"),
    (rf"(?:make|have|get) {X} (?:go |run |spin |blow )(?P<w>faster|slower)", r"make \g<x> \g<w>"),
    (rf"slow {X} down", r"turn down \g<x>"),
    (rf"speed {X} up", r"turn up \g<x>"),
    # machines
    (
        (
            rf"(?:tell|ask|have|get|let) {X} (?:to )?(?P<d>go home|go back"
            r"|return home|return to (?:the |its )?(?:dock|base)|dock|come "
            r"home|go to (?:the |its )?(?:dock|base|charger)|go charge|recharge"
            r"|charge)"
        ),
        r"send \g<x> home",
    ),
    (
        (
            rf"(?:tell|ask|have|get|let) {X} (?:to )?(?:start|clean|vacuum"
            r"|hoover|mow|start (?:cleaning|vacuuming|hoovering|mowing)|do "
            r"the (?:floors?|lawn|grass))(?: now| up)?"
        ),
        r"start \g<x>",
    ),
    (rf"(?:tell|ask|have|get|let) {X} (?:to )?(?P<d>stop|pause)(?: cleaning| vacuuming| mowing)?", r"\g<d> \g<x>"),
    (rf"(?:send|bring|return) {X} back(?: to (?:the |its )?(?:dock|base|charger|station))?", r"send \g<x> home"),
    (
        (
            rf"{X} (?:should|must|needs to|has to|can) (?:go|return|come|head) "
            r"(?:back )?(?:home|to (?:the |its )?(?:dock|base|charger|station))"
        ),
        r"send \g<x> home",
    ),
    (
        (
            rf"send {X} (?:off |out )?(?:to (?:clean|vacuum|hoover|mop|sweep|mow)|cleaning|vacuuming|mowing)"
            r"(?: up| the lawn)?"
        ),
        r"start \g<x>",
    ),
    (rf"{X} go (?:home|back to (?:the |its )?(?:dock|base))", r"send \g<x> home"),
    (r"(?:restart|reboot|reset) (?:the |my |our )?(?P<x>\w[\w ]*)", r"press restart \g<x>"),
    # locks
    (r"(?:is everything|is the (?:house|home|flat|place)) locked(?: up)?", "are all the doors locked"),
    (
        r"(?:did|have) (?:i|we|you) (?:lock|locked) (?:up|everything|the doors|the house)",
        "are all the doors locked",
    ),
    (rf"(?:did|have) (?:i|we|you) (?:lock|locked) {X}", r"is \g<x> locked"),
    (
        (
            r"(?:did|have) (?:i|we|you|someone|anyone|somebody|anybody) (?:leave"
            rf"|left) {X} (?P<s>on|off|open|unlocked|running)"
        ),
        r"is \g<x> \g<s>",
    ),
    (rf"(?P<x>{THE}?(?!(?:turn|cool|warm|heat|volume|sound)\b)[^\W_][\w' ]*?) (?P<way>up|down)", "MOVE"),
    # measurements
    (r"(?P<b>what(?:'s| is) the \w+|how (?:warm|hot|cold) is it) outside (?P<in>(?:in|on) .+)", r"\g<b> \g<in>"),
    (rf"how bright is it{IN}", r"what is the brightness\g<in>"),
    # questions
    (rf"(?:is|are) {X} (?P<p>plugged in|charging|connected|online)", r"is \g<x> \g<p> on"),
    (
        rf"is (?:anyone|anybody|someone|somebody|there anyone|there anybody) (?:moving|there){IN}",
        r"is there motion\g<in>",
    ),
    (r"is (?P<y>motion|movement|smoke|gas|water) detected(?P<in>.*)", r"is there \g<y>\g<in>"),
    (rf"(?:is|are) {X} on or off", r"is \g<x> on"),
    (rf"(?:is|are) {X} (?:open or (?:closed|shut))", r"is \g<x> open"),
    (rf"(?:is|are) {X} locked or unlocked", r"is \g<x> locked"),
    (r"who(?:'s| is| all is)? (?:at )?(?:home|in)(?: right now| now)?|who is here", "who is at home"),
    (r"how many (?:people|of us) are (?:at )?(?:home|in)(?: right now| now)?", "who is at home"),
    (  # of a room, by the name of its sensor: the temperature of a room has sentences of its own
        rf"(?:what is|what's) {X}(?P<in> (?:in|of|on|at) [\w' ]+)",
        r"what is the reading of \g<x>\g<in>",
    ),
)
"""A pattern of the whole text, and its new text with the groups of the pattern, or the name of a case in
`edge.nlu.en.home_phrases`."""
