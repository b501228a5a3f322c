"""Schemas come into the cache by pinned hash, from a server, an index or a file; here all are local."""

import hashlib
import io
import json
import tarfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tei_serge import download, schema_store
from tei_serge.diagnostics import TeiSergeError
from tei_serge.schema_store import install, installed, list_schemas
from tei_serge.tables import read_table

RNG = b"""<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>"""
MEMBER = "some-schemas-1.0/schemas/demo.rng"
JSON = "application/vnd.pypi.simple.v1+json"


@dataclass
class Web:
    """A server on this machine: answers by path, and the headers that it was asked with."""

    base: str
    answers: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def web() -> Iterator[Web]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            if self.path == "/slow":
                time.sleep(2)
            kind, body = site.answers.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in site.answers else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Web(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TEI_SERGE_CACHE", str(tmp_path / "cache"))
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_CERT", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "cache" / "schemas"


def archive(content: bytes = RNG, name: str = MEMBER, kind: bytes = tarfile.REGTYPE) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as tar:
        # A build script that must never be run.
        for member, data in (("some-schemas-1.0/setup.py", b"raise SystemExit('ran')"), (name, content)):
            info = tarfile.TarInfo(member)
            info.size = len(data) if kind == tarfile.REGTYPE else 0
            if member == name:
                info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info, io.BytesIO(data[: info.size]))
    return stream.getvalue()


def know(monkeypatch: pytest.MonkeyPatch, web: Web, data: bytes, sha256: str | None = None) -> None:
    """Make a schema `demo` known: first a URL that fails, then a package index on this machine."""
    entry = {
        "title": "a schema for the tests",
        "sha256": hashlib.sha256(RNG).hexdigest(),
        "origins": [
            {"kind": "file", "url": f"{web.base}/vault/demo.rng"},
            {
                "kind": "pypi",
                "project": "Some_Schemas",
                "version": "1.0",
                "sha256": sha256 or hashlib.sha256(data).hexdigest(),
                "member": MEMBER,
            },
        ],
    }
    monkeypatch.setattr(schema_store, "read_table", lambda name: {"schemas": {"demo": entry}}[name])
    monkeypatch.setenv("PIP_INDEX_URL", f"{web.base}/simple")
    listing = {
        "files": [{"url": "../../files/other-1.0.tar.gz"}, {"url": "/files/some_schemas-1.0.tar.gz#x=y"}]
    }
    web.answers["/simple/some-schemas/"] = (JSON, json.dumps(listing).encode())
    web.answers["/files/some_schemas-1.0.tar.gz"] = ("application/octet-stream", data)


def failure(name: str, origin: str | None = None) -> TeiSergeError:
    with pytest.raises(TeiSergeError) as caught:
        install(name, origin)
    assert installed(name) is None or name == "tei_serge"
    return caught.value


class TestByName:
    def test_the_second_origin_steps_in(self, web: Web, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        know(monkeypatch, web, archive())
        done = install("demo")
        assert done.path == cache / "demo.rng" == installed("demo")
        assert done.path.read_bytes() == RNG
        assert done.sha256 == hashlib.sha256(RNG).hexdigest()
        assert done.origin == f"{web.base}/files/some_schemas-1.0.tar.gz"
        assert web.asked[0][0] == "/vault/demo.rng"
        assert sorted(path.name for path in cache.iterdir()) == ["demo.json", "demo.rng"]

    def test_an_index_in_html(self, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
        know(monkeypatch, web, archive())
        page = (
            b'<a data-x="1" href="/files/some-schemas-0.9.tar.gz">old</a>\n'
            b"<a\nhref='/files/some_schemas-1.0.tar.gz#sha256=0'>new</a>"
        )
        web.answers["/simple/some-schemas/"] = ("text/html", page)
        assert install("demo").path is not None

    def test_an_index_in_a_folder(self, web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        data = archive()
        know(monkeypatch, web, data)
        folder = tmp_path / "index/some-schemas"
        folder.mkdir(parents=True)
        (folder / "index.html").write_bytes(b'<a href="some_schemas-1.0.tar.gz">')
        (folder / "some_schemas-1.0.tar.gz").write_bytes(data)
        monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / "index").as_uri())
        assert install("demo").origin.startswith("file:///")

    def test_a_name_and_password_in_the_address_are_sent_and_not_shown(
        self, web: Web, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        know(monkeypatch, web, archive(), "0" * 64)
        monkeypatch.setenv("PIP_INDEX_URL", web.base.replace("//", "//me:s3cret@") + "/simple/")
        error = failure("demo")
        assert "s3cret" not in str(error)
        headers = dict(web.asked)["/simple/some-schemas/"]
        assert headers["Authorization"] == "Basic bWU6czNjcmV0"

    @pytest.mark.parametrize(
        ("data", "sha256", "words"),
        [
            (archive(), "0" * 64, "SHA-256"),
            (archive(RNG + b"\n"), None, "SHA-256"),
            (b"no archive", None, "no readable"),
            (archive()[:60], None, "no readable"),
            (archive(name="some-schemas-1.0/other.rng"), None, "no readable"),
            (archive(kind=tarfile.SYMTYPE), None, "no file of a sensible size"),
        ],
        # An archive holds the time, and so would its name.
        ids=["another digest", "another schema", "no archive", "cut off", "another member", "a link"],
    )
    def test_what_is_not_as_pinned_is_refused(
        self, web: Web, monkeypatch: pytest.MonkeyPatch, data: bytes, sha256: str | None, words: str
    ) -> None:
        know(monkeypatch, web, data, sha256)
        error = failure("demo")
        assert (error.finding.code, error.status) == ("SCH-006", 1)
        assert words in str(error)

    def test_other_bytes_from_the_first_origin_are_passed_over(
        self, web: Web, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        know(monkeypatch, web, archive())
        web.answers["/vault/demo.rng"] = ("text/xml", RNG + b"<!-- another edition -->")
        assert install("demo").origin.endswith(".tar.gz")

    @pytest.mark.parametrize("answer", [b"{}", b"<html></html>", b"{not json", b'{"files": [{}]}'])
    def test_an_index_that_makes_no_sense(
        self, web: Web, monkeypatch: pytest.MonkeyPatch, answer: bytes
    ) -> None:
        know(monkeypatch, web, archive())
        web.answers["/simple/some-schemas/"] = (JSON, answer)
        assert failure("demo").finding.code == "SCH-006"

    def test_no_network(self, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
        know(monkeypatch, web, archive())
        web.answers.clear()
        error = failure("demo")
        assert "/vault/demo.rng" in str(error)
        assert "/simple/some-schemas/" in str(error)

    def test_a_silent_server_is_given_up(self, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(download, "TIMEOUT", 0.2)
        web.answers["/slow"] = ("text/xml", RNG)
        start = time.monotonic()
        assert failure("demo", f"{web.base}/slow").finding.code == "SCH-006"
        assert time.monotonic() - start < 1.5

    def test_too_large(self, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(download, "LIMIT", 10)
        web.answers["/big"] = ("text/xml", RNG)
        assert "larger" in str(failure("demo", f"{web.base}/big"))

    def test_the_pins_of_tei_all_are_complete(self) -> None:
        entry = read_table("schemas")["tei_all"]
        assert len(entry["sha256"]) == 64
        assert [origin["kind"] for origin in entry["origins"]] == ["file", "pypi"]
        assert all(len(origin["sha256"]) == 64 for origin in entry["origins"][1:])

    @pytest.mark.parametrize("name", ["unknown", "tei_al"])
    def test_unknown_names_are_wrong_use(self, name: str) -> None:
        error = failure(name)
        assert (error.finding.code, error.status) == ("SCH-009", 2)


class TestFrom:
    def test_file_url_and_path(self, tmp_path: Path, cache: Path, web: Web) -> None:
        path = tmp_path / "mine.rng"
        path.write_bytes(RNG)
        web.answers["/mine.rng"] = ("text/xml", RNG)
        for name, origin in (("a", str(path)), ("b", path.as_uri()), ("c", f"{web.base}/mine.rng")):
            assert install(name, origin).path == cache / f"{name}.rng"
        assert {schema.name for schema in list_schemas()} >= {"tei_serge", "tei_all", "a", "b", "c"}

    @pytest.mark.parametrize(
        ("content", "code", "words"),
        [
            (b"not xml", "SCH-007", "no XML"),
            (b"", "SCH-007", "no XML"),
            (b"<html/>", "SCH-007", "its root element is html"),
            (b"start = element a { text }", "SCH-007", "no XML"),
        ],
    )
    def test_other_formats_stay_out(self, tmp_path: Path, content: bytes, code: str, words: str) -> None:
        (tmp_path / "x.rng").write_bytes(content)
        error = failure("x", str(tmp_path / "x.rng"))
        assert error.finding.code == code
        assert words in str(error)

    @pytest.mark.parametrize(
        "origin", ["missing.rng", "file:///nonexistent/x.rng", "http://127.0.0.1:1/x.rng"]
    )
    def test_not_there(self, origin: str) -> None:
        assert failure("x", origin).finding.code == "SCH-006"

    @pytest.mark.parametrize("name", ["../x", "", "a/b", ".hidden", "x" * 65, "tei_serge"])
    def test_bad_names(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "x.rng").write_bytes(RNG)
        error = failure(name, str(tmp_path / "x.rng"))
        assert (error.finding.code, error.status) == ("SCH-006", 2)

    def test_cache_that_cannot_be_written(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "x.rng").write_bytes(RNG)
        monkeypatch.setenv("TEI_SERGE_CACHE", str(tmp_path / "x.rng"))
        assert failure("x", str(tmp_path / "x.rng")).finding.code == "OUT-002"


def test_our_own_schema_is_found_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "src/tei_serge"
    (package / "schemas").mkdir(parents=True)
    (tmp_path / "schemas").mkdir()
    monkeypatch.setattr(schema_store, "__file__", str(package / "schema_store.py"))
    assert installed("tei_serge") is None
    (tmp_path / "schemas/tei_serge.rng").write_bytes(RNG)
    assert installed("tei_serge") == tmp_path / "schemas/tei_serge.rng"
    (package / "schemas/tei_serge.rng").write_bytes(RNG)
    assert installed("tei_serge") == package / "schemas/tei_serge.rng"
