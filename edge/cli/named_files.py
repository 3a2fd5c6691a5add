"""The files that the settings name: are they there, can they be read, and do they hold what they should?

This program may run as another user than the service does, so a file that this user may not read is no mistake. One
that is not there is.
"""

import os
import pwd
import ssl
import stat
from collections.abc import Iterator
from pathlib import Path

from edge.board.layout import ACCOUNT, is_hidden
from edge.cli.findings import Finding, Key
from edge.errors import SettingsError
from edge.runtime.paths import SERVICE_RUNTIME, SERVICE_SECRETS, SERVICE_STATE, SYSTEM_SETTINGS, user
from edge.runtime.secrets import credential_file, read_secret
from edge.settings import MqttSettings, Settings


def look_at_files(settings: Settings, settings_file: Path | None) -> Iterator[Finding]:
    """What is wrong with the secrets, certificates and folders."""
    mqtt, llm = settings.mqtt, settings.llm
    for key, path, credential in (
        (("mqtt", "password_file"), mqtt.password_file, "mqtt-password"),
        (("llm", "api_key_file"), llm.api_key_file, "llm-api-key"),
        (("llm", "cloud", "api_key_file"), llm.cloud.api_key_file, "cloud-api-key"),
        (("home", "home_assistant", "token_file"), settings.home.home_assistant.token_file, "home-assistant-token"),
        (("home", "code_file"), settings.home.code_file, "home-code"),
    ):
        yield from _secret(path, key, credential) or (look_at(path, key, settings_file) if path is not None else ())
    unusable = False
    for name in ("ca_file", "cert_file", "key_file"):
        if (path := getattr(mqtt, name)) is not None:
            found = list(look_at(path, ("mqtt", name), settings_file))
            unusable = unusable or not is_readable(path)
            yield from found
    if mqtt.tls and not unusable:
        yield from _certificates(mqtt.ca_file, mqtt.cert_file, _key(mqtt))
    if (authorities := settings.home.home_assistant.ca_file) is not None:
        yield from look_at(authorities, ("home", "home_assistant", "ca_file"), settings_file)
    for at, path in enumerate(settings.route.sentences):
        yield from look_at(path, ("route", "sentences", at), settings_file)
    if settings.models.folder is not None and os.path.lexists(settings.models.folder):  # else the first pull makes it
        yield from look_at(settings.models.folder, ("models", "folder"), settings_file, folder=True)
    if settings.models.find_links is not None:
        yield from look_at(settings.models.find_links, ("models", "find_links"), settings_file, folder=True)
    if settings.telemetry.prometheus_file is not None:
        yield from _written_by_the_service(settings.telemetry.prometheus_file, settings_file)


def look_at(path: Path, key: Key, settings_file: Path | None, *, folder: bool = False) -> Iterator[Finding]:
    """What is wrong with one file or folder, apart from its content."""
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
        if folder != is_folder and not (key[0] == "route" and is_folder):
            what = "is not a folder" if folder else "is a folder"
            yield Finding("file-unusable", f"{path}: {what}", "name a folder" if folder else "name a file", key)
            return
        if is_folder:
            next(path.iterdir(), None)
        else:
            with path.open("rb"):
                pass
    except PermissionError:
        hint = f"make sure that the service ({ACCOUNT}) can"
        yield Finding("file-unreadable", f"{path}: {user()} may not read it", hint, key, certain=False)
        return
    except OSError as error:
        yield Finding("file-missing", f"{path}: {error.strerror}", _correction(path), key)
        return
    yield from _in_the_service(path, key, settings_file)


def _in_the_service(path: Path, key: Key, settings_file: Path | None) -> Iterator[Finding]:
    """What differs for the service, if these are its settings."""
    if settings_file != SYSTEM_SETTINGS:
        return
    whole = path.absolute()
    if not path.is_absolute():
        hint = "write the whole path"
        yield Finding("file-relative", f"{path}: the service looks for it in {SERVICE_STATE}", hint, key, certain=False)
    elif is_hidden(whole):
        hint = f"put it into {SYSTEM_SETTINGS.parent}"
        yield Finding("file-hidden", f"{path}: the service's sandbox hides this folder", hint, key, certain=False)
    elif (closed := _closed_to_the_service(whole)) is not None:
        hint = f"sudo chown {ACCOUNT} {path}" if closed == whole else f"put it into {SYSTEM_SETTINGS.parent}"
        yield Finding("file-unreadable", f"{path}: the user {ACCOUNT} may not read it", hint, key, certain=False)


def _written_by_the_service(path: Path, settings_file: Path | None) -> Iterator[Finding]:
    """Whether the sandbox lets the service write this file, if these are its settings."""
    if settings_file == SYSTEM_SETTINGS and not any(path.is_relative_to(it) for it in (SERVICE_STATE, SERVICE_RUNTIME)):
        hint = f"name a file below {SERVICE_STATE} and link to it, see docs/telemetry.md"
        message = f"{path}: the service's sandbox lets it write only below {SERVICE_STATE} and {SERVICE_RUNTIME}"
        yield Finding("file-unwritable", message, hint, ("telemetry", "prometheus_file"), certain=False)


def _closed_to_the_service(path: Path) -> Path | None:
    """The file, or the folder above it, that the service may not read; None also where it cannot be told."""
    try:
        account = pwd.getpwnam(ACCOUNT)
        groups = set(os.getgrouplist(account.pw_name, account.pw_gid))
        wanted = [(folder, 1) for folder in path.parents] + [(path, 4)]
        return next((one for one, bit in wanted if not _allows(one.stat(), bit, account.pw_uid, groups)), None)
    except (KeyError, OSError):
        return None


def _allows(status: os.stat_result, bit: int, user: int, groups: set[int]) -> bool:
    """Whether the mode has the bit (4 read, 1 search) for the user."""
    shift = 6 if status.st_uid == user else 3 if status.st_gid in groups else 0
    return bool(status.st_mode >> shift & bit)


def _secret(path: Path | None, key: Key, credential: str) -> list[Finding]:
    try:
        read_secret(credential, path)
    except SettingsError as error:
        return [] if error.code == "secret-missing" else [Finding.of(error, key)]
    return []


def is_readable(path: Path) -> bool:
    """Whether it is a file, and this user may read it."""
    return os.path.isfile(path) and os.access(path, os.R_OK)  # noqa: PTH113 - `Path.is_file` fails for a long name


def _certificates(authorities: Path | None, certificate: Path | None, key: Path | None) -> Iterator[Finding]:
    try:
        context = ssl.create_default_context(cafile=authorities)
    except (ssl.SSLError, OSError):
        hint = "it must be text that begins with -----BEGIN CERTIFICATE-----"
        yield Finding("file-unusable", f"{authorities}: holds no certificate", hint, ("mqtt", "ca_file"))
        context = ssl.create_default_context()
    if certificate is not None:
        try:
            context.load_cert_chain(certificate, key, password=lambda: "")  # do not ask on the terminal
        except (ssl.SSLError, OSError) as error:
            why = error.reason.lower().replace("_", " ") if isinstance(error, ssl.SSLError) and error.reason else "read"
            message = f"{certificate} and {key or 'the key in it'} cannot be used together: {why}"
            hint = "both in PEM, the key without a password, and belonging to each other"
            certain = key is not None or "CREDENTIALS_DIRECTORY" in os.environ  # else the service may have its key
            yield Finding("file-unusable", message, hint, ("mqtt", "cert_file"), certain=certain)


def _key(mqtt: MqttSettings) -> Path | None:
    """The key of the client certificate, as far as this user can see it."""
    hidden = SERVICE_SECRETS / "edge-voice.mqtt-key"
    return mqtt.key_file or credential_file("mqtt-key") or (hidden if is_readable(hidden) else None)


def _correction(path: Path) -> str:
    if str(path).startswith("~"):
        return "write the whole path, without ~"
    return "correct the path" if path.is_absolute() else "write the whole path"
