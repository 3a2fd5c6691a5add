"""Sessions of ONNX Runtime for small models on a small board.

A provider that cannot be loaded, cannot build a model or fails while it runs costs one line in the log, and the next
one of the plan takes over; the last one is the CPU. So an accelerator may make a turn faster, and never breaks it.
"""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edge.runtime.commands import edge_voice
from edge.runtime.onnx import compute
from edge.runtime.onnx.engines import is_built, throw_away
from edge.runtime.onnx.files import MAX_MODEL_BYTES, check_file, unusable
from edge.runtime.onnx.plan import ON_CPU, ExecutionPlan, Provider, Shapes, with_shapes
from edge.runtime.onnx.providers import ProviderUnavailable, is_installed, missing_library, use
from edge.runtime.onnx.reasons import reason_of
from edge.runtime.onnx.report import Failure, InUse, Step, log_failure, note
from edge.runtime.onnx.resident import Resident, ResidentLost
from edge.runtime.onnx.runtime import ort
from edge.runtime.sandbox import may_generate_code
from edge.settings import Device, Stage

Array = npt.NDArray[Any]

NO_SHAPES: Final[Mapping[str, Shapes]] = {}

_OWN_MEMORY: Final[Mapping[Device, str]] = {"cuda": "cuda", "tensorrt": "cuda"}
"""The devices with a memory that ONNX Runtime can bind outputs to, and its name for it."""

_PER_NODE: Final = "session.record_ep_graph_assignment_info"


class Session:
    """An open model. Calls block, and come from one thread at a time."""

    def __init__(self, model: Path, name: str, plan: ExecutionPlan, threads: int) -> None:
        self._model = model
        self._name = name
        self._plan = plan
        self._threads = threads
        self._failures: list[Failure] = []
        self._left = _worth_a_try(plan.providers)
        self._session = self._open()

    def run(self, outputs: Sequence[str] | None, feeds: Mapping[str, Any]) -> list[Array]:
        """The outputs of these names, all if None, for these inputs.

        If the provider fails, the model is opened on the next one, and runs there from now on.
        """
        while True:
            try:
                return self._session.run(outputs, feeds)  # type: ignore[no-any-return] # the runtime has no types
            except Exception as error:
                if not self._left:
                    raise
                self._failed(self._provider, "run", reason_of(error))
                self._session = self._open()

    @property
    def has_own_memory(self) -> bool:
        """The device computes in other memory than the processor: what stays there is not copied for each call."""
        return self._provider.device in _OWN_MEMORY

    def run_resident(
        self, outputs: Sequence[str], feeds: Mapping[str, Array | Resident], *, stay: Container[str]
    ) -> list[Any]:
        """Like `run`, but the outputs named in `stay` are `Resident`: they remain in the memory of the device.

        If the provider fails, what is there is fetched for the next one. Raises `ResidentLost` if that is impossible;
        the next call runs on the next provider.
        """
        while True:
            try:
                return self._run_bound(outputs, feeds, stay)
            except ResidentLost:
                raise
            except Exception as error:
                if not self._left:
                    raise
                self._failed(self._provider, "run", reason_of(error))
                self._session = self._open()
                feeds = {name: _fetched(value) for name, value in feeds.items()}

    def _run_bound(
        self, outputs: Sequence[str], feeds: Mapping[str, Array | Resident], stay: Container[str]
    ) -> list[Any]:
        memory = _OWN_MEMORY.get(self._provider.device, "cpu")
        binding = self._session.io_binding()
        arrays = []  # the binding does not keep them alive
        for name, value in feeds.items():
            if isinstance(value, Resident) and value.memory == memory:
                binding.bind_ortvalue_input(name, value.value)
            else:
                arrays.append(np.ascontiguousarray(_fetched(value)))
                binding.bind_cpu_input(name, arrays[-1])
        for name in outputs:
            binding.bind_output(name, memory if name in stay else "cpu")
        self._session.run_with_iobinding(binding)
        return [
            Resident(value, memory) if name in stay else value.numpy()
            for name, value in zip(outputs, binding.get_outputs(), strict=True)
        ]

    def get_inputs(self) -> Sequence[Any]:
        """Its inputs, each with `name`, `shape` and `type`."""
        return self._session.get_inputs()  # type: ignore[no-any-return]

    def get_outputs(self) -> Sequence[Any]:
        """Its outputs, each with `name`, `shape` and `type`."""
        return self._session.get_outputs()  # type: ignore[no-any-return]

    def _open(self) -> ort.InferenceSession:
        while self._left:
            provider = self._left.pop(0)
            if provider.engines is not None and not (compute.builds_engines() or is_built(provider.engines)):
                self._failed(provider, "prepared", f"its engines are not built: {edge_voice('models build')}")
                continue
            try:
                session = _create(self._model, provider, self._threads)
            except ProviderUnavailable as reason:
                self._failed(provider, reason.step, str(reason))
            except Exception as error:
                if provider == ON_CPU:
                    raise unusable(self._name, error) from error
                if provider.engines is not None:
                    throw_away(provider.engines)
                library = missing_library(provider)
                self._failed(provider, "loaded" if library else "built", library or reason_of(error))
            else:
                self._provider = provider
                self._note(session)
                return session
        raise AssertionError  # a plan ends with the CPU, which returns or raises

    def _failed(self, provider: Provider, step: Step, reason: str) -> None:
        if step not in {"installed", "prepared"} and not may_generate_code():
            reason += "; the sandbox of the service may forbid it: docs/boards.md, As a service"
        failure = Failure(provider, step, reason)
        self._failures.append(failure)
        log_failure(self._plan.stage, failure, self._left[0].name if self._left else "")

    def _note(self, session: ort.InferenceSession) -> None:
        note(
            self,
            InUse(
                self._plan.stage,
                self._model.name,
                self._provider.device,
                self._provider.name,
                _nodes(session),
                tuple(self._failures),
            ),
        )


def open_session(
    model: Path,
    name: str,
    *,
    stage: Stage,
    threads: int = 1,
    max_bytes: int = MAX_MODEL_BYTES,
    shapes: Mapping[str, Shapes] = NO_SHAPES,
) -> Session:
    """Open a model of a stage: sequential, without spinning while it waits and without an arena of memory.

    More than one thread only where that was measured to pay. `name` appears in messages. `shapes` are the sizes of the
    inputs whose sizes vary.
    Raises `ModelError` `model-missing` or `model-invalid`.
    """
    check_file(model, max_bytes=max_bytes)
    plan = compute.plan(stage)
    plan = replace(plan, providers=tuple(with_shapes(it, shapes) for it in plan.providers))
    return Session(model, name, plan, plan.threads or threads)


def _create(model: Path, provider: Provider, threads: int) -> ort.InferenceSession:
    """Raises `ProviderUnavailable`, or whatever the runtime or the provider raises, and `RuntimeError`."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4  # a model that cannot be loaded raises; its warnings do not concern the user
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry(_PER_NODE, "1")
    create = partial(ort.InferenceSession, str(model), options, enable_fallback=0)
    named = use(provider, options)
    session = create() if named is None else create(providers=named)
    if provider.name not in session.get_providers():
        raise RuntimeError("the runtime left it out")
    return session


def _fetched(value: Array | Resident) -> Array:
    return value.fetch() if isinstance(value, Resident) else value


def _worth_a_try(providers: Sequence[Provider]) -> list[Provider]:
    """Those that are installed. If the CPU alone is, also the first one, whose failure says what to install."""
    installed = [provider for provider in providers if is_installed(provider)]
    return [providers[0], ON_CPU] if installed == [ON_CPU] != list(providers) else installed


def _nodes(session: ort.InferenceSession) -> Mapping[str, int] | None:
    """How many nodes of the optimised graph each provider runs; None where the runtime cannot tell."""
    counted: Counter[str] = Counter()
    try:
        for part in session.get_provider_graph_assignment_info():
            counted[part.ep_name] += len(part.get_nodes())
    except Exception:  # noqa: BLE001 - runtimes of before 1.24 have no such method, and others may refuse the question
        return None
    return counted or None
