/* The code on the card: drawn anew before its minute is over. Offline it stands until its end, then it says so. While a
   code is shown the screen stays awake. */
const places = [...document.querySelectorAll("[data-code]")];
const says = document.querySelector("[data-code-says]");
const EARLY = 12000; // before its end, so that a slow line is in time
let until = 0;
let total = 60000;
let asking = false;

function tell(what) {
  if (says) says.textContent = says.dataset[what];
}

function begin(lasts) {
  total = 60000;
  until = Date.now() + lasts;
  for (const place of places) place.classList.remove("over");
  tell("fresh");
}

async function renew() {
  if (asking || !places.length) return;
  asking = true;
  try {
    const answer = await fetch(places[0].dataset.code, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.redirected || !answer.ok) return location.reload();
    const made = await answer.json();
    for (const place of places) place.querySelector("[data-qr]").innerHTML = made.svg;
    const text = document.querySelector("[data-text]");
    if (text) text.textContent = made.text;
    begin(made.lasts);
  } catch {
    tell("offline");
  } finally {
    asking = false;
  }
}

function tick() {
  const left = Math.max(0, until - Date.now());
  for (const place of places) {
    const life = place.querySelector("[data-life]");
    if (life) life.animate ? (life.style.transform = `scaleX(${left / total})`) : null;
    place.classList.toggle("over", left === 0);
  }
  if (left === 0) tell(navigator.onLine ? "over" : "offline");
  if (left < EARLY && document.visibilityState === "visible" && navigator.onLine) renew();
}

async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    /* a phone that saves its battery may refuse */
  }
}

if (places.length) {
  begin(Number(places[0].dataset.lasts));
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && (tick(), stayAwake()));
  addEventListener("online", renew);
  if (document.body.classList.contains("bright")) stayAwake();
  says?.addEventListener("click", renew);
}
