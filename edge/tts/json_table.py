"""Look-ups in large JSON dictionaries without parsing them into Python objects."""

import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

BLOCK_BYTES = 512
BLOCK_ENTRIES = 4

_KEY = re.compile(rb'"((?:[^"\\]|\\.)*+)":')


class JsonTable:
    """Look-ups in one JSON object that is kept as text, divided into small blocks.

    A look-up finds its block by bisection and parses it, which takes about 10 us. 90,000 words with their
    pronunciations take 3 MB instead of 20, and nothing is parsed at the start. The object must be in the format of
    `json.dumps` without white space and with `ensure_ascii=False`.
    """

    def __init__(self, document: bytes, starts: Sequence[int]) -> None:
        """Use `sorted_words` or `objects`. `starts`: the offsets of the blocks, the first is 1."""
        keys = [_KEY.match(document, start) for start in starts]
        self._first_keys = [key[1] for key in keys if key]
        if len(self._first_keys) < len(keys) or any(a >= b for a, b in pairwise(self._first_keys)):
            message = "not a JSON object with sorted keys, written without white space"
            raise ValueError(message)
        self._document = document
        self._starts = [*starts, len(document)]

    @classmethod
    def sorted_words(cls, document: bytes) -> "JsonTable":
        """A table over an object whose keys are sorted by their bytes; values are strings or objects, and no key or
        string contains a brace. Raises `ValueError` if it detects a violation.
        """  # noqa: D205 - one sentence
        starts = [1]
        while (cut := document.find(b',"', starts[-1] + BLOCK_BYTES)) >= 0:
            start = starts[-1]
            if document.rfind(b"{", start, cut) > document.rfind(b"}", start, cut):  # inside a value
                cut = document.find(b'},"', cut) + 1
                if not cut:
                    break
            starts.append(cut + 1)
        return cls(document, starts)

    @classmethod
    def objects(cls, document: bytes) -> "JsonTable":
        """A table over an object of objects of numbers, in any order. Raises `ValueError` if it is not one."""
        entries = document[1:-2].split(b"},")
        entries.sort(key=_key_of_object)
        starts = list(accumulate((len(entry) + 2 for entry in entries), initial=1))[:-1:BLOCK_ENTRIES]
        return cls(b"{" + b"},".join(entries) + b"}}", starts)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of `key`, or `default`."""
        written = json.dumps(key, ensure_ascii=False)[1:-1].encode(errors="surrogatepass")
        block = bisect_right(self._first_keys, written) - 1
        if block < 0:
            return default
        entries = self._document[self._starts[block] : self._starts[block + 1] - 1]
        if b'"' + written + b'":' not in entries:
            return default
        return json.loads(b"{" + entries + b"}").get(key, default)


def _key_of_object(entry: bytes) -> bytes:
    key = _KEY.match(entry)
    if key is None or entry[key.end() : key.end() + 1] != b"{":
        message = "not a JSON object of objects, written without white space"
        raise ValueError(message)
    return key[1]
