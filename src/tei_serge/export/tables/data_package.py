"""The description of a folder of tables: `datapackage.json` (Data Package 2.0)."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

from tei_serge.edition.model import Edition
from tei_serge.export.registry import Wishes
from tei_serge.export.tables.schema import Table
from tei_serge.version import __version__

__all__ = ["Described", "Written", "data_package"]

_PROFILES = "https://datapackage.org/profiles/2.0"
_NOT_IN_NAMES = re.compile(r"[^a-z0-9._-]+")
_TITLE = "Texts, mentions, events and entries"
_SAYS = (
    "Tables made of TEI P5 by tei-serge. An empty cell is what the TEI does not say. Offsets count code "
    "points. The licence of each text is in documents.csv."
)
_FORMULAS = (
    "Cells are as the texts have them. This many begin with a character that a spreadsheet may take for the "
    "beginning of a formula: import the columns as text."
)


class Written(NamedTuple):
    """A file that was written: its table, size, SHA-256, rows, and cells like formulas."""

    table: Table
    size: int
    digest: str
    rows: int
    formulas: int


class Described:
    """Collects what the description says of the texts: their titles and their licences."""

    def __init__(self) -> None:
        self.sources: list[dict[str, str]] = []
        self.licences: dict[str, None] = {}
        self.all_licensed = True

    def add(self, edition: Edition) -> None:
        """One more text."""
        header = edition.header
        self.sources.append({"title": header.title or edition.name})
        target = header.licence.target
        if target.startswith(("http://", "https://")):
            self.licences[target] = None
        else:
            self.all_licensed = False


def data_package(described: Described, files: Iterable[Written], wishes: Wishes) -> dict[str, Any]:
    """The description. Licences are named for the whole only if every text has one with an address."""
    title = wishes.title or _TITLE
    made: dict[str, Any] = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": _name(title),
        "title": title,
        "description": _SAYS,
    }
    if wishes.base.startswith(("http://", "https://")):
        made["homepage"] = wishes.base
    if described.licences and described.all_licensed:
        made["licenses"] = [{"path": path} for path in sorted(described.licences)]
    if described.sources:
        made["sources"] = described.sources
    if wishes.publisher:
        made["contributors"] = [{"title": wishes.publisher, "role": "publisher", "roles": ["publisher"]}]
    made["generator"] = f"tei_serge {__version__}"
    made["resources"] = [_resource(one) for one in files]
    return made


def _resource(one: Written) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": one.table.name,
        "path": f"{one.table.name}.csv",
        "type": "table",
        "title": one.table.title,
        "description": one.table.says,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "bytes": one.size,
        "hash": f"sha256:{one.digest}",
        "rows": one.rows,
    }
    if one.formulas:
        made["cellsLikeFormulas"] = {"count": one.formulas, "description": _FORMULAS}
    return made | {"schema": one.table.schema()}


def _name(title: str) -> str:
    """The title as a name of a package: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return _NOT_IN_NAMES.sub("-", plain).strip("-.") or "texts"
