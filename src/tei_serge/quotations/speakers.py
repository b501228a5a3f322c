"""Verbs of saying and whose they are: the words before and behind a quotation."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_serge.diagnostics import Span
from tei_serge.quotations.streams import Piece
from tei_serge.quotations.words import nouns, phrasal_forms, verb_forms

_FARTHEST = 45  # words between a verb and the marks that it can still introduce
_LONGEST_SUBJECT = 9
_TO = frozenset({"to"})
_PREPOSITIONS = frozenset({"to", "in", "on", "at", "from", "by", "with", "about", "before", "behind"})
_RELATIVE = frozenset({"who", "which", "that"})
_LINKING = frozenset({"and", "but", "or", ",", "then"})


class Verb(NamedTuple):
    """A verb of saying: its place in the row of pieces, its last place, and its classes."""

    at: int
    last: int
    classes: tuple[str, ...]


def verbs(pieces: Sequence[Piece]) -> Iterator[Verb]:
    """The verbs of saying of a row, from the last to the first."""
    forms, phrasal = verb_forms(), phrasal_forms()
    for index in range(len(pieces) - 1, max(-1, len(pieces) - _FARTHEST), -1):
        piece = pieces[index]
        if not piece.is_word:
            continue
        after = pieces[index + 1].low if index + 1 < len(pieces) else ""
        if (piece.low, after) in phrasal:
            yield Verb(index, index + 1, (phrasal[piece.low, after],))
        elif piece.low in forms and not _is_noun(pieces, index):
            yield Verb(index, index, forms[piece.low])


def _is_noun(pieces: Sequence[Piece], index: int) -> bool:
    """Whether what looks like a verb is a noun here: `the answer`, `his report`, `Marx’s note`."""
    word = pieces[index]
    if index and word.is_name and word.low not in ("i",):
        return True  # Call, Report, Wire: names
    if word.low not in nouns("ambiguous"):
        return False
    before = pieces[index - 1].low if index else "the"
    return before in nouns("before_nouns") or before.endswith(("’s", "'s", "s’", "s'"))


def subject_before(pieces: Sequence[Piece], verb: int) -> Span | None:
    """The words of the subject that stands before a verb; of a relative clause, what it is about."""
    index = verb - 1
    pronouns = nouns("pronouns")
    while index >= 0 and not pieces[index].is_name and _stands_between(pieces, index):
        index -= 1
    if index < 0:
        return None
    if pieces[index].text == ",":  # Miller, the mayor of the town, said
        index = _over_apposition(pieces, index)
    if pieces[index].low in _RELATIVE:
        index -= 1
        if index >= 0 and pieces[index].text == ",":
            index -= 1
    if index < 0:
        return None
    if pieces[index].low in pronouns and not _has_determiner(pieces, index):
        return Span(pieces[index].start, pieces[index].end)
    if pieces[index].low in _LINKING or not pieces[index].is_word:
        return None
    return _phrase_back(pieces, index)


def _stands_between(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a word can stand between a subject and its verb: an auxiliary, an adverb."""
    low = pieces[index].low
    return low in nouns("between") or (low.endswith("ly") and not _has_determiner(pieces, index))


def _over_apposition(pieces: Sequence[Piece], comma: int) -> int:
    """The last word before an apposition that ends at this comma; if there is none, the word before it."""
    for index in range(comma - 1, max(-1, comma - 14), -1):
        if (
            pieces[index].text == ","
            and index
            and (pieces[index - 1].is_name or pieces[index + 1].low in _RELATIVE)
        ):
            return index - 1
        if pieces[index].text in ".;:":
            break
    return max(0, comma - 1)


def _has_determiner(pieces: Sequence[Piece], index: int) -> bool:
    return index > 0 and pieces[index - 1].low in nouns("determiners")


def _phrase_back(pieces: Sequence[Piece], last: int) -> Span | None:
    """The name or the noun with its article that ends here: `M. Romain Rolland`, `the mayor of Ostrey`."""
    determiners, particles = nouns("determiners"), nouns("particles")
    first = last
    found = pieces[last].is_name
    for index in range(last, max(-1, last - _LONGEST_SUBJECT), -1):
        piece = pieces[index]
        if (
            piece.text == "."
            and index
            and (len(pieces[index - 1].text) == 1 or pieces[index - 1].low in nouns("honorifics"))
        ):
            continue  # an initial or a title
        if not piece.is_word:
            break
        if piece.low in determiners and not (
            piece.is_name and index and pieces[index].text != "The" and index == last
        ):
            first, found = index, True
            if not (index and pieces[index - 1].low == "of" and index > 1 and pieces[index - 2].is_word):
                break
        elif piece.is_name:
            first = index
            found = True
            before = pieces[index - 1] if index else None
            if before is not None and before.is_word and not before.is_name:
                if before.low not in particles and before.low not in determiners and last - index > 0:
                    break
                if (
                    before.low not in particles
                    and before.low not in determiners
                    and not _is_role(pieces, index - 1)
                ):
                    break
        elif (
            piece.low not in particles
            and index != last
            and pieces[last].is_name
            and not _is_role(pieces, index)
        ):
            break
    if not found:
        return None
    return Span(pieces[first].start, pieces[last].end)


def _is_role(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a word stands between article and name: `the aviator Lind`, not `to the council Lind`."""
    if pieces[index].low in nouns("honorifics"):
        return True
    article = index > 0 and pieces[index - 1].low in nouns("determiners")
    return article and (index < 2 or pieces[index - 2].low not in _PREPOSITIONS)


def subject_behind(pieces: Sequence[Piece], index: int) -> Span | None:
    """The words of a subject that begins here: `said Miller`, `cried the watchman of the tower`."""
    determiners, particles = nouns("determiners"), nouns("particles")
    if index >= len(pieces) or not pieces[index].is_word:
        return None
    first = pieces[index]
    if first.low in nouns("pronouns") and first.low not in determiners:
        return Span(first.start, first.end)
    name = (first.is_name and first.low not in determiners) or first.low in nouns("honorifics")
    if not name and first.low not in determiners:
        return None
    last = index
    if name and first.low.endswith(("’s", "'s")) and index + 1 < len(pieces) and pieces[index + 1].is_word:
        return Span(first.start, pieces[index + 1].end)  # Miller’s cousin
    for position in range(index + 1, min(len(pieces), index + _LONGEST_SUBJECT)):
        piece = pieces[position]
        if piece.text == "." and (
            len(pieces[position - 1].text) == 1 or pieces[position - 1].low in nouns("honorifics")
        ):
            continue
        if not piece.is_word:
            break
        if piece.is_name or piece.low in nouns("honorifics"):
            last = position
        elif piece.low in particles or piece.low in determiners:
            continue
        elif (not name and pieces[position - 1].low in determiners | {"of"}) or (
            not name and position == last + 1 and position < index + 3
        ):
            last = position
        else:
            break
    return Span(pieces[index].start, pieces[last].end)


def first_phrase(pieces: Sequence[Piece]) -> Span | None:
    """The first name, pronoun or noun with an article of a sentence: who acts where a participle says."""
    for index, piece in enumerate(pieces[:12]):
        if piece.low in _RELATIVE:
            continue
        found = subject_behind(pieces, index) if piece.is_word else None
        if found is not None and (
            index or piece.low not in ("in", "at", "on", "but", "and", "when", "if", "as", "for")
        ):
            return found
    return None
