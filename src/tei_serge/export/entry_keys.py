"""What an entry is called in tables and lines: one key for it in every text that means the same."""

from tei_serge.edition.model import Entity
from tei_serge.export.iris import URN, entity_iri

__all__ = ["entry_key"]


def entry_key(entity: Entity) -> str:
    """Kind, `xml:id` and folded name of an entry as steps of a path; behind a base it is the entry's address.

    >>> from tei_serge.edition.model import Layer
    >>> entry_key(Entity("k", Layer.PERSON, "Jane Harrow", identity=("person", "pers-1", "jane harrow")))
    'person/pers-1/jane_harrow'
    """
    return entity_iri("", entity).removeprefix(URN)
