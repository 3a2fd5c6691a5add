"""`edge-voice models recommend`: which chat model suits this machine, what it may be asked, and how fast it is here."""

import asyncio
import json
from typing import Annotated, Any, Final

import typer

from edge.errors import EdgeError
from edge.settings import LlmSettings, Settings
from edge.store import ModelStore, QuestionKind, Suitability, choose_chat_model, open_store, suitable_chat_models
from edge.store.disk import megabytes
from edge.store.needs import REFERENCE_WORKS

STATE_WORDS: Final = {
    "good": "installed",
    "unconverted": "not converted",
    "missing": "not installed",
    "damaged": "damaged",
}
"""What the states of a model are called."""

_KINDS: Final[dict[QuestionKind, str]] = {
    "world": "facts",
    "definition": "definitions",
    "how-to": "how-to",
    "creative": "texts",
    "smalltalk": "small talk",
}


def recommend(
    ctx: typer.Context,
    measure: Annotated[
        bool, typer.Option(help="Let each installed model that fits answer a few questions; seconds to half a minute.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Show the chat model that suits the memory of this machine, why, and how fast it is here.

    Also shows the reference works, in which answers are looked up without it.
    """
    settings = ctx.obj.settings
    store = open_store(settings.models)
    choice = choose_chat_model(LlmSettings(), store)
    used = choose_chat_model(settings.llm, store).name if settings.llm.engine == "local" else None
    if not as_json:
        print(f"{with_size(store, choice.best)}. {choice.reason}")
        if used is None:
            print(f"not used: [llm] engine = '{settings.llm.engine}'")
        elif used != choice.best:
            print(f"in use: {used}")
    candidates = []
    for candidate in suitable_chat_models(store):
        row = _row(store, candidate) | (_speed(settings, candidate) if measure else {})
        candidates.append(row)
        if not as_json:
            print(_line(row))
    works = [name for name in REFERENCE_WORKS.get(settings.device.language, ()) if name in store.names()]
    if not as_json and works:
        print(f"facts and words are looked up without it: {'; '.join(with_size(store, it) for it in works)}")
    if as_json:
        state, size = store.state(choice.best), store.manifest(choice.best).size
        row = {"model": choice.best, "reason": choice.reason, "state": state, "size": size, "used": used}
        looked_up = [{"name": it, "state": store.state(it), "size": store.manifest(it).size} for it in works]
        print(json.dumps(row | {"candidates": candidates, "reference_works": looked_up}))


def with_size(store: ModelStore, name: str) -> str:
    """A model with its size and its state, for people."""
    size = store.manifest(name).size
    return f"{name}, {megabytes(size) if size else 'size unknown'}, {STATE_WORDS[store.state(name)]}"


def _row(store: ModelStore, candidate: Suitability) -> dict[str, Any]:
    manifest = store.manifest(candidate.name)
    facts = manifest.fitness.answers.get("world") if manifest.fitness else None
    return {
        "model": candidate.name,
        "needs": candidate.needs,
        "fits": candidate.fits,
        "installed": candidate.installed,
        "good_for": manifest.good_for,
        "facts": facts.model_dump() if facts else None,
    }


def _speed(settings: Settings, candidate: Suitability) -> dict[str, Any]:
    """How fast it is here; empty for a model that cannot be tried."""
    if not (candidate.installed and candidate.fits):
        return {}
    from edge.bench.llm import try_speed

    llm = settings.llm.model_copy(update={"engine": "local", "model": candidate.name, "url": None})
    try:
        speed = asyncio.run(try_speed(settings.model_copy(update={"llm": llm})))
    except EdgeError as error:
        return {"error": str(error)}
    return {"first_word_s": round(speed.first_word_s, 2), "tokens_per_s": round(speed.tokens_per_s, 1)}


def _line(row: dict[str, Any]) -> str:
    parts = [", ".join(_KINDS[kind] for kind in row["good_for"] or ()) or "not measured"]
    if row["facts"]:
        right, wrong = row["facts"]["right"], row["facts"]["wrong"]
        parts.append(f"of the facts {right:.0%} right, {wrong:.0%} wrong")
    if "error" in row:
        parts.append(row["error"])
    elif "first_word_s" in row:
        parts.append(
            f"here the first word after {row['first_word_s']} s, then {row['tokens_per_s']:.0f} tokens a second"
        )
    elif not row["fits"]:
        parts.append("does not fit")
    return f"{row['model']}: {'; '.join(parts)}"
