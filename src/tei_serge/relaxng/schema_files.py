"""The documents of a schema: each is read from a file, and knows which element called it in."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from tei_serge.relaxng.schema_error import SchemaError

RELAXNG = "http://relaxng.org/ns/structure/1.0"
TAG = f"{{{RELAXNG}}}"
MOST_REFERENCES = 2_000
"""How many files a schema may call in, each time counted: more is an attack or a mistake."""
MOST_DEEP = 100
"""How many files may call each other in, one the next."""
MOST_BYTES = 64 * 1024 * 1024

_OTHER_KINDS = {
    "http://www.w3.org/2001/XMLSchema": "W3C XML Schema",
    "http://purl.oclc.org/dsdl/schematron": "Schematron",
    "http://www.ascc.net/xml/schematron": "Schematron",
    "http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0": "NVDL",
    "http://relaxng.org/ns/structure/0.9": "RELAX NG of before 1.0",
}
Node = etree._Element
Resolver = Callable[[str], Path | None]
"""Gives the file on this machine for an address on the network, None where there is none."""


class Documents:
    """Reads the files of one schema, and has each root checked; the network is never touched."""

    def __init__(self, resolve: Resolver | None = None, check: Callable[[Node], None] | None = None) -> None:
        self.outer: dict[Node, Node] = {}
        self.roots: list[Node] = []
        self._resolve = resolve
        self._check = check
        self._paths: dict[Node, Path] = {}
        self._resolved: dict[Node, Path] = {}

    def read(self, path: Path, caller: Node | None = None) -> Node:
        """The root element of a schema file. Raises SchemaError."""
        try:
            status = path.stat()
            if status.st_size > MOST_BYTES:
                raise self.error("the schema is too large", caller, path)
            if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
                # A pipe or a device might never end.
                raise self.error(f"{path} cannot be read: it is no ordinary file", caller, path)
            data = path.read_bytes()
        except (OSError, ValueError) as error:
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            raise self.error(f"{path} cannot be read: {reason}", caller, path) from error
        root = self._parse(data, path)
        self.roots.append(root)
        self._paths[root] = path
        self._resolved[root] = path.resolve()
        if caller is not None:
            self.outer[root] = caller
        if not is_relaxng(root):
            raise self.error(_other_kind(root), root)
        if self._check is not None:
            self._check(root)
        return root

    def _parse(self, data: bytes, path: Path) -> Node:
        base = path.resolve().as_uri()
        if not data.strip():
            raise SchemaError("the file is empty", str(path), 1, 1)
        if path.suffix == ".rnc" or not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(
            (b"<", b"\xff", b"\xfe")
        ):
            return self._parse_compact(data, path, base)
        parser = etree.XMLParser(
            no_network=True,
            load_dtd=False,
            resolve_entities="internal",
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        try:
            return etree.fromstring(data, parser, base_url=base)
        except etree.XMLSyntaxError as error:
            raise SchemaError(f"no XML: {error.msg}", str(path), *error.position) from error
        except ValueError as error:
            raise SchemaError(f"no XML: {error}", str(path), 1, 1) from error

    def _parse_compact(self, data: bytes, path: Path, base: str) -> Node:
        from tei_serge.relaxng.compact import CompactSyntaxError, read_compact

        encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
        try:
            return read_compact(data.decode(encoding), base)
        except CompactSyntaxError as error:
            raise SchemaError(error.sentence, str(path), error.line, error.column) from error
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise SchemaError(
                "no RELAX NG: it is neither XML nor text in UTF-8", str(path), line, 1
            ) from error

    def refer(self, element: Node) -> Node:
        """The root element of the file that an include or externalRef calls in. Raises SchemaError."""
        href = (element.get("href") or "").strip()
        if "#" in href:
            raise self.error(f"the address {href} has a part behind #", element)
        if len(self.roots) > MOST_REFERENCES:
            raise self.error(f"the schema calls in more than {MOST_REFERENCES} files", element)
        path = self._path(urljoin(self._base(element), href), element)
        resolved = path.resolve()
        around: Node | None = element
        depth = 0
        while around is not None:
            root = around.getroottree().getroot()
            depth += 1
            if self._resolved[root] == resolved:
                raise self.error(f"the schema calls itself in: {href}", element)
            if depth > MOST_DEEP:
                raise self.error(f"more than {MOST_DEEP} files of the schema call each other in", element)
            around = self.outer.get(root)
        return self.read(path, element)

    def _base(self, element: Node) -> str:
        base = element.base
        return base if base else self._paths[element.getroottree().getroot()].resolve().as_uri()

    def _path(self, address: str, element: Node) -> Path:
        try:
            parts = urlsplit(address)
        except ValueError as error:
            raise self.error(f"{address} is no address of a file", element) from error
        found = self._resolve(address) if self._resolve else None
        if found is not None:
            return found
        if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
            raise self.error(f"{address} is not on this machine, and the network is not used", element)
        path = unquote(parts.path)
        if "\0" in path:
            raise self.error(f"{address} is no address of a file", element)
        return Path(path)

    def inherited(self, element: Node, attribute: str) -> str:
        """The `ns` that holds for an element: its own, or that of the nearest element around it, also beyond
        the file; `datatypeLibrary` ends at the file (specification, 4.3 and 4.9).
        """
        here: Node | None = element
        while here is not None:
            value = here.get(attribute)
            if value is not None:
                return value
            parent = here.getparent()
            if parent is None and attribute == "ns":
                parent = self.outer.get(here)
            here = parent
        return ""

    def path_of(self, element: Node) -> str:
        """The file that an element stands in."""
        path = self._paths.get(element.getroottree().getroot())
        return str(path) if path is not None else ""

    def error(self, message: str, element: Node | None, path: Path | None = None) -> SchemaError:
        """An error at an element, or in a file as a whole."""
        if element is None:
            return SchemaError(message, str(path or ""), 1 if path else 0, 1 if path else 0)
        return SchemaError(message, self.path_of(element), element.sourceline or 0, 1)


def is_relaxng(element: Node) -> bool:
    """Whether an element is one of RELAX NG, and no annotation."""
    return isinstance(element.tag, str) and element.tag.startswith(TAG)


def local(element: Node) -> str:
    """The name of an element of RELAX NG."""
    return str(element.tag)[len(TAG) :]


def children(element: Node) -> Iterator[Node]:
    """The children that are no annotations."""
    return (child for child in element if isinstance(child.tag, str) and child.tag.startswith(TAG))


def own_text(element: Node) -> str:
    """The text of an element that holds nothing but text, apart from annotations."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _other_kind(root: Node) -> str:
    """What a file is that is no RELAX NG schema."""
    kind = _OTHER_KINDS.get(etree.QName(root).namespace or "")
    if kind:
        return f"it is {kind}, and no RELAX NG schema"
    return f"no RELAX NG schema: its root element is {_shown(root)}"


def _shown(element: Node) -> str:
    name = etree.QName(element)
    return f"{name.localname} in the namespace {name.namespace}" if name.namespace else name.localname
