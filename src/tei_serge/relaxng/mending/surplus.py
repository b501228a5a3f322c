"""Beyond the faults that are listed: they are only counted, which takes a small part of the time."""

from collections.abc import Sequence

from tei_serge.relaxng.derivatives import close_tag_leniently, end_tag_leniently
from tei_serge.relaxng.mending.recovery import Recovery
from tei_serge.relaxng.patterns import AFTER, Pattern, alternatives


class Mender:
    """Stands before a `Recovery` and does as it does, until that has noted as many faults as are listed.

    From there on, a tag counts as one fault at most, and what is inside a wrong element is not judged.
    """

    def __init__(self, recovery: Recovery, limit: int) -> None:
        self._recovery = recovery
        self._limit = limit
        self._make = recovery.schema.make
        self._closed: dict[Pattern, Pattern] = {}

    def _is_full(self) -> bool:
        if len(self._recovery.notes) < self._limit:
            return False
        self._recovery.surplus += 1
        return True

    def open(self, state: Pattern, name: str, at: int) -> tuple[Pattern, Pattern | None]:
        """A start tag that the state does not allow: the content to go on with, and what follows its end."""
        anything = self._make.anything
        if state is anything and len(self._recovery.notes) >= self._limit:
            return anything, state
        return (anything, state) if self._is_full() else self._recovery.open(state, name, at)

    def attributes(self, content: Pattern, name: str, given: Sequence[str], at: int) -> Pattern:
        """Attributes that do not fit: what is left of the content behind them."""
        if content is self._make.anything or not self._is_full():
            return self._recovery.attributes(content, name, given, at)
        left = self._closed.get(content)
        if left is None:
            left = self._closed[content] = close_tag_leniently(self._make, content)
        return left

    def close(self, state: Pattern, at: int) -> Pattern:
        """An end tag before all is there; gives what follows it, where the state holds that."""
        return end_tag_leniently(self._make, state) if self._is_full() else self._recovery.close(state, at)

    def text(self, state: Pattern, characters: str, at: int) -> None:
        """A text where none may stand."""
        if not self._is_full():
            self._recovery.text(state, characters, at)

    def content(self, state: Pattern, whole: str, at: int) -> Pattern:
        """A text that is no value which the element may have: what is left behind it."""
        if not self._is_full():
            return self._recovery.content(state, whole, at)
        make = self._make
        rests = [item.parts[1] for item in alternatives(state) if item.kind == AFTER]
        return make.choice(make.after(make.empty, rest) for rest in rests) if rests else make.empty
