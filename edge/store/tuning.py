"""Numbers that were fitted to one model: the section `[tuning]` of its manifest, which its engine defines and reads."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from edge.errors import ModelError
from edge.store.manifest import Manifest

T = TypeVar("T", bound=BaseModel)


def read_tuning(kind: type[T], manifest: Manifest) -> T:
    """The section as the engine's type. Raises `ModelError` `tuning-invalid` naming the keys."""
    try:
        return kind.model_validate(manifest.tuning)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        message = f"model '{manifest.name}': wrong [tuning] in its manifest: {wrong}"
        raise ModelError("tuning-invalid", message, "correct the manifest; docs/models.md describes it") from error
