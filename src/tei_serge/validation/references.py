"""Identifiers and pointers of a document, gathered while it is validated: no second reading is needed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

from tei_serge.diagnostics import Diagnostic, diagnostic
from tei_serge.namespaces import EXAMPLES, TEI, XINCLUDE, XML
from tei_serge.relaxng import UNTYPED, URI, expanded_name, split_name
from tei_serge.relaxng.mending.nearest import nearest
from tei_serge.validation.attributes import DATE_ATTRIBUTES, date_faults, language_fault

_ID, _LANG, _BASE = (expanded_name(XML, name) for name in ("id", "lang", "base"))
_PREFIX_DEF = expanded_name(TEI, "prefixDef")
_INCLUDE = expanded_name(XINCLUDE, "include")
_TEI = expanded_name(TEI, "")
_POINTER = re.compile(r"#[^\s#()]+")
_FILE = re.compile(r"[^\s:#?]+\.xml(?:#[^\s#()]+)?")
_BARE = re.compile(r"[^\W\d][\w-]*")
# Attributes whose values may begin with # and point nowhere, where the schema says nothing of them.
_NO_POINTERS = frozenset(
    [
        "n",
        "style",
        "rend",
        "value",
        "key",
        "type",
        "subtype",
        "role",
        "cRef",
        "match",
        "replacementPattern",
        "place",
        "lemma",
        "norm",
        "unit",
        "sortKey",
        "color",
    ]
)
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
    """Something to report at an attribute, or one word of it; `first` is where an identifier stood before."""

    found: Diagnostic
    spot: Spot
    first: Spot | None = None
    word: str = ""


class References:
    """Watches start tags of TEI: what stands in examples of encoding (`egXML`) or in drawings points nowhere.

    Which attributes are pointers, the schema says by their datatype; where it says nothing of one, it is a
    pointer if its value begins with #. With `no_schema`, elements of all kinds count, and identifiers used
    twice are found here; a schema knows them itself.
    """

    def __init__(self, no_schema: bool = False) -> None:
        self.outside: list[Use] = []
        self._base: Spot | None = None
        self._include: Spot | None = None
        self._ids: dict[str, Spot] = {}
        self._uses: list[Use] = []
        self._bare: list[Use] = []
        self._prefixed: list[Use] = []
        self._prefixes: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        self._problems: list[Problem] = []
        self._no_schema = no_schema

    def see(self, name: str, attributes: Sequence[str], at: int, roles: Mapping[int, str]) -> None:
        """Look at a start tag; attributes are names and values in turn, `roles` as for a `Watcher`."""
        ours = name.startswith(_TEI) or self._no_schema
        if name == _INCLUDE:
            self._include = self._include or Spot(at, 0)
        dated = False
        for position in range(len(attributes) >> 1):
            key, value = attributes[2 * position], attributes[2 * position + 1]
            role = roles.get(position)
            if key == _ID or role == "ID" or (key == "id" and not ours):
                self._identifier(name, value, Spot(at, position), key)
            elif key == _LANG:
                fault = language_fault(value)
                if fault:
                    found = diagnostic("REF-006", value=value, reason=fault)
                    self._problems.append(Problem(found, Spot(at, position)))
            elif key == _BASE:
                self._base = self._base or Spot(at, position)
            elif not ours:
                continue
            elif key in DATE_ATTRIBUTES and role in (None, UNTYPED):
                dated = True
            elif role == URI or (role == UNTYPED and "#" in value and key not in _NO_POINTERS):
                self._pointers(name, key, value, Spot(at, position))
        if dated:
            self._dates(name, attributes, at)
        if name == _PREFIX_DEF:
            self._declare_prefix(attributes, at)

    def _identifier(self, name: str, value: str, spot: Spot, key: str) -> None:
        if name.startswith(EXAMPLES):
            return
        value = value.strip(" \t\r\n")
        first = self._ids.setdefault(value, spot)
        if first is not spot and self._no_schema and key == _ID:
            self._problems.append(Problem(diagnostic("REF-001", id=value, line=0, where=""), spot, first))

    def _pointers(self, name: str, key: str, value: str, spot: Spot) -> None:
        if name.startswith(EXAMPLES):
            return
        shown = f"{split_name(name)[1]}/@{split_name(key)[1]}"
        for token in value.split():
            use = Use(spot, shown, token)
            if token.startswith("#"):
                if _POINTER.fullmatch(token):
                    self._uses.append(use)
            elif _FILE.fullmatch(token):
                self.outside.append(use)
            elif _PREFIXED.fullmatch(token):
                self._prefixed.append(use)
            elif _BARE.fullmatch(token):
                self._bare.append(use)

    def _declare_prefix(self, attributes: Sequence[str], at: int) -> None:
        names = list(attributes[::2])
        given = dict(zip(names, attributes[1::2], strict=True))
        prefix, replacement = given.get("ident", ""), given.get("replacementPattern", "")
        rules = self._prefixes.setdefault(prefix, [])
        try:
            rules.append((re.compile(given.get("matchPattern", "")), replacement))
        except re.error as error:
            reason = f"the matchPattern of the prefix {prefix} is no regular expression: {error}"
            spot = Spot(at, names.index("matchPattern"))
            self._problems.append(Problem(diagnostic("REF-005", reason=reason), spot))

    def _dates(self, name: str, attributes: Sequence[str], at: int) -> None:
        given = dict(zip(attributes[::2], attributes[1::2], strict=True))
        for key, found in date_faults(split_name(name)[1], given):
            position = list(given).index(key)
            self._problems.append(Problem(found, Spot(at, position)))

    def finish(self) -> Iterator[Problem]:
        """All problems, when the document has ended; pointers into other files are left in `outside`."""
        yield from self._problems
        for use in self._prefixed:
            yield from self._prefix_problems(use)
        if self._base is not None:
            # What # means depends on what holds around each element, which nobody keeps here.
            if self._uses or self.outside:
                yield Problem(diagnostic("REF-007"), self._base)
            self.outside.clear()
            return
        if self._include is not None and any(not self._is_there(use.token[1:]) for use in self._uses):
            # What they point to may be in a file that belongs here.
            yield Problem(diagnostic("REF-009"), self._include)
            return
        for use in self._bare:
            if use.token in self._ids:
                found = diagnostic("REF-008", attribute=use.shown, token=use.token)
                yield Problem(found, use.spot, word=use.token)
        lost = list(dict.fromkeys(use for use in self._uses if not self._is_there(use.token[1:])))
        for number, use in enumerate(lost):
            known = self._ids if number < _MOST_SUGGESTED else ()
            yield Problem(self._lost(use, known), use.spot, word=use.written or use.token)

    def _is_there(self, id: str) -> bool:
        return id in self._ids or unquote(id) in self._ids

    def _prefix_problems(self, use: Use) -> Iterator[Problem]:
        """Resolve a pointer with a prefix that the file declares; one that cannot be is reported."""
        found = _PREFIXED.fullmatch(use.token)
        prefix = found[1] if found else ""
        if prefix in self._prefixes:
            token = self._resolved(use.token)
            if token.startswith("#"):
                self._uses.append(use._replace(token=token, written=use.token))
            elif _FILE.fullmatch(token):
                self.outside.append(use._replace(token=token))
            elif not token and self._prefixes[prefix]:
                reason = f"{use.shown}: {use.token} does not fit what prefixDef says of {prefix}"
                yield Problem(diagnostic("REF-005", reason=reason), use.spot, word=use.token)
            return
        near = nearest(prefix, self._prefixes)
        if near:
            reason = f"{use.shown}: no prefixDef declares {prefix} ({use.token}); did you mean {near}?"
            yield Problem(diagnostic("REF-005", reason=reason), use.spot)

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
        prefix, _, rest = token.partition(":")
        for pattern, replacement in self._prefixes.get(prefix, ()):
            match = pattern.fullmatch(rest)
            if match:
                return _GROUP.sub(partial(_group, ("", *match.groups(""))), replacement)
        return ""


def _group(groups: Sequence[str], digit: re.Match[str]) -> str:
    """What a pattern's group of a number has matched; nothing where there is no such group."""
    number = int(digit[1])
    return groups[number] if number < len(groups) else ""
