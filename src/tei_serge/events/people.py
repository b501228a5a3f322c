"""Those without a name: which words are those of people."""

from collections.abc import Sequence
from typing import NamedTuple

from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords
from tei_serge.names.words import name_words
from tei_serge.references.words import reference_words

WHO = ("person", "group", "body")


MARKS = ("“", "”", '"', "‘", "’", "«", "»")


class Found(NamedTuple):
    """Those named in a stretch, or the words for the nameless ones; `kinds` are those of the tokens."""

    ids: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    start: int = 0
    end: int = 0

    def __bool__(self) -> bool:
        return bool(self.ids) or self.end > self.start


def is_possessive(row: Sequence[Token], at: int) -> bool:
    """Whether a name stands in the possessive."""
    return (
        at + 1 < len(row) and row[at + 1].word in ("'s", "’s", "’", "'") and row[at + 1].start == row[at].end
    )


_PAIRS = {")": "(", "]": "[", "”": "“", "»": "«", "’": "‘"}


def _balanced(row: Sequence[Token], start: int, end: int) -> int:
    """The end of a stretch without closing marks that nothing in it opens, and without opening ones."""
    while end > start and row[end - 1].kind == "mark":
        opening = _PAIRS.get(row[end - 1].word)
        if opening is not None and any(token.word == opening for token in row[start : end - 1]):
            break
        end -= 1
    for at in range(start, end):
        closing = next((mark for mark, opening in _PAIRS.items() if opening == row[at].word), None)
        if closing is not None and not any(token.word == closing for token in row[at:end]):
            # The mark can stand behind a full stop.
            ahead = next(
                (near for near in range(end, min(end + 2, len(row))) if row[near].word == closing), -1
            )
            return ahead + 1 if ahead >= 0 else at
    return end


def nameless(row: Sequence[Token], start: int, end: int, words: EventWords, strong: bool = False) -> Found:
    """The words of a stretch, if their first noun is one of people; else nothing.

    `strong` says that only people can stand here, so that any plural will do.
    """
    while start < end and (
        row[start].kind in ("mark", "note") or row[start].word in ("and", "of", "among", "them")
    ):
        start += 1
    while end > start and (
        row[end - 1].word in words.grammar["prepositions"]
        or row[end - 1].word in words.grammar["determiners"]
    ):
        end -= 1
    end = _balanced(row, start, end)
    if (
        end - start < 1
        or end - start > 40
        or row[start - 1].word in words.people["money"]
        or any(token.word in words.people["money"] for token in row[start:end])
    ):
        return Found()
    if _of_people(row[start:end], words, strong) or (strong and _unknown_name(row, start, end, words)):
        return Found((), (), start, end)
    return Found()


def _unknown_name(row: Sequence[Token], start: int, end: int, words: EventWords) -> bool:
    """Whether the words are capitals alone, as those of a person whom nothing else has shown to be one."""
    stretch = [token for token in row[start:end] if token.kind != "mark"]
    if (
        not stretch
        or len(stretch) > 3
        or not all(token.kind == "word" and token.capital for token in stretch)
    ):
        return False
    known = (
        *words.grammar.values(),
        *words.unreal.values(),
        name_words().openers,
        {word.lower() for word in name_words().not_names},
    )
    return not any(token.word in table for token in stretch for table in known) and not stretch[
        -1
    ].word.endswith("s")


def _head(stretch: Sequence[Token], words: EventWords) -> Sequence[Token]:
    """A noun phrase up to its first preposition: where its own noun stands."""
    for at, token in enumerate(stretch):
        if (
            at
            and token.kind == "word"
            and token.word in words.grammar["prepositions"]
            and token.word not in ("as", "over", "about")
        ):
            return stretch[:at]
    return stretch


def _of_people(stretch: Sequence[Token], words: EventWords, strong: bool = False) -> bool:
    table = reference_words()
    plural = strong and any(
        token.kind == "word" and token.word.endswith("s") and len(token.word) > 3
        for token in _head(stretch, words)
    )
    if plural or (
        strong
        and stretch
        and all(
            token.word in words.grammar["determiners"] or token.word[:1].isdigit() or "-" in token.word
            for token in stretch
        )
    ):
        return True
    head = _head(stretch, words)
    if any(token.word in words.people["collective"] for token in head):
        head = stretch
    for token in head:
        if token.kind == "word":
            if (
                token.word in table.groups
                or token.word in table.roles
                or token.word in words.people["groups"]
            ):
                return True
            if (
                token.word.endswith(tuple(words.people["endings"]))
                and len(token.word) > 4
                and token.word not in words.grammar["prepositions"]
                and token.word not in words.people["not"]
            ):
                return True
            if token.capital and token.word.endswith(("ese", "ish")):
                return True
            if token.word in words.grammar["prepositions"] and token.word not in (
                "of",
                "as",
                "over",
                "about",
                "around",
            ):
                return False
        elif token.kind == "group":
            return True
    return False
