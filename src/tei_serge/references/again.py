"""Persons by a phrase that the text has explained: an office named before, the former and the latter."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_serge.diagnostics import Span
from tei_serge.model import Cert, Mark
from tei_serge.names.words import name_words
from tei_serge.references.appositions import Apposition
from tei_serge.references.model import Name, Names, Phrase
from tei_serge.references.phrases import is_role, read_role
from tei_serge.references.words import reference_words

_TYPES = {Mark.PERSON: "person", Mark.PLACE: "place", Mark.ORGANISATION: "organisation"}
_SPACE = r"[ \u00a0\n]"
_WORD = re.compile(rf"{_SPACE}(?P<word>[a-z][\w’'-]*)")


class _Holder(NamedTuple):
    """Who has an office: known from which offset on, and what follows the office there (`of Ostrey`)."""

    known: int
    id: str
    tail: str


def again(text: str, names: Names, told: Sequence[Apposition]) -> Iterator[Phrase]:
    """`The mayor`, where the text has said before who the mayor is."""
    table = reference_words()
    holders: dict[str, dict[str, _Holder]] = {}
    for phrase, role, _ in told:
        unique = role.noun in table.offices and role.noun not in table.shared
        if role.office and unique and role.opening in ("the", "") and len(phrase.ids) == 1:
            holder = _Holder(phrase.end, phrase.id, role.tail)
            holders.setdefault(role.noun, {}).setdefault(phrase.id, holder)
    for noun, persons in holders.items():
        pattern = re.compile(rf"\b[Tt]he{_SPACE}{re.escape(noun)}\b(?![-–]\w)")
        for match in pattern.finditer(text, min(one.known for one in persons.values())):
            known = sorted((one for one in persons.values() if one.known <= match.start()), reverse=True)
            known, end = _same_office(text, match.end(), known)
            if known and not names.first(match.end(), match.end() + 2):
                cert = Cert.MEDIUM if len(known) == 1 else Cert.LOW
                span, office = Span(match.start(), end), Span(match.start() + 4, end)
                ids = tuple(one.id for one in known)
                yield Phrase(span, "person", ids, "rN4", f"the {noun}, as said before", cert, office)


def _same_office(text: str, end: int, known: list[_Holder]) -> tuple[list[_Holder], int]:
    """Those of the holders whose office it can be, and its end: `of Ostrey` behind it must be theirs."""
    following = _WORD.match(text, end)
    if following is None or following["word"] not in (*reference_words().suffixes, "of"):
        return known, end
    for one in known:
        tail = re.compile(r"\s+" + r"\s+".join(map(re.escape, one.tail.split())), re.IGNORECASE)
        same = tail.match(text, end) if one.tail else None
        if same:
            return [one], same.end()
    return [], end


_PAIR = re.compile(
    rf"[Tt]he{_SPACE}(?P<which>former|latter)\b(?P<owner>['’]s)?(?={_SPACE}(?P<next>[\w’'-]+)|[,.;:!?)”\"—–\x1e]|\Z)"
)
_NAMING = ("named", "mentioned", "called")  # the latter named city
_OFFICE_END = re.compile(r"[,;:.!?()\x1e]| and the latter\b")
_WINDOW = 600


def pairs(text: str, names: Names) -> Iterator[Phrase]:
    """`The former`, `the latter`: the two things of one kind that were named last, where there are two."""
    if "latter" not in text and "former" not in text:
        return
    verbs = reference_words().pair_verbs | name_words().saying
    for match in _PAIR.finditer(text):
        following = (match["next"] or "").lower()
        office = _office(text, match, following)
        acts = following in verbs or (following.endswith("ed") and following not in _NAMING)
        if following and not match["owner"] and not acts and office is None:
            continue  # the latter part, the former president
        two = _last_two(text, names, match.start())
        if two is None:
            continue
        chosen = two[0] if match["which"] == "former" else two[1]
        end = office.end if office else match.end("which")
        reason = f"the {'first' if match['which'] == 'former' else 'second'} of the two named before"
        yield Phrase(
            Span(match.start(), end), _TYPES[chosen.mark], (chosen.id,), "rN4", reason, Cert.MEDIUM, office
        )


def _office(text: str, match: "re.Match[str]", following: str) -> Span | None:
    """The office behind it: `the latter ex-chairman`; `the former chairman` is one man and no pair."""
    if not (following.startswith("ex-") if match["which"] == "former" else is_role(following)):
        return None
    stop = _OFFICE_END.search(text, match.end())
    end = stop.start() if stop else len(text)
    role = read_role(text, match.end("which") + 1, end)
    return role.span if role else None


def _last_two(text: str, names: Names, offset: int) -> tuple[Name, Name] | None:
    """The two things of one kind in the sentence before or the same one; None if they are not two."""
    begin = max(0, offset - _WINDOW)
    paragraph = max(text.rfind("\x1e", begin, offset) + 1, begin)
    near = names.within(paragraph, offset)
    begins = [match.end() for match in re.finditer(r"[.!?][”\"’]?\s", text[paragraph:offset])]
    for back in range(1, 3):
        at = paragraph + (begins[-back] if back <= len(begins) else 0)
        inside = [name for name in near if name.start >= at]
        for mark in (Mark.PERSON, Mark.ORGANISATION, Mark.PLACE):
            first: dict[str, Name] = {}
            for name in inside:
                if name.mark is mark:
                    first.setdefault(name.id, name)
            if len(first) == 2:
                one, two = first.values()
                return one, two
            if first and mark is Mark.PERSON:
                return None
    return None
