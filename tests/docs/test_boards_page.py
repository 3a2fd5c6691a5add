"""The tables of docs/boards.md are those of the profiles and of the plan."""

import re
from typing import get_args

from edge.runtime.onnx.plan import providers_of
from edge.settings import Device
from scripts.make_boards_table import DOCUMENT, with_table


def test_the_table_is_that_of_the_profiles() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert with_table(document) == document, "run scripts/make_boards_table.py"


def test_the_packages_of_each_device_stand_in_the_order_of_the_plan() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))
    planned = {device: [it.package for it in providers_of(device)] for device in get_args(Device) if device != "auto"}
    planned = {device: packages for device, packages in planned.items() if packages}
    assert {device: re.findall(r"`(onnxruntime[\w-]*)`", rows[device]) for device in planned} == planned
