"""What programs read of a run: a document, on standard output or in a file, also where a run cannot go on."""

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import click

from tei_serge.cli.streams import write_line, write_output
from tei_serge.diagnostics import Severity, TeiSergeError, diagnostic
from tei_serge.findings import Finding, located, showable
from tei_serge.reports import github
from tei_serge.reports.places import STDIN, Base, Checked

FORMS = frozenset({"json", "sarif", "junit"})
"""The forms that are written as one document, at the end."""


def place_for(output: str | None, form: str) -> Path | None:
    """The file that a document is to go to, None for standard output.

    What cannot be written is found before the work is done, not behind it. Raises click.UsageError for a form
    that goes into no file and for what is no file, TeiSergeError `OUT-002` where the folder is missing.
    """
    if output is not None and form not in FORMS:
        raise click.UsageError("--output takes a document: say --format json, sarif or junit as well.")
    if output is None or output == STDIN:
        return None
    path = Path(output)
    name = showable(output)
    if path.exists() and not path.is_file():
        raise click.UsageError(f"{name} is not a file; - stands for standard output.")
    if not path.parent.is_dir():
        reason = f"there is no folder {path.parent}"
        raise TeiSergeError(diagnostic("OUT-002", name=path, reason=reason), 2)
    return path


def base() -> Base:
    """Paths count from the repository where GitHub Actions says which it is, else from where we are."""
    try:
        here = str(Path.cwd())
    except OSError:
        return Base()
    return Base(here, os.environ.get("GITHUB_WORKSPACE") or here)


def document(
    form: str, files: Sequence[Checked], status: int, strict: bool = False, refusal: Finding | None = None
) -> str:
    """The document of a run that ends with an exit status; with `strict`, warnings fail a file as well."""
    # Only here, because most runs need neither, and `encode` should not wait for them.
    from tei_serge.reports import junit, sarif

    if form == "sarif":
        return sarif.render(files, status, base(), refusal)
    if form == "junit":
        fail_on = Severity.WARNING if strict else Severity.ERROR
        return junit.render(files, fail_on, base=base(), refusal=refusal)
    found = [finding for _, findings in files for finding in findings]
    return json_array([*found, refusal] if refusal else found)


def json_array(findings: Iterable[Finding]) -> str:
    """Findings as one JSON array."""
    return json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=1) + "\n"


def deliver(text: str, place: Path | None) -> None:
    """Write a document, in UTF-8, into a file whole or not at all, or to standard output.

    Raises TeiSergeError `OUT-002`.
    """
    from tei_serge.files import write_atomically

    if place is None:
        write_output(text.encode("utf-8"))
    else:
        write_atomically(place, text.encode("utf-8"))


def refuse(error: TeiSergeError, form: str, output: str | None) -> bool:
    """Say to programs why a run cannot go on; whether that is all to be said, as it is for JSON."""
    refusal = located(error.finding, "")
    if form == "github":
        write_line(github.command("", refusal))
    elif form in FORMS:
        # Where this file cannot be written, that is the error, and people are told.
        with suppress(TeiSergeError, click.UsageError):
            place = place_for(output, form)
            deliver(document(form, [], error.status, refusal=refusal), place)
            return form == "json" and place is None
    return False
