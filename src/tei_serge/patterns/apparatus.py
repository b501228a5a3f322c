"""Lines about the text: headings of notes, editorial notes, links of the site, the date of the page."""

from functools import cache

import regex

from tei_serge.patterns.lines import ends_sentence
from tei_serge.vocabulary import alternation, fold, words

_UPDATED = regex.compile(
    r"[\[(]?(?:this\s+page\s+was\s+|page\s+)?(?:last\s+|most\s+recently\s+)?(?:updated?|modified|revised|changed)(?:\s+(?:on|in|at))?\s*:?\s*+(?P<date>\S.{0,38})"
)


def is_updated(text: str) -> bool:
    """Whether the line tells when the web page was last changed."""
    match = _UPDATED.fullmatch(fold(text).strip())
    return match is not None and any(char.isdigit() for char in match["date"])


@cache
def _note_heading() -> regex.Pattern[str]:
    noun = alternation(words("notes", "nouns"))
    who = alternation(words("notes", "qualifiers"))
    return regex.compile(
        rf"\[?(?P<who>(?:{who}\s+){{0,2}})(?P<noun>{noun})(?P<by>\s+(?:by|to|from|on)\s+[^.;]{{2,60}})?\s*[:.]?\]?"
    )


def note_heading(text: str) -> str | None:
    """The kind of notes that the line heads: `authorial`, `editorial`, or empty if not said; None if none."""
    stripped = text.strip()
    if not 4 <= len(stripped) <= 90:
        return None
    match = _note_heading().fullmatch(fold(stripped))
    if not match:
        return None
    who = match["who"]
    if any(word in who for word in words("notes", "authorial")):
        return "authorial"
    by = match["by"] or ""
    if any(word in who for word in words("notes", "editorial")) or by.lstrip().startswith(("by", "from")):
        return "editorial"
    if match["noun"] in ("note", "references", "notes") and by:
        return None  # "Notes on Russia" is a title
    return ""


@cache
def _editorial() -> regex.Pattern[str]:
    openers = alternation(words("editorial", "openers"))
    return regex.compile(
        rf"(?P<bracket>[\[(]?)(?:the\s+)?{openers}\b(?P<rest>[^:.—–\]]{{0,60}})(?P<mark>[:.—–\]]|$)"
    )


def editorial_label(text: str) -> tuple[int, int] | None:
    """Where the label of an editorial note begins and ends, its colon included: `Editor's note:`."""
    match = _editorial().match(fold(text[:160]).lstrip())
    if match is None or match["mark"] != ":":
        return None
    margin = len(text) - len(text.lstrip())
    return margin + match.end("bracket"), margin + match.end("mark")


def is_editorial(text: str) -> bool:
    """Whether the line opens somebody else's note on the text: `Editor's note: …`, `[Note by …]`."""
    match = _editorial().match(fold(text[:160]).lstrip())
    return match is not None and (
        match["mark"] in (":", "]") or bool(match["bracket"]) or not match["rest"].strip()
    )


@cache
def _navigation() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    opener = regex.compile(rf"[\[(<«^|]*\s*{alternation(words('navigation', 'openers'))}(?=\W|$)")
    noun = regex.compile(rf"{alternation(words('navigation', 'nouns'))}[\s\])>»|.]*(?:administ\w+)?$")
    return opener, noun


_TRAIL = regex.compile(r"\S\s*[|¦>»]\s+\S|\s{2,}\|\s{2,}")


def is_trail(text: str) -> bool:
    """Whether the line parts names by bars or angles, as links of a site do: `Library > Archive > Doe`."""
    return any(bar in text for bar in "|¦>»") and bool(_TRAIL.search(text)) and not ends_sentence(text)


def is_navigation(text: str) -> bool:
    """Whether the line is a link of the web site: `Jane Doe Archive`, `Contents | Chapter 7`, `Back to …`.

    Only lines at the very end (or beginning) of a text are asked; in the body these words are prose.
    """
    folded = fold(text).strip()
    if not folded or len(folded) > 160 or (ends_sentence(folded) and not folded.endswith("...")):
        return False
    if is_trail(folded):
        return True
    opener, noun = _navigation()
    if folded.strip(" .:[]") in words("navigation", "alone"):
        return True
    return bool(opener.match(folded)) or (len(folded.split()) <= 14 and bool(noun.search(folded)))


@cache
def _remark() -> regex.Pattern[str]:
    return regex.compile(rf"\b{alternation(words('editorial', 'remarks'))}\b")


def is_remark(text: str) -> bool:
    """Whether a sentence in square brackets speaks of the state of the text: `[The rest is missing.]`."""
    stripped = text.strip()
    if not (stripped.startswith("[") and stripped.endswith("]")) or stripped.count("[") > 1:
        return False
    said = _remark().search(fold(stripped))
    return bool(said) and 12 <= len(stripped) <= 300 and len(stripped.split()) >= 3
