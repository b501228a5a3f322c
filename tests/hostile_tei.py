"""Hostile TEI, by name: documents that exports have to bear. `HOSTILE[name]()` gives the bytes of one.

All of `HOSTILE` are well-formed for `read_xml`; `LARGE` are those of its names that take seconds; `REFUSED` are
bytes that `read_xml` does not take. Nothing here is anybody's text.
"""

import gzip
from collections.abc import Callable, Mapping
from typing import Final

import hostile_characters as characters
import hostile_pointers as pointers
import hostile_sizes as sizes
from hostile_document import document
from hostile_words import NAMES


def _corpus() -> bytes:
    one = document("<p>Words.</p>").decode().partition("?>")[2]
    same = one.replace("<TEI ", '<TEI xml:id="same" ')
    return f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{same}{same}<teiCorpus>{one}</teiCorpus>{one}</teiCorpus>'.encode()


def _bare(inside: str, root: str = "TEI") -> Callable[[], bytes]:
    return lambda: f'<{root} xmlns="http://www.tei-c.org/ns/1.0">{inside}</{root}>'.encode()


def _encoded(name: str, title: str) -> Callable[[], bytes]:
    text = document(f"<p>{title}</p>", title).decode().replace("UTF-8", name)
    return lambda: text.encode(name)


_HEADER = document("").decode().partition("<teiHeader>")[2].partition("</teiHeader>")[0]

HOSTILE: Final[Mapping[str, Callable[[], bytes]]] = {
    "scripts in text": characters.scripts_in_text,
    "scripts in attributes": characters.scripts_in_attributes,
    "script targets": characters.script_targets,
    "names as ids": characters.names_as_ids,
    **{
        f"name of a file {n}": (lambda name=name: characters.names_of_files(name))
        for n, name in enumerate(NAMES)
    },
    "ids twice": characters.ids_twice,
    "languages": characters.languages,
    "other namespaces": characters.other_namespaces,
    "inner entities": characters.inner_entities,
    "directions": characters.directions,
    "odd characters": characters.odd_characters,
    "combining flood": characters.combining_flood,
    "tables": pointers.tables,
    "circles of notes": pointers.circles_of_notes,
    "pointers to nothing": pointers.pointers_to_nothing,
    "loops of registers": pointers.loops_of_registers,
    "no dates": pointers.no_dates,
    "lost events": pointers.lost_events,
    "corpus": _corpus,
    "no header": _bare("<text><body><p>Words.</p></body></text>"),
    "no text": _bare(f"<teiHeader>{_HEADER}</teiHeader>"),
    "no body": _bare(f"<teiHeader>{_HEADER}</teiHeader><text><front><p>Words.</p></front></text>"),
    "nothing": _bare(""),
    "empty corpus": _bare("", "teiCorpus"),
    "empty header": _bare("<teiHeader/><text><body><p>Words.</p></body></text>"),
    "empty text": _bare(f"<teiHeader>{_HEADER}</teiHeader><text/>"),
    "empty body": lambda: document(""),
    "blank body": lambda: document("<div><head> </head><p>\n </p><p/><list><item/></list></div>", " \n "),
    "two texts": _bare(f"<teiHeader>{_HEADER}</teiHeader>" + "<text><body><p>Words.</p></body></text>" * 2),
    "characters without block": lambda: document("loose <hi>words</hi> <div>and <p>more</p> loose</div>"),
    "text as root": _bare("<body><p>Words.</p></body>", "text"),
    "UTF-16": _encoded("UTF-16", "Žofie — café"),
    "Latin 1": _encoded("ISO-8859-1", "Café"),
    "byte order mark": lambda: b"\xef\xbb\xbf" + document("<p>Words.</p>"),
    "ten megabytes": sizes.ten_megabytes,
    "long word": sizes.long_word,
    "mentions": sizes.mentions,
    "deep divisions": sizes.deep("<div>", "</div>"),
    "deep emphasis": sizes.deep('<hi rend="italic">', "</hi>", "The bottom."),
    "deep lists": sizes.deep("<list><item>", "</item></list>", "The bottom.", sizes.LEVELS // 2),
    "deep notes": sizes.deep("<note>n", "</note>", "The bottom."),
    "deep quotations": sizes.deep("<quote><p>q", "</p></quote>", "The bottom.", sizes.LEVELS // 2),
    "deep names": sizes.deep('<persName ref="#x">a', "</persName>", "The bottom."),
    "deep groups": lambda: document("<p>x</p>").replace(
        b"<body><p>x</p></body>",
        b"<group><text>" * 1000 + b"<body><p>x</p></body>" + b"</text></group>" * 1000,
    ),
    "tiny divisions": sizes.tiny_divisions,
    "flood of breaks": sizes.flood("<lb/><pb/>", 10_000),
    "flood of notes": sizes.flood("a<note>b</note> ", 5_000),
    "flood of emphasis": sizes.flood("<hi>a</hi>", 10_000),
}

LARGE: Final = frozenset(
    {
        *(
            "ten megabytes",
            "long word",
            "mentions",
            "deep divisions",
            "deep emphasis",
            "deep lists",
            "deep notes",
        ),
        *(
            "deep quotations",
            "deep names",
            "deep groups",
            "tiny divisions",
            "flood of breaks",
            "flood of notes",
        ),
        "flood of emphasis",
    }
)
SMALL: Final = tuple(name for name in HOSTILE if name not in LARGE)

_LAUGHS = '<!ENTITY a "haha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghij", "bcdefghijk", strict=True)
)
REFUSED: Final[Mapping[str, Callable[[], bytes]]] = {
    "no bytes": lambda: b"",
    "no XML": lambda: b"Only words.",
    "cut off": lambda: document("<p>Words.</p>")[:-40],
    "control characters": lambda: document("<p>a</p>").replace(b"<p>a", b"<p>\x00\x01\x1b[31m"),
    "not a character": lambda: document("<p>\ufffe</p>"),
    "gzip": lambda: gzip.compress(document("<p>Words.</p>"), mtime=0),
    "too deep": sizes.deep("<div>", "</div>", levels=5_000),
    "laughs": lambda: document("<p>&k;</p>").replace(
        b"?>\n", f"?>\n<!DOCTYPE TEI [{_LAUGHS}]>\n".encode(), 1
    ),
    "file outside": lambda: document("<p>&x;</p>").replace(
        b"?>\n", b'?>\n<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n', 1
    ),
}
