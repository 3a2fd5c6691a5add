"""English numbers as nodes of a grammar's network. Pure."""

from collections.abc import Iterable

from edge.grammar.network import Builder
from edge.nlu.en.numbers import MAX_SAID, SCALES, number_forms, said_behind, said_forms

_HUNDRED, _THOUSAND = SCALES.values()


def number_network(builder: Builder, numbers: Iterable[float], target: int) -> int:
    """The node from which all forms of the `numbers` lead to `target`."""
    large: dict[int, list[int]] = {}
    texts: list[tuple[str, int]] = []
    for number in dict.fromkeys(numbers):
        if number == int(number) and _THOUSAND <= number < MAX_SAID:
            large.setdefault(int(number) // _THOUSAND, []).append(int(number) % _THOUSAND)
        elif number < MAX_SAID:
            texts += [(form, target) for form in number_forms(number)]
    behind: dict[tuple[int, ...], tuple[int, int]] = {}
    for thousands, rests in large.items():
        key = tuple(rests)
        if key not in behind:
            behind[key] = _behind_thousands(builder, rests, target)
        written, said = behind[key]
        heads = (str(thousands), *said_forms(thousands), *(("a", "") if thousands == 1 else ()))
        texts += [(str(thousands), written), *((f"{head} thousand".strip(), said) for head in heads)]
        for rest in rests:
            hundreds, ones = divmod(thousands * _THOUSAND + rest, _HUNDRED)
            if not ones and hundreds < _HUNDRED and hundreds % 10:
                texts.append((f"{said_forms(hundreds)[0]} hundred", target))
    return builder.tree(texts)


def _behind_thousands(builder: Builder, rests: Iterable[int], target: int) -> tuple[int, int]:
    """The nodes after the digits of the thousands, and after "thousand"."""
    written: list[tuple[str, int]] = []
    said: list[tuple[str, int]] = []
    for rest in rests:
        written += [(f"{rest:03}", target), (f" {rest:03}", target)]
        joints = (" ", " and ") if rest < _HUNDRED else (" ",)
        said += [(joint + form, target) for joint in joints for form in said_behind(rest)] if rest else [("", target)]
    return builder.tree(written), builder.tree(said)
