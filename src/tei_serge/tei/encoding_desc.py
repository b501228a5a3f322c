"""`encodingDesc`: what the encoder did to this text, in statements that are true of this run."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import regex
from lxml import etree

from tei_serge.characters import rare
from tei_serge.config import Config
from tei_serge.model import Document
from tei_serge.namespaces import TEI
from tei_serge.tables import DATA, read_table
from tei_serge.tei.builder import FORBIDDEN, append_text, character_id, child
from tei_serge.tei.editorial_decl import build_editorial_decl
from tei_serge.tei.header_text import put
from tei_serge.tei.profile_desc import GENRES
from tei_serge.version import __version__

__all__ = ["build_encoding_desc", "rules", "ruleset_digest"]

Tags = Sequence[tuple[str, int, int]]


@cache
def rules() -> Mapping[str, Any]:
    """Groups and rules of `data/rules.toml`."""
    return read_table("rules")


# What messages, checks and services read: no encoding depends on it, so none changes when it does.
_OTHER_TABLES = (
    *("diagnostics.toml", "schemas.toml", "reconciliation.toml"),
    *("validation/", "chronicle/", "edition/", "export/"),
)


@cache
def ruleset_digest() -> str:
    """The SHA-256 of the tables that encoding depends on, names and contents, in the order of their names."""
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(DATA).as_posix(), path) for path in DATA.rglob("*.toml")):
        if name.startswith(_OTHER_TABLES):
            continue
        digest.update(name.encode("utf-8") + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def build_encoding_desc(
    parent: etree._Element,
    document: Document,
    config: Config,
    used: frozenset[str],
    tags: Tags,
    genre: str,
    text_element: etree._Element,
) -> None:
    """Fill `encodingDesc`: project, editorial declaration, counts, references, rules, software."""
    _project(parent, config)
    build_editorial_decl(parent, document, tags, text_element)
    _tags(parent, tags)
    _refs(parent)
    _class_decl(parent, used, genre)
    _char_decl(parent, document)
    _app_info(parent)


def _project(parent: etree._Element, config: Config) -> None:
    project = child(parent, "projectDesc")
    if config.header.project:
        put(child(project, "p"), config.header.project)
    put(
        child(project, "p"),
        "Encoded from a plain-text transcription by tei_serge, a program that decides by written rules and"
        " tables, without statistics. The rules that this text used stand in the taxonomy below; every"
        " decision that names one in its attribute ana was made by it.",
    )


def _tags(parent: etree._Element, tags: Tags) -> None:
    namespace = child(child(parent, "tagsDecl"), "namespace", [("name", TEI)])
    for name, occurs, with_id in tags:
        child(namespace, "tagUsage", [("gi", name), ("occurs", str(occurs)), ("withId", str(with_id))])


def _refs(parent: etree._Element) -> None:
    """Every block with an id can be cited by it."""
    declaration = child(parent, "refsDecl")
    child(
        declaration,
        "citeStructure",
        [("unit", "block"), ("match", "/TEI/text//*[@xml:id]"), ("use", "@xml:id")],
    )


def _class_decl(parent: etree._Element, used: frozenset[str], genre: str) -> None:
    if not (used or genre):
        return
    declaration = child(parent, "classDecl")
    if genre:
        taxonomy = child(declaration, "taxonomy", [("xml:id", "genres")])
        append_text(child(taxonomy, "bibl"), "Genres")
        _category(taxonomy, genre, GENRES[genre])
    if used:
        taxonomy = child(declaration, "taxonomy", [("xml:id", "rules")])
        append_text(child(taxonomy, "bibl"), "Rules of tei_serge that this text used")
        _rules(taxonomy, used)


def _rules(taxonomy: etree._Element, used: frozenset[str]) -> None:
    table = rules()
    for group, title in table["groups"].items():
        own = sorted((rule for rule in used if _group(rule) == group), key=_number)
        if own:
            category = _category(taxonomy, group, title)
            for rule in own:
                _category(category, rule, table["rules"].get(rule, {}).get("text", f"rule {rule}"))
    for rule in sorted(rule for rule in used if _group(rule) not in table["groups"]):
        _category(taxonomy, rule, table["rules"].get(rule, {}).get("text", f"rule {rule}"))


@cache
def _group(rule: str) -> str:
    return regex.sub(r"\d+$", "", rule)


@cache
def _number(rule: str) -> int:
    match = regex.search(r"\d+$", rule)
    return int(match.group()) if match else 0


def _category(parent: etree._Element, identifier: str, words: str) -> etree._Element:
    category = child(parent, "category", [("xml:id", identifier)])
    append_text(child(category, "catDesc"), words)
    return category


def _char_decl(parent: etree._Element, document: Document) -> None:
    """The characters that XML forbids: their code points, and how often they occur in the source."""
    text = document.source.text
    if not FORBIDDEN.search(rare(text)):
        return
    counts = Counter(FORBIDDEN.findall(text))
    declaration = child(parent, "charDecl")
    for char in sorted(counts):
        entry = child(declaration, "char", [("xml:id", character_id(char))])
        child(entry, "localProp", [("name", "codepoint"), ("value", f"U+{ord(char):04X}")])
        times = "once" if counts[char] == 1 else f"{counts[char]:,} times"
        append_text(
            child(entry, "note"),
            f"A character of the source file that XML does not admit; it occurs {times}.",
        )


def _app_info(parent: etree._Element) -> None:
    application = child(
        child(parent, "appInfo"), "application", [("ident", "tei_serge"), ("version", __version__)]
    )
    append_text(child(application, "label"), "tei_serge")
    append_text(
        child(application, "p"),
        f"Encoder for plain-text transcriptions. SHA-256 of its tables: {ruleset_digest()}.",
    )
