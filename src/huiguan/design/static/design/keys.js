/* Keys of the whole house: `/` to the search, Escape out of it, arrows among what was found, and any element with
   `data-key` pressed by that key. A key typed into a field is the field's own. */
const seek = document.querySelector("[data-seek]");
const input = seek && seek.querySelector("input");
const found = seek && seek.querySelector(".found");

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function hits() { return [...found.querySelectorAll("[data-hit]")]; }

function choose(step) {
  const all = hits();
  if (!all.length) return;
  const now = all.findIndex((hit) => hit.getAttribute("aria-selected") === "true");
  const next = now < 0 ? (step > 0 ? 0 : all.length - 1) : (now + step + all.length) % all.length;
  all.forEach((hit, index) => hit.setAttribute("aria-selected", String(index === next)));
  all[next].scrollIntoView({ block: "nearest" });
}

function close() {
  found.replaceChildren();
  input.setAttribute("aria-expanded", "false");
}

function inSearch(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    choose(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    const chosen = hits().find((hit) => hit.getAttribute("aria-selected") === "true") || (hits().length === 1 && hits()[0]);
    if (!chosen) return;
    chosen.click();
  } else if (event.key === "Escape") {
    close();
    input.value = "";
    input.blur();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

if (seek) {
  input.addEventListener("keydown", inSearch);
  input.addEventListener("htmx:afterSettle", () => input.setAttribute("aria-expanded", String(hits().length > 0)));
  document.addEventListener("click", (event) => { if (!seek.contains(event.target)) close(); });
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("[data-menu][open]")) { menu.open = false; menu.querySelector("summary").focus(); }
    return;
  }
  const far = /^F\d{1,2}$/.test(event.key); // function keys act from within a field too
  if (typing(event.target) && !far) return;
  if (event.key === "/" && input) {
    event.preventDefault();
    input.focus();
    input.select();
    return;
  }
  const keyed = document.querySelector(`[data-key="${CSS.escape(event.key.length === 1 ? event.key.toUpperCase() : event.key)}"]`);
  if (keyed && !keyed.disabled) {
    event.preventDefault();
    keyed.click();
    const opened = keyed.tagName === "SUMMARY" && keyed.parentElement.open && keyed.parentElement.querySelector("input:not([type=hidden]), a, textarea");
    if (opened) opened.focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});
