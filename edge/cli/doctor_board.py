"""What `edge-voice doctor` says about the board."""

from typing import Any

from edge.cli.findings import Finding
from edge.hardware.health import conditions, power_mode
from edge.hardware.machine import Machine, this_machine
from edge.hardware.profile import BoardProfile, profile_of_this_machine
from edge.runtime.temperature import temperature_c
from edge.settings import Settings


def look_at_board(settings: Settings) -> tuple[dict[str, Any], list[Finding]]:
    """The board for the report, and what slows it down or does not fit on it."""
    machine = this_machine()
    profile = profile_of_this_machine()
    report = {
        "model": machine.model,
        "profile": None if profile is None else profile.name,
        "tried": False if profile is None else bool(profile.tried),
        "memory_mb": machine.memory_mb,
        "system": machine.system,
        "power_mode": power_mode(),
        "temperature_c": temperature_c(),
    }
    slow = [Finding(it.code, it.message, it.hint, certain=False) for it in conditions()]
    return report, [*slow, *_does_not_fit(settings, machine, profile)]


def board_line(report: dict[str, Any]) -> str:
    """The line of the report for people."""
    known = f"profile {report['profile']}" + ("" if report["tried"] else ", not tried by us")
    parts = [report["model"] or "unknown", known if report["profile"] else "no profile", f"{report['memory_mb']} MB"]
    parts += [it for it in (report["system"], report["power_mode"]) if it]
    if report["temperature_c"] is not None:
        parts.append(f"{report['temperature_c']:.0f} °C")
    return ", ".join(parts)


def _does_not_fit(settings: Settings, machine: Machine, profile: BoardProfile | None) -> list[Finding]:
    if profile is None:
        hint = "use a machine with x86_64 or aarch64"
        return [Finding("board-unknown", f"the engines have no packages for {machine.processor}", hint, certain=False)]
    if profile.chat_model is None and settings.llm.engine == "local":
        message = f"{profile.summary} has no room for a language model"
        hint = 'set [llm] engine = "none", or "server" with the url of one in your network'
        return [Finding("board-too-small", message, hint, ("llm", "engine"), certain=False)]
    return []
