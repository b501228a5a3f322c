"use strict";
// The search: folding of words, the index in files that are loaded when they are needed, queries, and snippets.
// The files are scripts that call a function of `teiSergeSearch`: so they can be read without a server, too.
(() => {
  const base = new URL("../search/", document.currentScript.src);
  const ALONE = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
  const WORD = new RegExp(`${ALONE}|(?:(?!${ALONE}|[\\u02b9-\\u02bf\\u02c8])[\\p{L}\\p{N}\\p{M}])+`, "gu");
  const SIGNS = /[^\p{L}\p{N}]+/gu;
  const ASCII = /^[\0-\x7f]*$/;
  const PART = /(?:(author|title):)?(?:["“”„«»]([^"“”„«»]*)(["“”„«»])?|([^\s"“”„«»]+))/giu;
  const LETTER = `(?!${ALONE})[\\p{L}\\p{N}\\p{M}]`;
  const GROUPED = new RegExp(`(?<!${LETTER})(?<![0-9][,.’'\\s])[0-9]{1,3}(?:[,.’'\\s][0-9]{3})+(?!${LETTER})(?![,.’'\\s][0-9])`, "gu");
  const LONGEST = 64; // letters of a word that count
  const SHORTEST = 2; // letters from which the beginning of a word is looked for
  const REMEMBERED = 400; // words whose places stay decoded
  const MANY = 20; // words of one beginning whose places are looked at
  const LOOKED_AT = 40; // texts
  const NEAR = 60; // words

  let table = null;
  let letters = new Map();
  const ranges = { words: new Map(), names: new Map() };
  const entries = new Map();
  const texts = new Map();
  const coming = new Map();

  // Loading.
  function load(file) {
    if (!coming.has(file)) {
      coming.set(file, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = new URL(file, base).href;
        script.onload = () => { script.remove(); resolve(true); };
        script.onerror = () => { script.remove(); coming.delete(file); resolve(false); };
        document.head.append(script);
      }));
    }
    return coming.get(file);
  }
  function start(told) {
    table = told;
    letters = new Map(Object.entries(told.letters));
    const digits = new Int8Array(128).fill(-1);
    [...told.digits].forEach((char, value) => { digits[char.charCodeAt(0)] = value; });
    table.values = digits;
    table.titles = told.texts.map(([, title, author]) => [words(title), words(author)]);
    table.length = told.texts.reduce((sum, text) => sum + text[4], 0) / (told.texts.length || 1) || 1;
  }

  // Folding, as folding.py says it.
  const folded = new Map();
  const cut = (word) => (word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word);
  function fold(word) {
    if (ASCII.test(word)) return cut(word.toLowerCase());
    let made = folded.get(word);
    if (made === undefined) {
      let small = "";
      for (const char of word.normalize("NFKD").toLowerCase()) small += letters.get(char) ?? char;
      made = cut(small.normalize("NFKD").replace(SIGNS, ""));
      if (folded.size > 20000) folded.clear();
      folded.set(word, made);
    }
    return made;
  }
  function tokens(text) {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      const word = fold(match[0]);
      if (word) found.push([match.index, match.index + match[0].length, word]);
    }
    return found;
  }
  const words = (text) => tokens(text).map((token) => token[2]);
  // Digits in groups (16,000): the first and the last group are the whole number, too: [begin, end, word, number, begin, end].
  function withNumbers(text) {
    const own = tokens(text);
    let at = 0;
    for (const match of text.matchAll(GROUPED)) {
      while (at < own.length && own[at][0] < match.index) at += 1;
      const end = match.index + match[0].length, number = cut(match[0].replace(/[^0-9]/g, ""));
      const first = own[at];
      while (at + 1 < own.length && own[at + 1][0] < end) at += 1;
      for (const token of [first, own[at]]) token?.splice(3, 3, number, match.index, end);
    }
    return own;
  }

  // What somebody asks for.
  function parse(query) {
    const asked = { terms: [], fields: [], waiting: false };
    for (const match of query.matchAll(PART)) {
      const own = words(match[2] ?? match[4]);
      if (!own.length) continue;
      if (match[1]) { asked.fields.push({ place: match[1].toLowerCase() === "title" ? 0 : 1, words: own }); continue; }
      const open = match.index + match[0].length === query.length && !match[3];
      asked.terms.push({ words: own, prefix: open && [...own.at(-1)].length >= SHORTEST, open, quoted: match[2] !== undefined });
    }
    // A single letter at the end is the beginning of something: with other words it waits for more.
    const last = asked.terms.at(-1);
    if (asked.terms.length > 1 && last.open && !last.quoted && last.words.length === 1 && !last.prefix && last.words[0] < "\u2e80") {
      asked.terms.pop();
      asked.waiting = true;
    }
    return asked;
  }

  // The index.
  function filesFor(kind, word, prefix) {
    const firsts = table[kind];
    let low = 0, high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= word) low = middle + 1; else high = middle;
    }
    const found = low ? [low - 1] : [];
    for (; prefix && low < firsts.length && firsts[low].startsWith(word); low += 1) found.push(low);
    return found;
  }
  const needed = (kind, asked) => asked.terms.flatMap((term) => term.words.flatMap((word, place) =>
    filesFor(kind, word, term.prefix && place === term.words.length - 1).map((file) => [kind, file])));
  const missing = (kind, asked) => needed(kind, asked).filter(([, file]) => !ranges[kind].has(file));
  function wordsLike(kind, word, prefix) {
    const found = [];
    for (const file of filesFor(kind, word, prefix)) {
      const range = ranges[kind].get(file);
      if (!range) continue;
      if (!prefix) { if (range.has(word)) found.push(range.get(word)); continue; }
      const { list } = range;
      let low = 0, high = list.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (list[middle] < word) low = middle + 1; else high = middle;
      }
      for (; low < list.length && list[low].startsWith(word); low += 1) found.push(range.get(list[low]));
    }
    return found;
  }
  function numbers(digits) {
    const made = new Int32Array(digits.length);
    const { values } = table;
    let count = 0, value = 0, shift = 0;
    for (let at = 0; at < digits.length; at += 1) {
      const digit = values[digits.charCodeAt(at)];
      value |= (digit & 31) << shift;
      if (digit & 32) { shift += 5; continue; }
      made[count] = value;
      count += 1;
      value = shift = 0;
    }
    return made.subarray(0, count);
  }
  class Word {
    constructor(word, told) { this.word = word; [this.told, this.where] = told.split(" "); }
    // Pairs of a text and how often the word stands in it.
    get texts() {
      if (!this.pairs) {
        this.pairs = numbers(this.told);
        this.told = "";
        for (let at = 2; at < this.pairs.length; at += 2) this.pairs[at] += this.pairs[at - 2];
      }
      return this.pairs;
    }
  }
  // The places of a word, by text.
  const decoded = new Map();
  function placesOf(word) {
    let found = decoded.get(word);
    if (!found) {
      const distances = numbers(word.where);
      const pairs = word.texts;
      found = new Map();
      for (let at = 0, next = 0; at < pairs.length; at += 2) {
        const own = distances.subarray(next, next + pairs[at + 1]);
        for (let place = 1; place < own.length; place += 1) own[place] += own[place - 1];
        found.set(pairs[at], own);
        next += pairs[at + 1];
      }
      if (decoded.size > REMEMBERED) decoded.clear();
      decoded.set(word, found);
    }
    return found;
  }

  // How often each text has a term: a map from text to number; the whole word counts for more than a longer one.
  function counts(kind, term) {
    const found = new Map();
    if (term.words.length === 1) {
      for (const word of wordsLike(kind, term.words[0], term.prefix)) {
        const pairs = word.texts, worth = word.word === term.words[0] ? 1 : 0.7;
        for (let at = 0; at < pairs.length; at += 2) found.set(pairs[at], (found.get(pairs[at]) ?? 0) + pairs[at + 1] * worth);
      }
      return found;
    }
    const rows = term.words.map((word, place) =>
      wordsLike(kind, word, term.prefix && place === term.words.length - 1).map(placesOf));
    if (rows.some((row) => !row.length)) return found;
    for (const [text, first] of rows[0][0]) {
      let at = first;
      for (let place = 1; place < rows.length && at.length; place += 1) {
        const here = new Set();
        for (const one of rows[place]) for (const spot of one.get(text) ?? []) here.add(spot);
        at = at.filter((spot) => here.has(spot + place));
      }
      if (at.length) found.set(text, at.length);
    }
    return found;
  }

  // Where a text has a term, in order; null where too many words begin like it.
  function spots(term, text) {
    const last = term.words.length - 1;
    const rows = term.words.map((word, place) => wordsLike("words", word, term.prefix && place === last));
    if (rows[last].length > MANY) return null;
    const at = rows[0].flatMap((word) => [...(placesOf(word).get(text) ?? [])]);
    const ends = rows.slice(1).map((row) => new Set(row.flatMap((word) => [...(placesOf(word).get(text) ?? [])])));
    return at.filter((spot) => ends.every((here, place) => here.has(spot + place + 1))).sort((one, other) => one - other);
  }
  // The smallest stretch of words in which a text has all terms; infinite where that is not known.
  function stretch(terms, text) {
    const rows = terms.map((term) => spots(term, text));
    if (rows.some((row) => !row?.length)) return Infinity;
    const at = rows.map(() => 0);
    let best = Infinity;
    for (;;) {
      const here = rows.map((row, which) => row[at[which]]);
      const first = Math.min(...here);
      best = Math.min(best, Math.max(...here) - first);
      const which = here.indexOf(first);
      at[which] += 1;
      if (at[which] >= rows[which].length) return best;
    }
  }

  const has = (own, wanted) => wanted.every((word) => own.some((one) => one.startsWith(word)));

  // The texts that have all terms, the best first: [text, worth]. All files must have been loaded.
  function find(asked) {
    const admitted = (text) => asked.fields.every((field) => has(table.titles[text][field.place], field.words));
    const all = table.texts.length;
    if (!asked.terms.length) {
      if (!asked.fields.length) return [];
      return table.texts.map((_, text) => [text, 0]).filter(([text]) => admitted(text));
    }
    const rows = asked.terms.map((term) => counts("words", term)).sort((one, other) => one.size - other.size);
    const found = [];
    for (const text of rows[0].keys()) {
      if (!rows.every((row) => row.has(text)) || !admitted(text)) continue;
      const room = 1.2 * (0.25 + (0.75 * table.texts[text][4]) / table.length);
      let worth = 0;
      for (const row of rows) {
        const often = row.get(text);
        worth += Math.log(1 + (all - row.size + 0.5) / (row.size + 0.5)) * (often * 2.2) / (often + room);
      }
      const title = table.titles[text].flat();
      for (const term of asked.terms) if (has(title, term.words)) worth += 2;
      found.push([text, worth]);
    }
    const best = (one, other) => other[1] - one[1] || one[0] - other[0];
    found.sort(best);
    if (asked.terms.length < 2) return found;
    // What stands close together belongs together: looked at among the best only.
    const first = found.slice(0, LOOKED_AT);
    for (const row of first) row[1] += 3 * Math.max(0, 1 - stretch(asked.terms, row[0]) / NEAR);
    return [...first.sort(best), ...found.slice(LOOKED_AT)];
  }

  // The entries whose names have all words: their numbers, those that are named most first.
  function findNames(asked) {
    if (!asked.terms.length) return [];
    const wanted = asked.terms.flatMap((term) => term.words.map((word, place) =>
      ({ words: [word], prefix: term.prefix && place === term.words.length - 1 })));
    const rows = wanted.map((term) => counts("names", term)).sort((one, other) => one.size - other.size);
    return [...rows[0].keys()].filter((entry) => rows.every((row) => row.has(entry))).sort((one, other) => one - other);
  }

  const is = (token, wanted, prefix = false) => [token[2], token[3]].some((word) =>
    word !== undefined && (prefix ? word.startsWith(wanted) : word === wanted));

  // Where a text has the terms: rows of [anchor, place in words, characters, marks], a mark [begin, end, term].
  function passages(name, asked) {
    const text = texts.get(name);
    text.tokens ??= text.blocks.map(([, , characters]) => withNumbers(characters));
    const found = [];
    text.blocks.forEach(([anchor, place, characters], number) => {
      const own = text.tokens[number];
      const marks = [];
      asked.terms.forEach((term, which) => {
        const { words: wanted, prefix } = term;
        const last = wanted.length - 1;
        for (let at = 0; at + last < own.length; at += 1) {
          let here = 0;
          while (here < last && is(own[at + here], wanted[here])) here += 1;
          if (here < last || !is(own[at + last], wanted[last], prefix)) continue;
          const begin = own[at][2] === wanted[0] ? own[at][0] : own[at][4] ?? own[at][0];
          const end = is(own[at + last].slice(0, 3), wanted[last], prefix) ? own[at + last][1] : own[at + last][5];
          if (marks.at(-1)?.[0] !== begin || marks.at(-1)[2] !== which) marks.push([begin, end, which]);
        }
      });
      if (marks.length) found.push([anchor, place, characters, marks.sort((one, other) => one[0] - other[0])]);
    });
    return found;
  }

  window.teiSergeSearch = {
    // What the files of the index call.
    start,
    range(kind, file, held) {
      const made = new Map(Object.entries(held).map(([word, told]) => [word, new Word(word, told)]));
      // Keys that look like numbers come first in an object, wherever they stood.
      made.list = [...made.keys()].sort((one, other) => (one < other ? -1 : 1));
      ranges[kind].set(file, made);
    },
    entries(chunk, rows) { rows.forEach((row, place) => entries.set(chunk * table.chunk + place, row)); },
    text(name, blocks) { texts.set(name, { blocks, tokens: null }); },
    // What the page asks for.
    get table() { return table; },
    fold, words, parse, find, findNames, passages, missing,
    ready: () => load("index.js"),
    loadRange: ([kind, file]) => load(`${kind}/${file}.js`),
    entry: (number) => entries.get(number),
    loadEntry: (number) => load(`entries/${Math.floor(number / table.chunk)}.js`),
    blocksOf: (name) => texts.get(name)?.blocks,
    hasText: (name) => texts.has(name),
    loadText: (name) => load(`texts/${encodeURIComponent(name)}.js`),
  };
})();
