"""A TOML file that describes one thing and is called after it: the manifest of a model, the profile of an endpoint."""

import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from edge.errors import ModelError

LIMIT: Final = 1 << 20
"""Bytes. Such a file is a page of text; anything longer is something else."""

Name = Annotated[str, Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=64)]


class Part(BaseModel):
    """A table of the file: unknown keys are errors, values do not change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(Part):
    """What the whole file describes."""

    name: Name


Kind = TypeVar("Kind", bound=Named)


def read_named_file(path: Path, kind: type[Kind], invalid: Callable[[str], ModelError]) -> Kind:
    """Read one file. Raises the error that `invalid` makes of a message, which names the file and the key."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LIMIT + 1)
        if len(data) > LIMIT:
            raise invalid(f"{path}: longer than 1 MB")
        read = kind.model_validate(tomllib.loads(data.decode()))
    except OSError as error:
        raise invalid(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise invalid(f"{path}: not TOML: {error}") from error
    except RecursionError as error:
        raise invalid(f"{path}: not TOML: nested too deeply") from error
    except ValidationError as error:
        raise invalid(f"{path}: {'; '.join(_mistakes(error))}") from error
    if path.name != f"{read.name}.toml":
        raise invalid(f"{path}: name: '{read.name}' belongs in a file called {read.name}.toml")
    return read


def _mistakes(error: ValidationError) -> Iterable[str]:
    for mistake in error.errors(include_url=False, include_input=False):
        place = ".".join(str(step) for step in mistake["loc"])
        text = re.sub(r"^Value error, ", "", mistake["msg"])
        yield f"{place}: {text}" if place else text
