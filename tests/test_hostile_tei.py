"""The hostile documents are what they say: well-formed, and hostile still after parsing."""

import pytest

from hostile_sizes import LEVELS
from hostile_tei import HOSTILE, LARGE, REFUSED, SMALL
from hostile_words import CHARACTERS, DIRECTIONS, LANGUAGES, NAMES, RUN, SCRIPTS, TARGETS
from tei_serge.xmlfile import NotWellFormed, read_xml


@pytest.mark.parametrize("name", HOSTILE)
def test_well_formed_and_the_same_each_time(name: str) -> None:
    data = HOSTILE[name]()
    assert read_xml(data).root.tag.startswith("{http://www.tei-c.org/ns/1.0}")
    assert HOSTILE[name]() == data


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    with pytest.raises(NotWellFormed):
        read_xml(REFUSED[name]())


def test_what_is_written_is_what_is_read() -> None:
    text = {name: "\0".join(read_xml(HOSTILE[name]()).root.itertext()) for name in SMALL}
    values = {
        name: {value for one in read_xml(HOSTILE[name]()).root.iter() for value in one.attrib.values()}
        for name in SMALL
    }
    assert all(one in text["scripts in text"] for one in SCRIPTS)
    assert set(SCRIPTS) <= values["scripts in attributes"]
    assert set(TARGETS) <= values["script targets"]
    assert set(NAMES) <= values["names as ids"]
    assert all(one in text["languages"] for one in LANGUAGES)
    assert all(one in text["odd characters"] for one in CHARACTERS.values())
    assert all(one in text["directions"] for one in DIRECTIONS)
    assert any(RUN in one for one in values["pointers to nothing"])


def test_the_large_are_large_and_the_deep_are_deep() -> None:
    assert set(HOSTILE) > LARGE
    assert len(HOSTILE["ten megabytes"]()) > 9_900_000
    for name in ("deep divisions", "deep emphasis", "deep lists", "deep notes"):
        deepest = read_xml(HOSTILE[name]()).root.xpath("count(//*[not(*)][last()]/ancestor::*)")
        assert deepest >= LEVELS, name
