"""Labels of the front block, and lines without one."""

import pytest

from tei_serge.labels import label_keys, label_kind, read_label, read_provenance

KNOWN = [
    ("Source: The Clarion", "source", "Source:"),
    ("Source:Doe's Collected Works", "source", "Source:"),
    ("Source:", "source", "Source:"),
    ("First Published: Clarion, 1909;", "first-published", "First Published:"),
    ("First published: in the Clarion", "first-published", "First published:"),
    ("First Publshed: Clarion", "first-published", "First Publshed:"),
    ("Re-Published: Clarion", "re-published", "Re-Published:"),
    ("This Version: Clarion", "this-version", "This Version:"),
    ("Written: May 1909", "written", "Written:"),
    ("Delivered: 12 January, 1918", "delivered", "Delivered:"),
    ("Translated: for by Jane Doe;", "translated", "Translated:"),
    ("Translated from German by: Jane Doe", "translated", "Translated from German by:"),
    ("Translator: Jane Doe", "translated", "Translator:"),
    ("Transcribed: by Jane Doe", "transcribed", "Transcribed:"),
    ("Transciption: Jane Doe", "transcribed", "Transciption:"),
    ("Transcription/HTML Markup: Jane Doe", "transcribed", "Transcription/HTML Markup:"),
    ("Transcription\\HTML Markup: Jane Doe", "transcribed", "Transcription\\HTML Markup:"),
    ("Transcribed, Edited & Formatted : by Jane Doe", "transcribed", "Transcribed, Edited & Formatted :"),
    ("Transcrition & Marked-up: Jane Doe", "transcribed", "Transcrition & Marked-up:"),
    ("HTML Markup: Jane Doe", "markup", "HTML Markup:"),
    ("HTML-markup: Jane Doe", "markup", "HTML-markup:"),
    ("Proofreader: Jane Doe", "proofread", "Proofreader:"),
    ("CopyLeft: Creative Commons", "copyleft", "CopyLeft:"),
    ("CopyLeftCreative Commons (Attribute", "copyleft", "CopyLeft"),
    ("Public Domain: Some Archive (2007).", "public-domain", "Public Domain:"),
    ("Pubic Domain: Some Archive", "public-domain", "Pubic Domain:"),
    ("Fair Use: Some Archive", "fair-use", "Fair Use:"),
    ("Online Version: Doe Internet Archive", "online-version", "Online Version:"),
    ("Publisher: The House", "publisher", "Publisher:"),
    ("Translator's note: he was born", "note", "Translator's note:"),
    ("Note Smith was banned from", "note", "Note"),
]


@pytest.mark.parametrize(("line", "key", "words"), KNOWN)
def test_known_label(line, key, words):
    label = read_label(line)
    assert label is not None
    assert (label.key, label.known, line[: label.end]) == (key, True, words)


@pytest.mark.parametrize("line", ["Speaker's Notes: one", "Keywords: one, two", "Length: ten pages"])
def test_unknown_label_by_shape(line):
    label = read_label(line)
    assert label is not None
    assert (label.key, label.known) == ("other", False)


@pytest.mark.parametrize(
    "line",
    [
        "The newspapers: a man has been killed",
        "Workers of my country: I want to thank you",
        "To Jane Doe: Lyme, May 27, 1922",
        "Abstract of:",
        "Next: Article XXXI",
        "Postscript: one more word",
        "Citizens: no, no",
        "J.M.: “Let us not talk”",
        "Mr. DOE2: Now then",
        "Chapter 8: The End",
        "http://example.org/",
        "Notes",
        "Note by the editors",
        "a small letter: no label",
        "",
        ":",
        "Sources and origins of the movement in the northern towns and villages of the county: a study",
    ],
)
def test_no_label(line):
    assert read_label(line) is None


def test_keys_of_a_combined_label():
    assert read_label("Transcription/Editing/HTML Markup: J").keys == ("transcribed", "edited", "markup")
    assert label_keys("Written/First Published") == ("written", "first-published")
    assert label_keys("Sung and danced") == ()
    assert [label_kind(key) for key in ("written", "public-domain", "other")] == [
        "creation",
        "licence",
        "note",
    ]


PROVENANCE = [
    ("From The Clarion, Vol. 2 No. 69, 15 August 1922, pp. 520–521.", "source"),
    ("From Songs of a Toad, Lyme: House, 1994", "source"),
    ("The original of this piece is J. Doe, Canon, Clarion 6 (1921), p.123.", "source"),
    ("First published in Clarion, February 1939, pp. 53–55. [1*]", "first-published"),
    ("Reprinted in What Now?, No. 6, 1997.", "re-published"),
    ("The Resolution was published in Clarion, Vol. IX No. 35, p. 4.", "published"),
    ("Translated by Jane Doe. Marked up by John Roe for the Archive.", "translated"),
    ("Transcribed & marked up by Jane Doe for the Archive.", "transcribed"),
    ("Scanned and prepared for the Archive by Jane Doe.", "transcribed"),
    ("Marked up by Jane Doe", "markup"),
    ("Proofread by Jane Doe", "proofread"),
    ("Thanks to John Roe.", "thanks"),
    ("Downloaded with thanks from the What Now? archive.", "thanks"),
    ("Copied with thanks from Jane Doe’s website.", "thanks"),
    ("(Delivered to the People’s University,", "delivered"),
    ("For a discussion of the context see the linked article.", "note"),
]


@pytest.mark.parametrize(("line", "key"), PROVENANCE)
def test_provenance(line, key):
    assert read_provenance(line) == key


@pytest.mark.parametrize(
    "line",
    [
        "From that day on nobody slept.",
        "From the Translator",
        "From 1917 on, everything was different",
        "Thanksgiving was cold that year.",
        "Translations are hard to read.",
        "Published" * 60,
        "",
        "The book was published in a hurry.",
    ],
)
def test_no_provenance(line):
    assert read_provenance(line) is None


def test_hostile_lines():
    assert read_label("A " * 50_000 + ":") is None
    assert read_label("Source/" * 20_000) is None
    assert read_provenance("From " * 50_000) is None
