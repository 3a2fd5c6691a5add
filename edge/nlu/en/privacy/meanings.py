"""What the words around a number say that it is, in English. Pure."""

from collections.abc import Sequence
from typing import Final

from edge.nlu.en.privacy.words import OF_A_PERSON, UNITS, WORDS
from edge.nlu.privacy import ValueKind

_NAMES: Final[dict[str, ValueKind]] = {
    **dict.fromkeys(("card", "visa", "mastercard", "amex", "maestro", "cc", "cvv", "cvc"), ValueKind.CARD),
    **dict.fromkeys(
        ("account", "acct", "iban", "routing", "aba", "swift", "bic", "policy", "customer", "membership", "member"),
        ValueKind.ACCOUNT,
    ),
    **dict.fromkeys(
        (
            "passport", "ssn", "license", "licence", "nino", "nhs", "medicare", "medicaid", "tin", "itin", "utr",
            "ein", "taxpayer", "cpf", "dni", "nif", "nie", "pesel", "personnummer", "aadhaar", "visa number",
        ),
        ValueKind.DOCUMENT,
    ),
    **dict.fromkeys(
        ("pin", "passcode", "code", "codes", "combination", "keypad", "otp", "padlock"), ValueKind.CODE
    ),
    **dict.fromkeys(
        (
            "phone", "telephone", "mobile", "cell", "cellphone", "landline", "call", "ring", "dial", "text", "sms",
            "whatsapp", "fax", "tel", "pager", "hotline", "extension", "reach",
        ),
        ValueKind.PHONE,
    ),
    **dict.fromkeys(("plate", "plates", "registration", "reg", "numberplate"), ValueKind.PLATE),
    **dict.fromkeys(("postcode", "zip", "zipcode", "eircode"), ValueKind.ADDRESS),
    **dict.fromkeys(("latitude", "longitude", "coordinates"), ValueKind.COORDINATES),
    **dict.fromkeys(("dob", "birthdate"), ValueKind.BIRTH_DATE),
    **dict.fromkeys(("password", "passphrase", "username", "login"), ValueKind.LOGIN),
}  # fmt: skip
"""Single words that name a private number."""

_PAIRS: Final[dict[tuple[str, str], ValueKind | None]] = {
    ("sort", "code"): ValueKind.ACCOUNT,
    ("bank", "code"): ValueKind.ACCOUNT,
    ("post", "code"): ValueKind.ADDRESS,
    ("postal", "code"): ValueKind.ADDRESS,
    ("zip", "code"): ValueKind.ADDRESS,
    ("house", "number"): ValueKind.ADDRESS,
    ("po", "box"): ValueKind.ADDRESS,
    ("p", "box"): ValueKind.ADDRESS,
    ("mac", "address"): ValueKind.MAC,
    ("ip", "address"): ValueKind.IP,
    ("social", "security"): ValueKind.DOCUMENT,
    ("security", "number"): ValueKind.DOCUMENT,
    ("national", "insurance"): ValueKind.DOCUMENT,
    ("insurance", "number"): ValueKind.DOCUMENT,
    ("tax", "number"): ValueKind.DOCUMENT,
    ("tax", "id"): ValueKind.DOCUMENT,
    ("vat", "number"): ValueKind.DOCUMENT,
    ("id", "number"): ValueKind.DOCUMENT,
    ("id", "card"): ValueKind.DOCUMENT,
    ("identity", "card"): ValueKind.DOCUMENT,
    ("record", "number"): ValueKind.DOCUMENT,
    **{(whose, "flight"): ValueKind.BOOKING for whose in ("my", "our", "his", "her", "their")},
    **{
        (of, what): ValueKind.BOOKING
        for of in ("flight", "booking", "reservation", "confirmation", "tracking", "order", "ticket", "reference")
        for what in ("number", "reference", "code")
    },
    ("license", "plate"): ValueKind.PLATE,
    ("licence", "plate"): ValueKind.PLATE,
    ("my", "number"): ValueKind.PHONE,
    ("his", "number"): ValueKind.PHONE,
    ("her", "number"): ValueKind.PHONE,
    ("their", "number"): ValueKind.PHONE,
    ("our", "number"): ValueKind.PHONE,
    ("security", "code"): ValueKind.CODE,
    ("area", "code"): ValueKind.PHONE,
    ("access", "code"): ValueKind.CODE,
    ("user", "name"): ValueKind.LOGIN,
    ("date", "birth"): ValueKind.BIRTH_DATE,
    **{
        (of, "code"): None
        for of in (
            "error", "status", "http", "exit", "return", "country", "colour", "color", "hex", "building", "dress",
            "source", "morse", "discount", "hamming", "unicode", "ascii", "airport", "response", "dialling", "dialing",
        )
    },
    ("phone", "case"): None,
    ("bowling", "pin"): None,
    ("playing", "card"): None,
    ("graphics", "card"): None,
}  # fmt: skip
"""Pairs of words, with "of" and "number" between them left out; None: it names no private number."""

_BETWEEN: Final = frozenset({"of", "o", ".", "'", "s", "-"})
_ENDS: Final = frozenset({",", "and", "but", "or", "so"})
_IS: Final = frozenset({"is", "was", "are", "as", "be"})
_NEAR: Final = 4
_CURRENCIES: Final = frozenset({"$", "€", "£", "¥", "₹"})
_COUNTED: Final = WORDS["meanings_counted"]
_CALCULATES: Final = WORDS["meanings_calculates"]


def meaning(before: Sequence[str], after: Sequence[str]) -> ValueKind | None:
    """See `PrivacyRules.meaning`."""
    found = _nearest(before)
    if found is not None:
        return found
    if _IS & set(before[-1:]):  # "is 1234 a good PIN"
        return _nearest(after[:_NEAR])
    for at, word in enumerate(after):  # "... is my PIN"
        if word in _IS or (at == 0 and word in {"for", "opens", "unlocks"}):
            if word in {"opens", "unlocks"}:
                return ValueKind.CODE
            return _nearest(after[at + 1 :]) if OF_A_PERSON & set(after[at + 1 :]) or "the" in after else None
        if word in _ENDS:
            break
    return None


def counts(before: Sequence[str], after: Sequence[str]) -> bool:
    """See `PrivacyRules.counts`."""
    if any(word in _CURRENCIES or word in _CALCULATES for word in before[-2:]):
        return True
    return any(word in UNITS or word in _COUNTED or word in _CURRENCIES for word in after[:2])


def _nearest(words: Sequence[str]) -> ValueKind | None:
    """The private number that the last words name."""
    plain = [word for word in words if word not in _BETWEEN]
    for at in range(len(plain) - 1, -1, -1):
        pair = (plain[at - 1], plain[at]) if at else ("", plain[at])
        if pair in _PAIRS:
            return _PAIRS[pair]
        if plain[at] in _NAMES:
            return _NAMES[plain[at]]
    return None
