/* The asking sheet, only before what cannot be taken back. `data-ask="#sheet"` opens a dialog of the page;
   `data-ask-from="/address"` fetches one into the sheet of the frame. Escape and `data-ask-close` shut it, and the
   focus returns to where it was. Buttons that a page disables by `aria-disabled` stay reachable and do nothing. */
const sheet = document.querySelector("[data-ask-sheet]");
let from = null;

function show(dialog, opener) {
  from = opener;
  if (!dialog.open) dialog.showModal();
  const first = dialog.querySelector("[autofocus], input:not([type=hidden]), button");
  if (first) first.focus();
}

/* a press on the veil, not on the sheet's own margin */
function onVeil(event) {
  if (!event.target.matches("dialog[open]")) return false;
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

document.addEventListener("click", async (event) => {
  if (event.target.closest("[aria-disabled='true']")) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  const near = event.target.closest("[data-ask]");
  const far = event.target.closest("[data-ask-from]");
  if (near) {
    event.preventDefault();
    show(document.querySelector(near.dataset.ask), near);
  } else if (far) {
    event.preventDefault();
    await window.htmx.ajax("GET", far.dataset.askFrom, { source: far, target: sheet, swap: "innerHTML" });
    if (sheet.childElementCount) show(sheet, far);
  } else if (event.target.closest("[data-ask-close]") || onVeil(event)) {
    const dialog = event.target.closest("dialog");
    if (dialog) dialog.close();
  }
}, true);

document.addEventListener("close", (event) => {
  if (!event.target.matches("dialog")) return;
  if (event.target === sheet) sheet.replaceChildren();
  if (from && from.isConnected) from.focus();
  from = null;
}, true);
