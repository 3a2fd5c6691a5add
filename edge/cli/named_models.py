"""The models and engines that the settings name: do they exist, do they belong together, and are they installed?"""

import difflib
import os
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from edge.cli.findings import Finding, Key
from edge.cli.named_files import is_readable, look_at
from edge.runtime.commands import pip_install
from edge.runtime.paths import SERVICE_STATE
from edge.settings import AUTO, Settings, TtsSettings
from edge.store import Manifest, ModelStore, is_path, word_model
from edge.store.needs import FEATURES_MODEL

PACKAGES = {
    ("wake", "openwakeword"): ("onnxruntime", ""),
    ("wake", "microwakeword"): ("pymicro_wakeword", "microwakeword"),
    ("vad", "silero"): ("onnxruntime", ""),
    ("stt", "moonshine"): ("onnxruntime", ""),
    ("stt", "vosk"): ("vosk", "vosk"),
    ("stt", "whisper"): ("faster_whisper", "whisper"),
    ("tts", "hibari"): ("hibari", ""),
    ("tts", "piper"): ("piper", "piper"),
    ("llm", "local"): ("xllamacpp", ""),
    ("llm", "server"): ("httpx", ""),
}
"""For each engine the module that it needs, and the extra of our package that installs it."""

_FILES = {"wake": {"openwakeword": ".onnx", "microwakeword": ".json"}, "tts": {"hibari": ".onnx", "piper": ".onnx"}}
"""The ending of a file of the user's own."""


def look_at_engines(settings: Settings) -> Iterator[Finding]:
    """The engines that are not installed here."""
    chosen: dict[str, str] = {"wake": settings.wake.engine, "stt": settings.stt.engine, "tts": settings.tts.engine}
    chosen |= {"vad": "silero", "llm": settings.llm.engine}
    for (stage, engine), (module, extra) in PACKAGES.items():
        if chosen[stage] == engine and not is_installed(module):
            hint = pip_install(f"edge-voice[{extra}]" if extra else "edge-voice")
            message = f"the engine {engine} needs the package {module}, which is not installed"
            yield Finding("engine-missing", message, hint, (stage, "engine") if stage != "vad" else ())


def is_installed(module: str) -> bool:
    """Whether a module could be imported."""
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def look_at_models(settings: Settings, store: ModelStore, settings_file: Path | None) -> Iterator[Finding]:
    """The models that do not exist or do not suit their engine. A model that must still be fetched is no mistake."""
    for word, wanted in settings.wake.words.items():
        key: Key = ("wake", "words", word, "model")
        engine = settings.wake.engine
        if is_path(wanted.model):
            yield from _own_file("wake", engine, wanted.model, key, settings_file)
        else:
            yield from _of_store(store, "wake", engine, word_model(engine, wanted.model), key, wanted.model)
    for stage, engine_of, model, folder in (
        ("stt", settings.stt.engine, settings.stt.model, True),
        ("llm", None, settings.llm.model if settings.llm.engine == "local" else None, False),
    ):
        if model is None or model == AUTO:
            continue
        if is_path(model):
            path = Path(model).expanduser()
            yield from look_at(path, (stage, "model"), settings_file, folder=folder)
            yield from _gguf(path, stage)
        else:
            yield from _of_store(store, stage, engine_of, model, (stage, "model"))
    yield from _voice(settings.tts, store, settings_file)


def _gguf(path: Path, stage: str) -> Iterator[Finding]:
    """What is wrong with the content of an own chat model."""
    if stage == "llm" and is_readable(path):
        with path.open("rb") as file:
            if file.read(4) != b"GGUF":
                yield Finding("model-invalid", f"{path} is not a GGUF file", "fetch it again", (stage, "model"))


def _voice(tts: TtsSettings, store: ModelStore, settings_file: Path | None) -> Iterator[Finding]:
    key = ("tts", "model")
    if tts.model is None or (tts.engine == "hibari" and tts.model == "heart"):
        return
    if is_path(tts.model):
        yield from _own_file("tts", tts.engine, tts.model, key, settings_file)
    elif tts.engine == "hibari":
        hint = "leave model out for the voice 'heart', or give the path of a hibari voice"
        yield Finding("model-unknown", f"hibari has no voice '{tts.model}'", hint, key)
    else:
        yield from _of_store(store, "tts", tts.engine, tts.model, key)


def _own_file(stage: str, engine: str, model: str, key: Key, settings_file: Path | None) -> Iterator[Finding]:
    path = Path(model).expanduser()
    endings = _FILES[stage]
    if path.suffix != endings[engine]:
        other = [name for name, ending in endings.items() if ending == path.suffix]
        hint = f"set engine = '{other[0]}' in [{stage}]" if other else f"give the {endings[engine]} file of the model"
        yield Finding("model-invalid", f"{path}: {engine} takes a {endings[engine]} file", hint, key)
        return
    yield from look_at(path, key, settings_file)
    if (stage, engine) == ("tts", "piper"):
        yield from look_at(path.with_name(path.name + ".json"), key, settings_file)


def _of_store(
    store: ModelStore, stage: str, engine: str | None, name: str, key: Key, given: str | None = None
) -> Iterator[Finding]:
    """`name` is that of the store, `given` what the settings say; `engine` None: any of the stage."""
    manifests = {known: store.manifest(known) for known in store.names()}
    del manifests[FEATURES_MODEL]  # part of an engine, no word
    suiting = [known for known, it in manifests.items() if it.stage == stage and engine in {it.engine, None}]
    if name in suiting:
        return
    shown = given or name
    found = manifests.get(name) or manifests.get(shown)
    if found is not None and found.stage == stage:
        hint = f"set engine = '{found.engine}' in [{stage}], or use one of: {', '.join(suiting)}"
        yield Finding("model-invalid", f"'{shown}' is a model of {found.engine}, not of {engine}", hint, key)
    elif found is not None:
        hint = f"use one of: {', '.join(suiting)}"
        yield Finding("model-invalid", f"'{shown}' is a model for [{found.stage}]", hint, key)
    else:
        hint = _instead(name, suiting, engine, manifests)
        certain = not service_models_are_hidden(store.folder)
        yield Finding("model-unknown", f"there is no model '{shown}'", hint, key, certain=certain)


def _instead(name: str, suiting: list[str], engine: str | None, manifests: Mapping[str, Manifest]) -> str:
    """What to write in place of a name that no model has. Wake words are written without their engine."""
    prefix = f"{engine}-" if any(manifests[one].stage == "wake" for one in suiting) else ""
    word = name.removeprefix(prefix)
    for other in manifests.values():
        if prefix and other.name == f"{other.engine}-{word}":
            return f"'{word}' is a word of the other engine: set engine = '{other.engine}' in [wake]"
    known = [one.removeprefix(prefix) for one in suiting]
    near = difflib.get_close_matches(word, known, 1)
    return f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"


def service_models_are_hidden(folder: Path) -> bool:
    """The service is installed, but this user cannot look into its folder of models, so another one is used."""
    return SERVICE_STATE.is_dir() and folder != SERVICE_STATE / "models" and not os.access(SERVICE_STATE, os.X_OK)
