"""Findings as SARIF 2.1.0, the form of OASIS for results of checks, which GitHub and editors read.

What each member means is said in the standard, “Static Analysis Results Interchange Format (SARIF) Version
2.1.0 Plus Errata 01”.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from tei_serge.diagnostics import Severity, catalogue
from tei_serge.findings import Finding, showable
from tei_serge.reports.places import HERE, STDIN, Base, Checked, shown, uri
from tei_serge.version import __version__

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
FINGERPRINT = "teiSergeFinding/v1"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# Lines are counted as `findings.line_starts` counts them; unless it is told, a reader knows two of these.
_LINE_ENDS = ["\r\n", "\n", "\r", "\x85", "\u2028", "\u2029"]
_BRACES = re.compile("[{}]")
_LINK = re.compile(r"\[(?=[^\]]*\]\()")
_NAME = re.compile(r"\{\w+\}")
_NUMBER = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")

Json = dict[str, Any]


def render(
    files: Iterable[Checked],
    exit_code: int = 0,
    base: Base = HERE,
    refusal: Finding | None = None,
) -> str:
    """The log file of one run, as JSON.

    `exit_code` is that of the program. A `refusal`, for which the run could not go on, becomes a
    notification, and the run counts as not successful; findings alone do not make it so.
    """
    rows = list(files)
    codes = sorted({finding.code for _, findings in rows for finding in findings})
    driver: Json = {
        "name": "tei-serge",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in codes],
    }
    if refusal:
        driver["notifications"] = [_rule(refusal.code)]
    order = {code: number for number, code in enumerate(codes)}
    run: Json = {
        "tool": {"driver": driver},
        "invocations": [_invocation(exit_code, refusal)],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that the paths count from."}}},
        "artifacts": [{"location": _artifact(path, base), "roles": ["analysisTarget"]} for path, _ in rows],
        "results": [
            result
            for number, (path, findings) in enumerate(rows)
            for result in _results(_artifact(path, base) | {"index": number}, findings, order)
        ],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": _LINE_ENDS,
    }
    return (
        json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def message_text(text: str) -> str:
    """Text as SARIF wants it: braces doubled, since they hold places for values; no brackets that link.

    >>> message_text("{a} is [b](1), [c]")
    '{{a}} is \\\\[b](1), [c]'
    """
    doubled = _BRACES.sub(lambda brace: brace[0] * 2, showable(text))
    return _LINK.sub(r"\\[", doubled)


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """What each finding of a file is known by from run to run, though lines above it come and go.

    It is made from the code, the line at fault and the words in it; of a finding about the whole file, from
    the message without its numbers. Where some are alike, their order in the file tells them apart.
    """
    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        place = shown(finding)
        about = (place.line.strip(), place.words) if place else (_NUMBER.sub("0", finding.message),)
        key = sha256("\0".join((finding.code, *about)).encode("utf-8", "backslashreplace")).hexdigest()[:32]
        seen[key] += 1
        found.append(f"{key}:{seen[key]}")
    return found


def _results(artifact: Json, findings: Sequence[Finding], order: Mapping[str, int]) -> Iterable[Json]:
    for finding, print_ in zip(findings, fingerprints(findings), strict=True):
        yield {
            "ruleId": finding.code,
            "ruleIndex": order[finding.code],
            "level": _LEVELS[finding.severity],
            "message": {"text": message_text(finding.message)},
            "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region(finding)}}],
            "partialFingerprints": {FINGERPRINT: print_},
        }


def _region(finding: Finding) -> Json:
    """The place; the end column is that behind the last character, in SARIF as in a finding."""
    region: Json = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    place = shown(finding)
    if place and (finding.end_line, finding.end_column) != (finding.line, finding.column):
        region["snippet"] = {"text": showable(place.words)}
    return region


def _artifact(path: str, base: Base) -> Json:
    if path == STDIN:
        return {"uri": STDIN, "description": {"text": "Standard input."}}
    found = uri(path, base)
    return {"uri": found} if found.startswith("file:") else {"uri": found, "uriBaseId": ROOT}


def _rule(code: str) -> Json:
    """A code of the catalogue; “…” stands for what is filled into its wording."""
    entry = catalogue().get(code)
    if entry is None:
        return {"id": code}
    short = entry.title or _NAME.sub("…", entry.message)
    advice = [_NAME.sub("…", entry.do)]
    for word, example in (("Wrong:", entry.wrong), ("Right:", entry.right)):
        advice += ["", word, *example.splitlines()] if example else []
    return {
        "id": code,
        "shortDescription": {"text": message_text(short if _LETTER.search(short) else entry.why)},
        "fullDescription": {"text": message_text(entry.why)},
        "help": {"text": "\n".join(map(message_text, advice))},
        "defaultConfiguration": {"level": _LEVELS[entry.severity]},
    }


def _invocation(exit_code: int, refusal: Finding | None) -> Json:
    invocation: Json = {"executionSuccessful": refusal is None, "exitCode": exit_code}
    if refusal:
        # Wrong use, such as a schema that is not there, is a matter of configuration.
        kind = "toolConfigurationNotifications" if exit_code == 2 else "toolExecutionNotifications"
        invocation[kind] = [
            {
                "level": "error",
                "message": {"text": message_text(refusal.message)},
                "descriptor": {"id": refusal.code, "index": 0},
            }
        ]
    return invocation
