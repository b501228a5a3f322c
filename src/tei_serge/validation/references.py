"""Identifiers and pointers of a document, gathered while it is validated: no second reading is needed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from tei_serge.diagnostics import Diagnostic, diagnostic
from tei_serge.namespaces import EXAMPLES, TEI, XML
from tei_serge.relaxng import expanded_name, split_name
from tei_serge.relaxng.nearest import nearest
from tei_serge.validation.attributes import DATE_ATTRIBUTES, date_faults, language_fault

NOT_POINTERS = frozenset(
    {"n", "style", "rend", "value", "key", "type", "subtype", "role", "cRef", "match", "replacementPattern"}
)
"""Attributes whose values may begin with # and point nowhere."""

_ID, _LANG, _BASE = (expanded_name(XML, name) for name in ("id", "lang", "base"))
_PREFIX_DEF = expanded_name(TEI, "prefixDef")
_POINTER = re.compile(r"#[^\s#()]+")
_PREFIXED = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(?!//)(\S+)")


_GROUP = re.compile(r"\$([1-9])")
_MOST_SUGGESTED = 100
"""For how many pointers of a file the identifier that was perhaps meant is looked for."""


class Spot(NamedTuple):
    """An attribute of a start tag: the offset of the tag, the number of the attribute in it."""

    at: int
    position: int


class Use(NamedTuple):
    """A pointer: where it stands, as `element/@attribute`; what it says; how it is written with a prefix."""

    spot: Spot
    shown: str
    token: str
    written: str = ""


class Problem(NamedTuple):
    """Something to report at an attribute; `first` is where an identifier stood before."""

    found: Diagnostic
    spot: Spot
    first: Spot | None = None


class References:
    """Watches start tags. What stands in examples of encoding (`egXML`) is nobody's identifier or pointer."""

    def __init__(self, check_ids: bool = True) -> None:
        self.outside: list[Use] = []
        self.has_base = False
        self._ids: dict[str, Spot] = {}
        self._uses: list[Use] = []
        self._prefixed: list[Use] = []
        self._prefixes: dict[str, list[tuple[str, str]]] = {}
        self._problems: list[Problem] = []
        self._check_ids = check_ids

    def see(self, name: str, attributes: Sequence[str], at: int) -> None:
        """Look at a start tag with attributes, given as names and values in turn."""
        dated = False
        for index in range(0, len(attributes), 2):
            key, value = attributes[index], attributes[index + 1]
            if key == _ID:
                self._identifier(name, value, Spot(at, index >> 1))
            elif "#" in value and key not in NOT_POINTERS:
                self._pointers(name, key, value, Spot(at, index >> 1))
            elif ":" in value and key not in NOT_POINTERS:
                self._prefixed_pointers(name, key, value, Spot(at, index >> 1))
            elif key == _LANG:
                fault = language_fault(value)
                if fault:
                    found = diagnostic("REF-006", value=value, reason=fault)
                    self._problems.append(Problem(found, Spot(at, index >> 1)))
            elif key == _BASE:
                self.has_base = True
            elif key in DATE_ATTRIBUTES:
                dated = True
        if dated and not name.startswith(EXAMPLES):
            self._dates(name, attributes, at)
        if name == _PREFIX_DEF:
            self._declare_prefix(attributes)

    def _identifier(self, name: str, value: str, spot: Spot) -> None:
        if name.startswith(EXAMPLES):
            return
        value = value.strip(" \t\r\n")
        first = self._ids.setdefault(value, spot)
        if first is not spot and self._check_ids:
            self._problems.append(Problem(diagnostic("REF-001", id=value, line=0), spot, first))

    def _pointers(self, name: str, key: str, value: str, spot: Spot) -> None:
        if name.startswith(EXAMPLES):
            return
        shown = f"{split_name(name)[1]}/@{split_name(key)[1]}"
        for token in value.split():
            if token.startswith("#"):
                if _POINTER.fullmatch(token):
                    self._uses.append(Use(spot, shown, token))
            elif ".xml#" in token:
                self.outside.append(Use(spot, shown, token))
            elif ":" in token:
                self._prefixed.append(Use(spot, shown, token))

    def _prefixed_pointers(self, name: str, key: str, value: str, spot: Spot) -> None:
        if name.startswith(EXAMPLES):
            return
        shown = f"{split_name(name)[1]}/@{split_name(key)[1]}"
        self._prefixed += (Use(spot, shown, token) for token in value.split() if _PREFIXED.fullmatch(token))

    def _declare_prefix(self, attributes: Sequence[str]) -> None:
        given = dict(zip(attributes[::2], attributes[1::2], strict=True))
        rule = given.get("matchPattern", ""), given.get("replacementPattern", "")
        if given.get("ident") and all(rule):
            self._prefixes.setdefault(given["ident"], []).append(rule)

    def _dates(self, name: str, attributes: Sequence[str], at: int) -> None:
        given = dict(zip(attributes[::2], attributes[1::2], strict=True))
        for key, found in date_faults(split_name(name)[1], given):
            position = list(given).index(key)
            self._problems.append(Problem(found, Spot(at, position)))

    def finish(self) -> Iterator[Problem]:
        """All problems, when the document has ended; pointers into other files are left in `outside`."""
        yield from self._problems
        for use in self._prefixed:
            token = self._resolved(use.token)
            if token.startswith("#"):
                self._uses.append(use._replace(token=token, written=use.token))
            elif ".xml#" in token:
                self.outside.append(use._replace(token=token))
        lost = [use for use in self._uses if use.token[1:] not in self._ids]
        for number, use in enumerate(lost):
            yield Problem(self._lost(use, self._ids if number < _MOST_SUGGESTED else ()), use.spot)

    def _lost(self, use: Use, known: Iterable[str]) -> Diagnostic:
        """A pointer to an identifier that is not there, with the one that was perhaps meant."""
        id = use.token[1:]
        written = f" ({use.written})" if use.written else ""
        reason = f"{use.shown} points to #{id}{written}, which is not in this file"
        near = nearest(id, known)
        if not near:
            return diagnostic("REF-002", reason=reason, attribute=use.shown, id=id)
        reason = f"{reason}; did you mean #{near}?"
        return diagnostic("REF-002", reason=reason, attribute=use.shown, id=id, suggestion=f"#{near}")

    def _resolved(self, token: str) -> str:
        """What a pointer with a declared prefix stands for (TEI Guidelines, prefixDef); else ""."""
        found = _PREFIXED.fullmatch(token)
        if not found:
            return ""
        for pattern, replacement in self._prefixes.get(found[1], ()):
            try:
                match = re.fullmatch(pattern, found[2])
            except re.error:
                continue
            if match:
                return _GROUP.sub(partial(_group, ("", *match.groups(""))), replacement)
        return ""


def _group(groups: Sequence[str], digit: re.Match[str]) -> str:
    """What a pattern's group of a number has matched; nothing where there is no such group."""
    number = int(digit[1])
    return groups[number] if number < len(groups) else ""
