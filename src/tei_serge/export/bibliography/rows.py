"""The tables that references are made by."""

from collections.abc import Mapping
from typing import Any

from tei_serge.tables import read_table

__all__ = ["table"]


def table(section: str) -> Mapping[str, Any]:
    """A section of the table `export/bibliography`."""
    rows: Mapping[str, Any] = read_table("export/bibliography")[section]
    return rows
