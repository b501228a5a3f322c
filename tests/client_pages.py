"""The real consumers of our exports that live in a page: CETEIcean, TimelineJS, Recogito's text annotator."""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from client_browser import Driver, Serve, cleared, console_errors
from client_programs import packages

CETEICEAN = """<!doctype html><html lang="en"><meta charset="utf-8"><title>CETEIcean</title><div id="TEI"></div>
<script src="CETEI.js"></script><script>
window.done = new CETEI({ignoreFragmentId: true}).getHTML5('document.xml')
  .then(made => { document.getElementById('TEI').appendChild(made); return ''; }).catch(String);
</script></html>"""
TIMELINE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>TimelineJS</title>
<link rel="stylesheet" href="css/timeline.css"><script src="js/timeline.js"></script>
<div id="timeline" style="width: 1000px; height: 600px"></div><script>
window.failed = []; window.addEventListener('error', e => failed.push(e.message));
fetch('data.json').then(r => r.json()).then(data => {
  window.timeline = new TL.Timeline('timeline', data, {script_path: 'js/', font: null, language: 'en'});
  timeline.on('loaded', () => { window.loaded = true; });
}).catch(e => failed.push(String(e)));
</script></html>"""
ANNOTATOR = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Annotator</title>
<link rel="stylesheet" href="text-annotator.css">
<script>window.process = {env: {NODE_ENV: "production"}};</script><script src="text-annotator.umd.js"></script>
<div id="text" style="white-space: pre-wrap"></div></html>"""


class Ceteicean(NamedTuple):
    """What CETEIcean made of a TEI file: errors, how many elements of each name (`persName`), and the visible text.

    `shown` are the names of registers, lists and headers that a reader sees: there should be none.
    """

    errors: list[str]
    counts: dict[str, int]
    shown: list[str]
    text: str
    ids: list[str]


class Timeline(NamedTuple):
    """What TimelineJS made of its JSON: errors, slides (the title too), markers, the dates and headlines it shows."""

    errors: list[str]
    slides: int
    markers: int
    dates: list[str]
    headlines: list[str]


class Annotated(NamedTuple):
    """What Recogito's annotator anchored: id and quoted text of each annotation, and what it could not read."""

    errors: list[str]
    quotes: dict[str, str]
    refused: list[str]


ReadTei = Callable[[Path], Ceteicean]
ReadTimeline = Callable[[Path | Mapping[str, Any]], Timeline]
Annotator = Callable[[str, Sequence[Mapping[str, Any]]], Annotated]


def ceteicean_reader(browser: Driver, serve: Serve, folder: Path) -> ReadTei:
    """`ceteicean(path)`: load a TEI file with CETEIcean, its own behaviours and no style sheet of ours."""
    shutil.copy(packages("CETEIcean") / "CETEIcean" / "dist" / "CETEI.js", folder)
    (folder / "index.html").write_text(CETEICEAN, encoding="utf-8")
    address = serve(folder)

    def ceteicean(path: Path) -> Ceteicean:
        shutil.copyfile(path, folder / "document.xml")
        cleared(browser).get(f"{address}/index.html")
        failed = browser.execute_async_script("done.then(arguments[0])")
        told = browser.execute_script(
            "const all = [...document.querySelectorAll('#TEI *')].filter(e => e.dataset?.origname);"
            "const counts = {}; for (const e of all) counts[e.dataset.origname] = (counts[e.dataset.origname] ?? 0) + 1;"
            "const hidden = /^(teiHeader|standOff|sourceDesc|particDesc|settingDesc|list(Person|Place|Org|Event|Bibl|Relation))$/;"
            "const seen = (e) => { const range = document.createRange(); range.selectNodeContents(e);"
            " return [...range.getClientRects()].some(r => r.width * r.height > 0); };"
            "return {counts, ids: all.map(e => e.id).filter(Boolean), text: document.getElementById('TEI').innerText,"
            " shown: [...new Set(all.filter(e => hidden.test(e.dataset.origname) && !e.closest('tei-text')"
            " && seen(e)).map(e => e.dataset.origname))]}"
        )
        errors = ([failed] if failed else []) + console_errors(browser)
        if "text" not in told["counts"] or "parsererror" in told["counts"]:
            errors.append("CETEIcean found no text that it can read")
        return Ceteicean(errors, told["counts"], told["shown"], told["text"], told["ids"])

    return ceteicean


def timeline_reader(browser: Driver, serve: Serve, folder: Path) -> ReadTimeline:
    """`timelinejs(data)`: load TimelineJS's JSON, a file or the value itself, with the package's own files."""
    dist = packages("@knight-lab/timelinejs") / "@knight-lab" / "timelinejs" / "dist"
    shutil.copytree(dist, folder, dirs_exist_ok=True)
    (folder / "index.html").write_text(TIMELINE, encoding="utf-8")
    address = serve(folder)

    def timelinejs(data: Path | Mapping[str, Any]) -> Timeline:
        text = data.read_text(encoding="utf-8") if isinstance(data, Path) else json.dumps(data)
        (folder / "data.json").write_text(text, encoding="utf-8")
        cleared(browser).get(f"{address}/index.html")
        # Loaded, or a message to the reader instead.
        browser.execute_async_script(
            "const [done] = arguments, end = performance.now() + 8000; const look = () => {"
            " const told = document.querySelector('.tl-message-content');"
            " if (window.failed.length || window.loaded || performance.now() > end) setTimeout(done, 300);"
            " else setTimeout(look, 50); }; look();"
        )
        told = browser.execute_script(
            "const texts = (css) => [...document.querySelectorAll(css)].map(e => e.textContent.trim());"
            "return {failed, loaded: !!window.loaded, messages: texts('.tl-message-content').filter(Boolean),"
            " slides: document.querySelectorAll('.tl-slide').length,"
            " markers: document.querySelectorAll('.tl-timemarker').length,"
            " dates: texts('.tl-slide .tl-headline-date'), headlines: texts('.tl-slide .tl-headline')}"
        )
        errors = [*told["failed"], *console_errors(browser)]
        if not told["loaded"]:
            errors += ["TimelineJS never got ready", *told["messages"]]
        return Timeline(errors, told["slides"], told["markers"], told["dates"], told["headlines"])

    return timelinejs


def text_annotator(browser: Driver, serve: Serve, folder: Path) -> Annotator:
    """`annotator(text, annotations)`: anchor W3C annotations in a plain text with Recogito's annotator."""
    dist = packages("@recogito/text-annotator") / "@recogito" / "text-annotator" / "dist"
    for name in ("text-annotator.css", "text-annotator.umd.js"):
        shutil.copy(dist / name, folder)
    (folder / "index.html").write_text(ANNOTATOR, encoding="utf-8")
    address = serve(folder)

    def annotator(text: str, annotations: Sequence[Mapping[str, Any]]) -> Annotated:
        cleared(browser).get(f"{address}/index.html")
        told = browser.execute_script(
            "const [text, annotations] = arguments, place = document.getElementById('text');"
            "place.textContent = text; const adapter = RecogitoJS.W3CTextFormat('', place);"
            "const made = RecogitoJS.createTextAnnotator(place, {adapter});"
            "const refused = annotations.filter(a => adapter.parse(a).error).map(a => a.id);"
            "made.setAnnotations(annotations);"
            "const quotes = made.state.store.all().map(a => [a.id, a.target.selector.map(s =>"
            " s.range ? s.range.toString() : '').join('')]); return {quotes, refused}",
            text,
            list(annotations),
        )
        return Annotated(console_errors(browser), dict(told["quotes"]), told["refused"])

    return annotator
