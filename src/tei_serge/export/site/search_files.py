"""The files of the search: what the page loads first, the index of words, the names of entries."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from tei_serge.export.site.entries import UNNAMED, life
from tei_serge.export.site.folding import fold_words, letters
from tei_serge.export.site.place import INDEXES, Kept, Shared, Site, render
from tei_serge.export.site.search_index import write_words
from tei_serge.export.site.search_words import DIGITS, Word, script_call, unpack
from tei_serge.export.site.spool import Spool

__all__ = ["write_search"]

_CHUNK = 400  # entries of a file


def write_search(spool: Spool, folder: Kept, site: Site, scratch: Path) -> None:
    """Write the page of the search and its index."""
    words = write_words(_texts(spool), folder, "words", scratch)
    names = write_words(_names(spool, folder), folder, "names", scratch)
    texts = []
    for row in spool.texts():
        record = row.record
        texts.append([record.name, record.title, record.author, record.date, record.words])
    table = {
        "digits": DIGITS,
        "letters": letters(),
        "texts": texts,
        "words": words.firsts,
        "names": names.firsts,
        "chunk": _CHUNK,
        "kinds": {index.layer.value: index.one for index in INDEXES},
    }
    folder.put("search/index.js", script_call("start", table))
    render(
        folder,
        "search.html",
        "search.html",
        site.frame("search"),
        "Search",
        single=site.single,
        texts=len(texts),
    )


def _texts(spool: Spool) -> Iterator[tuple[int, Iterable[Word]]]:
    for number, words in spool.connection.execute("select number, words from text order by number"):
        yield number, unpack(words)


def _names(spool: Spool, folder: Kept) -> Iterator[tuple[int, Iterable[Word]]]:
    """The words of the names of entries, the most named first; what is shown of them goes into files."""
    run = spool.connection.execute
    rows = run(
        "select kind, told, address, passages, texts, id from entry where letter <> ?"
        " order by passages desc, sort, kind, slug",
        (UNNAMED,),
    )
    called = Shared(
        run(
            "select entry.id, entity.called from entry join described on described.entry = entry.id"
            " join entity on entity.described = described.id where letter <> ? and called <> ''"
            " order by entry.passages desc, sort, entry.kind, slug",
            (UNNAMED,),
        )
    )
    chunk: list[list[object]] = []
    for number, (kind, said, address, passages, texts, id) in enumerate(rows):
        told = json.loads(said)
        more = " · ".join(one for one in (life(told), told["description"] or told["type"]) if one)
        chunk.append([kind, told["name"], more, address, passages, texts])
        if len(chunk) == _CHUNK:
            folder.put(
                f"search/entries/{number // _CHUNK}.js", script_call("entries", number // _CHUNK, chunk)
            )
            chunk = []
        forms = (told["name"], *(form[0] for form in told["forms"]))
        found = {word for form in forms for word in fold_words(form)}
        found.update(word for (words,) in called.of(id) for word in words.split(" "))
        yield number, [(word, 1, "A") for word in sorted(found)]
    if chunk:
        folder.put(f"search/entries/{number // _CHUNK}.js", script_call("entries", number // _CHUNK, chunk))
