"""Files from the web over HTTPS, continued where an earlier try was cut (range requests: RFC 9110, section 14)."""

import os
import ssl
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Thread

import httpx

from edge.errors import ModelError
from edge.store.disk import note_of, part_of

HUB = "https://huggingface.co"
ANSWER_TIMEOUT_S = 8.0
"""From the request to the head of the response. A blocked network costs no more than this."""

_TIMEOUT = httpx.Timeout(30.0, connect=4.0)
_OK, _PARTIAL, _RANGE_NOT_SATISFIABLE = 200, 206, 416


def hub_url(repository: str, revision: str, member: str) -> str:
    """The address of a file of the hub, or of the mirror that $HF_ENDPOINT names."""
    return f"{os.environ.get('HF_ENDPOINT') or HUB}/{repository}/resolve/{revision}/{member}"


def download(url: str, target: Path, limit: int, progress: Callable[[int], None]) -> None:
    """Fetch a file of at most `limit` bytes to `target`; `progress` gets the number of bytes that are here.

    A transfer that breaks off is continued as long as it makes headway. What came stays beside the target for the next
    call, together with the server's tag of that version, so that two versions are never joined. Raises `ModelError`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = part_of(target)
    with httpx.Client(follow_redirects=True, timeout=_TIMEOUT, verify=_authorities()) as client:
        while True:
            before = _size(part)
            try:
                _continue(client, url, part, limit, progress)
                break
            except (httpx.TransportError, httpx.InvalidURL) as error:
                if _size(part) <= before:
                    raise ModelError("model-fetch-failed", f"{url} cannot be fetched: {_reason(error)}") from error
            except OSError:
                part.unlink(missing_ok=True)
                raise
    part.replace(target)
    note_of(part).unlink(missing_ok=True)


def _authorities() -> ssl.SSLContext:
    """Whom to believe: httpx's authorities, and those of the system, because some networks have one of their own."""
    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context


def _continue(client: httpx.Client, url: str, part: Path, limit: int, progress: Callable[[int], None]) -> None:
    note = note_of(part)
    tag = _tag(note)
    have = _size(part) if tag else 0
    headers = {"Accept-Encoding": "identity"}
    if have and tag:
        headers |= {"Range": f"bytes={have}-", "If-Range": tag}
    response = _request(client, url, headers)
    try:
        if url.startswith("https:") and response.url.scheme != "https":
            raise ModelError("model-fetch-failed", f"{url} leads to an address without encryption")
        if response.status_code == _RANGE_NOT_SATISFIABLE:
            part.unlink(missing_ok=True)
            raise httpx.ReadError("the server has fewer bytes than are here; starting again")
        if response.status_code not in {_OK, _PARTIAL}:
            raise ModelError("model-fetch-failed", f"{url} answered {response.status_code} {response.reason_phrase}")
        if response.status_code == _OK:
            have = 0
            part.unlink(missing_ok=True)
        _remember_tag(note, response.headers.get("ETag"))
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
    finally:
        response.close()


def _request(client: httpx.Client, url: str, headers: dict[str, str]) -> httpx.Response:
    """The response, its body still to come, within `ANSWER_TIMEOUT_S`.

    The client limits each connection attempt, but neither the name look-up nor the number of addresses it tries.
    """
    answer: Future[httpx.Response] = Future()

    def ask() -> None:
        try:
            response = client.send(client.build_request("GET", url, headers=headers), stream=True)
        except Exception as error:  # noqa: BLE001 - raised where the answer is awaited
            if answer.set_running_or_notify_cancel():
                answer.set_exception(error)
            return
        if answer.set_running_or_notify_cancel():
            answer.set_result(response)
        else:
            response.close()

    Thread(target=ask, name="request", daemon=True).start()
    try:
        return answer.result(ANSWER_TIMEOUT_S)
    except TimeoutError as error:
        if not answer.cancel():
            return answer.result()
        raise httpx.ConnectTimeout(f"no answer within {ANSWER_TIMEOUT_S:.0f} s") from error


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _tag(note: Path) -> str | None:
    """The server's tag of the version that grows here; None where something else does."""
    text = note.read_text(encoding="utf-8", errors="replace") if note.exists() else ""
    return text if text.startswith('"') else None


def _remember_tag(note: Path, tag: str | None) -> None:
    """Only a strong tag vouches for single bytes."""
    if tag and tag.startswith('"'):
        note.write_text(tag, encoding="utf-8")
    else:
        note.unlink(missing_ok=True)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
