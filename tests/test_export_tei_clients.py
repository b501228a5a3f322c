"""What tei-portable and evt write, in the programs themselves: CETEIcean, and the DOM of Chromium for EVT's selectors."""

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from client_browser import Driver, Serve, until
from client_pages import ReadTei
from hostile_tei import HOSTILE
from tei_exports import ALL, NS, SEEDS, export, roots, words

T = "{http://www.tei-c.org/ns/1.0}"

# The pages of an edition by the rules of EVT 3: a front that is marked; then what stands between two page breaks, or
# between the first and the last node of the body, without these. Prefixes would make tagName something else.
PAGES = """
const done = arguments[0];
fetch('edition.xml').then(r => r.text()).then(source => {
  const doc = new DOMParser().parseFromString(source, 'text/xml');
  const between = (first, last) => {
    const range = doc.createRange(); range.setStartAfter(first); range.setEndBefore(last); return range.toString();
  };
  const inside = (node, name) => { while ((node = node.parentNode)) if (node.tagName === name) return true; return false; };
  const breaks = [...doc.querySelectorAll('pb')].filter(e => e.tagName === 'pb' && inside(e, 'text'));
  const inBody = breaks.filter(e => inside(e, 'body')), inFront = breaks.filter(e => inside(e, 'front'));
  const front = doc.querySelector('front'), body = doc.querySelector('body'), bodies = doc.querySelectorAll('body');
  const cut = (list, end) => list.map((e, n) => between(e, list[n + 1] ?? end));
  const pages = [];
  if (inFront.length && inBody.length) pages.push(...cut(breaks, [...doc.querySelectorAll('text')].pop().lastChild));
  else {
    if (front && !inFront.length && front.querySelector('[type=document_front]')) pages.push(
      [...front.querySelectorAll('[type=document_front]')].map(e => e.textContent).join(''));
    else if (front && inFront.length) pages.push(...cut(inFront, front.lastChild));
    if (inBody.length) pages.push(...cut(inBody, bodies[bodies.length - 1].lastChild));
    else pages.push(between(body.firstChild, body.lastChild));
  }
  const ids = new Set([...doc.querySelectorAll('person, personGrp, place, org, event')].map(e => e.getAttribute('xml:id')));
  const names = [...doc.querySelectorAll('text persName[ref], text placeName[ref], text orgName[ref]')];
  done({pages, lists: doc.querySelectorAll('listPerson, listPlace, listOrg, listEvent').length,
    names: names.length, lost: names.filter(e => e.getAttribute('ref').startsWith('#')
      && !ids.has(e.getAttribute('ref').replace('#', ''))).length});
}, e => done({failed: String(e)}));
"""


def letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


@pytest.mark.parametrize("registers", ["source", "external"])
def test_ceteicean_shows_no_register_and_loses_no_letter(
    registers: str, tmp_path: Path, ceteicean: ReadTei
) -> None:
    made = export("tei-portable", ALL, tmp_path / "out", registers=registers)
    for name in made:
        if name.startswith("registers/"):
            continue
        told = ceteicean(tmp_path / "out" / name)
        # The pictures of a text are not there.
        assert [one for one in told.errors if "Failed to load resource" not in one] == [], name
        assert told.shown == [], name
        root = etree.fromstring(made[name])
        shown = letters(told.text)
        for text in root.xpath("//t:text[not(ancestor::t:text)]", namespaces=NS):
            lost = letters(str(text.xpath("string()"))) - shown
            assert not lost, (name, lost)
        for element in ("persName", "note", "head", "p"):
            # It copies notes at the end, with what stands in them.
            assert told.counts.get(element, 0) >= len(root.findall(f".//{T}{element}")), (name, element)


def test_ceteicean_leaves_notes_where_they_stand(tmp_path: Path, ceteicean: ReadTei) -> None:
    export("tei-portable", SEEDS, tmp_path / "out")
    for path in SEEDS:
        assert ceteicean(path).counts["note"] >= 1
    text = " ".join(ceteicean(tmp_path / "out" / SEEDS[0].name).text.split())
    assert "( 1. Since certain of the attacks" in text
    assert text.endswith("Last updated on 15 April 2010")


def test_ceteicean_would_show_the_registers_of_the_input(ceteicean: ReadTei) -> None:
    assert "standOff" in ceteicean(SEEDS[0]).shown


@pytest.mark.parametrize("name", ["scripts in text", "scripts in attributes", "script targets"])
def test_nothing_runs_in_ceteicean(name: str, tmp_path: Path, ceteicean: ReadTei, chromium: Driver) -> None:
    path = tmp_path / "bad.xml"
    path.write_bytes(HOSTILE[name]())
    export("tei-portable", [path], tmp_path / "out")
    ceteicean(tmp_path / "out" / "bad.xml")
    chromium.execute_script(
        "for (const e of document.querySelectorAll('#TEI *')) { e.dispatchEvent(new MouseEvent('click', {bubbles: false}));"
        " e.dispatchEvent(new MouseEvent('mouseover')); if (e.focus) e.focus(); }"
    )
    assert chromium.execute_script("return window.bad") is None
    assert (
        chromium.execute_script(
            "return [...document.querySelectorAll('#TEI a')].filter(e => /script:|^data:/.test(e.protocol)).length"
        )
        == 0
    )


def test_evt_finds_every_word_and_every_name(tmp_path: Path, browser: Driver, serve: Serve) -> None:
    made = roots(export("evt", ALL, tmp_path / "out"))
    assert len(made) == 10
    for name, root in made.items():
        address = serve((tmp_path / "out" / name).parent)
        browser.get(f"{address}/edition.xml")
        told = browser.execute_async_script(PAGES)
        assert "failed" not in told, told
        shown = "".join("".join(told["pages"]).split())
        assert Counter(shown) == Counter("".join(words(root))), name
        assert told["lists"] == len(
            root.xpath("//t:listPerson | //t:listPlace | //t:listOrg | //t:listEvent", namespaces=NS)
        )
        assert told["lost"] == 0, name
    assert until(lambda: browser.current_url)
