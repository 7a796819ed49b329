/* Blanks grow with what is typed and show that they were changed; the line numbers of the file keep step with it. */
function changed(blank) {
  const gap = blank.closest(".gap");
  if (gap) gap.classList.toggle("changed", blank.value !== blank.dataset.was);
}

document.addEventListener("input", (event) => {
  const blank = event.target.closest("[data-blank]");
  if (!blank) return;
  const ghost = blank.previousElementSibling;
  if (ghost && ghost.classList.contains("ghost")) ghost.textContent = blank.value;
  changed(blank);
});

document.addEventListener("change", (event) => {
  const blank = event.target.closest("select[data-blank]");
  if (blank) changed(blank);
});

document.addEventListener("htmx:oobAfterSwap", (event) => {
  const slot = event.detail.target;
  if (!slot || !slot.id || !slot.id.startsWith("e-")) return;
  const blank = document.getElementById(slot.id.slice(2));
  const fresh = document.getElementById(slot.id);
  const wrong = fresh !== null && fresh.textContent.trim() !== "";
  if (!blank) return;
  const around = blank.closest(".gap") || blank;
  around.classList.toggle("bad", wrong);
  if (wrong) blank.setAttribute("aria-invalid", "true");
  else blank.removeAttribute("aria-invalid");
});

const editor = document.querySelector("[data-editor]");
if (editor) {
  const text = editor.querySelector("textarea");
  const numbers = editor.querySelector("ol");
  const height = () => parseFloat(getComputedStyle(text).lineHeight);
  const go = (line) => {
    const starts = text.value.split("\n").slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    text.focus({ preventScroll: true });
    text.setSelectionRange(starts, starts);
    text.scrollTop = Math.max(0, (line - 4) * height());
  };
  text.addEventListener("scroll", () => { numbers.scrollTop = text.scrollTop; });
  text.addEventListener("input", () => {
    const lines = text.value.split("\n").length;
    while (numbers.children.length < lines) {
      const one = document.createElement("li");
      one.textContent = String(numbers.children.length + 1);
      numbers.append(one);
    }
    while (numbers.children.length > lines) numbers.lastChild.remove();
  });
  document.addEventListener("click", (event) => {
    const way = event.target.closest("[data-line]");
    if (!way) return;
    event.preventDefault();
    go(Number(way.dataset.line));
  });
  const asked = /^#L(\d+)$/.exec(location.hash);
  if (asked && Number(asked[1]) > 0) go(Number(asked[1]));
}
