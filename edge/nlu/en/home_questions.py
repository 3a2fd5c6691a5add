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
            r"(?:roll|throw|cast|toss)\b.*\b(?:die|dice|d\d+|d (?:six|twenty|four|eight|ten|twelve))\b|dice roll\b",
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
            r"(?:what's|what is|how (?:high|low|bad|good) is) the (?:humidity|air quality|pollen count|uv(?: index)?"
            r"|air pressure"
            r"|co2(?: level)?|noise level|barometric pressure|water level|pollution)\b(?! of\b)",
            r"(?:what's|what is|what was|tell me) the temperature(?:\W*$| (?:in|of|on|at|inside) (?:the|my|our"
            r"|this) (?!sun\b|earth|moon|universe|core|ocean|surface|human|body|planet)| right now| now| inside"
            r"| indoors)",
            r"how (?:warm|hot|cold|humid|bright|loud|noisy|dusty) is (?:it (?:in|at|on|up|down) (?:the|my|our|this)|my"
            r"|our|the (?:\w+ )?(?:room|house|flat|bath\w*|water|pool|oven|fridge|freezer|kitchen|bedroom|cellar|attic"
            r"|garage|car|tea|floor))\b",
            r"what(?:'s| is) my (?:heart rate|blood pressure|weight|temperature|location|battery|pulse|blood sugar"
            r"|speed|step count|height|address|ip)\b",
            r"how (?:many|much) (?:steps|calories|water|sleep|electricity|energy|power|gas|heating|heat|data|money"
            r"|time|solar)\b.* (?:did|have|do|has|are|is) (?:i|we|my|our|the house|the heating)\b",
            r"how (?:well|long|much) did (?:i|we) (?:sleep|run|walk|spend|use|eat|drink)\b",
            r"where am i\b|where are we\b|what(?:'s| is) (?:my|this|our) (?:address|location|city|town|street)\b",
            r"(?:in )?(?:what|which) (?:city|town|street|country|house|room|floor|building) (?:am i|are we|is this"
            r"|do i live|do we live)\b",
            r"how (?:much|long|many) (?:battery|charge|juice) ",
        ),
    ),
    (
        "presence",
        anywhere(
            r"(?:is|was|are|were|has|did) (?:there )?(?:anyone|anybody|someone|somebody|everyone|everybody|no ?one"
            r"|nobody|people)\b"
            r".*(?:home|here|in|outside|inside|at|there|up|awake|asleep|upstairs|downstairs|been|come|come|call|ring"
            r"|knock|visit|ask|leave)\b",
            r"who(?:'s| is| was| came| left| has) (?:been |at |in |still )*(?:home|here|in|upstairs|downstairs|awake"
            r"|up|asleep|outside|there|last)\b",
            r"what (?:did|does|has) (?!you\b|i\b|the\b|it\b)\w+ (?:say|said|want|ask|asked|buy|bought|eat|do|done)\W*$"
            r"|(?:has|have) (?!you\b|i\b|the\b)\w+ (?:called|arrived|come|left|phoned|rung|eaten|written)\b",
            r"how(?:'s| is| are) (?:my|our) |where(?:'s| is| are) (?:my|our) (?:\w+ )?(?:wife|husband|mum|mom|dad|son"
            r"|daughter|kids?|children|parents|sister|brother|family|dog|cat|boyfriend|girlfriend|partner|baby)\b",
            r"(?<!why )(?<!how )(?:is|are|was|were|has|have|did|does) (?:the|my|our) (?:\w+ )?(?:dog|cat|baby|kids?"
            r"|children|boys|girls|post|mail|postman|parcel|package|guests?|cleaner|babysitter"
            r"|wife|husband|mum|mom|dad|son|daughter|grandma|grandpa|neighbou?rs?|taxi|delivery|pizza)\b",
            r"what (?:did|does|has) the (?:\w+ )?(?:camera|doorbell|sensor|alarm|app)\b",
            r"what(?:'s| is) (?:burning|ringing|beeping|blinking|cooking|wrong|that (?:noise|sound|smell|light)"
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
            r"|memory|ram|storage|disk|uptime|temperature|location|birthday|age|settings|hardware|firmware|hostname"
            r"|signal|connection|power|charge|load|speed"
            r"|price|weight|size|colou?r|internet|bluetooth|model|wake word|time zone)\b",
            r"(?:are|were) you (?:\w+ )?(?:connected|online|offline|plugged|charging|charged|muted|up to date|updated"
            r"|working|broken|recording me|in the|at|on (?:wi ?fi|battery|mains|the))\b",
            r"(?:which|what) (?:\w+ )?(?:wi ?fi|network|hardware|computer|processor|device|chip|model|port|room|board"
            r"|system|language model)\b.*\b(?:you|this)\b",
            r"how (?:long|much|many|hot|warm|fast|old|heavy|big|far|strong|full) (?:\w+ ){0,2}?(?:are|have|do|did"
            r"|were) you(?: been| run| have| use| got| left| know|\W*$| on| running| now| today)",
            r"(?:how old|where|when) (?:are|were|do) you(?: (?:live|born|made|built|released|from|now|located"
            r"|right now|today|really|kept|stand))?\W*$",
            r"(?:is there|do you have|have you got) (?:an? |any |the )?(?:internet|wi ?fi|network|connection|update"
            r"|updates|problem|problems|errors?)\b",
            r"what (?:did|have|had|were) (?:you|i) (?:just )?(?:say|said|do|done|doing|ask|asked|tell|told|hear|heard"
            r"|mean|meant|play|played)\b",
            r"(?:why|how come) (?:did|do|don't|didn't|are|aren't|can't|won't|were|haven't|have) you\b"
            r"|how do you (?:work|know|feel|hear|sleep|do)\b"
            r"|what do you (?:want|think|like|love|see|hear|know|do|need|look|eat|dream)\b|(?:what|which"
            r"|how many) \w+ (?:do|can|did|have) you\b"
            r"|do you (?:have|know how|speak|understand|need|want|think|believe|sleep|eat|dream)\b(?! (?:any |an? "
            r"|some )?(?:\w+ )?(?:ideas?|tips|advice|recipes?|"
            r"jokes?|stor(?:y|ies)|facts?|riddles?|poems?|suggestions?|songs?))|are (?:there|you) (?:any "
            r"|a )?(?:new )?(?:updates?|sure|certain|right)\b",
            r"what was (?:the |my )?(?:last|first|previous) (?:thing|question|command|song|timer|alarm|one|request"
            r"|sentence)\b",
            r"(?:do|did|can) you (?:still )?(?:remember|recall|recogni[sz]e|forget)\b",
            r"(?:who am i|what(?:'s| is) my (?:\w+ )?(?:name|favou?rite|birthday|phone number|password|code|wife"
            r"|husband|job)|do you know (?:me|my|who i am|where i|us)|what do you know about (?:me|us))\b",
            r"where do (?:i|we) (?:live|work|sleep)\b|who(?:'s| is) (?:listening|speaking|talking|singing|calling"
            r"|watching)\b",
            r"(?:who|how many people) (?:did you|have you|do you) (?:talk|spoken|listen)\b",
        ),
    ),
    (
        "settings",
        anywhere(r"how (?:do|can) (?:i|we) \w+(?: up| off| on| down)? (?:you|your \w+|this (?:speaker|device))\W*$"),
    ),
    (
        "emergency",
        anywhere(
            r"^i(?:'ve| have) (?:fallen|hurt|cut|burned|burnt)\b|^i need (?:help|a doctor|an ambulance)\b"
            r"|i can't (?:breathe|get up)\b",
            r"(?:breaking in|a burglar|an intruder|a fire|heart attack|a stroke|smells? (?:like|of) gas|call for help"
            r"|emergency)\W*$",
        ),
    ),
)
"""Topics and their patterns, as in `edge.nlu.en.refused_questions`."""
