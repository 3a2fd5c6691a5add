"""The layout, held to: who may import whom, and what may never be loaded by pure logic and by `--help`."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STAGES = {
    "audio", "wake", "vad", "stt", "grammar", "nlu", "route", "privacy", "budget", "llm", "tts", "exact", "schedule",
    "home", "mqtt", "telemetry", "reference",
}  # fmt: skip
BASE = {"events", "errors", "settings", "runtime", "hardware", "store"}
WITHOUT_BASE = {"events", "errors", "settings"}

# What a stage may use beside the base. Everything that is not here would be a new arrow in the picture: draw it first.
MAY_USE = {
    "stt": {"grammar"},
    "nlu": {"grammar"},
    "route": {"nlu", "privacy"},
    "reference": {"nlu"},
    "privacy": {"nlu"},
    "budget": set[str](),
    "llm": {"nlu", "privacy", "budget"},
    "tts": {"nlu"},
    "mqtt": set[str](),
    "exact": {"nlu"},
    "schedule": {"nlu"},
    "home": {"exact", "mqtt", "nlu", "schedule"},
    "telemetry": {"mqtt"},
    "control": {"mqtt", "schedule", "home", "telemetry"},
    "peers": {"mqtt", "home", "nlu", "telemetry"},
    "ears": {"audio", "wake", "vad"},
    "turn": {*STAGES, "ears"},
    "pipeline": {*STAGES, "ears", "turn"},
    "services": {*STAGES, "control", "peers", "pipeline"},
    "assembly": {*STAGES, "control", "ears", "turn", "peers", "pipeline", "services"},
    "daemon": {"audio", "pipeline", "assembly"},
    "recorded_room": {"audio", "pipeline", "assembly"},
    "bench": {*STAGES, "ears", "turn", "pipeline", "recorded_room"},
    "tune": {*STAGES, "bench"},
    "quantize": {*STAGES, "bench"},
    "__main__": {"cli"},
    "board": set[str](),
    "hardware": set[str](),
    "cli": {
        *STAGES,
        "board",
        "tune",
        "quantize",
        "control",
        "turn",
        "pipeline",
        "assembly",
        "daemon",
        "recorded_room",
        "bench",
    },
    "events": set[str](),
    "errors": set[str](),
    "settings": set[str](),
    "runtime": set[str](),
    "store": set[str](),
}

# The same inside `edge/home`. `edge.home` itself holds the protocols and opens the home; all may use it and the model.
HOME_MAY_USE = {
    "model": set[str](),
    "states": set[str](),
    "sources": set[str](),
    "modelling": {"sources", "states"},
    "planning": {"states"},
    "acting": {"states", "planning"},
    "answers": {"states", "planning"},
    "errands": {"sources", "states", "planning", "acting"},
    "speaker": set[str](),
    "intents": {"sources", "modelling", "states", "planning", "acting", "answers", "errands", "speaker"},
    "reports": {"sources", "modelling", "planning", "intents"},
    "opened": {"sources", "modelling", "states", "planning", "acting", "intents"},
    "": {"opened"},
}

HEAVY = {
    "ctranslate2", "faster_whisper", "hassil", "hibari", "holidays", "home_assistant_intents", "matplotlib", "onnx",
    "onnxruntime", "openwakeword", "piper", "pyaudio", "pymicro_wakeword", "soundfile", "soxr", "vosk",
    "whisper_normalizer", "xllamacpp",
}  # fmt: skip

PURE = (
    "edge.events",
    "edge.settings",
    "edge.ears",
    "edge.wake.trigger",
    "edge.turn.endpointer",
    "edge.turn.floor",
    "edge.turn.conversation",
    "edge.turn.recognition",
    "edge.telemetry.trace",
    "edge.bench.waterfall",
    "edge.nlu.segmenter",
    "edge.tts.plain_text",
    "edge.grammar",
    "edge.grammar.token_constraint",
    "edge.stt.moonshine.grammar_beam",
    "edge.route.policy",
    "edge.nlu",
    "edge.nlu.en",
    "edge.privacy",
    "edge.exact",
    "edge.reference",
    "edge.llm.conversation",
    "edge.schedule.timers",
    "edge.schedule.alarms",
    "edge.schedule.when",
    "edge.telemetry.messages",
    "edge.pipeline",
    "edge.cli.app",
)


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / "edge").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts).removesuffix(".__init__"), path


def place(module: str) -> str | None:
    """The stage or file directly under `edge` that a module belongs to; None for what is not ours."""
    parts = module.split(".")
    return parts[1] if parts[0] == "edge" and len(parts) > 1 else None


def place_in_home(module: str) -> str | None:
    """The folder or file directly under `edge/home` that a module belongs to, empty for `edge.home` itself."""
    parts = module.split(".")
    return (parts[2] if len(parts) > 2 else "") if parts[:2] == ["edge", "home"] else None


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from modules if node.module == "edge" else (it if is_module(it) else node.module for it in modules)


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def test_every_arrow_between_the_folders_is_one_of_the_picture() -> None:
    wrong = []
    for module, path in modules():
        here = place(module)
        if here is None:
            continue
        allowed = MAY_USE.get(here, set()) | (set() if here in WITHOUT_BASE else BASE) | {here}
        wrong += [
            f"{module} imports {imported}"
            for imported in imports(path)
            if (there := place(imported)) is not None and there not in allowed and imported != "edge.__version__"
        ]
    assert wrong == []


def test_every_arrow_inside_the_home_is_one_of_the_picture() -> None:
    wrong = [
        f"{module} imports {imported}"
        for module, path in modules()
        if (here := place_in_home(module)) is not None
        for imported in imports(path)
        if (there := place_in_home(imported)) is not None and there not in {"", "model", here, *HOME_MAY_USE[here]}
    ]
    assert wrong == []


def test_what_is_english_is_used_through_the_language_only() -> None:
    wrong = [
        f"{module} imports {imported}"
        for module, path in modules()
        for imported in imports(path)
        if imported.startswith("edge.nlu.en") and module != "edge.nlu" and not module.startswith("edge.nlu.en")
    ]
    assert wrong == []


def test_the_installer_needs_nothing_that_it_has_yet_to_install() -> None:
    wrong = [
        f"{module} imports {imported}"
        for module, path in modules()
        for imported in imports(path)
        if place(module) == "board"
        and imported.split(".")[0] not in sys.stdlib_module_names
        and place(imported) not in {"board", "errors", "__version__"}
    ]
    assert wrong == []


@pytest.mark.parametrize("module", PURE)
def test_pure_logic_and_the_command_line_load_no_engine(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert set(loaded.split()) & HEAVY == set()


def test_files_stay_near_three_hundred_lines() -> None:
    long = {module: n for module, path in modules() if (n := len(path.read_text(encoding="utf-8").splitlines())) > 350}
    assert long == {}
