"""Templates of pages: one way to fill them, wherever they lie."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tei_serge.tei.header_text import spelled_out

__all__ = ["environment_of"]


@cache
def environment_of(folder: Path) -> Environment:
    """The templates of a folder; what is filled in is escaped, what XML forbids in it spelled out.

    A name that nobody fills in is an error.
    """
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda value: spelled_out(value) if type(value) is str else value,
    )
