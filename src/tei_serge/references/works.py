"""Works that a phrase points back to: `the same newspaper`, `this pamphlet`; papers known by their town."""

import re
from collections.abc import Iterator
from functools import cache

from tei_serge.diagnostics import Span
from tei_serge.model import Cert, Mark
from tei_serge.references.model import Name, Names, Phrase
from tei_serge.references.records import Records
from tei_serge.references.words import reference_words

_SPACE = r"[ \u00a0\n]"
_NEAR = 400  # characters within which “this pamphlet” is the one named
_FAR = 2500  # and “the same newspaper”
_FOLLOWING = re.compile(rf"{_SPACE}([a-z]+)")
_LEVELS = {"periodical": "j", "article": "a", "book": "m"}


def _one_of(words: tuple[str, ...]) -> str:
    ordered = sorted(words, key=lambda one: (-len(one), one))
    return "|".join(re.escape(word).replace(r"\ ", _SPACE) for word in ordered)


@cache
def _pointing() -> "tuple[tuple[re.Pattern[str], str, bool], ...]":
    """For each demonstrative: its last word with a noun of works, the words before that, whether it is sure.

    Each pattern begins with letters, which `re` finds without trying every place.
    """
    table = reference_words()
    nouns = "|".join(
        f"(?P<{kind}>{_one_of(words)})"
        for kind, words in zip(_LEVELS, (table.periodicals, table.articles, table.books), strict=True)
    )
    made = []
    for words, same in ((table.same, True), (table.near, False)):
        for phrase in words:
            before, _, last = phrase.rpartition(" ")
            first, rest = ("", last) if before else (last[0], last[1:])
            pattern = re.compile(rf"{re.escape(rest)}{_SPACE}(?:{nouns})\b(?!['’-]\w|{_SPACE}of\b)")
            made.append((pattern, f"{before} {first}".lstrip(), same))
    return tuple(made)


@cache
def _paper_of() -> "re.Pattern[str]":
    nouns = _one_of(reference_words().periodicals)
    return re.compile(rf"\b[Tt]he{_SPACE}(?P<noun>(?:{nouns}){_SPACE}of{_SPACE}(?:the{_SPACE})?)\Z")


def works(text: str, names: Names, records: Records) -> Iterator[Phrase]:
    """References to periodicals and works; a paper known by its town only gets a record without a title."""
    for name in names:
        if name.mark is Mark.PLACE and text.endswith(("of ", "the "), max(0, name.start - 4), name.start):
            paper = _paper_of().search(text, max(0, name.start - 40), name.start)
            if paper:
                words = " ".join(text[paper.start("noun") : name.end].split())
                key = words.lower()
                record = records.record(
                    "work", f"[{words}, not named]", key, name=words, type="periodical", level="j"
                )
                span = Span(paper.start(), name.end)
                yield Phrase(
                    span, "periodical", (record,), "rN7", "a periodical known by its place", Cert.MEDIUM
                )
    for pattern, before, same in _pointing():
        for match in pattern.finditer(text):
            start = match.start() - len(before)
            lead = text[max(0, start) : match.start()].replace("\n", " ").replace("\u00a0", " ").lower()
            if lead != before or (start > 0 and text[start - 1].isalnum()) or _goes_on(text, match.end()):
                continue
            kind = next(one for one in _LEVELS if match[one])
            found = _last(text, names, start, _LEVELS[kind], _FAR if same else _NEAR, same)
            if found is not None:
                type = "periodical" if kind == "periodical" else "work"
                cert = None if same else Cert.MEDIUM
                yield Phrase(
                    Span(start, match.end()), type, (found.id,), "rN7", f"the {kind} named last", cert
                )


def _goes_on(text: str, end: int) -> bool:
    """Whether the noun stands before another: `this paper money`."""
    following = _FOLLOWING.match(text, end)
    return following is not None and following[1] in reference_words().compounds


def _last(text: str, names: Names, offset: int, level: str, reach: int, far: bool) -> Name | None:
    """The work of this level that was named last, in the same paragraph unless `far`."""
    begin = max(0, offset - reach)
    if not far:
        begin = max(begin, text.rfind("\x1e", begin, offset) + 1)
    for name in reversed(names.within(begin, offset)):
        if name.mark is Mark.TITLE and (name.level == level or (not name.level and level != "j")):
            return name
    return None
