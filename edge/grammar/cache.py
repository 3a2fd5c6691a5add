"""Caches compiled networks on disk, so that the same templates are not compiled again at the next start.

A file is JSON, named by a hash of all its inputs. It is checked like any untrusted input; an invalid file counts as
missing.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import metadata, resources
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import structlog

from edge.grammar.network import DEAD, Call, Network, Node, Sentences, Value, ValueList
from edge.grammar.packed import PackedNodes
from edge.runtime.files import atomic_write

_log = structlog.get_logger("grammar")

MAX_BYTES = 64 * 1024 * 1024
MAX_FILES = 4
"""Files kept in the folder, for homes whose names change back and forth."""

_KINDS = frozenset({"values", "free", "number", "read", "command"})
_FORMAT = 1


def cached(folder: Path, key: str, make: Callable[[], Network]) -> Network:
    """The network with this key, read from `folder`, or compiled and saved there. An unusable folder is logged.

    `key` is the `fingerprint` of everything that `make` depends on.
    """
    path = folder / f"grammar-{key}.json"
    network = _read(path)
    if network is None:
        network = make()
        _write(path, network)
    return network


def fingerprint(parts: Iterable[object], packages: Iterable[str] = ("edge.grammar",)) -> str:
    """A key for a network compiled from `parts` (bytes, or values with an exact `repr`) by the code in `packages`.

    The key includes the source text of the packages and the version of hassil.
    """
    found = hashlib.sha256(f"{_FORMAT} {metadata.version('hassil')}".encode())
    for package in packages:
        files = (file for file in resources.files(package).iterdir() if file.name.endswith(".py"))
        parts = [*parts, *(file.read_bytes() for file in sorted(files, key=lambda file: file.name))]
    for part in parts:
        content = part if isinstance(part, bytes) else repr(part).encode()
        found.update(f"{len(content)} ".encode() + content)
    return found.hexdigest()[:32]


def _read(path: Path) -> Network | None:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
        network = _network(json.loads(content[:MAX_BYTES]))
        os.utime(path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        _log.warning("grammar-cache-invalid", file=path.name, error=type(error).__name__)
        return None
    return network


def _write(path: Path, network: Network) -> None:
    content = json.dumps(_content(network), ensure_ascii=False, separators=(",", ":")).encode()
    if len(content) > MAX_BYTES:
        return
    try:
        atomic_write(path, content)
        _remove_old(path)
    except OSError as error:
        _log.warning("grammar-cache-not-saved", error=error.strerror)


def _remove_old(kept: Path) -> None:
    """Keep this file and the most recently used others. Remove partial files left by a power cut."""
    with contextlib.suppress(OSError):
        for part in kept.parent.glob(".grammar-*.part"):
            part.unlink(missing_ok=True)
        others = [file for file in kept.parent.glob("grammar-*.json") if file != kept]
        for file in sorted(others, key=lambda file: file.stat().st_mtime)[: 1 - MAX_FILES]:
            file.unlink(missing_ok=True)


def _content(network: Network) -> dict[str, Any]:
    """The network as flat lists, because thousands of small ones are slow to read."""
    ways = [targets for node in network.nodes for targets in node.arcs.values()]
    return {
        "arcs": [len(node.arcs) for node in network.nodes],
        "characters": "".join(character for node in network.nodes for character in node.arcs),
        "widths": [len(targets) for targets in ways],
        "targets": [target for targets in ways for target in targets],
        "calls": [[number, *call] for number, node in enumerate(network.nodes) for call in node.calls],
        "ends": [[number, end] for number, node in enumerate(network.nodes) for end in node.ends],
        "start": network.start,
        "bare": network.bare,
        "lists": [[it.name, it.kind, it.start, it.reader] for it in network.lists],
        "values": [[value.out, dict(value.context)] for value in network.values],
        "sentences": [
            [it.intent, it.layer, *map(dict, (it.slots, it.requires, it.excludes, it.copies)), it.response]
            for it in network.sentences
        ],
    }


def _network(content: Any) -> Network:
    """The network, fully checked: a wrong index would be followed, and a cycle would never end."""
    values = [Value(_slot(out), _texts(context)) for out, context in content["values"]]
    sentences = [_sentences(*fields) for fields in content["sentences"]]
    lists = [ValueList(_text(name), kind, start, _text(reader)) for name, kind, start, reader in content["lists"]]
    nodes = _nodes(content)
    start, bare = _below(len(nodes), (content["start"], content["bare"]))
    _below(len(nodes), [it.start for it in lists])
    network = Network(nodes, start, bare, lists, values, sentences)
    _check_lists(network)
    _check(network, {start, bare}, len(sentences))
    _check(network, {it.start for it in lists if it.kind == "command"}, len(sentences))
    _check(network, {it.start for it in lists if it.kind not in {"command", "free"}}, len(values))
    return replace(network, nodes=PackedNodes(nodes))


def _nodes(content: Any) -> list[Node]:
    """The nodes. Checks that every arc leads to a node with a lower number."""
    arcs, widths, targets = (_numbers(content[name]) for name in ("arcs", "widths", "targets"))
    characters = _text(content["characters"])
    if not len(arcs) or arcs.sum() != len(widths) or widths.sum() != len(targets) or len(characters) != len(widths):
        raise ValueError("lists of different lengths")
    of_arcs = np.repeat(np.arange(len(arcs)), arcs)
    if (targets >= np.repeat(of_arcs, widths)).any():
        raise ValueError("a cycle")
    calls: dict[int, list[Call]] = {}
    for node, values, slot, target in content["calls"]:
        _below(node, [target])
        calls.setdefault(node, []).append(Call(values, _text(slot), target))
    ends: dict[int, list[int]] = {}
    for node, end in content["ends"]:
        ends.setdefault(node, []).append(end)
    flat = iter(targets.tolist())
    ways = [tuple(islice(flat, width)) for width in widths.tolist()]
    arcs_of = zip(characters, ways, strict=True)
    return [
        Node(dict(islice(arcs_of, count)), tuple(calls.get(number, ())), tuple(ends.get(number, ())))
        for number, count in enumerate(arcs.tolist())
    ]


def _check_lists(network: Network) -> None:
    """Check that lists call only lists with a lower number, so that no list calls itself."""
    deepest = [0]  # one more than the highest list that can be reached from each node
    for node in network.nodes[1:]:
        behind = [deepest[way] for ways in node.arcs.values() for way in ways]
        for call in node.calls:
            _below(len(network.lists), [call.values])
            behind += [call.values + 1, deepest[call.target]]
        deepest.append(max(behind, default=0))
    for number, it in enumerate(network.lists):
        if it.kind not in _KINDS or deepest[it.start] > number or (it.kind == "free") != (it.start == DEAD):
            raise ValueError("an invalid list, or a list that calls itself")


def _check(network: Network, roots: set[int], limit: int) -> None:
    """Check that every end is the number of a sentence or, in a list of values, of a value."""
    seen, waiting = set(roots), list(roots)
    while waiting:
        node = network.nodes[waiting.pop()]
        _below(limit, node.ends)
        ways = {way for ways in node.arcs.values() for way in ways}
        ways.update(call.target for call in node.calls)
        waiting += ways - seen
        seen |= ways


def _sentences(
    intent: Any, layer: Any, slots: Any, requires: Any, excludes: Any, copies: Any, response: Any
) -> Sentences:
    return Sentences(
        _text(intent),
        _below(MAX_BYTES, [layer])[0],
        {_text(name): _slot(value) for name, value in slots.items()},
        {_text(key): tuple(map(_text, wanted)) for key, wanted in requires.items()},
        {_text(key): tuple(map(_text, wanted)) for key, wanted in excludes.items()},
        _texts(copies),
        _text(response),
    )


def _below(limit: int, numbers: Any) -> tuple[int, ...]:
    found = tuple(numbers)
    for number in found:
        if type(number) is not int or not 0 <= number < limit:
            raise ValueError("an index out of range")
    return found


def _numbers(value: Any) -> npt.NDArray[np.int64]:
    numbers = np.array(value)
    if numbers.ndim != 1 or numbers.dtype != np.int64 or (numbers < 0).any():
        raise ValueError("not a list of natural numbers")
    return numbers


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _texts(value: Any) -> dict[str, str]:
    return {_text(key): _text(text) for key, text in value.items()}


def _slot(value: Any) -> Any:
    if not isinstance(value, str | int | float | None):
        raise TypeError("not a slot value")
    return value
