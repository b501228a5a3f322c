"""What is kept of one text when its edition is gone, for contents, search and the page about the edition."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.days import interval
from tei_serge.chronicle.entries import is_ours
from tei_serge.edition.header_model import Agent, Header, When
from tei_serge.edition.model import Edition
from tei_serge.export.site.alphabet import title_order
from tei_serge.export.site.folding import sort_key

__all__ = ["Record", "record_of"]

# Dates of the header by which a text is dated, the best first.
_DATES = ("composition", "written", "delivered", "publication", "original-publication", "masthead")


@dataclass(frozen=True, slots=True)
class Record:
    """One text as the pages around it show it.

    `authors` are pairs of the name and the name as it is sorted; `begin` is the number of the first day that
    it can be of. `licence` has status, target, words and certainty. `rules` counts the decisions: rules, why,
    certainty, how many. `ours` tells that this program encoded the text.
    """

    name: str
    title: str
    subtitle: str = ""
    authors: tuple[tuple[str, str], ...] = ()
    translators: tuple[str, ...] = ()
    date: str = ""
    begin: int | None = None
    language: str = ""
    languages: tuple[tuple[str, str], ...] = ()
    words: int = 0
    paragraphs: int = 0
    licence: tuple[str, str, tuple[str, ...], str] = ("", "", (), "")
    principles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    encoder: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    rules: tuple[tuple[str, str, str, int], ...] = ()
    mentions: tuple[tuple[str, int], ...] = ()
    events: int = 0
    missing: tuple[str, ...] = ()
    ours: bool = False

    @property
    def author(self) -> str:
        """The authors in words."""
        return ", ".join(shown for shown, _ in self.authors)

    @property
    def order(self) -> tuple[Any, ...]:
        """What texts are put in order by: author, date, title; those without come last."""
        author = self.authors[0][1] if self.authors else ""
        late = self.begin is None
        return not author, sort_key(author), late, self.begin or 0, self.title_key, self.name

    @property
    def title_key(self) -> tuple[str, str]:
        """What titles are put in order by."""
        return sort_key(title_order(self.title, self.language))[0], self.title

    def values(self) -> dict[str, Any]:
        """The record as values that JSON can hold."""
        return asdict(self)


def record_of(edition: Edition, words: int) -> Record:
    """What is kept of a text; `words` is the number of its words."""
    header = edition.header
    dated = _dated(header)
    language = edition.language or header.language
    counts = Counter(one.layer.value for one in edition.mentions)
    rules: Counter[tuple[str, str, str]] = Counter(
        (" ".join(one.rules), one.why, one.cert) for one in edition.mentions if one.rules
    )
    rules.update((one.rule, one.why, one.cert) for one in edition.events if one.rule)
    licence = header.licence
    return Record(
        edition.name,
        header.title or edition.name,
        header.subtitle,
        tuple((one.name, _sorted_as(one)) for one in header.authors if one.name),
        tuple(one.name for one in header.translators if one.name),
        _date(dated) if dated else "",
        _begin(dated) if dated else None,
        language,
        header.languages,
        words,
        sum(1 for one in edition.blocks if one.number),
        (licence.status, licence.target, licence.words, licence.cert),
        tuple((one.of, one.words) for one in header.principles),
        header.encoder,
        header.notes,
        tuple((*one, count) for one, count in sorted(rules.items())),
        tuple(sorted(counts.items())),
        len(edition.events),
        edition.missing,
        is_ours(edition.root),
    )


def _date(dated: When) -> str:
    """The date in words; a sign behind one that is doubtful."""
    words = date_words(dated.dates) or dated.words
    return f"{words} ?" if dated.cert == "low" else words


def _begin(dated: When) -> int | None:
    begin, end = interval(dated.dates)
    return begin if begin is not None else end


def _dated(header: Header) -> When | None:
    """The date that a text goes by: of its creation, else of its oldest source, else of nothing."""
    told = [one for one in header.created if _begin(one) is not None]
    told.sort(key=lambda one: _DATES.index(one.type) if one.type in _DATES else len(_DATES))
    if told:
        return told[0]
    printed = [one for source in header.sources for one in source.dates if _begin(one) is not None]
    return min(printed, key=lambda one: _begin(one) or 0, default=None)


def _sorted_as(agent: Agent) -> str:
    if agent.surname:
        return f"{agent.surname}, {agent.forename}" if agent.forename else agent.surname
    *before, last = agent.name.split() or [""]
    return agent.name if agent.body or not before else f"{last}, {' '.join(before)}"
