"""How fast each chat model is on this board, and with which number of threads."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence

from edge.errors import EdgeError
from edge.hardware.tuned import ChatSpeed
from edge.llm import THREADS
from edge.settings import Settings
from edge.store import ModelStore, suitable_chat_models
from edge.tune.choice import WORTH


def measure_chat(
    settings: Settings, store: ModelStore, numbers: Sequence[int], progress: Callable[[str], None]
) -> Iterator[tuple[str, ChatSpeed]]:
    """Each model that is here and fits, with the best of these numbers of threads. One that fails is left out."""
    for model in suitable_chat_models(store):
        if model.installed and model.fits:

            def measure(threads: int, model: str = model.name) -> ChatSpeed:
                progress(f"llm: {model}, {threads} threads")
                return _measure(settings, model, threads)

            try:
                yield model.name, best_speed(measure, numbers)
            except EdgeError:
                continue


def best_speed(measure: Callable[[int], ChatSpeed], numbers: Sequence[int]) -> ChatSpeed:
    """The speed with the default number of threads, or with the one of `numbers` that is clearly faster.

    What looks faster is measured twice, in turn with the default: in its slower round, the first word has to come a
    tenth earlier than in the default's faster one. Raises what `measure` raises.
    """
    rounds = {threads: [measure(threads)] for threads in dict.fromkeys((THREADS, *numbers))}
    best = _clearly_fastest(rounds)
    if best != THREADS:
        rounds = {threads: [*rounds[threads], measure(threads)] for threads in (THREADS, best)}
        best = _clearly_fastest(rounds)
    return min(rounds[best], key=lambda it: it.first_word_s)


def _clearly_fastest(rounds: Mapping[int, Sequence[ChatSpeed]]) -> int:
    slowest = {threads: max(it.first_word_s for it in speeds) for threads, speeds in rounds.items()}
    bound = WORTH * min(it.first_word_s for it in rounds[THREADS])
    return min((it for it in slowest if slowest[it] <= bound), key=slowest.__getitem__, default=THREADS)


def _measure(settings: Settings, model: str, threads: int) -> ChatSpeed:
    from edge.bench.llm import try_speed

    llm = settings.llm.model_copy(update={"engine": "local", "model": model, "url": None, "threads": threads})
    speed = asyncio.run(try_speed(settings.model_copy(update={"llm": llm})))
    return ChatSpeed(round(speed.first_word_s, 3), round(speed.tokens_per_s, 1), threads)
