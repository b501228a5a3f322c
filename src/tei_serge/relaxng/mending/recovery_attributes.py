"""The attributes of a start tag that is not as the schema wants it: taken one by one, each fault noted."""

from collections.abc import Sequence
from typing import Any

from tei_serge.relaxng.derivatives import (
    attribute_values,
    close_tag,
    close_tag_leniently,
    fits,
    take_attribute,
)
from tei_serge.relaxng.fault import Kind
from tei_serge.relaxng.identifiers import id_kind
from tei_serge.relaxng.indexes import datatypes
from tei_serge.relaxng.mending.expect import WILDCARD, attributes, required_attributes
from tei_serge.relaxng.mending.nearest import nearest
from tei_serge.relaxng.mending.notes import ATTRIBUTE, SHOWN, START_TAG, Notebook
from tei_serge.relaxng.names import split
from tei_serge.relaxng.patterns import NOT_ALLOWED, Pattern
from tei_serge.relaxng.schema import Schema


class AttributeRecovery(Notebook):
    """Notes what is wrong with attributes, and says what is left of a content behind them."""

    def __init__(self, schema: Schema, limit: int) -> None:
        super().__init__(schema, limit)
        self._make = schema.make

    def attributes(self, content: Pattern, name: str, given: Sequence[str], at: int) -> Pattern:
        """Take the attributes of a start tag one by one, and note what is wrong with each."""
        make = self._make
        if content is make.anything:
            return content
        left = content
        taken: list[str] = []
        unknown: list[tuple[Kind, int, dict[str, Any]]] = []
        for position in range(0, len(given), 2):
            attribute, value = given[position], given[position + 1]
            patterns = attribute_values(left, attribute)
            if not patterns:
                kind, fields = self._unknown(content, taken, name, attribute, value)
                unknown.append((kind, position // 2, fields))
                continue
            good = {pattern: self._fits(pattern, value) for pattern in patterns}
            after = take_attribute(make, left, attribute, good.__getitem__)
            if after.kind == NOT_ALLOWED:
                fields = self.value_fields(make.choice(patterns), value)
                self.note(
                    Kind.BAD_VALUE, at, ATTRIBUTE, position // 2, element=name, attribute=attribute, **fields
                )
                after = take_attribute(make, left, attribute, lambda _: True)
            else:
                kinds = [id_kind(pattern) for pattern in patterns if good[pattern]]
                self.note_ids([(position + 1, kind) for kind in kinds if kind][:1], given, at)
            if after.kind != NOT_ALLOWED:
                left = after
            taken.append(attribute)
        closed = close_tag(make, left)
        missing: list[tuple[str, ...]] = []
        if closed.kind == NOT_ALLOWED:
            missing = required_attributes(left)
            closed = close_tag_leniently(make, left)
        # An attribute that is not known was perhaps to be the one that is missing: that is one fault.
        if unknown and missing:
            unknown[0][2]["required"] = missing
        for kind, position, fields in unknown:
            self.note(kind, at, ATTRIBUTE, position, **fields)
        for names in missing if not unknown else ():
            known = attributes(content)
            self.note(Kind.MISSING_ATTRIBUTE, at, START_TAG, element=name, required=[names], expected=known)
        return closed

    def _fits(self, pattern: Pattern, value: str) -> bool:
        depends = any(datatype.uses_names for datatype in datatypes(pattern))
        return fits(self._make, pattern, value, self.namespaces() if depends else None)

    def _unknown(
        self, content: Pattern, taken: Sequence[str], element: str, attribute: str, value: str
    ) -> tuple[Kind, dict[str, Any]]:
        known = attributes(content)
        fields: dict[str, Any] = {"element": element, "attribute": attribute, "value": value[:SHOWN]}
        if attribute in known:
            fields["expected"] = [other for other in taken if not self._together(content, other, attribute)]
            return Kind.ATTRIBUTE_CLASH, fields
        free = {split(name)[1]: name for name in known if name != WILDCARD and name not in taken}
        local = split(attribute)[1]
        fields["suggestion"] = free.get(local, "") or free.get(nearest(local, free), "")
        fields["expected"] = known
        fields["places"] = self.schema.attribute_holders.get(attribute, ())
        return Kind.UNKNOWN_ATTRIBUTE, fields

    def _together(self, content: Pattern, one: str, other: str) -> bool:
        left = take_attribute(self._make, content, one, lambda _: True)
        return bool(attribute_values(left, other))
