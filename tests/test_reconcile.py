"""Reconciliation with services that are good, slow, down, wrong or malicious: the table never loses anything."""

import csv
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from services import Queries, Reply, Service, candidate, serving
from tei_serge.cli import cli
from tei_serge.reconcile import client
from tei_serge.reconcile.model import Manners
from tei_serge.reconcile.table import COLUMNS

HEAD = ",".join(COLUMNS)


def row(name: str, kind: str = "person", **cells: str) -> str:
    known = {"kind": kind, "id": name.lower().replace(" ", "-"), "name": name, "mentions": "1", **cells}
    return ",".join(known.get(column, "") for column in COLUMNS)


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as found:
        yield found


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TEI_SERGE_CACHE", str(tmp_path / "cache"))
    command = import_module("tei_serge.cli.reconcile")
    monkeypatch.setattr(command, "_DEFAULTS", Manners(pause=0))
    return fill(tmp_path / "review.csv", row("Ada Tarn"), row("Edward Pel"))


def fill(path: Path, *rows: str, head: str = HEAD) -> Path:
    path.write_text("\n".join([head, *rows, ""]), "utf-8", newline="")
    return path


def run(table: Path, service: Service | str, *more: str) -> Result:
    url = service if isinstance(service, str) else service.url
    return CliRunner().invoke(cli, ["authority", "reconcile", str(table), "--service", url, *more])


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_text("utf-8"), newline="")))


def about(queries: Queries, **by_name: Any) -> dict[str, Any]:
    """One answer for each query, others for those named by their first word."""
    usual = {key: {"result": [candidate(query["query"])]} for key, query in queries.items()}
    firsts = {key: query["query"].split()[0] for key, query in queries.items()}
    return {key: by_name.get(firsts[key], answer) for key, answer in usual.items()}


def test_candidates_come_into_the_table(table: Path, service: Service) -> None:
    service.answer = lambda queries: about(
        queries, Ada={"result": [candidate("Ada Tern", "Q8", 40), candidate("Ada Tarn", "Q7", 99.5)]}
    )
    done = run(table, service)
    assert (done.exit_code, done.stdout) == (0, "")
    found = rows(table)
    assert [(one["name"], one["candidate"], one["score"]) for one in found] == [
        ("Ada Tarn", "http://example.org/id/Q7", "99.5"),
        ("Ada Tarn", "http://example.org/id/Q8", "40"),
        ("Edward Pel", "http://example.org/id/Q1", "90"),
    ]
    assert {(one["source"], one["candidate_type"], one["decision"]) for one in found} == {
        (service.url, "human", "")
    }
    assert found[1]["id"] == "ada-tarn"


def test_what_is_not_ours_keeps_its_bytes(table: Path, service: Service) -> None:
    kept = [
        row("Ada Tarn", candidate="pers-x", source="authority", score="80", note='"a, ""b"""') + ',"mine"',
        row("Lev Orm", decision="reject", note="  blank  ") + ",",
        '"person",orm2,"Lev\r\nOrm",,1,,,,,,,,new,,',
        "",
    ]
    head = HEAD + ",Colour"
    data = b"\xef\xbb\xbf" + "\r\n".join([head, *kept, row("Edward Pel") + ",red"]).encode()
    table.write_bytes(data)
    assert run(table, service).exit_code == 0
    after = table.read_bytes()
    lines = after.split(b"\r\n")
    assert after.startswith(data[: data.index(b'"mine"') + 6])
    assert "\r\n".join(kept[1:3]).encode() in after
    assert b",red" in lines[-2] if lines[-1] == b"" else b",red" in lines[-1]
    again = table.read_bytes()
    assert run(table, service).exit_code == 0
    assert table.read_bytes() == again
    assert "Lev Orm" not in json.dumps(service.asked)


@pytest.mark.parametrize(
    ("codec", "mark"), [("utf-16-le", b"\xff\xfe"), ("utf-8", b"\xef\xbb\xbf"), ("utf-8", b"")]
)
def test_the_encoding_and_the_delimiter_stay(table: Path, service: Service, codec: str, mark: bytes) -> None:
    text = f"{HEAD}\n{row('Ada Tárn')}\n".replace(",", ";")
    table.write_bytes(mark + text.encode(codec))
    assert run(table, service).exit_code == 0
    data = table.read_bytes()
    assert data.startswith(mark)
    assert "Ada Tárn;;1;;;http://example.org/id/Q1;" in data[len(mark) :].decode(codec)


def test_no_candidates_leave_the_table_as_it_is(table: Path, service: Service) -> None:
    before = table.read_bytes()
    service.answer = lambda queries: {key: {"result": []} for key in queries}
    assert run(table, service).exit_code == 0
    assert table.read_bytes() == before


def test_decided_names_are_asked_with_all_only_and_stay_decided(table: Path, service: Service) -> None:
    fill(table, row("Ada Tarn", decision="new", note="sure"), row("Edward Pel"))
    run(table, service)
    assert [query["query"] for query in service.asked[0].values()] == ["Edward Pel"]
    run(table, service, "--all")
    found = rows(table)
    assert [(one["name"], one["candidate"], one["decision"], one["note"]) for one in found[:2]] == [
        ("Ada Tarn", "", "new", "sure"),
        ("Ada Tarn", "http://example.org/id/Q1", "", ""),
    ]


def test_decisions_made_while_the_service_was_asked_stay(table: Path, service: Service) -> None:
    def answer(queries: Queries) -> Any:
        fill(table, row("Ada Tarn", decision="reject"), row("Edward Pel"), row("A New Row"))
        return about(queries)

    service.answer = answer
    assert run(table, service).exit_code == 0
    assert [(one["name"], one["candidate"], one["decision"]) for one in rows(table)] == [
        ("Ada Tarn", "", "reject"),
        ("Edward Pel", "http://example.org/id/Q1", ""),
        ("A New Row", "", ""),
    ]


def test_another_file_is_written_with_output_and_none_is_overwritten(table: Path, service: Service) -> None:
    before = table.read_bytes()
    other = table.with_name("other.csv")
    assert run(table, service, "-o", str(other)).exit_code == 0
    assert table.read_bytes() == before
    assert len(rows(other)) == 2
    done = run(table, service, "-o", str(other))
    assert (done.exit_code, "REC-012" in done.stderr) == (2, True)


def test_batches_are_as_large_as_the_service_takes_or_as_told(table: Path, service: Service) -> None:
    fill(table, *(row(f"Name {number}") for number in range(7)))
    service.manifest["batchSize"] = 3
    run(table, service)
    assert [len(queries) for queries in service.asked] == [3, 3, 1]
    service.asked.clear()
    run(table, service, "--batch", "5", "--refresh")
    assert [len(queries) for queries in service.asked] == [5, 2]


def test_types_and_properties_are_sent(table: Path, service: Service) -> None:
    service.manifest["identifierSpace"] = "http://www.wikidata.org/entity/"
    head = f"{HEAD},birth,trade"
    fill(table, row("Ada Tarn") + ",1880,clerk", row("Elm", kind="place") + ",,", head=head)
    run(table, service, "--type", "place=Q515", "--property", "trade=P106")
    ada, elm = service.asked[0].values()
    assert ada == {
        "query": "Ada Tarn",
        "limit": 5,
        "type": "Q5",
        "properties": [{"pid": "P569", "v": "1880"}, {"pid": "P106", "v": "clerk"}],
    }
    assert (elm["type"], "properties" in elm) == ("Q515", False)
    assert rows(table)[0]["candidate"] == "http://www.wikidata.org/entity/Q1"


def test_no_type_is_made_up_for_a_service_that_nobody_knows(table: Path, service: Service) -> None:
    run(table, service)
    assert all("type" not in query for query in service.asked[0].values())
    assert service.headers["User-Agent"].startswith("tei-serge/")
    assert service.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_nothing_is_asked_twice_unless_told(table: Path, service: Service) -> None:
    run(table, service)
    assert (len(service.asked), service.manifests) == (1, 1)
    run(table, service)
    assert (len(service.asked), service.manifests) == (1, 1)
    run(table, service, "--refresh")
    assert len(service.asked) == 2
    run(table, service, "--no-cache")
    assert len(service.asked) == 3


def test_a_run_broken_off_goes_on_where_it_was(table: Path, service: Service) -> None:
    fill(table, *(row(f"Name {number}") for number in range(6)))
    service.answer = lambda queries: about(queries) if len(service.asked) == 1 else _fail(400)
    done = run(table, service, "--batch", "2")
    assert (done.exit_code, done.stderr.count("REC-003")) == (1, 2)
    assert [bool(one["candidate"]) for one in rows(table)] == [True] * 2 + [False] * 4
    service.asked.clear()
    service.answer = about
    assert run(table, service).exit_code == 0
    assert [query["query"] for query in service.asked[0].values()] == [
        f"Name {number}" for number in range(2, 6)
    ]
    assert all(one["candidate"] for one in rows(table))


def _fail(status: int, **headers: str) -> Any:
    raise Reply(status, b"no", **headers)


def test_damage_in_the_cache_is_asked_again(table: Path, service: Service, tmp_path: Path) -> None:
    run(table, service)
    for path in (tmp_path / "cache").rglob("*.json"):
        path.write_text("{damaged", "utf-8")
    assert run(table, service).exit_code == 0
    assert len(service.asked) == 2


def test_a_cache_that_cannot_be_written_stops_nobody(table: Path, service: Service, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", "utf-8")
    done = run(table, service)
    assert (done.exit_code, "REC-009" in done.stderr) == (0, True)
    assert rows(table)[0]["candidate"]


def test_a_service_that_is_down(table: Path) -> None:
    before = table.read_bytes()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        done = run(table, f"http://127.0.0.1:{taken.getsockname()[1]}/reconcile", "--retries", "1")
    assert (done.exit_code, "REC-002" in done.stderr, "refused" in done.stderr) == (1, True, True)
    assert table.read_bytes() == before


def test_a_service_that_is_slow(table: Path, service: Service) -> None:
    service.answer = lambda _: service.over.wait(5)
    start = time.monotonic()
    done = run(table, service, "--timeout", "0.3", "--retries", "1")
    assert time.monotonic() - start < 3
    assert (done.exit_code, "REC-003" in done.stderr) == (1, True)
    assert "no whole answer within 0.3 seconds (2 tries)" in done.stderr


def test_a_service_that_sends_a_byte_now_and_then(table: Path) -> None:
    with _dripping() as url:
        start = time.monotonic()
        done = run(table, url, "--timeout", "0.3", "--retries", "0")
    assert time.monotonic() - start < 3
    assert (done.exit_code, "REC-002" in done.stderr, "0.3 seconds" in done.stderr) == (1, True, True)


@contextmanager
def _dripping() -> Iterator[str]:
    """A service that sends a byte of a header now and then, for ever."""
    over = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))

    def work() -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not over.wait(0.05):
                try:
                    connection.sendall(b"a")
                except OSError:
                    return

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/reconcile"
    finally:
        over.set()
        thread.join()
        server.close()


@pytest.mark.parametrize(
    ("headers", "pauses"), [({}, [1.0]), ({"Retry_After": "7"}, [7.0]), ({"Retry_After": "soon"}, [1.0])]
)
@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_passes_is_asked_again_after_a_pause(
    table: Path,
    service: Service,
    status: int,
    headers: dict[str, str],
    pauses: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept: list[float] = []
    service.answer = lambda queries: about(queries) if len(service.asked) > 1 else _fail(status, **headers)
    found = list(
        client.ask_all(
            client.describe(service.url, _cache(), Manners()),
            [client.Query("Ada Tarn")],
            _cache(),
            Manners(),
            sleep=slept.append,
        )
    )
    assert slept == pauses
    assert found[0].answers[0].candidates


def _cache() -> client.Cache:
    return client.Cache(None, "")


def test_pauses_grow_and_end(service: Service) -> None:
    slept: list[float] = []
    service.answer = lambda _: _fail(503)
    queries = [client.Query(f"Name {number}") for number in range(10)]
    manners = Manners(retries=2, patience=2)
    known = client.describe(service.url, _cache(), manners)
    found = list(client.ask_all(known, queries, _cache(), manners, 2, slept.append))
    assert slept == [1.0, 2.0] * 2
    assert [outcome.asked for outcome in found] == [True] * 2 + [False] * 3
    assert len(service.asked) == 6


def test_a_pause_of_a_day_is_not_waited_for(table: Path, service: Service) -> None:
    service.answer = lambda _: _fail(429, Retry_After="86400")
    done = run(table, service)
    assert (done.exit_code, "86400 seconds" in done.stderr, len(service.asked)) == (1, True, 1)


def test_a_service_that_goes_down_is_left_alone(table: Path, service: Service) -> None:
    fill(table, *(row(f"Name {number}") for number in range(9)))
    service.answer = lambda _: _fail(500)
    done = run(table, service, "--batch", "1", "--retries", "0")
    assert (done.exit_code, done.stderr.count("REC-003"), len(service.asked)) == (1, 3, 3)
    assert "3 times in a row; 6 names from “Name 3” on were not asked" in done.stderr
    assert f"{table}:5:1: error REC-004" in done.stderr


BAD = {
    "not JSON": (lambda: Reply(body=b"<html>hello</html>", Content_Type="text/html"), "not JSON"),
    "JSONP": (lambda: Reply(body=b'callback({"q0":{"result":[]}})'), "not JSON"),
    "a list": (lambda: [], "no JSON object"),
    "text": (lambda: "yes", "no JSON object"),
    "an infinite number": (
        lambda: Reply(body=b'{"q0": {"result": [{"id": "Q1", "score": NaN}]}}'),
        "not JSON",
    ),
    "deep": (lambda: Reply(body=b"[" * 200_000), "not JSON"),
    "a number of a million digits": (lambda: Reply(body=b"1" * 1_000_000), "not JSON"),
    "other keys": (lambda: {"x1": {"result": []}}, "none of the queries"),
    "nothing": (lambda: {}, "none of the queries"),
    "latin-1": (
        lambda: Reply(body='{"q0": {"result": [{"id": "é"}]}}'.encode("latin-1")),
        "not UTF-8: byte 0xE9",
    ),
    "50 MB": (lambda: Reply(body=b" " * 50_000_000), "larger than 8 MB"),
    "a broken answer": (lambda: Reply(body=b'{"q0"', Content_Length="900"), "breaks off"),
    "a redirect to a file": (
        lambda: Reply(302, Location="file:///etc/passwd"),
        "sends on to 'file:///etc/passwd'",
    ),
    "a redirect elsewhere": (lambda: Reply(307, Location="http://127.0.0.1:1/"), "sends on to"),
    "a redirect to nowhere": (lambda: Reply(301), "sends on to 'nowhere'"),
    "no such page": (lambda: Reply(404, b"{}"), "HTTP status 404"),
    "a status that is none": (lambda: Reply(999), "HTTP status 999"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_answer_and_the_rest_goes_on(table: Path, service: Service, name: str) -> None:
    answer, reason = BAD[name]
    service.answer = lambda queries: answer() if "Ada Tarn" in str(queries) else about(queries)
    done = run(table, service, "--batch", "1", "--retries", "1")
    assert done.exit_code == 1
    line = next(line for line in done.stderr.splitlines() if "REC-003" in line)
    assert line.startswith(f"{table}:2:1: error REC-003 {service.url} ")
    assert reason in line
    assert "Ada Tarn" in line
    assert [one["candidate"] for one in rows(table)] == ["", "http://example.org/id/Q1"]


@pytest.mark.parametrize("name", [name for name in BAD if name not in ("other keys", "nothing")])
def test_a_bad_manifest_stops_the_run_and_loses_nothing(table: Path, service: Service, name: str) -> None:
    service.manifest = BAD[name][0]
    before = table.read_bytes()
    done = run(table, service, "--retries", "0")
    assert (done.exit_code, "REC-002" in done.stderr, service.asked) == (1, True, [])
    assert table.read_bytes() == before


@pytest.mark.parametrize("manifest", [{}, {"error": "no"}, {"name": 5}, None, 7])
def test_json_that_is_no_manifest(table: Path, service: Service, manifest: Any) -> None:
    service.manifest = manifest
    assert "REC-002" in run(table, service).stderr


@pytest.mark.parametrize(
    "wrong", [None, [], "x", {}, {"result": None}, {"result": {"id": "Q1"}}, {"error": "no"}]
)
def test_a_wrong_shape_costs_its_own_name_only(table: Path, service: Service, wrong: Any) -> None:
    service.answer = lambda queries: about(queries, Ada=wrong)
    done = run(table, service)
    assert (done.exit_code, "REC-007" in done.stderr, "“Ada Tarn”" in done.stderr) == (1, True, True)
    assert [bool(one["candidate"]) for one in rows(table)] == [False, True]


def test_a_name_left_out_and_a_query_nobody_sent(table: Path, service: Service) -> None:
    service.answer = lambda queries: {"q1": {"result": [candidate("Edward Pel")]}, "q9\x1b[31m": {}}
    done = run(table, service)
    assert done.exit_code == 1
    assert "REC-007" in done.stderr
    assert "REC-010" in done.stderr
    assert "\x1b" not in done.stderr
    assert [bool(one["candidate"]) for one in rows(table)] == [False, True]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "no id"}, {"id": ""}, {"id": None}, {"id": True}, {"id": ["Q1"]}, {"id": "a b"}, {"id": "<b>"},
        {"id": "Q\x00"}, {"id": "Q\u202e1"}, {"id": "Q" * 400}, {"id": 10**4000}, "Q1", None, 5,
    ],
)  # fmt: skip
def test_a_candidate_that_cannot_be_named_is_left_out(table: Path, service: Service, wrong: Any) -> None:
    service.answer = lambda queries: about(queries, Ada={"result": [wrong, wrong, candidate("Ada", "Q2")]})
    done = run(table, service)
    assert (done.exit_code, done.stderr.count("REC-005"), "(2)" in done.stderr) == (0, 1, True)
    assert rows(table)[0]["candidate"] == "http://example.org/id/Q2"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<script>alert(1)</script>Ada", "Ada"),
        ("Ada <SCRIPT src=x>never closed", "Ada"),
        ("<b>Ada</b> Tarn", "Ada Tarn"),
        ("Ada\x00\x1b[31m Tarn\ud800\uffff", "Ada[31m Tarn"),
        ("Ada \u202eTarn", "Ada Tarn"),
        ("A" * 1_000_000, "A" * 299 + "…"),
        ("<" * 100_000, "<" * 299 + "…"),
        ("<script>" * 100_000, ""),
        (["Ada"], ""),
    ],
)
def test_words_of_a_service_are_cleaned(table: Path, service: Service, sent: Any, kept: str) -> None:
    service.answer = lambda queries: about(
        queries,
        Ada={"result": [{"id": "Q1", "name": sent, "score": "high", "type": [sent, {"name": "x<i>"}]}]},
    )
    done = run(table, service)
    assert (done.exit_code, "REC-006" in done.stderr) == (0, True)
    found = rows(table)[0]
    assert (found["candidate_name"], found["score"]) == (kept, "")


@pytest.mark.parametrize("fine", ["a < b", "R&D", "Ärger", "1 > 0", "Tarn, Ada (1880–1940)", "李"])
def test_plain_words_stay(table: Path, service: Service, fine: str) -> None:
    service.answer = lambda queries: about(queries, Ada={"result": [candidate(fine)]})
    done = run(table, service)
    assert "REC-006" not in done.stderr
    assert rows(table)[0]["candidate_name"] == fine


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "'=1"])
def test_no_spreadsheet_runs_what_a_service_sends(table: Path, service: Service, formula: str) -> None:
    service.answer = lambda queries: about(queries, Ada={"result": [candidate(formula)]})
    run(table, service)
    assert rows(table)[0]["candidate_name"] == f"'{formula}"
    before = table.read_bytes()
    run(table, service)
    assert table.read_bytes() == before


def test_a_thousand_candidates_are_cut(table: Path, service: Service) -> None:
    many = {"result": [candidate("Ada", f"Q{number}", number) for number in range(1000)]}
    service.answer = lambda queries: about(queries, Ada=many)
    assert run(table, service, "--candidates", "3").exit_code == 0
    assert len(rows(table)) == 4


def test_the_same_answers_give_the_same_table(table: Path, service: Service) -> None:
    same = [candidate("Ada", f"Q{number}", 50) for number in (3, 1, 2, 1)]
    service.answer = lambda queries: about(queries, Ada={"result": same})
    run(table, service)
    assert [one["candidate"][-2:] for one in rows(table)[:3]] == ["Q1", "Q2", "Q3"]


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        ({"identifierSpace": "http://x.org/a#"}, "http://x.org/a#Q1"),
        (
            {"identifierSpace": "http://x.org/a", "view": {"url": "http://x.org/{{id}}.html"}},
            "http://x.org/Q1.html",
        ),
        ({"identifierSpace": "javascript:alert(1)/"}, "Q1"),
        ({"identifierSpace": 7, "view": "x", "batchSize": "many"}, "Q1"),
        ({"identifierSpace": "http://x.org/<i>/", "batchSize": -1}, "Q1"),
    ],
)
def test_identifiers_become_addresses_where_the_service_says_how(
    table: Path, service: Service, manifest: dict[str, Any], expected: str
) -> None:
    service.manifest |= manifest
    assert run(table, service).exit_code == 0
    assert rows(table)[0]["candidate"] == expected


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://x.org/", "x.org/reconcile", "http://", "http://a:b@x.org/", "http://x.org/ä", "http://x:y/", "http://[x/", "http://x.org/a b"],
)  # fmt: skip
def test_addresses_that_nobody_can_ask(table: Path, url: str) -> None:
    done = run(table, url)
    assert (done.exit_code, "REC-001" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"name,birth\nAda,1880\n",
        f"{HEAD},kind\n".encode(),
        f"{HEAD}\n\xe9,\n".encode("latin-1"),
        f"{HEAD}\nperson,x,a\0b\n".encode(),
        f'{HEAD}\nperson,x,"Ada\n'.encode(),
        b"\xff\xfe\x00",
        b"PK\x03\x04\x00\x00",
    ],
)
def test_what_is_no_table_is_left_as_it_is(table: Path, service: Service, data: bytes) -> None:
    table.write_bytes(data)
    done = run(table, service)
    assert (done.exit_code, "REC-008" in done.stderr) == (1, True)
    assert (table.read_bytes(), service.asked) == (data, [])


def test_a_table_that_is_not_there(tmp_path: Path, table: Path, service: Service) -> None:
    done = run(tmp_path / "none.csv", service)
    assert (done.exit_code, "REC-008" in done.stderr) == (2, True)


def test_rows_that_nobody_can_ask_about_stay(table: Path, service: Service) -> None:
    odd = [row("Ada Tarn") + ",too,many", row(""), row("Edward Pel")]
    fill(table, *odd)
    done = run(table, service)
    assert (done.exit_code, done.stderr.count("REC-011")) == (0, 2)
    assert f"{table}:2:1: warning REC-011" in done.stderr
    assert table.read_text("utf-8").splitlines()[1:3] == odd[:2]


def test_findings_as_json(table: Path, service: Service) -> None:
    service.answer = lambda queries: about(queries, Ada=None)
    found = json.loads(run(table, service, "--format", "json").stdout)
    assert [(one["code"], one["line"], one["path"]) for one in found] == [("REC-007", 2, str(table))]


@pytest.mark.parametrize("option", [("--type", "person"), ("--type", "ghost=Q1"), ("--property", "=P1")])
def test_pairs_that_are_none(table: Path, service: Service, option: tuple[str, str]) -> None:
    assert run(table, service, *option).exit_code == 2


def test_an_interruption_keeps_what_was_found(
    table: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = client._patiently

    def stop(url: str, form: Any, manners: Manners, sleep: Any) -> object:
        if form and "Edward" in form["queries"]:
            raise KeyboardInterrupt
        return real(url, form, manners, sleep)

    monkeypatch.setattr(client, "_patiently", stop)
    assert run(table, service, "--batch", "1").exit_code != 0
    assert [bool(one["candidate"]) for one in rows(table)] == [True, False]
