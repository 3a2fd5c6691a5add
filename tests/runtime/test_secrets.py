from pathlib import Path

import pytest

from edge.errors import SettingsError
from edge.runtime.secrets import read_secret


@pytest.fixture(autouse=True)
def credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "credentials"
    folder.mkdir()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    return folder


def secret_file(tmp_path: Path, content: bytes = b"  s3cret\n", mode: int = 0o600) -> Path:
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def test_a_secret_is_read_without_its_newline_and_shows_as_stars(tmp_path: Path) -> None:
    secret = read_secret("cloud-api-key", secret_file(tmp_path))
    assert secret is not None
    assert secret.get_secret_value() == "s3cret"
    assert "s3cret" not in f"{secret!r} {secret}"


def test_a_systemd_credential_is_used_where_no_file_is_named(credentials: Path) -> None:
    (credentials / "cloud-api-key").write_text("from systemd\n".replace(" ", "-"))
    (credentials / "cloud-api-key").chmod(0o440)
    secret = read_secret("cloud-api-key", None)
    assert secret is not None
    assert secret.get_secret_value() == "from-systemd"


def test_the_file_of_the_settings_goes_before_the_credential(tmp_path: Path, credentials: Path) -> None:
    (credentials / "cloud-api-key").write_text("other")
    secret = read_secret("cloud-api-key", secret_file(tmp_path))
    assert secret is not None
    assert secret.get_secret_value() == "s3cret"


def test_without_either_there_is_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_secret("cloud-api-key", None) is None
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    assert read_secret("cloud-api-key", None) is None


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o601])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(SettingsError) as raised:
        read_secret("cloud-api-key", secret_file(tmp_path, mode=mode))
    assert raised.value.code == "secret-exposed"
    assert "chmod 600" in raised.value.hint


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        read_secret("cloud-api-key", tmp_path / "nothing")
    assert raised.value.code == "secret-missing"
    assert "nothing" in raised.value.message


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe", b"two words", b"a\nb", b"x" * 70_000, b"a\x00b"])
def test_what_is_no_secret_is_refused_and_not_shown(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SettingsError) as raised:
        read_secret("cloud-api-key", secret_file(tmp_path, content))
    assert raised.value.code == "secret-invalid"
    assert "two words" not in str(raised.value)


def test_a_file_with_a_byte_order_mark_holds_its_word_only(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("swordfish\r\n", encoding="utf-8-sig")
    path.chmod(0o600)
    secret = read_secret("mqtt-password", path)
    assert secret is not None
    assert secret.get_secret_value() == "swordfish"
