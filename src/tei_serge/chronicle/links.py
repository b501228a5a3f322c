"""Addresses of passages: the file of a text from where the chronicle is written, and an id in it."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from tei_serge.chronicle.model import Chronicle, Told

__all__ = ["addresses", "event_address", "passage_address"]


def addresses(chronicle: Chronicle, folder: Path) -> Mapping[str, str]:
    """The address of the file of each text, by its name, relative to a folder; none for a raw text."""
    return {text.name: _relative(text.path, folder) for text in chronicle.texts if text.anchored}


def _relative(path: str, folder: Path) -> str:
    try:
        shown = os.path.relpath(path, folder)
    except ValueError:
        # On another drive of Windows.
        return Path(path).resolve().as_uri()
    address = quote(Path(shown).as_posix(), safe="/~.-_")
    # A colon or a slash at the beginning would make it something else than a path from here.
    return f"./{address}" if address.startswith("/") else address


def passage_address(event: Told, id: str, files: Mapping[str, str]) -> str:
    """Where a passage can be read; an empty string for one of a raw text."""
    return f"{files[event.text]}#{quote(id, safe='.-_')}" if id and event.text in files else ""


def event_address(event: Told, files: Mapping[str, str]) -> str:
    """Where an event can be read: its first passage."""
    return next((passage_address(event, one.id, files) for one in event.passages if one.id), "")
