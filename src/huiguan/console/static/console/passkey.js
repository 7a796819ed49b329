/* Passkeys: a form `data-passkey="get"` (sign in) or "create" (register) fetches what to ask from `data-options`, has the
   browser ask the device, puts the answer into its field `credential` and is sent like any form. Forms are shown only
   where the browser knows passkeys. */
const known = window.isSecureContext && "PublicKeyCredential" in window && "credentials" in navigator;

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0));
}

function word(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const opened = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

async function asked(form) {
  const answer = await fetch(form.dataset.options, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    redirect: "error",
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const options = await answer.json();
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  if (options.allowCredentials) options.allowCredentials = opened(options.allowCredentials);
  if (options.excludeCredentials) options.excludeCredentials = opened(options.excludeCredentials);
  return options;
}

function told(made) {
  const response = { clientDataJSON: word(made.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = word(made.response[name]);
  }
  return JSON.stringify({ id: made.id, rawId: word(made.rawId), type: made.type, response, clientExtensionResults: {} });
}

async function ask(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  if (failed) failed.hidden = true;
  try {
    const publicKey = await asked(form);
    const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = told(made);
    form.submit();
  } catch {
    if (failed) failed.hidden = false;
  }
}

if (known) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => { event.preventDefault(); ask(form); });
  }
  for (const without of document.querySelectorAll("[data-no-passkey]")) without.hidden = true;
}
