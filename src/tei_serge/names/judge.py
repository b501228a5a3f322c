"""What a row of capitals that no file knows names: the tests in their order, the surest first."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tei_serge.authority.model import Kind
from tei_serge.authority.register import Register
from tei_serge.diagnostics import Span
from tei_serge.names.model import Mention, Sequence, Word
from tei_serge.names.persons import (
    befalling,
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
from tei_serge.names.words import could_be_surname, is_common, is_no_name, name_words

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


class Stretch(NamedTuple):
    """Words of a row that nothing has explained yet, and what is known around them.

    `opens` says that the first word has its capital from the sentence, `listed` what the name before it in a
    list is. `small` are the words that the text writes small, `often` counts capitals inside sentences.
    """

    text: str
    row: Sequence
    words: tuple[Word, ...]
    opens: bool
    listed: Kind | None
    small: frozenset[str]
    often: Mapping[str, int]
    register: Register

    @property
    def span(self) -> Span:
        """From the first word to the last."""
        return extent(self.words)

    @property
    def joined(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)


# A mention, True for what is certainly no name, None where the test does not tell.
_Verdict = Mention | bool | None


def judge(stretch: Stretch) -> Mention | None:
    """The name that the words are, by the first test that tells; None if they are no name."""
    words = stretch.words
    while len(words) > 2 and _is_no_part(words[-1].text) and is_full_name(words[:-1]):
        words = words[:-1]  # the Edward Pell Papers
    stretch = stretch._replace(words=words)
    for test in _TESTS:
        verdict = test(stretch)
        if verdict is not None:
            return verdict if isinstance(verdict, Mention) else None
    return None


def _place(span: Span, reason: str, cert: str = "medium") -> Mention:
    return Mention(span, Kind.PLACE, cert, "rN2", reason, span)


def _place_noun(stretch: Stretch) -> _Verdict:
    words, span = stretch.words, stretch.span
    size = place_form(words)
    saint = saint_before(stretch.text, span.start)
    if size and (saint >= 0 or not is_full_name(words)):
        start = saint if saint >= 0 else span.start
        return _place(Span(start, words[size - 1].end), "a noun of places closes the name")
    return None


def _saint(stretch: Stretch) -> _Verdict:
    """St. and a name: a town of the gazetteer, or a church that is none of the things looked for."""
    span, joined = stretch.span, stretch.joined
    saint = saint_before(stretch.text, span.start)
    if saint < 0:
        return None
    towns = (f"{stretch.text[saint : span.start].strip()} {joined}", f"Saint {joined}", f"Saint-{joined}")
    known = any(town in gazetteer().great or town in gazetteer().small for town in towns)
    return _place(Span(saint, span.end), "a place of the gazetteer") if known else True


def _kind_of_place(stretch: Stretch) -> _Verdict:
    if behind_kind_of_place(stretch.text, stretch.span.start):
        return _place(stretch.span, "“of” behind a noun of places")
    return None


def _person(stretch: Stretch) -> _Verdict:
    """A person with titles among its words or before them, or with given names."""
    words = stretch.words
    titles = title_words(words)
    before = None if titles else title_before(stretch.text, words[0].start)
    if not (titles or before or is_full_name(words)):
        return None
    title = before.text if before else words[0].text if titles else ""
    title = title.lower().rstrip(".")
    person = words[titles:]
    if not person or (len(person) == 1 and not could_be_surname(person[0].text, titled=title)):
        return True
    if len(person) == 1 and person[0].text.lower() in stretch.small:
        return True  # the General Strike, of a text that writes of strikes
    if len(person) > 1 and any(_is_no_part(word.text) for word in person):
        return True  # the General Agreement on Tariffs
    forename, surname = in_words(person)
    table = name_words()
    if len(person) == 1 and person[0].text in table.given and (not title or title in table.before_given):
        forename, surname = person[0].text, ""
    span = Span(before.start if before else words[0].start, words[-1].end)
    reason = "a title before the name" if title else "given names or initials"
    cert = "high" if title else "medium"
    return Mention(span, Kind.PERSON, cert, "rN3", reason, extent(person), forename=forename, surname=surname)


def _gazetteer(stretch: Stretch) -> _Verdict:
    places, joined, span = gazetteer(), stretch.joined, stretch.span
    plain = is_no_name([word.text for word in stretch.words])
    if joined in places.great and (after_preposition(stretch.row) or not plain):
        return _place(span, "a place of the gazetteer")
    if joined in places.states and stretch.text[max(0, span.start - 2) : span.start].startswith(","):
        return _place(span, "a state of the USA")
    if plain:
        return True
    if joined in places.small and stretch.row.before in name_words().where:
        return _place(span, "a place of the gazetteer behind a preposition")
    return None


def _place_of(stretch: Stretch) -> _Verdict:
    small = any(word.text.lower() in stretch.small for word in stretch.words)
    if not small and behind_place_noun(stretch.text, stretch.span.start):
        return _place(stretch.span, "“of” behind a noun of places")
    return None


def _printed_in(stretch: Stretch) -> _Verdict:
    """Something is printed in what the words name: in the Clarion, in Clarion No. 5."""
    text, span = stretch.text, stretch.span
    found = _IN.search(text, max(0, span.start - 40), span.start)
    if found is None or found["verb"].lower() not in name_words().printed:
        return None
    if not found["the"] and not _ISSUE.match(text, span.end):
        return None
    reason = "printed in it, and an article or an issue is named"
    return Mention(span, Kind.WORK, "low", "rN6", reason, span, level="j")


def _likely(stretch: Stretch) -> _Verdict:
    """A place or a person by the words around it."""
    span, words = stretch.span, stretch.words
    evidence = _evidence(stretch)
    if not evidence and _has_known_surname(stretch):
        evidence = "a surname of the authority files behind another name"
    in_list = stretch.listed in (Kind.PERSON, Kind.PLACE) and len(words) == 1
    if not evidence and in_list and could_be_surname(stretch.joined):
        evidence = "a name in a list of names"
    if not evidence:
        return None
    if stretch.listed is Kind.PLACE:
        return _place(span, "a name in a list of places", "low")
    if evidence.startswith("“"):
        return _place(span, evidence, "low")
    forename, surname = in_words(words)
    return Mention(span, Kind.PERSON, "low", "rN3", evidence, span, forename=forename, surname=surname)


def _evidence(stretch: Stretch) -> str:
    """What tells that unknown words name a person, in words; a preposition in marks tells of a place."""
    words, row = stretch.words, stretch.row
    last = words[-1]
    directions = name_words().directions
    for word in words:
        common = is_common(word.text, stretch.small) and word.text.lower() not in directions
        if common or not _SIMPLE.fullmatch(word.text) or _PARTICIPLE.search(word.text):
            return ""
    if not could_be_surname(last.text) or row.before == "the" or len(words) > 3:
        return ""
    if len(words) == 1 and stretch.opens and not stretch.often.get(last.text):
        return befalling(stretch.text, last)
    if row.before in name_words().unknown_where:
        return f"“{row.before}” before a name" if len(words) < 3 else ""
    if len(words) == 1 and last.text in name_words().given:
        return "a given name"
    found = surname_evidence(stretch.text, row, last) or befalling(stretch.text, last)
    found = found or role_before(stretch.text, words[0].start)
    if not found and len(words) == 1 and stretch.often.get(last.text, 0) > 1:
        return "a capital at every place, inside sentences"
    return found


def _has_known_surname(stretch: Stretch) -> bool:
    """Whether two words can be a given name that no list has, and a surname that the files know."""
    words = stretch.words
    if len(words) != 2 or stretch.opens or not stretch.register.by_surname(words[1].text):
        return False
    return could_be_surname(words[0].text) and could_be_surname(words[1].text) and words[0].text.isalpha()


def _is_no_part(word: str) -> bool:
    """Whether a word is no part of the name of a person: a common noun, a preposition with a capital."""
    table = name_words()
    common = word in table.not_names or word.lower() in table.openers
    return common and word not in table.surnames and word not in table.given


_TESTS: tuple[Callable[[Stretch], _Verdict], ...] = (
    _place_noun,
    _saint,
    _kind_of_place,
    _person,
    _gazetteer,
    _place_of,
    _printed_in,
    _likely,
)
