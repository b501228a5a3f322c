"""From what an event points to, to the entry of the edition that it is."""

from collections.abc import Mapping

from tei_serge.chronicle.identity import folded
from tei_serge.chronicle.model import Named
from tei_serge.edition.model import Edition, Entity, Form, Layer

__all__ = ["NamedEntities"]


class NamedEntities:
    """Finds the entries of one edition by what its events point to."""

    def __init__(self, edition: Edition) -> None:
        by_id: dict[tuple[str, str], list[Entity]] = {}
        for entity in edition.entities.values():
            if entity.id:
                by_id.setdefault((entity.kind, entity.id), []).append(entity)
        self._by_id: Mapping[tuple[str, str], list[Entity]] = by_id

    def find(self, named: Named) -> Entity:
        """The entry; one made of what the event says of it where the text itself does not mention it.

        Of two entries of one id, which two register files may have, the one of that name is taken.
        """
        found = self._by_id.get((named.kind, named.id), ())
        name = folded(named.name)
        for entity in found:
            if folded(entity.name) == name:
                return entity
        if found:
            return found[0]
        return Entity(
            named.id,
            Layer(named.kind),
            named.name,
            named.id,
            (named.kind, named.id, name),
            named.name,
            tuple(Form(form, "variant" if place else "main") for place, form in enumerate(named.forms)),
            known=named.known,
            nameless=named.nameless,
        )
