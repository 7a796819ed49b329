/* Lists in forms: a row is added and removed at once. Without this script the same buttons send the form, which comes back
   with the rows changed. */
function renumber(list) {
  const name = list.dataset.listed;
  const rows = [...list.querySelectorAll(":scope > .listed-row")];
  rows.forEach((row, place) => {
    const old = row.dataset.row, n = String(place + 1);
    if (old !== n) {
      for (const each of [row, ...row.querySelectorAll("*")]) {
        for (const attribute of ["name", "id", "for", "aria-describedby"]) {
          const value = each.getAttribute(attribute);
          if (value) each.setAttribute(attribute, value.replace(`${name}.${old}.`, `${name}.${n}.`));
        }
      }
      row.setAttribute("aria-label", row.getAttribute("aria-label").replace(/\d+/, n));
      row.querySelector(".listed-n").textContent = n;
      row.querySelector(".listed-drop").value = `${name}.drop.${n}`;
      row.dataset.row = n;
    }
  });
  list.querySelector(".listed-more .btn").hidden = rows.length >= Number(list.dataset.most);
  list.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-listed] button[name=reshape]");
  if (!button) return;
  event.preventDefault();
  const list = button.closest("[data-listed]");
  const row = button.closest(".listed-row");
  if (row) row.remove();
  else list.querySelector(".listed-more").before(list.querySelector("template").content.cloneNode(true));
  renumber(list);
  const last = list.querySelector(":scope > .listed-row:nth-last-of-type(1)");
  const next = row ? list.querySelector(".listed-more .btn:not([hidden])") : last && last.querySelector(".in");
  if (next) next.focus();
});
