"""Makes `question_kinds/word-classes.txt`: `python scripts/make_word_classes.py SmolLM2-135M-Instruct.Q4_1.gguf`.

One line is one class: words that a language model embeds alike ("lisbon", "oslo"), so that what a classifier learns
about one of them holds for the others. The words are the whole words among the model's tokens; their embeddings are
clustered by k-means on the sphere. Lines that are alike stand in one block; a line of "-" ends it, one of "=" ends a
larger one. The model is SmolLM2 135M (Allal et al. 2025, Apache-2.0). Takes a minute.
"""

import argparse
import re
from pathlib import Path
from struct import Struct, unpack_from
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.cluster.vq import kmeans2

from edge.nlu.kind_classifier import LEVELS

OUTPUT: Final = Path(__file__).with_name("question_kinds") / "word-classes.txt"

_WORD: Final = re.compile("\u0120([a-z]{2,18})")
"""A token that is a word with the blank before it."""
_EMBEDDINGS: Final = "token_embd.weight"
_TOKENS: Final = "tokenizer.ggml.tokens"
_Q8: Final = np.dtype([("scale", "<f2"), ("values", "i1", 32)])
"""A block of the tensor type Q8_0."""
_Q8_TYPE: Final = 8
_SCALARS: Final = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING: Final = 8
_ARRAY: Final = 9
_COMMON_DIRECTIONS: Final = 2
"""What tells common from rare words rather than their meanings: removed (Mu and Viswanath 2018)."""
_DIRECTIONS: Final = 100

Vectors = npt.NDArray[np.float32]


class Gguf:
    """A file in the format GGUF, version 3 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md)."""

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        self._at = 8
        tensors, values = self._scalar("Q"), self._scalar("Q")
        self.values = {self._string(): self._value(self._scalar("I")) for _ in range(values)}
        self.tensors = {}
        for _ in range(tensors):
            name = self._string()
            shape = [self._scalar("Q") for _ in range(self._scalar("I"))]
            self.tensors[name] = (shape, self._scalar("I"), self._scalar("Q"))
        alignment = int(self.values.get("general.alignment", 32))
        self._data = -(-self._at // alignment) * alignment

    def q8(self, name: str) -> Vectors:
        """The tensor as a matrix; it must be of the type Q8_0."""
        (width, height), kind, offset = self.tensors[name]
        if kind != _Q8_TYPE:
            raise SystemExit(f"{name} is no Q8_0 tensor")
        blocks = np.frombuffer(self._bytes, _Q8, width * height // 32, self._data + offset)
        return (blocks["values"] * blocks["scale"][:, None].astype(np.float32)).reshape(height, width)

    def _scalar(self, code: str) -> Any:
        (value,) = unpack_from(f"<{code}", self._bytes, self._at)
        self._at += Struct(f"<{code}").size
        return value

    def _string(self) -> str:
        length = self._scalar("Q")
        self._at += length
        return self._bytes[self._at - length : self._at].decode()

    def _value(self, kind: int) -> Any:
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY:
            inner, length = self._scalar("I"), self._scalar("Q")
            return [self._value(inner) for _ in range(length)]
        return self._scalar(_SCALARS[kind])


def embedded(model: Gguf) -> tuple[list[str], Vectors]:
    """The words and their directions, one row a word."""
    found = {it[1]: row for row, token in enumerate(model.values[_TOKENS]) if (it := _WORD.fullmatch(token))}
    vectors = model.q8(_EMBEDDINGS)[list(found.values())]
    vectors = vectors - vectors.mean(axis=0)
    common = np.linalg.svd(vectors[:8000], full_matrices=False)[2][:_COMMON_DIRECTIONS]
    vectors = unit(vectors - vectors @ common.T @ common)
    main = np.linalg.svd(vectors, full_matrices=False)[2][:_DIRECTIONS]
    return list(found), unit(vectors @ main.T)


def unit(vectors: Vectors) -> Vectors:
    """The vectors with the length 1."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


def clustered(vectors: Vectors, number: int) -> npt.NDArray[np.intp]:
    """The cluster of each vector."""
    return np.asarray(kmeans2(vectors, number, iter=30, minit="points", rng=np.random.default_rng(1))[1])


def centres(vectors: Vectors, of: npt.NDArray[np.intp], number: int) -> Vectors:
    """The direction of each cluster."""
    return unit(np.array([vectors[of == it].sum(axis=0) for it in range(number)]))


def _line(words: list[str], of_it: npt.NDArray[np.bool_]) -> str:
    return " ".join(sorted(word for word, is_of_it in zip(words, of_it, strict=True) if is_of_it))


def main() -> None:
    """Read the model, cluster, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    words, vectors = embedded(Gguf(parser.parse_args().model))
    fine, middle, coarse = LEVELS
    of_word = clustered(vectors, fine)
    centre = centres(vectors, of_word, fine)
    of_fine = clustered(centre, middle)
    of_middle = clustered(centres(centre, of_fine, middle), coarse)
    lines = []
    for large in range(coarse):
        for block in np.flatnonzero(of_middle == large):
            lines += [_line(words, of_word == line) for line in np.flatnonzero(of_fine == block)]
            lines.append("-")
        lines.append("=")
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
