"""Words for parts that have none of their own in Markdown: pictures, and pointers without characters."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from tei_serge.edition.model import Begin, Content, Edition, End, Kind, Part
from tei_serge.export.markup import safe_target

__all__ = ["hollow", "picture_words", "pointer_words", "words_of"]

_LONGEST = 60
_LONGEST_NAME = 40
_OTHER_SCHEME = re.compile(r"(?!https?:)[^/]*:", re.IGNORECASE)
_SOMEWHERE = "→"


def hollow(content: Content, place: int) -> bool:
    """Whether the part that begins at a place ends at once."""
    following = content[place : place + 2]
    return len(following) > 1 and isinstance(following[0], Begin) and isinstance(following[1], End)


def picture_words(part: Part) -> str:
    """What stands for a picture: the name of its file, whose folder is none of a reader's business.

    >>> picture_words(Part(Kind.GRAPHIC, "graphic", said={"url": "../plates/plate%20one.png"}))
    '[picture: plate one.png]'
    """
    url = part.said.get("url", "").strip()
    path = "" if _OTHER_SCHEME.match(url) else url.partition("?")[0].partition("#")[0].rstrip("/")
    name = _short(unquote(path.rpartition("/")[2].rpartition("\\")[2]), _LONGEST_NAME)
    return f"[picture: {name}]" if name else "[picture]"


def pointer_words(edition: Edition, labels: Mapping[str, str]) -> Mapping[str, str]:
    """What a pointer without characters says, by the id that it points to.

    That is the heading of a division, the number of a page or of a note (`labels`), else the first words.
    """
    content = edition.content
    wanted = {
        step.part.target
        for place, step in enumerate(content)
        if isinstance(step, Begin) and step.part.inside and hollow(content, place)
    }
    if not wanted:
        return {}
    words = {id: f"note {label}" for id, label in labels.items() if id in wanted}
    for block in edition.blocks:
        if block.id in wanted:
            words.setdefault(block.id, _short(edition.plain[block.start : block.end], _LONGEST))
        if block.heading and block.division in wanted:
            words.setdefault(block.division, _short(block.heading, _LONGEST))
    _first_words(content, wanted, words)
    return words


def _first_words(content: Content, wanted: set[str], words: dict[str, str]) -> None:
    """Of parts that are no blocks the number of the page, or the first characters in them."""
    waiting: dict[str, None] = {}
    for step in content:
        if isinstance(step, str):
            if waiting and step.strip():
                words |= dict.fromkeys(waiting, _short(step, _LONGEST))
                waiting.clear()
        elif step.part.id not in wanted or step.part.id in words:
            continue
        elif isinstance(step, End):
            words[step.part.id] = _SOMEWHERE
            del waiting[step.part.id]
        elif step.part.kind is Kind.PAGE_BREAK and step.part.said.get("n"):
            words[step.part.id] = f"page {_short(step.part.said['n'], _LONGEST)}"
        else:
            waiting[step.part.id] = None


def words_of(part: Part, words: Mapping[str, str]) -> str:
    """What a pointer without characters says: an address, the name of a file in brackets, or words."""
    if part.inside:
        return words.get(part.target, _SOMEWHERE)
    if address := safe_target(part.target):
        return address
    name = _short(part.target, _LONGEST)
    return f"[{name}]" if name and ":" not in name else ""


def _short(text: str, longest: int) -> str:
    """The characters in one line, cut at a word."""
    text = " ".join("".join(one if one.isprintable() else " " for one in text[: 4 * longest]).split())
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"
