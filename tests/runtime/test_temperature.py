from pathlib import Path

from edge.runtime.temperature import temperature_c


def zone(folder: Path, name: str, content: str) -> None:
    (folder / name).mkdir()
    (folder / name / "temp").write_text(content, encoding="ascii")


def test_the_hottest_zone_counts_and_one_that_is_off_does_not(tmp_path: Path) -> None:
    assert temperature_c(tmp_path) is None
    assert temperature_c(tmp_path / "missing") is None
    zone(tmp_path, "thermal_zone0", "48312\n")
    zone(tmp_path, "thermal_zone1", "51000\n")
    zone(tmp_path, "thermal_zone2", "n/a\n")
    zone(tmp_path, "cooling_device0", "99000\n")
    assert temperature_c(tmp_path) == 51.0
