"""What a model is and where it comes from: one TOML file a model, read strictly.

The shipped manifests lie in `models/` of the checkout, or beside this file in an installed wheel; an owner's own lie
in the models folder. docs/models.md describes the format.
"""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from edge.errors import ModelError

MANIFEST_LIMIT = 1 << 20
"""Bytes. A manifest is a page of text; anything longer is no manifest."""

FILE_LIMIT = 8 << 30
"""Bytes. The most that a file without a stated size may have."""


def _safe_path(value: str) -> str:
    path = PurePosixPath(value)
    if (
        not path.parts
        or path.is_absolute()
        or ".." in path.parts
        or str(path) != value
        or "\\" in value
        or "\0" in value
    ):
        message = f"'{value}' is not a plain relative path"
        raise ValueError(message)
    if any(part.startswith(".") for part in path.parts):
        message = f"'{value}': names that begin with a dot are the store's own"
        raise ValueError(message)
    return value


def _single_line(value: str) -> str:
    if not value.isprintable():
        message = "control characters are not allowed"
        raise ValueError(message)
    return value


Name = Annotated[str, Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_single_line)]
SafePath = Annotated[str, Field(max_length=300), AfterValidator(_safe_path)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(ge=1, le=FILE_LIMIT)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Package(_Part):
    """A wheel by distribution name and exact version. `size` (bytes) feeds the progress bar and the space check."""

    name: str = Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$", max_length=100)
    version: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.!+_-]*$", max_length=50)
    size: Size | None = None

    @property
    def requirement(self) -> str:
        """As pip takes it."""
        return f"{self.name}=={self.version}"


class WheelSource(_Part):
    """Files are members of Python wheels, which come through this machine's own pip settings."""

    kind: Literal["wheel"]
    packages: list[Package] = Field(min_length=1, max_length=32)


class HubSource(_Part):
    """Files of a repository on the model hub ($HF_ENDPOINT names a mirror)."""

    kind: Literal["hub"]
    repository: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=200)
    revision: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)


class ArchiveSource(_Part):
    """Files are members of one zip archive on the web."""

    kind: Literal["archive"]
    url: str = Field(pattern=r"^https://[^\s]+$", max_length=500)


class LocalSource(_Part):
    """Files lie in a folder of this machine; a relative path is relative to the manifest."""

    kind: Literal["local"]
    path: Path


Source = Annotated[WheelSource | HubSource | ArchiveSource | LocalSource, Field(discriminator="kind")]


class Part(_Part):
    """A piece of a file that was cut to fit into several wheels."""

    package: str
    member: SafePath


class ModelFile(_Part):
    """A file of a model. `member` is where it lies in the source (none: under its own name)."""

    name: SafePath
    package: str | None = None
    member: SafePath | None = None
    parts: list[Part] | None = Field(default=None, min_length=2, max_length=32)
    size: Size | None = None
    sha256: Sha256 | None = None

    @model_validator(mode="after")
    def _one_place(self) -> "ModelFile":
        if self.parts and (self.package or self.member):
            message = "parts stand instead of package and member"
            raise ValueError(message)
        return self


class Manifest(_Part):
    """A model: see docs/models.md."""

    name: Name
    stage: Literal["wake", "vad", "stt", "llm", "tts"]
    engine: Name
    summary: Text
    languages: list[Text] = Field(max_length=200)
    licence: Text
    licence_note: Text | None = None
    non_commercial: bool = False
    alternative: Name | None = None
    default: bool = False
    tested: bool = False
    source: Source
    files: list[ModelFile] = Field(min_length=1, max_length=1000)

    @property
    def pinned(self) -> bool:
        """Every file's hash is known in advance."""
        return all(file.sha256 and file.size for file in self.files)

    @property
    def size(self) -> int | None:
        """Bytes of all files; None where a manifest does not know."""
        sizes = [file.size for file in self.files]
        return None if None in sizes else sum(size for size in sizes if size)

    def package_of(self, name: str | None) -> Package:
        """The package a file or part names; the only one where it names none."""
        source = self.source
        if not isinstance(source, WheelSource):
            message = "only wheels have packages"
            raise TypeError(message)
        return next(p for p in source.packages if name is None or p.name == name)

    @model_validator(mode="after")
    def _fits_together(self) -> "Manifest":
        names = [file.name for file in self.files]
        clash = _clash(names)
        if clash:
            message = f"files: {clash}"
            raise ValueError(message)
        if (self.default or self.tested or self.source.kind == "wheel") and not self.pinned:
            message = "files: a wheel, a default or a tested model states size and sha256 of every file"
            raise ValueError(message)
        if self.non_commercial and not self.licence_note:
            message = "licence_note: say what non-commercial means for this model"
            raise ValueError(message)
        self._check_packages()
        return self

    def _check_packages(self) -> None:
        packages = [p.name for p in self.source.packages] if isinstance(self.source, WheelSource) else []
        for file in self.files:
            named = [part.package for part in file.parts or []] + ([file.package] if file.package else [])
            unknown = [name for name in named if name not in packages]
            if unknown:
                message = f"files: '{file.name}' names package '{unknown[0]}', which source.packages does not list"
                raise ValueError(message)
            if len(packages) > 1 and not named:
                message = f"files: '{file.name}' does not say which of the packages it is in"
                raise ValueError(message)


def _clash(names: list[str]) -> str | None:
    """A file named twice (some disks ignore case), or a file where another needs a folder."""
    seen = {name.casefold() for name in names}
    if len(seen) != len(names):
        return "two files have the same name"
    for name in names:
        for folder in PurePosixPath(name.casefold()).parents:
            if str(folder) in seen:
                return f"'{folder}' is both a file and a folder"
    return None


def read_manifest(path: Path) -> Manifest:
    """Read one manifest. Raises `ModelError` "manifest-invalid" naming the file and the key."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MANIFEST_LIMIT + 1)
        if len(data) > MANIFEST_LIMIT:
            raise _invalid(path, "longer than 1 MB")
        manifest = Manifest.model_validate(tomllib.loads(data.decode()))
    except OSError as error:
        raise _invalid(path, error.strerror or str(error)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _invalid(path, f"not TOML: {error}") from error
    except RecursionError as error:
        raise _invalid(path, "not TOML: nested too deeply") from error
    except ValidationError as error:
        raise _invalid(path, "; ".join(_mistakes(error))) from error
    if path.name != f"{manifest.name}.toml":
        raise _invalid(path, f"name: '{manifest.name}' belongs in a file called {manifest.name}.toml")
    return manifest


def _mistakes(error: ValidationError) -> Iterable[str]:
    for mistake in error.errors(include_url=False, include_input=False):
        place = ".".join(str(step) for step in mistake["loc"])
        text = re.sub(r"^Value error, ", "", mistake["msg"])
        yield f"{place}: {text}" if place else text


def _invalid(path: Path, what: str) -> ModelError:
    return ModelError("manifest-invalid", f"{path}: {what}", "correct the manifest; docs/models.md describes it")


def shipped(kind: Literal["models", "systemd"]) -> Path:
    """The folder of manifests or unit files: inside an installed wheel, or the one of the checkout."""
    inside = Path(__file__).parent / kind
    return inside if inside.is_dir() else Path(__file__).parents[2] / kind
