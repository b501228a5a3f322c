"""Our schema on a sample of our own: the sample is right, and each small change of it is found."""

from pathlib import Path

import pytest
from lxml import etree, isoschematron

from conftest import SCHEMAS, Judge

SAMPLE = Path(__file__).parent / "schema" / "sample.xml"
TEXT = SAMPLE.read_text("utf-8")
RELAXNG = etree.RelaxNG(etree.parse(SCHEMAS / "tei_serge.rng"))
RULES = etree.parse(SCHEMAS / "tei_serge.sch")
SCH = "{http://purl.oclc.org/dsdl/schematron}"
LICENCE = TEXT[TEXT.index("<licence ") : TEXT.index("</licence>")] + "</licence>"


@pytest.fixture(scope="module")
def schematron() -> isoschematron.Schematron:
    return isoschematron.Schematron(RULES, store_report=True)


def broken(schematron: isoschematron.Schematron, text: str) -> set[str]:
    """The identifiers of the patterns that a document breaks."""
    schematron.validate(etree.ElementTree(etree.fromstring(text.encode())))
    found, pattern = set(), ""
    for node in schematron.validation_report.getroot().iterchildren(etree.Element):
        kind = etree.QName(node).localname
        if kind == "active-pattern":
            pattern = str(node.get("id"))
        elif kind in ("failed-assert", "successful-report"):
            found.add(pattern)
    return found


def changed(old: str, new: str) -> str:
    assert old in TEXT, f"the sample has no {old}"
    return TEXT.replace(old, new, 1)


def grammatical(text: str) -> bool:
    return RELAXNG.validate(etree.fromstring(text.encode()))


def test_the_sample_is_right(schematron: isoschematron.Schematron) -> None:
    assert grammatical(TEXT), RELAXNG.error_log
    assert broken(schematron, TEXT) == set()


@pytest.mark.jing
def test_the_sample_is_tei(jing: Judge, tei_all: Path) -> None:
    assert jing(SCHEMAS / "tei_serge.rng", [SAMPLE]) == []
    assert jing(tei_all, [SAMPLE]) == []


BACK = '<relatedItem type="reprint-of" target="#src-online"/>'
BAD_RULES = [
    ("att.global-ana-resolves", 'ana="#rH5"', 'ana="#rH5 #rH6"'),
    ("att.global-ana-is-category", 'ana="#rH5"', 'ana="#rules"'),
    ("att.global-corresp-resolves", 'corresp="#p1"', 'corresp="#p7"'),
    ("att.global-next-resolves", 'next="#q2"', 'next="#q7"'),
    ("att.global-prev-resolves", 'prev="#q1"', 'prev="#q7"'),
    ("att.global-next-prev", 'next="#q2"', 'next="#p1"'),
    ("att.global-prev-next", 'prev="#q1"', 'prev="#p1"'),
    ("att.global-source-resolves", 'source="#src-original"', 'source="#src-none"'),
    ("att.global-resp-resolves", 'resp="#pers-quill"', 'resp="#quill"'),
    ("att.datable-from-to", 'from="1931-05-01" to="1931-05-03"', 'from="1931-05-04" to="1931-05-03"'),
    ("att.datable-notBefore-notAfter", 'notAfter="1931-05-31"', 'notAfter="1930-05-31"'),
    ("att.datable-from-notAfter", 'notAfter="1931-06-30"', 'notAfter="1931-05-30"'),
    ("att.datable-notBefore-to", 'to="1931-07-09"', 'to="1931-06-09"'),
    ("att.datable-custom-method", ' datingMethod="#julian"', ""),
    ("att.datable-calendar-text", 'calendar="#julian">May Day<', 'calendar="#julian"><'),
    ("att.datable-calendar-resolves", 'calendar="#julian"', 'calendar="#p1"'),
    ("att.canonical-ref-resolves", 'ref="#pers-quill"', 'ref="#pers-nobody"'),
    ("att.pointing-target-resolves", 'type="authorial" place="end" target="#fnref1"', 'target="#none"'),
    ("att.ascribed-who-resolves", 'who="#pers-quill"', 'who="#pers-nobody"'),
    ("att.ascribed.directed-toWhom-resolves", 'toWhom="#pers-other"', 'toWhom="#pers-nobody"'),
    ("teiHeader-not-empty", "<p>A test.</p>", "<p> </p>"),
    ("text-language", '<text xml:lang="en"', '<text xml:lang="de"'),
    ("div-not-in-verse", "<l>A line</l>", '<l>A line<div type="section"/></l>'),
    ("p-nesting", "<p xml:id=\"p1\">", "<p xml:id=\"p1\"><p>Inner</p>"),
    ("p-nesting", "<l>A line</l>", "<l><quote><p>Inner</p></quote></l>"),
    ("ab-nesting", "* * *", '<ab type="stray">Inner</ab>'),
    ("lg-has-lines", "<l>A line</l>", "<stage>Silence.</stage>"),
    ("note-answered", 'n="1" target="#fn1"', 'n="1" target="#ev1"'),
    ("g-described", 'ref="#u0001"', 'ref="#p1"'),
    ("seg-event", 'xml:id="s1" corresp="#ev1"', 'xml:id="s1"'),
    ("seg-event-target", 'xml:id="s1" corresp="#ev1"', 'xml:id="s1" corresp="#ev1 #p2"'),
    ("ref-target-resolves", 'n="1" target="#fn1"', 'n="1" target="#fn9"'),
    ("ref-noteref", 'place="end" target="#fnref1"', 'place="end" target="#p1"'),
    ("ref-note-backlink", 'type="note-backlink" target="#fnref1"', 'type="note-backlink" target="#p1"'),
    ("ptr-target-resolves", 'subtype="agent" target="#pers-quill"', 'subtype="agent" target="#pers-nobody"'),
    ("ptr-subtype", 'type="participant" subtype', 'type="link" subtype'),
    ("idno-sha256", ">0123456789abcdef", ">0123456789ABCDEF"),
    ("idno-sha256", ">0123456789abcdef", ">"),
    ("relatedItem-one", ' target="#src-original"/>', "/>"),
    ("relatedItem-chain", ' target="#src-original"/>', ' target="#src-online"/>'),
    ("relatedItem-chain", "May 1931</date></imprint></monogr>", f"May 1931</date></imprint></monogr>{BACK}"),
    ("relatedItem-order", '<imprint><date when="2004"', '<imprint><date when="1904"'),
    ("availability-licence", LICENCE, "<p>Free.</p>"),
    ("encodingDesc-once", "<projectDesc>", "<projectDesc><p>Another.</p></projectDesc><projectDesc>"),
    ("citeStructure-outer", 'match="/TEI', 'match="TEI'),
    ("citeStructure-inner", 'match="p"', 'match="/p"'),
    ("citeStructure-inner", ' delim="."', ""),
    ("language-occurs", '<language ident="fr">French', '<language ident="de">German'),
    ("catRef-target-resolves", 'target="#genre-article"', 'target="#genre-none"'),
    ("catRef-category", 'target="#genre-article"', 'target="#article"'),
    ("catRef-scheme-resolves", 'catRef scheme="#genres"', 'catRef scheme="#none"'),
    ("keywords-scheme-resolves", 'keywords scheme="#genres"', 'keywords scheme="#none"'),
    ("revisionDesc-newest-first", 'change when="2010-04-15"', 'change when="2026-11-23"'),
    ("event-where-resolves", 'where="#pl-northmoor"', 'where="#pl-northmoor #pl-none"'),
    ("event-answered", 'type="span" target="#s1"', 'type="span" target="#p1"'),
    ("relation-ends", 'name="knows" mutual="#pers-quill #pers-other"', 'name="knows"'),
    ("relation-ends", ' active="#pers-quill"', ""),
    ("relation-active-resolves", ' active="#pers-quill"', ' active="#pers-nobody"'),
    ("relation-mutual-resolves", 'mutual="#pers-quill #pers-other"', 'mutual="#pers-quill #pers-nobody"'),
    ("relation-passive-resolves", 'passive="#pers-other"', 'passive="#pers-nobody"'),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "old", "new"), BAD_RULES)
def test_broken_rules(rule: str, old: str, new: str, schematron: isoschematron.Schematron) -> None:
    assert rule in broken(schematron, changed(old, new))


def test_every_rule_is_tested() -> None:
    rules = {str(pattern.get("id")) for pattern in RULES.iter(f"{SCH}pattern")}
    assert rules == {row[0] for row in BAD_RULES}


GOOD_CHANGES = [
    ('ref="#pers-quill"', 'ref="wd:Q1 persons.xml#quill"'),  # pointers out of the file are not followed
    ('source="#src-original"', 'source="https://example.org/x#y"'),
    ('from="1931-05-01" to="1931-05-03"', 'from="1931" to="1930-12"'),  # not of the same precision
    ('when="1931-05-14"', 'when="--05-14"'),
    ('<change when="2010-04-15"', '<change when="2026-11"'),
    (" place=\"end\" target=\"#fnref1\"", ' place="end" anchored="false" target="#fnref1"'),
    ("<p>A test.</p>", '<p><ref target="#tei_serge">A test.</ref></p>'),
    ("<l>A line</l>", "<l>A line<note><p>A note</p></note></l>"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), GOOD_CHANGES)
def test_changes_that_break_nothing(old: str, new: str, schematron: isoschematron.Schematron) -> None:
    text = changed(old, new)
    assert grammatical(text), RELAXNG.error_log
    assert broken(schematron, text) == set()


BAD_GRAMMAR = [
    ("front after body", "<body>", "<body/><front/><body>"),
    ("closer before the text", "<head>I</head>", "<closer>Done</closer>"),
    ("paragraph after the closer", "</closer>", "</closer><p>More</p>"),
    ("heading after a paragraph", '<p xml:id="p2">', '<head>II</head><p xml:id="p2">'),
    ("imprint before the title", ">Le Veilleur</title>", "/><imprint><date/></imprint><title>x</title>"),
    ("name before what was done", "<resp>encoding by rule</resp>", ""),
    ("address without its lines", "<signed>A. Q.</signed>", "<address>A. Q.</address>"),
    ("birth before the name", '<person xml:id="pers-quill">', '<person xml:id="pers-quill"><birth/>'),
    ("identifier missing", '<person xml:id="pers-quill">', "<person>"),
    ("event without a label", "<label>Strike</label>", ""),
    ("event without a type", 'xml:id="ev1" type="strike"', 'xml:id="ev1"'),
    ("event of an unknown type", 'type="strike"', 'type="picnic"'),
    ("division of an unknown type", 'div type="article"', 'div type="essay"'),
    ("division without a type", 'div type="article"', "div"),
    ("certainty as a number", 'cert="low"', 'cert="0.5"'),
    ("when with from", 'when="1931">1931</date></byline>', 'when="1931" from="1931">1931</date></byline>'),
    ("from with notBefore", 'from="1931-05-01"', 'from="1931-05-01" notBefore="1931"'),
    ("a day that does not exist", 'when="1931-05-14"', 'when="1931-02-30"'),
    ("a date in words", 'when="1931-05-14"', 'when="May 1931"'),
    ("corrected words", "<signed>", "<corr>x</corr><signed>"),
    ("words between blocks", "<closer>", "words <closer>"),
    ("a link to nowhere", ' n="1" target="#fn1"', ' n="1"'),
    ("role outside a name", "they struck", "the <roleName>chairman</roleName>"),
    ("quotation inside a date", "late May", "<quote>late May</quote>"),
    ("pages of an unknown unit", 'unit="issue"', 'unit="fascicle"'),
    ("publication status", 'status="free"', 'status="public"'),
    ("another version", 'version="4.3.0"', 'version="3.0.0"'),
    ("header without sources", "<sourceDesc>", "<sourceDesc/><sourceDesc>"),
    ("empty body", "<body>", "<body/><body>"),
    ("note without an end", 'place="end"', 'place="overleaf"'),
    ("subtype of anyone", 'subtype="agent"', 'subtype="friend"'),
    ("active and mutual", 'mutual="#pers-quill #pers-other"', 'mutual="#pers-quill" active="#pers-other"'),
]  # fmt: skip


@pytest.mark.parametrize(("what", "old", "new"), BAD_GRAMMAR)
def test_near_misses(what: str, old: str, new: str) -> None:
    assert not grammatical(changed(old, new)), what


def test_a_register_without_a_text_is_a_document() -> None:
    start, end = TEXT.index("  <text "), TEXT.index("  <standOff>")
    assert grammatical(TEXT[:start] + TEXT[end:])


def test_a_deep_document_and_a_long_one() -> None:
    items = "<list><item>" * 60 + "x" + "</item></list>" * 60
    assert grammatical(changed("<head>I</head>", f"<head>I</head>{items}"))
    assert grammatical(
        changed("<head>I</head>", "<head>I</head>" + "<p>x <hi rend='italic'>y</hi></p>" * 20_000)
    )
