"""TimelineJS: dates on the line and in words, what is escaped, what is not on the line, and the real TimelineJS."""

import json
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_pages import ReadTimeline
from export_texts import ALL, CHRONICLE, HOSTILE, SEEDS, escaped, read, saved, tei
from tei_serge.export.registry import Wishes
from tei_serge.export.timelinejs import write

BASE = "https://example.org/"


def timeline(paths: Iterable[Path], **wishes: str) -> dict[str, Any]:
    data = b"".join(write(read(*paths), Wishes(**wishes)))
    made = json.loads(data)
    assert isinstance(made, dict)
    return made


def slides(paths: Iterable[Path], **wishes: str) -> list[dict[str, Any]]:
    return list(timeline(paths, **wishes)["events"])


def slide(tmp_path: Path, attributes: str) -> dict[str, Any] | None:
    event = f'<event xml:id="e" {attributes}><label>It</label></event>'
    made = slides(saved(tmp_path, tei(events=event)))
    return made[0] if made else None


@pytest.mark.parametrize(
    ("attributes", "start", "end", "words"),
    [
        ('when="1936"', {"year": 1936}, None, "1936"),
        ('when="1936-08"', {"year": 1936, "month": 8}, None, "August 1936"),
        ('when="1936-02"', {"year": 1936, "month": 2}, None, "February 1936"),
        ('when="1936-08-03"', {"year": 1936, "month": 8, "day": 3}, None, "3 August 1936"),
        ('when="1936-08-03T10:00:00"', {"year": 1936, "month": 8, "day": 3}, None, "3 August 1936"),
        ('from="1936-08-08" to="1936-08-09"', (1936, 8, 8), (1936, 8, 9), "8–9 August 1936"),
        (
            'notBefore="1936-08-12" notAfter="1936-08-14"',
            (1936, 8, 12),
            (1936, 8, 14),
            "between 12 and 14 August 1936",
        ),
        ('from="1923" to="1926"', (1923,), (1926,), "1923–1926"),
        ('from="1923" to="1926-05"', (1923,), (1926, 5), "1923–May 1926"),
        ('from="1932"', (1932,), None, "since 1932"),
        ('to="1932-05"', (1932, 5), None, "until May 1932"),
        ('notBefore="1932"', (1932,), None, "not before 1932"),
        ('notAfter="1936-08-25" cert="low"', (1936, 8, 25), None, "not after 25 August 1936 ?"),
        ('when="-0044-03-15"', (-44, 3, 15), None, "15 March 44 BC"),
        ('from="-0044" to="0014"', (-44,), (14,), "44 BC – 14"),
        ('from="1936" to="1936"', (1936,), None, "1936"),
        ('from="1940" to="1930"', (1940,), None, None),
        ('when="0999-12-31"', (999, 12, 31), None, "31 December 999"),
    ],
)
def test_dates_are_as_precise_as_they_are_known(
    tmp_path: Path, attributes: str, start: Any, end: Any, words: str | None
) -> None:
    made = slide(tmp_path, attributes)
    assert made is not None
    assert made["start_date"] == as_date(start)
    assert made.get("end_date") == as_date(end)
    if words is not None:
        assert made["display_date"] == words


def as_date(value: Any) -> Any:
    return dict(zip(("year", "month", "day"), value, strict=False)) if isinstance(value, tuple) else value


@pytest.mark.parametrize("attributes", ["", 'when="in spring"', 'when="1936-13"', 'when="0000"'])
def test_what_has_no_date_is_not_on_the_line_and_is_named_on_the_title_slide(
    tmp_path: Path, attributes: str
) -> None:
    event = f'<event xml:id="e" {attributes}><label>The council &lt;meets&gt;</label></event>'
    dated = '<event xml:id="f" when="1936"><label>It</label></event>'
    made = timeline(saved(tmp_path, tei(events=event + dated)))
    assert [one["text"]["headline"] for one in made["events"]] == ["It"]
    assert "1 event of 1 text." in made["title"]["text"]["text"]
    assert "not on the line: The council &lt;meets&gt;." in made["title"]["text"]["text"]


def test_many_events_without_a_date_are_counted(tmp_path: Path) -> None:
    events = "".join(f'<event xml:id="e{n}"><label>It {n}</label></event>' for n in range(13))
    paths = saved(tmp_path, tei(events=events))
    text = timeline(paths)["title"]["text"]["text"]
    left: list[tuple[str, str]] = []
    list(write(read(*paths), Wishes(left_out=lambda path, what: left.append((path, what)))))
    assert left == [(str(paths[0]), "13 events without a date")]
    assert "not on the line: 13 events." in text
    assert "It 1" not in text


def test_the_title_is_that_of_the_collection_or_of_the_only_text() -> None:
    assert timeline(SEEDS[1:])["title"]["text"] == {
        "headline": "Notes on Russia",
        "text": "<p>Victor Serge</p><p>39 events of 1 text, and 2 more that it mentions.</p>",
    }
    assert timeline(SEEDS, title="A & B")["title"]["text"]["headline"] == "A &amp; B"
    assert timeline(CHRONICLE)["title"]["text"]["headline"] == "Chronology"


def test_no_event_is_lost_and_all_are_in_the_order_of_time() -> None:
    told = {f"{edition.name}.{one.id}" for edition in read(*ALL) for one in edition.events if one.dated}
    made = slides(ALL)
    mentioned = {one["unique_id"] for one in made if one["unique_id"].startswith("mentioned.")}
    assert {one["unique_id"] for one in made} - mentioned == told
    assert mentioned == {"mentioned.ev-october", "mentioned.ev-russian-revolution"}
    assert len(made) == len(told) + 2 >= 51
    starts = [tuple(one["start_date"].get(name, 1) for name in ("year", "month", "day")) for one in made]
    assert starts == sorted(starts)


def test_a_slide_says_who_where_how_sure_and_where_to_read_on() -> None:
    made = {one["unique_id"]: one for one in slides(CHRONICLE, base=BASE)}
    one = made["harbour.ev02"]
    assert one["group"] == "arrest"
    assert one["autolink"] is False
    assert one["text"]["headline"] == "Arrest of Paul Lind"
    assert one["text"]["text"] == (
        "<p>“On the 5th Paul Lind was arrested in Ostrey”</p>"
        "<p>“Lind was led away, it was said, without his coat.”</p>"
        "<p>Arrest. Where: Ostrey. Who: Paul Lind (arrested).</p>"
        "<p>Certainty of the encoding: high (clause with a date and a word of the table of events).</p>"
        '<p><a href="https://example.org/texts/harbour.html#s02">Jane Harrow, The Winter of the Harbour</a></p>'
        "<p>Likely told also in A Letter from the Coast: They come for Lind (between 1 and 7 February 1912)</p>"
    )
    assert "Reliability: Hearsay, says the writer." in made["harbour.ev05"]["text"]["text"]


# Of a register: one that the text mentions, one without a date, one that it does not mention.
OURS = '<encodingDesc><appInfo><application ident="tei_serge" version="1"><desc/></application></appInfo></encodingDesc>'
KNOWN = (
    '<event xml:id="ev-flood" type="flood" from="1789" to="1799"><label>The Flood</label></event>'
    '<event xml:id="ev-fog"><label>The Fog</label></event>'
    '<event xml:id="ev-frost" notBefore="1801" notAfter="1802"><label>The Frost</label></event>'
)
FLOOD = '<rs type="event" ref="#ev-flood" xml:id="m1">the flood</rs> and <rs type="event" ref="#ev-fog">the fog</rs>'


def mentioned_slides(
    tmp_path: Path, *texts: tuple[str, str], **wishes: Any
) -> tuple[list[dict[str, Any]], list[str]]:
    """The slides of texts of our own, each of its register of events and its body, and what is left out."""
    paths = saved(tmp_path, *(tei(events=events, body=body, header=OURS) for events, body in texts))
    left: list[str] = []
    said = Wishes(left_out=lambda path, what: left.append(what), **wishes)
    return json.loads(b"".join(write(read(*paths), said)))["events"], left


def test_an_event_of_a_register_that_the_text_mentions_has_a_slide(tmp_path: Path) -> None:
    made, left = mentioned_slides(tmp_path, (KNOWN, f"<p>After {FLOOD}.</p>"), base=BASE)
    assert made == [
        {
            "unique_id": "mentioned.ev-flood",
            "start_date": {"year": 1789},
            "end_date": {"year": 1799},
            "display_date": "1789–1799",
            "text": {
                "headline": "The Flood",
                "text": '<p>Flood.</p><p>Mentioned in:</p><p><a href="https://example.org/texts/text-1.html#m1">A text</a></p>',
            },
            "autolink": False,
        }
    ]
    assert left == ["1 event of a register that the text neither tells nor mentions"]


TOLD = '<event xml:id="t1" when="1790" {}><label>It rises</label><ptr type="span" target="#s1"/></event>'
SPAN = '<seg type="event" xml:id="s1" corresp="#t1">It rose.</seg>'


@pytest.mark.parametrize(
    ("texts", "ids", "groups"),
    [
        # Of several texts it has one slide.
        ([(KNOWN, f"<p>{FLOOD}</p>"), (KNOWN, f"<p>{FLOOD}</p>")], ["mentioned.ev-flood"], set()),
        # What a text tells has a slide of its own, and stands in another group.
        (
            [(KNOWN + TOLD.format(""), f"<p>{FLOOD} {SPAN}</p>")],
            ["mentioned.ev-flood", "text-1.t1"],
            {"told", "mentioned"},
        ),
        # Where it tells that of the register, the slide of what is told is enough, in whatever text it stands.
        ([(KNOWN + TOLD.format('corresp="#ev-flood"'), f"<p>{FLOOD} {SPAN}</p>")], ["text-1.t1"], set()),
        (
            [
                (KNOWN, f"<p>{FLOOD}</p>"),
                (KNOWN + TOLD.format('corresp="#ev-flood"'), f"<p>{SPAN}</p>"),
            ],
            ["text-2.t1"],
            set(),
        ),
        # Without a mention there is none.
        ([(KNOWN, "<p>a</p>")], [], set()),
    ],
)
def test_what_is_told_and_what_is_mentioned(
    texts: list[tuple[str, str]], ids: list[str], groups: set[str], tmp_path: Path
) -> None:
    made, _ = mentioned_slides(tmp_path, *texts)
    assert [one["unique_id"] for one in made] == ids
    assert {one["group"] for one in made if "group" in one} == groups


def test_all_texts_that_mention_an_event_are_named_or_counted(tmp_path: Path) -> None:
    (one,), _ = mentioned_slides(tmp_path, *[(KNOWN, f"<p>{FLOOD}</p>")] * 7)
    assert one["text"]["text"].count("<p>A text</p>") == 5
    assert one["text"]["text"].endswith("<p>and 2 more</p>")


def test_an_event_of_a_register_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    register = tei(events=KNOWN).replace("<TEI ", '<TEI xml:id="tei-register-events" ')
    (tmp_path / "registers" / "events.xml").write_text(register, encoding="utf-8")
    body = FLOOD.replace('"#', '"registers/events.xml#') + FLOOD.replace("ev-flood", "ev-frost").replace(
        '"#', '"registers/events.xml#'
    ).replace("m1", "m2")
    made, left = mentioned_slides(tmp_path, ("", f"<p>{body}</p>"))
    assert [(one["unique_id"], one["display_date"]) for one in made] == [
        ("mentioned.ev-flood", "1789–1799"),
        ("mentioned.ev-frost", "between 1801 and 1802"),
    ]
    assert left == []


def test_groups_are_few_or_none(tmp_path: Path) -> None:
    assert {one["group"] for one in slides(CHRONICLE)} == {"arrest", "banishment", "death", "strike", "trial"}
    # One text, and too many types: only what is mentioned stands apart.
    assert {one["group"] for one in slides(SEEDS)} == {"told", "mentioned"}
    one, two = (
        "".join(f'<event xml:id="e{n}" type="t{n}" when="1936"/>' for n in range(count)) for count in (5, 9)
    )
    texts = saved(tmp_path, tei(events=one, title="One"), tei(events=two, title="Two"))
    assert {one["group"] for one in slides(texts)} == {"One", "Two"}
    assert not any("group" in one for one in slides(texts[1:]))
    assert {one["group"] for one in slides(texts[:1])} == {f"t{n}" for n in range(5)}


def test_without_an_address_there_is_no_link() -> None:
    assert not any("href" in one["text"]["text"] for one in slides(CHRONICLE))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Any]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def hostile(tmp_path: Path) -> list[Path]:
    odd = escaped(HOSTILE)
    event = (
        f'<event xml:id="e1" type="{odd}" from="1932" to="{odd}" cert="{odd}"><label>{odd}</label>'
        f'<desc><rs type="person" role="{odd}">{odd}</rs></desc>'
        f'<note type="{odd}">{odd}</note><ptr type="span" target="#s1"/></event>'
        '<event xml:id="title" when="1936"><label>An id that the title has</label><ptr type="span" target="#s2"/></event>'
    )
    body = f'<p><seg type="event" xml:id="s1" corresp="#e1">{odd}</seg> <seg type="event" xml:id="s2" corresp="#title">Words.</seg></p>'
    return saved(tmp_path, tei(events=event, body=body, title=odd))


def test_what_is_hostile_is_words_and_nothing_else(tmp_path: Path) -> None:
    data = b"".join(write(read(*hostile(tmp_path)), Wishes(base=BASE, title=HOSTILE)))
    assert b"<" not in data  # so that it may stand in a page's script element
    assert b"\xe2\x80\xa8" not in data
    made = json.loads(data)
    for one in (made["title"], *made["events"]):
        for html in one["text"].values():
            parser = Tags()
            parser.feed(html)
            assert {tag for tag, _ in parser.found} <= {"p", "a"}
            assert all(set(values) <= {"href"} for _, values in parser.found)
    # TimelineJS takes these out of their markup once, and puts them into the page as HTML.
    for name in ("display_date", "group"):  # two types: each a group
        once = Tags()
        once.feed(made["events"][0][name])
        assert not once.found
        twice = Tags()
        twice.feed(once.words)
        assert not twice.found
        assert "alert(1)" in twice.words


def test_ids_are_used_once(tmp_path: Path) -> None:
    twice = '<event xml:id="e" when="1936"><label>It</label></event>' * 2
    nameless = '<event when="1937"><label>It</label></event>' * 2
    ids = [one["unique_id"] for one in slides(saved(tmp_path, tei(events=twice + nameless)))]
    assert len(set(ids)) == len(ids) > 1
    assert "title" not in ids


def test_a_long_passage_is_cut_between_words(tmp_path: Path) -> None:
    event = '<event xml:id="e" when="1936"><label>It</label><ptr type="span" target="#s"/></event>'
    body = f'<p><seg type="event" xml:id="s" corresp="#e">{"word " * 100_000}</seg></p>'
    (one,) = slides(saved(tmp_path, tei(events=event, body=body)))
    assert one["text"]["text"].startswith("<p>“word word")
    assert "word …”</p>" in one["text"]["text"]
    assert len(one["text"]["text"]) < 900


def test_the_same_in_whatever_order_the_texts_come() -> None:
    assert slides(CHRONICLE) == slides(reversed(CHRONICLE))


def test_no_text_and_no_event_is_still_a_timeline(tmp_path: Path) -> None:
    assert slides([]) == []
    assert slides(saved(tmp_path, tei())) == []


years = st.integers(1, 2100).flatmap(lambda year: st.sampled_from([year, -year]))


@settings(deadline=None, max_examples=40)
@given(years, st.integers(1, 12), st.integers(1, 28), st.sampled_from(["when", "from", "notAfter"]))
def test_a_day_is_where_it_was(
    tmp_path_factory: pytest.TempPathFactory, year: int, month: int, day: int, name: str
) -> None:
    value = f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"
    made = slide(tmp_path_factory.mktemp("day"), f'{name}="{value}"')
    assert made is not None
    assert made["start_date"] == {"year": year, "month": month, "day": day}


# In the real TimelineJS.


@pytest.mark.parametrize("paths", [SEEDS, CHRONICLE, ALL], ids=["seeds", "chronicle", "all"])
def test_timelinejs_shows_every_event(timelinejs: ReadTimeline, paths: tuple[Path, ...]) -> None:
    made = timeline(paths, base=BASE, title="Timeline")
    told = sum(one.dated for edition in read(*paths) for one in edition.events)
    shown = timelinejs(made)
    assert shown.errors == []
    mentioned = sum("mentioned" in one["unique_id"] for one in made["events"])
    assert mentioned == (0 if paths == CHRONICLE else 2)
    assert shown.slides == told + mentioned + 1
    assert shown.markers == told + mentioned
    # Their order is that of TimelineJS where two begin at one time.
    assert sorted(filter(None, shown.dates)) == sorted(one["display_date"] for one in made["events"])
    assert "Timeline" in shown.headlines


def test_timelinejs_shows_what_is_hostile_as_words(timelinejs: ReadTimeline, tmp_path: Path) -> None:
    shown = timelinejs(timeline(hostile(tmp_path), base=BASE, title=HOSTILE))
    assert shown.errors == []
    assert shown.slides == 3
    assert any("</script><script>alert(1)</script> &lt;img" in one for one in shown.headlines)
    assert any("alert(1)" in one for one in shown.dates)
