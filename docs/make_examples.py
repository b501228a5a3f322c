"""Fill in the examples of the handwritten pages with what the program really writes.

A comment before a fenced block says what the block holds. This script writes the block anew; with `--check`
nothing is written, and the run fails if a block is out of date:

    <!-- shows: XPATH -->      the elements of the TEI (prefix `t`) that the last ```text block gives; a
                               ```toml block between the two holds the settings
    <!-- prints: ARGUMENTS --> what `tei-serge ARGUMENTS` prints, run in the folder of the checkout
"""

import copy
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import regex
from click.testing import CliRunner
from lxml import etree

from tei_serge import encode
from tei_serge.cli import cli
from tei_serge.config import FILE_NAME, Config, load_config
from tei_serge.tei import to_bytes

ROOT = Path(__file__).parent.parent
PAGES = (
    "README.md",
    "docs/design.md",
    "docs/encoding.md",
    "docs/configuration.md",
    "docs/registers.md",
    "docs/chronicle.md",
    "docs/export/README.md",
)
TEI = "http://www.tei-c.org/ns/1.0"
ELISION = "<!-- … -->"
WIDTH = 100

_FENCE = regex.compile(
    r"(?:^<!-- (?P<verb>shows|prints): (?P<what>[^\n]*?) -->\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$",
    regex.MULTILINE | regex.DOTALL,
)


def encoded(text: str, settings: str = "") -> bytes:
    """The whole TEI document of an example, written as the command line writes it."""
    config = Config()
    if settings:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / FILE_NAME
            path.write_text(settings, "utf-8")
            config = load_config(path)
    return to_bytes(encode(text, "example.txt", config), config)


def excerpt(document: bytes, xpath: str) -> str:
    """The elements that the path finds, without their namespace; a comment stands for what lies between."""
    root = etree.fromstring(document)
    found = root.xpath(xpath, namespaces={"t": TEI})
    if not isinstance(found, list) or not found:
        raise SystemExit(f"nothing found by {xpath}")
    parts: list[str] = []
    last = None
    for node in found:
        if not isinstance(node, etree._Element):
            raise SystemExit(f"{xpath} finds no element")
        if last is not None and node.getprevious() is not last:
            parts.append(ELISION)
        parts.append(_plain(node))
        last = node
    return "\n".join(parts) + "\n"


def _plain(node: etree._Element) -> str:
    """The element as it stands in the file, moved to the margin."""
    depth = sum(1 for _ in node.iterancestors())
    twin = copy.deepcopy(node)
    twin.tail = None
    text = etree.tostring(twin, encoding="unicode").replace(f' xmlns="{TEI}"', "")
    return regex.sub(rf"\n {{1,{2 * depth}}}(?=\S| )", lambda found: "\n" + found[0][1 + 2 * depth :], text)


def printed(arguments: str) -> str:
    """What a command prints, in a terminal of `WIDTH` columns."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(WIDTH)
    try:
        with chdir(ROOT):
            result = CliRunner().invoke(cli, shlex.split(arguments), prog_name="tei-serge")
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before
    if result.exit_code:
        raise SystemExit(f"tei-serge {arguments} ends with {result.exit_code}:\n{result.output}")
    return result.stdout


def render(page: str) -> str:
    """The page with every marked block written anew."""
    text = settings = ""

    def block(found: "regex.Match[str]") -> str:
        nonlocal text, settings
        kind, body = found["kind"], found["body"]
        if found["verb"] is None:
            if kind == "text":
                text, settings = body, ""
            elif kind == "toml":
                settings = body
            return found[0]
        if found["verb"] == "prints":
            body = printed(found["what"])
        else:
            body = excerpt(encoded(text, settings), found["what"])
        return f"<!-- {found['verb']}: {found['what']} -->\n```{kind}\n{body}```"

    return _FENCE.sub(block, page)


def examples(page: str) -> Iterator[tuple[str, str, str]]:
    """The examples of a page as they stand in it: raw text, settings, excerpt of the TEI."""
    text = settings = ""
    for found in _FENCE.finditer(page):
        if found["verb"] == "shows":
            yield text, settings, found["body"]
        elif found["kind"] == "text":
            text, settings = found["body"], ""
        elif found["kind"] == "toml":
            settings = found["body"]


def stale() -> dict[str, str]:
    """The pages that are out of date, by name, as they should be."""
    texts = {name: (ROOT / name).read_text("utf-8") for name in PAGES}
    made = {name: render(text) for name, text in texts.items()}
    return {name: text for name, text in made.items() if text != texts[name]}


def main() -> None:
    """Write the pages that are out of date."""
    pages = stale()
    if "--check" in sys.argv[1:]:
        if pages:
            raise SystemExit(f"examples out of date in {', '.join(pages)}; run docs/make_examples.py")
        return
    for name, text in pages.items():
        (ROOT / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
