"""What to do when a document does what the schema does not allow: note it, and go on so that one is one.

An element that stands in the wrong place is read with the content that its name has anywhere in the schema;
one whose name is misspelt, with that of the name that was meant; a missing one is taken as having been there,
and may still come. Where an element should not be, it is taken to stand for what is missing.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from tei_serge.relaxng.derivatives import SPACES, end_tag_leniently, open_tag
from tei_serge.relaxng.fault import Kind
from tei_serge.relaxng.mending.expect import (
    holds_text,
    names_of,
    required_elements,
    required_parts,
    what_next,
)
from tei_serge.relaxng.mending.forgiving import forgiven, passed_over, skipped, with_late
from tei_serge.relaxng.mending.notes import ATTRIBUTE, END_TAG, SHOWN, START_TAG, TEXT, Identifier, Note
from tei_serge.relaxng.mending.recovery_names import NameRecovery
from tei_serge.relaxng.names import split
from tei_serge.relaxng.patterns import AFTER, NOT_ALLOWED, Pattern, alternatives
from tei_serge.relaxng.schema import Schema

__all__ = [
    "ATTRIBUTE",
    "BEHIND",
    "EARLIER",
    "END_TAG",
    "REFUSED",
    "START_TAG",
    "TEXT",
    "Identifier",
    "Note",
    "Recovery",
]

EARLIER, BEHIND, REFUSED = "earlier", "behind", "refused"
"""Reasons of faults: the element could stand before the one that it follows, or beside the one it is in; or
all that stands before it is itself refused.
"""

_MOST_MISSING = 20


class _Refused(NamedTuple):
    """An element that cannot stand where it is: what it leaves, and the element that counts before it."""

    name: str
    left: Pattern
    after: str


class Recovery(NameRecovery):
    """Notes faults, at most `limit`, and says how to go on."""

    def __init__(self, schema: Schema, limit: int) -> None:
        super().__init__(schema, limit)
        self._text_holders: dict[str, bool] = {}
        # The last one that was refused, by how many elements are open.
        self._refused: dict[int, _Refused] = {}

    def _before(self, state: Pattern) -> str:
        """The element before a place; one that was itself refused does not count."""
        last = self._refused.get(len(self.names))
        return last.after if last and last.left is state and last.name == self.after else self.after

    def _refuse(self, name: str, state: Pattern, left: Pattern) -> Pattern:
        self._refused[len(self.names)] = _Refused(name, left, self._before(state))
        return left

    def open(self, state: Pattern, name: str, at: int) -> tuple[Pattern, Pattern | None]:
        """A start tag that the state does not allow: the content to go on with, and what follows its end."""
        make, schema = self._make, self.schema
        if state is make.anything:
            self._unknown_among_unknown(name, at)
            return self._content_of(name), state
        written = name
        name, opened = self._without_stray(state, name)
        if opened is not None:
            return opened
        expected = what_next(state)
        after = self._before(state)
        fields: dict[str, Any] = {
            "element": name,
            "parent": self.parent(),
            "after": after,
            "expected": expected.elements,
        }
        if not self.names:
            near = self._meant(name, expected.elements)
            self._note_stray(name, near)
            self.note(Kind.WRONG_ROOT, at, START_TAG, suggestion=near, value=split(near)[0], **fields)
            return self._as(state, near) if near else (self._content_of(name), make.anything)
        if name not in schema.by_name:
            return self._unknown_element(state, name, written, at, fields)
        missing = self._missing_before(state, name)
        late = open_tag(make, state, name, {})
        if late.kind != NOT_ALLOWED and missing:
            names = [names_of(parts) for parts in missing]
            self.note(Kind.MISSING_BEFORE, at, START_TAG, required=names, **fields)
            passed = passed_over(state, name)
            late = make.choice(
                make.after(item.parts[0], with_late(make, item.parts[1], missing, passed))
                for item in alternatives(late)
            )
            return (late.parts[0], late.parts[1]) if late.kind == AFTER else (late, None)
        places = schema.holders.get(name, ())
        if self.parent() in places:
            before = after != name and self._can_follow(self.parent(), name, after)
            reason = EARLIER if before else REFUSED if self.after and not after else ""
            self.note(Kind.ELEMENT_NOT_HERE, at, START_TAG, places=places, reason=reason, **fields)
            return self._content_of(name), self._refuse(written, state, state)
        reason = self._beside_parent(name)
        self.note(Kind.MISPLACED_ELEMENT, at, START_TAG, places=places, reason=reason, **fields)
        return self._content_of(name), self._refuse(written, state, forgiven(make, state))

    def _missing_before(self, state: Pattern, name: str) -> list[tuple[Pattern, ...]]:
        """What must come before an element: for each thing, the elements of which one will do."""
        missing: list[tuple[Pattern, ...]] = []
        while len(missing) < _MOST_MISSING and open_tag(self._make, state, name).kind == NOT_ALLOWED:
            found = required_parts(state)
            if not found:
                break
            missing += found
            state = skipped(self._make, state)
        return missing

    def _unknown_element(
        self, state: Pattern, name: str, written: str, at: int, fields: dict[str, Any]
    ) -> tuple[Pattern, Pattern | None]:
        make = self._make
        near = self._meant(name, fields["expected"])
        places = self.schema.holders.get(near, ()) if near else ()
        self._note_stray(name, near)
        meant = split(near)[0]
        self.note(Kind.UNKNOWN_ELEMENT, at, START_TAG, suggestion=near, places=places, value=meant, **fields)
        # In another namespace all that is inside is wrong as well, unless it is wrong throughout.
        elsewhere = bool(near) and meant != split(name)[0] and split(name)[0] not in self._strays
        if not near or near not in fields["expected"]:
            return make.anything, self._refuse(written, state, forgiven(make, state))
        judged = not elsewhere and _is_sure(split(name)[1], split(near)[1])
        content, rest = self._as(state, near)
        return (content if judged or rest is None else make.anything), rest

    def _unknown_among_unknown(self, name: str, at: int) -> None:
        """Inside an unknown element all may stand, but nothing else that no schema knows."""
        if name not in self.schema.by_name and split(name)[0] in self._namespaces and self.names:
            near = self._meant(name, ())
            self.note(
                Kind.UNKNOWN_ELEMENT, at, START_TAG, element=name, parent=self.parent(), suggestion=near
            )

    def _content_of(self, name: str) -> Pattern:
        """What elements of a name hold anywhere; anything, where the schema has none."""
        declared = self.schema.by_name.get(name)
        if not declared:
            return self._make.anything
        content = self._make.choice([declaration.content for declaration in declared])
        return content if content.kind != NOT_ALLOWED else self._make.anything

    def _beside_parent(self, name: str) -> str:
        """Whether an element can stand behind the open one instead of in it, or only before."""
        parent, around = self.parent(), self.names[-2] if len(self.names) > 1 else ""
        if around not in self.schema.holders.get(name, ()):
            return ""
        if self._can_follow(around, parent, name):
            return BEHIND
        return EARLIER if self._can_follow(around, name, parent) else ""

    def _can_follow(self, around: str, first: str, then: str) -> bool:
        """Whether an element can stand somewhere behind another in a third one."""
        if not then:
            return False
        make = self._make
        opened = open_tag(make, self._content_of(around), first, {})
        behind = make.choice(item.parts[1] for item in alternatives(opened) if item.kind == AFTER)
        return open_tag(make, behind, then, {}).kind != NOT_ALLOWED

    # Ends and texts.

    def close(self, state: Pattern, at: int) -> Pattern:
        """An end tag before all is there; gives what follows it, where the state holds that."""
        if not self._text_at(at):
            self.note(
                Kind.INCOMPLETE,
                at,
                END_TAG,
                element=self.parent(),
                after=self._before(state) or self.after,
                required=required_elements(state),
                expected=what_next(state).elements,
            )
        return end_tag_leniently(self._make, state)

    def _text_at(self, at: int) -> bool:
        """Whether the last note is of a text that ends here: then it stands for what is missing."""
        return bool(self.notes) and self.notes[-1].where == TEXT and self.notes[-1].at == at

    def text(self, state: Pattern, characters: str, at: int) -> None:
        """A text where none may stand; what comes in pieces is noted once."""
        if not self._text_at(at):
            self._note_text(what_next(state).elements, characters, at)

    def _note_text(self, expected: Sequence[str], characters: str, at: int) -> None:
        shown = characters.strip(SPACES)[:SHOWN]
        places = [name for name in expected if self._holds_text(name)]
        self.note(
            Kind.TEXT_NOT_ALLOWED,
            at,
            TEXT,
            element=self.parent(),
            value=shown,
            after=self.after,
            expected=expected,
            places=places,
        )

    def _holds_text(self, name: str) -> bool:
        found = self._text_holders.get(name)
        if found is None:
            declared = self.schema.by_name.get(name, ())
            found = any(holds_text(declaration.content) for declaration in declared)
            self._text_holders[name] = found
        return found

    def content(self, state: Pattern, whole: str, at: int) -> Pattern:
        """A text that is no value which the element may have."""
        next_ = what_next(state)
        inked = bool(whole.strip(SPACES))
        if next_.value and (inked or not next_.elements):
            fields = self.value_fields(state, whole)
            self.note(Kind.BAD_CONTENT, at, TEXT if inked else END_TAG, element=self.parent(), **fields)
        elif inked:
            self._note_text(next_.elements, whole, at)
        else:
            required = required_elements(state)
            self.note(
                Kind.INCOMPLETE,
                at,
                END_TAG,
                element=self.parent(),
                required=required,
                expected=next_.elements,
            )
        make = self._make
        if any(item.kind == AFTER for item in alternatives(state)):
            return make.choice(
                make.after(make.empty, item.parts[1]) for item in alternatives(state) if item.kind == AFTER
            )
        return make.empty


def _is_sure(word: str, meant: str) -> bool:
    """Whether a name is so near to another that what is inside can be judged by that."""
    same = sorted(word.casefold()) == sorted(meant.casefold())
    return same or (len(word) > 4 and word[0] == meant[0])
