"""Somebody outside who takes notices: a real HTTP server."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """Answers with `answers`, one after another, then 200; keeps what it took as (key, body)."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: list[int] = []
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.paths: list[str] = []

    def take(self, path: str, key: str, body: bytes) -> int:
        self.paths.append(path)
        self.taken.append((key, json.loads(body)))
        return self.answers.pop(0) if self.answers else 200


@contextmanager
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = outside.take(self.path, self.headers["Idempotency-Key"], body)
            self.send_response(status)
            if status // 100 == 3:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def do_GET(self) -> None:
            """Where a followed redirect would lead: it would look as if the notice had been taken."""
            outside.paths.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing among the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    outside = Receiver(f"http://127.0.0.1:{server.server_port}/notices")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield outside
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
