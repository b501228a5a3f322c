"""The direction of the arrows: nobody imports from a later stage, and only some rooms know lxml or files."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "tei_serge"
MODULES = sorted(SOURCE.rglob("*.py"))
# The order of the flow: a package may import from those before it, never from those behind.
ORDER = [
    "relaxng", "version", "namespaces", "tables", "diagnostics", "model", "config", "vocabulary", "plurals", "line_ends", "byte_order_marks", "characters", "encodings", "reader", "dates", "temporal", "findings", "reports", "authority", "reconcile", "names", "quantities", "quotations", "references", "labels", "patterns",
    "scanner", "merge", "blocks", "notes", "header", "annotators", "tei", "curation", "pipeline", "parallel", "validation", "batch", "register_files", "chronicle", "edition", "export", "api", "cli",
]  # fmt: skip
# `notes` reads chunks and `blocks` calls it: one stage in two packages.
TOGETHER = {("blocks", "notes"), ("notes", "blocks")}


def package(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def imports(path: Path) -> set[str]:
    """The packages of ours that the module imports when it is loaded (not inside functions, not for types)."""
    tree = ast.parse(path.read_text("utf-8"))
    found = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tei_serge."):
            found.add(node.module.split(".")[1])
    return found


def test_there_are_modules() -> None:
    assert len(MODULES) > 40


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_arrows_go_one_way(path: Path) -> None:
    here = package(path)
    if here not in ORDER:
        return
    for other in imports(path):
        if other in ORDER and (here, other) not in TOGETHER:
            assert ORDER.index(other) <= ORDER.index(here), f"{here} imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_writers_and_judges_know_lxml(path: Path) -> None:
    if package(path) in (
        "model",
        "config",
        "dates",
        "labels",
        "patterns",
        "scanner",
        "merge",
        "blocks",
        "notes",
        "header",
        "temporal",
        "quotations",
        "references",
        "annotators",
    ):
        body = ast.parse(path.read_text("utf-8")).body
        names = [node.module or "" for node in body if isinstance(node, ast.ImportFrom)]
        assert not any(name.startswith("lxml") for name in names)


def test_the_engine_of_relax_ng_knows_nothing_of_the_rest() -> None:
    engine = [path for path in MODULES if package(path) == "relaxng"]
    assert len(engine) > 20
    for path in engine:
        tree = ast.parse(path.read_text("utf-8"))
        names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        own = [name for name in names if name.startswith("tei_serge")]
        assert all(name.startswith("tei_serge.relaxng") for name in own), path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_grows_without_end(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 350
