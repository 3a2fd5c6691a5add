"""The beginning of every prompt as a model on the board has read it, kept on the disk for the next start.

llama.cpp writes and reads the file, some MB, in milliseconds; to read the prompt again takes a small board seconds. The
file holds the beginning that is the same for every question, and nothing that was said.
"""

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from edge.llm import Message

_SUFFIX: Final = ".prompt"


class KeptPrompt:
    """The file of one model and one `opening`; another one, or another version of the runtime, has another file."""

    def __init__(self, folder: Path, opening: Sequence[Message], model: Path, context_tokens: int) -> None:
        self.folder = folder
        self._opening = tuple(opening)
        file = model.stat()
        texts = [(message.role, message.text) for message in self._opening]
        made_of = [str(model), file.st_size, file.st_mtime_ns, context_tokens, version("xllamacpp"), texts]
        self.name: Final = hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:16] + _SUFFIX
        """The name of the file in `folder`."""

    @property
    def exists(self) -> bool:
        """Whether the model has read it before."""
        return (self.folder / self.name).is_file()

    def is_of(self, messages: Sequence[Message]) -> bool:
        """Whether this is a prompt without anything that was said."""
        return tuple(messages) == self._opening

    def make_room(self) -> None:
        """Make the folder, and remove what other models or other openings have left in it. Raises `OSError`."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in self.folder.glob(f"*{_SUFFIX}"):
            if file.name != self.name:
                file.unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove the file, which the runtime did not accept. Raises `OSError`."""
        (self.folder / self.name).unlink(missing_ok=True)
