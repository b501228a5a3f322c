"use strict";
// Indexes: the passages of the entry that a link leads to are shown, and on paper those of all.
(() => {
  const folded = () => document.querySelectorAll("details.more:not([open])");
  let opened = [];
  function arrive() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* as it stands */ }
    const first = id && document.getElementById(id)?.querySelector("details.more");
    if (first) first.open = true;
  }
  addEventListener("beforeprint", () => { opened = [...folded()]; for (const one of opened) one.open = true; });
  addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
  addEventListener("hashchange", arrive);
  arrive();
})();
