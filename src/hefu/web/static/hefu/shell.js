// Improves pages that already work without it: Ctrl K or / opens the palette, an open menu closes, errors get the focus.
"use strict";

document.addEventListener("keydown", (event) => {
  const palette = document.querySelector("[data-palette]");
  if (palette && asksForPalette(event)) {
    event.preventDefault();
    if (!palette.open) palette.showModal();
    palette.querySelector("input").select();
  }
  if (palette && palette.open && event.key === "Enter" && event.target === palette.querySelector("input")) {
    const first = firstFound(palette);
    if (first) {
      event.preventDefault();
      first.click();
    }
  }
  if (palette && palette.open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(palette, event.key === "ArrowDown" ? 1 : -1);
  }
  if (event.key === "Escape") {
    const menu = document.querySelector(".menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

// Ctrl K and Cmd K anywhere; / only where nobody is typing and no dialog is open.
function asksForPalette(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return true;
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  return event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing && !document.querySelector("dialog[open]");
}

// Enter opens the first of what was found, but only when that is the answer to what now stands in the box.
function firstFound(palette) {
  const answer = palette.querySelector("[data-query]");
  const asked = palette.querySelector("input").value.trim();
  return asked && answer && answer.dataset.query === asked ? answer.querySelector("a") : null;
}

// In the palette the arrows go from the box through what was found, and back.
function step(palette, by) {
  const places = [palette.querySelector("input"), ...palette.querySelectorAll("#palette-found a")];
  const next = places.indexOf(document.activeElement) + by;
  places[(next + places.length) % places.length].focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("DOMContentLoaded", () => {
  const errors = document.querySelector("[data-errors]");
  if (errors) errors.focus();
});

// A fragment that htmx swaps in brings the notes of its clauses; one that the page already has is not kept twice.
document.addEventListener("htmx:afterSwap", () => {
  const seen = new Set();
  for (const note of document.querySelectorAll(".note[id]")) {
    if (seen.has(note.id)) note.remove();
    seen.add(note.id);
  }
});

// A form that is being handed in saves itself no more: its act may be done before the draft arrives.
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) event.target.dataset.sent = "";
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.closest("form[data-sent]")) event.preventDefault();
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
