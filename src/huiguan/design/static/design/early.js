/* What is typed before a page's scripts listen, a scanner's Enter with it: kept, in order, for the script that knows what it
   means and takes it with `takeEarly()`. Stands before the styles, so that it runs first. A page nobody takes it on gets its
   keys back once it has loaded. */
(() => {
  const kept = [];
  const keep = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key.length !== 1 && event.key !== "Enter") return;
    if (event.target !== document.body && !event.target.autofocus) return; // somebody went elsewhere by herself
    event.preventDefault();
    kept.push(event.key);
  };
  window.takeEarly = () => {
    window.removeEventListener("keydown", keep, true);
    return kept.splice(0);
  };
  window.addEventListener("keydown", keep, true);
  window.addEventListener("load", window.takeEarly);
})();
