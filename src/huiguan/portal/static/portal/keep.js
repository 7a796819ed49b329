/* What is typed is kept on this device until it has been taken: a reload or a lost line loses nothing. Codes and what is
   chosen to be secret are not kept. */
for (const form of document.querySelectorAll("form[data-keep]")) {
  const place = `huiguan:${location.pathname}:${form.dataset.keep}`;
  const wrong = form.querySelector(".bad");
  const fields = () => [...form.elements].filter((each) => each.name && each.type !== "hidden" && each.type !== "submit");
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
    if (kept && !wrong) {
      for (const each of fields()) {
        if (!(each.name in kept)) continue;
        if (each.type === "checkbox") each.checked = kept[each.name];
        else if (!each.value || each.tagName === "SELECT") each.value = kept[each.name];
      }
    }
  } catch {
    sessionStorage.removeItem(place);
  }
  form.addEventListener("input", () => {
    const told = Object.fromEntries(fields().map((each) => [each.name, each.type === "checkbox" ? each.checked : each.value]));
    try {
      sessionStorage.setItem(place, JSON.stringify(told));
    } catch {
      /* no room: the page itself still holds it */
    }
  });
}
if (!document.querySelector("form[data-keep]") && document.querySelector(".said-here")) {
  // Taken: what was kept of it goes.
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("huiguan:")) sessionStorage.removeItem(key);
}
