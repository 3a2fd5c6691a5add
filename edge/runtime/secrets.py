"""Secrets from systemd's credentials or from files of mode 0600, never from the environment or the command line.

Credential names: `cloud-api-key`, `home-assistant-token`, `home-code`, `llm-api-key`, `mqtt-key`, `mqtt-password`
(systemd.exec(5), LoadCredential=).
"""

import os
import stat
from pathlib import Path

from pydantic import SecretStr

from edge.errors import SettingsError

_SIZE_LIMIT = 65_536


def read_secret(credential: str, file: Path | None) -> SecretStr | None:
    """The secret in `file`, otherwise in `$CREDENTIALS_DIRECTORY/<credential>`; None if neither is given.

    Surrounding whitespace is removed. The secret appears as stars in logs and representations. Raises `SettingsError`
    "secret-missing", "secret-exposed" (other users can read the file) or "secret-invalid" (empty, too large, or not
    one word of text).
    """
    if file is not None:
        return _read(file, private=True)
    path = credential_file(credential)
    return _read(path, private=False) if path is not None else None  # systemd lets only the service read them


def credential_file(credential: str) -> Path | None:
    """The file of a credential that systemd gave to this service; None if there is none."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    path = Path(folder) / credential if folder else None
    return path if path is not None and path.exists() else None


def _read(path: Path, *, private: bool) -> SecretStr:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(_SIZE_LIMIT + 1)
    except OSError as error:
        raise SettingsError(
            "secret-missing",
            f"{path}: {error.strerror}",
            "make it readable for the service, or correct its path in the settings",
        ) from error
    if private and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsError("secret-exposed", f"{path} can be read by other users", f"chmod 600 {path}")
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        text = ""
    if not text or len(content) > _SIZE_LIMIT or any(c.isspace() or not c.isprintable() for c in text):
        raise SettingsError(
            "secret-invalid", f"{path} does not contain exactly one word", "write only the secret into it"
        )
    return SecretStr(text)
