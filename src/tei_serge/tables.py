"""The tables of `data/`: what the program knows of words, places, periodicals, licences and its own codes."""

from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
"""The folder of all tables. `importlib.resources` would find it as well, but takes long to import."""


@cache
def read_table(name: str) -> dict[str, Any]:
    """The table `data/<name>.toml`, read once; `en/lines` is one of a language."""
    import tomllib  # only here: a run that finds nothing reads no table

    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))
