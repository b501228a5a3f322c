"""What single lines look like: each question with lines that match and near-misses that must not."""

from collections.abc import Callable

import pytest

from tei_serge import patterns

TABLE: list[tuple[Callable[[str], object], list[str], list[str]]] = [
    (
        patterns.is_name,
        ["Anna Miller", "J.P.C.", "E. Hume Larkby", "Jan van der Doe", "ANNA B. MILLER", "Émile Ábrányi", "Anna Miller and Jan Doe", "O'Hara"],
        ["The Clocks", "History of Bells", "Miller’s Defence", "anna miller", "Letter to Anna", "1921", "", "A Ferry in Reval", "and"],
    ),
    (
        patterns.is_dateline,
        [
            "Reval, 3 May 1921", "May 6th, 1913", "6/7/52", "13.11.17", "Wednesday, June 2, 1937", "Tuesday, 5 March", "Withyford, Jan. 4",
            "London, September 5, 1918, 6 p.m. [Received 6.15 p.m.]", "[Washington,] November 19, 1925.", "Reval, 1921", "Hill of the Mills March 29, 1871",
            "Sunday", "On board the Heron, 9 July", "[Undated]", "September 1980",
        ],
        [
            "In Reval, 3 May 1921 was a holiday.", "The Ferry War, 1898", "The Ferry Treaty, 1904–1905", "1921", "(March 1921)", "Anna Miller", "Letter from Anna to Jan 13 November 1917",
            "Chapter 3", "On 3 May 1921 the ferry sank and nobody was surprised at all", "",
        ],
    ),
    (
        patterns.is_salutation,
        ["Dear Anna,", "My dear Friend", "Dear Mr. Amberley:", "Comrades,", "My friends,", "Gentlemen:", "To the Editor of The Ferry:", "DEAR COMRADES,", "Dear Sir"],
        ["Dear reader, I will tell you what I saw upon the bridge that night.", "Comrades", "Workers of the river unite", "Sirens,", "dear Anna,", "The dear ferry,"],
    ),
    (
        patterns.is_closing,
        ["Yours fraternally", "With comradely greetings,", "I am [etc.]", "Respectfully yours,", "Love,", "Fondest love. R.", "Your obedient servant,", "As ever,", "Best wishes to you,", "I remain, Sir,"],
        ["Yours is the river.", "With comradely greetings they divided the furniture.", "I am glad that you came.", "Love is a ferry", "We are the river", "I have seen it."],
    ),
    (patterns.is_signed, ["(Signed) Anna Miller,", "(sd) J.B. Miller.", "/s/ Jan Doe", "Signed: Jan Doe"], ["(signed) by nobody", "Signed up at last", "(Signed)"]),
    (patterns.is_postscript, ["P.S. The hens are well.", "Postscript: I have seen it.", "N.B. Bring the oar."], ["PSALM 23", "p.s. in small letters", "Postscripts are long"]),
    (patterns.is_enclosure, ["Enc. 2", "Enclosures: two oars", "cc: Anna Miller", "Copies to the ferrymen"], ["Encore, she cried", "The enclosure of the common", "ccc"]),
    (patterns.is_by, ["By Anna Miller", "by A. Tern", "From the pen of Anna Miller"], ["By the river", "by", "Bye Anna Miller"]),
    (patterns.is_updated, ["Last updated on 15 April 2010", "Last updated: 24.3.2004", "Updated on: 10 April 2015", "Page last modified on 2 May 2011"], ["Last updated by nobody", "We were last updated on the state of things by the ferryman, 3 May"]),
    (patterns.is_separator, ["* * *", "***", "_____", "*", "\u00a0* \u00a0* \u00a0*", "- - - -", ". . . .", "⁂"], ["...", "—", "* text", "a * b", ""]),
    (patterns.is_page_number, ["[126]", "Page 12", "- 7 -", "[p. 12]"], ["[1921 was a year]", "126", "(126)"]),
    (patterns.is_navigation, ["Anna Miller Archive", "Contents | Chapter 7", "Back to the Works", "Next: Chapter 4", "Table of Contents"], ["The archive was closed.", "We walked back to the ferry and sat down in the rain without a word"]),
    (patterns.is_editorial, ["Editor’s note: he left.", "[Editor's note: he left.]", "Translator’s Note", "[Note by the Reading Room:]"], ["Editors like notes", "Note: bring the oar", "The editor noted: nothing"]),
    (patterns.is_stage_direction, ["(Applause.)", "(The witness consulted with his counsel.)", "[Laughter]"], ["[...]", "(1)", "(a) first"]),
    (patterns.speaker, ["Mr. DOE: I did.", "Reporter: Why?", "THE CHAIRMAN1: Order.", "First Citizen: No.", "Anna (aside): Hush."], ["the ferry: gone", "He said: nothing", "12: noon", "Anna Miller, of Reval, who was there: she"]),
    (patterns.byline_year, ["Anna Miller 1921", "J. Doe (1898)", "Author Unknown 1938"], ["The Clocks 1921", "Anna Miller", "Anna Miller 19"]),
]  # fmt: skip
MATCHES = [(question, line) for question, yes, _ in TABLE for line in yes]
REJECTS = [(question, line) for question, _, no in TABLE for line in no]


@pytest.mark.parametrize(("question", "line"), MATCHES, ids=lambda item: getattr(item, "__name__", item))
def test_matches(question: Callable[[str], object], line: str) -> None:
    assert question(line)


@pytest.mark.parametrize(("question", "line"), REJECTS, ids=lambda item: getattr(item, "__name__", item))
def test_near_misses(question: Callable[[str], object], line: str) -> None:
    assert not question(line)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Notes", ""),
        ("Footnote", ""),
        ("Author’s Footnotes:", "authorial"),
        ("Translator’s notes:", "editorial"),
        ("Footnote by The Ferry", "editorial"),
        ("Notes on Clocks", None),
        ("Noted", None),
        ("No", None),
    ],
)
def test_note_headings_say_whose_notes_they_are(line: str, kind: str | None) -> None:
    assert patterns.note_heading(line) == kind


@pytest.mark.parametrize(
    ("line", "label", "n"),
    [
        ("1. text", "1.", "1"),
        ("12) text", "12)", "12"),
        ("(3) text", "(3)", "3"),
        ("[4] text", "[4]", "4"),
        ("[5*] text", "[5*]", "5*"),
        ("6*. text", "6*.", "6*"),
        ("1.To", "1.", "1"),
        ("* text", "*", "*"),
        ("• text", "•", "•"),
        ("(iv) text", "(iv)", "iv"),
        ("1 – text", "1 –", "1"),
        ("[3?] text", "[3?]", "3?"),
    ],
)
def test_labels(line: str, label: str, n: str) -> None:
    match = patterns.LABEL.match(line)
    assert match
    assert (match["label"], match["n"]) == (label, n)


@pytest.mark.parametrize("line", ["1923. text", "1.5 million", "text", "Mr. Doe", "", "1."])
def test_no_labels(line: str) -> None:
    assert not patterns.LABEL.match(line)
