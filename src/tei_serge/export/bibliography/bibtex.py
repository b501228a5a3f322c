"""BibTeX for biblatex and biber: references for LaTeX, JabRef, pandoc and Zotero."""

from collections.abc import Iterable, Iterator

import regex

from tei_serge.edition.header_model import Agent
from tei_serge.edition.model import Edition
from tei_serge.export.bibliography.languages import short_code
from tei_serge.export.bibliography.names import name_parts
from tei_serge.export.bibliography.reference import Reference, references
from tei_serge.export.bibliography.rows import table
from tei_serge.export.registry import Wishes

__all__ = ["bibtex_entry", "tex", "write"]

# What TeX reads as a command.
_TEX = {
    "\\": r"\textbackslash{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "\u00a0": "~",
}
# BibTeX counts braces even behind a backslash: those without a partner must be commands, which pandoc drops.
_PAIRED = str.maketrans(_TEX | {"{": r"\{", "}": r"\}"})
_UNPAIRED = str.maketrans(_TEX | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
# Two characters that TeX makes one of.
_LIGATURE = regex.compile(
    r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=[?!])(?=`)"
)
# In an address biber takes everything as it stands, but braces must match.
_IN_ADDRESS = str.maketrans(
    {"{": "%7B", "}": "%7D", "\\": "%5C", '"': "%22", " ": "%20", "<": "%3C", ">": "%3E"}
)
_KEPT = regex.compile(
    r"[\p{L}\p{M}\p{N}’'‘.-]*\p{Lu}[\p{L}\p{M}\p{N}’'‘-]*|(?<=^[^\p{L}]*)\p{Ll}[\p{L}\p{M}’']*",
)
_ENTRY_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}


def write(editions: Iterable[Edition], wishes: Wishes) -> Iterator[bytes]:
    """The references of all texts as one file of entries, in their order."""
    between = ""
    for reference in references(editions, wishes.base):
        yield f"{between}{bibtex_entry(reference)}".encode()
        between = "\n"


def tex(text: str, paired: bool | None = None) -> str:
    """A text in which nothing is a command of TeX; `paired` tells that its braces match, if that is known.

    >>> tex("100 % of {A_B} & C")
    '100 \\\\% of \\\\{A\\\\_B\\\\} \\\\& C'
    """
    table = _PAIRED if (_is_paired(text) if paired is None else paired) else _UNPAIRED
    return "{}".join(part.translate(table) for part in _LIGATURE.split(text))


def _is_paired(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def bibtex_entry(reference: Reference) -> str:
    """One entry in the fields of biblatex; an empty field is left out."""
    kind = str(table("biblatex")[reference.type])
    holder = {"article": "journaltitle", "incollection": "booktitle", "online": "organization"}
    identifiers = reference.identifiers or {}
    fields = {
        "author": _names(reference.authors),
        "title": _title(reference.title),
        "subtitle": _title(reference.subtitle),
        "translator": _names(reference.translators),
        "editor": _names(reference.editors),
        "entrysubtype": _ENTRY_SUBTYPES.get(reference.type, ""),
        holder.get(kind, "howpublished"): _title(reference.container) if kind != "online" else "",
        "bookauthor": _names(reference.container_authors),
        "type": tex(reference.genre),
        "series": _title(reference.series),
        "volume": tex(reference.volume),
        "number": tex(reference.issue or reference.series_number),
        "pages": tex(reference.pages).replace("–", "--"),
        "edition": tex(reference.edition),
        "publisher": _literal(reference.publisher),
        "location": tex(reference.place),
        "date": reference.issued.edtf if reference.issued else "",
        "langid": _language(reference.language),
        "origtitle": _title(reference.original_title),
        "origdate": reference.original_date.edtf if reference.original_date else "",
        "origpublisher": _literal(reference.original_publisher),
        "origlocation": tex(reference.original_place),
        "origlanguage": _language(reference.original_language),
        "library": _literal(", ".join(filter(None, (reference.archive, reference.archive_place)))),
        "doi": identifiers.get("DOI", "").translate(_IN_ADDRESS),
        "isbn": tex(identifiers.get("ISBN", "")),
        "issn": tex(identifiers.get("ISSN", "")),
        "url": reference.url.translate(_IN_ADDRESS),
        "keywords": ", ".join(tex(word.replace(",", ";")) for word in reference.keywords),
        "abstract": tex(reference.abstract),
        "note": tex(" ".join(reference.notes)),
        "copyright": reference.licence.translate(_IN_ADDRESS),
    }
    if kind == "thesis":
        fields["institution"] = fields.pop("publisher")
    if kind == "online":
        fields["organization"] = _literal(reference.container or reference.publisher)
        fields["publisher"] = ""
    if reference.shelfmark:
        fields["library"] = ", ".join(filter(None, (fields["library"], tex(reference.shelfmark))))
    if reference.recipients:
        names = " and ".join(agent.name for agent in reference.recipients)
        fields["note"] = f"{tex(f'Letter to {names}.')} {fields['note']}".strip()
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{reference.key},\n{lines}}}\n"


def _title(text: str) -> str:
    """A title whose words with capitals, and a small letter at its head, stay as they are in every style."""
    paired = _is_paired(text)
    pieces: list[str] = []
    last = 0
    for match in _KEPT.finditer(text):
        pieces += (tex(text[last : match.start()], paired), f"{{{tex(match[0], paired)}}}")
        last = match.end()
    return "".join([*pieces, tex(text[last:], paired)])


def _literal(text: str) -> str:
    """A name in a list of names or houses that is one, with its "and"."""
    return f"{{{tex(text)}}}" if regex.search(r"(?i)\band\b", text) else tex(text)


def _names(agents: Iterable[Agent]) -> str:
    return " and ".join(map(_name, agents))


def _name(agent: Agent) -> str:
    """Particle and family name, suffix, given name; a body in braces, so that it is not split."""
    parts = name_parts(agent)
    if parts.literal:
        return f"{{{tex(parts.literal)}}}"
    particle = parts.dropping or parts.particle
    if particle.endswith(("'", "’")):
        family = f"{particle}{_part(parts.family)}"
    else:
        family = " ".join(filter(None, (particle, _part(parts.family))))
    return ", ".join(filter(None, (family, _part(parts.suffix), _part(parts.given))))


def _part(text: str) -> str:
    """A part of a name; in braces where it could be read as two."""
    doubtful = "," in text or regex.search(r"(?i)\band\b", text) or text[:1].islower()
    return f"{{{tex(text)}}}" if text and doubtful else tex(text)


def _language(code: str) -> str:
    return str(table("languages").get(short_code(code), ""))
