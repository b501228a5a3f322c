"""Lines of credits: value → role, wording, name."""

import pytest

from tei_serge.header.credits import read_credit_sentence, read_credit_value
from tei_serge.header.licence import read_licence
from tei_serge.header.names import make_name, person_like, split_names
from tei_serge.labels import read_label

LABELLED = [
    ("Translated: for marxists.org by Jane Doe", ["translator|Translated by|Jane Doe"]),
    ("Translated: for Marxists.org 2005 by Jane Doe.", ["translator|Translated by|Jane Doe"]),
    ("Translated: for 2005 by Jane Doe;", ["translator|Translated by|Jane Doe"]),
    ("Translated: for by Jane Doe;", ["translator|Translated by|Jane Doe"]),
    (
        "Translated: from the original for by Jane Doe;",
        ["translator|Translated from the original by|Jane Doe"],
    ),
    ("Translated: by Ben W.", ["translator|Translated by|Ben W."]),
    ("Translated: From the German by Jane Doe.", ["translator|Translated from the German by|Jane Doe"]),
    (
        "Translated: Yuri Roe and George Poe, Edited by George Poe",
        [
            "translator|Translated by|Yuri Roe",
            "translator|Translated by|George Poe",
            "editor|Edited by|George Poe",
        ],
    ),
    (
        "Translated: John E. Roe in the Northern Historical Review of August, 1966.",
        ["translator|Translated by|John E. Roe"],
    ),
    ("HTML Markup: Jane Doe for marxists.org in December, 2001.", ["markup|HTML Markup by|Jane Doe"]),
    ("Proofreading: Jane O’Doe (January 2011).", ["proofreader|Proofreading by|Jane O’Doe"]),
    ("Transcription/HTML Markup: Jane Doe:", ["transcriber|Transcription/HTML Markup by|Jane Doe"]),
    (
        "Transcribed: Jane O'Doe for the Weavers’ Internet Archive (May 2014).",
        ["transcriber|Transcribed by|Jane O'Doe"],
    ),
    (
        "Transcription/Markup: Weaving History/Jane Doe.",
        [
            "transcriber|Transcription/Markup by|[Weaving History]",
            "transcriber|Transcription/Markup by|Jane Doe",
        ],
    ),
    (
        "Proofread: Fred, Francesco 2013",
        ["proofreader|Proofread by|Fred", "proofreader|Proofread by|Francesco"],
    ),
    ("Markup: Emil 2006", ["markup|Markup by|Emil"]),
    (
        "Transcribed, Edited & Formatted : by Tim Roe in 2007.",
        ["transcriber|Transcribed, Edited & Formatted by|Tim Roe"],
    ),
    ("Translated from German by: Jane Doe.", ["translator|Translated from German by|Jane Doe"]),
    ("Transcriber: Jane Doe", ["transcriber|Transcriber|Jane Doe"]),
    (
        "Transcription\\HTML Markup: Weavers Research Library",
        ["transcriber|Transcription\\HTML Markup by|[Weavers Research Library]"],
    ),
    (
        "Translated: Anna van der Loom and J. de la Poe",
        ["translator|Translated by|Anna van der Loom", "translator|Translated by|J. de la Poe"],
    ),
    ("Translated: nobody knows who did it", []),
    ("Transcription:", []),
]


def told(reading):
    return [
        f"{credit.role}|{credit.resp}|{credit.name.text if credit.name.person else f'[{credit.name.text}]'}"
        for credit in reading.credits
    ]


@pytest.mark.parametrize(("line", "expected"), LABELLED)
def test_labelled(line, expected):
    label = read_label(line)
    reading = read_credit_value(line[label.end :], label.end, label.keys, label.words)
    assert told(reading) == expected
    for credit in reading.credits:
        assert line[credit.name.span.start : credit.name.span.end] == credit.name.text
    for date in reading.dates:
        assert line[date.span.start : date.span.end] == date.text


SENTENCES = [
    (
        "Transcribed & marked up by Jane O’Doe for the Weavers’ Internet Archive.",
        ["transcriber|Transcribed & marked up by|Jane O’Doe"],
    ),
    ("Translated by Jane Doe.", ["translator|Translated by|Jane Doe"]),
    ("Translated by Juan R. Poe, 1998", ["translator|Translated by|Juan R. Poe"]),
    ("Marked up by Jane Doe for the Archive.", ["markup|Marked up by|Jane Doe"]),
    (
        "Introductory material and notes by the Weavers Library.",
        ["contributor|Introductory material and notes by|[Weavers Library]"],
    ),
    (
        "Scanned and prepared for the Weavers Internet Archive by Jane Doe.",
        ["transcriber|Scanned and prepared by|Jane Doe"],
    ),
    ("(“John Roe” was a pseudonym used by Jane Doe.)", []),
    ("The original was published by Jane Doe", []),
    ("Permission provided by Loom Company", []),
    ("He stood by London Bridge and wept for the whole of that long winter night", []),
    ("Nothing here", []),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_sentence(sentence, expected):
    assert told(read_credit_sentence(sentence, 0)) == expected


def test_beside_the_names():
    line = " Jane Doe for the Weavers’ Internet Archive (May 2014)."
    reading = read_credit_value(line, 0, ("transcribed",), "Transcribed")
    assert [body.text for body in reading.bodies] == ["Weavers’ Internet Archive"]
    assert [(date.text, date.type) for date in reading.dates] == [("May 2014", "transcription")]
    printed = read_credit_value(
        " John Roe in the Northern Review of August, 1966.", 0, ("translated",), "Translated"
    )
    assert [title.text for title in printed.publications[0].titles] == ["Northern Review"]


@pytest.mark.parametrize(
    ("text", "forename", "surname"),
    [
        ("Jane Doe", "Jane", "Doe"),
        ("J. C. M. Doe", "J. C. M.", "Doe"),
        ("G.V. Doe", "G.V.", "Doe"),
        ("Anna van der Loom", "", ""),
        ("Jane de Loom", "Jane", "de Loom"),
        ("Ben W.", "", ""),
        ("J.P.C.", "", ""),
        ("Doe", "", ""),
    ],
)
def test_parts_of_a_name(text, forename, surname):
    name = make_name(text, 0)
    assert (name.forename, name.surname) == (forename, surname)


@pytest.mark.parametrize(
    "text", ["Selected Works", "the man", "Weavers Library", "In the north", "Jane Doe was here", ""]
)
def test_no_person(text):
    assert not person_like(text)


def test_names_are_all_or_nothing():
    assert split_names("Jane Doe and some friends", 0) == ()
    assert [name.text for name in split_names("Jane Doe, J. Roe and the Loom Library", 0)] == [
        "Jane Doe",
        "J. Roe",
        "Loom Library",
    ]


CC = "https://creativecommons.org/licenses/"
MARK = "https://creativecommons.org/publicdomain/mark/1.0/"
LICENCES = [
    ("CopyLeft: Creative Commons (Attribute & ShareAlike) 2003.", f"{CC}by-sa/1.0/", "free", "low"),
    ("CopyLeft: Creative Commons (Attribute & ShareAlike) 2004.", f"{CC}by-sa/2.0/", "free", "low"),
    (
        "CopyLeft: Creative Commons (Attribute & ShareAlike) marxists.org 2005.",
        f"{CC}by-sa/2.5/",
        "free",
        "low",
    ),
    ("CopyLeft: Creative Commons (Attribute & ShareAlike) 2006.", f"{CC}by-sa/2.5/", "free", "low"),
    ("CopyLeftCreative Commons (Attribute & ShareAlike) 2007", f"{CC}by-sa/3.0/", "free", "low"),
    ("CopyLeft: Creative Commons (Attribute & ShareAlike) 2013.", f"{CC}by-sa/4.0/", "free", "low"),
    ("Copyleft: Creative Commons (Attribute & No Derivatives) 2007", f"{CC}by-nd/3.0/", "free", "low"),
    ("CopyLeft: Creative Commons (Attribution-ShareAlike 2.0) 2009", f"{CC}by-sa/2.0/", "free", None),
    ("CopyLeft: Creative Commons (Attribute & ShareAlike).", "", "free", None),
    ("CopyLeft: Creative Commons (Attribute & ShareAlike) 1999.", "", "free", None),
    ("Public Domain: Some Archive (2007). You may freely copy, distribute.", MARK, "free", None),
    ("Public Domain: This work is in the under the Creative Commons Common Deed.", MARK, "free", "low"),
    (
        "Copyleft: Doe Archive 2002. Permission is granted to copy under the terms of the GNU Free"
        " Documentation License.",
        "",
        "free",
        None,
    ),
    ("Copyleft: Doe Archive 2002.", "", "free", None),
    (
        "Copyright: Permission for on-line publication provided by Loom Company in 2005.",
        "",
        "restricted",
        None,
    ),
    ("Fair Use: Some Archive (2010).", "", "restricted", None),
]


@pytest.mark.parametrize(("wording", "target", "status", "cert"), LICENCES)
def test_licence(wording, target, status, cert):
    licence = read_licence(wording, 0)
    assert (licence.wording, licence.target, licence.status, licence.cert) == (wording, target, status, cert)
    assert bool(licence.inference) == (cert == "low" or (not target and status == "free"))


def test_no_licence():
    assert read_licence("Source: The Loom, 3 May 1921.", 0) is None


def test_hostile_credits():
    for text in ("A. " * 20_000, "by A " * 5_000, "Jane Doe, " * 5_000, "for " * 20_000):
        assert read_credit_value(text, 0, ("translated",), "Translated").publications == ()
        assert read_credit_sentence(text, 0).dates == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Doe, J. P.", [("Doe", "J. P.")]),
        ("Doe, J. & Roe, M.", [("Doe", "J."), ("Roe", "M.")]),
        ("van Doe, J.; Roe, M. K.", [("van Doe", "J."), ("Roe", "M. K.")]),
    ],
)
def test_a_surname_before_initials_is_one_name(text, parts):
    names = split_names(text, 5)
    assert [(name.surname, name.forename) for name in names] == parts
    for name in names:
        assert text[name.span.start - 5 : name.span.end - 5] == name.text


def test_a_surname_before_a_forename_is_one_name_only_for_authors():
    assert [name.text for name in split_names("Doe, Jane", 0)] == ["Doe", "Jane"]
    assert [name.text for name in split_names("Doe, Jane", 0, inverted=True)] == ["Doe, Jane"]
    assert [name.text for name in split_names("Doe, Jane and Roe, John", 0, inverted=True)] == [
        "Doe, Jane",
        "Roe, John",
    ]
    # Near-misses: full names, a body.
    for text in ("Jane Doe, John Roe", "Doe, Loom Library"):
        assert len(split_names(text, 0, inverted=True)) == 2


def test_an_article_begins_no_name_of_a_person():
    assert not person_like("The Clock")
    assert split_names("the Clock", 0) == ()
    assert [name.text for name in split_names("The Loom Library", 0)] == ["Loom Library"]
