"""What is known of a board: a TOML file of models/boards each. Pure, but for reading the files.

A profile says what to try and what to expect. What a board is really best at is measured on it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from edge.errors import ModelError
from edge.hardware.machine import this_machine
from edge.settings.compute import Device
from edge.store import shipped
from edge.store.named_file import Named, read_named_file


class BoardProfile(Named):
    """See the module.

    A board has this profile if its device tree has one of the names in `compatible`; without them the profile is that
    of all other boards with this processor (`machine`, as the kernel calls it). `devices` are worth trying, the likely
    best one first; `packages` bring them. `chat_model` is the largest one that is expected to answer in time where it
    fits into the memory, None: there is room for none. `tried` says who ran what on it, empty if it is untried. `note`
    is what its owner should know.
    """

    summary: str = Field(min_length=1, max_length=100)
    machine: Literal["aarch64", "x86_64"]
    compatible: tuple[str, ...] = ()
    devices: tuple[Device, ...] = Field(min_length=1)
    packages: tuple[str, ...] = ()
    chat_model: str | None = None
    tried: str = Field(default="", max_length=300)
    note: str = Field(default="", max_length=300)


Profiles = Mapping[str, BoardProfile]
"""By name."""


def profile_of(profiles: Profiles, machine: str, compatible: Sequence[str]) -> BoardProfile | None:
    """The profile of a board; `compatible` are the names in its device tree, the most exact first. None: unknown."""
    here = [it for it in profiles.values() if it.machine == machine]
    for name in compatible:
        for profile in here:
            if name in profile.compatible:
                return profile
    return next((it for it in here if not it.compatible), None)


@cache
def profile_of_this_machine() -> BoardProfile | None:
    """The profile of the machine that this process runs on; None: unknown."""
    machine = this_machine()
    return profile_of(shipped_boards(), machine.processor, machine.compatible)


@cache
def shipped_boards() -> Profiles:
    """The profiles that ship with the program. Raises `ModelError` "profile-invalid"."""
    return read_boards(shipped("models") / "boards")


def read_boards(folder: Path) -> Profiles:
    """The profiles of a folder. Raises `ModelError` "profile-invalid", naming the file and the key."""
    return {path.stem: read_named_file(path, BoardProfile, _invalid) for path in sorted(folder.glob("*.toml"))}


def _invalid(what: str) -> ModelError:
    return ModelError("profile-invalid", what, "correct the profile; docs/boards.md describes it")
