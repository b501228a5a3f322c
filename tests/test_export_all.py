"""Promises that every format keeps: the same bytes twice, nothing outside its folder, hostile TEI contained."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hostile_tei import HOSTILE, LARGE, REFUSED, SMALL
from tei_serge.cli import cli
from tei_serge.edition.model import Edition
from tei_serge.edition.read import Unread, read_editions
from tei_serge.export.folder import export_folder
from tei_serge.export.registry import Exporter, Shape, Wishes, exporters, writer

HERE = Path(__file__).parent
FILES = [
    *sorted((HERE.parent / "corpus" / "tei").glob("*.xml")),
    *sorted((HERE / "exports" / "foreign").glob("*.xml")),
    *sorted((HERE / "chronicle").glob("*.xml")),
]
FORMATS = list(exporters().values())
# What no export says: where it was made, and when.
_FOREIGN = re.compile(rb"/tmp/|/root/|/home/|0x[0-9a-f]{8,}")

each_format = pytest.mark.parametrize("exporter", FORMATS, ids=lambda one: one.name)


def export(exporter: Exporter, output: Path, *paths: Path) -> Result:
    target = output / f"out{exporter.extension}" if exporter.shape is Shape.ONE else output / "out"
    arguments = ["export", exporter.name, *map(str, paths), "-o", str(target)]
    result = CliRunner().invoke(cli, arguments, prog_name="tei-serge")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".tei-serge" not in path.relative_to(folder).parts
    }


@each_format
def test_two_runs_give_the_same_bytes(exporter: Exporter, tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        result = export(exporter, tmp_path / name, *FILES)
        assert result.exit_code == 0, result.stderr
    first = written(tmp_path / "one")
    assert first
    assert first == written(tmp_path / "other")
    for name, data in first.items():
        assert data.strip(), name
        assert not _FOREIGN.search(data), name
    # And a run over the same folder changes nothing.
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "one").rglob("*") if path.is_file()}
    assert export(exporter, tmp_path / "one", *FILES).exit_code == 0
    outside = {path: then for path, then in before.items() if ".tei-serge" not in path.parts}
    assert {path: path.stat().st_mtime_ns for path in outside} == outside


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for number, name in enumerate(SMALL):
        (folder / f"{number:03} {name}.xml").write_bytes(HOSTILE[name]())
    return folder


@each_format
def test_hostile_tei_is_contained(exporter: Exporter, hostile: Path, tmp_path: Path) -> None:
    box = tmp_path / "a" / "b" / "c"
    box.mkdir(parents=True)
    result = export(exporter, box, hostile)
    # What cannot be read is reported, and costs no other.
    assert result.exit_code in (0, 1), result.stderr
    codes = set(re.findall(r"error ([A-Z]{3}-\d{3})", result.stderr))
    assert codes <= {"EXP-001", "SCH-001", "SCH-008", "SCH-011"}, result.stderr
    assert written(box)
    left = [
        path for path in tmp_path.rglob("*") if box not in (path, *path.parents) and path not in box.parents
    ]
    assert left == []
    for path in box.rglob("*"):
        assert not path.is_symlink()
        assert re.fullmatch(r"[\w.\- ]+", path.name), path


@pytest.mark.parametrize("name", sorted(LARGE))
def test_large_tei(name: str, tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    path.write_bytes(HOSTILE[name]())
    # Read once for all formats: reading takes longer than most of them.
    editions = list(read_editions([path]))
    assert len(editions) == 1
    for exporter in FORMATS:
        write, wishes = writer(exporter), Wishes()
        if exporter.shape is Shape.EACH:
            assert write(editions[0], wishes) or not editions[0].plain, exporter.name
        elif exporter.shape is Shape.ONE:
            assert b"".join(write(iter(editions), wishes)), exporter.name
        else:
            with export_folder(tmp_path / exporter.name, exporter.name) as folder:
                write(iter(_unread(editions) if exporter.lazy else editions), folder, wishes)
            assert written(tmp_path / exporter.name), exporter.name


def _unread(editions: list[Edition]) -> Iterator[Unread]:
    for edition in editions:
        yield Unread(edition.name, edition.path, edition.digest, lambda edition=edition: edition)


@each_format
def test_what_cannot_be_read_is_never_exported(exporter: Exporter, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number, data in enumerate(REFUSED.values()):
        (tmp_path / "in" / f"{number}.xml").write_bytes(data() if callable(data) else data)
    result = export(exporter, tmp_path, tmp_path / "in")
    assert result.exit_code == 1
    assert result.stderr.count(" error ") >= len(REFUSED)
