"""The model store: what each model is, where it comes from, and whether the bytes here are the right ones.

models/NAME.toml -> manifest -> needs, chat_model (which models do these settings use on this machine?)
                       |
wheels | web | a local folder -> sources -> joining, disk -> record -> `ModelStore.locate`
"""

from edge.runtime.paths import models_folder
from edge.settings import ModelSettings
from edge.store.chat_model import ChatModelChoice, Suitability, choose_chat_model, suitable_chat_models
from edge.store.manifest import Manifest, QuestionKind, shipped
from edge.store.needs import is_path, required_models, word_model
from edge.store.sources import Progress
from edge.store.store import ModelStore

__all__ = [
    "ChatModelChoice",
    "Manifest",
    "ModelStore",
    "Progress",
    "QuestionKind",
    "Suitability",
    "choose_chat_model",
    "is_path",
    "open_store",
    "required_models",
    "shipped",
    "suitable_chat_models",
    "word_model",
]


def open_store(settings: ModelSettings) -> ModelStore:
    """The store in the configured folder, else the default one. Touches no disk beyond reading the manifests."""
    return ModelStore(models_folder(settings.folder), offline=settings.offline, find_links=settings.find_links)
