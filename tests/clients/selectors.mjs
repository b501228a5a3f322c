// Apache Annotator in a DOM of Node: what the selectors of annotations select in a plain text.
// usage: selectors.mjs TEXT ANNOTATIONS   ANNOTATIONS: an AnnotationCollection with its items in `first`
// answer: {selected: {id: {TextPositionSelector: [words], TextQuoteSelector: [words]}}}
import fs from 'node:fs';
import { answer, require } from './packages.mjs';
import { pathToFileURL } from 'node:url';

const { JSDOM } = require('jsdom');
const [text, annotations] = process.argv.slice(2).map((path) => fs.readFileSync(path, 'utf8'));
const { window } = new JSDOM('<!doctype html><pre></pre>');
// What a browser has and the package takes for granted.
for (const name of ['Range', 'Node', 'NodeFilter', 'Text', 'Document', 'Element']) globalThis[name] = window[name];
globalThis.document = window.document;
const place = document.querySelector('pre');
place.textContent = text;

const { createTextPositionSelectorMatcher, createTextQuoteSelectorMatcher } =
  await import(pathToFileURL(require.resolve('@apache-annotator/dom')));
const matchers = {
  TextPositionSelector: createTextPositionSelectorMatcher,
  TextQuoteSelector: createTextQuoteSelectorMatcher,
};
const selected = {};
for (const { id, target } of JSON.parse(annotations).first.items) {
  selected[id] = {};
  for (const selector of target.selector) {
    const found = (selected[id][selector.type] = []);
    for await (const range of matchers[selector.type](selector)(place)) found.push(range.toString());
  }
}
answer({ selected });
