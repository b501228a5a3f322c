"""OASIS XML Catalogs: every construct, which entry wins, and catalogs that loop, are missing, or do harm."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tei_serge.catalog_files import file_path
from tei_serge.catalogs import NO_CATALOGS, Catalogs, read_catalogs, resolve

Write = Callable[..., Path]
HREF = "https://example.org/schemas/tei/letters.rng"
NS = 'xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"'
DOCTYPE = (
    '<!DOCTYPE catalog PUBLIC "-//OASIS//DTD XML Catalogs V1.1//EN" '
    '"http://www.oasis-open.org/committees/entity/release/1.1/catalog.dtd">'
)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def one(entries: str, name: str = "catalog.xml", before: str = "", more: str = "") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"<?xml version='1.0'?>\n{before}<catalog {NS} {more}>\n{entries}\n</catalog>", "utf-8"
        )
        return path

    return one


def read(*told: Path | str) -> Catalogs:
    return read_catalogs(told, {})


def local(tmp_path: Path, found: str | None) -> str | None:
    """What was found, as seen from the folder of the test."""
    return found and found.removeprefix(f"{tmp_path.as_uri()}/")


# Entries, what is looked up, and what comes out; None where nothing matches.
CONSTRUCTS = {
    "uri": (f'<uri name="{HREF}" uri="a.rng"/>', HREF, "a.rng"),
    "uri, another name": ('<uri name="https://example.org/other.rng" uri="a.rng"/>', HREF, None),
    "uri, only its beginning": (f'<uri name="{HREF}x" uri="a.rng"/>', HREF, None),
    "the first of two": (f'<uri name="{HREF}" uri="1.rng"/><uri name="{HREF}" uri="2.rng"/>', HREF, "1.rng"),
    "a relative name": ('<uri name="letters.rng" uri="a.rng"/>', "letters.rng", "a.rng"),
    "system, where no uri matches": (f'<system systemId="{HREF}" uri="a.rng"/>', HREF, "a.rng"),
    "uri before system": (
        f'<system systemId="{HREF}" uri="s.rng"/><uriSuffix uriSuffix="s.rng" uri="u.rng"/>',
        HREF,
        "u.rng",
    ),
    "rewriteURI": (
        '<rewriteURI uriStartString="https://example.org/" rewritePrefix="mirror/"/>',
        HREF,
        "mirror/schemas/tei/letters.rng",
    ),
    "rewriteURI, not so": ('<rewriteURI uriStartString="http://example.org/" rewritePrefix="m/"/>', HREF, None),
    "rewriteURI, the longest": (
        '<rewriteURI uriStartString="https://example.org/" rewritePrefix="short/"/>'
        '<rewriteURI uriStartString="https://example.org/schemas/" rewritePrefix="long/"/>'
        '<rewriteURI uriStartString="https://example.org/s" rewritePrefix="middle/"/>',
        HREF,
        "long/tei/letters.rng",
    ),
    "rewriteSystem": (
        '<rewriteSystem systemIdStartString="https://example.org/" rewritePrefix="mirror/"/>',
        HREF,
        "mirror/schemas/tei/letters.rng",
    ),
    "uriSuffix": ('<uriSuffix uriSuffix="tei/letters.rng" uri="a.rng"/>', HREF, "a.rng"),
    "uriSuffix, the longest": (
        '<uriSuffix uriSuffix="letters.rng" uri="short.rng"/><uriSuffix uriSuffix="tei/letters.rng" uri="long.rng"/>',
        HREF,
        "long.rng",
    ),
    "systemSuffix": ('<systemSuffix systemIdSuffix="/letters.rng" uri="a.rng"/>', HREF, "a.rng"),
    "exact before rewritten before suffix": (
        '<uriSuffix uriSuffix="letters.rng" uri="suffix.rng"/>'
        '<rewriteURI uriStartString="https://example.org/schemas/tei/letters.rng" rewritePrefix="rewritten.rng"/>'
        f'<uri name="{HREF}" uri="exact.rng"/>',
        HREF,
        "exact.rng",
    ),
    "rewritten before suffix": (
        '<uriSuffix uriSuffix="schemas/tei/letters.rng" uri="suffix.rng"/>'
        '<rewriteURI uriStartString="https:" rewritePrefix="r"/>',
        HREF,
        "r//example.org/schemas/tei/letters.rng",
    ),
    "xml:base of a group": (
        f'<group xml:base="there/"><group xml:base="and/"><uri name="{HREF}" uri="a.rng"/></group></group>',
        HREF,
        "there/and/a.rng",
    ),
    "xml:base of the entry": (f'<uri xml:base="x/" name="{HREF}" uri="a.rng"/>', HREF, "x/a.rng"),
    "xml:base of a neighbour": (
        f'<group xml:base="there/"/><uri name="{HREF}" uri="a.rng"/>',
        HREF,
        "a.rng",
    ),
    "prefer changes nothing": (f'<group prefer="system"><uri name="{HREF}" uri="a.rng"/></group>', HREF, "a.rng"),
    "a network address": (f'<uri name="{HREF}" uri="https://mirror.example/a.rng"/>', HREF, "https://mirror.example/a.rng"),
    "characters that are escaped": (
        '<uri name="https://example.org/é x.rng" uri="a b.rng"/>',
        "https://example.org/%C3%A9%20x.rng",
        "a%20b.rng",
    ),
    "public by URN": (
        '<public publicId="-//Letters//SCHEMA  Main + 1//EN" uri="a.rng"/>',
        "urn:publicid:-:Letters:SCHEMA+Main+%2B+1:EN",
        "a.rng",
    ),
    "public is not for addresses": (f'<public publicId="{HREF}" uri="a.rng"/>', HREF, None),
    "entries of others": (
        f'<x:own xmlns:x="urn:x"><uri name="{HREF}" uri="a.rng"/></x:own><x:uri xmlns:x="urn:x" name="{HREF}"/>',
        HREF,
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CONSTRUCTS)
def test_constructs(case: str, write: Write, tmp_path: Path) -> None:
    entries, name, expected = CONSTRUCTS[case]
    catalogs = read(write(entries))
    assert catalogs.findings == ()
    assert local(tmp_path, resolve(catalogs, name)) == expected


def test_a_document_type_is_passed_over_and_xml_base_of_the_root_counts(write: Write) -> None:
    catalogs = read(write(f'<uri name="{HREF}" uri="a.rng"/>', before=DOCTYPE, more='xml:base="file:///b/"'))
    assert (catalogs.findings, resolve(catalogs, HREF)) == ((), "file:///b/a.rng")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "c.xml"
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    path.write_bytes(f'{declared}<catalog {NS}><uri name="é" uri="ü.rng"/></catalog>'.encode(encoding))
    assert local(tmp_path, resolve(read(path), "é")) == "%C3%BC.rng"


def test_next_catalogs_come_behind_the_catalog_and_before_the_others(write: Write, tmp_path: Path) -> None:
    write(f'<uri name="{HREF}" uri="next.rng"/><uri name="b" uri="next-b.rng"/>', "next.xml")
    first = write('<nextCatalog catalog="next.xml"/><uri name="b" uri="first-b.rng"/>', "first.xml")
    second = write(f'<uri name="{HREF}" uri="second.rng"/><uri name="c" uri="c.rng"/>', "second.xml")
    catalogs = read(first, second)
    found = [local(tmp_path, resolve(catalogs, name)) for name in (HREF, "b", "c", "d")]
    assert found == ["next.rng", "first-b.rng", "c.rng", None]


@pytest.mark.parametrize(("entry", "start"), [("URI", "uri"), ("System", "systemId")])
def test_delegates_have_the_last_word(entry: str, start: str, write: Write, tmp_path: Path) -> None:
    listed = ("uri", "name") if entry == "URI" else ("system", "systemId")
    write(f'<{listed[0]} {listed[1]}="{HREF}" uri="long.rng"/>', "long.xml")
    write(f'<{listed[0]} {listed[1]}="{HREF}" uri="short.rng"/>', "short.xml")
    main = write(
        f'<delegate{entry} {start}StartString="https://example.org/" catalog="short.xml"/>'
        f'<delegate{entry} {start}StartString="https://example.org/schemas/" catalog="long.xml"/>'
    )
    behind = write('<uriSuffix uriSuffix="lost.rng" uri="never.rng"/><systemSuffix systemIdSuffix="lost.rng" uri="never.rng"/>', "behind.xml")  # fmt: skip
    catalogs = read(main, behind)
    assert local(tmp_path, resolve(catalogs, HREF)) == "long.rng"
    assert local(tmp_path, resolve(catalogs, "http://example.org/lost.rng")) == "never.rng"
    # Only the other kind of look-up, which nothing delegates, gets to the second catalog.
    only = '<uriSuffix uriSuffix="lost.rng" uri="never.rng"/>' if entry == "URI" else '<systemSuffix systemIdSuffix="lost.rng" uri="never.rng"/>'  # fmt: skip
    catalogs = read(main, write(only, "only.xml"))
    assert resolve(catalogs, "https://example.org/lost.rng") is None


def test_delegate_public(write: Write, tmp_path: Path) -> None:
    write('<public publicId="-//A//B//EN" uri="a.rng"/>', "sub.xml")
    catalogs = read(write('<delegatePublic publicIdStartString="-//A//" catalog="sub.xml"/>'))
    assert local(tmp_path, resolve(catalogs, "urn:publicid:-:A:B:EN")) == "a.rng"
    assert resolve(catalogs, "urn:publicid:-:C:B:EN") is None


def test_the_environment_names_paths_and_addresses_behind_those_told(write: Write, tmp_path: Path) -> None:
    told = write(f'<uri name="{HREF}" uri="told.rng"/>', "told.xml")
    spaced = write('<uri name="b" uri="b.rng"/>', "with space/c.xml")
    plain = write(f'<uri name="{HREF}" uri="plain.rng"/><uri name="c" uri="c.rng"/>', "plain.xml")
    environ = {"XML_CATALOG_FILES": f" {spaced.as_uri()}\n{plain} "}
    catalogs = read_catalogs([told], environ)
    found = [local(tmp_path, resolve(catalogs, name)) for name in (HREF, "b", "c")]
    assert (found, catalogs.findings) == (["told.rng", "with%20space/b.rng", "c.rng"], ())
    assert read_catalogs([], {"XML_CATALOG_FILES": "  "}).roots == ()
    assert resolve(NO_CATALOGS, HREF) is None


ANYWHERE = 0
# What a file holds, what is said of it and where; the rest of it counts where `left` is true.
FAULTS = {
    "not well-formed": (f'<catalog {NS}>\n<uri name="a" uri="b">\n</catalog>', "not well-formed", (3, 3), False),
    "empty": ("", "not well-formed", (1, 1), False),
    "another root": ('<html xmlns="http://www.w3.org/1999/xhtml"/>', "root element is html", (1, 1), False),
    "no namespace": ("<catalog><uri name='a' uri='b'/></catalog>", "root element is catalog", (1, 1), False),
    "entities": (
        f'<!DOCTYPE catalog [\n<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><catalog {NS}><uri name="&b;" uri="b"/></catalog>',
        "declares entities", (2, ANYWHERE), False,
    ),
    "outside entity": (
        f'<!DOCTYPE catalog [<!ENTITY x SYSTEM "file:///etc/passwd">]><catalog {NS}><uri name="x" uri="&x;"/></catalog>',
        "declares entities", (1, ANYWHERE), False,
    ),
    "no uri": (f'<catalog {NS}>\n <uri name="x"/><uri name="ok" uri="ok"/></catalog>', "uri has no attribute uri", (2, 2), True),
    "no name": (f'<catalog {NS}><uri uri="x"/><uri name="ok" uri="ok"/></catalog>', "no attribute name", (1, 62), True),
    "misspelt": (f'<catalog {NS}><rewriteUri/><uri name="ok" uri="ok"/></catalog>', "rewriteUri is no entry", (1, 62), True),
    "address": (f'<catalog {NS}><uri name="x" uri="http://[x"/><uri name="ok" uri="ok"/></catalog>', "malformed", (1, 62), True),
    "base": (f'<catalog {NS}><group xml:base="//[x"/><uri name="ok" uri="ok"/></catalog>', "xml:base", (1, 62), True),
    "next on the network": (
        f'<catalog {NS}><nextCatalog catalog="http://example.org/c.xml"/><uri name="ok" uri="ok"/></catalog>',
        "network", (1, 1), True,
    ),
    "next is missing": (
        f'<catalog {NS}><nextCatalog catalog="gone.xml"/><uri name="ok" uri="ok"/></catalog>', "no such file", (1, 1), True,
    ),
    "next is the folder": (
        f'<catalog {NS}><nextCatalog catalog="."/><uri name="ok" uri="ok"/></catalog>', "directory", (1, 1), True,
    ),
    "leads to itself": (
        f'<catalog {NS}><nextCatalog catalog="x/../c.xml"/><uri name="ok" uri="ok"/></catalog>', "in a circle", (1, 1), True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_faults_are_said_and_passed_over(case: str, tmp_path: Path) -> None:
    text, reason, place, left = FAULTS[case]
    path = tmp_path / "c.xml"
    path.write_text(text, "utf-8")
    catalogs = read(path)
    (finding,) = catalogs.findings
    assert reason in finding.message.lower() or reason in finding.message
    assert finding.line == place[0]
    assert place[1] in (finding.column, ANYWHERE)
    assert local(tmp_path, resolve(catalogs, "ok")) == ("ok" if left else None)
    assert resolve(catalogs, "absent") is None
    if left:
        assert finding.code == "SCH-048"
    else:
        assert (finding.code, finding.path) == ("SCH-047", str(path))
        assert [one.code for one in read_catalogs([], {"XML_CATALOG_FILES": str(path)}).findings] == [
            "SCH-048"
        ]


@pytest.mark.parametrize("name", ["gone.xml", "http://example.org/catalog.xml", "file://host/c.xml"])
def test_a_catalog_that_is_told_and_not_there_is_an_error(name: str) -> None:
    (finding,) = read(name).findings
    assert finding.code == "SCH-047"
    assert name in finding.message


def test_catalogs_in_circles_come_to_an_end(write: Write, tmp_path: Path) -> None:
    write('<nextCatalog catalog="b.xml"/><delegateURI uriStartString="" catalog="c.xml"/>', "a.xml")
    write('<nextCatalog catalog="c.xml"/>', "b.xml")
    write('<nextCatalog catalog="a.xml"/><delegateURI uriStartString="ab" catalog="a.xml"/><uri name="x" uri="x"/>', "c.xml")  # fmt: skip
    catalogs = read(tmp_path / "a.xml")
    assert "SCH-048" in {finding.code for finding in catalogs.findings}
    assert all("circle" in finding.message for finding in catalogs.findings)
    assert local(tmp_path, resolve(catalogs, "x")) == "x"
    assert resolve(catalogs, "abc") is None


def test_a_long_chain_ends_at_256_and_is_said_once(write: Write) -> None:
    paths = [
        write(f'<nextCatalog catalog="{n + 1}.xml"/><uri name="{n}" uri="u"/>', f"{n}.xml")
        for n in range(300)
    ]
    catalogs = read(paths[0])
    assert [finding.code for finding in catalogs.findings] == ["SCH-048"]
    assert resolve(catalogs, "255") is not None
    assert resolve(catalogs, "256") is None


def test_large_catalogs_are_quick_or_refused(write: Write) -> None:
    entries = "".join(
        f'<rewriteURI uriStartString="https://e/{n}/" rewritePrefix="{n}/"/>' for n in range(20_000)
    )
    catalogs = read(write(entries))
    start = time.perf_counter()
    for _ in range(1000):
        assert resolve(catalogs, "https://e/19999/a") is not None
    assert time.perf_counter() - start < 0.5
    assert "larger than" in read(write(" " * (4 << 20), "big.xml")).findings[0].message


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("file:///a/b%20c.rng", "/a/b c.rng"),
        ("file:/a/b", "/a/b"),
        ("file://localhost/a%C3%A9", "/aé"),
        ("file://server/a", None),
        ("http://example.org/a", None),
        ("file:///a%00b", None),
        ("http://[", None),
        ("a/b", None),
    ],
)
def test_file_addresses(address: str, path: str | None) -> None:
    assert file_path(address) == (None if path is None else Path(path))
