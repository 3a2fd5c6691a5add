"""Names, builds that were interrupted, and boards on which the service cannot run."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from edge.board.host import require_64_bits, systemd_version
from edge.board.release import Release, build, checkout_digest, python_tag, release_name
from edge.errors import InstallError
from tests.board.conftest import Board

ROOT = Path(__file__).parents[2]
PYTHON = """\
#!/bin/sh
case "$2" in
  venv) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
esac
exit 0
"""


@pytest.fixture
def python(tmp_path: Path) -> str:
    """An interpreter that makes environments quickly."""
    script = tmp_path / "python3"
    script.write_text(PYTHON, encoding="utf-8")
    script.chmod(0o755)
    return str(script)


def nothing(_: Release) -> dict[str, Any]:
    return {"microphone": True}


def test_a_release_is_named_after_version_content_and_python() -> None:
    assert release_name("0.1.0", "3f2a91c8d0", "cp311") == "0.1.0-3f2a91c8-cp311"


def test_the_same_checkout_has_the_same_name_and_a_changed_one_another(tmp_path: Path) -> None:
    for name in ("edge", "models", "systemd", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.flac", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    before = checkout_digest(tmp_path)
    (tmp_path / "edge/__pycache__").mkdir()
    (tmp_path / "edge/__pycache__/x.pyc").touch()
    assert checkout_digest(tmp_path) == before
    for changed in ("edge/daemon.py", "systemd/edge-voice.service", "requirements/mic.txt", "models/silero-vad.toml"):
        with (tmp_path / changed).open("a", encoding="utf-8") as file:
            file.write("\n")
        assert checkout_digest(tmp_path) != before
        before = checkout_digest(tmp_path)


def test_a_complete_release_is_not_built_again(board: Board, python: str) -> None:
    release, built = build(board.layout, board.console, "1-cp311", python, nothing)
    assert built
    assert json.loads(release.record.read_text(encoding="utf-8"))["microphone"] is True
    assert build(board.layout, board.console, "1-cp311", python, nothing) == (release, False)


def test_an_interrupted_build_is_begun_again(board: Board, python: str) -> None:
    def interrupted(release: Release) -> dict[str, Any]:
        (release.folder / "half").touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(board.layout, board.console, "1-cp311", python, interrupted)
    release, built = build(board.layout, board.console, "1-cp311", python, nothing)
    assert built
    assert not (release.folder / "half").exists()
    assert release.works()


def test_a_release_whose_python_the_system_has_removed_is_built_again(board: Board, python: str) -> None:
    release, _ = build(board.layout, board.console, "1-cp311", python, nothing)
    release.python.unlink()
    release.python.symlink_to("/usr/bin/python3.0")
    assert not release.works()
    assert build(board.layout, board.console, "1-cp311", python, nothing) == (release, True)
    assert release.works()


PYTHON_WITH_PACKAGES = """\
#!/bin/sh
# An interpreter whose packages are the lines of a file. pip finds all but those in `unobtainable`.
here=$(dirname "$(dirname "$0")")
case "$2 $3" in
  "venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cp "$here/unobtainable" "$3" ;;
  "pip list") cat "$here/packages" ;;
  "pip uninstall") grep -v "^$5==" "$here/packages" >"$here/kept"; mv "$here/kept" "$here/packages" ;;
  "pip install") ! grep -qx "$6" "$here/unobtainable" && echo "$6" >>"$here/packages" ;;
esac
"""


@pytest.mark.parametrize(
    ("unobtainable", "carried"),
    [("", ["numpy==2", "onnxruntime-gpu==1"]), ("onnxruntime-gpu==1", ["numpy==2", "onnxruntime==1"])],
)
def test_what_the_owner_has_put_in_place_of_a_package_is_carried_over_or_nothing_is(
    board: Board, tmp_path: Path, unobtainable: str, carried: list[str]
) -> None:
    script = tmp_path / "system/bin/python3"
    script.parent.mkdir(parents=True)
    script.write_text(PYTHON_WITH_PACKAGES, encoding="utf-8")
    script.chmod(0o755)
    (tmp_path / "system/unobtainable").write_text(f"{unobtainable}\n", encoding="utf-8")

    def pinned(release: Release) -> dict[str, Any]:
        (release.folder / "packages").write_text("numpy==2\nonnxruntime==1\n", encoding="utf-8")
        return {}

    first, _ = build(board.layout, board.console, "1-cp311", str(script), pinned)
    board.layout.current.symlink_to(first.folder)
    (first.folder / "packages").write_text("numpy==2\nonnxruntime-gpu==1\n", encoding="utf-8")
    second, _ = build(board.layout, board.console, "2-cp311", str(script), pinned)
    assert (second.folder / "packages").read_text(encoding="utf-8").split() == carried
    assert bool(board.console.warnings) is bool(unobtainable)


def test_a_program_that_fails_is_named_with_its_last_words(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InstallError, match="sh failed with status 3"):
        board.console.run("sh", "-c", "echo why it failed; exit 3", code="packages-failed", hint="try again")
    assert "why it failed" in capsys.readouterr().err
    assert "why it failed" in board.layout.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("machine", "debian", "bits"),
    [("aarch64", "arm64", 64), ("x86_64", "amd64", 64), ("aarch64", "", 64), ("x86_64", "", 64)],
)
def test_a_64_bit_system_is_taken(machine: str, debian: str, bits: int) -> None:
    require_64_bits(machine, debian, pointer_bits=bits)


@pytest.mark.parametrize(
    ("machine", "debian", "bits", "code"),
    [
        ("aarch64", "armhf", 32, "system-32-bit"),
        ("aarch64", "armhf", 64, "system-32-bit"),
        ("aarch64", "", 32, "system-32-bit"),
        ("x86_64", "i386", 32, "system-32-bit"),
        ("armv7l", "armhf", 32, "machine-unsupported"),
        ("riscv64", "riscv64", 64, "machine-unsupported"),
    ],
)
def test_a_32_bit_system_is_refused_also_on_a_64_bit_kernel(machine: str, debian: str, bits: int, code: str) -> None:
    with pytest.raises(InstallError, match=code) as caught:
        require_64_bits(machine, debian, pointer_bits=bits)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "version"),
    [("systemd 252 (252.39-1~deb12u1)\n+PAM", 252), ("systemd 257.7 (x)", 257), ("", 0), ("nonsense here", 0)],
)
def test_the_version_of_systemd_is_read(text: str, version: int) -> None:
    assert systemd_version(text) == version


@pytest.mark.parametrize("version", ["3.9", "3.10", "3.14", ""])
def test_another_python_is_refused_with_the_way_to_choose_one(tmp_path: Path, version: str) -> None:
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\necho {version}\necho /usr\n", encoding="utf-8")
    script.chmod(0o755)
    with pytest.raises(InstallError, match="python-unsupported") as caught:
        python_tag(str(script))
    assert "PYTHON=" in caught.value.hint


def test_a_missing_python_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InstallError, match="python-unsupported"):
        python_tag(str(tmp_path / "none"))
