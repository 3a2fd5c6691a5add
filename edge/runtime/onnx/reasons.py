"""What runtimes and providers say about their failures, made readable. Pure."""

import re
from typing import Final

_READ: Final = 4000
_MAX_REASON: Final = 200

_CODE: Final = re.compile(r"\[ONNXRuntimeError\] : \d+ : \w+ : ")
_PLACE: Final = re.compile(  # a file of the sources and a line, and the function, which may be a template
    r".*/\S+\.(?:cc|cpp|h):\d+ [^()]*(?:\([^()]*\))+(?: const)?(?: \[with .*?\](?= [\[A-Z]))? ?"
)
_NOISE: Final = re.compile(
    r"Exception from \S+:\d+: | at \S+\.cpp:\d+(?=:)|Failed to load library \S+ with error: |^\[OpenVINO-EP\] "
    r"|Non-zero status code returned while running .*? Status Message: "
)


def reason_of(error: Exception) -> str:
    """What an exception of the runtime or of a provider says, in one short line, without places in their sources."""
    text = _CODE.sub("", " ".join(str(error)[:_READ].split()))
    place = _PLACE.match(text)
    text = text if place is None else text[place.end() :]
    return _NOISE.sub("", text)[:_MAX_REASON] or type(error).__name__
