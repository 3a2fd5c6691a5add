"""A file server with ranges and faults, in place of the model hub."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Hub(ThreadingHTTPServer):
    """Serves `files`; `cut_after` shortens the next answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.tag = '"one"'
        self.cut_after: list[int] = []
        self.ranges: list[str | None] = []
        self.status = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        hub = self.server
        wanted = self.headers.get("Range")
        hub.ranges.append(wanted)
        if hub.status != 200 or self.path not in hub.files:
            self.send_error(hub.status if hub.status != 200 else 404)
            return
        data, start = hub.files[self.path], 0
        if wanted and self.headers.get("If-Range") == hub.tag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(data):
                self.send_error(416)
                return
        self.send_response(206 if start else 200)
        self.send_header("ETag", hub.tag)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        end = start + hub.cut_after.pop(0) if hub.cut_after else len(data)
        self.wfile.write(data[start:end])

    def log_message(self, *_: Any) -> None:
        """Quiet."""
