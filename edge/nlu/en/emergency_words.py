"""What is said in emergencies: what happened to whom, and which dangers are there. Pure patterns over plain words."""

from typing import Final

from edge.nlu.en.privacy.sentence import either

_RELATIVE = (
    r"(?:wife|husband|partner|boyfriend|girlfriend|mum|mom|mother|dad|father|son|daughter|baby|child|kids?|children|boy"
    r"|girl|brother|sister|gran|granny|grandma|nan|grandmother|grandad|granddad|grandpa|grandfather|uncle|aunt|cousin"
    r"|friend|neighbou?r|flatmate|roommate|colleague|toddler|twins?|parents?|guest|visitor)"
)
_SOMEONE = (
    r"(?:i|we|he|she|they|someone|somebody|everyone|everybody|people|mum|mom|dad|gran|grandma|grandad|grandpa|nan"
    rf"|(?:my|our|his|her|their|the|a|an) (?:(?!who)\w+ ){{0,2}}?(?:{_RELATIVE}|man|woman|guy|lady|person|stranger"
    rf"|pedestrian"
    r"|cyclist|driver|worker)(?: (?:next door|outside|upstairs|downstairs|across the (?:road|street)))?)"
)
_JUST = r"(?:(?:just|now|still|badly|really|also|suddenly|almost) )*"
_PASSIVE = (
    rf"{_JUST}(?:(?:has|have|had|is|are|am) (?:just )?been|was|were|is being|are being|got|is|are|am|has|have) {_JUST}"
)
_ACTIVE = r"(?:(?:has|have|is|are|am|was|were|had|just|now|all|about to|going to|think|really|can) ){0,4}"
_HARMED = (
    r"(?:shot|stabbed|knifed|electrocuted|kidnapped|abducted|poisoned|strangled|run over|knocked down|beaten up"
    r"|mugged|robbed"
    r"|raped|assaulted|attacked|bitten by a (?:snake|dog|spider)|burned|burnt|scalded|crushed|impaled|trapped"
    r"|buried alive"
    r"|hit by an? (?:\w+ )?(?:car|bus|truck|lorry|van|train|bike|motorbike|tram)|badly (?:hurt|injured)|injured"
    r"|wounded)"
    r"(?! (?:by (?:the )?(?:mosquito|midge|fl(?:y|ies)|news|idea|story|film|song)|out\b|dinner|the (?:toast|cake)"
    r"|photos?"
    r"|a (?:video|film|photo|movie)))"
)
_FAILING = (
    r"(?:collapsed|keeled over|fainted|passed out|unconscious|unresponsive|suffocating|convulsing|overdosed|blacked out"
    r"|(?:choking|drowning)(?! (?:in|up|at|with))|(?:gone|turned|turning|going) blue|stopped (?:breathing|moving"
    r"|responding)"
    r"|dying(?: please| help| here|$)|in labou?r"
    r"|(?:having|had|has|have) an? (?:\w+ )?(?:stroke|seizure|fit|heart attack|allergic reaction|asthma attack"
    r"|miscarriage)"
    r"|(?:can|could|does|will|is|did|are) not (?:breathe?|breathing|wake up|waking up|respond|responding|answer me"
    r"|moving"
    r"|swim)(?! (?:without|until|because of))|bleeding|having (?:chest pains?|contractions)|(?:having )?(?:trouble"
    r"|difficulty)"
    r" breathing|(?:vomiting|coughing up|spitting|throwing up) blood|struggling to breathe|severed)"
)
_POISON = (
    r"(?:pills?|tablets|medication|medicine|painkillers|bleach|poison|batter(?:y|ies)|detergent|cleaner|chemicals?|antifreeze"
    r"|magnets?|white spirit|petrol|paint thinner|dishwasher tablet)"
)
_TAKEN = (
    rf"(?:(?:swallowed|drank|drunk|eaten|ate) (?:\w+ ){{0,4}}?{_POISON}|(?:took|taken|take|swallowed) (?:all|way"
    rf"|far|too|a whole"
    rf"|the whole|an overdose|a load|loads|a lot)\b(?: \w+){{0,6}}? {_POISON})"
)
_FELL = (
    r"(?:fell|fallen|slipped|tumbled|pushed \w+) (?:\w+ ){0,6}?(?:hit (?:his|her|my|their|the) head|can not (?:get"
    r" up|move|stand"
    r"|swim)|not moving|in the (?:river|lake|pool|water|sea)|down the stairs|(?:from|off|out of) the (?:roof"
    r"|window|balcony"
    r"|ladder))"
)
_CUT = r"cut (?:his|her|my|their) (?:\w+ )?(?:wrists?|throat|arm open|finger off|thumb off|hand off|artery)"
_AGGRESSOR = (
    r"(?:someone|somebody|(?:a|some|the|this|that|two|three) (?:\w+ )?(?:man|men|woman|guys?|person|people|strangers?"
    r"|intruders?|burglars?|gang)|he|she|they|(?:my|her|his) (?:\w+ )?(?:husband|wife|boyfriend|girlfriend|partner"
    r"|ex|father"
    r"|dad|mother|brother|neighbou?r))"
)
_VICTIM = rf"(?:me|us|him|them|my (?:\w+ )?{_RELATIVE}|our (?:\w+ )?{_RELATIVE})(?! (?:at|in|with|by|for|on|of|to the))"
_HOME = (
    r"(?:(?:my|the|our) (?:house|home|flat|apartment|kitchen|bedroom|garden|hallway|basement|attic|garage|living room))"
)
EMERGENCY: Final = either(
    rf"{_SOMEONE} {_PASSIVE}{_HARMED}",
    rf"{_SOMEONE} {_ACTIVE}{_FAILING}",
    rf"{_SOMEONE} {_ACTIVE}{_TAKEN}",
    rf"{_SOMEONE} {_ACTIVE}{_FELL}",
    rf"{_SOMEONE} {_ACTIVE}{_CUT}",
    rf"{_SOMEONE} {_PASSIVE}hit (?:on|in) the (?:head|face|eye|neck)",
    rf"(?:fell|fallen|collapsed|came down) on (?:top of )?(?:me|him|us|them|my (?:\w+ )?{_RELATIVE})",
    rf"{_SOMEONE} {_ACTIVE}(?:eaten|ate) .*(?:being sick|vomiting|shaking|can not breathe|unconscious)",
    r"(?:lying|lies) on the (?:floor|ground|street|road) (?:\w+ ){0,4}?(?:not|unconscious|bleeding|answer|blood)",
    r"blood (?:is )?(?:everywhere|all over)|losing (?:so much|a lot of|too much) blood",
    r"(?:bleeding|blood|bleeds)\b.*(?:will not stop|does not stop|keeps coming|can not stop)",
    r"(?:can not|do not) feel my (?:legs?|arms?|face|feet|hands?|left side|right side)",
    r"(?:face|arm|mouth|one side)\b.*(?:gone numb|is numb|drooping|droops|is crooked)",
    r"throat (?:is |has )?(?:been )?(?:closing|closed|swelling|swollen)",
    r"waters? (?:has |have )?(?:just )?(?:broke|broken)|baby (?:is )?(?:coming|on its way) right now",
    r"(?:i|we) (?:can )?smell (?:gas|smoke)|it smells (?:of|like) (?:gas|smoke)",
    r"(?<!i am )(?<!song is )(?<!game is )(?<!team is )(?:is on fire|are on fire|caught (?:on )?fire|catching fire"
    r"|set on fire)",
    r"in flames|flames (?:are |is )?coming|full of smoke|smoke (?:is )?coming (?:out of|from|under)|now there"
    r" smoke|sparks",
    r"carbon monoxide (?:alarm|detector)\b.*(?:going|went|will not|ringing|beeping|off|dizzy)",
    r"(?:there (?:is|was|has been|have been|been|)|we (?:have )?(?:just )?had|i (?:have )?(?:just )?had) ?(?:been"
    r" )?(?:just )?(?:an?"
    r"|another) (?:\w+ )?(?:explosion|shooting|stabbing|crash|(?:car|bad|serious|terrible) accident|gas leak)",
    r"(?:car|bus|truck|lorry|van|plane) (?:has |have )?(?:just )?(?:crashed|smashed) into",
    rf"{_AGGRESSOR} {_ACTIVE}(?:trying to|tries to) (?:get in|break|force|climb in|push|kick|kill|hurt|rob|come in)",
    rf"{_AGGRESSOR} {_ACTIVE}(?:breaking (?:in|into|down)|broken? (?:in|into)|climbing in|forcing|kicking in"
    r"|following (?:me|us)|chasing (?:me|us)|stalking me)",
    rf"{_AGGRESSOR} {_ACTIVE}(?:hitting|beating|attacking|hurting|hurt|kill|threatening|strangling|punching"
    rf"|choking|stabbing"
    rf"|kicking) {_VICTIM}",
    rf"{_AGGRESSOR} (?:\w+ ){{0,4}}?(?:with a|has a|has got a|pointing a) (?:\w+ )?(?:gun|knife|axe|weapon)",
    r"(?:at (?:knife|gun) ?point)",
    rf"(?:someone|somebody|strange (?:man|woman)|strangers?|intruders?|burglars?) (?:is )?(?:in|inside) {_HOME}"
    r"(?: and| who| that| right now| upstairs| downstairs|$)",
    r"heard (?:the |a |some )?(?:glass breaking|breaking glass|window break|gunshots?|shots?|screaming)",
    r"(?:stuck|trapped) (?:\w+ ){0,6}?(?:water|fire|smoke|rising|can not breathe|can not get out|in the (?:cellar"
    r"|lift|wreck))"
    r"|(?:come|came|fell|fallen) down and (?:i am|we are|he is|she is|someone is) (?:stuck|trapped|hurt)",
)
"""Something that happened to a person, or a danger, told in a sentence."""

STORY: Final = either(
    r"(?:in|from) (?:the|a|this|that) (?:\w+ )?(?:film|movie|book|game|song|show|series|novel|war)",
    r"(?:at|during) (?:chess|football|tennis|cards|monopoly|poker|work|the game)",
    r"(?:smoke on the water|ring of fire|fireplace|fire pit|campfire|barbecue|new life into|in paperwork|in work"
    r"|in debt|at this film|in love|of laughter|laughing)",
    r"mosquito(?:es)?|coffee cup|to the cinema|hit(?:ting)? the (?:gym|road|jackpot|ceiling)|dead (?:serious|tired"
    r"|set|right)",
    r"last (?:week|month|year|spring|summer|autumn|winter)|(?:weeks?|months?|years?) ago|when (?:i|we) (?:was|were)",
    r"(?:chirp\w*|peep\w*|beeps? every|(?:low|new|change the|replace the|test the) (?:battery|batteries|alarm"
    r"|detector))",
    r"(?:wifi|internet|battery|batteries|phone|remote|laptop|tablet|computer|car|plants?|flowers?|router|tv|signal|line)"
    r"(?: (?:is|has|have|are|just))* (?:dead|died|dying)",
)
"""What a text is about that only sounds like an emergency: a story, a game, the past, a broken thing."""

DANGER: Final = either(
    r"(?:ambulance|police|cops|fire ?(?:men|man|fighters|brigade|department|engine)?|fires|doctor|paramedics?"
    r"|emergency|mayday|sos"
    r"|help|911|999|112|nine one one|nine nine nine|one one two|burn(?:s|t|ed|ing)?|flames?|smoke|gas|monoxide|explo\w+"
    r"|leak\w*|flood\w*|blood|bleed\w*|bled|breath\w*|chok\w+|drown\w*|unconscious|respond\w*|collaps\w+|faint\w*"
    r"|passed out"
    r"|heart attack|heart stopped|my heart (?:is )?(?:hurts|racing|beating|killing)|heart hurts|chest|stroke"
    r"|seizure|convuls\w+"
    r"|allerg\w+|asthma|labou?r|water broke|waters|poison\w*|swallow\w*|bleach|overdose\w*|pills|tablets|battery"
    r"|drank|fell|fallen"
    r"|fall|can not (?:get up|move|feel|stand|breathe)|moving|wake up|waking|hurt\w*|injur\w+|wound\w*|pain\w*"
    r"|accident|crash\w*"
    r"|hit|shot|shoot\w*|stab\w*|knife|gun|weapon|attack\w*|kill\w*|murder\w*|kidnap\w*|rape\w*|rob\w*|thief|burglar\w*|intruder"
    r"|break\w* (?:in|into|down|the)|broke(?:n)? (?:in|into)|breaking|stranger in|threat\w*|follow\w* me"
    r"|strangl\w*|beat\w*"
    r"|trapped|stuck|danger|electr\w+|shock|dying|dead|die|died|drooping|slurred|numb|blue|lips|face|crime|explosion|urgent\w*"
    r"|hitting|slipped|cut|severed|screaming|crushed|snake|sting|stung|throat|dizzy|suffocat\w+|trying to (?:get"
    r"|break|kill)|unwell)"
)
"""The words of harm and danger: a text without any of them is no emergency."""
