"""What a document can do wrong, as data; the words for it are somebody else's."""

from dataclasses import dataclass, field
from enum import StrEnum

from tei_serge.relaxng.document.extents import Extent


class Kind(StrEnum):
    """The ways in which a document can be at fault."""

    NOT_WELL_FORMED = "not-well-formed"
    ENTITY = "entity"
    """Something is to be read from elsewhere, or grows without end."""
    WRONG_ROOT = "wrong-root"
    UNKNOWN_ELEMENT = "unknown-element"
    """No element of the schema has this name."""
    MISPLACED_ELEMENT = "misplaced-element"
    """The element around it never holds one of this name."""
    ELEMENT_NOT_HERE = "element-not-here"
    """The element around it may hold it, but not at this place."""
    MISSING_BEFORE = "missing-before"
    """Something must come first."""
    INCOMPLETE = "incomplete"
    """An element ends, and something is missing in it."""
    UNKNOWN_ATTRIBUTE = "unknown-attribute"
    ATTRIBUTE_CLASH = "attribute-clash"
    """The attribute is one of the element's, but not together with the others."""
    MISSING_ATTRIBUTE = "missing-attribute"
    BAD_VALUE = "bad-value"
    TEXT_NOT_ALLOWED = "text-not-allowed"
    BAD_CONTENT = "bad-content"
    """The text of an element is no value that it may have."""
    DUPLICATE_ID = "duplicate-id"
    MISSING_ID = "missing-id"
    """An IDREF names an identifier that no element has."""
    TOO_COMPLEX = "too-complex"
    TOO_MANY = "too-many"
    """There are more faults than are listed."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault and its place. Names are as a reader of XML writes them: `persName`, `xml:id`.

    `element` is the element at fault and `parent` the one around it; `after` is the element before the place;
    `expected` what could stand there (or the values that an attribute may have), `required` those of which
    one must; `places` the elements that may hold what is misplaced; `suggestion` the name or value that was
    perhaps meant; `reason` says why a value is none, and `datatypes` what it could be; `namespace` is that of
    the name at fault where it is not the usual one; `first` is where an identifier stood before, or where the
    element begins before which the one at fault could stand, and `before` is the name of that.

    Of a value that is a list, `token` is the word at fault, which is what `reason` and `expected` are about;
    if there are too few or too many, `least` and `most` tell how many there must be (0: no such limit).
    `known` holds the expanded names of all elements of the schema, for faults that are about names.
    """

    kind: Kind
    extent: Extent
    element: str = ""
    parent: str = ""
    attribute: str = ""
    value: str = ""
    reason: str = ""
    datatypes: tuple[str, ...] = ()
    after: str = ""
    namespace: str | None = None
    expected: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    suggestion: str = ""
    first: Extent | None = None
    before: str = ""
    token: str = ""
    least: int = 0
    most: int = 0
    known: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def line(self) -> int:
        """The line where it begins, from 1."""
        return self.extent.line

    @property
    def column(self) -> int:
        """The column where it begins, from 1."""
        return self.extent.column

    @property
    def end_line(self) -> int:
        """The line where it ends."""
        return self.extent.end_line

    @property
    def end_column(self) -> int:
        """The column behind its last character."""
        return self.extent.end_column
