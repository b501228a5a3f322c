// Find the dates of every text of a folder with chrono-node, and write down what it took.
//
//   node dates_chrono.mjs FOLDER-OF-THE-MODULE FOLDER-OF-TEXTS FIGURE
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, folder, figure] = process.argv.slice(2);
const chrono = createRequire(join(modules, "x.js"))("chrono-node");
const day = new Date(1936, 7, 25, 12);
const texts = readdirSync(folder)
  .sort()
  .map((name) => readFileSync(join(folder, name), "utf8"));

chrono.parse("They came on 3 May 1921 and left the next day.", day);
const before = process.cpuUsage();
const found = texts.reduce((sum, text) => sum + chrono.parse(text, day).length, 0);
const { user, system } = process.cpuUsage(before);
writeFileSync(figure, JSON.stringify({ seconds: (user + system) / 1e6, found }));
