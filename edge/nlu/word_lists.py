"""Lists of words from a TOML file beside the code that reads them: a name and its words, with blanks between them."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files


def read_word_lists(package: str, name: str) -> Mapping[str, frozenset[str]]:
    """The lists of the file `name` in a package. A list that stands under several keys is the words of all of them."""
    lists: dict[str, frozenset[str]] = {}
    for key, value in tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8")).items():
        texts = value.values() if isinstance(value, dict) else (value,)
        lists[key] = frozenset(word for text in texts for word in text.split())
    return lists


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())
