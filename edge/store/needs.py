"""Which models a configuration needs. Engine names become names of the store; a path is a file of the user."""

from importlib.metadata import version
from typing import TYPE_CHECKING

from edge.settings import Settings, Stage

if TYPE_CHECKING:
    from edge.store.store import ModelStore

STT_DEFAULTS = {"moonshine": "moonshine-tiny-en", "vosk": "vosk-small-en-us", "whisper": "whisper-tiny"}
PIPER_DEFAULT = "piper-joe"
VAD_MODEL = "silero-vad"
REFERENCE_WORKS = {"en": ("wikipedia-en", "wordnet-en")}
"""Language -> what answers are looked up in: the encyclopedia and the dictionary. A speaker works without them."""
FEATURES_MODEL = "openwakeword-features"


def is_path(model: str) -> bool:
    """True for the user's own file or folder ("~/words/computer.onnx", "./voice"), false for a name of the store."""
    return "/" in model or model.endswith((".onnx", ".tflite", ".json", ".gguf", ".ort"))


def word_model(engine: str, model: str) -> str:
    """The store's name of a wake word: "alexa" of engine "openwakeword" is "openwakeword-alexa"."""
    name = model.lower().replace("_", "-").replace(" ", "-")
    return name if name.startswith(f"{engine}-") else f"{engine}-{name}"


def models_by_stage(settings: Settings, store: "ModelStore") -> dict[Stage, str]:
    """The identity of the models of each stage: with another one, what was measured does not hold any more."""
    wake, stt, tts = settings.wake, settings.stt, settings.tts
    words = [word.model if is_path(word.model) else word_model(wake.engine, word.model) for word in wake.words.values()]
    voice = [tts.model or PIPER_DEFAULT] if tts.engine == "piper" else [f"hibari {version('hibari-tts')}"]
    named: dict[Stage, list[str]] = {
        "wake": [*words, *([FEATURES_MODEL] if wake.engine == "openwakeword" else [])],
        "vad": [VAD_MODEL],
        "stt": [stt.model or STT_DEFAULTS[stt.engine]],
        "tts": voice,
    }
    return {stage: ", ".join(store.identity(name) for name in sorted(names)) for stage, names in named.items()}


def required_models(settings: Settings, chat_model: str) -> tuple[str, ...]:
    """Names of the store's models that these settings use, in the order of a turn, each once.

    `chat_model` is the one that `choose_chat_model` found; it only counts where the settings want one on the board.
    """
    wake = settings.wake
    wanted = [FEATURES_MODEL] if wake.engine == "openwakeword" else []
    wanted += [word_model(wake.engine, word.model) for word in wake.words.values() if not is_path(word.model)]
    wanted.append(VAD_MODEL)
    wanted.append(settings.stt.model or STT_DEFAULTS[settings.stt.engine])
    if settings.llm.engine == "local":
        wanted.append(chat_model)
    if settings.tts.engine == "piper":
        wanted.append(settings.tts.model or PIPER_DEFAULT)
    return tuple(dict.fromkeys(name for name in wanted if not is_path(name)))
