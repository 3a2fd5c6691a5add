"""The conditions (`requires_context`, `excludes_context`) and slots of hassil's sentence blocks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hassil import TextSlotList

Facts = Mapping[str, tuple[str, ...]]
"""The values of each fact that meet a condition; an empty tuple stands for any value."""


def wanted_facts(conditions: Mapping[str, Any]) -> Facts:
    """The conditions in one common form."""
    return {key: _values(wanted) for key, wanted in conditions.items()}


def fixed_slots(block: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """The slots that a sentence block always sets, and the facts that it copies to slots, {fact: slot}."""
    copies: dict[str, str] = {}
    for key, wanted in block.requires_context.items():
        slot = wanted.get("slot") if isinstance(wanted, Mapping) else None
        if slot:
            copies[key] = slot if isinstance(slot, str) else key
    return dict(block.slots), copies


def kept_values(values: Iterable[Any], requires: Facts, excludes: Facts) -> list[Any]:
    """The values of a list whose facts do not contradict the conditions."""
    return [value for value in values if _fits(value.context or {}, requires, excludes)]


def values_by_fact(values: Iterable[Any]) -> Sequence[Sequence[Any]]:
    """Values grouped by their facts. A condition keeps or drops whole groups."""
    groups: dict[object, list[Any]] = {}
    for value in values:
        key = tuple(sorted((fact, str(wanted)) for fact, wanted in (value.context or {}).items()))
        groups.setdefault(key, []).append(value)
    return list(groups.values())


def gives_fact(lists: Iterable[Any], key: str) -> bool:
    """Whether a value of one of the lists has the fact `key`."""
    texts = (values for values in lists if isinstance(values, TextSlotList))
    return any(key in (value.context or {}) for values in texts for value in values.values)


def _fits(facts: Mapping[str, Any], requires: Facts, excludes: Facts) -> bool:
    return all(
        not wanted or key not in facts or str(facts[key]) in wanted for key, wanted in requires.items()
    ) and not (any(key in facts and str(facts[key]) in wanted for key, wanted in excludes.items()))


def _values(wanted: Any) -> tuple[str, ...]:
    if isinstance(wanted, Mapping):
        wanted = wanted.get("value")
    if wanted is None:
        return ()
    return (str(wanted),) if isinstance(wanted, str | int | float) else tuple(str(value) for value in wanted)
