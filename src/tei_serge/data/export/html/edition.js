// The pages of an edition: colours, layers, cards, notes in the margin. Without it all is there, as links and at the foot.
(() => {
  "use strict";
  const root = document.documentElement;
  const kept = {
    get(name) { try { return localStorage.getItem(`edition:${name}`); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(`edition:${name}`, value); } catch { /* a page of a disk may not keep anything */ } },
  };
  const themed = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme; else delete root.dataset.theme;
  };
  themed(kept.get("theme"));

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const made = (tag, words, of = {}) => {
    const element = document.createElement(tag);
    if (words) element.textContent = words;
    for (const [name, value] of Object.entries(of)) if (value) element.setAttribute(name, value);
    return element;
  };
  const wide = matchMedia("(min-width: 60rem)");
  const narrow = matchMedia("(max-width: 47.99rem)");
  let text = null;
  // The place in the page that its address names.
  const aimed = () => {
    try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return null; }
  };

  const say = (() => {
    let timer = 0;
    return (words) => {
      const status = document.getElementById("ed-status");
      if (!status) return;
      clearTimeout(timer);
      status.textContent = words;
      timer = setTimeout(() => { status.textContent = ""; }, 3000);
    };
  })();

  // Copying: where the browser allows it, which it may not for a page of a disk.
  const copy = async (words, what) => {
    try {
      await navigator.clipboard.writeText(words);
      say(`${what} copied`);
      return;
    } catch { /* the older way */ }
    const box = made("textarea", words, { "aria-hidden": "true", class: "visually-hidden" });
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    say(done ? `${what} copied` : `${what}: copy it from the address bar`);
  };

  // Display: which layers are marked, what stands beside the text, colours.
  const display = () => {
    const panel = document.querySelector(".display");
    if (!panel) return;
    panel.hidden = false;
    for (const box of all("[data-layer]", panel)) {
      const layer = box.dataset.layer;
      const apply = () => {
        if (layer === "margin") return notes.place();
        if (layer === "cards") return undefined;
        if (!text) return undefined;
        const beside = layer === "numbers" || layer === "pages";
        text.classList.toggle(beside ? `no-${layer}` : `off-${layer}`, !box.checked);
        if (!beside) {
          for (const one of all(`.m.${layer}[data-m], .mark.${layer}`, text)) {
            if (box.checked) one.matches("a") ? one.removeAttribute("tabindex") : reachable(one);
            else one.matches("a") ? one.setAttribute("tabindex", "-1") : one.removeAttribute("tabindex");
          }
        } else notes.place();
        return undefined;
      };
      box.checked = kept.get(layer) !== "off";
      if (!box.checked) apply();
      box.addEventListener("change", () => { kept.set(layer, box.checked ? "on" : "off"); cards.close(); apply(); });
    }
    const theme = kept.get("theme") || "auto";
    for (const choice of all("[name=ed-theme]", panel)) {
      choice.checked = choice.value === theme;
      choice.addEventListener("change", () => { kept.set("theme", choice.value); themed(choice.value); });
    }
    document.addEventListener("click", (event) => { if (!panel.contains(event.target)) panel.open = false; });
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !panel.open) return;
      panel.open = false;
      panel.querySelector("summary").focus();
      event.stopPropagation();
    });
    panel.addEventListener("focusout", (event) => { if (event.relatedTarget && !panel.contains(event.relatedTarget)) panel.open = false; });
  };

  // What opens a card and is no link can be reached by the keyboard.
  const reachable = (one) => {
    if (one.parentElement.closest("a, [role=button]")) return;
    one.tabIndex = 0;
    one.setAttribute("role", "button");
    if (one.dataset.label) one.setAttribute("aria-label", one.dataset.label);
  };

  const cards = (() => {
    let data = null, card = null, trigger = null, pinned = false, timer = 0, silent = false;
    const numbers = (one) => [one, ...all("[data-m]", one)].map((each) => each.dataset.m).filter(Boolean);
    const within = (target) => {
      const one = target instanceof Element ? target.closest("[data-m]") : null;
      if (!one || !text.contains(one)) return null;
      // Of names in a link that is a name itself, the link opens the card.
      return one.parentElement.closest("a[data-m], [role=button][data-m]") || one;
    };
    const about = (target) => within(target) || (target instanceof Element && target.matches("a.reference") && target.querySelector("[data-m]"));

    const list = (rows) => {
      const dl = made("dl");
      for (const [label, value] of rows) {
        const dd = made("dd");
        dd.append(value);
        dl.append(made("dt", label), dd);
      }
      return dl;
    };
    const entry = (one, single) => {
      const part = made("section");
      part.append(made("p", [one.kind, one.type].filter((word, place, words) => word && words.indexOf(word) === place).join(" · ").replaceAll("-", " "), { class: "card-kind" }));
      const name = made("h2", "", { class: "card-name", dir: "auto", ...(single && { id: "ed-card-name" }) });
      name.append(one.address ? made("a", one.name, { href: one.address }) : one.name);
      part.append(name);
      if (one.when) part.append(made("p", one.when, { class: "card-when" }));
      if (one.text) part.append(made("p", one.text, { dir: "auto" }));
      if (one.forms) part.append(made("p", `Also: ${one.forms.slice(0, 8).join("; ")}`, { class: "forms", dir: "auto" }));
      const rows = one.facts ? [...one.facts] : [];
      for (const [authority, value, address] of one.ids || []) {
        rows.push([authority, address ? made("a", value, { href: address, rel: "external noreferrer" }) : value]);
      }
      if (rows.length) part.append(list(rows));
      return part;
    };
    const decision = (one) => {
      const part = made("div", "", { class: "sure" });
      if (one.cert) part.append(made("p", `Certainty: ${one.cert}`));
      if ("why" in one) part.append(made("p", `Why: ${data.reasons[one.why]}${one.rules ? ` (${one.rules})` : ""}`, { class: "why" }));
      return part;
    };
    const content = (one, words, first) => {
      const parts = [];
      const entries = (one.entries || []).map((place) => data.entries[place]);
      if (one.layer === "date" || !entries.length) {
        const part = made("section");
        const kind = one.layer === "date" ? ["date", one.type] : [one.layer, "no entry in a register"];
        part.append(made("p", kind.filter(Boolean).join(" · "), { class: "card-kind" }));
        part.append(made("h2", one.value || words, { class: "card-name", dir: "auto", ...(first && { id: "ed-card-name" }) }));
        parts.push(part);
      }
      entries.forEach((each, place) => parts.push(entry(each, first && !place && !parts.length)));
      if (one.cert || "why" in one) parts.at(-1).append(decision(one));
      return parts;
    };

    const build = () => {
      card = made("div", "", { class: "card", id: "ed-card", role: "dialog", "aria-labelledby": "ed-card-name", tabindex: "-1" });
      card.hidden = true;
      card.addEventListener("pointerenter", () => clearTimeout(timer));
      card.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") later(); });
      card.addEventListener("keydown", (event) => {
        if (event.key !== "Tab") return;
        const stops = all("a[href], button", card);
        const edge = event.shiftKey ? stops[0] : stops.at(-1);
        if (document.activeElement !== edge && document.activeElement !== card) return;
        if (document.activeElement === card && !event.shiftKey) return;
        // Out of the card the way goes on where it came from.
        const from = trigger;
        close();
        silent = true;
        from.focus();
        silent = false;
        if (event.shiftKey) event.preventDefault();
      });
      document.body.append(card);
    };
    const place = (point) => {
      card.classList.toggle("sheet-card", narrow.matches);
      card.style.left = card.style.top = "";
      document.body.style.paddingBlockEnd = "";
      if (narrow.matches) {
        // The sheet hides no word that it tells of.
        const free = innerHeight - card.offsetHeight - 12, word = trigger.getBoundingClientRect();
        if (word.bottom <= free && word.top >= 0) return;
        document.body.style.paddingBlockEnd = `${card.offsetHeight}px`;
        scrollBy({ top: word.bottom - Math.max(free, word.height), behavior: "instant" });
        return;
      }
      const boxes = [...trigger.getClientRects()];
      const box = (point && boxes.find((one) => point.clientY >= one.top - 2 && point.clientY <= one.bottom + 2)) || boxes[0];
      if (!box) return;
      const own = card.getBoundingClientRect(), edge = 12, room = root.clientWidth;
      const left = Math.min(Math.max(edge, box.left - 8), room - own.width - edge);
      const below = box.bottom + 8, above = box.top - own.height - 8;
      const top = below + own.height > innerHeight - edge && above > edge ? above : below;
      card.style.left = `${left + scrollX}px`;
      card.style.top = `${top + scrollY}px`;
    };
    const lit = (on) => {
      if (!trigger) return;
      trigger.classList.toggle("lit", on);
      const passage = trigger.matches(".mark") && trigger.closest(".passage");
      if (passage) passage.classList.toggle("lit", on);
      const name = trigger.closest("a, [role=button]") || trigger;
      if (on) { name.setAttribute("aria-expanded", "true"); name.setAttribute("aria-controls", "ed-card"); }
      else { name.removeAttribute("aria-expanded"); name.removeAttribute("aria-controls"); }
    };
    const open = (one, point, pin) => {
      clearTimeout(timer);
      if (!data) data = JSON.parse(document.getElementById("ed-data").textContent);
      const found = [...new Set(numbers(one))].map((number) => data.cards[Number(number)]).filter(Boolean);
      if (!found.length) return false;
      if (!card) build();
      if (trigger !== one) {
        lit(false);
        trigger = one;
        lit(true);
        const shut = made("button", "×", { class: "card-close", type: "button", "aria-label": "Close" });
        shut.addEventListener("click", () => back());
        card.replaceChildren(...found.flatMap((each, number) => content(each, one.textContent, !number)), shut);
        card.style.setProperty("--layer", `var(--${found[0].layer})`);
        card.hidden = false;
        card.scrollTop = 0;
        place(point);
      }
      pinned = pinned || pin;
      if (pin) card.focus({ preventScroll: true });
      return true;
    };
    const close = () => {
      clearTimeout(timer);
      lit(false);
      trigger = null;
      pinned = false;
      document.body.style.paddingBlockEnd = "";
      if (card) card.hidden = true;
    };
    const back = () => {
      const from = trigger, inside = card && card.contains(document.activeElement);
      close();
      if (!inside || !from) return;
      silent = true;
      (from.closest("a, [role=button]") || from).focus({ preventScroll: true });
      silent = false;
    };
    const eager = () => kept.get("cards") !== "off";
    const later = () => {
      clearTimeout(timer);
      if (!pinned) timer = setTimeout(close, 220);
    };
    const start = () => {
      for (const one of all("[data-m]:not(a)", text)) reachable(one);
      text.addEventListener("pointerover", (event) => {
        if (event.pointerType !== "mouse" || pinned || !eager()) return;
        const one = about(event.target);
        if (!one) return;
        clearTimeout(timer);
        if (one !== trigger) timer = setTimeout(() => open(one, event, false), trigger ? 90 : 160);
      });
      text.addEventListener("pointerout", (event) => {
        if (event.pointerType === "mouse" && about(event.target) && about(event.relatedTarget) !== about(event.target)) later();
      });
      text.addEventListener("focusin", (event) => {
        if (silent || !event.target.matches(":focus-visible")) return;
        const one = about(event.target);
        if (!one || !eager()) return;
        clearTimeout(timer);
        pinned = false;
        // Who only passes by is shown nothing.
        timer = setTimeout(() => open(one, null, false), 350);
      });
      text.addEventListener("focusout", (event) => {
        if (!pinned && !(card && card.contains(event.relatedTarget))) close();
      });
      text.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
        const one = within(event.target);
        if (!one || event.target.closest("a:not([data-m])")) return;
        if (!getSelection().isCollapsed) return;
        // Where the card is a link's, the name in the card is the link.
        if (open(one, event.detail ? event : null, true)) event.preventDefault();
      });
      text.addEventListener("keydown", (event) => {
        if ((event.key === "Enter" || event.key === " ") && event.target.matches("[role=button][data-m]")) {
          event.preventDefault();
          open(event.target, null, true);
        }
      });
      document.addEventListener("keydown", (event) => { if (event.key === "Escape" && trigger) back(); });
      document.addEventListener("pointerdown", (event) => {
        if (trigger && pinned && !card.contains(event.target) && !trigger.contains(event.target)) close();
      });
      addEventListener("resize", () => { if (trigger) place(null); });
    };
    return { start, close };
  })();

  const notes = (() => {
    // Each note with its marker.
    const pairs = [], partners = new Map();
    const series = new Map();
    const wanted = () => wide.matches && kept.get("margin") !== "off" && !matchMedia("print").matches;
    const GAP = 14, LINE = 20, FAR = 600;
    const clear = () => {
      text.classList.remove("margin-notes");
      text.style.minHeight = "";
      for (const { note } of pairs) { delete note.dataset.placed; note.style.top = ""; }
      for (const one of all(".all-placed", text)) one.classList.remove("all-placed");
    };
    // Where the notes of some series would stand, and of what series a note would be too far from its marker.
    const measure = (chosen) => {
      clear();
      text.classList.add("margin-notes");
      for (const pair of chosen) pair.note.dataset.placed = "";
      for (const one of series.keys()) one.classList.toggle("all-placed", nothingElse(one));
      const box = text.getBoundingClientRect();
      let before = -Infinity;
      const rows = chosen.map(({ marker, note, series: of }) => {
        const at = marker.getBoundingClientRect().top - box.top - 4;
        // Signs of one line stand at different heights and keep their order.
        before = at < before && before - at < LINE ? before : at;
        return { note, of, wish: before, at: before, height: note.offsetHeight };
      });
      rows.sort((one, other) => one.wish - other.wish);
      let free = 0;
      for (const row of rows) {
        row.at = Math.max(row.wish, free);
        free = row.at + row.height + GAP;
      }
      const far = new Set(rows.filter((row) => row.at - row.wish > FAR).map((row) => row.of));
      if (free - box.height > FAR) far.add(rows.at(-1).of);
      return { rows, far, free };
    };
    const place = () => {
      if (!text || !pairs.length) return;
      clear();
      if (!wanted()) return offer();
      // A series with too much for the margin stays at the foot: the longest first, then all.
      let chosen = pairs;
      for (let tries = 0; chosen.length; tries += 1) {
        const { rows, far, free } = measure(chosen);
        if (!far.size) {
          for (const row of rows) row.note.style.top = `${row.at}px`;
          text.style.minHeight = `${free}px`;
          break;
        }
        const heights = new Map([...far].map((one) => [one, 0]));
        for (const row of rows) if (far.has(row.of)) heights.set(row.of, heights.get(row.of) + row.height);
        const most = [...heights].reduce((one, other) => (other[1] > one[1] ? other : one))[0];
        chosen = tries < 8 ? chosen.filter((pair) => pair.series !== most) : [];
      }
      if (!chosen.length) clear();
      return offer();
    };
    const HEADS = "h1, h2, h3, h4, h5, h6, [role=heading]";
    const letters = (one) => one.textContent.replace(/\s/g, "").length;
    // Whether a series holds nothing but its headings and notes in the margin, so that nothing of it is left at the foot.
    const nothingElse = (one) => {
      const gone = all(`:is(${HEADS}, aside.note[data-placed])`, one).filter((each) => !each.parentElement.closest("aside.note"));
      return gone.some((each) => each.matches("aside")) && gone.reduce((sum, each) => sum + letters(each), 0) === letters(one);
    };
    // What has no effect is not offered; a heading that is not shown is not in the contents.
    const offer = () => {
      const box = document.querySelector(".display [data-layer=margin]");
      if (box) {
        const none = wanted() && !text.classList.contains("margin-notes");
        box.disabled = none;
        box.closest("label").lastElementChild.textContent = none ? "Notes in the margin (too long here)" : "Notes in the margin";
      }
      contents.fit();
    };
    // To a note beside its marker nothing has to jump.
    const step = (event) => {
      const link = event.target instanceof Element && event.target.closest("a[role=doc-noteref], a[role=doc-backlink], aside.note .backlink a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
      const pair = partners.get(link) || partners.get(link.closest("aside.note"));
      if (!pair || !("placed" in pair.note.dataset)) return;
      const to = link === pair.marker ? pair.note : pair.marker;
      if (to === pair.marker && link.hash !== `#${encodeURIComponent(pair.marker.id)}` && link.hash !== `#${pair.marker.id}`) return;
      event.preventDefault();
      if (to === pair.note) to.tabIndex = -1;
      to.focus({ preventScroll: true });
      to.scrollIntoView({ block: "nearest" });
    };
    const light = (target, on) => {
      const pair = target instanceof Element && partners.get(target.closest("a[role=doc-noteref], aside.note"));
      if (pair) { pair.marker.classList.toggle("lit", on); pair.note.classList.toggle("lit", on); }
    };
    const start = () => {
      const taken = new Set();
      for (const marker of all("a[role=doc-noteref]", text)) {
        const href = marker.getAttribute("href");
        let note = null;
        try { note = href.startsWith("#") ? document.getElementById(decodeURIComponent(href.slice(1))) : null; } catch { /* no address */ }
        if (!note || !note.matches("aside.note") || note.contains(marker) || note.parentElement.closest("aside.note") || marker.closest("aside.note") || taken.has(note)) continue;
        taken.add(note);
        const of = note.closest(".notes, .type-notes") || text;
        if (of !== text) series.set(of, true);
        const pair = { marker, note, series: of };
        pairs.push(pair);
        partners.set(marker, pair).set(note, pair);
      }
      for (const [begin, end] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
        text.addEventListener(begin, (event) => light(event.target, true));
        text.addEventListener(end, (event) => light(event.target, false));
      }
      text.addEventListener("click", step);
      const box = document.querySelector(".display [data-layer=margin]");
      if (box && !pairs.length) box.closest("label").hidden = true;
      wide.addEventListener("change", place);
      addEventListener("beforeprint", clear);
      addEventListener("afterprint", place);
      addEventListener("load", place);
      let width = 0;
      new ResizeObserver(() => { if (text.clientWidth !== width) { width = text.clientWidth; place(); } }).observe(text);
      if (document.fonts) document.fonts.ready.then(place);
      place();
      // Where the page was opened at a place in it, things have moved since.
      if (location.hash.length > 1) requestAnimationFrame(() => { const at = aimed(); if (at) at.scrollIntoView(); });
    };
    return { start, place };
  })();

  // Paragraph numbers are links; a click copies the whole address.
  const numbers = () => {
    text.addEventListener("click", (event) => {
      const link = event.target instanceof Element && event.target.closest("a.para");
      if (link && !event.ctrlKey && !event.metaKey) copy(link.href, `Link to paragraph ${link.textContent}`);
    });
    for (const button of all("[data-copy]")) {
      button.hidden = false;
      button.addEventListener("click", () => copy(document.getElementById(button.dataset.copy).innerText.trim(), "Citation"));
    }
  };

  const contents = (() => {
    let rows = [], fresh = () => {};
    // The rows whose headings are shown.
    const fit = () => {
      for (const row of rows) {
        const away = row.heading.closest(".all-placed");
        row.link.parentElement.hidden = Boolean(away && !row.heading.closest("aside.note"));
      }
      fresh();
    };
    const start = () => {
      const box = document.querySelector("details.contents");
      if (!box) return;
      const beside = matchMedia("(min-width: 82rem)");
      const open = () => { box.open = beside.matches; };
      beside.addEventListener("change", open);
      open();
      box.addEventListener("click", (event) => { if (!beside.matches && event.target.closest("a")) box.open = false; });
      // The heading that was passed last is the current one.
      rows = all("a", box).map((link) => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) })).filter((row) => row.heading);
      let current = null, waiting = false;
      const follow = () => {
        waiting = false;
        const shown = rows.filter((row) => !row.link.parentElement.hidden);
        let low = 0, high = shown.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (shown[middle].heading.getBoundingClientRect().top < innerHeight * .35) low = middle + 1; else high = middle;
        }
        const next = low ? shown[low - 1].link : null;
        if (next === current) return;
        if (current) current.removeAttribute("aria-current");
        if (next) next.setAttribute("aria-current", "true");
        current = next;
      };
      addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(follow); } }, { passive: true });
      fresh = follow;
      fit();
    };
    return { start, fit };
  })();

  // Words that a search has found, in the passage that it leads to.
  const found = () => {
    const words = new URLSearchParams(location.search).get("mark");
    const at = words && aimed();
    if (!at || at.matches(".division")) return;
    const folded = (word) => word.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
    const wanted = words.split(/\s+/).map(folded).filter(Boolean).slice(0, 20);
    if (!wanted.length) return;
    const hit = (word) => { const own = folded(word); return wanted.some((one) => own.startsWith(one)); };
    const walker = document.createTreeWalker(at, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (!node.parentElement.closest("[data-generated]")) nodes.push(node);
    for (const node of nodes) {
      const places = [...node.data.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].filter(([word]) => hit(word)).reverse();
      for (const { 0: word, index } of places) {
        const rest = node.splitText(index);
        rest.splitText(word.length);
        const mark = made("mark");
        rest.replaceWith(mark);
        mark.append(rest);
      }
    }
  };

  // A table that is wider than the page can be moved by the keyboard.
  const tables = () => {
    for (const one of all("div.table", text)) {
      if (one.scrollWidth <= one.clientWidth) continue;
      one.tabIndex = 0;
      one.setAttribute("role", "group");
      one.setAttribute("aria-label", one.querySelector("caption")?.textContent || "Table");
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    text = document.getElementById("ed-text");
    display();
    if (!text) return;
    cards.start();
    contents.start();
    notes.start();
    numbers();
    tables();
    found();
  });
})();
