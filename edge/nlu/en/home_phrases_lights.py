"""Other words for switching and for lights. See `edge.nlu.en.home_phrases`."""

from typing import Final

from edge.nlu.en.home_phrase_parts import AMOUNT, BUT, IN, LIGHTS, THE, X

_RAISE: Final = r"(?:raise|increase|boost|turn up|bring up)"
_LOWER: Final = r"(?:lower|reduce|decrease|lessen|turn down|bring down|take down|cut down)"
_BRIGHTNESS: Final = r"(?:the |all the |these )?(?:brightness|lighting|lights?|light (?:level|intensity))"
_HERE: Final = r"(?: in here| here| in (?:the|this) room)?"

REWRITES: Final = (
    # on and off
    (
        rf"(?:turn|switch|put|shut|flip|power|flick|cut) {X} (?P<side>on|off|out) (?P<b>{BUT} .+)",
        r"turn \g<side> \g<x> \g<b>",
    ),
    (
        rf"(?:turn|switch|put|shut|flip|power|flick|cut|knock|whack|stick) {X} (?P<side>on|off){IN}",
        r"turn \g<side> \g<x>\g<in>",
    ),
    (
        (
            r"(?:turn|switch|put|shut|flip|power|flick|cut|kill|pop|have|stick"
            rf"|whack|knock|bung) {X} (?P<side>on|off)"
        ),
        r"turn \g<side> \g<x>",
    ),
    (rf"(?:shut|cut|flip|flick|power) (?P<side>on|off) {X}", r"turn \g<side> \g<x>"),
    (rf"(?:kill|cut|shut down|power down|douse|extinguish) {X}", r"turn off \g<x>"),
    (rf"(?:pop|stick|flick|flip|get|fire|power|bring) (?P<side>on|up) {X}", r"turn on \g<x>"),
    (rf"(?:fire|power|boot|start) up {X}", r"turn on \g<x>"),
    (
        (
            r"(?:i(?:'d| would)? (?:want|like|need|love)(?: to have)?|i want"
            r"|i need|make sure|let's have|we need|can (?:i|we) have|could "
            rf"(?:i|we) have|may i have|get|have) {X} (?:is |are |to be |turned "
            rf"|switched )*(?P<side>on|off)(?P<rest>{IN}?)"
        ),
        r"turn \g<side> \g<x>\g<rest>",
    ),
    (
        (rf"{X} (?:should|must|needs to|need to|has to|have to) be (?:turned " r"|switched )?(?P<side>on|off)"),
        r"turn \g<side> \g<x>",
    ),
    (rf"{X} (?:needs?|wants?) (?:turning|switching) (?P<side>on|off)", r"turn \g<side> \g<x>"),
    (rf"i don't (?:need|want) {X}(?: on)? any ?more", r"turn off \g<x>"),
    (rf"no (?:more )?(?:need for )?{LIGHTS}{IN}(?: please)?", r"turn off the lights\g<in>"),
    (
        (
            r"(?:i (?:need|want)|give me|let's have|(?:can|could) (?:i|we) "
            rf"(?:have|get)|we need) (?:some |more |a bit of |a little )*{LIGHTS}{IN}"
        ),
        r"turn on the lights\g<in>",
    ),
    (
        (
            r"(?:i (?:need|want)|give me|let's have|let there be|(?:can|could) "
            r"(?:i|we) (?:have|get)) (?:some |more |a bit of )*light(?: in "
            r"here)?"
        ),
        "turn on the lights",
    ),
    (
        (
            r"(?:turn|switch|shut) (?:everything|it all|the lot) off in here"
            r"|(?:turn|switch|shut) off everything in here"
        ),
        "turn off everything here",
    ),
    (
        (
            r"(?:we're|we are|i'm|i am) (?:leaving|off|(?:off|going|heading) (?:out|home|to bed|to sleep)) "
            r"(?P<c>(?:turn|switch|shut|lock|close) .+)"
        ),
        r"\g<c>",
    ),
    (rf"(?:get|set) {X} (?:going|running|started)", r"turn on \g<x>"),
    (rf"(?:shut|power|close) {X} down", r"turn off \g<x>"),
    (rf"(?P<l>{LIGHTS}) (?:out|off){IN}", r"turn off the lights\g<in>"),
    (rf"(?P<l>{LIGHTS}) on{IN}", r"turn on the lights\g<in>"),
    # exceptions
    (
        rf"(?P<v>(?:turn|switch|shut) off (?:everything|all the lights|all lights)) {BUT} (?P<x>.+)",
        r"\g<v> except \g<x>",
    ),
    (
        (
            rf"leave (?:only )?(?P<x>{THE}?[\w' ]*?{LIGHTS}) on (?:and|but) "
            r"(?:turn|switch) off (?:the rest|all the others?|the others?)"
        ),
        r"turn off all the lights except \g<x>",
    ),
    (
        (
            rf"leave (?:only )?{X} on (?:and|but) (?:turn|switch) off (?:the "
            r"rest|everything else|all the others?|the others?)"
        ),
        r"turn off everything except \g<x>",
    ),
    (rf"(?:turn|switch) off (?:everything|all) else {BUT} {X}", r"turn off everything except \g<x>"),
    (rf"(?:turn|switch) off (?:all )?the other lights {BUT} {X}", r"turn off all the lights except \g<x>"),
    # brightness and colour
    (
        (r"(?:turn up|raise|boost|up|bump up|crank up) the brightness of " rf"{X} by (?P<n>\d+)(?: percent)?"),
        r"increase the brightness of \g<x> by \g<n> percent",
    ),
    (
        rf"(?:turn up|raise|increase|boost|up|bump up|crank up) the brightness (?:in|of|on) {X}",
        r"make \g<x> brighter",
    ),
    (
        (
            r"(?:turn down|lower|decrease|drop|bump down|take down) the brightness "
            rf"of {X} by (?P<n>\d+)(?: percent)?"
        ),
        r"reduce the brightness of \g<x> by \g<n> percent",
    ),
    (
        (r"(?:turn down|lower|decrease|reduce|drop|bump down|take down) " rf"the brightness (?:in|of|on) {X}"),
        r"make \g<x> darker",
    ),
    (
        rf"(?:brighten up|lighten|lighten up) {X}(?P<bit> a (?:bit|little|touch|tad))?",
        r"make \g<x>\g<bit> brighter",
    ),
    # without a word for "brighter" or "darker"
    (rf"(?:{_RAISE} {_BRIGHTNESS}|turn {_BRIGHTNESS} up|lights up|(?:some )?more lights?){_HERE}", "make it brighter"),
    (rf"(?:{_LOWER} {_BRIGHTNESS}|turn {_BRIGHTNESS} down|lights down|less light){_HERE}", "make it darker"),
    (rf"(?:{_RAISE} {_BRIGHTNESS}|(?:some )?more lights?){IN}", r"make the lights\g<in> brighter"),
    (rf"(?:{_LOWER} {_BRIGHTNESS}|(?:a (?:bit|little) )?less light){IN}", r"make the lights\g<in> darker"),
    (rf"{_RAISE} (?P<x>{THE}?[\w' ]*?{LIGHTS})", r"make \g<x> brighter"),
    (rf"{_LOWER} (?P<x>{THE}?[\w' ]*?{LIGHTS})", r"make \g<x> darker"),
    (rf"(?:turn|bring|take) (?P<x>{THE}?[\w' ]*?{LIGHTS}) (?P<w>up|down)", r"turn \g<w> \g<x>"),
    (rf"{X} (?:is|are) (?:(?:far |much |way |a (?:bit|little) )?too dark|pitch black)", r"make \g<x> brighter"),
    (rf"{X} (?:is|are) (?:far |much |way |a (?:bit|little) )?too bright", r"make \g<x> darker"),
    (
        (
            rf"(?:can|could|may) {X} be (?:made )?(?P<bit>a (?:bit|little|touch|tad) )?"
            r"(?P<more>brighter|darker|dimmer|warmer|cooler|colder|hotter)"
        ),
        r"make \g<x> \g<bit>\g<more>",
    ),
    (
        (
            rf"{X} (?:should|must|could|needs to|need to|ought to) be (?P<bit>a (?:bit|little|touch|tad) )?"
            r"(?P<more>brighter|darker|dimmer|warmer|cooler|colder|hotter)"
        ),
        r"make \g<x> \g<bit>\g<more>",
    ),
    (
        (
            r"(?:it's|it is)(?: a bit| far| way| much)? too dark(?: in here"
            r"| here)?|it's (?:so |really |very |quite |pretty |a bit )?dark(?: "
            r"in here| here)?|i can't see(?: a thing| anything)?(?: in here)?"
        ),
        "make it brighter",
    ),
    (
        (
            r"(?:it's|it is)(?: a bit| far| way| much)? too bright(?: in here"
            r"| here)?|it's (?:so |really |very |a bit )bright(?: in here)?"
        ),
        "make it darker",
    ),
    (rf"(?:it's|it is)(?: a bit| far| way| much)? too dark{IN}", r"make the lights\g<in> brighter"),
    (rf"(?:it's|it is)(?: a bit| far| way| much)? too bright{IN}", r"make the lights\g<in> darker"),
    (
        (
            rf"(?P<x>{THE}[\w' ]*?) (?:is|are)(?: a bit| far| way| much)? "
            r"(?:too (?P<w>dark|bright)|not (?P<z>bright) enough)"
        ),
        "TOO",
    ),
    (
        (
            rf"(?:i want |i'd like |i need |give me |can i have |let's have |have )?{X} in "
            r"(?P<c>(?:warm|cool|cold|soft|neutral) white|daylight|white|red|orange|yellow|green|blue|purple|pink)"
        ),
        "COLOUR",
    ),
    (rf"put {X} on {AMOUNT} percent", r"set \g<x> to \g<n> percent"),
    (
        rf"(?:dim|brighten) (?:the |my |our )?{LIGHTS}{IN} to {AMOUNT}(?: percent)?",
        r"set the lights\g<in> to \g<n> percent",
    ),
    (
        (
            r"(?P<b>(?:just )?(?:a (?:bit|little|touch|tad) )?)"
            rf"(?P<w>brighter|darker|dimmer|warmer|hotter|cooler|colder) (?:in|on) {X}"
        ),
        r"make \g<x> \g<b>\g<w>",
    ),
    (
        rf"{X} (?:at|on|to) (?P<lv>full|max|maximum|minimum|half)(?: brightness| power| blast| speed)?",
        r"set \g<x> to \g<lv>",
    ),
    (
        (
            rf"(?:set|turn|put|change|bring|reduce|lower|raise|dim|take) {X}(?: "
            r"up| down)? to (?:the |its )?(?P<lv>max(?:imum)?|min(?:imum)?"
            r"|full|highest|lowest)(?: brightness| level)?"
        ),
        r"set \g<x> to \g<lv>",
    ),
    (
        (
            r"(?:reduce|lower|raise|take|bring|drop|crank|bump|knock)(?: up"
            rf"| down)? {X}(?: up| down)? to {AMOUNT}(?P<u> percent| degrees)?"
        ),
        r"set \g<x> to \g<n>\g<u>",
    ),
    (rf"crank (?:up )?{X}(?: up)?", r"turn \g<x> up"),
    (
        (
            rf"(?:turn|switch|bring|take|put) {X} (?:way |all the way |right "
            r")?(?P<w>up|down)(?: to (?P<lv>full|max|maximum|minimum))"
        ),
        r"set \g<x> to \g<lv>",
    ),
    (
        rf"(?:turn|bring|take|put|crank|dial) {X} (?P<w>up|down) to {AMOUNT}(?P<u> percent| degrees)?",
        r"set \g<x> to \g<n>\g<u>",
    ),
    (rf"turn {X} (?:way|right|all the way) (?P<w>up|down)", r"turn \g<x> \g<w>"),
    (
        (
            rf"(?:change|set|make|turn) (?:the colou?r of {X}|{X.replace('<x>', '<y>')} "
            r"colou?r) to (?P<c>[\w ]+)"
        ),
        "COLOUR",
    ),
    (rf"(?:make|turn) {X}(?<! to) an? (?P<c>(?:warm|cool|cold|soft|neutral)(?: white)?|\w+)", r"set \g<x> to \g<c>"),
    (r"(?P<b>(?:set|turn|change|make) .+) to an? (?P<x>.+)", r"\g<b> to \g<x>"),
)
"""A pattern of the whole text, and its new text with the groups of the pattern, or the name of a case in
`edge.nlu.en.home_phrases`."""
