/* The till by keyboard and scanner. The form is the sale; `till:changed` has it quoted anew. What is scanned goes into
   #pending at once and the field is free again, so a second scan never waits for the first one's answer. */
const form = document.querySelector("[data-till]");
const scan = document.getElementById("scan");
const pending = document.getElementById("pending");
const dot = document.querySelector("[data-till-dot]");
const state = document.querySelector("[data-till-state]");
const SETTLE = 350; // ms after a scan in which a further Enter is the scanner's, not the clerk's
let lastScan = 0;
let asked = 0;
let sent = [];

const requote = () => window.htmx.trigger(form, "till:changed");
const byId = (id) => document.getElementById(id);
const rows = () => [...form.querySelectorAll(".lines .row")];
const chosen = () => form.querySelector(".lines .row.on");

/* ---- lines ---- */
function choose(row) {
  for (const each of rows()) each.classList.toggle("on", each === row);
  if (row) row.scrollIntoView({ block: "nearest" });
}

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const now = all.indexOf(chosen());
  choose(all[Math.min(Math.max(now < 0 ? all.length - 1 : now + step, 0), all.length - 1)]);
}

function drop(row) {
  if (!row) return;
  const made = row.nextElementSibling;
  if (made && made.classList.contains("made")) made.remove();
  row.remove();
  scan.focus();
  requote();
}

function why() {
  const row = chosen() || rows()[0];
  if (!row) { byId("till-reasons").focus(); return; }
  choose(row);
  const made = row.nextElementSibling;
  if (made && made.classList.contains("made")) { made.hidden = !made.hidden; made.scrollIntoView({ block: "nearest" }); }
}

/* ---- scanning ---- */
function hold(name, value) {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = name;
  input.value = value;
  pending.append(input);
}

function scanned(text) {
  hold("scan", text);
  lastScan = Date.now();
  scan.value = "";
  requote();
}

function quantityOf(text) {
  const only = /^(\d{1,4})\*$/.exec(text);
  const row = chosen();
  if (!only || !row) return false;
  row.querySelector(".qty").value = only[1];
  scan.value = "";
  requote();
  return true;
}

function toPay() {
  const take = byId("take");
  if (take.disabled || Date.now() - lastScan < SETTLE || form.classList.contains("htmx-request")) return;
  form.querySelector("[data-means] input:checked").focus();
}

function entered(text) {
  if (!text) toPay();
  else if (!quantityOf(text)) scanned(text);
}

function inScan(event) {
  const text = scan.value.trim();
  const options = [...form.querySelectorAll("#till-scanned [data-scan]")];
  if (event.key === "Enter") {
    const option = options.find((each) => each.getAttribute("aria-selected") === "true");
    if (!text && option) option.click();
    else entered(text);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (options.length) pick(options, step);
    else walk(step);
  } else if (event.key === "Delete" && !text) {
    drop(chosen());
  } else return;
  event.preventDefault();
}

function pick(options, step) {
  const now = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const next = now < 0 ? (step > 0 ? 0 : options.length - 1) : (now + step + options.length) % options.length;
  options.forEach((each, index) => each.setAttribute("aria-selected", String(index === next)));
  options[next].scrollIntoView({ block: "nearest" });
}

/* ---- the buyer ---- */
function seekBuyer(open) {
  const box = byId("buyer-seek");
  box.hidden = !open;
  if (open) { byId("buyer-q").value = ""; byId("buyer-found").replaceChildren(); byId("buyer-q").focus(); }
  else scan.focus();
}

function setBuyer(number, presented) {
  form.querySelector("[data-member]").value = number;
  hold("presented", presented);
  seekBuyer(false);
  requote();
}

function inBuyer(event) {
  const hits = [...form.querySelectorAll("#buyer-found [data-buyer]")];
  if (event.key === "ArrowDown" || event.key === "ArrowUp") { if (hits.length) pick(hits, event.key === "ArrowDown" ? 1 : -1); }
  else if (event.key === "Enter") {
    const hit = hits.find((each) => each.getAttribute("aria-selected") === "true") || (hits.length === 1 && hits[0]);
    if (hit) hit.click();
    else if (event.target.value.trim()) { hold("buyer", event.target.value.trim()); seekBuyer(false); requote(); }
  } else if (event.key === "Escape") seekBuyer(false);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/* ---- clearing, with the way back ---- */
function clear() {
  const kept = new FormData(form);
  for (const row of rows()) row.remove();
  form.querySelector("[data-member]").value = "";
  hold("clear", "1");
  requote();
  const undo = () => {
    for (const [name, value] of kept) if (!["scan", "key", "expected", "csrfmiddlewaretoken", "q"].includes(name)) hold(name, value);
    requote();
  };
  document.dispatchEvent(new CustomEvent("said", { detail: { text: form.dataset.cleared, back: form.dataset.back, undo } }));
  scan.focus();
}

/* ---- wiring ---- */
form.addEventListener("keydown", (event) => {
  if (event.target === scan) inScan(event);
  else if (event.target.id === "buyer-q") inBuyer(event);
  else if (event.target.closest("[data-means]")) {
    const digit = form.querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
    if (digit) { digit.click(); digit.focus(); event.preventDefault(); }
    else if (event.key === "Enter") { event.preventDefault(); byId("take").click(); }
    else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); scan.focus(); }
  } else if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) {
    event.preventDefault();
    requote();
    scan.focus();
  } else if (event.key === "Escape" && event.target.matches("input, select")) {
    event.preventDefault();
    event.stopPropagation();
    scan.focus();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "F4") {
    const points = byId("points");
    if (points && !points.disabled) { points.focus(); points.select(); }
  } else if (event.key === "F9") why();
  else if (event.key === "Escape") {
    if (document.querySelector("[data-menu][open]")) return;
    if (byId("till-scanned").childElementCount) { byId("till-scanned").replaceChildren(); scan.value = ""; scan.focus(); }
    else if (event.target === scan && scan.value) scan.value = "";
    else if (!byId("till-settle").querySelector("[data-clear]").disabled) clear();
  } else return;
  event.preventDefault();
});

form.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  if (on("[data-drop]")) drop(on(".row"));
  else if (on("[data-scan]")) { byId("till-scanned").replaceChildren(); scanned(on("[data-scan]").dataset.scan); scan.focus(); }
  else if (on("[data-buyer]")) setBuyer(on("[data-buyer]").dataset.buyer, on("[data-buyer]").dataset.presented);
  else if (on("[data-buyer-seek]")) seekBuyer(true);
  else if (on("[data-clear]")) clear();
  else if (on("[data-known]")) { byId("till-unknown").replaceChildren(); scan.focus(); requote(); }
  else if (on(".lines .row") && !on("input, a, button")) { choose(on(".row")); scan.focus(); }
});

form.addEventListener("change", (event) => { if (event.target.closest("[data-requote]")) requote(); });
form.addEventListener("input", (event) => { if (event.target === scan) byId("till-scanned").replaceChildren(); });
/* a bare Enter anywhere in the form asks for a quote, never for money */
form.addEventListener("submit", (event) => {
  if (event.submitter && !event.submitter.matches("[data-default]")) return;
  event.preventDefault();
  requote();
});

/* what was scanned while the page was still opening; a form asks for its quote only from here on */
document.addEventListener("DOMContentLoaded", () => {
  for (const key of window.takeEarly()) {
    if (key === "Enter") { if (scan.value.trim()) entered(scan.value.trim()); } else scan.value += key;
  }
});

/* ---- what goes out and comes back ---- */
form.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "post") return;
  asked = performance.now();
  sent = [...pending.children];
  /* the field itself is only half typed; what was scanned is in #pending */
  const typed = event.detail.parameters.getAll ? event.detail.parameters.getAll("scan") : [];
  if (typed.length) {
    event.detail.parameters.delete("scan");
    for (const each of sent) if (each.name === "scan") event.detail.parameters.append("scan", each.value);
  }
  const on = chosen();
  event.detail.parameters.set("selected", on ? on.dataset.line : "");
});

function online(yes, ms) {
  dot.className = yes ? "dot gain" : "dot ring stopped";
  state.textContent = yes ? form.dataset.online.replace("{ms}", String(ms)) : form.dataset.offline;
}

document.addEventListener("htmx:afterRequest", (event) => {
  if (!form.contains(event.detail.elt) || event.detail.requestConfig.verb !== "post") return;
  if (event.detail.successful) {
    for (const each of sent) each.remove();
    sent = [];
    online(true, Math.round(performance.now() - asked));
    if (event.detail.elt !== form) { scan.value = ""; scan.focus(); } // paid or held: the next sale begins
  }
});
document.addEventListener("htmx:sendError", () => online(false));
window.addEventListener("online", requote);

/* what is being typed while an answer is under way is not taken out from under the hand */
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const now = document.activeElement;
  if (!now || !now.id || now === scan || !form.contains(now) || !now.matches("input[inputmode]")) return;
  const next = event.detail.fragment.querySelector(`#${CSS.escape(now.id)}`);
  if (next) next.value = now.value;
});

/* once all parts are in place the newest line is in sight */
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target && event.detail.target.id === "till-rows") {
    requestAnimationFrame(() => { const row = chosen(); if (row) row.scrollIntoView({ block: "nearest" }); });
  }
});
