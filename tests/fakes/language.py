"""The language of the tests."""

from typing import Final

from edge.nlu import open_language

ENGLISH: Final = open_language("en")
