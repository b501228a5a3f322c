"use strict";
// The page of the search: what is typed, what is shown, and the keys.
(() => {
  const engine = window.teiSergeSearch;
  const $ = (id) => document.getElementById(id);
  const [input, status, names, results] = ["ed-query", "ed-status", "ed-names", "ed-results"].map($);
  const STEP = 10; // texts that are shown at once
  const SHOWN = 3; // passages of a text
  const NAMES = 6;
  const AROUND = 80;
  const LOOKED_AT = 300; // places of a passage, for the best one to cut it around
  let run = 0, cost = 0, shown = STEP, waiting = 0, writing = 0, current = "";

  function make(tag, values = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(values)) if (value !== null) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
  const counted = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

  // A passage, cut around the first place that has most of the words.
  function snippet(characters, marks) {
    let best = 0, most = 0;
    for (let place = 0; place < Math.min(marks.length, LOOKED_AT); place += 1) {
      const near = new Set();
      for (let next = place; next < marks.length && marks[next][1] < marks[place][0] + 2 * AROUND; next += 1) near.add(marks[next][2]);
      if (near.size > most) [best, most] = [place, near.size];
    }
    let from = Math.max(0, marks[best][0] - AROUND), to = Math.min(characters.length, marks[best][0] + 2.5 * AROUND);
    if (from) from = Math.max(characters.indexOf(" ", from), 0) < marks[best][0] ? characters.indexOf(" ", from) + 1 : from;
    to = Math.min(to, characters.length);
    if (to < characters.length) to = characters.lastIndexOf(" ", to) > marks[best][1] ? characters.lastIndexOf(" ", to) : Math.max(to, Math.min(marks[best][1], from + 6 * AROUND));
    const made = make("span", { class: "snippet", dir: "auto" }, from ? "… " : "");
    let at = from;
    for (let next = best; next > 0 && marks[next - 1][0] >= from; next -= 1) best = next - 1;
    for (let next = best; next < marks.length && marks[next][0] < to; next += 1) {
      const [begin, end] = marks[next];
      if (begin < at) continue;
      made.append(characters.slice(at, begin), make("mark", {}, characters.slice(begin, Math.min(end, to))));
      at = Math.min(end, to);
    }
    made.append(characters.slice(at, to), to < characters.length ? " …" : "");
    return made;
  }

  // What the page of the text is to mark: the words that are asked for, and the groups of a number that has some (16,000).
  function wordsToMark(asked, characters = "", marks = []) {
    const own = asked.terms.flatMap((term) => term.words);
    const numbers = marks.filter(([, , which]) => asked.terms[which].words.some((word) => /^[0-9]{4,}$/.test(word)));
    const groups = numbers.slice(0, STEP).flatMap(([begin, end]) => engine.words(characters.slice(begin, end)));
    return [...new Set([...own, ...groups])].join(" ");
  }
  const address = (name, anchor, words) => {
    return `texts/${encodeURIComponent(name)}.html${anchor && words ? `?mark=${encodeURIComponent(words)}` : ""}${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
  };

  function fill(item, name, asked, every = false) {
    const all = engine.passages(name, asked);
    const inside = all.filter(([anchor]) => anchor);
    const found = inside.length ? inside : all;
    const worth = ([, , , marks]) => new Set(marks.map((mark) => mark[2])).size * 100 + Math.min(marks.length, 99);
    const chosen = every ? found : [...found].sort((one, other) => worth(other) - worth(one)).slice(0, SHOWN)
      .sort((one, other) => found.indexOf(one) - found.indexOf(other));
    const list = make("ul", { class: "passages" });
    for (const [anchor, place, characters, marks] of chosen) {
      list.append(make("li", {}, make("a", { href: address(name, anchor, wordsToMark(asked, characters, marks)) }, place), " ", snippet(characters, marks)));
    }
    item.querySelector(".passages")?.remove();
    item.querySelector("button")?.remove();
    item.append(list);
    if (chosen.length < found.length) {
      const more = make("button", { type: "button", class: "button" }, `All ${counted(found.length, "passage", "passages")}`);
      more.addEventListener("click", () => { fill(item, name, asked, true); item.querySelector(".passages a")?.focus(); });
      item.append(more);
    }
  }

  function showTexts(found, asked, own) {
    const made = make("ol", { class: "ed-hits" });
    const later = [];
    for (const [text] of found.slice(0, shown)) {
      const [name, title, author, date] = engine.table.texts[text];
      const item = make("li", { class: "ed-hit" }, make("h2", { dir: "auto" }, make("a", { href: address(name, "", "") }, title)),
        make("p", { class: "quiet", dir: "auto" }, [author, date].filter(Boolean).join(", ")));
      made.append(item);
      if (!asked.terms.length) { item.dataset.bare = "yes"; continue; }
      if (engine.hasText(name)) fill(item, name, asked); else later.push([item, name]);
    }
    results.replaceChildren(made);
    if (found.length > shown) {
      const more = make("button", { type: "button", class: "button" }, `Show ${Math.min(STEP, found.length - shown)} more of ${found.length.toLocaleString("en")} texts`);
      more.addEventListener("click", () => {
        const place = shown;
        shown += STEP;
        showTexts(found, asked, own);
        results.querySelectorAll(".ed-hit h2 a")[place]?.focus();
      });
      results.append(more);
    }
    for (const [item, name] of later) {
      // Whoever types on needs no snippets of what was found before.
      setTimeout(async () => {
        if (own !== run || !(await engine.loadText(name)) || own !== run) return;
        fill(item, name, asked);
      }, 90);
    }
  }

  async function showNames(found, own) {
    const first = found.slice(0, NAMES);
    await Promise.all(first.filter((number) => !engine.entry(number)).map(engine.loadEntry));
    if (own !== run) return;
    const rows = first.map(engine.entry).filter(Boolean);
    if (!rows.length) { names.replaceChildren(); return; }
    const list = make("ul", { class: "ed-names" });
    for (const [kind, name, more, target, passages, texts] of rows) {
      list.append(make("li", {}, make("span", { class: `dot layer-${kind}`, "aria-hidden": "true" }), " ",
        make("a", { href: target, dir: "auto" }, name), " ", make("span", { class: "quiet", dir: "auto" }, more), " ",
        make("span", { class: "count" }, [engine.table.kinds[kind] ?? kind, passages ? counted(passages, "passage", "passages") + (texts > 1 ? ` in ${counted(texts, "text", "texts")}` : "") : ""].filter(Boolean).join(", "))));
    }
    names.replaceChildren(make("h2", { class: "visually-hidden" }, "Names"), list);
    if (found.length > first.length) names.append(make("p", { class: "quiet" }, `and ${counted(found.length - first.length, "name", "names")} more in the indexes`));
  }

  function tell(found, named, asked) {
    if (!asked.terms.length && !asked.fields.length) return "";
    const said = found.length ? counted(found.length, "text", "texts") : "No text";
    return `${said}${named.length ? ` and ${counted(named.length, "name", "names")}` : ""} found.`;
  }

  async function search(again = false) {
    const query = input.value;
    if (query === current && !again) return;
    current = query;
    run += 1;
    const own = run;
    shown = STEP;
    const asked = engine.parse(query);
    const files = [...engine.missing("words", asked), ...engine.missing("names", asked)];
    if (files.length) {
      results.setAttribute("aria-busy", "true");
      const came = await Promise.all(files.map(engine.loadRange));
      if (own !== run) return;
      if (came.includes(false)) { status.textContent = "A file of the index could not be loaded."; return; }
    }
    const begin = performance.now();
    const found = engine.find(asked), named = engine.findNames(asked);
    showTexts(found, asked, own);
    results.removeAttribute("aria-busy");
    showNames(named, own);
    status.textContent = tell(found, named, asked);
    cost = performance.now() - begin;
    document.documentElement.dataset.searched = String(own);
    document.documentElement.dataset.query = query;
    clearTimeout(writing);
    writing = setTimeout(write, 300);
  }
  // The address holds the query, so that it can be kept, and come back to.
  function write() {
    try { history.replaceState(null, "", current.trim() ? `#q=${encodeURIComponent(current.trim())}` : location.pathname); } catch { /* not from a file */ }
  }
  function read() {
    const told = new URLSearchParams(location.hash.slice(1)).get("q") ?? new URLSearchParams(location.search).get("q");
    if (told !== null && told !== current.trim()) { input.value = told; search(); }
  }

  // What people do.
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    // Quick answers come at once; slow ones wait until there is a pause.
    waiting = setTimeout(search, cost < 40 ? 0 : 150);
  });
  const back = () => { input.focus(); input.setSelectionRange(input.value.length, input.value.length); };
  const links = () => [...document.querySelectorAll("#ed-names a, #ed-results a")];
  $("ed-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    await search();
    links()[0]?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing) { event.preventDefault(); input.focus(); input.select(); return; }
    if (event.key === "Escape" && links().includes(document.activeElement)) { back(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const all = links(), place = all.indexOf(document.activeElement);
    if (place < 0 && document.activeElement !== input) return;
    if (place < 0 && step < 0) return;
    event.preventDefault();
    if (place + step < 0) back(); else all[Math.min(place + step, all.length - 1)]?.focus();
  });
  // Whoever comes back finds what was found.
  document.addEventListener("click", (event) => { if (links().includes(event.target.closest?.("a"))) { clearTimeout(writing); write(); } });
  addEventListener("hashchange", read);
  engine.ready().then((came) => {
    if (!came) { status.textContent = "The index could not be loaded."; return; }
    input.disabled = false;
    document.documentElement.dataset.searchReady = "yes";
    const early = input.value;
    read();
    if (early && !current) search();
    if (!location.hash && matchMedia("(hover: hover)").matches) input.focus();
  });
})();
