"""The code that the owner speaks before a way into the home is opened: checked, and locked after wrong tries."""

import hmac
from pathlib import Path
from typing import Final, Literal

from pydantic import SecretStr

from edge.errors import SettingsError
from edge.runtime.clock import Clock
from edge.runtime.secrets import read_secret

CREDENTIAL: Final = "home-code"

TRIES: Final = 3
LOCKED_S: Final = 300.0
DIGITS: Final = (4, 8)
"""The least and the most digits of a code."""


def read_code(file: Path | None) -> SecretStr | None:
    """The code in `file`, otherwise the credential; None if neither is given.

    Raises `SettingsError` as `read_secret` does, and "code-invalid"; the code is never part of an error.
    """
    code = read_secret(CREDENTIAL, file)
    if code is not None and not is_code(code.get_secret_value()):
        where = file or f"the credential {CREDENTIAL}"
        raise SettingsError("code-invalid", f"{where} does not hold 4 to 8 digits", "write only the digits into it")
    return code


def is_code(text: str) -> bool:
    """Whether a text has the form of a code."""
    return text.isascii() and text.isdigit() and DIGITS[0] <= len(text) <= DIGITS[1]


class Code:
    """The code, and the tries so far. On the event loop only."""

    def __init__(self, code: SecretStr | None, clock: Clock) -> None:
        """`code` None: there is none, so that no try can be right."""
        self._code = code
        self._clock = clock
        self._wrong = 0
        self._locked_until = 0.0

    @property
    def is_set(self) -> bool:
        """Whether there is a code."""
        return self._code is not None

    @property
    def locked(self) -> bool:
        """Whether no code is taken now."""
        return self._clock.monotonic() < self._locked_until

    def enter(self, digits: str) -> Literal["right", "wrong", "locked"]:
        """One try. The third wrong one in a row locks the code for five minutes; then nothing is compared."""
        if self._code is None or self.locked:
            return "locked"
        if hmac.compare_digest(digits.encode(), self._code.get_secret_value().encode()):
            self._wrong = 0
            return "right"
        self._wrong += 1
        if self._wrong < TRIES:
            return "wrong"
        self._wrong = 0
        self._locked_until = self._clock.monotonic() + LOCKED_S
        return "locked"
