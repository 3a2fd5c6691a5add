"""What `edge-voice check` and `edge-voice doctor` find wrong."""

from dataclasses import asdict, dataclass
from typing import Any

from edge.errors import EdgeError

Key = tuple[str | int, ...]
"""A setting: ("mqtt", "ca_file")."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` is the setting that is at fault, empty for none.

    `certain` is false for what can be right in another user's world than in this one: the service has its own user,
    folders and credentials.
    """

    code: str
    message: str
    hint: str = ""
    key: Key = ()
    certain: bool = True

    @classmethod
    def of(cls, error: EdgeError, key: Key = (), *, certain: bool = True) -> "Finding":
        """The finding that is an error of ours."""
        return cls(error.code, error.message, error.hint, key, certain)

    def line(self) -> str:
        """One line for people."""
        return self.message + (f" - {self.hint}" if self.hint else "")

    def document(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"key": ".".join(map(str, self.key))}
