"""Questions about this home, its people and the speaker itself, which no language model can answer. Pure patterns."""

import re
from typing import Final


def anywhere(*patterns: str) -> re.Pattern[str]:
    """Matches where a word of the text begins one of the patterns."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})")


OF_THE_HOME: Final = (
    (
        "chance",
        anywhere(
            r"(?:flip|toss|throw|spin) (?:me |us )?(?:a |the |another |two |\d )?(?:coins?|penny|quarter)\b"
            r"|heads or tails\b|coin (?:flip|toss)\b",
            r"(?:roll|throw|cast|toss)\b.*\b(?:die|dice|d\d+|d (?:six|twenty" r"|four|eight|ten|twelve))\b|dice roll\b",
            r"(?:pick|choose|draw|select|deal|generate|give|tell|think|name)\b.*\b(?:random|(?:number"
            r"|card)s?\b.*\b(?:between|from|up to|below|under|for|deck)|cards?\W*$|lots)\b",
            r"(?:pick|choose|draw) (?:me |us )?(?:a|one|any|some) (?:number|card|straw|winner|name|person)\b",
            r"(?:give|tell) me a number\b",
            r"random (?:number|card|name|letter|colou?r|word|person)\b",
            r"(?:pick|choose|decide)\b.* (?:someone|somebody|one of|who|for (?:me|us)|between)\b",
            r"(?:yes or no|rock paper scissors|magic (?:8|eight) ball|eeny meeny)\b",
        ),
    ),
    (
        "outside",
        anywhere(
            r"^what(?:'s| is) (?:the |my )?(?:\w+ ){1,3}(?:temperature|temp|humidity|level)\W*$",
            r"^what(?:'s| is) using (?:the |all the |so much |most )?(?:power"
            r"|electricity|energy)|^how much (?:solar|power|energy|electricity)\b.*$",
            r"\b(?:co ?2|c o ?2|carbon dioxide)\b.*\b(?:in|level)\b",
            r"(?:what's|what is|how (?:high|low|bad|good) is) the (?:humidity"
            r"|air quality|pollen count|uv(?: index)?"
            r"|air pressure"
            r"|co2(?: level)?|noise level|barometric pressure|water level|pollution)\b(?! of\b)",
            r"(?:what's|what is|what was|tell me) the temperature(?:\W*$| "
            r"(?:in|of|on|at|inside) (?:the|my|our"
            r"|this) (?!sun\b|earth|moon|universe|core|ocean|surface|human"
            r"|body|planet)| right now| now| inside"
            r"| indoors)",
            r"how (?:warm|hot|cold|humid|bright|loud|noisy|dusty) is (?:it "
            r"(?:in|at|on|up|down) (?:the|my|our|this)|my"
            r"|our|the (?:\w+ )?(?:room|house|flat|bath\w*|water|pool|oven"
            r"|fridge|freezer|kitchen|bedroom|cellar|attic"
            r"|garage|car|tea|floor))\b",
            r"what(?:'s| is) my (?:heart rate|blood pressure|weight|temperature"
            r"|location|battery|pulse|blood sugar"
            r"|speed|step count|height|address|ip)\b",
            r"how (?:many|much) (?:steps|calories|water|sleep|electricity"
            r"|energy|power|gas|heating|heat|data|money"
            r"|time|solar)\b.* (?:did|have|do|has|are|is) (?:i|we|my|our|the house|the heating)\b",
            r"how (?:well|long|much) did (?:i|we) (?:sleep|run|walk|spend|use|eat|drink)\b",
            r"where am i\b|where are we\b|what(?:'s| is) (?:my|this|our) (?:address" r"|location|city|town|street)\b",
            r"(?:in )?(?:what|which) (?:city|town|street|country|house|room"
            r"|floor|building) (?:am i|are we|is this"
            r"|do i live|do we live)\b",
            r"how (?:much|long|many) (?:battery|charge|juice) ",
        ),
    ),
    (
        "presence",
        anywhere(
            r"(?:is|was|are|were|has|did) (?:there )?(?:anyone|anybody|someone"
            r"|somebody|everyone|everybody|no ?one"
            r"|nobody|people)\b"
            r".*(?:home|here|in|outside|inside|at|there|up|awake|asleep|upstairs"
            r"|downstairs|been|come|come|call|ring"
            r"|knock|visit|ask|leave)\b",
            r"who(?:'s| is| was| came| left| has) (?:been |at |in |still )*(?:home"
            r"|here|in|upstairs|downstairs|awake"
            r"|up|asleep|outside|there|last)\b",
            r"what (?:did|does|has) (?!you\b|i\b|the\b|it\b)\w+ (?:say|said"
            r"|want|ask|asked|buy|bought|eat|do|done)\W*$"
            r"|(?:has|have) (?!you\b|i\b|the\b)\w+ (?:called|arrived|come|left|phoned|rung|eaten|written)\b",
            r"how(?:'s| is| are) (?:my|our) |where(?:'s| is| are) (?:my|our) "
            r"(?:\w+ )?(?:wife|husband|mum|mom|dad|son"
            r"|daughter|kids?|children|parents|sister|brother|family|dog|cat"
            r"|boyfriend|girlfriend|partner|baby)\b",
            r"(?<!why )(?<!how )(?:is|are|was|were|has|have|did|does) (?:the"
            r"|my|our) (?:\w+ )?(?:dog|cat|baby|kids?"
            r"|children|boys|girls|post|mail|postman|parcel|package|guests?|cleaner|babysitter"
            r"|wife|husband|mum|mom|dad|son|daughter|grandma|grandpa|neighbou?rs?|taxi|delivery|pizza)\b",
            r"what (?:did|does|has) the (?:\w+ )?(?:camera|doorbell|sensor|alarm|app)\b",
            r"what(?:'s| is) (?:burning|ringing|beeping|blinking|cooking|wrong"
            r"|that (?:noise|sound|smell|light)"
            r"|the (?:status|state) of (?:the|my|our))\b"
            r"|what(?:'s| is) (?:for|in the) (?:dinner|lunch|breakfast|tea|supper|dessert|fridge|freezer|oven"
            r"|cupboard)\b",
            r"did (?:the |my |our )?(?:\w+ )?(?:call|ring|knock|arrive|come home|come by|stop by)\b",
        ),
    ),
    (
        "itself",
        anywhere(
            r"(?:what|which|how|is|are|where|tell me|do you know)\b.*\byour (?:own )?(?:battery|ip|ip address"
            r"|mac address|address|serial number|microphones?|wi ?fi|network|processor|cpu"
            r"|memory|ram|storage|disk|uptime|temperature|location|birthday"
            r"|age|settings|hardware|firmware|hostname"
            r"|signal|connection|power|charge|load|speed"
            r"|price|weight|size|colou?r|internet|bluetooth|model|wake word|time zone)\b",
            r"(?:are|were) you (?:\w+ )?(?:connected|online|offline|plugged"
            r"|charging|charged|muted|up to date|updated"
            r"|working|broken|recording me|in the|at|on (?:wi ?fi|battery|mains|the))\b",
            r"(?:which|what) (?:\w+ )?(?:wi ?fi|network|hardware|computer"
            r"|processor|device|chip|model|port|room|board"
            r"|system|language model)\b.*\b(?:you|this)\b",
            r"how (?:long|much|many|hot|warm|fast|old|heavy|big|far|strong"
            r"|full) (?:\w+ ){0,2}?(?:are|have|do|did"
            r"|were) you(?: been| run| have| use| got| left| know|\W*$| on| running| now| today)",
            r"(?:how old|where|when) (?:are|were|do) you(?: (?:live|born|made|built|released|from|now|located"
            r"|right now|today|really|kept|stand))?\W*$",
            r"(?:is there|do you have|have you got) (?:an? |any |the )?(?:internet"
            r"|wi ?fi|network|connection|update"
            r"|updates|problem|problems|errors?)\b",
            r"what (?:did|have|had|were) (?:you|i) (?:just )?(?:say|said|do"
            r"|done|doing|ask|asked|tell|told|hear|heard"
            r"|mean|meant|play|played)\b",
            r"(?:why|how come) (?:did|do|don't|didn't|are|aren't|can't|won't|were|haven't|have) you\b"
            r"|how do you (?:work|know|feel|hear|sleep|do)\b"
            r"|what do you (?:want|think|like|love|see|hear|know|do|need|look|eat|dream)\b|(?:what|which"
            r"|how many) \w+ (?:do|can|did|have) you\b"
            r"|do you (?:have|know how|speak|understand|need|want|think|believe"
            r"|sleep|eat|dream)\b(?! (?:any |an? "
            r"|some )?(?:\w+ )?(?:ideas?|tips|advice|recipes?|"
            r"jokes?|stor(?:y|ies)|facts?|riddles?|poems?|suggestions?|songs?))|are (?:there|you) (?:any "
            r"|a )?(?:new )?(?:updates?|sure|certain|right)\b",
            r"what was (?:the |my )?(?:last|first|previous) (?:thing|question"
            r"|command|song|timer|alarm|one|request"
            r"|sentence)\b",
            r"(?:do|did|can) you (?:still )?(?:remember|recall|recogni[sz]e|forget)\b",
            r"(?:who am i|what(?:'s| is) my (?:\w+ )?(?:name|favou?rite|birthday"
            r"|phone number|password|code|wife"
            r"|husband|job)|do you know (?:me|my|who i am|where i|us)|what do you know about (?:me|us))\b",
            r"where do (?:i|we) (?:live|work|sleep)\b|who(?:'s| is) (?:listening"
            r"|speaking|talking|singing|calling"
            r"|watching)\b",
            r"(?:who|how many people) (?:did you|have you|do you) (?:talk|spoken|listen)\b",
        ),
    ),
    (
        "devices",
        anywhere(
            r"^(?:what|which) (?:devices|things|rooms|entities)\b.*\b(?:are "
            r"there|do (?:i|we|you) (?:have|know|control)|can (?:i|you|we))\b",
            r"^what can (?:i|you|we) (?:control|switch|turn on)\b|^(?:list"
            r"|show)(?: me)? (?:all |the |my )*(?:devices|rooms|things)\b",
            r"^what(?:'s| is| are) (?:in|there in) (?:the|my|our) (?:\w+ )?(?:room"
            r"|office|kitchen|bedroom|bathroom|lounge|hall|garage"
            r"|basement|house|garden)\W*$",
            r"^(?:how many|which|what|are there any|are any|is any) (?:\w+ "
            r")?(?:windows?|doors?|lights?|lamps?|blinds?|locks?|fans?)\b.*"
            r"\b(?:open|closed|shut|on|off|locked|unlocked)\b",
        ),
    ),
    (
        "settings",
        anywhere(
            r"how (?:do|can) (?:i|we) \w+(?: up| off| on| down)? (?:you|your " r"\w+|this (?:speaker|device))\W*$"
        ),
    ),
    (
        "emergency",
        anywhere(
            r"^i(?:'ve| have) (?:fallen|hurt|cut|burned|burnt)\b|^i need (?:help|a doctor|an ambulance)\b"
            r"|i can't (?:breathe|get up)\b",
            r"(?:breaking in|a burglar|an intruder|a fire|heart attack|a stroke"
            r"|smells? (?:like|of) gas|call for help"
            r"|emergency)\W*$",
        ),
    ),
)
"""Topics and their patterns, as in `edge.nlu.en.refused_questions`."""
