from collections.abc import Sequence

from edge.stt.moonshine.prior import MAX_KEPT, Prior


class Noise:
    """Scores texts by their length, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[tuple[int, ...]]] = []

    def scores(self, texts: Sequence[Sequence[int]]) -> list[float]:
        self.asked.append([tuple(text) for text in texts])
        return [-float(len(text)) for text in texts]


def test_a_text_is_scored_once() -> None:
    noise = Noise()
    prior = Prior(noise)
    assert prior.scores([(1,), (1, 2), (1,)]) == [-1, -2, -1]
    assert prior.scores([(1, 2), (3, 4, 5)]) == [-2, -3]
    assert prior.scores([(1,)]) == [-1]
    assert noise.asked == [[(1,), (1, 2)], [(3, 4, 5)]]


def test_what_is_remembered_has_a_limit() -> None:
    noise = Noise()
    prior = Prior(noise)
    for number in range(MAX_KEPT + 2):
        prior.scores([(number,)])
    assert prior.scores([(0,), (number,), (1,)]) == [-1, -1, -1]
    assert noise.asked[-1] == [(0,), (1,)]
