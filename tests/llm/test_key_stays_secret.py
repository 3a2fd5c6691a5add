"""The key of the cloud reaches the endpoint, and nothing that is printed, logged or kept on disk."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from tests.llm.fake_cloud import Behaviour, Connection, Request, fake_cloud
from tests.llm.faults import FAULTS

KEY = "sk-never-to-be-seen"


async def works(_: Request, connection: Connection) -> None:
    await connection.answer("It is a mountain.")


def prepare(folder: Path, url: str) -> Path:
    key = folder / "key"
    key.touch(mode=0o600)
    key.write_text(KEY)
    settings = folder / "config.toml"
    cloud = f'[llm.cloud]\nurl = "{url}"\napi_key_file = "{key}"\n'
    settings.write_text(f'[llm]\nengine = "none"\n[route]\nescalate = "prefer"\n{cloud}')
    return settings


def kept(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "key")


@pytest.mark.slow
@pytest.mark.parametrize(("behave", "outcome"), [(works, "answered"), (FAULTS["401"].behave, "failed")])
async def test_the_key_is_in_no_output_log_record_or_file(behave: Behaviour, outcome: str, tmp_path: Path) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    async with fake_cloud(behave) as cloud:
        settings = await asyncio.to_thread(prepare, tmp_path, cloud.url)
        words = ["-c", str(settings), "--log-level", "debug", "ask", "--standalone", "--json", "why are castles old"]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "edge", *words, env=os.environ | state, stdout=-1, stderr=-1
        )
        out, err = await process.communicate()
    assert json.loads(out)["outcome"] == outcome
    (request,) = cloud.requests
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert KEY.encode() not in out + err
    assert b"turn" in err  # it was logged
    files = await asyncio.to_thread(kept, tmp_path)
    assert b"gpt-4o-mini" in files or outcome == "failed"
    assert KEY.encode() not in files
