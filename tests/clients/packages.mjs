// Where the Node packages are: the scripts lie in tests/clients, the packages in build/clients (never committed).
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const folder = process.env.TEI_SERGE_NODE_MODULES;
if (!folder) throw new Error('TEI_SERGE_NODE_MODULES does not say where node_modules is');

export const require = createRequire(pathToFileURL(`${folder}/`));

/** Write the answer, one JSON value, and nothing else. */
export function answer(value) {
  process.stdout.write(JSON.stringify(value));
}
