/* What is shown once: printed, or put on the clipboard. */
document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const copy = event.target.closest("[data-copy]");
  if (!copy || !navigator.clipboard) return;
  await navigator.clipboard.writeText(document.querySelector(copy.dataset.copy).textContent.trim());
  document.dispatchEvent(new CustomEvent("said", { detail: { text: copy.dataset.said } }));
});
