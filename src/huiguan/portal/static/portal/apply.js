/* An application: what is typed is written down with the house while one goes on typing, and the link with the code fills it
   in, to be sent by a press: a link somebody else sent lets nobody in unasked. The code stands behind the # and never leaves the device but in the form. */
const form = document.querySelector("form[data-draft]");
const kept = document.querySelector("[data-kept]");

if (form) {
  let waiting = 0;
  let sent = "";
  const told = () => new URLSearchParams(new FormData(form));
  const english = document.documentElement.lang === "en";
  const save = (beacon = false) => {
    const now = told();
    if (now.toString() === sent) return;
    sent = now.toString();
    if (beacon) return navigator.sendBeacon(form.dataset.draft, now);
    fetch(form.dataset.draft, { method: "POST", body: now, credentials: "same-origin" })
      .then((answer) => {
        const at = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
        kept.textContent = answer.ok ? (english ? `Saved ${at}` : `已存 ${at}`) : english ? "Not saved" : "未存";
      })
      .catch(() => {
        sent = "";
        kept.textContent = english ? "Offline: kept on this device" : "离线，先留在本机";
      });
  };
  sent = told().toString();
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 1200);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save(true));
  addEventListener("online", () => save());
}

const resume = document.querySelector("form[data-resume]");
if (resume && location.hash.length > 1) {
  const code = resume.querySelector("#code");
  code.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
  resume.querySelector("button").focus();
}
