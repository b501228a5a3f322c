"""A chronicle as one page for browsers: it needs no network, and works without its script."""

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tei_serge.chronicle.axis import draw
from tei_serge.chronicle.date_words import year_words
from tei_serge.chronicle.days import civil
from tei_serge.chronicle.links import addresses
from tei_serge.chronicle.model import Chronicle
from tei_serge.chronicle.page import filter_data, years
from tei_serge.plurals import counted
from tei_serge.tables import DATA
from tei_serge.templates import environment_of

__all__ = ["write_html"]

_FOLDER = DATA / "chronicle"
# What a browser could take for the end of the script element, and line ends that are none in JSON.
_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def write_html(chronicle: Chronicle, folder: Path) -> bytes:
    """The page; links to the texts count from a folder. Nothing in it depends on the day or the machine."""
    files = addresses(chronicle, folder)
    style, script = (_own(name) for name in ("page.css", "page.js"))
    telling = [text for text in chronicle.texts if any(event.text == text.name for event in chronicle.events)]
    page = (
        environment_of(_FOLDER)
        .get_template("page.html")
        .render(
            style=Markup(style),
            script=Markup(script),
            policy=_policy(style, script),
            data=Markup(_embedded(filter_data(chronicle))),
            years=years(chronicle, files),
            axis=draw(chronicle.events),
            events=chronicle.events,
            count=counted(len(chronicle.events), "event", "events"),
            texts=telling,
            files=files,
            text_count=counted(len(telling), "text", "texts"),
            span=_span(chronicle),
            same=bool(chronicle.same),
        )
    )
    return page.encode("utf-8", "backslashreplace")


def _own(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _embedded(data: Mapping[str, Any]) -> str:
    """JSON that can stand in a script element, whatever it says."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _policy(style: str, script: str) -> str:
    """What the page may do: run our script, use our style, and nothing else."""
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script))
    own = [f"'sha256-{digest}'" for digest in digests]
    return (
        f"default-src 'none'; style-src {own[0]}; script-src {own[1]}; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def _span(chronicle: Chronicle) -> str:
    """From which to which year, in words."""
    days = [day for event in chronicle.events for day in (event.begin, event.end) if day is not None]
    if not days:
        return ""
    first, last = year_words(civil(min(days))[0]), year_words(civil(max(days))[0])
    return first if first == last else f"{first}–{last}"
