/* What was just done is said at the bottom left for six seconds, with the way back. It waits while it is pointed at or
   holds the focus. A server's answer says it with the event `said`: {text, back, href}. */
const strip = document.querySelector("[data-saids]");
const STAY = 6000;

function leaveAfter(said) {
  let timer = setTimeout(() => said.remove(), STAY);
  const hold = () => clearTimeout(timer);
  const again = () => { clearTimeout(timer); timer = setTimeout(() => said.remove(), STAY); };
  said.addEventListener("mouseenter", hold);
  said.addEventListener("focusin", hold);
  said.addEventListener("mouseleave", again);
  said.addEventListener("focusout", again);
}

function say({ text, back, href, undo }) {
  const said = document.createElement("div");
  said.className = "said";
  const words = document.createElement("span");
  words.textContent = text;
  said.append(words);
  if (back && (href || undo)) {
    const way = document.createElement(href ? "a" : "button");
    if (href) way.href = href;
    else { way.type = "button"; way.addEventListener("click", () => { said.remove(); undo(); }); }
    way.textContent = back;
    said.append(way);
  }
  strip.replaceChildren(said);
  leaveAfter(said);
}

if (strip) {
  for (const said of strip.querySelectorAll(".said:not([data-stay])")) leaveAfter(said);
  document.addEventListener("said", (event) => say(event.detail));
}
