"""The pages say what is so: links lead somewhere, codes and rules are described, examples are real output."""

import doctest
import hashlib
import importlib.util
import re
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from tei_serge.config import HeaderDefaults
from tei_serge.diagnostics import catalogue
from tei_serge.tei.encoding_desc import rules

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
CORPUS = ROOT / "corpus"
# Folders that hold pages of others, or pages that are made on the way.
_FOREIGN = frozenset({".venv", "build", "dist", "site-packages"})
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def load(name: str) -> ModuleType:
    """A script of `docs/` as a module."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


make_codes = load("make_codes")
make_examples = load("make_examples")


def pages() -> list[Path]:
    return [
        path
        for path in sorted(ROOT.rglob("*.md"))
        if not any(part in _FOREIGN or part.startswith(".") for part in path.relative_to(ROOT).parts)
    ]


def links(page: Path) -> Iterator[str]:
    for target in _LINK.findall(_FENCE.sub("", page.read_text("utf-8"))):
        if not re.match(r"[a-z]+:", target):
            yield target


def anchors(page: Path) -> set[str]:
    """The names by which the headings of a page can be linked."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def folded(text: str) -> str:
    return " ".join(text.split())


def is_broken(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    path = page.parent / name if name else page
    return not path.exists() or bool(anchor and anchor not in anchors(path))


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if is_broken(page, link)] == []


@pytest.mark.parametrize("link", ["nowhere.md", "design.md#no-such-heading", "#no-such-heading"])
def test_a_broken_link_is_noticed(link: str) -> None:
    assert is_broken(DOCS / "index.md", link)


def test_the_index_leads_to_every_page() -> None:
    linked = {(DOCS / link).resolve() for link in links(DOCS / "index.md")}
    assert {path for path in DOCS.glob("*.md") if path.name != "index.md"} <= linked


@pytest.mark.parametrize("page", [DOCS / "design.md", DOCS / "encoding.md", ROOT / "CONTRIBUTING.md"])
def test_files_that_a_page_names_exist(page: Path) -> None:
    """Some are named in short, such as `pipeline.py`."""
    folders = ("src/**", "schemas", "docs", "tests")
    there = [f"/{path.relative_to(ROOT)}" for folder in folders for path in ROOT.glob(f"{folder}/*.*")]
    named = set(re.findall(r"`((?:[\w/-]+/)?[\w-]+\.(?:py|toml|odd|rng|sch))`", page.read_text("utf-8")))
    assert named
    assert {name for name in named if not any(path.endswith(f"/{name}") for path in there)} == set()


def test_every_code_has_a_page_that_is_fresh() -> None:
    assert make_codes.stale() == [], "run `make docs`"


def test_missing_changed_and_needless_pages_are_noticed(tmp_path: Path) -> None:
    for name, text in make_codes.pages().items():
        (tmp_path / name).write_text(text, "utf-8")
    assert make_codes.stale(tmp_path) == []
    (tmp_path / "SRC-001.md").unlink()
    (tmp_path / "SRC-002.md").write_text("changed", "utf-8")
    (tmp_path / "XXX-999.md").write_text("of no code", "utf-8")
    assert make_codes.stale(tmp_path) == ["SRC-001.md", "SRC-002.md", "XXX-999.md"]


@pytest.mark.parametrize("code", catalogue())
def test_the_page_of_a_code_tells_everything_about_it(code: str) -> None:
    entry = catalogue()[code]
    text = (DOCS / "codes" / f"{code}.md").read_text("utf-8")
    assert text.startswith(f"# {code}\n")
    for said in (
        entry.title or entry.message,
        entry.why,
        entry.do,
        f"{entry.severity}" if entry.severity != "info" else "",
    ):
        assert said in text


def test_codes_that_pages_name_are_in_the_catalogue() -> None:
    named = {
        (path.name, code)
        for path in pages()
        for code in re.findall(rf"\b(?:{'|'.join(make_codes.FAMILIES)})-\d+\b", path.read_text("utf-8"))
    }
    assert {(name, code) for name, code in named if code not in catalogue()} == set()


@pytest.mark.parametrize("rule", rules()["rules"])
def test_every_rule_is_described_in_its_own_words(rule: str) -> None:
    text = folded((DOCS / "encoding.md").read_text("utf-8"))
    assert re.search(rf"\b{rule}\b", text)
    assert rules()["rules"][rule]["text"] in text


def test_rules_that_the_page_names_are_in_the_table() -> None:
    named = set(re.findall(r"\br[A-Z]\d+\b", (DOCS / "encoding.md").read_text("utf-8")))
    assert named == set(rules()["rules"])


@pytest.mark.parametrize("name", make_examples.PAGES)
def test_examples_are_what_the_program_gives(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert make_examples.render(text) == text, "run docs/make_examples.py"


def shown() -> list[tuple[str, str, str]]:
    """All examples: raw text, settings, and the TEI as the page shows it."""
    found = [
        example
        for name in make_examples.PAGES
        for example in make_examples.examples((ROOT / name).read_text("utf-8"))
    ]
    assert len(found) >= 15
    return found


@pytest.mark.parametrize(("text", "settings", "excerpt"), shown())
def test_what_an_example_shows_stands_in_the_encoding(text: str, settings: str, excerpt: str) -> None:
    document = folded(make_examples.encoded(text, settings).decode("utf-8"))
    for fragment in excerpt.split(make_examples.ELISION):
        assert fragment.strip()
        assert folded(fragment) in document


@pytest.mark.parametrize("name", make_examples.PAGES)
def test_no_tei_is_shown_that_nobody_checks(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert len(re.findall(r"^```xml$", text, re.MULTILINE)) == len(list(make_examples.examples(text)))


def test_an_example_that_was_changed_is_mended() -> None:
    page = (
        "```text\nA Title\n\nOne sentence of text.\n```\n\n<!-- shows: //t:titlePart -->\n```xml\nold\n```\n"
    )
    made = make_examples.render(page)
    assert '<titlePart xml:id="title1" type="main">A Title</titlePart>' in made
    assert "old" not in made
    assert make_examples.render(made) == made


def test_every_setting_is_explained() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", (DOCS / "configuration.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(item.name for item in fields(HeaderDefaults))
    template = (ROOT / "src/tei_serge/data/project/tei-serge.toml").read_text("utf-8")
    above = {"authority", "default_authority", "registers"}
    assert set(re.findall(r"^# (\w+) = ", template, re.MULTILINE)) == {*rows, *above}


@pytest.mark.parametrize("path", sorted((CORPUS / "raw").glob("*.txt")), ids=lambda path: path.stem)
def test_the_page_on_the_corpus_is_right_about_each_text(path: Path) -> None:
    page = (CORPUS / "README.md").read_text("utf-8")
    data = path.read_bytes()
    assert f"{hashlib.sha256(data).hexdigest()}  {path.name}\n" in page
    row = next(line for line in page.splitlines() if line.startswith(f"| `{path.name}`"))
    quoted = row.rstrip(" |").rpartition("| ")[2].strip("“”")
    assert quoted.startswith("CopyLeft: ")
    assert quoted in data.decode("utf-8")


def test_the_python_of_the_page_on_validation_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(
        r"^```python\n(.*?)^```$", (DOCS / "validation.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(blocks) == 2
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "validation.md", "validation.md", 0)
    assert doctest.DocTestRunner().run(test).failed == 0
