"""What helps a verb: be, have, a modal; whether it stands in the passive."""

from collections.abc import Sequence

from tei_serge.events.clauses import Clause
from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords


def helper_of(row: Sequence[Token], place: int, clause: Clause, words: EventWords) -> tuple[str, bool]:
    """What helps a verb: be, have, other (a modal, do, to) or nothing; and whether it tells the present."""
    if clause.opener == ")":
        clause = clause._replace(start=clause.before)
    grammar = words.grammar
    for back in range(place - 1, max(clause.start - 1, place - 8), -1):
        token = row[back]
        if (
            token.kind == "date"
            or token.word in grammar["adverbs"]
            or token.word in words.unreal["negations"]
            or token.word in ("n't", "n’t", ",")
        ):
            continue
        if is_adverb(token, words):
            continue
        if token.kind != "word":
            return "", False
        if token.word in grammar["be"] and not (
            token.word in ("'s", "’s") and row[back - 1].named and back - 1 >= clause.start
        ):
            return "be", token.word in grammar["present"] and not _perfect(row, back, clause, words)
        if token.word in grammar["have"]:
            return "have", False
        if token.word in words.unreal["modals"] or token.word in ("to", "do", "does", "did", "let"):
            return "other", False
        if token.word in words.verbs or token.word in ("and", "or"):
            # “was arrested and shot”: one helper for two verbs.
            if token.word in ("and", "or") and back - 1 >= clause.start and row[back - 1].word in words.verbs:
                return helper_of(row, back - 1, clause, words)
            return "", False
        return "", False
    return "", False


def _perfect(row: Sequence[Token], back: int, clause: Clause, words: EventWords) -> bool:
    return back > clause.start and row[back - 1].word in words.grammar["have"]


def is_adverb(token: Token, words: EventWords) -> bool:
    """Whether a word is an adverb in -ly."""
    return (
        token.kind == "word" and token.word.endswith("ly") and token.word not in words.grammar["no_adverbs"]
    )
