"""Check digits and ranges that tell real numbers of one kind from others. Pure."""

import ipaddress
import re
from typing import Final

_CARD_DIGITS: Final = range(12, 20)
_IBAN: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_NINE: Final = 9
_MAC_DIGITS: Final = 12


def is_card(digits: str) -> bool:
    """Whether they are 12 to 19 digits with a check digit of the Luhn algorithm (ISO/IEC 7812-1, annex B)."""
    if len(digits) not in _CARD_DIGITS or not digits.isdecimal():
        return False
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (1 + place % 2)
        total += value - _NINE if value > _NINE else value
    return total % 10 == 0


def is_iban(text: str) -> bool:
    """An IBAN in upper case without blanks: the remainder of ISO 7064 MOD 97-10 is 1 (ISO 13616)."""
    if not _IBAN.fullmatch(text):
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def is_ip(text: str) -> bool:
    """An IP address of version 4 or 6."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def is_mac(text: str) -> bool:
    """Six bytes in hexadecimal digits, with "-", ":" or "." between them or with nothing."""
    plain = re.sub(r"[-:. ]", "", text)
    return len(plain) == _MAC_DIGITS and all(char in "0123456789abcdefABCDEF" for char in plain)
