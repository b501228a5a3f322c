"""`evt`: an edition for EVT 3 and EVT 2: the text, and the settings that tell EVT what there is to show."""

import json
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from tei_serge.chronicle.library import Library
from tei_serge.edition.model import Edition
from tei_serge.export.folder import Folder
from tei_serge.export.registry import Wishes
from tei_serge.export.tei.authority_entries import name_authorities
from tei_serge.export.tei.bring_in import bring_in
from tei_serge.export.tei.evt_text import fit_text, without_prefix
from tei_serge.export.tei.portable_source import move_stand_off
from tei_serge.export.tei.register_entries import point_by_keys
from tei_serge.export.tei.tei_copy import copy_tree, disarm, t, tree_bytes
from tei_serge.tables import read_table
from tei_serge.xmlfile import Node

__all__ = ["write"]

_CONFIG = "assets/config"


def write(editions: Iterator[Edition], folder: Folder, wishes: Wishes) -> None:
    """Write the edition of one text, or of several each into a folder of its own: EVT shows one at a time."""
    library = Library()
    texts = iter(editions)
    first = list(islice(texts, 2))
    for edition in chain(first, texts):
        place = f"{edition.name}/" if len(first) > 1 else ""
        _write_one(edition, library, folder, place, wishes)


def _write_one(edition: Edition, library: Library, folder: Folder, place: str, wishes: Wishes) -> None:
    root = _document(edition, library)
    if root.find(f"{t('text')}/{t('back')}") is not None:
        wishes.left_out(edition.path, "the back: EVT does not show it, and it could not be put into the body")
    title = edition.header.title or edition.name
    if not place:
        title = wishes.title or title
    table = read_table("export/evt")
    folder.put(place + table["files"]["editionUrls"][0], tree_bytes(root.getroottree()))
    for name, value in (
        (f"{_CONFIG}/file_config.json", table["files"]),
        (f"{_CONFIG}/edition_config.json", _evt3(root, title, table)),
        (f"{_CONFIG}/ui_config.json", table["interface"]),
        (f"{_CONFIG}/editorial_conventions_config.json", {}),
        ("config/config.json", _evt2(root, title, table)),
    ):
        data = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        folder.put(place + name, data.encode("utf-8", "replace"))


def _document(edition: Edition, library: Library) -> Node:
    tree = copy_tree(edition)
    root = tree.getroot()
    disarm(root)
    brought = name_authorities(root, edition, bring_in(root, edition.path, library))
    point_by_keys(root, brought.lists)
    move_stand_off(root)
    fit_text(root)
    text = root.find(t("text"))
    if text is not None and text.get("n") is None:
        text.set("n", edition.header.title or edition.name)
    made = without_prefix(root)
    if made is not root:
        for node in reversed(list(root.itersiblings(preceding=True))):
            made.addprevious(node)
    return made


def _has(root: Node, selector: str) -> bool:
    return any(next(root.iter(t(name)), None) is not None for name in selector.split(","))


def _in_text(root: Node, selector: str) -> bool:
    return any(_has(text, selector) for text in root.iter(t("text")))


def _evt3(root: Node, title: str, table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings of an edition in EVT 3: its title, the lists that it has, what can be coloured."""
    lists = {
        row["kind"]: {"defaultLabel": row["label"], "enable": _has(root, row["list"])}
        for row in table["lists"]
    }
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in table["marked"]:
        if _in_text(root, row["value"]):
            item = {name: row[name] for name in ("value", "label", "color")}
            groups.setdefault(row["group"], []).append({**item, "enable": True})
    return {
        "editionTitle": title,
        **table["edition"],
        "namedEntitiesLists": lists,
        "showLists": any(one["enable"] for one in lists.values()),
        "entitiesSelectItems": [
            {"label": group, "items": items, "enable": True} for group, items in groups.items()
        ],
    }


def _evt2(root: Node, title: str, table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings of EVT 2, where each element stands alone."""
    rows = [(row, name) for row in table["marked"] for name in row["value"].split(",")]
    return {
        "indexTitle": title,
        **table["evt2"],
        "namedEntitiesToHandle": [
            {"tagName": name, "label": row["label"].capitalize(), "available": _in_text(root, name)}
            for row, name in rows
            if row["group"] == "Names"
        ],
        "otherEntitiesToHandle": [
            {"tagName": name, "label": row["label"].capitalize(), "available": True, "color": row["color"]}
            for row, name in rows
            if row["group"] != "Names" and _in_text(root, name)
        ],
    }
