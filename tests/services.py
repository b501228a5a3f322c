"""Services of reconciliation on this machine: one that does what it is told, good or bad."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

MANIFEST = {
    "versions": ["0.1", "0.2"],
    "name": "A service",
    "identifierSpace": "http://example.org/id/",
    "schemaSpace": "http://example.org/schema/",
}
Queries = dict[str, dict[str, Any]]


class Reply(Exception):
    """Another answer than JSON with status 200: raise it, or give it back."""

    def __init__(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        super().__init__(status)
        self.status, self.body = status, body
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass
class Service:
    """Answers queries with `answer`; `asked` holds what was asked, `headers` those of the last request."""

    url: str = ""
    manifest: Any = field(default_factory=lambda: dict(MANIFEST))
    answer: Callable[[Queries], Any] = lambda queries: {
        key: {"result": [candidate(query["query"])]} for key, query in queries.items()
    }
    asked: list[Queries] = field(default_factory=list)
    manifests: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)


def candidate(name: str, id: str = "Q1", score: float = 90) -> dict[str, Any]:
    return {"id": id, "name": name, "score": score, "match": False, "type": [{"id": "Q5", "name": "human"}]}


@contextmanager
def serving() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.manifests += 1
            self.reply(service.manifest() if callable(service.manifest) else service.manifest)

        def do_POST(self) -> None:
            service.headers = dict(self.headers)
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode("ascii"))
            queries = json.loads(form["queries"][0])
            service.asked.append(queries)
            try:
                self.reply(service.answer(queries))
            except Reply as reply:
                self.reply(reply)

        def reply(self, what: object) -> None:
            reply = what if isinstance(what, Reply) else Reply(body=json.dumps(what).encode())
            try:
                self.send_response(reply.status)
                for name, value in ({"Content-Type": "application/json"} | reply.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)
            except OSError:
                pass  # The client has had enough.

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}/reconcile"
    try:
        yield service
    finally:
        service.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
