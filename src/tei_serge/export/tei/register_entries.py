"""The registers of a TEI tree: their entries, and the place for more of them in the header."""

from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from tei_serge.chronicle.entries import is_ours
from tei_serge.export.tei.tei_copy import name_of, t
from tei_serge.export.tei.tei_places import add, child_at, encoding_desc, put, take_out
from tei_serge.namespaces import XML_ID
from tei_serge.xmlfile import Node

__all__ = [
    "LISTS",
    "drop_idle_rules",
    "entries_of",
    "is_idle",
    "outer_entry",
    "point_by_keys",
    "register_list",
    "release",
    "source_desc",
    "taxonomy",
]

LISTS: Mapping[str, str] = {
    "person": "listPerson",
    "personGrp": "listPerson",
    "place": "listPlace",
    "org": "listOrg",
    "event": "listEvent",
    "bibl": "listBibl",
    "biblStruct": "listBibl",
    "biblFull": "listBibl",
    "relation": "listRelation",
    "nym": "listNym",
}
"""The element of a list for each element of an entry."""

_LOOSE: Mapping[str, frozenset[str]] = {
    "particDesc": frozenset(("listPerson", "listOrg")),
    "settingDesc": frozenset(("listPlace",)),
    "standOff": frozenset(("listBibl",)),
}
"""Where entries stand without a list around them."""

_NAMES = frozenset(LISTS.values())
_AROUND = frozenset(("standOff", "particDesc", "settingDesc"))
_P_LIKE = ("p", "ab")


def outer_entry(node: Node) -> Node | None:
    """The entry of a register that an element is, or stands in; none for what stands in a text."""
    found: Node | None = None
    walker: Node | None = node
    while walker is not None:
        if name_of(walker) == "text":
            return None
        if _is_listed(walker):
            found = walker
        walker = walker.getparent()
    return found


def _is_listed(node: Node) -> bool:
    listing, parent = LISTS.get(name_of(node)), node.getparent()
    if listing is None or parent is None:
        return False
    around = name_of(parent)
    return around == listing or listing in _LOOSE.get(around, ())


def entries_of(root: Node, made: frozenset[Node] = frozenset()) -> Iterator[Node]:
    """The entries of the registers of a text, in their order; entries that stand in others come with those.

    Registers are the lists of `standOff` and of the header. A `listBibl` of the header is one only if it is
    among those `made` for entries of other files, or if this program wrote the text: others name sources.
    """
    ours = is_ours(root)
    for node in list(root.iter(*(t(name) for name in LISTS))):
        if _is_listed(node) and _is_register(node, ours, made):
            yield node


def _is_register(entry: Node, ours: bool, made: frozenset[Node]) -> bool:
    """Whether an entry stands in a register of the text, and in no other entry."""
    around: set[str] = set()
    walker = entry.getparent()
    while walker is not None:
        name = name_of(walker)
        if name == "text" or (name in LISTS and _is_listed(walker)):
            return False
        around.add(name)
        walker = walker.getparent()
    if "standOff" in around:
        return True
    works = LISTS[name_of(entry)] == "listBibl"
    return "teiHeader" in around and (not works or ours or entry.getparent() in made)


def point_by_keys(root: Node, made: frozenset[Node] = frozenset()) -> None:
    """Write a pointer beside a `key` that is the id of an entry; some read only the one, some the other."""
    ids = {node.get(XML_ID) for node in entries_of(root, made)}
    for node in root.iter(etree.Element):
        key = node.get("key")
        if key is not None and node.get("ref") is None and name_of(node) not in LISTS:
            tokens = key.split()
            if tokens and all(token in ids for token in tokens):
                node.set("ref", " ".join(f"#{token}" for token in tokens))


def source_desc(root: Node) -> Node | None:
    """The `sourceDesc` of a text that lists can stand in: a second one where the first holds paragraphs."""
    file_desc = child_at(root, "teiHeader", "fileDesc")
    if file_desc is None:
        return None
    found = file_desc.findall(t("sourceDesc"))
    for one in found:
        if len(one) and not any(name_of(child) in _P_LIKE for child in one):
            return one
    place = file_desc.index(found[-1]) + 1 if found else None
    return add(file_desc, "sourceDesc", place=place)


def register_list(root: Node, name: str, made: dict[str, Node]) -> Node | None:
    """The list of the header for entries of other files; made where there is none yet."""
    if name not in made:
        parent = source_desc(root)
        if parent is None:
            return None
        made[name] = add(parent, name)
    return made[name]


def is_idle(node: Node) -> bool:
    """Whether a list, or what stood around lists alone, has no entries left."""
    name = name_of(node)
    listed = name in _NAMES
    inside = [name_of(child) for child in node if isinstance(child.tag, str)]
    rest = [inner for inner in inside if inner not in ("head", "desc")]
    if any(not listed or inner == name or LISTS.get(inner) == name for inner in rest):
        return False
    if name == "sourceDesc":
        # The header must have one.
        return len(node.xpath("../*[local-name() = 'sourceDesc']")) > 1
    return listed or name in _AROUND


def release(node: Node) -> None:
    """Take out a list that has no entries left; relations and other lists in it stay in the header."""
    parts = [child for child in node if name_of(child) in _NAMES or name_of(child) == "relation"]
    owner = next((one for one in node.iterancestors(t("TEI"), t("teiCorpus"))), None)
    take_out(node)
    parent = source_desc(owner) if owner is not None and parts else None
    relations: Node | None = None
    for part in parts:
        if parent is None:
            break
        take_out(part)
        if name_of(part) in _NAMES:
            put(parent, part)
        else:
            relations = add(parent, "listRelation") if relations is None else relations
            put(relations, part)


def drop_idle_rules(root: Node, kept: Collection[str] = ()) -> None:
    """Take rules that nothing names any more, and that are not kept, out of a header of this program."""
    if not is_ours(root):
        return
    named = {token for value in root.xpath("//@ana") for token in str(value).split()}
    named.update(f"#{id}" for id in kept)
    rules = child_at(root, "teiHeader", "encodingDesc", "classDecl")
    found = rules.find(f"{t('taxonomy')}[@{XML_ID}='rules']") if rules is not None else None
    for node in reversed(list(found.iter(t("category")))) if found is not None else ():
        if f"#{node.get(XML_ID)}" not in named and node.find(t("category")) is None:
            take_out(node)
    around = found if found is not None and found.find(t("category")) is None else None
    while around is not None and name_of(around) != "teiHeader":
        above = around.getparent()
        take_out(around)
        around = above if above is not None and not len(above) else None


def taxonomy(root: Node) -> Node | None:
    """The taxonomy of the header that categories of other files are put into."""
    encoding = encoding_desc(root)
    if encoding is None:
        return None
    found = encoding.find(f"{t('classDecl')}/{t('taxonomy')}[@{XML_ID}='rules']")
    if found is not None:
        return found
    classes = child_at(encoding, "classDecl")
    if classes is None:
        classes = add(encoding, "classDecl")
    taken = {node.get(XML_ID) for node in root.iter(etree.Element)}
    return add(classes, "taxonomy", {} if "rules" in taken else {XML_ID: "rules"})
