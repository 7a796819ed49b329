/* How long until another code may be asked for; six digits typed are sent by themselves. */
const button = document.querySelector("[data-again]");
const code = document.querySelector("#code");

if (button) {
  const left = button.querySelector("[data-left]");
  const from = Date.now();
  const wait = Number(button.dataset.again);
  const show = () => {
    const seconds = Math.max(0, Math.ceil(wait - (Date.now() - from) / 1000));
    button.disabled = seconds > 0;
    left.textContent = seconds > 0 ? `${seconds}` : "";
    if (seconds > 0) setTimeout(show, 500);
  };
  show();
}

code?.addEventListener("input", () => {
  if (/^\d{6}$/.test(code.value.trim())) code.form.requestSubmit();
});
