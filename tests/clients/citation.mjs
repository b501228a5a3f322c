// citation-js, as many web sites use it: read CSL-JSON, BibTeX or RIS.
// usage: citation.mjs FILE [STYLE]   STYLE: apa (default), harvard1 or vancouver
// answer: {format, items: [CSL-JSON], bibliography: text, bibtex: text, ris: text}
import fs from 'node:fs';
import { answer, require } from './packages.mjs';

const { Cite, plugins } = require('@citation-js/core');
require('@citation-js/plugin-csl');
require('@citation-js/plugin-bibtex');
require('@citation-js/plugin-ris');

const [file, template = 'apa'] = process.argv.slice(2);
const text = fs.readFileSync(file, 'utf8');
const format = plugins.input.type(text);
const cite = new Cite(text);
const items = JSON.parse(cite.format('data', { format: 'text' }));
answer({
  format,
  items,
  bibliography: cite.format('bibliography', { format: 'text', template, lang: 'en-US' }),
  bibtex: cite.format('bibtex'),
  ris: cite.format('ris'),
});
