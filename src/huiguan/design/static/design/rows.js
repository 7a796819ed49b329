/* Lists by keyboard: J and K walk the rows of [data-rows], Enter opens one. A row with `data-slip` unfolds its reason
   beneath itself (fetched once, then only shown and hidden); a row with `data-go` leads to its page. */
const rowsOf = (list) => [...list.querySelectorAll(".row")];
const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

function current(list) { return list.querySelector(".row[aria-selected='true']"); }

function select(list, row) {
  const old = current(list);
  if (old) { old.removeAttribute("aria-selected"); old.tabIndex = -1; }
  row.setAttribute("aria-selected", "true");
  row.tabIndex = 0;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function fold(row, opener, open) {
  row.classList.toggle("open", open);
  if (opener) opener.setAttribute("aria-expanded", String(open));
  const sub = row.querySelector(".sub");
  if (sub) sub.hidden = open;
}

async function openSlip(row) {
  const opener = row.querySelector(".opener");
  const next = row.nextElementSibling;
  if (next && next.classList.contains("reason")) {
    next.hidden = !next.hidden;
    fold(row, opener, !next.hidden);
    return;
  }
  if (row.dataset.busy) return;
  row.dataset.busy = "1";
  try {
    await window.htmx.ajax("GET", row.dataset.slip, { source: row, target: row, swap: "afterend" });
    const got = row.nextElementSibling;
    if (got && got.classList.contains("reason")) fold(row, opener, true);
  } finally { delete row.dataset.busy; }
}

function open(row) {
  if (row.dataset.slip) openSlip(row);
  else if (row.dataset.go) window.location.assign(row.dataset.go);
}

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-rows] .row");
  if (!row || !(row.dataset.slip || row.dataset.go)) return;
  const opener = event.target.closest(".opener");
  if (!opener && event.target.closest("a, button, input, select, label")) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || window.getSelection().toString()) return;
  if (row.dataset.slip) event.preventDefault();
  else if (opener) return;
  open(row);
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const list = event.target.closest("[data-rows]") || document.querySelector("[data-rows]");
  if (!list || document.querySelector("dialog[open]")) return;
  const rows = rowsOf(list);
  const now = rows.indexOf(current(list));
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    const next = rows[Math.min(Math.max(now + (key === "j" ? 1 : -1), 0), rows.length - 1)];
    if (next) select(list, next);
  } else if (event.key === "Enter" && event.target.classList.contains("row")) {
    open(event.target);
  } else return;
  event.preventDefault();
});
