/* Pieces coming back: up and down count them, one key takes all; every change has the plan worked out anew. */
const form = document.querySelector("[data-return]");
const fields = () => [...form.querySelectorAll("[data-most]:not([readonly])")];
const changed = () => window.htmx.trigger(form, "back:changed");

function put(field, pieces) {
  const most = Number(field.dataset.most);
  field.value = String(Math.min(Math.max(pieces, 0), most));
}

form.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (step) {
    const field = step.parentElement.querySelector("[data-most]");
    put(field, (Number(field.value) || 0) + Number(step.dataset.step));
    changed();
  } else if (event.target.closest("[data-all]")) {
    for (const field of fields()) put(field, Number(field.dataset.most));
    changed();
  }
});

form.addEventListener("keydown", (event) => {
  const field = event.target.closest("[data-most]:not([readonly])");
  if (!field) return;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    put(field, (Number(field.value) || 0) + (event.key === "ArrowUp" ? 1 : -1));
    changed();
  } else if (event.key === "Enter") {
    changed();
  } else return;
  event.preventDefault();
});

/* a choice made while an answer is under way outlives the part that answer replaces */
form.addEventListener("change", (event) => {
  if (event.target.matches("[type=radio][name=way]")) form.querySelector("[data-way]").value = event.target.value;
}, true);

form.addEventListener("focusin", (event) => { if (event.target.matches("[data-most]")) event.target.select(); });
