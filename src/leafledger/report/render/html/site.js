// Marks where the reader is in the contents, and lets the language links lead to the same place. The site works without it.
"use strict";
(() => {
  const marks = [...document.querySelectorAll(".chapter, .chapter h3[id], .imprint")];
  const entries = [...document.querySelectorAll(".contents a")];
  const languages = [...document.querySelectorAll(".languages a")];
  const side = document.querySelector(".side");
  const menu = document.querySelector(".menu");
  let here;

  const place = () => {
    const line = innerHeight / 3;
    let found = null;
    for (const mark of marks) if (mark.getBoundingClientRect().top <= line) found = mark;
    if (found !== here) show((here = found));
  };

  const show = (mark) => {
    const hash = mark ? "#" + mark.id : "";
    for (const link of languages) link.hash = hash;
    for (const item of document.querySelectorAll(".contents .here")) item.classList.remove("here");
    for (const entry of entries) {
      const current = mark !== null && entry.getAttribute("href") === hash;
      entry.toggleAttribute("aria-current", current);
      if (current) entry.setAttribute("aria-current", "location");
      for (let item = current && entry.closest("li"); item; item = item.parentElement.closest("li")) item.classList.add("here");
    }
    const current = side.querySelector("[aria-current]");
    if (!current) return;
    const box = side.getBoundingClientRect(), at = current.getBoundingClientRect();
    if (at.top < box.top + 40 || at.bottom > box.bottom - 40) side.scrollTop += at.top - box.top - box.height / 3;
  };

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; place(); });
  };

  document.documentElement.classList.add("follows");
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  menu.addEventListener("click", (event) => { if (event.target.closest("nav a")) menu.open = false; });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  place();
})();
