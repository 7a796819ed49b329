/* The switch of light takes at once and is kept; language reloads the page, which is read anew. */
const root = document.documentElement;
const YEAR = 365 * 24 * 3600;

function keep(theme) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `huiguan_theme=${theme}; Max-Age=${YEAR}; Path=/; SameSite=Lax${secure}`;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-themes] button");
  if (!button) return;
  event.preventDefault();
  const theme = button.value;
  keep(theme);
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const each of document.querySelectorAll("[data-themes] button")) {
    each.setAttribute("aria-pressed", String(each.value === theme));
  }
});
