"use strict";
// The contents in another order, and fewer of them. Without this script they stand by author.
(() => {
  const $ = (id) => document.getElementById(id);
  const [bar, contents, told, filter] = ["ed-order", "ed-contents", "ed-told", "ed-filter"].map($);
  const items = [...contents.querySelectorAll("li[data-title]")];
  if (items.length < 2) return;
  bar.hidden = false;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = new Map(items.map((item) => [item, plain(item.textContent)]));
  const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  const group = {
    author: (item) => item.dataset.by || "Without an author",
    date: (item) => item.dataset.year || "Without a date",
    title: (item) => (/^\p{L}/u.test(item.dataset.title) ? [...item.dataset.title][0].toUpperCase() : "#"),
  };
  const order = {
    author: ["author", "date", "title"],
    date: ["date", "author", "title"],
    title: ["title", "author", "date"],
  };
  let chosen = "author";

  // What has no author or no date comes last.
  const key = (item, name) => item.dataset[name];
  const last = (one, other) => (one === "") - (other === "");
  function show() {
    const wanted = plain(filter.value).split(/\s+/).filter(Boolean);
    const found = items.filter((item) => wanted.every((word) => words.get(item).includes(word)));
    found.sort((one, other) => {
      for (const name of order[chosen]) {
        const sign = last(key(one, name), key(other, name)) || compare(key(one, name), key(other, name));
        if (sign) return sign;
      }
      return items.indexOf(one) - items.indexOf(other);
    });
    const groups = new Map();
    for (const item of found) {
      const name = group[chosen](item);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(item);
    }
    const bare = chosen === "author" && new Set(items.map(group.author)).size < 2;
    contents.replaceChildren(...[...groups].map(([name, own], place) => {
      const section = document.createElement("section");
      section.className = "ed-group";
      if (!bare) {
        const heading = document.createElement("h2");
        heading.id = `ed-group-${place + 1}`;
        heading.textContent = name;
        section.setAttribute("aria-labelledby", heading.id);
        section.append(heading);
      }
      const list = document.createElement("ol");
      list.className = "texts";
      for (const item of own) {
        const by = item.querySelector(".by");
        if (by) by.hidden = chosen === "author";
        list.append(item);
      }
      section.append(list);
      return section;
    }));
    told.textContent = wanted.length ? `${found.length} of ${items.length} texts` : `In order of ${chosen}`;
  }
  for (const button of bar.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      chosen = button.dataset.order;
      for (const one of bar.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one === button));
      show();
    });
  }
  let waiting = 0;
  filter.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 60); });
})();
