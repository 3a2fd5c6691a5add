"""The kinds of questions that the model in the home is fit for."""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final

from edge.nlu.kinds import OPEN, Kind
from edge.settings import LlmSettings
from edge.store.chat_model import UNMEASURED

if TYPE_CHECKING:
    from edge.store import ModelStore

EVERYTHING: Final[AbstractSet[Kind]] = OPEN | {"fragment"}
"""For a server of the owner's, which also makes something of a text that is no question."""


def fit_kinds(settings: LlmSettings, store: "ModelStore", model: str | None) -> AbstractSet[Kind] | None:
    """What the chat model is fit for that is open under this name; None: none is open.

    With `fit_only`, a model of the store says so in its manifest (`good_for`). Without it, and a .gguf file of the
    owner's, is asked every question that a model may be asked.
    """
    if model is None:
        return None
    if settings.engine == "server":
        return EVERYTHING
    if not settings.fit_only or model not in store.names():
        return OPEN
    measured = store.manifest(model).good_for
    return UNMEASURED if measured is None else frozenset(measured)
