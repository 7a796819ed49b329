/* The code on the card: drawn anew before its minute is over. Offline it stands until its end, then it says so. While a
   code is shown the screen stays awake. */
const places = [...document.querySelectorAll("[data-code]")];
const says = document.querySelector("[data-code-says]");
const MINUTE = 60000;
const EARLY = 12000; // before its end, so that a slow line is in time
let until = 0;
const lives = []; // held still, and moved on by the clock: a phone that slept is right again at once
let asking = false;

function tell(what) {
  if (says) says.textContent = says.dataset[what];
}

function begin(lasts) {
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
    const drawn = new DOMParser().parseFromString(made.svg, "text/html").querySelector("svg");
    for (const place of places) place.querySelector("[data-qr]").replaceChildren(document.importNode(drawn, true));
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
  for (const life of lives) life.currentTime = MINUTE - Math.min(left, MINUTE);
  for (const place of places) place.classList.toggle("over", left === 0);
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
  for (const line of document.querySelectorAll("[data-code] [data-life]")) {
    const life = line.animate([{ transform: "scaleX(1)" }, { transform: "scaleX(0)" }], { duration: MINUTE, fill: "both" });
    life.pause();
    lives.push(life);
  }
  begin(Number(places[0].dataset.lasts));
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && (tick(), stayAwake()));
  addEventListener("online", renew);
  if (document.body.classList.contains("bright")) stayAwake();
  says?.addEventListener("click", renew);
}
