"""Which chat model `[llm] model = "auto"` stands for: the best one that this machine has the memory and the speed for.

The speed is that measured by `edge-voice tune`; before that, the profile of the board says what to expect.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from edge.hardware.tuned import chat_speeds
from edge.runtime.free_memory import free_memory
from edge.settings import AUTO, LlmSettings
from edge.store.manifest import QuestionKind
from edge.store.store import ModelStore

UNMEASURED: Final = frozenset[QuestionKind]({"creative", "smalltalk"})
"""What a model of the store is asked that was not measured: nothing that it could state falsely."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`fetch_from` and `run_from` are bytes of free memory.

    A model is worth its download with room to spare. Once installed, it stays in use down to what it needs, so that the
    choice does not change from one start to the next.
    """

    name: str
    fetch_from: int
    run_from: int

    def fits(self, free: int, *, here: bool) -> bool:
        """Whether it may be fetched, or run where it is `here`, with this many bytes of free memory."""
        return free >= self.needs(here=here)

    def needs(self, *, here: bool) -> int:
        """Bytes of free memory."""
        return self.run_from if here else self.fetch_from


CANDIDATES = (
    Candidate("qwen2.5-coder-1.5b", fetch_from=4_000_000_000, run_from=2_500_000_000),  # takes 1.9 GB
    Candidate("smollm2-135m", fetch_from=0, run_from=0),
)
"""The best first; the last one fits everywhere."""


SLOWEST: Final = 5.0
"""Tokens per second. A voice speaks three to four a second; a model that was measured to be slower lets it wait."""


@dataclass(frozen=True, slots=True)
class ChatModelChoice:
    """Which model answers questions on this board. Each is a name of the store or the path of a .gguf file."""

    best: str
    """The one that the settings name or that suits the memory: the one to fetch."""
    name: str
    """The one to use now: `best`, unless only another one is installed."""
    reason: str
    """Why `best` is the best."""
    smaller: tuple[str, ...] = ()
    """What to fetch instead where `best` cannot be fetched."""


@dataclass(frozen=True, slots=True)
class Suitability:
    """Whether a candidate suits this machine: `needs` are the bytes of free memory that it is fetched or run from."""

    name: str
    needs: int
    fits: bool
    installed: bool


def suitable_chat_models(store: ModelStore, *, free: int | None = None) -> tuple[Suitability, ...]:
    """All candidates, the best first. `free` is by default what this process may still take."""
    free = free_memory() if free is None else free
    here = _installed(store)
    return tuple(
        Suitability(it.name, it.needs(here=it.name in here), it.fits(free, here=it.name in here), it.name in here)
        for it in CANDIDATES
    )


def choose_chat_model(settings: LlmSettings, store: ModelStore, *, free: int | None = None) -> ChatModelChoice:
    """The model that the settings name, or with "auto" the best that is fast enough and fits into `free` bytes.

    `free` is by default what this process may still take. Reads an installed model that was never checked.
    """
    if settings.model != AUTO:
        return ChatModelChoice(settings.model, settings.model, f"[llm] model = '{settings.model}'")
    free = free_memory() if free is None else free
    here = _installed(store)
    speeds = chat_speeds(store.folder, store.identity)
    slow = {name for name, speed in speeds.items() if speed.tokens_per_s < SLOWEST}
    expected = _expected_to_be_slow() - speeds.keys()
    fast = [it for it in CANDIDATES if it.name not in slow | expected and it.fits(free, here=it.name in here)]
    best = fast[0] if fast else CANDIDATES[-1]
    smaller = CANDIDATES[CANDIDATES.index(best) + 1 :]
    others = [it.name for it in (*smaller, *reversed(CANDIDATES)) if it.name in here]
    name = others[0] if others and best.name not in here else best.name
    return ChatModelChoice(best.name, name, _reason(best, free, here, slow, expected), tuple(it.name for it in smaller))


def _expected_to_be_slow() -> set[str]:
    """The candidates that are larger than the profile of this board proposes."""
    from edge.hardware.profile import profile_of_this_machine  # late: it reads its files with this package

    board = profile_of_this_machine()
    names = [it.name for it in CANDIDATES]
    if board is None or board.chat_model not in names:
        return set()
    return set(names[: names.index(board.chat_model)])


def _reason(best: Candidate, free: int, here: set[str], slow: AbstractSet[str], expected: AbstractSet[str]) -> str:
    if slow and best is not CANDIDATES[0]:
        return f"{', '.join(sorted(slow))} writes fewer than {SLOWEST:.0f} tokens a second here (`edge-voice tune`)"
    if expected and best is not CANDIDATES[0]:
        return f"{', '.join(sorted(expected))} is expected to be slow on this board (`edge-voice tune` measures it)"
    compared = CANDIDATES[0] if best is CANDIDATES[-1] else best
    needed = compared.needs(here=compared.name in here)
    return f"{_gigabytes(free)} of memory are free; {compared.name} needs {_gigabytes(needed)}"


def _installed(store: ModelStore) -> set[str]:
    return {it.name for it in CANDIDATES if it.name in store.names() and store.state(it.name) == "good"}


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
