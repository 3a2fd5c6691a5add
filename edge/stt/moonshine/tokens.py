"""Moonshine's vocabulary: byte strings, and the two marks around an utterance.

`tokenizer.bin` stores them one after another, each preceded by its length: one byte, or, when that byte is 128 or more,
two bytes that mean `first - 128 + second * 128`. A word begins with U+2581, as in SentencePiece (Kudo and Richardson
2018, https://arxiv.org/abs/1808.06226).
"""

from collections.abc import Iterable
from pathlib import Path

from edge.errors import ModelError

BEGIN = 1
END = 2

_SPACE = "\u2581".encode()
_LONG = 0x80
_MAX_BYTES = 16 * 1024 * 1024
_MARKS = 3


class Vocabulary:
    """Token numbers to text."""

    def __init__(self, tokens: list[bytes]) -> None:
        self._tokens = tokens

    def __len__(self) -> int:
        return len(self._tokens)

    @classmethod
    def read(cls, path: Path) -> "Vocabulary":
        """The vocabulary in a file. Raises `ModelError` `model-missing` or `model-invalid`."""
        try:
            if not 0 < path.stat().st_size <= _MAX_BYTES:
                raise _invalid(path)
            packed = path.read_bytes()
        except OSError as error:
            message = f"{path}: {error.strerror}"
            raise ModelError("model-missing", message, "run `edge-voice models verify`") from error
        try:
            return cls(unpack(packed))
        except ValueError as error:
            raise _invalid(path) from error

    def text(self, tokens: Iterable[int]) -> str:
        """The text of the tokens, without marks and outer spaces; invalid UTF-8 becomes U+FFFD."""
        spelled = b"".join(self._tokens[token] for token in tokens if _MARKS <= token < len(self._tokens))
        return spelled.replace(_SPACE, b" ").decode("utf-8", errors="replace").strip()

    def spelled(self) -> list[str]:
        """The text of each token, a word's beginning with a space; '' for marks and parts of a character."""
        texts = [token.replace(_SPACE, b" ").decode("utf-8", errors="replace") for token in self._tokens]
        return ["" if number < _MARKS or "\ufffd" in text else text for number, text in enumerate(texts)]


def unpack(packed: bytes) -> list[bytes]:
    """The byte strings of a `tokenizer.bin`. Raises `ValueError` when it ends within one."""
    tokens = []
    place = 0
    while place < len(packed):
        length = packed[place]
        place += 1
        if length >= _LONG:
            if place >= len(packed):
                message = "cut off within a length"
                raise ValueError(message)
            length += packed[place] * _LONG - _LONG
            place += 1
        if place + length > len(packed):
            message = "cut off within a token"
            raise ValueError(message)
        tokens.append(packed[place : place + length])
        place += length
    return tokens


def pack(tokens: Iterable[bytes]) -> bytes:
    """The inverse of `unpack`, for tools that make vocabularies. A token has at most 32767 bytes."""
    packed = bytearray()
    for token in tokens:
        length = len(token)
        packed += bytes([length] if length < _LONG else [length % _LONG + _LONG, length // _LONG]) + token
    return bytes(packed)


def _invalid(path: Path) -> ModelError:
    return ModelError("model-invalid", f"{path} is not a Moonshine vocabulary", "run `edge-voice models verify`")
