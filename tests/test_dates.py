"""Calendar dates written out: surface → value, and numbers that are none."""

import random
from datetime import date, timedelta

import pytest

from tei_serge.dates import Bounds, bounds, find_full_dates, same_time, sole_date

VALUES = [
    ("15 August 1922", "when=1922-08-15"),
    ("October 25, 1938", "when=1938-10-25"),
    ("Oct. 25th 1938", "when=1938-10-25"),
    ("3rd of May, 1921", "when=1921-05-03"),
    ("first of May 1920", "when=1920-05-01"),
    ("May the 1st, 1920", "when=1920-05-01"),
    ("5th day of June 1890", "when=1890-06-05"),
    ("twenty-third of March 1907", "when=1907-03-23"),
    ("Saturday, 9th July 1892", "when=1892-07-09"),
    ("Feb. 3, 1918", "when=1918-02-03"),
    ("March 19,1871", "when=1871-03-19"),
    ("13 November1917", "when=1917-11-13"),
    ("1921, March 18", "when=1921-03-18"),
    ("MAY 6, 1913", "when=1913-05-06"),
    ("2004-05-03", "when=2004-05-03"),
    ("March 1938", "when=1938-03"),
    ("June, 1937", "when=1937-06"),
    ("1931 January", "when=1931-01"),
    ("Sept 1936", "when=1936-09"),
    ("1977", "when=1977"),
    ("29 February 1936", "when=1936-02-29"),
    ("6–7 March 1937", "from=1937-03-06 to=1937-03-07"),
    ("29 & 30 June 1950", "from=1950-06-29 to=1950-06-30"),
    ("March 1 to 18, 1921", "from=1921-03-01 to=1921-03-18"),
    ("28 February–3 March 1921", "from=1921-02-28 to=1921-03-03"),
    ("30 December–2 January 1921", "from=1920-12-30 to=1921-01-02"),
    ("February/March 1950", "from=1950-02 to=1950-03"),
    ("April-May 1921", "from=1921-04 to=1921-05"),
    ("Nov.-Dec. 1980", "from=1980-11 to=1980-12"),
    ("December–January 1921", "from=1920-12 to=1921-01"),
    ("August 1936 – July 1937", "from=1936-08 to=1937-07"),
    ("4 May 1936 to 8 May 1936", "from=1936-05-04 to=1936-05-08"),
    ("1925–1928", "from=1925 to=1928"),
    ("1922-3", "from=1922 to=1923"),
    ("1917/18", "from=1917 to=1918"),
    ("11.11.2007", "when=2007-11-11"),
    ("24.3.2004", "when=2004-03-24"),
    ("12.IX.1911", "when=1911-09-12"),
    ("13.11.17", "when=1917-11-13 cert=medium"),
    ("6/7/52", "when=1952-07-06 cert=medium"),
    ("11/22/63", "when=1963-11-22 cert=medium"),
    ("December 14(27), 1917", "when=1917-12-27"),
    ("December 25 (7), 1917", "when=1918-01-07"),
    ("January 9 (22), 1905", "when=1905-01-22"),
    ("25 October (7 November) 1917", "when=1917-11-07"),
    ("10/23 March 1905", "when=1905-03-23"),
    ("Spring 1965", "notBefore=1965-03 notAfter=1965-05 cert=high"),
    ("Winter 1936-37", "notBefore=1936-12 notAfter=1937-02 cert=high"),
    ("Winter 1936", "notBefore=1936-01 notAfter=1937-02 cert=low"),
    ("1940s", "notBefore=1940 notAfter=1949"),
    ("the 1920’s", "notBefore=1920 notAfter=1929"),
    ("Late September 1943", "notBefore=1943-09-21 notAfter=1943-09-30 cert=high"),
    ("mid-March 1921", "notBefore=1921-03-11 notAfter=1921-03-20 cert=high"),
    ("early 1905", "notBefore=1905-01 notAfter=1905-04 cert=high"),
    ("end of February 1936", "notBefore=1936-02-21 notAfter=1936-02-29 cert=high"),
    ("ca. November 1922", "when=1922-11 cert=low"),
    ("circa 12th April 1974", "when=1974-04-12 cert=low"),
    ("c. 1922", "when=1922 cert=low"),
]


def told(attributes):
    return " ".join(f"{name}={value}" for name, value in attributes)


@pytest.mark.parametrize(("surface", "expected"), VALUES)
def test_value(surface, expected):
    found = find_full_dates(f"At Lyme, {surface}. And so on")
    assert [told(one.attributes) for one in found] == [expected]
    assert f"At Lyme, {surface}. And so on"[found[0].start : found[0].end] == surface


@pytest.mark.parametrize(
    "text",
    [
        "No. 1917",
        "Nos 1917, 1918",
        "pp. 1920–1925",
        "p. 1921",
        "pages 1890 and 12",
        "ISBN 0-1917-1938-1",
        "ISBN 1 9178",
        "Vol. 1922",
        "#1905",
        "1917 words",
        "1,917 men",
        "191 and 19177",
        "A1917",
        "1917a",
        "£1922",
        "lecture 17",
        "Box 1917",
        "31.12",
        "1.5.3",
        "99.99.1999x",
        "may march on",
        "20/XII.",
        "10116",
    ],
)
def test_no_date(text):
    assert find_full_dates(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No. 6 March 1921", ["March 1921"]),
        ("Vol. 2 No. 69, 15 August 1922, pp. 520–521.", ["15 August 1922"]),
        ("Works, Volume 26, 1972, pp. 388-390", ["1972"]),
        ("Speeches, 1920-1928 © House, 1992. ISBN 0-9633828-1-0", ["1920-1928", "1992"]),
        ("Clarion 6 (1921), p.123.", ["1921"]),
        ("Lyme, August 24, 1916[7]", ["August 24, 1916"]),
        ("HO 144/17487. 13 November1917;", ["13 November1917"]),
        ("31 April 1938 and 1 May 1938", ["31 April 1938", "1 May 1938"]),
        ("from 5 to 6 May 1921", ["5 to 6 May 1921"]),
    ],
)
def test_in_context(text, expected):
    assert [text[one.start : one.end] for one in find_full_dates(text)] == expected


def test_impossible_day_has_no_value():
    (found,) = find_full_dates("31 April 1938")
    assert (found.attributes, found.form, found.grain) == ((), "impossible", "")


def test_century_and_missing_year():
    assert told(find_full_dates("13.11.89", century=1800)[0].attributes) == "when=1889-11-13 cert=medium"
    assert told(find_full_dates("20/XII.", without_year=True)[0].attributes) == "when=--12-20"


@pytest.mark.parametrize(
    ("text", "value"),
    [("(January 1938)", "1938-01"), ("June 12, 1956.", "1956-06-12"), ("[1917]", "1917")],
)
def test_sole_date(text, value):
    assert sole_date(text).value == value


@pytest.mark.parametrize("text", ["The year 1917", "1917 and 1918", "(Undated)", "", "Kingsport 1921"])
def test_no_sole_date(text):
    assert sole_date(text) is None


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ((("when", "1936"),), Bounds("1936-01-01", "1936-12-31")),
        ((("when", "1936-02"),), Bounds("1936-02-01", "1936-02-29")),
        ((("from", "1936-02-03"), ("to", "1936-03")), Bounds("1936-02-03", "1936-03-31")),
        ((("notAfter", "1936"), ("cert", "low")), Bounds("0001-01-01", "1936-12-31")),
        ((("when", "--12-20"),), None),
        ((), None),
    ],
)
def test_bounds(attributes, expected):
    assert bounds(attributes) == expected


def test_same_time():
    assert same_time((("when", "1936"),), (("when", "1936-09-01"),))
    assert not same_time((("when", "1935"),), (("when", "1936-09-01"),))
    assert not same_time((), (("when", "1936"),))


FORMATS = [
    "{d} {m} {y}",
    "{m} {d}, {y}",
    "{d}th of {m}, {y}",
    "{w}, {m} {d}, {y}",
    "{y}-{n:02d}-{d:02d}",
    "{d}.{n}.{y}",
]


@pytest.mark.parametrize("seed", range(60))
def test_any_day_is_read_in_any_form(seed):
    rng = random.Random(seed)
    day = date(1500, 1, 1) + timedelta(days=rng.randrange(220_000))
    form = rng.choice(FORMATS)
    text = form.format(d=day.day, m=day.strftime("%B"), y=day.year, n=day.month, w=day.strftime("%A"))
    (found,) = find_full_dates(f"x {text} y")
    assert dict(found.attributes)["when"] == day.isoformat()


@pytest.mark.parametrize("seed", range(60))
def test_spans_are_ordered_and_lie_in_the_text(seed):
    rng = random.Random(seed)
    words = [
        "May",
        "1921",
        "3",
        "–",
        "(",
        ")",
        ",",
        "No.",
        "March",
        "the",
        "31",
        "/",
        ".",
        "late",
        "Winter",
        "s",
        "\u00a0",
    ]
    text = "".join(rng.choice(words) + rng.choice(["", " "]) for _ in range(80))
    end = 0
    for found in find_full_dates(text):
        assert end <= found.start < found.end <= len(text)
        assert not text[found.start : found.end].endswith((" ", "\u00a0"))
        end = found.end
        limits = bounds(found.attributes)
        assert limits is None or limits.first <= limits.last


def test_hostile_input_takes_little_time():
    assert find_full_dates("1" * 200_000) == ()
    assert len(find_full_dates("May 1921 " * 20_000)) == 20_000
    assert find_full_dates("the " * 50_000 + "1") == ()
