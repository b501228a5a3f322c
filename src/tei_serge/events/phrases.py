"""Noun phrases: names in a row, groups of people, and where a phrase ends."""

from collections.abc import Sequence

from tei_serge.events.clauses import Clause
from tei_serge.events.people import MARKS, WHO, Found, is_possessive, nameless
from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords


def phrase_end(row: Sequence[Token], start: int, clause: Clause, words: EventWords) -> int:
    """Where a noun phrase ends: before a place that something happened in, a date, a verb, the clause."""
    grammar = words.grammar
    at = start
    while at < clause.end:
        token = row[at]
        if token.kind in ("date", "note") or token.word in (
            ";",
            ":",
            ".",
            "?",
            "!",
            "(",
            "–",
            "—",
            "…",
            "...",
        ):
            break
        if (
            token.word == ","
            and not (at + 1 < clause.end and row[at + 1].word in ("and", "or"))
            and not (at + 2 < clause.end and _more(row, at + 1))
        ):
            break
        if token.kind == "word":
            after = row[at + 1] if at + 1 < clause.end else None
            if (
                token.word in grammar["where"]
                and after is not None
                and (after.kind == "place" or after.word == "the")
            ):
                break
            if token.word in (
                "by",
                "for",
                "on",
                "during",
                "who",
                "whom",
                "which",
                "with",
                "after",
                "before",
                "to",
            ):
                break
            if token.word in grammar["finite"] or (at > start and token.word in words.happen):
                break
        at += 1
    return at


def _more(row: Sequence[Token], at: int) -> bool:
    """Whether behind a comma the list of people goes on: `, among them several generals`."""
    return row[at].word in ("among", "including")


def names_in_row(
    row: Sequence[Token],
    start: int,
    clause: Clause,
    words: EventWords,
    strong: bool = False,
    through: bool = False,
) -> Found:
    """Names in a row behind a preposition: `of Harrow, Lund and others`; or the words for a group."""
    ids: list[str] = []
    kinds: list[str] = []
    hangs = False
    limit = phrase_end(row, start, clause, words)
    at = start
    while at < clause.end:
        token = row[at]
        if token.kind in WHO and token.ids:
            if not hangs and not is_possessive(row, at):
                ids.append(token.ids[0])
                kinds.append(token.kind)
        elif token.kind == "mark":
            if token.word == ",":
                hangs = False
            elif token.word not in MARKS:
                break
        elif token.kind == "word":
            if token.word in ("of", "for", "at", "from"):
                hangs = not through
            elif token.word in words.grammar["prepositions"] or token.word in words.grammar["finite"]:
                break
        elif token.kind in ("date", "note"):
            break
        at += 1
    if ids:
        if "person" in kinds and "body" in kinds:
            pairs = [(id, kind) for id, kind in zip(ids, kinds, strict=True) if kind != "body"]
            return Found(tuple(id for id, _ in pairs), tuple(kind for _, kind in pairs))
        return Found(tuple(ids), tuple(kinds))
    return nameless(row, start, limit, words, strong)
