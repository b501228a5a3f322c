"""Persons by evidence: titles, given names, initials, endings of surnames, verbs, company."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tei_serge.authority.model import Kind
from tei_serge.diagnostics import Span
from tei_serge.names.model import Mention, Sequence, Word
from tei_serge.names.words import could_be_surname, name_words

_TITLE_BEFORE = re.compile(r"([^\W\d_]+(?:[ \u00a0][^\W\d_]+)?)\.?[ \u00a0\n]+$")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?-?)+")
_SURNAME = re.compile(
    r"\w{2,}(?:ov|ev|ova|eva|off|eff|ow|ew|yn|sky|ski|skii|skij|skaya|cki|czyk|wicz|vich|vitch|witsch|enko|chenko|"
    r"chuk|yan|iants|shvili|idze|adze|oglu|zade|stein|berg|mann|sohn|sson|ssen|heim|bach|feld|baum|thal|wald|hardt|"
    r"escu|eanu|ić|opoulos|akis|idis|elli|etti|ucci|worth|quist|ström|gren|lund)$"
)
_SENTENCE = re.compile(r"[.;:!?\n\x1e]\s|[\x1e()]")
_LETTERS = re.compile(r"[^\W\d_]+")
_AFTER_WORD = re.compile(r"[ \u00a0\n]+([^\W\d_]+)")


class Title(NamedTuple):
    """A title or rank before a name: where it begins."""

    start: int
    text: str


def title_before(text: str, start: int) -> Title | None:
    """The title, rank or honorific that stands directly before a name, without a comma."""
    table = name_words()
    window = text[max(0, start - 36) : start]
    word = _LAST_WORD.search(window.rstrip(" \u00a0\n.")[-16:])
    if word is None or word.group().lower() not in table.title_ends:
        return None
    match = _TITLE_BEFORE.search(text, max(0, start - 36), start)
    if match is None:
        return None
    for words in (match[1], match[1].split()[-1]):
        folded = " ".join(words.lower().split())
        at = match.start() + len(match[1]) - len(words)
        if folded in table.honorifics or folded in table.ranks:
            if len(folded) < 3 and not words[0].isupper():
                return None
            return Title(at, words)
    return None


def title_words(words: tuple[Word, ...]) -> int:
    """How many words at the beginning of a row are titles: 1 in General Alksnis, 2 in Old Bolshevik N."""
    table = name_words()
    pair = " ".join(word.text.lower() for word in words[:2])
    if len(words) > 2 and pair in table.ranks:
        return 2
    first = words[0].text.lower().rstrip(".")
    return int(len(words) > 1 and (first in table.honorifics or first in table.ranks))


def is_full_name(words: tuple[Word, ...]) -> bool:
    """Whether a row has the form of given names or initials with a surname."""
    if len(words) < 2 or len(words) > 6:
        return False
    first = words[0].text
    if _INITIALS.fullmatch(first):
        if first.replace(".", "").strip() in name_words().no_bodies:
            return False  # U.S.S. Ranger
        last = words[-1].text
        opens = last.lower() in name_words().openers
        return len(last) > 2 and not opens and not _INITIALS.fullmatch(last)
    return first in name_words().given and words[-1].text[0].isupper()


def at_line_ends(text: str, row: Sequence) -> Iterator[Sequence]:
    """Part a row where a line ends behind a full name and another name or an office begins the next line."""
    words = row.words
    for place in range(2, len(words)):
        if "\n" not in text[words[place - 1].end : words[place].start] or not is_full_name(words[:place]):
            continue
        following = words[place].text
        if is_full_name(words[place:]) or following in name_words().not_names:
            yield row._replace(words=words[:place], owner=False)
            yield from at_line_ends(text, Sequence(words[place:], "", True, row.owner))
            return
    yield row


def befalling(text: str, word: Word) -> str:
    """What befalls a person, behind a word at the head of a sentence: `Harrow was shot`; empty if nothing."""
    following = _BEFALLS.match(text, word.end)
    if following and following[1] in name_words().befalling:
        return f"the subject of “{' '.join(following[0].split())}”"
    return ""


def surname_evidence(text: str, row: Sequence, word: Word) -> str:
    """What tells that a single word names a person, in words; empty if nothing does."""
    table = name_words()
    following = _AFTER_WORD.match(text, word.end)
    if following and following[1] in table.saying:
        return f"the subject of “{following[1]}”"
    if row.owner and _SURNAME.fullmatch(word.text.lower()):
        return "an owner with the ending of a surname"
    if _SURNAME.fullmatch(word.text.lower()) and len(word.text) > 4:
        return "the ending of a surname"
    return ""


_SPACE = r"[ \u00a0\n]"
_BEFALLS = re.compile(
    rf",?{_SPACE}(?:who{_SPACE})?"
    rf"(?:was|is|(?:had|has){_SPACE}been|(?:is|was){_SPACE}said{_SPACE}to{_SPACE}have{_SPACE}been)"
    rf"(?:{_SPACE}[a-z]+ly)?{_SPACE}([a-z-]+)"
)
_APPOSITION = re.compile(rf"\b([a-z]+)(?:{_SPACE}[a-z]+)?(?:{_SPACE}of[^.;:,!?]{{2,60}})?,{_SPACE}$")


def role_before(text: str, start: int) -> str:
    """The office in front of a comma and a name: the secretary of the committee, N.; empty if none is."""
    match = _APPOSITION.search(text, max(0, start - 90), start)
    if match and match[1] in name_words().roles:
        return f"the office “{match[1]}” in apposition"
    return ""


def find_holders(text: str, rows: Iterable[Sequence]) -> Iterator[Mention]:
    """Persons in brackets behind their office, in headings, too: The Ambassador in France (Herrick)."""
    table = name_words()
    offices = table.roles | table.ranks
    for row in rows:
        span = extent(row.words)
        if text[span.start - 1 : span.start] != "(" or text[span.end : span.end + 1] != ")":
            continue
        before = _SENTENCE.split(text[max(0, span.start - 80) : span.start - 1])[-1]
        words = {word.lower() for word in _LETTERS.findall(before)}
        if _is_signature(row.words) and not words.isdisjoint(offices):
            yield _named(row.words, "a name in brackets behind an office")


def find_signatures(rows: Iterable[Sequence]) -> Iterator[Mention]:
    """Persons in rows that are signatures."""
    for row in rows:
        if _is_signature(row.words):
            yield _named(row.words, "a signature")


def _is_signature(words: tuple[Word, ...]) -> bool:
    """Whether words can be a name where a name is expected."""
    last = words[-1].text
    if last.isupper() and len(last) < 5:
        return False  # an abbreviation
    last = last.capitalize() if last.isupper() else last
    fits = could_be_surname(last) or last in name_words().surnames
    return len(words) < 5 and fits and last.isalpha()


def _named(words: tuple[Word, ...], reason: str) -> Mention:
    span = extent(words)
    forename, surname = in_words(words)
    return Mention(span, Kind.PERSON, "medium", "rN3", reason, span, forename=forename, surname=surname)


def in_words(words: tuple[Word, ...]) -> tuple[str, str]:
    """Forename and surname of a row: all but the last word, with its particles, and the rest."""
    at = len(words) - 1
    while at > 0 and words[at - 1].text[0].islower():
        at -= 1
    forename = " ".join(word.text for word in words[:at])
    return forename, " ".join(word.text for word in words[at:])


def extent(words: tuple[Word, ...]) -> Span:
    """From the first word to the end of the last."""
    return Span(words[0].start, words[-1].end)
