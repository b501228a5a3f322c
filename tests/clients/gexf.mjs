// graphology-gexf, the reader of Gephi Lite. (Its build for browsers is the one Gephi Lite runs; under Node it needs no DOM.)
// usage: gexf.mjs FILE
// answer: {order, size, type, multi, attributes, nodes: {key: attributes}, edges: [{key, source, target, undirected, attributes}]}
import fs from 'node:fs';
import { answer, require } from './packages.mjs';

const { parse } = require('graphology-gexf');
const graphology = require('graphology');

const graph = parse(graphology.Graph ?? graphology, fs.readFileSync(process.argv[2], 'utf8'), { allowUndeclaredAttributes: false });
answer({
  order: graph.order,
  size: graph.size,
  type: graph.type,
  multi: graph.multi,
  attributes: graph.getAttributes(),
  nodes: Object.fromEntries(graph.mapNodes((key, attributes) => [key, attributes])),
  edges: graph.mapEdges((key, attributes, source, target, _s, _t, undirected) => ({ key, source, target, undirected, attributes })),
});
