"""Files from the web over HTTPS, continued where an earlier try was cut (range requests: RFC 9110, section 14)."""

import os
from collections.abc import Callable
from pathlib import Path

import httpx

from edge.errors import ModelError
from edge.store.disk import part_of

HUB = "https://huggingface.co"
_TIMEOUT = httpx.Timeout(30.0)
_OK, _PARTIAL, _RANGE_NOT_SATISFIABLE = 200, 206, 416


def hub_url(repository: str, revision: str, member: str) -> str:
    """The address of a file of the hub, or of the mirror that $HF_ENDPOINT names."""
    return f"{os.environ.get('HF_ENDPOINT') or HUB}/{repository}/resolve/{revision}/{member}"


def download(url: str, target: Path, limit: int, progress: Callable[[int], None]) -> None:
    """Bring a file of at most `limit` bytes to `target`; `progress` is told how many bytes are here.

    A cut transfer is continued while it makes headway. What came stays beside the target for the next call, together
    with the server's tag of that version, so that two versions are never joined. Raises `ModelError`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = part_of(target)
    while True:
        before = _size(part)
        try:
            _continue(url, part, limit, progress)
            break
        except (httpx.TransportError, httpx.InvalidURL) as error:
            if _size(part) <= before:
                raise ModelError("model-fetch-failed", f"{url} cannot be fetched: {error or type(error)}") from error
        except OSError:
            part.unlink(missing_ok=True)
            raise
    part.replace(target)
    _tag_file(part).unlink(missing_ok=True)


def _continue(url: str, part: Path, limit: int, progress: Callable[[int], None]) -> None:
    tag = _tag_file(part)
    have = _size(part) if tag.exists() else 0
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": tag.read_text()}
    with httpx.stream("GET", url, headers=headers, follow_redirects=True, timeout=_TIMEOUT) as response:
        if url.startswith("https:") and response.url.scheme != "https":
            raise ModelError("model-fetch-failed", f"{url} leads to an address without encryption")
        if response.status_code == _RANGE_NOT_SATISFIABLE:
            part.unlink(missing_ok=True)
            raise httpx.ReadError("the server has fewer bytes than are here; starting again")
        if response.status_code not in {_OK, _PARTIAL}:
            raise ModelError("model-fetch-failed", f"{url} answered {response.status_code} {response.reason_phrase}")
        if response.status_code == _OK:
            have = 0
        _remember_tag(tag, response.headers.get("ETag"))
        with part.open("r+b" if have else "wb") as stream:
            stream.truncate(have)
            stream.seek(have)
            for chunk in response.iter_bytes():
                have += len(chunk)
                if have > limit:
                    raise ModelError("model-source-damaged", f"{url} is longer than {limit} bytes")
                stream.write(chunk)
                progress(have)
            stream.flush()
            os.fsync(stream.fileno())


def _remember_tag(path: Path, tag: str | None) -> None:
    """Only a strong tag vouches for single bytes."""
    if tag and not tag.startswith("W/"):
        path.write_text(tag)
    else:
        path.unlink(missing_ok=True)


def _tag_file(part: Path) -> Path:
    return part.with_name(f"{part.name}.tag")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
