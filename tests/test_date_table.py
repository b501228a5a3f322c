"""The table of dates: tables/dates.toml, every case invented and judged by hand."""

import datetime
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import tei_serge

TABLE = Path(__file__).parent / "tables" / "dates.toml"
MARK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
KEYS = {
    "class", "text", "reference", "tei", "timex", "timex_text", "edtf", "cert", "why", "near_miss", "untagged",
}  # fmt: skip
ATTRIBUTES = {
    "when", "from", "to", "notBefore", "notAfter", "dur", "when-custom", "datingMethod", "calendar",
}  # fmt: skip
CERTAINTIES = {"", "high", "medium", "low"}


def load() -> list[dict[str, Any]]:
    with TABLE.open("rb") as handle:
        cases: list[dict[str, Any]] = tomllib.load(handle)["case"]
    return cases


RAW = load()


@dataclass(frozen=True)
class Case:
    group: str
    text: str
    """The text without the marks."""
    start: int
    end: int
    reference: datetime.date | None
    tei: dict[str, str]
    timex: str | None
    timex_span: tuple[int, int] | None
    edtf: str | None
    cert: str | None
    near_miss: bool
    untagged: bool
    why: str

    @property
    def marked(self) -> str:
        return self.text[self.start : self.end]


def read(raw: dict[str, Any]) -> Case:
    marked = MARK.search(raw["text"])
    assert marked is not None, raw["text"]
    words = marked[1]
    start = marked.start()
    end = start + len(words)
    timex_span = None
    if "timex_text" in raw:
        at = start + words.index(raw["timex_text"])
        timex_span = (at, at + len(raw["timex_text"]))
    return Case(
        group=raw["class"],
        text=raw["text"][:start] + words + raw["text"][marked.end() :],
        start=start,
        end=end,
        reference=raw.get("reference"),
        tei=raw.get("tei", {}),
        timex=raw.get("timex"),
        timex_span=timex_span,
        edtf=raw.get("edtf"),
        cert=raw.get("cert"),
        near_miss=raw.get("near_miss", False),
        untagged=raw.get("untagged", False),
        why=raw["why"],
    )


def name(case: Case) -> str:
    """ASCII only, so that pytest shows it as it is."""
    words = case.marked.replace("’", "'").replace("–", "-")
    return f"{case.group}: {words}".encode("ascii", "replace").decode()


CASES = [read(raw) for raw in RAW]


def overlaps(start: int, end: int, case: Case) -> bool:
    return start < case.end and case.start < end


def value(found: Any) -> str | None:
    return None if found.timex3 is None else found.timex3.value


def bare(found: Any) -> dict[str, str]:
    """The TEI attributes without the certainty."""
    return {key: text for key, text in (found.tei or {}).items() if key != "cert"}


def show(found: list[Any], text: str) -> str:
    rows = []
    for date in found:
        tagged = None if date.tei_span is None else text[date.tei_span.start : date.tei_span.end]
        rows.append(
            f"  {text[date.start : date.end]!r} TEI {tagged!r} {date.tei} timex3={date.timex3} edtf={date.edtf} "
            f"cert={date.cert!r} rule={date.rule}"
        )
    return "\n".join(rows) or "  nothing found"


@pytest.mark.parametrize("case", CASES, ids=[name(case) for case in CASES])
def test_table(case: Case) -> None:
    found = list(tei_serge.find_dates(case.text, reference=case.reference))
    note = f"{case.why}\nmarked: {case.marked!r}\n{show(found, case.text)}"
    if case.near_miss:
        for date in found:
            assert not overlaps(date.start, date.end, case), note
            if date.tei_span is not None:
                assert not overlaps(date.tei_span.start, date.tei_span.end, case), note
        return
    if case.untagged:
        same = [date for date in found if (date.start, date.end) == (case.start, case.end)]
        assert same, f"no TimeML date with the marked extent: {note}"
        assert [date for date in same if value(date) == case.timex], f"timex {case.timex}: {note}"
        assert all(date.tei_span is None for date in same), f"tagged in TEI: {note}"
        return
    same = [
        date
        for date in found
        if date.tei_span is not None and (date.tei_span.start, date.tei_span.end) == (case.start, case.end)
    ]
    assert same, f"no TEI date with the marked extent: {note}"
    same = [date for date in same if bare(date) == case.tei]
    assert same, f"tei {case.tei}: {note}"
    if case.timex is not None:
        same = [date for date in same if value(date) == case.timex]
        assert same, f"timex {case.timex}: {note}"
    if case.timex_span is not None:
        same = [date for date in same if (date.start, date.end) == case.timex_span]
        assert same, f"TimeML extent {case.timex_span}: {note}"
    if case.edtf is not None:
        same = [date for date in same if date.edtf == case.edtf]
        assert same, f"edtf {case.edtf}: {note}"
    if case.cert is not None:
        same = [date for date in same if date.cert == case.cert]
        assert same, f"cert {case.cert!r}: {note}"


def test_the_table_is_large_enough() -> None:
    assert len(RAW) >= 400
    assert len({raw["class"] for raw in RAW}) >= 20
    assert sum(raw.get("near_miss", False) for raw in RAW) >= 60


def test_near_misses_stand_in_decoy_classes() -> None:
    for raw in RAW:
        assert raw["class"].startswith("decoy") == raw.get("near_miss", False), raw


def test_no_case_twice() -> None:
    texts = [raw["text"] for raw in RAW]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


@pytest.mark.parametrize("raw", RAW, ids=[name(case) for case in CASES])
def test_case_is_well_formed(raw: dict[str, Any]) -> None:
    assert set(raw) <= KEYS
    assert raw["class"].strip()
    assert raw["why"].strip()
    assert len(MARK.findall(raw["text"])) == 1
    assert raw["text"].count("[[") == raw["text"].count("]]") == 1
    words = MARK.findall(raw["text"])[0]
    assert words == words.strip()
    if "reference" in raw:
        assert type(raw["reference"]) is datetime.date
    if raw.get("near_miss"):
        assert not {"tei", "timex", "timex_text", "edtf", "cert", "untagged"} & set(raw)
    elif raw.get("untagged"):
        assert "timex" in raw
        assert not {"tei", "timex_text", "edtf", "cert"} & set(raw)
    else:
        assert "tei" in raw
    assert set(raw.get("tei", {})) <= ATTRIBUTES
    assert raw.get("cert", "") in CERTAINTIES
    if "timex_text" in raw:
        assert "timex" in raw
        assert words.count(raw["timex_text"]) == 1


@pytest.mark.parametrize("raw", [raw for raw in RAW if raw.get("tei")], ids=lambda raw: raw["why"])
def test_attributes_agree_with_each_other(raw: dict[str, Any]) -> None:
    tei: dict[str, str] = raw["tei"]
    if "when" in tei:
        assert not {"from", "to", "notBefore", "notAfter", "dur"} & set(tei)
    assert not ("from" in tei and "notBefore" in tei)
    assert not ("to" in tei and "notAfter" in tei)
    assert ("when-custom" in tei) == ("datingMethod" in tei) == ("calendar" in tei)
    for first, last in (("from", "to"), ("notBefore", "notAfter")):
        if first in tei and last in tei and not tei[first].startswith("-"):
            assert tei[first] < tei[last]
    for key in ("when", "from", "to", "notBefore", "notAfter", "when-custom"):
        day = re.fullmatch(r"\d{4}-\d\d-\d\d", tei.get(key, ""))
        if day is not None:
            datetime.date.fromisoformat(day[0])
