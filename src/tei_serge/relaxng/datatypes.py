"""Datatypes that a RELAX NG schema can name: the two built in, and those of XML Schema 1.0.

RELAX NG Specification 7 and “Guidelines for using W3C XML Schema Datatypes with RELAX NG”. Where these leave
something open, the judgement of jing is followed.
"""

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Any

from tei_serge.relaxng.xsd.facets import Facet, FacetError, facet
from tei_serge.relaxng.xsd.lexical import KINDS
from tei_serge.relaxng.xsd.wrong import Kind, Names, WrongError, collapsed, replaced, same, shown

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
FORM = ": it must "  # in a reason that only tells what form the type wants
_BUILT_IN = {"string": Kind(same, "preserve"), "token": Kind(same, "collapse")}
# RELAX NG DTD Compatibility, 2: the three types of a document type declaration.
DTD = "http://relaxng.org/ns/compatibility/datatypes/1.0"
_LIBRARIES = {"": _BUILT_IN, XSD: KINDS, DTD: {name: KINDS[name] for name in ("ID", "IDREF", "IDREFS")}}

__all__ = ["FORM", "XSD", "Datatype", "DatatypeError", "Names", "datatype"]


class DatatypeError(ValueError):
    """A type, parameter or value that a schema names and that does not exist or cannot be used."""


class Datatype:
    """A datatype with its parameters; made by `datatype`, and equal only to itself.

    `id_kind` is ID, IDREF, IDREFS or empty; `uses_names` tells that values depend on the namespaces in scope.
    """

    __slots__ = ("_facets", "_kind", "id_kind", "library", "name", "uses_names")

    def __init__(self, library: str, name: str, kind: Kind) -> None:
        self.library = library
        self.name = name
        self.id_kind = kind.id_kind
        self.uses_names = kind.uses_names
        self._kind = kind
        self._facets: tuple[Facet, ...] = ()

    def __repr__(self) -> str:
        return f"<Datatype {self.name}>"

    def restrict(self, name: str, text: str) -> None:
        """Add a parameter while the type is made; raises FacetError."""
        self._facets += (facet(name, text, self._kind, self._read),)

    def _read(self, text: str, names: Names | None = None) -> Any:
        """The value; raises WrongError."""
        kind = self._kind
        if kind.space == "collapse":
            text = collapsed(text)
        elif kind.space == "replace":
            text = replaced(text)
        value = kind.parse(text, names)
        for check in self._facets:
            check(text, value)
        return value

    @property
    def allows_all(self) -> bool:
        """Whether every text is allowed, so that none need be looked at."""
        return self._kind.parse is same and not self._facets

    def allows(self, text: str, names: Names | None = None) -> bool:
        """Whether the text is allowed; `names` are the namespaces in scope, '' the default one."""
        try:
            self._read(text, names)
        except WrongError:
            return False
        return True

    def reason(self, text: str, names: Names | None = None) -> str:
        """Why the text is not allowed, as a sentence without its full stop; empty if it is."""
        try:
            self._read(text, names)
        except WrongError as error:
            if error.whole:
                return f"{shown(text)} {error}"
            return f"{shown(text)} is no {self.name}: {error}"
        return ""

    def value(self, text: str, names: Names | None = None) -> Hashable | None:
        """The value, for comparison with others of this type; None if the text is not allowed."""
        try:
            found: Hashable = self._read(text, names)
        except WrongError:
            return None
        return found


def datatype(library: str, name: str, params: Sequence[tuple[str, str]] = ()) -> Datatype:
    """The datatype that a schema names, the same object each time; parameters restrict it in their order.

    Raises DatatypeError with a sentence for the author of the schema.
    """
    return _datatype(library, name, tuple((parameter, text) for parameter, text in params))


@lru_cache(maxsize=4096)
def _datatype(library: str, name: str, params: tuple[tuple[str, str], ...]) -> Datatype:
    kinds = _LIBRARIES.get(library)
    if kinds is None:
        raise DatatypeError(f"There is no library of datatypes “{library}”.")
    kind = kinds.get(name)
    if kind is None:
        where = "XML Schema" if library else "RELAX NG itself; only string and token are built in"
        raise DatatypeError(f"There is no datatype “{name}” in {where}.")
    if params and not library:
        raise DatatypeError(
            f"The built-in datatype “{name}” takes no parameters, but “{params[0][0]}” is given."
        )
    made = Datatype(library, name, kind)
    for parameter, text in params:
        try:
            made.restrict(parameter, text)
        except FacetError as error:
            raise DatatypeError(f"The parameter “{parameter}” of {name} cannot be used: {error}.") from None
    return made
