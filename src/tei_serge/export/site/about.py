"""The page about the edition: what was encoded, how, by which rules, under which licence, how much of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tei_serge.export.markup import safe_target
from tei_serge.export.site.certainty import CERTAINTIES, certainty, certainty_alone
from tei_serge.export.site.frame import Link
from tei_serge.export.site.place import INDEXES, PROGRAM, Head, Kept, Site, render, text_address
from tei_serge.export.site.record import Record
from tei_serge.export.site.spool import Spool
from tei_serge.plurals import counted

__all__ = ["About", "write_about"]

_MOST_TEXTS = 30  # texts named beside a licence
_NAMED = 5  # texts named beside a principle
_MOST_NOTES = 200
_SETTLED = ("conflict", "source-defect")
"""Types of notes of the header that tell where the source contradicts itself or is broken."""
_HEADINGS: Mapping[str, str] = {
    "project": "What this is",
    "corrections": "Corrections",
    "normalization": "Spelling and characters",
    "quotation": "Quotation marks",
    "hyphenation": "Hyphens",
    "segmentation": "Division into parts",
    "standard values": "Values of dates",
    "interpretation": "Names, dates, events",
    "punctuation": "Punctuation",
}


class Licence(NamedTuple):
    """Terms of use, and the texts that they are said of."""

    words: tuple[str, ...]
    target: str
    certainty: str
    texts: tuple[Link, ...]
    more: int


class Statement(NamedTuple):
    """A principle of the encoding, and the texts that it is said of."""

    words: str
    texts: tuple[Link, ...]
    more: int


class Rule(NamedTuple):
    """A rule, what it says, and how many decisions of each certainty it made."""

    id: str
    words: str
    counts: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class About:
    """What is gathered from the records, one text after the other."""

    licences: dict[tuple[tuple[str, ...], str, str], list[int]] = field(default_factory=dict)
    principles: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    ours: int = 0
    words: dict[str, Counter[str]] = field(default_factory=dict)
    rules: dict[str, Counter[str]] = field(default_factory=dict)
    encoders: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    language_words: dict[str, Counter[str]] = field(default_factory=dict)
    totals: Counter[str] = field(default_factory=Counter)
    notes: list[tuple[int, str]] = field(default_factory=list)
    more_notes: int = 0

    def add(self, number: int, record: Record) -> None:
        """Take in one text."""
        status, target, words, cert = record.licence
        if target or words or status:
            said = certainty_alone(cert, record.ours)
            self.licences.setdefault((words or (status,), target, said), []).append(number)
        self.ours += record.ours
        for of, paragraphs in record.principles:
            for paragraph in dict.fromkeys(paragraphs):
                self.principles.setdefault(of, {}).setdefault(paragraph, []).append(number)
        for ids, why, cert, count in record.rules:
            rules = ids.split()
            told = why.split("; ") if len(rules) > 1 else [why]
            for place, rule in enumerate(rules):
                self.rules.setdefault(rule, Counter())[certainty(cert, record.ours)] += count
                if len(told) == len(rules) and told[place]:
                    # What a rule says alone counts for more than what was cut from a row.
                    self.words.setdefault(rule, Counter())[told[place]] += 1000 if len(rules) == 1 else 1
        names = dict(record.languages)
        self.encoders[record.encoder] += 1
        if record.language:
            self.languages[record.language] += 1
            said = names.get(record.language) or record.language
            self.language_words.setdefault(record.language, Counter())[said] += 1
        self.totals.update({"words": record.words, "paragraphs": record.paragraphs, "events": record.events})
        self.totals.update(dict(record.mentions))
        for type, text in record.notes:
            if type in _SETTLED and len(self.notes) < _MOST_NOTES:
                self.notes.append((number, text))
            elif type in _SETTLED:
                self.more_notes += 1


def write_about(spool: Spool, folder: Kept, site: Site, about: About) -> None:
    """Write the page about the edition."""
    texts = len(site.heads)
    render(
        folder,
        "about.html",
        "about.html",
        site.frame("about"),
        "About this edition",
        single=site.single,
        facts=_facts(spool, site, about),
        licences=[_licence(key, numbers, site) for key, numbers in about.licences.items()],
        unlicensed=texts - sum(map(len, about.licences.values())),
        principles=[
            (
                _HEADINGS.get(of, of.capitalize()),
                [
                    Statement(said, *_named(numbers, site, _NAMED))
                    for said, numbers in sorted(told.items(), key=lambda one: -len(one[1]))
                ],
            )
            for of, told in about.principles.items()
        ],
        certainties=[(cert, *CERTAINTIES[cert]) for cert in CERTAINTIES] if about.ours else [],
        others=texts > about.ours,
        rules=_rules(about),
        notes=[(_link(site.heads[number]), text) for number, text in about.notes],
        more_notes=about.more_notes,
        encoders=[(name, _of(count, texts)) for name, count in sorted(about.encoders.items()) if name],
        program=PROGRAM,
    )


def _facts(spool: Spool, site: Site, about: About) -> list[tuple[str, str, str]]:
    """Names of numbers, the numbers, and where they lead to."""
    entries = dict(spool.connection.execute("select kind, count(*) from entry group by kind").fetchall())
    sections = {section.key: section.address for section in site.sections}
    totals, texts = about.totals, len(site.heads)
    rows = [
        ("Texts", texts, "" if site.single else sections.get("contents", "")),
        ("Words", totals["words"], ""),
        ("Paragraphs", totals["paragraphs"], ""),
        *((one.title, entries.get(one.layer.value, 0), sections.get(one.stem, "")) for one in INDEXES),
        ("Events", totals["events"], sections.get("chronology", "")),
        ("Dates in the texts", totals["date"], ""),
    ]
    made = [(words, f"{number:,}", address) for words, number, address in rows if number]
    languages = ", ".join(
        _words(about.language_words[code]) + (f" ({_of(count, texts)})" if count < texts else "")
        for code, count in about.languages.most_common()
    )
    return made + (
        [("Languages" if len(about.languages) > 1 else "Language", languages, "")] if languages else []
    )


def _licence(key: tuple[tuple[str, ...], str, str], numbers: list[int], site: Site) -> Licence:
    words, target, said = key
    return Licence(words, safe_target(target), said, *_named(numbers, site, _MOST_TEXTS))


def _named(numbers: list[int], site: Site, most: int) -> tuple[tuple[Link, ...], int]:
    """The texts that something is said of, and how many more; none where it is said of all."""
    if len(numbers) == len(site.heads):
        return (), 0
    return tuple(_link(site.heads[number]) for number in numbers[:most]), max(0, len(numbers) - most)


def _link(head: Head) -> Link:
    return Link(head.title, text_address(head.name), more=head.author)


def _of(count: int, texts: int) -> str:
    """In how many texts something is said; nothing where it is in all."""
    return "" if count == texts else counted(count, "text", "texts")


def _rules(about: About) -> list[Rule]:
    order = sorted(about.rules, key=_rule_order)
    return [Rule(rule, _words(about.words.get(rule)), _counts(about.rules[rule])) for rule in order]


def _words(told: Counter[str] | None) -> str:
    return min(told, key=lambda words: (-told[words], words)) if told else ""


def _counts(told: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    ours = [word for word, _ in CERTAINTIES.values()]
    known = sorted(told, key=lambda word: (ours.index(word) if word in ours else len(ours), word))
    return tuple((word, f"{told[word]:,}") for word in known)


def _rule_order(rule: str) -> tuple[str, int, str]:
    """Rules by their letters, then by their number: rD2 before rD10."""
    letters = rule.rstrip("0123456789")
    number = rule[len(letters) :]
    return letters, int(number) if number else 0, rule
