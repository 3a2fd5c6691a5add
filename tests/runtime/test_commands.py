"""The commands in hints, on machines of several kinds."""

import importlib.util
import sys
import sysconfig
from pathlib import Path

import pytest

from edge.runtime import commands
from edge.runtime.paths import models_folder


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment of its own that its user may change, with pip, off the PATH."""
    prefix = tmp_path / "env"
    (prefix / "bin").mkdir(parents=True)
    (prefix / "bin/edge-voice").touch(mode=0o755)
    packages = prefix / "lib"
    packages.mkdir()
    monkeypatch.setattr(sys, "prefix", str(prefix))
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    monkeypatch.setattr(sys, "executable", str(prefix / "bin/python"))
    monkeypatch.setattr(sysconfig, "get_path", lambda name: {"purelib": str(packages)}.get(name, str(tmp_path)))
    monkeypatch.setattr(commands, "find_spec", importlib.util.find_spec)
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    return prefix


def test_a_package_is_installed_for_the_python_that_runs(machine: Path) -> None:
    assert commands.pip_install("PyAudio") == f"{machine}/bin/python -m pip install PyAudio"
    assert commands.pip_install("edge-voice[vosk]") == f"{machine}/bin/python -m pip install 'edge-voice[vosk]'"


def test_a_package_takes_the_place_of_another_one(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = f"{machine}/bin/python"
    assert commands.pip_replace("onnxruntime", "onnxruntime-gpu") == (
        f"{python} -m pip uninstall -y onnxruntime && {python} -m pip install onnxruntime-gpu"
    )
    monkeypatch.setattr(commands, "find_spec", lambda _: None)
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/uv" if name == "uv" else None)
    assert commands.pip_replace("onnxruntime", "onnxruntime-gpu") == (
        f"uv pip uninstall --python {python} onnxruntime && uv pip install --python {python} onnxruntime-gpu"
    )
    monkeypatch.setattr(sys, "prefix", "/home/me/.local/share/pipx/venvs/edge-voice")
    assert commands.pip_replace("onnxruntime", "onnxruntime-gpu") == (
        "pipx runpip edge-voice uninstall -y onnxruntime && pipx inject edge-voice onnxruntime-gpu"
    )


def test_an_environment_of_root_needs_sudo(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    assert commands.pip_install("onnx") == f"sudo {machine}/bin/python -m pip install onnx"
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert commands.pip_install("onnx") == f"{machine}/bin/python -m pip install onnx"


def test_debians_own_python_is_told_that_it_is_meant(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "base_prefix", str(machine))
    assert "--break-system-packages" not in commands.pip_install("onnx")
    (tmp_path / "EXTERNALLY-MANAGED").touch()  # PEP 668
    assert commands.pip_install("onnx").endswith("python -m pip install --break-system-packages onnx")


def test_an_environment_without_pip(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "find_spec", lambda _: None)
    python = f"{machine}/bin/python"
    assert commands.pip_install("onnx") == f"{python} -m ensurepip && {python} -m pip install onnx"
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/uv" if name == "uv" else None)
    assert commands.pip_install("onnx") == f"uv pip install --python {python} onnx"


@pytest.mark.usefixtures("machine")
def test_pipx_injects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", "/home/me/.local/share/pipx/venvs/edge-voice")
    assert commands.pip_install("onnx") == "pipx inject edge-voice onnx"


def test_other_systems_than_debian_are_told_what_to_look_for(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.exists()
    assert commands.system_install("gcc", "make") == "install what Debian calls gcc, make"
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    assert commands.system_install("gcc", "make") == "sudo apt-get install gcc make"


@pytest.mark.usefixtures("machine")
def test_the_services_program_looks_for_models_where_the_service_looks_whoever_runs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    monkeypatch.setattr("os.access", lambda *_: False)
    assert models_folder() != Path("/var/lib/edge-voice/models")
    monkeypatch.setattr(sys, "prefix", "/opt/edge-voice/releases/0.1.0-3f2a91c8-cp311")
    assert models_folder() == Path("/var/lib/edge-voice/models")
    assert models_folder(Path("/srv/models")) == Path("/srv/models")
    assert commands.edge_voice("models pull").startswith("sudo ")
