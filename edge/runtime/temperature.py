"""The temperature of the board, from the kernel (Documentation/ABI/testing/sysfs-class-thermal)."""

from pathlib import Path


def temperature_c(folder: Path = Path("/sys/class/thermal")) -> float | None:
    """The highest temperature of the thermal zones in degrees Celsius; None without one. Reads small files."""
    found = [degrees for zone in folder.glob("thermal_zone*/temp") if (degrees := _read(zone)) is not None]
    return max(found, default=None)


def _read(zone: Path) -> float | None:
    try:
        return round(int(zone.read_text(encoding="ascii")) / 1000, 1)
    except (OSError, ValueError):  # a zone that is off
        return None
