"""`tei-portable`: TEI that readers without registers show well, such as CETEIcean and the TEI Stylesheets.

The text stays as it is, character by character; what is said about it stays too, in other places.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from tei_serge.chronicle.library import Library
from tei_serge.edition.model import Edition
from tei_serge.export.folder import Folder
from tei_serge.export.registry import Wishes
from tei_serge.export.tei.bring_in import bring_in
from tei_serge.export.tei.portable_source import move_stand_off
from tei_serge.export.tei.portable_text import ease_rendering
from tei_serge.export.tei.register_document import TITLES, tell_otherwise, write_register
from tei_serge.export.tei.register_entries import point_by_keys
from tei_serge.export.tei.registers import Layout, Registers, open_registers
from tei_serge.export.tei.tei_copy import copy_tree, disarm, tree_bytes
from tei_serge.tei.external import FOLDER

__all__ = ["portable", "write"]

LAYOUT = Layout(
    {
        "listPerson": "persons.xml",
        "listPlace": "places.xml",
        "listOrg": "organisations.xml",
        "listEvent": "events.xml",
        "listBibl": "works.xml",
        "listRelation": "relations.xml",
        "listNym": "names.xml",
    },
    f"{FOLDER}/",
)


def write(editions: Iterator[Edition], folder: Folder, wishes: Wishes) -> None:
    """Write NAME.xml for each text; with `registers` external also one register file for each kind."""
    library = Library()
    with _registers(wishes) as registers:
        for edition in editions:
            folder.put(f"{edition.name}.xml", tree_bytes(portable(edition, library, registers, wishes)))
        if registers is not None:
            for kind, file in LAYOUT.files.items():
                if registers.has(file):
                    id = f"tei-register-{TITLES[kind].rpartition(' ')[2]}"
                    with folder.open(f"{FOLDER}/{file}") as stream:
                        write_register(stream, registers, file, id, (kind,), wishes.publisher)


def portable(
    edition: Edition, library: Library, registers: Registers | None, wishes: Wishes
) -> etree._ElementTree:
    """A text made portable: its registers in the header, or taken out of it by `registers`."""
    tree = copy_tree(edition)
    root = tree.getroot()
    disarm(root)
    brought = bring_in(root, edition.path, library)
    if registers is not None:
        point_by_keys(root, brought.lists)
        tell_otherwise(edition, registers.take(root, edition.name, brought), wishes)
    move_stand_off(root)
    ease_rendering(root)
    return tree


@contextmanager
def _registers(wishes: Wishes) -> Iterator[Registers | None]:
    if wishes.registers != "external":
        yield None
        return
    with open_registers(LAYOUT) as registers:
        yield registers
