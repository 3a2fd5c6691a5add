from pathlib import Path

import pytest

from edge.runtime.free_memory import free_memory

MEMINFO = "MemTotal:        8000000 kB\nMemFree:          500000 kB\nMemAvailable:    6000000 kB\n"
STAT = "anon 900000000\nfile 700000000\ninactive_file 300000000\nactive_file 200000000\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "meminfo").write_text(MEMINFO)
    (tmp_path / "cgroup").write_text("4:memory:/old\n0::/system.slice/edge-voice.service\n")
    (tmp_path / "groups" / "system.slice" / "edge-voice.service").mkdir(parents=True)
    return tmp_path


def limit(group: Path, *, most: str = "max", high: str = "max", used: int = 0, stat: str = "") -> None:
    for name, text in (("max", most), ("high", high), ("current", str(used)), ("stat", stat)):
        (group / f"memory.{name}").write_text(f"{text}\n")


def free(root: Path) -> int:
    return free_memory(root / "meminfo", root / "cgroup", root / "groups")


def test_without_a_limit_it_is_what_the_kernel_says(root: Path) -> None:
    limit(root / "groups" / "system.slice")
    assert free(root) == 6_000_000 * 1024


def test_a_limit_counts_with_cached_files_as_free(root: Path) -> None:
    service = root / "groups" / "system.slice" / "edge-voice.service"
    limit(service, most="2000000000", used=1_600_000_000, stat=STAT)
    assert free(root) == 2_000_000_000 - 1_600_000_000 + 500_000_000


def test_the_narrowest_group_up_to_the_root_counts(root: Path) -> None:
    limit(root / "groups", most="3000000000", used=1_000_000_000)
    limit(root / "groups" / "system.slice", high="1500000000", most="9000000000", used=1_000_000_000)
    limit(root / "groups" / "system.slice" / "edge-voice.service", most="4000000000", used=100)
    assert free(root) == 500_000_000


def test_more_used_than_allowed_is_nothing_free(root: Path) -> None:
    limit(root / "groups" / "system.slice", most="1000", used=5000)
    assert free(root) == 0


def test_a_group_outside_of_what_is_visible_is_ignored(root: Path) -> None:
    (root / "cgroup").write_text("0::/../../other\n")
    limit(root, most="1")
    assert free(root) == 6_000_000 * 1024


@pytest.mark.parametrize("text", ["", "MemTotal: 8 kB\n", "MemAvailable: lots kB\n"])
def test_a_kernel_that_tells_nothing_has_nothing_free(root: Path, text: str) -> None:
    (root / "meminfo").write_text(text)
    assert free(root) == 0
    (root / "meminfo").unlink()
    assert free(root) == 0


def test_this_machine_has_some() -> None:
    assert 10_000_000 < free_memory() < 1 << 50
