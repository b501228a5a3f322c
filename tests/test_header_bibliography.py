"""Statements of publication: surface → what is read from it."""

import pytest

from tei_serge.header.bibliography import read_statement
from tei_serge.header.model import Name
from tei_serge.header.scopes import find_scopes

AUTHORS = (Name("Jane Doe", True, None, "Jane", "Doe"),)

# Statement; then each publication: level:title a:analytic au: ed: pub: pl: vol: iss: pp: part: date: id:
STATEMENTS = [
    ("La Clameur Rouge, October 25, 1938;", ["j:La Clameur Rouge date:1938-10-25"]),
    (
        "clameur. 4th yr, #47-48, September 1, 1936;",
        ["j:clameur vol:4th yr iss:#47-48 date:1936-09-01"],
    ),
    ("La Tribune du Nord, 6–7 March 1937.", ["j:La Tribune du Nord date:1937-03-06/1937-03-07"]),
    (
        "The Northern Star, May 1919, no.1, p.146 (997 words)",
        ["j:The Northern Star iss:no.1 pp:p.146 date:1919-05"],
    ),
    (
        "From Northern Correspondence, Vol. 2 No. 69, 15 August 1922, pp. 520–521.",
        ["j:Northern Correspondence vol:Vol. 2 iss:No. 69 pp:pp. 520–521 date:1922-08-15"],
    ),
    (
        "First published in Northern Lights, Vol V No. 2, February 1939, pp. 53–55. [1*]",
        ["j:Northern Lights vol:Vol V iss:No. 2 pp:pp. 53–55 date:1939-02"],
    ),
    ("Reprinted in Whose Turn?, No. 6, 1997.", ["j:Whose Turn? iss:No. 6 date:1997"]),
    (
        "The Evening Echo [New York], v. 11, no. 29 (Feb. 3, 1918), pg. 3.",
        ["j:The Evening Echo pl:New York vol:v. 11 iss:no. 29 pp:pg. 3 date:1918-02-03"],
    ),
    (
        "The original of this piece is J. Doe, Canon, Trompette 6 (1921), p.123.",
        ["j:Trompette a:Canon au:J. Doe iss:6 pp:p.123 date:1921"],
    ),
    ("Au Large, no 23 [1917];", ["j:Au Large iss:no 23 date:1917"]),
    (
        "From Book Notes, Northern Worker Review, No.127, January 1990, pp.27-28.",
        ["j:Northern Worker Review a:Book Notes iss:No.127 pp:pp.27-28 date:1990-01"],
    ),
    (
        "From The Loom, Vol.II No.9, January 1915, front page.",
        ["j:The Loom vol:Vol.II iss:No.9 pp:front page date:1915-01"],
    ),
    ("From Equity, Saturday, 9th July 1892, p.1. [1] [1*]", ["j:Equity pp:p.1 date:1892-07-09"]),
    (
        "From Northern Socialism (1st series), No. 20, Spring 1965, p. 30.",
        ["j:Northern Socialism iss:No. 20 pp:p. 30 date:1965-03~1965-05"],
    ),
    (
        "From The Bell (Bulletin of the Lyme Organizing Committee), Number 5, Nov.-Dec. 1980.",
        ["j:The Bell iss:Number 5 date:1980-11/1980-12"],
    ),
    (
        "Pravda No. 216, 29 December, 1917 and Izvestia No. 253, 16 December, 1917. Published"
        " according to the Minutes.",
        ["j:Pravda iss:No. 216 date:1917-12-29", "j:Izvestia iss:No. 253 date:1917-12-16"],
    ),
    (
        "Members Bulletin, Organizing Committee for the Lyme Convention (New York), No. 1, October 1937.",
        ["j:Members Bulletin pl:New York iss:No. 1 date:1937-10"],
    ),
    (
        "Originally appeared in the Spanish anarchist newspaper La Llama 359 – 69, August –"
        " December 1917. The French original was found later.",
        ["j:La Llama iss:359 – 69 date:1917-08/1917-12"],
    ),
    ("Militant", ["j:Militant"]),
    ("Izvestia, 1924. [1]", ["j:Izvestia date:1924"]),
    (
        'News & Views, November 1961. This piece appeared as Doe’s column, “Two Seas."',
        ["j:News & Views date:1961-11"],
    ),
    (
        "New Loom, Vol. 1 No. 45, 2 November 1935, pp. 3 & 6. (“John Roe” was a pseudonym used by Jane Doe.)",
        ["j:New Loom vol:Vol. 1 iss:No. 45 pp:pp. 3 & 6 date:1935-11-02"],
    ),
    ("1931 January, in Doe Miscellany XVIII.", ["j:Doe Miscellany XVIII date:1931-01"]),
    (
        "The Resolution was published in Loom Action, Vol. IX No. 35, 27 August 1945, p. 4.",
        ["j:Loom Action a:The Resolution vol:Vol. IX iss:No. 35 pp:p. 4 date:1945-08-27"],
    ),
    (
        "Jane Doe & John Roe, La Lutte des Tisserands. Maspero, Paris 1977;",
        ["m:La Lutte des Tisserands au:Jane Doe au:John Roe pub:Maspero pl:Paris date:1977"],
    ),
    (
        "La Lutte des Tisserands. Paris, Maspero, 1977.",
        ["m:La Lutte des Tisserands pub:Maspero pl:Paris date:1977"],
    ),
    (
        "Jean Roux (ed.), Les Tisserands du Nord et autres textes, Paris, Le Métier, 2011:",
        ["m:Les Tisserands du Nord et autres textes ed:Jean Roux pub:Le Métier pl:Paris date:2011"],
    ),
    (
        "Carnets (1936–1947), Rocaille, Marseilles 2012;",
        ["m:Carnets (1936–1947) pub:Rocaille pl:Marseilles date:2012"],
    ),
    ("L’An 2 de la révolte, 1930.", ["m:L’An 2 de la révolte date:1930"]),
    (
        "Jane Doe and John Roe, Selected Letters (Loom Publishers, Moscow, 1975). Scanned and"
        " prepared for the Archive by Ann Poe.",
        ["m:Selected Letters au:Jane Doe au:John Roe pub:Loom Publishers pl:Moscow date:1975"],
    ),
    (
        "Doe and Roe: Articles from the Northern Star, Moscow 1972, pp. 35 – 37.",
        ["m:Articles from the Northern Star au:Doe au:Roe pl:Moscow pp:pp. 35 – 37 date:1972"],
    ),
    (
        "Doe's Collected Works, Loom Publishers, Moscow, Volume 26, 1972, pp. 483",
        ["m:Doe's Collected Works pub:Loom Publishers pl:Moscow vol:Volume 26 pp:pp. 483 date:1972"],
    ),
    (
        "From The Songs of Mr. Toad, Detroit: Bewick, 1994",
        ["m:The Songs of Mr. Toad pub:Bewick pl:Detroit date:1994"],
    ),
    ("Loom Publishers, 1972.", ["pub:Loom Publishers date:1972"]),
    (
        "Tisserands, Texts 1930-1932 Loom Publications, 1986",
        ["m:Tisserands, Texts 1930-1932 pub:Loom Publications date:1986"],
    ),
    (
        "Jane Doe and the Early Years of the Loom. Selected Writings, 1920-1928 © Loom Publishing"
        " Company, 1992."
        " ISBN 0-9633828-1-0; Published by Loom Publishing Company, Box 1377 G.P.O. New York, NY 10116."
        " Introductory material and notes by the Weavers Library.",
        [
            "m:Jane Doe and the Early Years of the Loom. Selected Writings, 1920-1928 pub:Loom"
            " Publishing Company"
            " pub:Loom Publishing Company pl:New York date:1992 id:0-9633828-1-0"
        ],
    ),
    (
        "J. Doe: Weaver and Teacher, compiled and edited by the staff of the Morning Loom. New"
        " York, Weavers Publishers, 1939.",
        [
            "m:J. Doe: Weaver and Teacher ed:staff of the Morning Loom pub:Weavers Publishers"
            " pl:New York date:1939"
        ],
    ),
    (
        "Senate, Committee on Looms, Investigation of the Unlicensed Use of Looms, 84th Congress,"
        " Part 3, June 12, 1956;"
        " in Thirty Years of Weaving: Excerpts, 1938-1968, Ann Poe, ed. (New York: Viking Press, 1971), 770.",
        [
            "m:Investigation of the Unlicensed Use of Looms part:Part 3 date:1956-06-12",
            "m:Thirty Years of Weaving: Excerpts, 1938-1968 ed:Ann Poe pub:Viking Press pl:New York"
            " pp:770 date:1971",
        ],
    ),
    (
        "John Roe’s security file at the National Archives, KV2 1532-37",
        ["rep:National Archives id:KV2 1532-37"],
    ),
    (
        "National Archives HO 144/17487. 13 November1917;",
        ["rep:National Archives date:1917-11-13 id:HO 144/17487"],
    ),
    ("Original draft, unpublished (Jane Doe Archive)", ["rep:Jane Doe Archive"]),
    (
        "Bread and Roses, London: Pluto Press, 1981, pp. 220–1",
        ["m:Bread and Roses pub:Pluto Press pl:London pp:pp. 220–1 date:1981"],
    ),
]
UNITS = {"volume": "vol", "issue": "iss", "page": "pp", "part": "part"}


def value(date):
    parts = dict(date.attributes)
    joined = "/".join(parts[name] for name in ("from", "to") if name in parts)
    between = "~".join(parts[name] for name in ("notBefore", "notAfter") if name in parts)
    return parts.get("when") or joined or between


def told(publication):
    return " ".join(
        [f"{title.level}:{title.text}" for title in publication.titles]
        + [f"a:{title.text}" for title in publication.analytic]
        + [f"au:{name.text}" for name in publication.authors]
        + [f"ed:{name.text}" for name in publication.editors]
        + [f"pub:{name.text}" for name in publication.publishers]
        + [f"pl:{name.text}" for name in publication.places]
        + [f"rep:{name.text}" for name in publication.repositories]
        + [f"{UNITS[scope.unit]}:{scope.text}" for scope in publication.scopes]
        + [f"date:{value(date)}" for date in publication.dates]
        + [f"id:{identifier.text}" for identifier in publication.identifiers]
    )


@pytest.mark.parametrize(("statement", "expected"), STATEMENTS)
def test_statement(statement, expected):
    assert [
        told(publication) for publication in read_statement(statement, 0, "source", AUTHORS).publications
    ] == expected


@pytest.mark.parametrize(("statement", "expected"), STATEMENTS)
def test_spans_point_into_the_source(statement, expected):
    source = f"Source: {statement}"
    for publication in read_statement(statement, len("Source: "), "source", AUTHORS).publications:
        low, high = publication.span
        named = (*publication.titles, *publication.analytic, *publication.authors, *publication.editors)
        named += (*publication.publishers, *publication.places, *publication.repositories)
        named += (*publication.scopes, *publication.dates, *publication.identifiers)
        for item in named:
            if item.span:
                assert low <= item.span.start < item.span.end <= high
                assert " ".join(source[item.span.start : item.span.end].split()) == " ".join(
                    item.text.split()
                )


@pytest.mark.parametrize(
    "statement",
    ["", " ;", "[1]", "...", "???"],
)
def test_nothing_to_read(statement):
    assert read_statement(statement, 0, "source").publications == ()


@pytest.mark.parametrize(
    ("statement", "language"),
    [
        ("La Révolution Prolétarienne, October 25, 1938;", "fr"),
        ("esprit. 4th yr, #47-48, September 1, 1936;", "fr"),
        ("Vorwärts, 11 November 1896.", "de"),
        ("Originally appeared in the Spanish anarchist newspaper La Llama 3, May 1917", "es"),
        ("Maspero, Paris 1977", "fr"),
        ("The Unheard-of Gazette, 3 May 1921", ""),
        ("Northern Tales, Loom Press, Oslo 1977", ""),
    ],
)
def test_language_of_a_source(statement, language):
    (publication,) = read_statement(statement, 0, "source").publications
    assert publication.language == language


def test_sentences_that_follow_are_left_over():
    text = "The Loom, 3 May 1921. This piece was long lost. Notes by the Weavers Library."
    reading = read_statement(text, 0, "source")
    assert [text[low:high] for low, high in reading.rest] == [
        "This piece was long lost.",
        "Notes by the Weavers Library.",
    ]


@pytest.mark.parametrize(
    ("text", "unit", "attributes"),
    [
        ("Vol. XIV", "volume", (("n", "14"),)),
        ("Vol V", "volume", (("n", "5"),)),
        ("No. 12", "issue", (("n", "12"),)),
        ("No.68-69", "issue", (("from", "68"), ("to", "69"))),
        ("#47-48", "issue", (("from", "47"), ("to", "48"))),
        ("n° 3", "issue", (("n", "3"),)),
        ("pp. 220–1", "page", (("from", "220"), ("to", "221"))),
        ("pp. 368–69", "page", (("from", "368"), ("to", "369"))),
        ("p.123", "page", (("from", "123"), ("to", "123"))),
        ("pp. 3 & 6", "page", ()),
        ("pp. 3, 6", "page", ()),
        ("pp. 3-6, 9", "page", ()),
        ("pp. 3, 6 and 9", "page", ()),
        ("pp. 98–104f", "page", ()),
        ("pp. 20–15", "page", ()),
        ("pp. 134–8", "page", (("from", "134"), ("to", "138"))),
        ("p. 12f", "page", (("from", "12"), ("to", "13"))),
        ("pp. 12ff", "page", (("from", "12"),)),
        ("p. 12a", "page", (("from", "12a"), ("to", "12a"))),
        ("pp. xii–xiv", "page", (("from", "xii"), ("to", "xiv"))),
        ("Vol. iv", "volume", (("n", "4"),)),
        ("No. 3/4", "issue", (("from", "3"), ("to", "4"))),
        ("Nos. 3 & 4", "issue", (("from", "3"), ("to", "4"))),
        ("Nos. 3, 4 and 5", "issue", (("from", "3"), ("to", "5"))),
        ("Nos. 3, 7", "issue", ()),
        ("Whole No. 45", "issue", (("n", "45"),)),
        ("4th yr", "volume", (("n", "4"),)),
        ("front page", "page", ()),
    ],
)
def test_scope(text, unit, attributes):
    (scope,) = find_scopes(f"The Loom, {text}, end", 0)
    assert (scope.text, scope.unit, scope.attributes) == (text, unit, attributes)


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("No. 3, 4 May 1912", ["No. 3"]),
        ("pp. 3, 6 May 1912", ["pp. 3"]),
        ("pp. 12, 14.5.1912", ["pp. 12"]),
        ("pp. 3, 6, 1912", ["pp. 3, 6"]),
        ("No. 3/1912", ["No. 3"]),
        ("Vol. 3, 12, 1912", ["Vol. 3"]),
        ("Nos. 3, 45 pages", ["Nos. 3"]),
        ("Vol. 3, No. 12 (Whole No. 45), p. 2", ["Vol. 3", "No. 12", "Whole No. 45", "p. 2"]),
    ],
)
def test_a_number_behind_a_comma_may_be_something_else(text, scopes):
    assert [scope.text for scope in find_scopes(text, 0)] == scopes


@pytest.mark.parametrize("text", ["no man", "Note 5x", "pop 3", "volumes", "No one", "page by page", "Pp"])
def test_no_scope(text):
    assert find_scopes(text, 0) == ()


def test_hostile_statements():
    for text in (
        "a, " * 20_000,
        "(" * 5_000,
        "No. 1 " * 5_000,
        "X. " * 5_000,
        "A and " * 3_000,
        "Doe: " * 5_000,
    ):
        assert read_statement(text, 0, "source").rest is not None
