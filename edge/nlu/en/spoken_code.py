"""The code of the home as it is spoken in English: "one two three four", "my code is twelve thirty-four". Pure."""

import re
from typing import Final

from edge.nlu.en.normalise import normalise

_AROUND: Final = re.compile(
    r"^(?:(?:(?:yes|ok|okay|it|it's|its|it is|here|here it is|and|my|the|our|is|to unlock)(?: |$))*"
    r"(?:(?:secret |door |unlock )?(?:code|pin|passcode|password|number|pass)(?: (?:number|code))?(?: |$))?"
    r"(?:(?:is|it's|it is|of)(?: |$))?)*"
)
_POLITE: Final = re.compile(r"(?: (?:please|thanks|thank you))+$")
_ZEROS: Final = frozenset({"oh", "o", "nought", "naught", "zero", "null"})
_SOUND_ALIKE: Final = {"to": "2", "too": "2", "for": "4", "fore": "4", "won": "1", "ate": "8"}
"""What a recogniser writes for a digit among digits."""

_TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
_RUN: Final = re.compile(r"[0-9]+(?:[ .:,/-]*(?:double |triple |treble )?(?:oh |[0-9]+))*")
_TELLS: Final = re.compile(r"\b(?:unlock|unlocks|open|disarm|code|pin|passcode|password)\b")
_FEWEST, _MOST = 4, 8


def spoken_code(text: str) -> str:
    """See `Language.spoken_code`."""
    words = _POLITE.sub("", _AROUND.sub("", normalise(text))).replace(":", " ").replace(".", " ").split()
    found = ""
    times, sure = 1, 0
    for word in words:
        if word in _TIMES and times == 1:
            times = _TIMES[word]
            continue
        digits = "0" if word in _ZEROS else _SOUND_ALIKE.get(word, word)
        if not (digits.isascii() and digits.isdigit()) or (times > 1 and len(digits) != 1):
            return ""
        sure += len(digits) * times if word not in _SOUND_ALIKE else 0
        found += digits * times
        times = 1
    is_code = times == 1 and _FEWEST <= len(found) <= _MOST and 2 * sure >= len(found)
    return found if is_code else ""


def tells_code(text: str, *, asked: bool = False) -> bool:
    """See `Language.tells_code`."""
    if spoken_code(text):
        return True
    said = normalise(text)
    longest = max((sum(map(str.isdigit, run)) for run in _RUN.findall(said)), default=0)
    return longest >= _FEWEST and (asked or bool(_TELLS.search(said)))
