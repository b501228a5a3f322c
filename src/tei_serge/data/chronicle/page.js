"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const rows = data.rows.map((row, number) => ({ ...row, number, item: $(`e${number + 1}`) }));
  if (!rows.length) return;

  // Days as numbers: the same calendar as in days.py.
  const div = (a, b) => Math.floor(a / b);
  const dayNumber = (year, month, day) => {
    const y = year - (month < 3 ? 1 : 0);
    return y * 365 + div(y, 4) - div(y, 100) + div(y, 400) + div(((month + 9) % 12) * 306 + 5, 10) + day - 306;
  };
  const civil = (number) => {
    const era = div(number + 305, 146097);
    let day = number + 305 - era * 146097;
    const year = div(day - div(day, 1460) + div(day, 36524) - div(day, 146096), 365);
    day -= 365 * year + div(year, 4) - div(year, 100);
    const months = div(5 * day + 2, 153);
    const month = months < 10 ? months + 3 : months - 9;
    return [era * 400 + year + (month < 3 ? 1 : 0), month, day - div(153 * months + 2, 5) + 1];
  };
  const NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December"];
  const yearWords = (year) => (year > 0 ? `${year}` : `${1 - year} BC`);
  const dayWords = (number) => {
    const [year, month, day] = civil(number);
    return `${day} ${NAMES[month - 1]} ${yearWords(year)}`;
  };
  const iso = (number) => {
    const [year, month, day] = civil(number);
    const shown = year > 0 ? `${year}`.padStart(4, "0") : `-${`${1 - year}`.padStart(4, "0")}`;
    return `${shown}-${`${month}`.padStart(2, "0")}-${`${day}`.padStart(2, "0")}`;
  };
  const fromIso = (text) => {
    const found = /^(-?)(\d{4,6})-(\d\d)-(\d\d)$/.exec(text || "");
    if (!found) return null;
    const year = found[1] ? 1 - Number(found[2]) : Number(found[2]);
    const number = dayNumber(year, Number(found[3]), Number(found[4]));
    return iso(number) === text ? number : null;
  };
  const events = (count) => `${count.toLocaleString("en")} ${count === 1 ? "event" : "events"}`;

  // An event of which only the end is known stands there; one without an end goes on.
  const begin = (row) => row.b ?? row.e;
  const end = (row) => row.e ?? Infinity;
  const dated = (row) => row.b !== null || row.e !== null;
  const days = rows.flatMap((row) => [row.b, row.e]).filter((day) => day !== null);
  const whole = [Math.min(...days), Math.max(...days)];
  if (whole[1] - whole[0] < 6) { whole[0] -= 3; whole[1] += 3; }

  // What is chosen: words, type, who, place, told again, and a time.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").toLowerCase();
  const chosen = { q: "", type: "", who: "", place: "", same: false, time: null };
  const tests = {
    q: (row) => {
      if (!chosen.q.trim()) return true;
      row.text ??= plain(row.item.textContent);
      return plain(chosen.q).trim().split(/\s+/).every((word) => row.text.includes(word));
    },
    type: (row) => !chosen.type || row.t === chosen.type,
    who: (row) => !chosen.who || row.w.includes(chosen.who),
    place: (row) => !chosen.place || row.p.includes(chosen.place),
    same: (row) => !chosen.same || row.s === 1,
    time: (row) => !chosen.time || (dated(row) && begin(row) >= chosen.time[0] && begin(row) <= chosen.time[1]),
  };
  const facets = Object.keys(tests);
  const isChoice = () => facets.some((facet) => (facet === "q" ? chosen.q.trim() : chosen[facet]));

  const form = $("filters");
  const selects = {
    type: [$("type"), "every type", data.types.map((name) => [name, name]), (row) => [row.t]],
    who: [$("who"), "everybody", data.people, (row) => row.w],
    place: [$("place"), "everywhere", data.places, (row) => row.p],
  };
  for (const facet of Object.keys(selects)) {
    const [select, all, names] = selects[facet];
    select.append(new Option(all, ""), ...names.map(([key, name]) => new Option(name, key)));
    if (!names.length) { select.hidden = true; select.labels[0].hidden = true; }
  }
  form.hidden = false;

  const groups = [...document.querySelectorAll(".month, .year")].map((group) => [
    group, [...group.querySelectorAll(".event")].map((item) => Number(item.id.slice(1)) - 1),
  ]);

  function update() {
    const fits = rows.map((row) => facets.map((facet) => tests[facet](row)));
    const failing = fits.map((fit) => fit.reduce((count, one) => count + (one ? 0 : 1), 0));
    const visible = rows.filter((row, number) => failing[number] === 0);
    const without = (facet) => rows.filter((row, number) =>
      failing[number] === 0 || (failing[number] === 1 && !fits[number][facets.indexOf(facet)]));
    rows.forEach((row, number) => { row.item.hidden = failing[number] > 0; });
    for (const [group, numbers] of groups) group.hidden = numbers.every((number) => failing[number] > 0);
    for (const facet of Object.keys(selects)) {
      const [select, all, names, keys] = selects[facet];
      const counts = new Map();
      for (const row of without(facet)) for (const key of keys(row)) counts.set(key, (counts.get(key) || 0) + 1);
      names.forEach(([key, name], place) => {
        const option = select.options[place + 1];
        const count = counts.get(key) || 0;
        option.text = `${name} (${count})`;
        option.hidden = option.disabled = !count && chosen[facet] !== key;
      });
      select.value = chosen[facet];
    }
    if ($("same")) {
      $("same").checked = chosen.same;
      $("same-count").textContent = `(${without("same").filter((row) => row.s).length})`;
    }
    if ($("words").value !== chosen.q) $("words").value = chosen.q;
    const total = rows.length;
    $("count").textContent = visible.length === total ? events(total) : `${visible.length.toLocaleString("en")} of ${events(total)}`;
    $("none").hidden = visible.length > 0;
    $("reset").disabled = !isChoice();
    draw(rows.filter((row, number) => failing[number] === 0 || (failing[number] === 1 && !fits[number][5])));
  }

  // The address keeps what is chosen, and the event that a link led to.
  function write(at = "", push = false) {
    const said = new URLSearchParams();
    for (const facet of ["q", "type", "who", "place"]) if (chosen[facet].trim()) said.set(facet, chosen[facet]);
    if (chosen.same) said.set("same", "1");
    if (chosen.time) { said.set("from", iso(chosen.time[0])); said.set("to", iso(chosen.time[1])); }
    if (at) said.set("at", at);
    const only = at && [...said.keys()].length === 1;
    const hash = only ? `#${at}` : said.size ? `#${said}` : "";
    if (hash === location.hash) return;
    history[push ? "pushState" : "replaceState"](null, "", hash || location.pathname + location.search);
  }

  function read() {
    const hash = location.hash.slice(1);
    const said = new URLSearchParams(hash.includes("=") ? hash : "");
    const known = (facet, value) => (selects[facet][2].some(([key]) => key === value) ? value : "");
    chosen.q = said.get("q") || "";
    for (const facet of Object.keys(selects)) chosen[facet] = known(facet, said.get(facet) || "");
    chosen.same = said.get("same") === "1" && Boolean($("same"));
    const [from, to] = [fromIso(said.get("from")), fromIso(said.get("to"))];
    chosen.time = from !== null && to !== null && from <= to ? [from, to] : null;
    update();
    const at = said.get("at") || (hash.includes("=") ? "" : hash);
    if (/^e\d+$/.test(at)) go(at);
  }

  function reset() {
    Object.assign(chosen, { q: "", type: "", who: "", place: "", same: false, time: null });
    update();
    write();
  }

  function go(id) {
    const item = $(id);
    if (!item) return;
    if (item.hidden) reset();
    document.querySelector(".at")?.classList.remove("at");
    item.classList.add("at");
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "start" });
  }

  function zoom(time) {
    chosen.time = time && (time[0] > whole[0] || time[1] < whole[1]) ? time : null;
    update();
    write();
  }

  // The axis: columns for what is short, bars for what lasts, in units as fine as there is room for.
  const SVG = "http://www.w3.org/2000/svg";
  const [MARGIN, HEIGHT, LANES, LANE, COLUMN, TICK] = [14, 84, 7, 18, 9, 66];
  const UNITS = [0, 1, 3, 12, 60, 120, 300, 600, 1200];
  const STEPS = [[1, 0], [5, 0], [10, 0], [0, 1], [0, 3], [0, 12], [0, 24], [0, 60], [0, 120], [0, 240], [0, 600], [0, 1200]];
  const index = (day, unit) => {
    if (!unit) return day;
    const [year, month] = civil(day);
    return div(year * 12 + month - 1, unit);
  };
  const firstOf = (place, unit) => {
    if (!unit) return place;
    const year = div(place * unit, 12);
    return dayNumber(year, place * unit - year * 12 + 1, 1);
  };
  const unitWords = (place, unit) => {
    if (!unit) return dayWords(place);
    const [one, last] = [civil(firstOf(place, unit)), civil(firstOf(place + 1, unit) - 1)];
    if (unit === 1) return `${NAMES[one[1] - 1]} ${yearWords(one[0])}`;
    if (unit === 3) return `${NAMES[one[1] - 1]}–${NAMES[last[1] - 1]} ${yearWords(one[0])}`;
    return one[0] === last[0] ? yearWords(one[0]) : `${yearWords(one[0])}–${yearWords(last[0])}`;
  };

  function make(parent, name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    parent.append(made);
    return made;
  }

  let shown = [];
  let columns = [];
  let current = 0;
  function draw(candidates) {
    const box = $("axis");
    if (!box) return;
    shown = candidates;
    const width = Math.max(280, Math.floor(box.clientWidth));
    const [first, last] = chosen.time || whole;
    const room = width - 2 * MARGIN;
    const scale = room / (last - first + 1);
    const at = (day) => MARGIN + (Math.min(Math.max(day, first), last + 1) - first) * scale;
    const unit = UNITS.find((one) => index(last, one) - index(first, one) < room / COLUMN) ?? UNITS.at(-1);
    const long = [];
    const units = new Map();
    for (const row of candidates) {
      if (!dated(row) || begin(row) > last || end(row) < first) continue;
      const [from, to] = [Math.max(begin(row), first), Math.min(end(row), last)];
      const stays = index(Math.min(end(row), whole[1]), unit) - index(begin(row), unit) >= 2;
      if (stays) long.push({ from, to, row });
      else {
        const place = index(from, unit);
        if (!units.has(place)) units.set(place, []);
        units.get(place).push(row);
      }
    }
    const most = Math.max(0, ...[...units.values()].map((own) => own.length));
    const dots = most * 7 <= HEIGHT;
    const line = (dots ? most * 7 : HEIGHT) + 18;
    const lanes = Array.from({ length: LANES }, () => []);
    let left = 0;
    // What began before the time that is shown gets what room is left.
    const old = (bar) => (begin(bar.row) < first ? 1 : 0);
    long.sort((a, b) => old(a) - old(b) || b.to - b.from - (a.to - a.from) || a.row.number - b.row.number);
    const gap = 10 / scale;
    for (const bar of long) {
      bar.label = bar.row.item.querySelector("h4").textContent;
      // The words stand under the bar and reach beyond a short one, to the left where the axis ends.
      const needs = Math.min(bar.label.length * 6.2 + 8, 170) / scale;
      bar.ends = bar.from + needs > last + 1;
      bar.left = bar.ends ? Math.max(first, Math.min(bar.from, bar.to + 1 - needs)) : bar.from;
      bar.right = bar.ends ? bar.to + 1 : Math.max(bar.to + 1, bar.from + needs);
      bar.lane = lanes.findIndex((lane) => lane.every((one) => bar.right + gap < one.left || bar.left > one.right + gap));
      if (bar.lane < 0) left += 1;
      else lanes[bar.lane].push(bar);
    }
    const used = lanes.filter((lane) => lane.length).length;
    const top = line + 30;
    const height = top + used * (LANE + 4) + (left ? 18 : 0);
    const svg = document.createElementNS(SVG, "svg");
    for (const [key, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height, role: "group",
      "aria-label": "Events over time. Arrow keys go from column to column, Enter looks closer." })) svg.setAttribute(key, value);
    columns = [...units.entries()].sort((a, b) => a[0] - b[0]).map(([place, own]) => {
      const x = at(firstOf(place, unit));
      const wide = Math.max(at(firstOf(place + 1, unit)) - x, 2);
      const words = `${unitWords(place, unit)}: ${events(own.length)}`;
      const link = make(svg, "a", { class: "column", href: `#e${own[0].number + 1}`, tabindex: "-1", "aria-label": words });
      make(link, "title", {}, own.length === 1 ? `${unitWords(place, unit)}: ${own[0].item.querySelector("h4").textContent}` : words);
      make(link, "rect", { class: "hit", x: x.toFixed(1), y: 4, width: wide.toFixed(1), height: line - 5, rx: 2 });
      if (dots) {
        own.forEach((row, high) => make(link, "circle", { ...(row.l ? { class: "low" } : {}),
          cx: (x + wide / 2).toFixed(1), cy: line - 5 - high * 7, r: 2.8 }));
      } else {
        const tall = Math.max((own.length / most) * HEIGHT, 3);
        make(link, "rect", { x: x.toFixed(1), y: (line - tall).toFixed(1), width: Math.max(wide - 1, 1).toFixed(1), height: tall.toFixed(1) });
        if (own.length === most) make(link, "text", { x: (x + wide / 2).toFixed(1), y: line - tall - 5, "text-anchor": "middle" }, most);
      }
      return { link, own, time: unit ? [firstOf(place, unit), firstOf(place + 1, unit) - 1] : null };
    });
    make(svg, "line", { class: "line", x1: 0, x2: width, y1: line, y2: line });
    marks(first, last, scale).forEach(([day, words]) => {
      const x = at(day).toFixed(1);
      make(svg, "line", { class: "tick", x1: x, x2: x, y1: line, y2: line + 5 });
      make(svg, "text", { class: "scale", x, y: line + 18, "text-anchor": x < 24 ? "start" : x > width - 24 ? "end" : "middle" }, words);
    });
    for (const { from, to, row, lane, label, left: start, right: stop, ends } of lanes.flat()) {
      const [x, y] = [at(from), top + lane * (LANE + 4) + 4];
      const link = make(svg, "a", { class: `bar${row.e === null ? " open" : ""}${row.l ? " low" : ""}`, href: `#e${row.number + 1}` });
      make(link, "title", {}, label);
      make(link, "rect", { class: "hit", x: at(start).toFixed(1), y: y - 1, width: (at(stop) - at(start)).toFixed(1), height: LANE });
      make(link, "rect", { x: x.toFixed(1), y, width: Math.max(at(to + 1) - x, 3).toFixed(1), height: 3, rx: 1.5 });
      const letters = Math.floor((at(stop) - at(start)) / 6);
      const short = label.length <= letters ? label : `${label.slice(0, Math.max(letters - 2, 0)).trimEnd()} …`;
      const end = (ends ? at(stop) : x).toFixed(1);
      if (letters >= 8) make(link, "text", { x: end, y: y + 15, "text-anchor": ends ? "end" : "start" }, short);
    }
    if (left) make(svg, "text", { x: MARGIN, y: height - 4 }, `and ${left} more that last long`);
    const focused = box.contains(document.activeElement);
    box.replaceChildren(svg);
    current = Math.min(current, columns.length - 1);
    columns[Math.max(current, 0)]?.link.setAttribute("tabindex", "0");
    if (focused) columns[Math.max(current, 0)]?.link.focus();
    $("time-tools").hidden = false;
    $("moves").hidden = !chosen.time;
    const told = chosen.time ? rangeWords(chosen.time) : unit && columns.some((one) => one.own.length > 1) ? "Choose a column to look closer." : "";
    if ($("range").textContent !== told) $("range").textContent = told;
    $("range").classList.toggle("hint", !chosen.time);
  }

  function marks(first, last, scale) {
    const [step, months] = STEPS.find(([day, month]) => (day || month * 30.4) * scale >= (day === 1 ? 26 : TICK)) ?? STEPS.at(-1);
    const [year, month] = civil(first);
    const found = [];
    for (let place = div(year * 12 + month - 1, months || 1) * (months || 1); ; place += months || 1) {
      const day = firstOf(place, 1);
      if (day > last) return found;
      const own = place - div(place, 12) * 12;
      const year = months >= 12 || (months && own === 0) ? yearWords(div(place, 12)) : "";
      const name = `${NAMES[own].slice(0, 3)}${own ? "" : ` ${yearWords(div(place, 12))}`}`;
      if (day >= first) found.push([day, year || (step === 1 ? `1 ${name}` : name)]);
      // Beside the name of a month there is no room for its second day.
      for (let more = step === 1 ? 2 : step; step && more < (step === 1 ? 31 : 30 - step / 2); more += Math.max(step, 1)) {
        const next = day + more;
        if (next >= first && next <= last && next < firstOf(place + 1, 1)) found.push([next, `${more + 1}`]);
      }
    }
  }

  function rangeWords([from, to]) {
    const [one, other] = [civil(from), civil(to)];
    if (from === to) return dayWords(from);
    if (one[2] === 1 && civil(to + 1)[2] === 1) {
      if (one[0] === other[0] && one[1] === other[1]) return `${NAMES[one[1] - 1]} ${yearWords(one[0])}`;
      if (one[1] === 1 && other[1] === 12) return one[0] === other[0] ? yearWords(one[0]) : `${yearWords(one[0])}–${yearWords(other[0])}`;
    }
    return `${dayWords(from)} – ${dayWords(to)}`;
  }

  // What people do.
  const change = () => {
    chosen.q = $("words").value;
    for (const facet of Object.keys(selects)) chosen[facet] = selects[facet][0].value;
    chosen.same = Boolean($("same")?.checked);
    update();
    write();
  };
  let waiting = 0;
  const soon = (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(change, event.target === $("words") ? 120 : 0);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", (event) => { event.preventDefault(); change(); });
  form.addEventListener("reset", (event) => { event.preventDefault(); reset(); $("words").focus(); });
  $("reset-too").addEventListener("click", () => { reset(); $("words").focus(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = link.getAttribute("href") || "";
    if (!/^#e\d+$/.test(target)) return;
    event.preventDefault();
    const place = columns.findIndex((column) => column.link === link);
    if (place >= 0) {
      current = place;
      const { own, time } = columns[place];
      if (own.length > 1 && time) { current = 0; zoom(time); return; }
    }
    go(target.slice(1));
    write(target.slice(1), true);
  });
  $("axis")?.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (event.key === "Escape" && chosen.time) { wider(); return; }
    const on = columns.findIndex((column) => column.link === document.activeElement);
    if (step === undefined || on < 0) return;
    event.preventDefault();
    columns[on].link.setAttribute("tabindex", "-1");
    current = Math.min(Math.max(on + step, 0), columns.length - 1);
    columns[current].link.setAttribute("tabindex", "0");
    columns[current].link.focus();
  });
  const wider = () => {
    const [from, to] = chosen.time;
    const size = to - from + 1;
    const [year, month] = civil(from);
    if (size < 28) zoom([dayNumber(year, month, 1), firstOf(year * 12 + month, 1) - 1]);
    else if (size < 360) zoom([dayNumber(year, 1, 1), dayNumber(year, 12, 31)]);
    else zoom([Math.max(from - size * 2, whole[0]), Math.min(to + size * 2, whole[1])]);
  };
  const shift = (sign) => {
    const [from, to] = chosen.time;
    const [one, next] = [civil(from), civil(to + 1)];
    if (one[2] === 1 && next[2] === 1) {
      const start = one[0] * 12 + one[1] - 1;
      const size = next[0] * 12 + next[1] - 1 - start;
      zoom([firstOf(start + sign * size, 1), firstOf(start + (sign + 1) * size, 1) - 1]);
    } else zoom([from + sign * (to - from + 1), to + sign * (to - from + 1)]);
  };
  $("wider")?.addEventListener("click", wider);
  $("whole")?.addEventListener("click", () => zoom(null));
  $("earlier")?.addEventListener("click", () => shift(-1));
  $("later")?.addEventListener("click", () => shift(1));
  addEventListener("hashchange", read);
  addEventListener("popstate", read);
  let size = 0;
  addEventListener("resize", () => { clearTimeout(size); size = setTimeout(() => draw(shown), 80); });
  addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details")) one.open = true; });
  read();
})();
