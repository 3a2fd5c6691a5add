"""How many commands to the home would go to a cloud: held-out parts of HWU64 (CC BY 4.0) and CLINC150 (CC BY 3.0)."""

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from edge.route import open_router
from edge.settings import RouteSettings, Settings

DATA = os.environ.get("EDGE_VOICE_DATA")
IN_HWU = ("iot_", "alarm_", "audio_volume_")
IN_CLINC = frozenset({"timer", "alarm", "reminder", "smart_home", "change_volume"})
MOST_ESCALATED = 0.02


def rows(name: str) -> Iterator[dict[str, Any]]:
    if not DATA:
        pytest.skip("EDGE_VOICE_DATA does not name the folder that has the published sentences")
    yield from map(json.loads, (Path(DATA) / "nlu" / name).read_text(encoding="utf-8").splitlines())


def commands() -> list[str]:
    """The commands that no classifier learned from: see `scripts/train_question_kinds.py`."""
    held = [it["text"] for it in rows("hwu64.jsonl") if it["intent"].startswith(IN_HWU)]
    tested = [it["text"] for it in rows("clinc150.jsonl") if it["intent"] in IN_CLINC and it["split"] == "test"]
    return [text for text in held if zlib.crc32(text.encode()) % 5 == 0] + tested


def test_hardly_any_command_goes_to_a_cloud_where_no_model_is_in_the_home() -> None:
    router = open_router(Settings(route=RouteSettings(escalate="hard-only")), fit=frozenset(), cloud=lambda: "ready")
    texts = commands()
    escalated = [text for text in texts if router.decide(text).answerer in {"llm", "cloud"}]
    assert len(texts) > 500
    assert len(escalated) <= MOST_ESCALATED * len(texts)
