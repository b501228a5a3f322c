"""The promises of the date finder, for texts that nobody has seen: random words of time, odd Unicode, long rows."""

import logging
import re
import time
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_serge import FoundDate, find_dates

TEI = "http://www.tei-c.org/ns/1.0"
ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "schemas" / "tei_serge.rng"
TABLE = ROOT / "tests" / "tables" / "dates.toml"
LAW = settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
logging.getLogger("edtf").setLevel(logging.CRITICAL)


# What the texts are made of

WORDS = tuple(
    """
    the a an of in on at to from since until till by before after between and or early late mid end beginning
    first second third half quarter last next this that same every each January February March April May June
    August October November December Jan. Sept. Feb. Dec january february may jany Monday Friday Sunday Sat Mon
    spring summer autumn fall winter mid-winter day days week weeks month months year years decade decades
    century centuries fortnight hour hours night morning evening noon midnight o'clock a.m. p.m. yesterday
    today tomorrow tonight ago later earlier now recently inst. ult. prox. (Old Style) (O.S.) O.S. N.S. A.D.
    B.C. BC AD BCE CE c. ca. about around circa some over nearly more less than least 1921 1848 1900 1936 1917
    1999 0001 9999 1000 2199 480 44 5 3 12 30 31 29 28 0 00 1 25 100 150 1,000 1921-22 1922-3 16-20 1/2 10/22
    9999999 1/1/1 12/25/1905 5.8.1921 2.X.11 12.IX.1911 5-III-1918 2004-05-03 31.12.9999 1.1.0001 29.2.1900
    29.2.1904 1st 2nd 3rd 4th 15th 29th 30th 31st 32nd 99th twenty-third thirtieth thirty-first twenty five two
    ten hundred thousand dozen several few many couple 1920s 1890's '20s 480s 90s 0000s '48 ’48 ’00 sixties
    thirties nineteenth 19th 20th 21st I IV VIII XIV II century's Easter Christmas Michaelmas Day Good Whitsun Eve
    New Year's Pentecost Brumaire Thermidor vendémiaire An Anno Domini ( ) [ ] , . - – — / : ; ' “ ” ? ! £ $ %
    was will had it they report war time times turn period past present eve during through up as once daily
    weekly annually following previous preceding coming fifteen seven-year two-day 10 9:30 24:00 23:59 10.30 7.5
    2.5 1000000 p. No. Vol. Dear Written: Published: Source: Last updated Editor's note Paris whole onwards about
    """.split()  # noqa: SIM905
)
GAPS = (*([" "] * 12), "\n", "\n", "\n\n", "", "-", ", ", " – ", "\u00a0", "\t", " and ", " to ", "—")
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), min_size=1, max_size=24).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
UNICODE = st.text(
    st.characters()
    | st.sampled_from(
        "0123456789٣²½Ⅳ０\x00\x0b\x1c\x1e\x85\u2028\u200b\ufeff\u00a0\ufffe\ue000\n\r'’-–—/.,()"
    )
)
MIXED = st.lists(st.one_of(TEXTS, UNICODE), max_size=4).map("".join)
REFERENCES = st.one_of(
    st.none(),
    st.sampled_from(
        [
            date(1, 1, 1),
            date(1, 12, 31),
            date(99, 3, 1),
            date(1900, 3, 1),
            date(1904, 2, 29),
            date(1936, 8, 25),
            date(9999, 1, 1),
            date(9999, 12, 31),
        ]
    ),
    st.dates(),
)


def made_texts(seed: int, number: int) -> Iterator[tuple[str, date | None]]:
    """Texts of the same words for the laws that look at many at once."""
    random = Random(seed)
    days = (None, date(1, 1, 1), date(50, 6, 1), date(1900, 3, 1), date(1936, 8, 25), date(9999, 12, 31))
    for _ in range(number):
        words = (random.choice(WORDS) + random.choice(GAPS) for _ in range(random.randint(2, 12)))
        yield "".join(words), random.choice(days)


def judged_texts() -> Iterator[tuple[str, date | None]]:
    """The texts of the table, which are judged by hand elsewhere."""
    for case in tomllib.loads(TABLE.read_text("utf-8"))["case"]:
        yield re.sub(r"\[\[(.+?)\]\]", r"\1", case["text"], flags=re.DOTALL), case.get("reference")


@cache
def is_edtf(value: str) -> bool:
    try:
        parse_edtf(value)
    except EDTFParseException:
        return False
    return True


# Extents and values


@LAW
@given(MIXED, REFERENCES)
@example("1" * 5000, None)
@example(f"{'9' * 5000}th of May, {'1' * 5000} years, {'1' * 5000}s", None)
@example("every autumn", None)
@example("each spring", date(1936, 8, 25))
@example("Christmas 0 B.C.", date(1, 1, 1))
@example("The 31st of February, 31.2.1921, 30 February 0000", date(9999, 12, 31))
@example("the night of", None)
@example("\ud800 May \udfff 1921", None)
@example("1 May 1921\r\n\r\n'48\r", date(1, 1, 1))
def test_extents_are_in_order_and_inside_the_text(text: str, reference: date | None) -> None:
    end = 0
    for found in find_dates(text, reference=reference):
        assert end <= found.start < found.end <= len(text), found
        assert found.text == text[found.start : found.end]
        assert found.timex3.value, found
        assert found.timex3.type in ("DATE", "TIME", "DURATION", "SET"), found
        assert found.cert in ("", "high", "medium", "low"), found
        assert found.rule, found
        assert found.reason, found
        end = found.end


@LAW
@given(MIXED, REFERENCES)
@example("between the 3rd and the 5th, 6th and since at least 1921 until 1922", date(1936, 8, 25))
def test_what_tei_tags_is_inside_the_text_and_the_same_or_apart(text: str, reference: date | None) -> None:
    spans = [found.tei_span for found in find_dates(text, reference=reference) if found.tei_span is not None]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    for one, two in pairwise(spans):
        assert (one.start, one.end) == (two.start, two.end) or one.end <= two.start, (one, two)


def test_edtf_of_the_table_is_edtf() -> None:
    told = {found.edtf for text, day in judged_texts() for found in find_dates(text, reference=day)}
    values = sorted(value for value in told if value is not None)
    assert [value for value in values[::6] if not is_edtf(value)] == []  # the package takes its time


@LAW
@given(MIXED, REFERENCES)
@example("since early August 1921", None)
@example("from the end of June 1920 to the middle of August 1921", None)
@example("since the 1920s, until the 1880s, before the 1st century, 480s BC", None)
@example("till late ’48", date(1, 12, 31))
@example("1890s–'20s", date(1, 12, 31))
@example("late 1-5 AD", None)
@example("November 16-20", None)
@example("29 February last", date(1936, 8, 25))
@example("the coming decade, next Easter, next September, next century, 2nd prox.", date(9999, 12, 31))
@example("last century, last decade, the present decade, '20s, last winter", date(50, 6, 1))
@example("January–early November", date(1900, 3, 1))
def test_edtf_is_edtf(text: str, reference: date | None) -> None:
    for found in find_dates(text, reference=reference):
        assert found.edtf is None or is_edtf(found.edtf), (found.edtf, found)


# TEI

STARTS, ENDS = ("from", "notBefore"), ("to", "notAfter")


def comparable(one: str, two: str) -> bool:
    return len(one) == len(two) and not one.startswith("-") and not two.startswith("-")


def broken_rule(attributes: dict[str, str]) -> str:
    """The rule of the schema's own Schematron that these attributes break; empty if they break none."""
    if "when" in attributes and not attributes.keys().isdisjoint(STARTS + ENDS):
        return "when with a bound"
    if attributes.keys() >= set(STARTS) or attributes.keys() >= set(ENDS):
        return "two bounds of one side"
    if "when-custom" in attributes and not {"when", "datingMethod"} <= attributes.keys():
        return "when-custom alone"
    for start in STARTS:
        for end in ENDS:
            first, last = attributes.get(start, ""), attributes.get(end, "")
            if first and last and comparable(first, last) and first > last:
                return f"{start} after {end}"
    return ""


@LAW
@given(TEXTS, REFERENCES)
@example("between 1921 and 1900, from 1921 to 1848, 31 December–2 January 1921, 1921-20", None)
@example("25 October (O.S.), 25 October 1917 (O.S.), since 25 October 1917 (O.S.)", date(1936, 8, 25))
@example("from the end of May to the beginning of May 1921", None)
@example("January–early November", date(1900, 3, 1))
def test_tei_attributes_go_together(text: str, reference: date | None) -> None:
    for found in find_dates(text, reference=reference):
        assert not broken_rule(found.tei), (broken_rule(found.tei), found)
        assert found.tei_span is not None or not found.tei, found


_FRAME = f"""<TEI xmlns="{TEI}" xml:id="law"><teiHeader><fileDesc><titleStmt><title>Dates</title></titleStmt>
<publicationStmt><publisher>nobody</publisher></publicationStmt><sourceDesc><bibl>made up</bibl></sourceDesc></fileDesc>
<profileDesc><calendarDesc><calendar xml:id="julian"><p>Old Style</p></calendar></calendarDesc></profileDesc>
</teiHeader><text><body/></text></TEI>"""


@cache
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMA))


def document(dates: list[FoundDate]) -> etree._ElementTree:
    """A TEI document with one element for each date, in a paragraph on the line of its number."""
    tree = etree.fromstring(_FRAME)
    body = tree.find(f"{{{TEI}}}text/{{{TEI}}}body")
    assert body is not None
    for found in dates:
        element = etree.SubElement(etree.SubElement(body, f"{{{TEI}}}p"), f"{{{TEI}}}date", found.tei)
        element.text = "then"
    return etree.ElementTree(tree)


def refused(dates: list[FoundDate]) -> list[FoundDate]:
    """The dates that the grammar of the schema refuses: all in one document, then each alone if need be."""
    if not dates or grammar().validate(document(dates)):
        return []
    return [found for found in dates if not grammar().validate(document([found]))]


def test_the_frame_of_the_next_laws_is_valid_and_the_grammar_refuses() -> None:
    [found] = find_dates("3 May 1921")
    assert not refused([found])
    for values in (
        {"when": "1921-02-30"},
        {"when": "--11-31"},
        {"when": "1921", "from": "1920"},
        {"dur": "2W"},
    ):
        found.tei.clear()
        found.tei.update(values)
        assert refused([found]), values


@LAW
@given(TEXTS, REFERENCES)
@example("in 1 BC, 1 B.C. to 5 A.D., the winter of 1 BC", None)
@example("1.1.0001, 0000, 0 AD, 00 BC", None)
@example("31st of February last, 29 February last", date(1936, 8, 25))
@example("30th February, 31 November", date(1, 1, 1))
@example("Sept. 31st will be", date(9999, 12, 31))
@example("Feb, autumn, Christmas, mid Sep, 6-20 January, from December, Whitsun", date(1, 1, 1))
@example("the present decade, last century, '20s, early '20s, 1000 centuries ago", date(50, 6, 1))
@example("Sept will be, next year, the coming century, 10000 years from now", date(9999, 12, 31))
@example("31 November, 30 February, 29 February, Sept 31, 31st", None)
@example("at 24:00 on 3 May 1921, 9:99 on 4 May 1921, 25:00 on 5 May 1921", None)
@example("1.5 years, 2.5 weeks, 0.3 hours, 1,000 years, a fortnight, half a century, 0 days", None)
def test_tei_is_valid(text: str, reference: date | None) -> None:
    assert not refused([found for found in find_dates(text, reference=reference) if found.tei])


def test_tei_of_thousands_of_texts_is_valid() -> None:
    told: dict[tuple[tuple[str, str], ...], FoundDate] = {}
    for text, reference in (*judged_texts(), *made_texts(1921, 1500)):
        for found in find_dates(text, reference=reference):
            told.setdefault(tuple(sorted(found.tei.items())), found)
    assert len(told) > 600
    assert not refused(list(told.values()))
    assert not [(found, broken_rule(found.tei)) for found in told.values() if broken_rule(found.tei)]


# The same text


def compared(dates: list[FoundDate], offsets: list[int] | None = None) -> list[object]:
    """All that is said of dates except their words, with offsets replaced."""
    at = offsets or range(2**60)
    return [
        (
            at[found.start],
            at[found.end],
            found.tei,
            found.timex3,
            found.edtf,
            found.cert,
            found.rule,
            found.reason,
            found.tei_span and (at[found.tei_span.start], at[found.tei_span.end]),
        )
        for found in dates
    ]


@LAW
@given(TEXTS, REFERENCES)
@example("1921\nwinter", date(1936, 8, 25))
@example("2/5/1905 Monday.\n", None)
@example("1936\nBC", None)
@example("1848\n'20s", date(2000, 2, 29))
@example("seven-year\nV", None)
@example("1000 \nWhitsun", date(1900, 3, 1))
@example("1000\naround\nhour", None)
@example("2004-5-03 Feb.\n", None)
@example("Written: May\n1921\n\nOn Monday, the\n3rd\n\n\nof May", None)
@example("from\n1 May\nto\n3 June\n1921", None)
def test_kinds_of_line_ends_do_not_matter(text: str, reference: date | None) -> None:
    windows = text.replace("\n", "\r\n")
    offsets: list[int] = []
    for _ in windows:
        offsets.append(offsets[-1] + (windows[len(offsets) - 1] != "\r") if offsets else 0)
    offsets.append(len(text))
    expected = compared(find_dates(text, reference=reference))
    assert compared(find_dates(windows, reference=reference), offsets) == expected


@LAW
@given(MIXED, REFERENCES)
def test_the_same_input_gives_the_same_dates(text: str, reference: date | None) -> None:
    first = find_dates(text, reference=reference)
    find_dates("On 3 May 1921 and the 4th they left; yesterday they were back.", reference=date(1921, 6, 1))
    assert find_dates(text, reference=reference) == first


# Other languages

OTHERS = {
    "Finnish": """Vanha kello oli pysähtynyt, eikä kukaan kylässä muistanut, milloin. Satamassa kalastajat
        korjasivat verkkojaan ja puhuivat hiljaa sodasta, josta kirjeet kertoivat. Maaliskuun jäät olivat
        lähteneet, ja sunnuntaina soittokunta soitti torilla. Me olemme odottaneet liian kauan, sanoi vanhus.

        Sade alkoi ennen iltaa. Mari juoksi kotiin, avasi oven ja sulki sen heti. Talvi oli ollut pitkä, kesä
        tulisi myöhään; viime vuonna se ei tullut lainkaan.""",
    "Turkish": """Eski saat durmuştu ve köyde kimse ne zaman durduğunu hatırlamıyordu. Limanda balıkçılar
        ağlarını onarıyor, mektupların anlattığı savaştan alçak sesle söz ediyorlardı. Mart buzları çözülmüş,
        pazar günü bando meydanda çalmıştı. Çok uzun bekledik, dedi ihtiyar. Sat onu, dedi oğlu.

        Yağmur akşamdan önce başladı. Ayşe eve koştu, kapıyı açtı ve hemen kapattı. Kış uzun olmuştu, yaz geç
        gelecekti; geçen yıl hiç gelmemişti. On gün bekleyelim, dediler. An bu andır.""",
    "Hungarian": """A régi óra megállt, és a faluban senki sem emlékezett rá, mikor. A kikötőben a halászok
        a hálóikat javították, és halkan beszéltek a háborúról, amelyről a levelek szóltak. A márciusi jég
        elvonult, vasárnap a zenekar a téren játszott. Túl sokáig vártunk, mondta az öreg. Most már elég!

        Az eső este előtt kezdődött. Mari hazafutott, kinyitotta az ajtót, és rögtön becsukta. A tél hosszú
        volt, a nyár későn jön; tavaly egyáltalán nem jött.""",
    "Polish": """Stary zegar stanął i nikt we wsi nie pamiętał, kiedy. W porcie rybacy naprawiali sieci
        i cicho mówili o wojnie, o której opowiadały listy. Marcowe lody zeszły, w niedzielę orkiestra grała
        na rynku. Czekaliśmy zbyt długo, rzekł starzec. Do wiosny daleko, a ten rok jest jak tamten.

        Deszcz zaczął się przed wieczorem. Maria pobiegła do domu, otworzyła drzwi i zaraz je zamknęła. Zima
        była długa, lato przyjdzie późno; w zeszłym roku nie przyszło wcale.""",
    "Russian": """Старые часы остановились, и никто в деревне не помнил, когда. В гавани рыбаки чинили сети
        и тихо говорили о войне, о которой рассказывали письма. Мартовский лёд сошёл, в воскресенье оркестр
        играл на площади. Мы ждали слишком долго, сказал старик. Май был холодный.

        Дождь начался до вечера. Мария побежала домой, открыла дверь и сразу закрыла. Зима была долгой, лето
        придёт поздно; в прошлом году оно не пришло вовсе.""",
    "Greek": """Το παλιό ρολόι είχε σταματήσει και κανείς στο χωριό δεν θυμόταν πότε. Στο λιμάνι οι ψαράδες
        έφτιαχναν τα δίχτυα τους και μιλούσαν σιγά για τον πόλεμο που έλεγαν τα γράμματα. Οι πάγοι του Μάρτη
        είχαν φύγει, την Κυριακή η μπάντα έπαιζε στην πλατεία. Περιμέναμε πολύ, είπε ο γέρος.

        Η βροχή άρχισε πριν από το βράδυ. Η Μαρία έτρεξε στο σπίτι, άνοιξε την πόρτα και την έκλεισε αμέσως.
        Ο χειμώνας ήταν μακρύς, το καλοκαίρι θα ερχόταν αργά· πέρσι δεν ήρθε καθόλου.""",
    "Hebrew": """השעון הישן נעצר, ואיש בכפר לא זכר מתי. בנמל תיקנו הדייגים את רשתותיהם ודיברו בשקט על המלחמה
        שעליה סיפרו המכתבים. הקרח של מרס הפשיר, וביום ראשון ניגנה התזמורת בכיכר. חיכינו יותר מדי זמן, אמר הזקן.

        הגשם התחיל לפני הערב. מרים רצה הביתה, פתחה את הדלת וסגרה אותה מיד. החורף היה ארוך, הקיץ יבוא מאוחר;
        בשנה שעברה לא בא כלל.""",
    "Latin": """Horologium vetus steterat, nec quisquam in vico meminerat quando. In portu piscatores retia
        reficiebant et submissa voce de bello loquebantur, de quo litterae narrabant. Glacies mensis Martii
        soluta erat, et die dominica tubicines in foro canebant. Nimis diu exspectavimus, inquit senex; dies
        enim abeunt, anni redeunt. Mar autem, ut aiunt, sat magnum est. Sat verborum! Nam ante noctem pluere
        coepit, an sero, nemo dicet. Hiems longa fuerat, aestas sera veniet.""",
}  # fmt: skip


@pytest.mark.parametrize("reference", [None, date(1936, 8, 25)], ids=["no reference", "reference"])
@pytest.mark.parametrize("language", OTHERS)
def test_a_text_in_another_language_has_no_dates(language: str, reference: date | None) -> None:
    text = re.sub(r"\n {8}", "\n", OTHERS[language])
    assert [found.text for found in find_dates(text, reference=reference)] == []


# Time

SMALL, LARGE = 20_000, 160_000
ABSOLUTE = 200.0  # microseconds of processor time for a character: far above what a slow machine takes
DAY = date(1936, 8, 25)
# Rows of one piece, which hit what is looked for around a date, each with the day of writing that hits it best.
ROWS: tuple[tuple[str, date | None], ...] = (
    ("the ", DAY), ("1 ", DAY), ("and the 3rd ", None), ("January ", None), ("12/", DAY),
    ("from 1920 to ", DAY), ("(", DAY), ("May-", None), ("last ", DAY), ("2,", DAY), ("a year and a half ", DAY),
    ("'48 ", DAY), ("x", DAY), ("0123456789", DAY), ("\n", DAY), (" ", DAY), ("-", DAY), ("’", DAY),
    ("1 May 1921 ", None), ("the 31st and ", None), ("Last updated 1920\n", None), ("Editor's note\nMay 3\n", None),
    ("yesterday 1912 ", DAY), ("In 1920 he was there, ", DAY), ("the end of the ", DAY), ("the night of ", DAY),
    ("9 o'clock ", DAY), ("twenty-", DAY), ("25 October (O.S.) ", None), ("at the same time ", DAY),
    ("ten years later ", None), ("B. C. ", None),
)  # fmt: skip


# Nearly every word of these is a date: half the length keeps this file quick.
DENSE = frozenset(("May-", "12/", "January ", "from 1920 to ", "'48 ", "and the 3rd ", "yesterday 1912 "))


def per_character(text: str, reference: date | None) -> float:
    """Microseconds of processor time for one character."""
    start = time.process_time()
    find_dates(text, reference=reference)
    return (time.process_time() - start) / len(text) * 1e6


@pytest.mark.parametrize(("row", "reference"), ROWS, ids=[f"{row} {day or 'undated'}" for row, day in ROWS])
def test_time_grows_with_the_length_of_a_text(row: str, reference: date | None) -> None:
    # The best of three at most, one where there is no doubt; a square law would give eight.
    sizes = (SMALL // 2, LARGE // 2) if row in DENSE else (SMALL, LARGE)
    texts = [(row * (size // len(row) + 1))[:size] for size in sizes]
    best = [float("inf"), float("inf")]
    for _ in range(3):
        best = [min(took, per_character(text, reference)) for took, text in zip(best, texts, strict=True)]
        if not best[0] < best[1] / 3 < 2 * best[0]:
            break
    assert best[1] <= 3 * best[0], best
    assert best[1] <= ABSOLUTE, best
