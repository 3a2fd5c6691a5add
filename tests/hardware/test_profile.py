"""Board profiles: which one a board has, and that all that ship are right."""

import platform
from pathlib import Path

import pytest

from edge.errors import ModelError
from edge.hardware.machine import this_machine
from edge.hardware.profile import profile_of, read_boards, shipped_boards
from edge.settings import Settings
from edge.store import open_store

BOARDS = shipped_boards()


@pytest.mark.parametrize(
    ("machine", "compatible", "name"),
    [
        ("aarch64", ["raspberrypi,5-model-b", "brcm,bcm2712"], "raspberry-pi-5"),
        ("aarch64", ["raspberrypi,400", "brcm,bcm2711"], "raspberry-pi-4"),
        ("aarch64", ["raspberrypi,model-zero-2-w", "brcm,bcm2837"], "raspberry-pi-zero-2-w"),
        ("aarch64", ["nvidia,p3768-0000+p3767-0005-super", "nvidia,p3767-0005", "nvidia,tegra234"], "jetson-orin-nano"),
        ("aarch64", ["nvidia,p3768-0000+p3767-0000", "nvidia,p3767-0000", "nvidia,tegra234"], "jetson-orin-nx"),
        ("aarch64", ["nvidia,p3737-0000+p3701-0000", "nvidia,p3701-0000", "nvidia,tegra234"], "jetson-agx-orin"),
        ("aarch64", ["some,carrier", "nvidia,tegra234"], "jetson-agx-orin"),
        ("aarch64", ["xunlong,orangepi-5", "rockchip,rk3588s"], "rk3588"),
        ("aarch64", ["some,board", "some,chip"], "aarch64"),
        ("aarch64", [], "aarch64"),
        ("x86_64", [], "x86-64"),
        ("x86_64", ["brcm,bcm2712"], "x86-64"),
        ("riscv64", ["brcm,bcm2712"], None),
    ],
)
def test_the_profile_of_a_board(machine: str, compatible: list[str], name: str | None) -> None:
    found = profile_of(BOARDS, machine, compatible)
    assert (found.name if found else None) == name


def test_this_machine_has_a_profile() -> None:
    machine = this_machine()
    assert machine.processor == platform.machine()
    assert machine.memory_mb > 256
    assert profile_of(BOARDS, machine.processor, machine.compatible) is not None


def test_the_chat_models_of_the_profiles_exist() -> None:
    models = open_store(Settings().models).names()
    assert {it.chat_model for it in BOARDS.values() if it.chat_model} <= set(models)


def test_each_board_can_fall_back_to_its_processor() -> None:
    assert all("cpu" in it.devices for it in BOARDS.values())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "other"\nsummary = "x"\nmachine = "aarch64"\ndevices = ["cpu"]', "belongs in a file"),
        ('name = "mine"\nsummary = "x"\nmachine = "vax"\ndevices = ["cpu"]', "machine"),
        ('name = "mine"\nsummary = "x"\nmachine = "aarch64"\ndevices = ["npu"]', "devices"),
        ('name = "mine"\nsummary = "x"\nmachine = "aarch64"\ndevices = []', "devices"),
        ("name = ", "mine.toml"),
        ("[" * 10_000, "mine.toml"),
    ],
)
def test_a_profile_that_is_wrong_is_named_with_its_mistake(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=message) as raised:
        read_boards(tmp_path)
    assert raised.value.code == "profile-invalid"
