"""The tables of `data/`: what the program knows of words, places, periodicals, licences and its own codes."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_table(name: str) -> dict[str, Any]:
    """The table `data/<name>.toml`, read once; `en/lines` is one of a language."""
    return tomllib.loads(files("tei_serge").joinpath(f"data/{name}.toml").read_text("utf-8"))
