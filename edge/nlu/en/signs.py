"""Symbols and special letters as they are read in English."""

from typing import Final

_APOSTROPHES: Final = {"\u2019": "'", "\u02bc": "'", "`": "'"}
_SYMBOLS: Final = {
    "%": " percent ",
    "\u00b0": " degrees ",
    "&": " and ",
    "\u2044": "/",
    "\u00bd": " 1/2 ",
    "\u00bc": " 1/4 ",
    "\u00be": " 3/4 ",
}
_LETTERS: Final = {
    "\u00df": "ss",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u00f8": "o",
    "\u0142": "l",
    "\u0111": "d",
    "\u00fe": "th",
}
"""Letters that Unicode decomposition does not change."""

SIGNS: Final = str.maketrans(_APOSTROPHES | _SYMBOLS)
LETTERS: Final = str.maketrans(_LETTERS)
SIGNS_AND_LETTERS: Final = SIGNS | LETTERS
"""Tables for `str.translate`; letters in lower case."""
