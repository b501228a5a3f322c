"""Names that no file knows: what is left of the rows of capitals, told by evidence in and around it."""

import re
from collections.abc import Iterable, Mapping

from tei_serge.authority.model import Kind
from tei_serge.authority.register import Register
from tei_serge.diagnostics import Span
from tei_serge.names.found import Found
from tei_serge.names.model import Mention, Sequence, Word
from tei_serge.names.persons import (
    Title,
    extent,
    in_words,
    is_full_name,
    role_before,
    surname_evidence,
    title_before,
    title_words,
)
from tei_serge.names.places import (
    after_preposition,
    behind_kind_of_place,
    behind_place_noun,
    gazetteer,
    place_form,
    saint_before,
)
from tei_serge.names.words import could_be_surname, is_common, is_no_name, is_people, name_words

_SIMPLE = re.compile(r"[^\W\d_][\w'’.-]*")
_PARTICIPLE = re.compile(r"-[a-z]*(?:ed|en|ing|born|made|wing|held|led|like|type|style|wide|based|speaking)$")
_IN = re.compile(
    r"\b(?P<verb>[A-Za-z]+)(?:[ \u00a0\n][a-z]+ly)?[ \u00a0\n]in[ \u00a0\n](?P<the>the[ \u00a0\n])?$"
)
_ISSUE = re.compile(
    r",?[ \u00a0\n]+(?:(?:No|Nos|Vol|Number|Issue)\b|#|(?:of|for|dated)[ \u00a0\n](?:the[ \u00a0\n])?\d"
    r"|\d{1,2}(?:st|nd|rd|th)?[ \u00a0\n][A-Z][a-z]+)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\.?[ \u00a0]*\d")


def _known_halves(words: tuple[Word, ...], register: Register) -> list[Mention]:
    """Two persons with a hyphen between them whose surnames the authority files know: Marx-Engels."""
    word = words[-1]
    halves = word.text.split("-")
    if len(words) > 2 or len(halves) != 2 or not all(register.by_surname(half) for half in halves):
        return []
    made = []
    at = word.start
    for half in halves:
        own = register.by_surname(half)
        span = Span(at, at + len(half))
        made.append(
            Mention(span, Kind.PERSON, "medium", "rN1", "one of two surnames with a hyphen between", span,
                    own[0], own, own[0].forename, own[0].surname)
        )  # fmt: skip
        at += len(half) + 1
    return made


def unknown_names(
    text: str,
    row: Sequence,
    found: Found,
    register: Register,
    small: frozenset[str],
    often: Mapping[str, int],
) -> Iterable[Mention]:
    """The names in a row of capitals that nothing has explained yet."""
    table = name_words()
    stretch: list[Word] = []
    stretches: list[tuple[Word, ...]] = []
    for word in row.words:
        if found.free(word.start, word.end):
            stretch.append(word)
        elif stretch:
            stretches.append(tuple(stretch))
            stretch = []
    if stretch:
        stretches.append(tuple(stretch))
    for words in stretches:
        joined = _known_halves(words, register)
        if joined:
            yield from joined
            continue
        opens = row.opens and words[0] is row.words[0]
        definite = words[0].text.lower() == "the"
        while words and opens and _opens_only(words, small, table.openers):
            words, opens = words[1:], False
        while words and (words[0].text.lower() in table.openers and words[0].text not in table.given):
            words = words[1:]
        while len(words) > 1 and _is_adjective(words[0].text):
            words = words[1:]
        while words and (words[-1].text[0].islower() or (len(words) > 1 and words[-1].text == "I")):
            words = words[:-1]
        if words and words[-1].text.lower() in table.labels and _NUMBER.match(text, words[-1].end):
            words = words[:-1]  # Bill No. 2
        if words:
            before = row._replace(before="the") if definite else row
            listed = found.before(words[0].start)
            yield from _classify(text, before, words, small, often, opens, listed, register)


def _is_adjective(word: str) -> bool:
    """Whether a word before a name only says of which people or doctrine it is: the German Bauer."""
    table = name_words()
    return (is_people(word) and word not in table.given) or word.endswith(("ite", "ist"))


def proved_surnames(
    rows: Iterable[Sequence], mentions: Iterable[Mention], small: frozenset[str]
) -> Iterable[Mention]:
    """Surnames that stand alone, of persons whom the text names with a title or a given name elsewhere."""
    proved = {
        one.surname
        for one in mentions
        if one.kind is Kind.PERSON and one.rule == "rN3" and one.cert in ("high", "medium")
    }
    for row in rows:
        last = row.words[-1]
        if last.text not in proved or last.text.lower() in small or not could_be_surname(last.text):
            continue
        if len(row.words) > 1 and row.words[-2].text.lower() not in name_words().openers:
            continue
        span = Span(last.start, last.end)
        reason = "the surname of a person whom the text names in full"
        yield Mention(span, Kind.PERSON, "medium", "rN3", reason, span, surname=last.text)


def _opens_only(words: tuple[Word, ...], small: frozenset[str], openers: frozenset[str]) -> bool:
    """Whether the first word has its capital only from the sentence."""
    first = words[0].text
    if first.lower() in openers:
        return True
    return first.lower() in small and first not in name_words().given


def _classify(
    text: str,
    row: Sequence,
    words: tuple[Word, ...],
    small: frozenset[str],
    often: Mapping[str, int],
    opens: bool,
    listed: Kind | None,
    register: Register,
) -> Iterable[Mention]:
    """Decide what a stretch of capitals names, from evidence in it and around it; none, no name."""
    while len(words) > 2 and _is_no_part(words[-1].text) and is_full_name(words[:-1]):
        words = words[:-1]  # the Theodore Draper Papers
    span = extent(words)
    joined = " ".join(word.text for word in words)
    size = place_form(words)
    saint = saint_before(text, span.start)
    if size and (saint >= 0 or not is_full_name(words)):
        place = Span(saint if saint >= 0 else span.start, words[size - 1].end)
        yield Mention(place, Kind.PLACE, "medium", "rN2", "a noun of places closes the name", place)
        return
    if saint >= 0:
        towns = (f"{text[saint : span.start].strip()} {joined}", f"Saint {joined}", f"Saint-{joined}")
        if any(town in gazetteer().great or town in gazetteer().small for town in towns):
            place = Span(saint, span.end)
            yield Mention(place, Kind.PLACE, "medium", "rN2", "a place of the gazetteer", place)
        return
    if behind_kind_of_place(text, span.start):
        yield Mention(span, Kind.PLACE, "medium", "rN2", "“of” behind a noun of places", span)
        return
    titles = title_words(words)
    title = title_before(text, words[0].start) if not titles else None
    if titles or title or is_full_name(words):
        yield from _person(words, titles, title)
        return
    places = gazetteer()
    if joined in places.great and (after_preposition(row) or not is_no_name([word.text for word in words])):
        yield Mention(span, Kind.PLACE, "medium", "rN2", "a place of the gazetteer", span)
        return
    if joined in places.states and text[max(0, span.start - 2) : span.start].startswith(","):
        yield Mention(span, Kind.PLACE, "medium", "rN2", "a state of the USA", span)
        return
    if is_no_name([word.text for word in words]):
        return
    if joined in places.small and row.before in name_words().where:
        yield Mention(
            span, Kind.PLACE, "medium", "rN2", "a place of the gazetteer behind a preposition", span
        )
        return
    if not any(word.text.lower() in small for word in words) and behind_place_noun(text, span.start):
        yield Mention(span, Kind.PLACE, "medium", "rN2", "“of” behind a noun of places", span)
        return
    if _is_printed_in(text, words):
        reason = "printed in it, and an article or an issue is named"
        yield Mention(span, Kind.WORK, "low", "rN6", reason, span, level="j")
        return
    evidence = _evidence(text, row, words, small, often, opens)
    if not evidence and _has_known_surname(words, opens, register):
        evidence = "a surname of the authority files behind another name"
    if not evidence and listed in (Kind.PERSON, Kind.PLACE) and len(words) == 1 and could_be_surname(joined):
        evidence = "a name in a list of names"
    if evidence and listed is Kind.PLACE:
        yield Mention(span, Kind.PLACE, "low", "rN2", "a name in a list of places", span)
    elif evidence.startswith("“"):
        yield Mention(span, Kind.PLACE, "low", "rN2", evidence, span)
    elif evidence:
        forename, surname = in_words(words)
        yield Mention(span, Kind.PERSON, "low", "rN3", evidence, span, forename=forename, surname=surname)


def _has_known_surname(words: tuple[Word, ...], opens: bool, register: Register) -> bool:
    """Whether two words can be a given name that no list has, and a surname that the files know."""
    if len(words) != 2 or opens or not register.by_surname(words[1].text):
        return False
    return could_be_surname(words[0].text) and could_be_surname(words[1].text) and words[0].text.isalpha()


def _is_no_part(word: str) -> bool:
    """Whether a word is no part of the name of a person: a common noun, a preposition with a capital."""
    table = name_words()
    common = word in table.not_names or word.lower() in table.openers
    return common and word not in table.surnames and word not in table.given


def _is_printed_in(text: str, words: tuple[Word, ...]) -> bool:
    """Whether something is printed in what the words name: in the Clarion, in Clarion No. 5."""
    found = _IN.search(text, max(0, words[0].start - 40), words[0].start)
    if found is None or found["verb"].lower() not in name_words().printed:
        return False
    return bool(found["the"]) or _ISSUE.match(text, words[-1].end) is not None


def _person(words: tuple[Word, ...], titles: int, before: Title | None) -> Iterable[Mention]:
    """A person with titles among its words or before them, or with given names."""
    table = name_words()
    title = before.text if before else words[0].text if titles else ""
    title = title.lower().rstrip(".")
    person = words[titles:]
    if not person or (len(person) == 1 and not could_be_surname(person[0].text, titled=title)):
        return
    forename, surname = in_words(person)
    if len(person) > 1 and any(_is_no_part(word.text) for word in person):
        return  # the General Agreement on Tariffs
    if len(person) == 1 and person[0].text in table.given:
        forename, surname = person[0].text, ""
    reason = "a title before the name" if title else "given names or initials"
    start = before.start if before else words[0].start
    yield Mention(
        Span(start, words[-1].end), Kind.PERSON, "high" if title else "medium", "rN3", reason,
        extent(person), forename=forename, surname=surname,
    )  # fmt: skip


def _evidence(
    text: str,
    row: Sequence,
    words: tuple[Word, ...],
    small: frozenset[str],
    often: Mapping[str, int],
    opens: bool,
) -> str:
    """What tells that unknown words name a person, in words; a preposition in marks tells of a place."""
    last = words[-1]
    plain = all(_SIMPLE.fullmatch(word.text) and not _PARTICIPLE.search(word.text) for word in words)
    directions = name_words().directions
    if (
        any(is_common(word.text, small) and word.text.lower() not in directions for word in words)
        or not plain
    ):
        return ""
    if not could_be_surname(last.text) or row.before == "the" or len(words) > 3:
        return ""
    if len(words) == 1 and opens and not often.get(last.text):
        return ""
    where = row.before in name_words().unknown_where
    if where:
        return f"“{row.before}” before a name" if len(words) < 3 else ""
    if len(words) == 1 and last.text in name_words().given:
        return "a given name"
    found = surname_evidence(text, row, last) or role_before(text, words[0].start)
    if found:
        return found
    if len(words) == 1 and often.get(last.text, 0) > 1:
        return "a capital at every place, inside sentences"
    return ""
