"""What the prefixes of a compact schema stand for: its declarations of namespaces and datatypes."""

from dataclasses import dataclass, field

from tei_serge.relaxng.compact.cursor import IDENTIFIER, Cursor, error
from tei_serge.relaxng.compact.tokens import Token

XML = "http://www.w3.org/XML/1998/namespace"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"


@dataclass(frozen=True, slots=True)
class Scope:
    """Namespaces by prefix (None: that of the schema that refers to this one), and datatype libraries."""

    default: str | None = None
    namespaces: dict[str, str | None] = field(default_factory=lambda: {"xml": XML})
    libraries: dict[str, str] = field(default_factory=lambda: {"xsd": XSD})

    def namespace(self, prefix: str, token: Token) -> str | None:
        """The namespace of a prefix that a token uses; CompactSyntaxError if it is not declared."""
        if prefix not in self.namespaces:
            sentence = f'No namespace is declared for the prefix “{prefix}”; add: namespace {prefix} = "…"'
            raise error(token, sentence)
        return self.namespaces[prefix]

    def library(self, prefix: str, token: Token) -> str:
        """The datatype library of a prefix that a token uses; CompactSyntaxError if it is not declared."""
        if prefix not in self.libraries:
            sentence = f'No datatypes are declared for the prefix “{prefix}”; add: datatypes {prefix} = "…"'
            raise error(token, sentence)
        return self.libraries[prefix]


def read_declarations(cursor: Cursor) -> Scope:
    """Read the declarations at the head of a schema (section 4 of the specification).

    Of several declarations of one prefix the last is valid, as in jing.
    """
    namespaces: dict[str, str | None] = {"xml": XML}
    libraries = {"xsd": XSD}
    default = None
    while cursor.kind in ("namespace", "default", "datatypes"):
        match cursor.take().kind:
            case "datatypes":
                prefix = cursor.demand(IDENTIFIER, "a prefix for the datatypes")
                cursor.demand("=", "“=”")
                libraries[prefix.text] = cursor.literal("the URI of the datatypes in quotation marks")
            case "namespace":
                prefix = cursor.demand(IDENTIFIER, "a prefix for the namespace")
                namespaces[prefix.text] = _namespace(cursor, prefix)
            case _:
                cursor.demand(("namespace",), "“namespace” after “default”")
                named = cursor.take() if cursor.kind in IDENTIFIER else None
                default = _namespace(cursor, named)
                if named:
                    namespaces[named.text] = default
    return Scope(default, namespaces, libraries)


def _namespace(cursor: Cursor, prefix: Token | None) -> str | None:
    """Read `=` and a namespace; the prefixes xml and xmlns are bound once for all by XML itself."""
    cursor.demand("=", "“=”")
    uri = None
    if cursor.kind == "inherit":
        cursor.take()
    else:
        uri = cursor.literal("the namespace in quotation marks, or “inherit”,")
    if prefix and prefix.text == "xmlns":
        raise error(prefix, "The prefix “xmlns” cannot be declared.")
    if prefix and (prefix.text == "xml") != (uri == XML):
        raise error(
            prefix, f"The prefix “xml” and the namespace “{XML}” can only be declared for one another."
        )
    return uri
