"""References: csl-json, bibtex, ris and the citation in one sentence; and the real programs that read them."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from lxml import etree

from tei_serge.chronicle.model import Dates
from tei_serge.edition.header import read_header
from tei_serge.edition.header_model import Agent, Header, Source, When
from tei_serge.edition.model import Edition
from tei_serge.edition.read import read_editions
from tei_serge.export.bibliography import bibtex, csl_json, ris
from tei_serge.export.bibliography.citation import cite
from tei_serge.export.bibliography.cited import class_of
from tei_serge.export.bibliography.languages import language_code
from tei_serge.export.bibliography.moments import Day, Moment, bound_words, moment_of
from tei_serge.export.bibliography.names import NameParts, name_parts
from tei_serge.export.bibliography.reference import Reference, reference_of, references
from tei_serge.export.graphs import turtle
from tei_serge.export.registry import Wishes
from tei_serge.export.text_dates import dated, year_of

ROOT = Path(__file__).parent.parent
CORPUS = sorted((ROOT / "corpus" / "tei").glob("*.xml"))
FOREIGN = sorted((ROOT / "tests" / "exports" / "foreign").glob("*.xml"))
TEI = "http://www.tei-c.org/ns/1.0"

Write = Callable[[Iterable[Edition], Wishes], Iterator[bytes]]


def written(write: Write, paths: Iterable[Path]) -> str:
    return b"".join(write(read_editions(list(paths)), Wishes())).decode()


def head(inner: str) -> Header:
    return read_header(etree.fromstring(f'<TEI xmlns="{TEI}"><teiHeader>{inner}</teiHeader></TEI>'))


def described(sources: str, title: str = "Of Clocks", more: str = "") -> Reference:
    statement = f"<titleStmt><title>{title}</title><author>Tarn, Ada</author>{more}</titleStmt>"
    return reference_of(head(f"<fileDesc>{statement}<sourceDesc>{sources}</sourceDesc></fileDesc>"))


PERIODICAL = (
    "<biblStruct type='original' xml:id='o' xml:lang='{language}'><monogr><title level='j'>The Call</title><imprint>"
    "<biblScope unit='volume'>3</biblScope><biblScope unit='issue'>7</biblScope><biblScope unit='page' from='8' to='9'/>"
    "<date when='{when}'/></imprint></monogr></biblStruct>"
)
ONLINE = (
    "<biblStruct type='online-{kind}' xml:lang='en'><analytic><title level='a'>Of Clocks</title></analytic><monogr>"
    "<title level='m'>The Archive</title><imprint><date type='{kind}' when='2005'/></imprint></monogr>"
    "<relatedItem type='{relation}' target='#{target}'/></biblStruct>"
)
REPRINT = (
    "<biblStruct type='reprint' xml:id='r' xml:lang='{language}'><analytic/><monogr><title level='m'>Collected</title><imprint>"
    "<pubPlace>Ostrey</pubPlace><publisher>The Mill</publisher><date when='1977'/></imprint></monogr>"
    "<relatedItem type='reprint-of' target='#o'/></biblStruct>"
)


def test_a_translation_is_cited_with_what_it_translates() -> None:
    made = described(
        ONLINE.format(kind="translation", relation="translated-from", target="r")
        + REPRINT.format(language="fr")
        + PERIODICAL.format(language="fr", when="1912-02-03"),
        more="<editor role='translator'>Lind, Paul</editor>",
    )
    assert (made.type, made.container, made.issued, made.archive) == (
        "webpage",
        "The Archive",
        Moment(Day(2005)),
        "",
    )
    assert [agent.name for agent in made.translators] == ["Paul Lind"]
    assert (made.original_date, made.original_language) == (Moment(Day(1912, 2, 3)), "fr")
    assert (made.volume, made.issue, made.pages, made.publisher) == ("", "", "", "")
    assert made.notes == (
        "Originally published in French in The Call 3, no. 7 (3 February 1912): 8–9.",
        "Reprinted in Collected (Ostrey: The Mill, 1977).",
    )
    assert made.key == "tarn2005clocks"


def test_a_transcription_is_cited_as_what_it_transcribes() -> None:
    made = described(
        ONLINE.format(kind="transcription", relation="transcribed-from", target="o")
        + PERIODICAL.format(language="en", when="1912-02-03")
    )
    assert (made.type, made.container, made.archive) == ("article-magazine", "The Call", "The Archive")
    assert (made.volume, made.issue, made.pages, made.issued) == ("3", "7", "8–9", Moment(Day(1912, 2, 3)))
    assert (made.original_date, made.notes, made.original_language) == (None, (), "")


def test_a_transcription_of_a_reprint_is_cited_as_the_reprint() -> None:
    made = described(
        ONLINE.format(kind="transcription", relation="transcribed-from", target="r")
        + REPRINT.format(language="en")
        + PERIODICAL.format(language="de", when="1912")
    )
    assert (made.type, made.container, made.publisher, made.place) == (
        "chapter",
        "Collected",
        "The Mill",
        "Ostrey",
    )
    assert (made.issued, made.original_date) == (Moment(Day(1977)), Moment(Day(1912)))
    assert (made.original_language, made.archive) == ("de", "The Archive")


@pytest.mark.parametrize(
    ("type", "expected"),
    [
        ("digitalSource", "online"),
        ("online-translation", "online"),
        ("website", "online"),
        ("firstEdition", "original"),
        ("original-publication", "original"),
        ("printSource", "print"),
        ("reprint", "reprint"),
        ("plain-text", "raw"),
        ("drawing", ""),
        ("composite", ""),
        ("M", ""),
        ("", ""),
    ],
)
def test_what_a_source_is(type: str, expected: str) -> None:
    assert class_of(Source(type=type)) == expected


def test_sources_without_links_follow_by_their_types() -> None:
    made = described(
        "<bibl type='firstEdition'><date>1811</date></bibl>"
        "<bibl type='digitalSource'><ref target='https://example.org/x'>x</ref></bibl>"
        "<bibl type='printSource'><title level='m'>Of Clocks</title><publisher>The Mill</publisher><date>1890</date></bibl>"
    )
    assert (made.type, made.publisher, made.url) == ("book", "The Mill", "https://example.org/x")
    assert (made.issued, made.original_date) == (Moment(Day(1890)), Moment(Day(1811)))


def test_sources_in_a_circle() -> None:
    circle = "".join(
        f"<bibl xml:id='{one}' type='{kind}' xml:lang='en'><title level='m'>{one}</title><relatedItem target='#{other}'/></bibl>"
        for one, other, kind in (("a", "b", "online"), ("b", "a", "online"))
    )
    assert described(circle).type == "webpage"


TYPES = [
    (PERIODICAL.format(language="en", when="1912-02-03"), "article-magazine"),
    (PERIODICAL.format(language="en", when="1912"), "article-journal"),
    ("<bibl><title level='a'>Of Clocks</title><title level='m'>Collected</title></bibl>", "chapter"),
    ("<bibl><title level='m'>Of Clocks</title><date>1912</date></bibl>", "book"),
    ("<bibl type='online'><title level='m'>The Archive</title></bibl>", "webpage"),
    (
        "<msDesc><msIdentifier><repository>Archive</repository><idno>7</idno></msIdentifier></msDesc>",
        "manuscript",
    ),
    ("<p>Born digital.</p>", "document"),
    ("", "document"),
]


@pytest.mark.parametrize(("sources", "kind"), TYPES)
def test_types(sources: str, kind: str) -> None:
    assert described(sources).type == kind


@pytest.mark.parametrize(
    ("genre", "sources", "kind"),
    [
        ("speech", "", "speech"),
        ("Flugblatt", "", "pamphlet"),
        ("open letter", "", "personal_communication"),
        ("newspaper article", PERIODICAL.format(language="en", when="1912-02-03"), "article-newspaper"),
        # What is printed in a periodical is cited by it, whatever it is.
        ("speech", PERIODICAL.format(language="en", when="1912-02-03"), "article-magazine"),
        ("essay", "", "document"),
        ("abstract of a contract, for an addressee", "", "document"),
    ],
)
def test_genres(genre: str, sources: str, kind: str) -> None:
    header = head(
        f"<fileDesc><sourceDesc>{sources}</sourceDesc></fileDesc><profileDesc><textClass>"
        f"<keywords scheme='genre'><term>{genre}</term></keywords></textClass></profileDesc>"
    )
    assert reference_of(header, "x").type == kind


def test_a_letter() -> None:
    made = reference_of(
        head(
            "<fileDesc><titleStmt><title>To Ada Tarn</title><author>Lind, Paul</author></titleStmt><sourceDesc><msDesc>"
            "<msIdentifier><settlement>Ostrey</settlement><repository>Parish archive</repository><idno>Box 7</idno>"
            "</msIdentifier></msDesc></sourceDesc></fileDesc><profileDesc><correspDesc><correspAction type='sent'>"
            "<persName>Paul Lind</persName><date when='1912-02-03'/></correspAction><correspAction type='received'>"
            "<persName>Ada Tarn</persName></correspAction></correspDesc></profileDesc>"
        )
    )
    assert (made.type, made.issued) == ("personal_communication", Moment(Day(1912, 2, 3)))
    assert (made.archive, made.archive_place, made.shelfmark) == ("Parish archive", "Ostrey", "Box 7")
    item = csl_json.csl_item(made)
    assert item["recipient"] == [{"family": "Tarn", "given": "Ada"}]
    assert (item["archive"], item["archive_location"], item["archive-place"]) == (
        "Parish archive",
        "Box 7",
        "Ostrey",
    )
    assert "@letter{lind1912ada," in bibtex.bibtex_entry(made)
    assert "Letter to Ada Tarn." in bibtex.bibtex_entry(made)
    assert "A2  - Tarn, Ada" in ris.ris_record(made)


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (Dates(not_after="1938"), "not after 1938"),
        (Dates(not_before="1938-05"), "not before May 1938"),
        (Dates(last="1938"), "until 1938"),
        (Dates(not_before="1936", not_after="1938"), ""),
        (Dates(when="1938", not_after="1939"), ""),
        (Dates(not_after="soon"), ""),
        (Dates(), ""),
    ],
)
def test_a_bound_alone_is_no_date(dates: Dates, words: str) -> None:
    when = When("composition", "", dates, "low")
    assert bound_words(when) == words
    if words:
        assert moment_of(when) is None
        assert reference_of(Header(title="A", created=(when,))).notes == (f"Written {words}.",)


MOMENTS = [
    (Dates(when="1938-10-25"), "", "", Moment(Day(1938, 10, 25)), "1938-10-25", "25 October 1938"),
    (Dates(when="1938-10"), "", "", Moment(Day(1938, 10)), "1938-10", "October 1938"),
    (Dates(when="1938"), "", "low", Moment(Day(1938), None, True), "1938~", "c. 1938"),
    (Dates(when="1938"), "", "medium", Moment(Day(1938)), "1938", "1938"),
    (Dates(first="1936", last="1938"), "", "", Moment(Day(1936), Day(1938)), "1936/1938", "1936–1938"),
    (Dates(first="1936", last="1936"), "", "", Moment(Day(1936)), "1936", "1936"),
    (Dates(not_before="1936", not_after="1938"), "", "", Moment(Day(1936), Day(1938), True), "1936~/1938~", "c. 1936–1938"),
    (Dates(first="1936"), "", "", Moment(Day(1936), None, True), "1936~", "c. 1936"),
    (Dates(when="1936"), "Spring 1936", "", Moment(Day(1936), None, False, 1), "1936-21", "spring 1936"),
    (Dates(when="1936-05-01"), "one day in spring", "", Moment(Day(1936, 5, 1)), "1936-05-01", "1 May 1936"),
    (Dates(when="-0044-03-15"), "", "", Moment(Day(-43, 3, 15)), "-0043-03-15", "15 March 44 BC"),
]  # fmt: skip


@pytest.mark.parametrize(("dates", "words", "cert", "moment", "edtf", "shown"), MOMENTS)
def test_moments(dates: Dates, words: str, cert: str, moment: Moment, edtf: str, shown: str) -> None:
    assert moment_of(When("publication", words, dates, cert)) == moment
    assert (moment.edtf, moment.words) == (edtf, shown)


@pytest.mark.parametrize("value", ["", "1938-13", "soon", "0000", "--05"])
def test_what_is_no_date_is_none(value: str) -> None:
    assert moment_of(When("publication", value, Dates(when=value))) is None
    assert moment_of(None) is None


PARTS = [
    (Agent("Victor Serge", "Victor", "Serge"), NameParts("Serge", "Victor")),
    (Agent("Honoré de Balzac", "Honoré", "de Balzac"), NameParts("Balzac", "Honoré", "de")),
    (Agent("Vincent van Gogh", "Vincent", "van Gogh"), NameParts("Gogh", "Vincent", "", "van")),
    (Agent("Jean d’Alembert", "Jean", "d’Alembert"), NameParts("Alembert", "Jean", "d’")),
    (Agent("Max Eastman, Jr.", "Max", "Eastman"), NameParts("Eastman", "Max", "", "", "Jr.")),
    (Agent("Marx"), NameParts("Marx")),
    (Agent("Mao Zedong"), NameParts(literal="Mao Zedong")),
    (Agent("Mill", body=True), NameParts(literal="Mill")),
    # A family name in small letters is one, not a particle alone.
    (Agent("Maria de", "Maria", "de"), NameParts("de", "Maria")),
]


@pytest.mark.parametrize(("agent", "parts"), PARTS)
def test_name_parts(agent: Agent, parts: NameParts) -> None:
    assert name_parts(agent) == parts


KEYS = [
    ("Serge, Victor", "The Case of the Clock", "1912", "serge1912case"),
    ("Öztürk, Ada", "Über Uhren", "1912", "ozturk1912uhren"),
    ("O’Brien, Ann", "1921", "", "obrien"),
    ("", "Of Clocks", "1912", "text1912clocks"),
    ("Серж, Виктор", "Записки", "1912", "text1912file7"),
    ("Iłły, Ada", "Œuvres", "", "illyoeuvres"),
]


@pytest.mark.parametrize(("author", "title", "year", "key"), KEYS)
def test_keys(author: str, title: str, year: str, key: str) -> None:
    statement = f"<titleStmt><title>{title}</title><author>{author}</author></titleStmt>"
    dated = f"<publicationStmt><date when='{year}'/></publicationStmt>" if year else ""
    assert reference_of(head(f"<fileDesc>{statement}{dated}</fileDesc>"), "file-7").key == key


def test_keys_that_collide_are_numbered() -> None:
    (edition,) = read_editions(CORPUS[:1])
    assert [one.key for one in references([edition] * 3)] == [
        "serge2005kronstadt",
        "serge2005kronstadt-2",
        "serge2005kronstadt-3",
    ]


def test_pages_of_the_edition_are_addresses_where_the_tei_has_none() -> None:
    base = "https://example.org/archive/"
    found = {one.title: one.url for one in references(read_editions([CORPUS[1], *FOREIGN]), base)}
    assert found["Notes on Russia"] == f"{base}texts/{CORPUS[1].stem}.html"
    assert found["The Harbour Clock"] == "https://example.org/clock-letters"
    assert {one.url for one in references(read_editions(CORPUS), "javascript:x/")} == {""}


LETTER = (
    "<fileDesc><titleStmt><title>To Ada Tarn</title>{author}<editor>Brand, Ivo</editor></titleStmt><publicationStmt>"
    "<publisher>Clock Press</publisher><date when='2018'/></publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc>"
    "<profileDesc><correspDesc><correspAction type='sent'><persName>Lind, Paul</persName><date when='1912-02-03'/>"
    "</correspAction><correspAction type='received'><persName>Tarn, Ada</persName></correspAction></correspDesc>"
    "</profileDesc>"
)
MANUSCRIPT = (
    "<msDesc><msIdentifier><settlement>Ostrey</settlement><repository>Parish archive</repository><idno>Box 7</idno>"
    "</msIdentifier></msDesc>"
)


def named(agents: Iterable[Agent]) -> list[str]:
    return [agent.name for agent in agents]


@pytest.mark.parametrize("author", ["", "<author>Lind, Paul</author>", "<author>The Archive</author>"])
@pytest.mark.parametrize("source", [MANUSCRIPT, "<p>From the original.</p>", ""])
def test_an_edited_letter_is_by_who_sent_it(author: str, source: str) -> None:
    made = reference_of(head(LETTER.format(author=author, source=source)))
    assert (made.type, made.issued, made.publisher) == ("personal_communication", Moment(Day(1912, 2, 3)), "")
    assert (named(made.authors), named(made.recipients), made.editors) == (["Paul Lind"], ["Ada Tarn"], ())
    assert made.notes == ("TEI edition: Clock Press, 2018, ed. Ivo Brand.",)
    assert (made.archive, made.shelfmark) == (
        ("Parish archive", "Box 7") if source == MANUSCRIPT else ("", "")
    )


def test_a_printed_letter_is_a_part_of_the_print() -> None:
    book = "<bibl><title level='m'>Letters from Ostrey</title><publisher>The Mill</publisher><date>1950</date></bibl>"
    made = reference_of(head(LETTER.format(author="", source=book)))
    assert (made.type, made.title, made.container) == ("chapter", "To Ada Tarn", "Letters from Ostrey")
    assert (named(made.authors), made.publisher, made.issued) == (
        ["Paul Lind"],
        "The Mill",
        Moment(Day(1950)),
    )
    assert made.notes == ("Written 3 February 1912.", "TEI edition: Clock Press, 2018, ed. Ivo Brand.")


def test_several_letters_are_an_edition() -> None:
    header = head(LETTER.format(author="", source=MANUSCRIPT))
    made = reference_of(replace(header, letter=header.letter * 2))
    assert (made.type, made.publisher, named(made.editors)) == ("document", "Clock Press", ["Ivo Brand"])


DOCUMENT = "<bibl type='document'>File at the <orgName>State Archive</orgName>, <idno type='local'>KV 7</idno></bibl>"
SITE = (
    "<biblStruct type='online-transcription' xml:lang='en'><analytic><title level='a'>Of Clocks</title></analytic><monogr>"
    "<title level='m'>The Archive</title><imprint><date type='publication' when='2007'/></imprint></monogr></biblStruct>"
)


def test_a_document_keeps_its_archive_its_mark_and_its_site() -> None:
    created = (
        "<profileDesc><creation><date type='masthead' when='1917' cert='medium'/></creation></profileDesc>"
    )
    made = reference_of(
        head(
            "<fileDesc><titleStmt><title>Of Clocks</title><author>Tarn, Ada</author></titleStmt>"
            f"<sourceDesc>{SITE}{DOCUMENT}</sourceDesc></fileDesc>{created}"
        )
    )
    assert (made.type, made.archive, made.shelfmark) == ("manuscript", "State Archive", "KV 7")
    assert (made.issued, made.online, made.key) == (Moment(Day(1917)), "The Archive (2007)", "tarn1917clocks")
    assert made.notes == (
        "The date given is that of the masthead; what is cited has none.",
        "Online: The Archive (2007).",
    )


def test_what_the_tei_translates_is_the_original() -> None:
    def made(language: str, translator: str) -> Reference:
        statement = f"<titleStmt><title>Of Clocks</title><author>Tarn, Ada</author>{translator}</titleStmt>"
        source = PERIODICAL.format(language=language, when="1912-02-03")
        header = head(f"<fileDesc>{statement}<sourceDesc>{source}</sourceDesc></fileDesc>")
        return reference_of(replace(header, language="en"))

    translator = "<editor role='translator'>Lind, Paul</editor>"
    here = made("it", translator)
    assert (here.type, here.container, here.original_language) == ("document", "", "it")
    assert here.original == "The Call 3, no. 7 (3 February 1912): 8–9"
    assert here.notes[0] == "Originally published in Italian in The Call 3, no. 7 (3 February 1912): 8–9."
    assert (here.issued, here.dated_by) == (Moment(Day(1912, 2, 3)), "the first publication")
    # Without a translator the languages only differ; with the same language nothing was translated.
    for language, credit in (("it", ""), ("en", translator), ("eng", translator)):
        assert made(language, credit).container == "The Call"


def test_a_print_that_is_none_of_the_first_is_not_called_so() -> None:
    made = described(
        ONLINE.format(kind="translation", relation="translated-from", target="r")
        + REPRINT.format(language="fr").replace("type='reprint' ", "type='edition' ")
    )
    assert (made.original_date, made.original_publisher, made.original_language) == (None, "", "fr")
    assert made.notes == ("Translated from the French in Collected (Ostrey: The Mill, 1977).",)


HOUSE = "<publicationStmt><publisher>Clock Press</publisher><pubPlace>Lune</pubPlace>{date}</publicationStmt>"


@pytest.mark.parametrize(
    ("published", "created", "publisher", "issued", "notes"),
    [
        (
            "<date when='2018'/>",
            "composition",
            "Clock Press",
            Moment(Day(2018)),
            ("Written 20 November 1961.",),
        ),
        (
            "",
            "composition",
            "",
            Moment(Day(1961, 11, 20)),
            ("The date given is that of writing; what is cited has none.", "TEI edition: Clock Press."),
        ),
        (
            "",
            "publication",
            "",
            Moment(Day(1961, 11, 20)),
            (
                "The date given is that of the first publication; what is cited has none.",
                "TEI edition: Clock Press.",
            ),
        ),
        ("", "updated", "Clock Press", None, ()),
    ],
)
def test_the_house_of_the_tei_did_not_publish_when_the_text_was_written(
    published: str, created: str, publisher: str, issued: Moment | None, notes: tuple[str, ...]
) -> None:
    made = reference_of(
        head(
            f"<fileDesc><titleStmt><title>Of Clocks</title></titleStmt>{HOUSE.format(date=published)}</fileDesc>"
            f"<profileDesc><creation><date type='{created}' when='1961-11-20'/></creation></profileDesc>"
        )
    )
    assert (made.publisher, made.issued, made.notes) == (publisher, issued, notes)


def test_a_day_of_writing_is_no_day_of_an_issue() -> None:
    header = head(
        "<fileDesc><titleStmt><title>Of Clocks</title></titleStmt><sourceDesc><biblStruct type='original'><analytic/><monogr>"
        "<title level='j'>The Call</title><imprint><date type='publication'>no date stated</date></imprint></monogr>"
        "</biblStruct></sourceDesc></fileDesc><profileDesc><creation><date type='composition' when='1975-12-19'/></creation>"
        "</profileDesc>"
    )
    made = reference_of(header)
    assert (made.type, made.issued) == ("article-journal", Moment(Day(1975), None, True))
    assert made.notes == (
        "The date given is that of writing; what is cited has none.",
        "Written 19 December 1975.",
    )
    assert cite(header) == "“Of Clocks”, The Call (c. 1975)."


def test_a_print_is_of_the_year_in_its_words_not_of_a_bound() -> None:
    header = head(
        "<fileDesc><titleStmt><title>Of Clocks</title></titleStmt><sourceDesc><bibl><title level='j'>The Call</title>"
        "<date when='1900-02-30'>1900</date></bibl></sourceDesc></fileDesc>"
        "<profileDesc><creation><date notAfter='1899'>before 1899</date></creation></profileDesc>"
    )
    made = reference_of(header)
    assert (made.issued, made.notes) == (Moment(Day(1900)), ("Written not after 1899.",))
    assert year_of(header) is None
    assert year_of(replace(header, created=())) == 1900


@pytest.mark.parametrize(
    ("created", "issued", "key", "notes", "sentence"),
    [
        ("", None, "tarnclocks", (), "Ada Tarn, “Of Clocks”, The Archive."),
        (
            "<date type='composition' when='1912-02-03'/>",
            Moment(Day(1912, 2, 3)),
            "tarn1912clocks",
            ("The date given is that of writing; what is cited has none.",),
            "Ada Tarn, “Of Clocks”, The Archive (written 3 February 1912).",
        ),
        (
            "<date type='delivery' when='1912-02-03'/>",
            Moment(Day(1912, 2, 3)),
            "tarn1912clocks",
            ("The date given is that of delivery; what is cited has none.",),
            "Ada Tarn, “Of Clocks”, The Archive (delivered 3 February 1912).",
        ),
        (
            "<date type='delivery' when='1912-02-03'/><date type='publication' when='1913'/>",
            Moment(Day(1913)),
            "tarn1913clocks",
            (
                "The date given is that of the first publication; what is cited has none.",
                "Delivered 3 February 1912.",
            ),
            "Ada Tarn, “Of Clocks”, The Archive (first published 1913).",
        ),
    ],
)
def test_a_page_without_a_date_is_of_when_the_text_was_made(
    created: str, issued: Moment | None, key: str, notes: tuple[str, ...], sentence: str
) -> None:
    site = SITE.replace("<date type='publication' when='2007'/>", "<date type='updated' when='2021-01-04'/>")
    header = head(
        "<fileDesc><titleStmt><title>Of Clocks</title><author>Tarn, Ada</author></titleStmt>"
        f"<sourceDesc>{site}</sourceDesc></fileDesc><profileDesc><creation>{created}</creation></profileDesc>"
    )
    made = reference_of(header)
    assert (made.issued, made.key, made.notes) == (issued, key, notes)
    assert cite(header) == sentence


def test_a_date_of_the_original_that_stands_in_is_not_said_twice() -> None:
    undated = ONLINE.format(kind="translation", relation="translated-from", target="o")
    undated = undated.replace("<date type='translation' when='2005'/>", "<date type='updated' when='2005'/>")
    made = described(undated + PERIODICAL.format(language="fr", when="1912-02-03"))
    assert (made.issued, made.original_date) == (Moment(Day(1912, 2, 3)), None)
    assert "original-date" not in csl_json.csl_item(made)


WHENS = [
    ((("composition", "1912"), ("delivery", "1913")), (), 1912),
    ((("publication", "1914"), ("delivery", "1913")), (), 1913),
    ((("masthead", "1911"), ("updated", "2021")), (), 1911),
    ((("updated", "2021"),), (), None),
    ((), (("updated", "2021"), ("publication", "1914")), 1914),
    ((), (("updated", "2021"), ("transcription", "2007"), ("copyright", "2005")), None),
    ((("composition", "-0044"),), (), -44),
]


@pytest.mark.parametrize(("created", "printed", "year"), WHENS)
def test_the_date_of_a_text(
    created: tuple[tuple[str, str], ...], printed: tuple[tuple[str, str], ...], year: int | None
) -> None:
    def whens(rows: tuple[tuple[str, str], ...]) -> tuple[When, ...]:
        return tuple(When(type, value, Dates(when=value)) for type, value in rows)

    header = Header(created=whens(created), sources=(Source(dates=whens(printed)),))
    assert year_of(header) == year


@pytest.mark.parametrize("bound", [Dates(not_after="2003"), Dates(not_before="2003"), Dates(last="2003")])
def test_a_bound_alone_does_not_date_a_text(bound: Dates) -> None:
    assert dated(Header(created=(When("composition", "2003", bound, "low"),))) is None
    both = Dates(not_before="2001", not_after="2003")
    assert year_of(Header(created=(When("composition", "", both),))) == 2001


@pytest.mark.parametrize(
    ("type", "value", "expected"),
    [
        ("DOI", "10.1234/abc", "10.1234/abc"),
        ("DOI", "https://doi.org/10.1234/abc", "10.1234/abc"),
        ("doi", "http://dx.doi.org/10.1234/abc", "10.1234/abc"),
        ("DOI", "doi:10.1234/abc", "10.1234/abc"),
        ("DOI", "doi: 10.1/x", "10.1/x"),
        ("URI", "https://doi.org/10.1234/abc", "10.1234/abc"),
        ("URI", "https://example.org/10.1234/abc", None),
        ("local", "10.1234/abc", None),
        ("DOI", "to come", "to come"),
    ],
)
def test_a_doi_is_no_address(type: str, value: str, expected: str | None) -> None:
    source = Source(title="A", identifiers=((type, value),))
    made = reference_of(Header(title="A", sources=(source,)))
    assert (made.identifiers or {}).get("DOI") == expected


def test_one_thing_is_cited() -> None:
    """The editor, the series, the ISBN and the second author of the TEI are none of the old print."""
    header = head(
        "<fileDesc><titleStmt><title>Parallel</title><author>Tarn, Ada</author><author>Lind, Paul</author>"
        "<editor>Brand, Ivo</editor><editor role='translator'>Otter, Bea</editor></titleStmt><publicationStmt><publisher>"
        "Clock Press</publisher><idno type='ISBN'>978-3-16-148410-0</idno></publicationStmt><seriesStmt><title>Old Things"
        "</title></seriesStmt><sourceDesc><bibl type='print'><author>Tarn, Ada</author><title level='m'>Des Horloges</title>"
        "<publisher>The Mill</publisher><date>1744</date></bibl></sourceDesc></fileDesc>"
    )
    made = reference_of(header)
    assert (made.type, made.title, named(made.authors), made.key) == (
        "book",
        "Des Horloges",
        ["Ada Tarn"],
        "tarn1744horloges",
    )
    assert (made.translators, made.editors, made.series, dict(made.identifiers or {})) == ((), (), "", {})
    assert made.notes == ("TEI edition: “Parallel”, Clock Press, ed. Ivo Brand.",)


def test_the_header_speaks_for_a_source_of_the_same_text() -> None:
    """It has the parts of the names, the subtitle, and the translator of a print that does not name him."""
    header = head(
        "<fileDesc><titleStmt><title>Of Clocks</title><title type='sub'>A Reply</title><author><persName><forename>Wei</forename>"
        " <surname>Lu</surname></persName></author><editor role='translator'>Otter, Bea</editor></titleStmt><sourceDesc>"
        "<bibl type='print'><author>Wei Lu</author><title level='m'>OF CLOCKS.</title><date>1744</date></bibl></sourceDesc>"
        "</fileDesc>"
    )
    made = reference_of(header)
    assert (made.full_title, made.authors[0].surname) == ("Of Clocks: A Reply", "Lu")
    assert named(made.translators) == ["Bea Otter"]


def test_some_pages_of_a_book_are_a_part_of_it() -> None:
    made = described(
        "<bibl><author>Lind, Paul</author><title level='m'>Collected</title><date>1912</date>{pages}</bibl>".format(
            pages="<biblScope unit='page'>3–5</biblScope>"
        )
    )
    assert (made.type, made.title, made.container, made.pages) == ("chapter", "Of Clocks", "Collected", "3–5")
    assert (named(made.authors), named(made.container_authors)) == (["Ada Tarn"], ["Paul Lind"])
    assert csl_json.csl_item(made)["container-author"] == [{"family": "Lind", "given": "Paul"}]
    assert "bookauthor = {Lind, Paul}" in bibtex.bibtex_entry(made)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("eng", "en"),
        ("deu", "de"),
        ("ger", "de"),
        ("fre-CA", "fr-CA"),
        ("en", "en"),
        ("grc", "grc"),
        ("", ""),
    ],
)
def test_codes_of_languages(code: str, expected: str) -> None:
    assert language_code(code) == expected


def test_a_library_code_is_the_same_language() -> None:
    entry = bibtex.bibtex_entry(reference_of(Header(title="A", language="eng")))
    assert fields_of(entry)["langid"] == "english"
    assert csl_json.csl_item(reference_of(Header(title="A", language="ger")))["language"] == "de"


ARTICLE = "<analytic><title level='a'>Of Clocks</title></analytic><monogr><title level='j'>The Call</title><imprint/></monogr>"
BOOK = "<monogr><title level='m'>Of Clocks</title><imprint><publisher>Ostrey</publisher><date when='1999'/></imprint></monogr>"


@pytest.mark.parametrize(
    ("type", "inner", "kind", "genre"),
    [
        ("newspaperArticle", ARTICLE, "article-newspaper", ""),
        ("magazineArticle", ARTICLE, "article-magazine", ""),
        ("journalArticle", ARTICLE, "article-journal", ""),
        ("newspaperArticle", BOOK, "book", ""),
        ("phdthesis", BOOK, "thesis", "PhD thesis"),
        ("mastersThesis", BOOK, "thesis", "Master’s thesis"),
        ("thesis", BOOK, "thesis", ""),
        ("antithesis", BOOK, "book", ""),
    ],
)
def test_types_that_a_source_states(type: str, inner: str, kind: str, genre: str) -> None:
    made = described(f"<biblStruct type='{type}'>{inner}</biblStruct>")
    assert (made.type, made.genre) == (kind, genre)
    fields = fields_of(bibtex.bibtex_entry(made))
    assert fields.get("institution", "") == ("Ostrey" if kind == "thesis" else "")
    assert ris.ris_record(made).startswith({"thesis": "TY  - THES", "book": "TY  - BOOK"}.get(kind, "TY  - "))


def test_a_title_in_its_own_place_holds_nothing() -> None:
    made = described(
        "<biblStruct type='edition'><analytic><author>Tarn, Ada</author></analytic><monogr>"
        "<title level='m' type='supplied'>Of Clocks</title><imprint><publisher>The Mill</publisher><date when='1972'/>"
        "</imprint></monogr></biblStruct>"
    )
    assert (made.type, made.container, made.publisher) == ("book", "", "The Mill")


def test_the_number_in_a_series() -> None:
    made = described(
        "<biblStruct><monogr><title level='m'>Of Clocks</title><imprint><date when='1912'/></imprint></monogr>"
        "<series><title level='s'>Notes</title><biblScope unit='volume'>5</biblScope></series></biblStruct>"
    )
    assert (made.series, made.series_number, made.volume) == ("Notes", "5", "")
    assert csl_json.csl_item(made)["collection-number"] == "5"
    assert fields_of(bibtex.bibtex_entry(made))["number"] == "5"
    assert "T2  - Notes 5\r\n" in ris.ris_record(made)


def test_sites_hold_pages(tmp_path: Path) -> None:
    def triples(title: str) -> str:
        source = SITE.replace("The Archive", title).replace(
            "<title level='m'>", "<title level='m' type='supplied'>"
        )
        path = tmp_path / "clocks.xml"
        path.write_text(
            f"<TEI xmlns='{TEI}'><teiHeader><fileDesc><titleStmt><title>Of Clocks</title></titleStmt><publicationStmt><p/>"
            f"</publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc></teiHeader><text><body><p>A.</p></body></text></TEI>"
        )
        return b"".join(turtle.write(read_editions([path]), Wishes())).decode()

    told = triples("Clock Internet Archive")
    assert "schema:WebSite" in told
    assert "schema:WebPage" in told
    assert all(f"schema:{name}" not in told for name in ("Book", "Chapter", "Article"))
    assert "schema:isPartOf" not in triples("web page")


CITATIONS = [
    (
        CORPUS[0],
        "Victor Serge, “Kronstadt 1921: Trotsky’s Defense. Response to Trotsky”, trans. Mitch Abidor, Marxists Internet "
        "Archive (2005) [orig. La Révolution Prolétarienne (25 October 1938); repr. La Lutte Contre le Stalinisme (Paris: "
        "Maspero, 1977)], TEI edition: tei_serge project.",
    ),
    (
        CORPUS[1],
        "Victor Serge, “Notes on Russia”, trans. Mitchell Abidor, Marxists Internet Archive (2012) [orig. esprit 4, no. "
        "47–48 (1 September 1936)], TEI edition: tei_serge project.",
    ),
    (
        ROOT / "tests" / "exports" / "foreign" / "play.xml",
        "Theodor von Querbach, Der Salzgraf: Trauerspiel in zwei Aufzügen (Hellwang, 1811), TEI edition: Bühnenarchiv "
        "Hellwang, October 2014.",
    ),
]


@pytest.mark.parametrize(("path", "expected"), CITATIONS)
def test_a_citation_in_one_sentence(path: Path, expected: str) -> None:
    assert cite(read_header(etree.parse(path).getroot()), path.stem) == expected


def test_citations_of_little() -> None:
    assert cite(Header(), "file-7") == "file-7."
    assert cite(Header(title="Why?")) == "Why?"
    assert (
        cite(Header(title="A", sources=(Source(container="The Call", container_level="j", issue="7"),)))
        == "“A”, The Call, no. 7."
    )


GOLDEN_BIBTEX = """\
@online{serge2012notes,
  author = {Serge, Victor},
  title = {{Notes} on {Russia}},
  translator = {Abidor, Mitchell},
  organization = {Marxists Internet Archive},
  date = {2012},
  langid = {english},
  origdate = {1936-09-01},
  origlanguage = {french},
  note = {Originally published in French in esprit 4, no. 47–48 (1 September 1936). Written 25 August 1936. \
TEI edition: tei\\_serge project.},
  copyright = {https://creativecommons.org/licenses/by-sa/3.0/},
}
"""
GOLDEN_RIS = """\
TY  - ELEC
ID  - serge2012notes
AU  - Serge, Victor
TI  - Notes on Russia
A4  - Abidor, Mitchell
T2  - Marxists Internet Archive
PB  - Marxists Internet Archive
PY  - 2012
OP  - esprit 4, no. 47–48 (1 September 1936)
LA  - en
N1  - Translated by Mitchell Abidor. Originally published in French in esprit 4, no. 47–48 (1 September 1936). \
Written 25 August 1936. TEI edition: tei_serge project. Licence: https://creativecommons.org/licenses/by-sa/3.0/
ER  - \n
"""
GOLDEN_CSL: dict[str, Any] = {
    "id": "serge2012notes",
    "type": "webpage",
    "title": "Notes on Russia",
    "author": [{"family": "Serge", "given": "Victor"}],
    "translator": [{"family": "Abidor", "given": "Mitchell"}],
    "container-title": "Marxists Internet Archive",
    "issued": {"date-parts": [[2012]]},
    "original-date": {"date-parts": [[1936, 9, 1]]},
    "language": "en",
    "note": "Originally published in French in esprit 4, no. 47–48 (1 September 1936). Written 25 August 1936. "
    "TEI edition: tei_serge project.",
    "custom": {"license": "https://creativecommons.org/licenses/by-sa/3.0/"},
}


def test_golden_samples() -> None:
    assert written(bibtex.write, CORPUS[1:]) == GOLDEN_BIBTEX
    assert written(ris.write, CORPUS[1:]) == GOLDEN_RIS.replace("\n", "\r\n")
    assert json.loads(written(csl_json.write, CORPUS[1:])) == [GOLDEN_CSL]


def test_no_texts_are_still_a_file() -> None:
    assert [b"".join(write(iter(()), Wishes())) for write in (csl_json.write, bibtex.write, ris.write)] == [
        b"[]\n",
        b"",
        b"",
    ]


# The names and shapes that the schema of CSL 1.0.2 allows, of those that we write.
TEXTS = """title title-short container-title collection-title collection-number genre volume issue page edition publisher publisher-place
original-title original-publisher original-publisher-place archive archive-place archive_location language URL DOI ISBN
ISSN abstract keyword note id"""
NAME = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {
        key: {"type": "string", "minLength": 1}
        for key in ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
    },
}
DATE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["date-parts"],
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
        "season": {"enum": [1, 2, 3, 4]},
        "circa": {"const": True},
    },
}
CSL = Draft7Validator(
    {
        "type": "object",
        "required": ["id", "type", "title"],
        "additionalProperties": False,
        "properties": {
            **{key: {"type": "string", "minLength": 1} for key in TEXTS.split()},
            **{
                key: {"type": "array", "items": NAME, "minItems": 1}
                for key in ("author", "container-author", "translator", "editor", "recipient")
            },
            **dict.fromkeys(("issued", "original-date"), DATE),
            "type": {
                "enum": [
                    "article-journal",
                    "article-magazine",
                    "article-newspaper",
                    "book",
                    "chapter",
                    "document",
                    "interview",
                    "manuscript",
                    "pamphlet",
                    "personal_communication",
                    "speech",
                    "thesis",
                    "webpage",
                ]
            },
            "custom": {
                "type": "object",
                "properties": {"license": {"type": "string"}},
                "additionalProperties": False,
            },
        },
    }
)


def test_csl_has_the_shape_of_its_schema() -> None:
    items = json.loads(written(csl_json.write, [*CORPUS, *FOREIGN]))
    assert len(items) >= 6
    assert [error.message for item in items for error in CSL.iter_errors(item)] == []
    assert len({item["id"] for item in items}) == len(items)


FIELD = regex.compile(r"  (?P<name>[a-z]+) = \{(?P<value>.*)\},")


def fields_of(entry: str) -> dict[str, str]:
    """The fields of one entry; each stands once, on one line, with braces that match."""
    first, *lines, last = entry.strip("\n").split("\n")
    assert regex.fullmatch(r"@[a-z]+\{[a-z][a-z0-9-]*,", first)
    assert last == "}"
    fields: dict[str, str] = {}
    for line in lines:
        match = FIELD.fullmatch(line)
        assert match, line
        assert match["name"] not in fields
        depth = 0
        for char in match["value"]:
            depth += (char == "{") - (char == "}")
            assert depth >= 0, line
        assert depth == 0, line
        fields[match["name"]] = match["value"]
    return fields


def test_bibtex_has_one_date_and_no_year() -> None:
    entries = written(bibtex.write, [*CORPUS, *FOREIGN]).split("\n\n")
    assert len(entries) >= 6
    for entry in entries:
        fields = fields_of(entry)
        assert {"year", "month"}.isdisjoint(fields)
        assert regex.fullmatch(r"[-\d~/]+", fields.get("date", "1"))


TEX = [
    ("A & B", r"A \& B"),
    ("100 % #1 $ _", r"100 \% \#1 \$ \_"),
    ("a\\b^c~d", r"a\textbackslash{}b\textasciicircum{}c\textasciitilde{}d"),
    ("{x}", r"\{x\}"),
    ("x}", r"x\textbraceright{}"),
    ("}{", r"\textbraceright{}\textbraceleft{}"),
    ("a -- b --- c", r"a -{}- b -{}-{}- c"),
    ("``a''", "`{}`a'{}'"),
    ("a-b 'c'", "a-b 'c'"),
    ("\u00a0", "~"),
]


@pytest.mark.parametrize(("text", "expected"), TEX)
def test_tex(text: str, expected: str) -> None:
    assert bibtex.tex(text) == expected


STRANGE = st.text(st.sampled_from(list("{}\\$&#_%^~\"'`-<>@,=/ aAbиИ’–ß\u202e\u0301")), max_size=24).map(
    lambda t: " ".join(t.split())
)


@settings(max_examples=150, deadline=None)
@given(STRANGE, STRANGE, STRANGE)
def test_hostile_words_stay_words(title: str, name: str, other: str) -> None:
    header = Header(
        title=title or "x",
        authors=(Agent(name or "x"), Agent(other or "x", "a", name or "x"), Agent(name or "x", body=True)),
        keywords=(other,) if other else (),
        sources=(Source(container=other, container_level="j", pages=other, issue=name, title=title),),
    )
    reference = reference_of(header, "file")
    fields_of(bibtex.bibtex_entry(reference))
    record = ris.ris_record(reference)
    assert all(
        regex.fullmatch(r"[A-Z][A-Z0-9]  - .*", line)
        for line in record.removesuffix("\r\n\r\n").split("\r\n")
    )
    assert record.count("\r\nER  - \r\n") == 1
    assert [error.message for error in CSL.iter_errors(csl_json.csl_item(reference))] == []
    assert "\n" not in cite(header)


def test_hostile_addresses() -> None:
    header = Header(
        title="A",
        identifiers=(("URI", 'https://example.org/{a}\\b"<c> d'), ("URI", "javascript:alert(1)")),
        licence=head(
            "<fileDesc><publicationStmt><availability><licence target='javascript:alert(1)'/></availability>"
            "</publicationStmt></fileDesc>"
        ).licence,
    )
    reference = reference_of(header)
    assert (reference.licence, reference.url[:5]) == ("", "https")
    assert fields_of(bibtex.bibtex_entry(reference))["url"] == "https://example.org/%7Ba%7D%5Cb%22%3Cc%3E%20d"


def test_ris_has_one_year_and_a_day() -> None:
    record = ris.ris_record(described(PERIODICAL.format(language="en", when="1912-02-03")))
    assert [line for line in record.split("\r\n") if line[:2] in ("Y1", "PY", "DA")] == [
        "PY  - 1912",
        "DA  - 1912/02/03/",
    ]
    assert {"SP  - 8", "EP  - 9", "VL  - 3", "IS  - 7", "T2  - The Call"} <= set(record.split("\r\n"))
    season = ris.ris_record(Reference("k", "document", "A", issued=Moment(Day(1936), None, False, 1)))
    assert "DA  - 1936///spring 1936\r\n" in season
    assert "PY" not in ris.ris_record(Reference("k", "document", "A", issued=Moment(Day(-43))))


# --- The real programs -------------------------------------------------------------------------------------------

MARKS = regex.compile(r"</?(?:span|i|b)[^>]*>")


def plain(text: str) -> str:
    return MARKS.sub("", text).replace("’", "'")


def whole_name(name: dict[str, str]) -> str:
    """All parts of a name, whichever of them a program takes for a particle."""
    parts = [
        name.get(part, "")
        for part in ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
    ]
    return plain("".join(parts)).replace(" ", "")


def core(item: dict[str, Any], names: Iterable[str] = ("author", "translator")) -> dict[str, Any]:
    """What every format must keep: title, names and date."""
    return {
        "id": item["id"],
        "title": plain(item["title"]),
        "issued": item.get("issued", {}).get("date-parts"),
        **{name: [whole_name(one) for one in item.get(name, [])] for name in names},
    }


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    made = {}
    for name, write in (("json", csl_json.write), ("bib", bibtex.write), ("ris", ris.write)):
        made[name] = tmp_path / f"references.{name}"
        made[name].write_bytes(b"".join(write(read_editions([*CORPUS, *FOREIGN]), Wishes())))
    return made


def test_citation_js_reads_all_three(node: Any, files: dict[str, Path]) -> None:
    ours = json.loads(files["json"].read_text())
    told = {name: node("citation", path) for name, path in files.items()}
    for name in ("json", "bib"):
        assert list(map(core, told[name]["items"])) == list(map(core, ours)), name
        assert (
            "Serge, V. (2005). Kronstadt 1921: Trotsky’s Defense. Response to Trotsky (M. Abidor, Trans.)"
            in told[name]["bibliography"]
        )
        originals = [
            item["original-date"]["date-parts"] for item in told[name]["items"] if "original-date" in item
        ]
        assert originals == [[[1938, 10, 25]], [[1936, 9, 1]]]
    # Its RIS has no translators of web pages; they stand in the note.
    assert [core(item, ["author"]) for item in told["ris"]["items"]] == [
        core(item, ["author"]) for item in ours
    ]
    assert told["ris"]["items"][0]["note"].startswith("Translated by Mitch Abidor.")
    assert [item["type"] for item in told["ris"]["items"]] == [item["type"] for item in ours]


def test_pandoc_reads_csl_and_bibtex(pandoc: Any, files: dict[str, Path]) -> None:
    ours = json.loads(files["json"].read_text())
    for name, kind in (("json", "csljson"), ("bib", "biblatex")):
        read = json.loads(pandoc("-f", kind, "-t", "csljson", files[name]))
        assert list(map(core, read)) == list(map(core, ours)), name
        cited = f"---\nbibliography: {files[name]}\n---\n[@serge2005kronstadt]\n"
        shown = " ".join(pandoc("--citeproc", "-t", "plain", text=cited).split())
        assert (
            "Serge, Victor. (1938) 2005. “Kronstadt 1921: Trotsky’s Defense. Response to Trotsky.”" in shown
        )
        assert "Translated by Mitch Abidor" in shown


HOSTILE = [
    "100 % of {A_B} & C # $x$ \\alpha ^ ~ [z]",
    "esprit – a < b > c",
    "A and B, or C",
    "Ты и я",
    "@article{x, y}",
    'He said "no" -- twice',
]


def test_hostile_titles_in_the_real_programs(node: Any, pandoc: Any, tmp_path: Path) -> None:
    made = [
        Reference(f"k{number}", "book", title, authors=(Agent(title, body=True),), issued=Moment(Day(1938)))
        for number, title in enumerate(HOSTILE)
    ]
    path = tmp_path / "hostile.bib"
    path.write_text("\n".join(map(bibtex.bibtex_entry, made)))
    read = json.loads(pandoc("-f", "biblatex", "-t", "csljson", path))
    assert [plain(item["title"]) for item in read] == [plain(title) for title in HOSTILE]
    assert [plain(item["author"][0]["literal"]) for item in read] == [plain(title) for title in HOSTILE]
    told = node("citation", path)["items"]
    assert [plain(item["title"]) for item in told] == [plain(title) for title in HOSTILE]
    as_json = tmp_path / "hostile.json"
    as_json.write_text(json.dumps([csl_json.csl_item(one) for one in made]))
    assert [item["title"] for item in node("citation", as_json)["items"]] == HOSTILE
    as_ris = tmp_path / "hostile.ris"
    # It takes a file with "@article{" in it for BibTeX, whatever it is.
    as_ris.write_text("".join(ris.ris_record(one) for one in made if "@" not in one.title), newline="")
    assert [item["title"] for item in node("citation", as_ris)["items"]] == [
        title for title in HOSTILE if "@" not in title
    ]


def test_seasons_ranges_and_doubt_in_pandoc(pandoc: Any, tmp_path: Path) -> None:
    moments = [
        Moment(Day(1936), None, False, 1),
        Moment(Day(1938, 10, 25), Day(1938, 10, 30)),
        Moment(Day(1938), None, True),
    ]
    made = [
        Reference(f"k{number}", "article-magazine", "A", container="C", issued=one)
        for number, one in enumerate(moments)
    ]
    path = tmp_path / "dates.bib"
    path.write_text("\n".join(map(bibtex.bibtex_entry, made)))
    read = json.loads(pandoc("-f", "biblatex", "-t", "csljson", path))
    assert [item["issued"] for item in read] == [
        # The number of a season of EDTF, in the place of a month.
        {"date-parts": [[1936, 21]]},
        {"date-parts": [[1938, 10, 25], [1938, 10, 30]]},
        {"date-parts": [[1938]], "circa": True},
    ]
