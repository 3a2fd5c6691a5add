"""What really runs where: for each open model its provider and the nodes of its graph that the provider took."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from edge.compute_settings import Device, Stage
from edge.runtime.onnx.plan import CPU
from edge.runtime.onnx.runtime import ort


@dataclass(frozen=True, slots=True)
class InUse:
    """One open model. `nodes` of its graph by the name of the provider that runs them; `instead_of`: what failed."""

    stage: Stage
    model: str
    device: Device
    nodes: Mapping[str, int]
    instead_of: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share of the nodes, 0 to 1, that runs on the device; 1 on the CPU."""
        total = sum(self.nodes.values())
        return 1.0 if self.device == "cpu" or not total else 1 - self.nodes.get(CPU, 0) / total


_lock = threading.Lock()
_in_use: dict[int, InUse] = {}


def providers_in_use() -> list[InUse]:
    """The open models of this process, in the order in which they were opened."""
    with _lock:
        return list(_in_use.values())


def note(owner: int, model: InUse) -> None:
    """`owner`, the identity of a session, runs this now."""
    with _lock:
        _in_use[owner] = model


def drop(owner: int) -> None:
    """The session is gone."""
    with _lock:
        _in_use.pop(owner, None)


def nodes_of(session: ort.InferenceSession) -> dict[str, int]:
    """How many nodes of the optimised graph each provider runs."""
    counted: Counter[str] = Counter()
    for part in session.get_provider_graph_assignment_info():
        counted[part.ep_name] += len(part.get_nodes())
    return dict(counted)
