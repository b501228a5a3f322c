// jsonld.js, the processor of the JSON-LD working group's own: JSON-LD to canonical N-Quads, without a network.
// usage: jsonld.mjs FILE [ADDRESS=FILE ...]   what a context at an address says is read from that file
// answer: {nquads: [line], expanded: [...]}
import fs from 'node:fs';
import { answer, require } from './packages.mjs';

const jsonld = require('jsonld');
const [file, ...contexts] = process.argv.slice(2);
const known = new Map(contexts.map((one) => one.split(/=(?=[^=]*$)/)));
const documentLoader = async (address) => {
  if (!known.has(address)) throw new Error(`the document wants ${address} from the network`);
  return { contextUrl: null, documentUrl: address, document: JSON.parse(fs.readFileSync(known.get(address), 'utf8')) };
};
const document = JSON.parse(fs.readFileSync(file, 'utf8'));
const nquads = await jsonld.canonize(document, { algorithm: 'RDFC-1.0', format: 'application/n-quads', documentLoader, safe: true });
answer({
  nquads: nquads.split('\n').filter(Boolean),
  expanded: await jsonld.expand(document, { documentLoader, safe: true }),
});
