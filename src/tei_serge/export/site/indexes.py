"""The indexes of persons, places, organisations and works: entries with all their passages, by letter."""

import json
from itertools import groupby, islice

from tei_serge.export.site.entries import OTHERS, UNNAMED, entry_rows, life
from tei_serge.export.site.frame import Link
from tei_serge.export.site.paging import Part, Row, page_word, pages_of
from tei_serge.export.site.place import INDEXES, Index, Kept, Site, fragment, render
from tei_serge.export.site.shown_entries import SHOWN, Shown
from tei_serge.export.site.spool import Spool
from tei_serge.plurals import counted

__all__ = ["place_entries", "write_indexes"]

_PAGE = 1200  # lines of a page, about
_SMALL = 1800  # lines up to which an index is one page
_MOST_NAMED = 40
_ENTRY = 3  # lines of an entry beside its passages
_HEADINGS = {UNNAMED: "Without a name", OTHERS: "0–9 and signs"}
_SHORT = {UNNAMED: "unnamed"}


def place_entries(spool: Spool) -> None:
    """Decide on which page each entry stands, and keep its address, seen from the root of the site."""
    for index in INDEXES:
        for part in _parts(spool, index):
            file = _file(index, part)
            slugs = spool.connection.execute(
                f"select slug, id from entry where id in ({','.join('?' * len(part.numbers))})", part.numbers
            ).fetchall()
            spool.connection.executemany(
                "update entry set address = ? where id = ?",
                [(file + fragment(slug), number) for slug, number in slugs],
            )


def _parts(spool: Spool, index: Index) -> list[Part]:
    """The pages of an index: one without a word where it is small, else some for each letter."""
    rows = spool.connection.execute(
        "select id, letter, min(passages, ?) + ? from entry where kind = ? order by sort, slug",
        (SHOWN, _ENTRY, index.layer.value),
    ).fetchall()
    if sum(weight for _, _, weight in rows) > _SMALL:
        return list(pages_of((Row(*row) for row in rows), _PAGE))
    letters = tuple(letter for letter, _ in groupby(letter for _, letter, _ in rows))
    return [Part("", letters, tuple(number for number, _, _ in rows))] if rows else []


def _file(index: Index, part: Part) -> str:
    return f"{index.stem}/{part.word}.html" if part.word else f"{index.stem}.html"


def write_indexes(spool: Spool, folder: Kept, site: Site) -> None:
    """Write the pages of all indexes that have entries."""
    for index in INDEXES:
        parts = _parts(spool, index)
        if parts:
            _write_index(spool, folder, site, index, parts)
        if parts and parts[0].word:
            _write_overview(spool, folder, site, index, parts)


def _write_index(spool: Spool, folder: Kept, site: Site, index: Index, parts: list[Part]) -> None:
    root = "../" if parts[0].word else ""
    entries = entry_rows(spool, index.layer.value)
    shown = Shown(spool, folder, site, index, root)
    for place, part in enumerate(parts):
        rows = [(entry.letter, shown.show(entry)) for entry in islice(entries, len(part.numbers))]
        sections = [
            (_HEADINGS.get(letter, letter), _anchor(letter), [row for _, row in group])
            for letter, group in groupby(rows, key=lambda row: row[0])
        ]
        render(
            folder,
            _file(index, part),
            "entries.html",
            site.frame(index.stem, root),
            f"{index.title}: {sections[0][0]}" if root else index.title,
            index=index,
            single=site.single,
            lead=_lead(index, parts, site),
            jump=_jump(parts, part),
            sections=sections,
            before=_neighbour(parts[place - 1]) if place else None,
            after=_neighbour(parts[place + 1]) if place + 1 < len(parts) else None,
        )


def _anchor(letter: str) -> str:
    return f"ed-letter-{page_word(letter)}"


def _jump(parts: list[Part], here: Part | None, folder: str = "") -> list[Link]:
    """The row of letters, seen from a page of the index or, with its folder, from the overview."""
    return [
        Link(
            _SHORT.get(letter, letter),
            f"#{_anchor(letter)}" if part == here else f"{folder}{part.word}.html#{_anchor(letter)}",
            part == here and bool(part.word),
        )
        for part in parts
        for letter in part.groups
    ]


def _neighbour(part: Part) -> Link:
    letter, _, number = part.word.partition("-")
    words = part.groups[0] if part.groups else letter.upper()
    return Link(f"{_HEADINGS.get(words, words)}{f', {number}' if number else ''}", f"{part.word}.html")


def _lead(index: Index, parts: list[Part], site: Site) -> str:
    total = sum(len(part.numbers) for part in parts)
    texts = "in this text" if site.single else f"in {counted(len(site.heads), 'text', 'texts')}"
    return f"{counted(total, index.one, index.many)} {texts}"


def _write_overview(spool: Spool, folder: Kept, site: Site, index: Index, parts: list[Part]) -> None:
    """The first page of a large index: its letters, and who is named most."""
    most = spool.connection.execute(
        "select told, address, passages from entry where kind = ? and passages > 0"
        " order by passages desc, sort, slug limit ?",
        (index.layer.value, _MOST_NAMED),
    )
    rows = [(json.loads(told), address, passages) for told, address, passages in most]
    render(
        folder,
        f"{index.stem}.html",
        "entries_overview.html",
        site.frame(index.stem),
        index.title,
        index=index,
        lead=_lead(index, parts, site),
        jump=_jump(parts, None, f"{index.stem}/"),
        most=[
            (told["name"], life(told), address, counted(passages, "passage", "passages"))
            for told, address, passages in rows
        ],
    )
